import type { CommandContext } from '@chengmen/ledger';
import type { AccountId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

/** Signs an account out everywhere; answers how many sessions there were. */
export async function endSessions({ tx }: CommandContext, account: AccountId): Promise<number> {
  const { numDeletedRows } = await tx
    .withTables<IdentityTables>()
    .deleteFrom('identity_session')
    .where('userId', '=', account)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
