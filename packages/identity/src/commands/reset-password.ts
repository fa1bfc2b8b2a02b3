import { hashPassword } from 'better-auth/crypto';
import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { generatePassword } from '../passwords.ts';
import type { IdentityTables } from '../tables.ts';

const input = z.strictObject({ account: z.string().min(1) });

/** A new generated password, to be shown once; every session of the account ends. */
export const resetPassword: Command<z.infer<typeof input>, { readonly password: string }> = {
  name: 'reset-password',
  permission: 'account.manage',
  input,
  async run({ tx, now }, { account }) {
    const tables = tx.withTables<IdentityTables>();
    const password = generatePassword();
    const { numUpdatedRows } = await tables
      .updateTable('identity_account')
      .set({ password: await hashPassword(password), updatedAt: now })
      .where('userId', '=', account)
      .where('providerId', '=', 'credential')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new ChengmenError('not-found', { what: '账号 (account)', id: account });
    await tables.deleteFrom('identity_session').where('userId', '=', account).execute();
    return { result: { password }, event: { account } };
  },
};
