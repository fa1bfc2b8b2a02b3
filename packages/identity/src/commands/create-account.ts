import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Command } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import { z } from 'zod';
import { generatePassword } from '../passwords.ts';
import type { IdentityTables } from '../tables.ts';
import { addGrants, grantInput } from './grants.ts';

const input = z.strictObject({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9._-]{2,31}$/),
  name: z.string().trim().min(1).max(40),
  grants: z.array(grantInput).min(1).max(50),
});

export interface CreatedAccount {
  readonly account: AccountId;
  readonly username: string;
  /** To be shown once; kept nowhere. */
  readonly password: string;
}

/** A new account of the desk with its roles on the actor's site. Its password is generated. */
export const createAccount: Command<z.infer<typeof input>, CreatedAccount> = {
  name: 'create-account',
  permission: 'account.manage',
  input,
  async run(context, { username, name, grants }) {
    const { tx, actor, site, now } = context;
    const password = generatePassword();
    const tables = tx.withTables<IdentityTables>();
    const taken = await tables
      .selectFrom('identity_user')
      .select('id')
      .where('username', '=', username)
      .executeTakeFirst();
    if (taken)
      throw new ChengmenError('invalid-input', {
        where: 'username',
        problem: `账号“${username}”已有人用 (the account name is taken)`,
      });
    const id = randomUUID();
    await tables
      .insertInto('identity_user')
      .values({
        id,
        name,
        email: `${username}@accounts.invalid`,
        emailVerified: false,
        username,
        displayUsername: username,
        createdAt: now,
        updatedAt: now,
      })
      .execute();
    await tables
      .insertInto('identity_account')
      .values({
        id: randomUUID(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: await hashPassword(password),
        createdAt: now,
        updatedAt: now,
      })
      .execute();
    const at = now.toISOString();
    await tables.insertInto('site_account').values({ site, account: id, added_by: actor.account, at }).execute();
    await addGrants(context, id, grants);
    return { result: { account: id, username, password }, event: { account: id, username, grants } };
  },
};
