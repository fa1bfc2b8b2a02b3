import type { Command } from '@chengmen/ledger';
import { ChengmenError, itemId, roles } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';
import { knownAccount } from './known-account.ts';
import { refuseSelf } from './refuse-self.ts';

const input = z.strictObject({ account: z.string().min(1), role: z.enum(roles), channel: itemId.optional() });

/** Takes a role from an account; it holds no longer from the next request on. */
export const revokeRole: Command<z.infer<typeof input>, null> = {
  name: 'revoke-role',
  permission: 'account.manage',
  input,
  async run(context, { account, role, channel }) {
    refuseSelf(context, account);
    await knownAccount(context, account);
    const { numDeletedRows } = await context.tx
      .withTables<IdentityTables>()
      .deleteFrom('role_grant')
      .where('site', '=', context.site)
      .where('account', '=', account)
      .where('role', '=', role)
      .where('channel', '=', channel ?? '')
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ChengmenError('not-found', { what: '授权 (grant)', id: role });
    return { result: null, event: { account, role, ...(channel === undefined ? {} : { channel }) } };
  },
};
