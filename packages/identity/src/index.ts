import { readMigrations } from '@chengmen/ledger';

export { createAccount, type CreatedAccount } from './commands/create-account.ts';
export { grantRole } from './commands/grant-role.ts';
export type { GrantInput } from './commands/grants.ts';
export { resetPassword } from './commands/reset-password.ts';
export { revokeRole } from './commands/revoke-role.ts';
export { endSession } from './commands/end-session.ts';
export { resetSecondFactor } from './commands/second-factor.ts';
export { revokeSessions } from './commands/revoke-sessions.ts';
export {
  createIdentity,
  type Cookies,
  type Credentials,
  type From,
  type Identity,
  type IdentityOptions,
  type Passkey,
  type SecondFactor,
  type SignedIn,
  type SignInAnswer,
  type TotpOffer,
} from './create-identity.ts';
export type { OidcOptions } from './oidc.ts';
export { shortestPassword } from './passwords.ts';
export type { Account, Grant } from './queries/accounts.ts';
export { refusals, type RefusalLine } from './queries/refusals.ts';
export type { Session } from './queries/sessions.ts';
export { restAfter } from './sign-in-attempts.ts';
export { systemActor } from './system-actor.ts';
export { codeAt, period as codePeriod, stepAt } from './totp.ts';

/** The tables of this room. */
export const identityMigrations = readMigrations('identity', new URL('../sql/', import.meta.url));
