import type { CommandContext } from '@chengmen/ledger';
import type { AccountId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

/** Signs an account out everywhere, and ends what it has begun of a sign-in; answers how many sessions there were. */
export async function endSessions({ tx }: CommandContext, account: AccountId): Promise<number> {
  const tables = tx.withTables<IdentityTables>();
  // Each of these was opened by what may be void now, and leads to a session or a new way in.
  for (const table of ['sign_in_step', 'oidc_trip', 'passkey_challenge'] as const)
    await tables.deleteFrom(table).where('account', '=', account).execute();
  const { numDeletedRows } = await tables
    .deleteFrom('identity_session')
    .where('userId', '=', account)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
