import type { Command } from '@chengmen/ledger';
import { ChengmenError, roles } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';
import { knownAccount } from './known-account.ts';

const input = z.strictObject({ account: z.string().min(1), roles: z.array(z.enum(roles)) });

/** Sets the roles of an account on the actor's site; none at all takes its access away. Nobody changes their own. */
export const changeRoles: Command<z.infer<typeof input>, null> = {
  name: 'change-roles',
  permission: 'account.manage',
  input,
  async run(context, { account, roles: wanted }) {
    const { tx, actor, site, now } = context;
    if (account === actor.account)
      throw new ChengmenError('permission-denied', {
        actor: actor.name,
        permission: '更改自己的角色 (change one’s own roles)',
      });
    await knownAccount(context, account);
    const tables = tx.withTables<IdentityTables>();
    await tables.deleteFrom('role_grant').where('site', '=', site).where('account', '=', account).execute();
    const granted = [...new Set(wanted)];
    if (granted.length > 0) {
      await tables
        .insertInto('role_grant')
        .values(granted.map((role) => ({ site, account, role, granted_by: actor.account, at: now.toISOString() })))
        .execute();
    }
    return { result: null, event: { account, roles: granted } };
  },
};
