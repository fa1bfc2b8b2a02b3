import { hashPassword } from 'better-auth/crypto';
import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import { z } from 'zod';
import { generatePassword } from '../passwords.ts';
import { isSystem } from '../system-actor.ts';
import type { IdentityTables } from '../tables.ts';
import { endSessions } from './end-sessions.ts';
import { knownAccount } from './known-account.ts';

const input = z.strictObject({ account: z.string().min(1) });

/** A new generated password, to be shown once; every session of the account ends, and its name need not rest any longer. */
export const resetPassword: Command<z.infer<typeof input>, { readonly password: string }> = {
  name: 'reset-password',
  permission: 'account.manage',
  input,
  async run(context, { account }) {
    const { tx, now } = context;
    const { username } = await knownAccount(context, account);
    await refuseShared(context, account);
    const tables = tx.withTables<IdentityTables>();
    const password = generatePassword();
    await tables
      .updateTable('identity_account')
      .set({ password: await hashPassword(password), updatedAt: now })
      .where('userId', '=', account)
      .where('providerId', '=', 'credential')
      .execute();
    await tables.deleteFrom('sign_in_failure').where('username', '=', username).execute();
    await endSessions(context, account);
    return { result: { password }, event: { account } };
  },
};

/** Who holds an account's password acts on all its sites, so one site's administrator alone may not take it. */
export async function refuseShared({ tx, actor, site }: CommandContext, account: AccountId): Promise<void> {
  if (isSystem(actor)) return;
  const elsewhere = await tx
    .withTables<IdentityTables>()
    .selectFrom('site_account')
    .select('site')
    .where('account', '=', account)
    .where('site', '!=', site)
    .executeTakeFirst();
  if (elsewhere)
    throw new ChengmenError('permission-denied', {
      actor: actor.name,
      permission: '重置在其他站点也有的账号 (reset an account that other sites know)',
    });
}
