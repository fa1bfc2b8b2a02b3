import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

/** An account the actor's site knows. Throws `not-found` also for accounts of other sites: whether they exist is none of its business. */
export async function knownAccount(
  { tx, site }: CommandContext,
  account: AccountId,
): Promise<{ readonly username: string }> {
  const found = await tx
    .withTables<IdentityTables>()
    .selectFrom('site_account')
    .innerJoin('identity_user', 'identity_user.id', 'site_account.account')
    .select('identity_user.username')
    .where('site_account.site', '=', site)
    .where('site_account.account', '=', account)
    .executeTakeFirst();
  if (!found) throw new ChengmenError('not-found', { what: '账号 (account)', id: account });
  return { username: found.username ?? '' };
}
