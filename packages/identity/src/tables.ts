import type { Generated } from 'kysely';

// Types, not interfaces: Kysely asks for index signatures.
type User = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  username: string | null;
  displayUsername: string | null;
  createdAt: Date;
  updatedAt: Date;
};
type Account = {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  password: string | null;
  createdAt: Date;
  updatedAt: Date;
};
type Session = {
  id: string;
  userId: string;
  expiresAt: Date;
  createdAt: Date;
  updatedAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  secondFactor: boolean;
  method: string;
  begunAt: string | null;
};
type TotpSecret = {
  account: string;
  secret: string;
  made_at: string;
  confirmed_at: string | null;
  last_step: Generated<number>;
};

export type IdentityTables = {
  identity_user: User;
  identity_account: Account;
  identity_session: Session;
  site_account: { site: string; account: string; added_by: string; at: string };
  role_grant: {
    site: string;
    account: string;
    role: string;
    channel: Generated<string>;
    granted_by: string;
    at: string;
  };
  totp_secret: TotpSecret;
  recovery_code: { account: string; hash: string; used_at: string | null };
  sign_in_step: { token_hash: string; account: string; method: string; expires_at: string };
  passkey: {
    id: string;
    account: string;
    name: string;
    public_key: string;
    counter: number;
    transports: string;
    added_at: string;
    used_at: string | null;
  };
  passkey_challenge: { token_hash: string; challenge: string; account: string | null; expires_at: string };
  oidc_link: { issuer: string; subject: string; account: string; shown: string; linked_at: string };
  oidc_trip: {
    token_hash: string;
    state: string;
    nonce: string;
    verifier: string;
    account: string | null;
    next: string;
    expires_at: string;
  };
  sign_in_failure: { username: string; failures: number; last_at: string };
};
