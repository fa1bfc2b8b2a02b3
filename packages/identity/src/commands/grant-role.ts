import type { Command } from '@chengmen/ledger';
import type { z } from 'zod';
import { accountGrantInput, addGrants } from './grants.ts';
import { knownAccount } from './known-account.ts';
import { refuseSelf } from './refuse-self.ts';

/** Gives an account a role on the actor's site, or on a part of it. Nobody gives themselves one. */
export const grantRole: Command<z.infer<typeof accountGrantInput>, { readonly added: boolean }> = {
  name: 'grant-role',
  permission: 'account.manage',
  input: accountGrantInput,
  async run(context, { account, ...grant }) {
    refuseSelf(context, account);
    await knownAccount(context, account);
    const [added] = await addGrants(context, account, [grant]);
    return { result: { added: added !== undefined }, event: added ? { account, ...added } : null };
  },
};
