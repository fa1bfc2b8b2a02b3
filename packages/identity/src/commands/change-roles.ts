import type { Command } from '@chengmen/ledger';
import { ChengmenError, roles } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';

const input = z.strictObject({ account: z.string().min(1), roles: z.array(z.enum(roles)) });

/** Sets the roles of an account on the actor's site. Nobody changes their own. */
export const changeRoles: Command<z.infer<typeof input>, null> = {
  name: 'change-roles',
  permission: 'account.manage',
  input,
  async run({ tx, actor, site, now }, { account, roles: wanted }) {
    if (account === actor.account)
      throw new ChengmenError('permission-denied', {
        actor: actor.name,
        permission: '更改自己的角色 (change one’s own roles)',
      });
    const tables = tx.withTables<IdentityTables>();
    const user = await tables.selectFrom('identity_user').select('id').where('id', '=', account).executeTakeFirst();
    if (!user) throw new ChengmenError('not-found', { what: '账号 (account)', id: account });
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
