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
type Session = { id: string; userId: string; expiresAt: Date };

export type IdentityTables = {
  identity_user: User;
  identity_account: Account;
  identity_session: Session;
  site_account: { site: string; account: string; added_by: string; at: string };
  role_grant: { site: string; account: string; role: string; granted_by: string; at: string };
  sign_in_failure: { username: string; failures: number; last_at: string };
};
