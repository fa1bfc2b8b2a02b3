import type { Command, CommandContext } from '@chengmen/ledger';
import type { AccountId } from '@chengmen/model';
import type { z } from 'zod';
import { accountGrantInput, addGrants } from './grants.ts';
import { isSystem } from '../system-actor.ts';
import type { IdentityTables } from '../tables.ts';
import { knownAccount } from './known-account.ts';
import { refuseSelf } from './refuse-self.ts';

/**
 * Gives an account a role on the actor's site, or on a part of it. Nobody gives themselves one. The command line alone can bring in an
 * account of another site: an administrator does not learn which there are.
 */
export const grantRole: Command<z.infer<typeof accountGrantInput>, { readonly added: boolean }> = {
  name: 'grant-role',
  permission: 'account.manage',
  input: accountGrantInput,
  async run(context, { account, ...grant }) {
    refuseSelf(context, account);
    if (isSystem(context.actor)) await admit(context, account);
    await knownAccount(context, account);
    const [added] = await addGrants(context, account, [grant]);
    return { result: { added: added !== undefined }, event: added ? { account, ...added } : null };
  },
};

async function admit({ tx, site, actor, now }: CommandContext, account: AccountId): Promise<void> {
  const tables = tx.withTables<IdentityTables>();
  const known = await tables.selectFrom('identity_user').select('id').where('id', '=', account).executeTakeFirst();
  if (!known) return;
  await tables
    .insertInto('site_account')
    .values({ site, account, added_by: actor.account, at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
