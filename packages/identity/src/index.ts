import { readMigrations } from '@chengmen/ledger';

export { changeRoles } from './commands/change-roles.ts';
export { createAccount, type CreatedAccount } from './commands/create-account.ts';
export { resetPassword } from './commands/reset-password.ts';
export { revokeSessions } from './commands/revoke-sessions.ts';
export {
  createIdentity,
  type Cookies,
  type Credentials,
  type Identity,
  type IdentityOptions,
  type SignedIn,
} from './create-identity.ts';
export { shortestPassword } from './passwords.ts';
export type { Account } from './queries/accounts.ts';
export { auditLog, refusals, type AuditLine, type RefusalLine } from './queries/audit-log.ts';
export { restAfter } from './sign-in-attempts.ts';
export { systemActor } from './system-actor.ts';

/** The tables of this room. */
export const identityMigrations = readMigrations('identity', new URL('../sql/', import.meta.url));
