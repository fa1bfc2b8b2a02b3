import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { checkPassword, longestPassword } from '../passwords.ts';
import type { IdentityTables } from '../tables.ts';
import { endSessions } from './end-sessions.ts';

const input = z.strictObject({ current: z.string().max(longestPassword), next: z.string() });

/**
 * A person's own new password; all their sessions end. Not exported from the room: attempts at the current password
 * must be counted, which `Identity.changePassword` does. Throws `sign-in-failed`, `invalid-input`.
 */
export const changePassword: Command<z.infer<typeof input>, null> = {
  name: 'change-password',
  // Everybody may change their own, and it is always their own.
  permission: null,
  input,
  async run(context, { current, next }) {
    const { tx, actor, now } = context;
    const tables = tx.withTables<IdentityTables>();
    const found = await tables
      .selectFrom('identity_user')
      .innerJoin('identity_account', 'identity_account.userId', 'identity_user.id')
      .select(['identity_user.username', 'identity_account.password'])
      .where('identity_user.id', '=', actor.account)
      .where('identity_account.providerId', '=', 'credential')
      .executeTakeFirst();
    if (!found?.password || !(await verifyPassword({ hash: found.password, password: current })))
      throw new ChengmenError('sign-in-failed');
    checkPassword('next', next, found.username ?? '');
    await tables
      .updateTable('identity_account')
      .set({ password: await hashPassword(next), updatedAt: now })
      .where('userId', '=', actor.account)
      .where('providerId', '=', 'credential')
      .execute();
    await endSessions(context, actor.account);
    return { result: null, event: { account: actor.account } };
  },
};
