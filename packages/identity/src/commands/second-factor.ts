import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';
import { endSessions } from './end-sessions.ts';
import { knownAccount } from './known-account.ts';
import { refuseShared } from './reset-password.ts';

/**
 * What a person does about their own second factor. Not exported from the room: that they are who they say, lately, and that the
 * code they typed was right, is seen to by `Identity`.
 */
const own = { permission: null } as const;

const enrolInput = z.strictObject({ recovery: z.array(z.string()) });

/** The secret they have shown a code of counts from now on; every session ends. */
export const enrolTotp: Command<z.infer<typeof enrolInput>, null> = {
  name: 'enrol-totp',
  ...own,
  input: enrolInput,
  async run(context, { recovery }) {
    const { tx, actor, now } = context;
    const { numUpdatedRows } = await tx
      .withTables<IdentityTables>()
      .updateTable('totp_secret')
      .set({ confirmed_at: now.toISOString() })
      .where('account', '=', actor.account)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      throw new ChengmenError('wrong-state', { what: '动态口令 (TOTP)', state: '已启用 (in use)' });
    await replaceRecovery(context, recovery);
    await endSessions(context, actor.account);
    return { result: null, event: { account: actor.account } };
  },
};

/** New recovery codes in place of all earlier ones. */
export const renewRecovery: Command<z.infer<typeof enrolInput>, null> = {
  name: 'renew-recovery-codes',
  ...own,
  input: enrolInput,
  async run(context, { recovery }) {
    await replaceRecovery(context, recovery);
    return { result: null, event: { account: context.actor.account } };
  },
};

const useInput = z.strictObject({ hash: z.string() });

/** A recovery code in place of the second factor, once. Throws `code-wrong`. */
export const useRecovery: Command<z.infer<typeof useInput>, null> = {
  name: 'use-recovery-code',
  ...own,
  input: useInput,
  async run({ tx, actor, now }, { hash }) {
    const { numUpdatedRows } = await tx
      .withTables<IdentityTables>()
      .updateTable('recovery_code')
      .set({ used_at: now.toISOString() })
      .where('account', '=', actor.account)
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new ChengmenError('code-wrong');
    return { result: null, event: { account: actor.account } };
  },
};

export const removeTotp: Command<Record<string, never>, null> = {
  name: 'remove-totp',
  ...own,
  input: z.strictObject({}),
  async run({ tx, actor }) {
    const { numDeletedRows } = await tx
      .withTables<IdentityTables>()
      .deleteFrom('totp_secret')
      .where('account', '=', actor.account)
      .executeTakeFirst();
    return { result: null, event: numDeletedRows > 0n ? { account: actor.account } : null };
  },
};

const giveInput = z.strictObject({ account: z.string().min(1), secret: z.string() });

/** A second factor handed over by the operator, in force at once. Not exported: `Identity.giveTotp` makes the secret. */
export const giveTotp: Command<z.infer<typeof giveInput>, null> = {
  name: 'give-totp',
  permission: 'account.manage',
  input: giveInput,
  async run(context, { account, secret }) {
    await knownAccount(context, account);
    await forget(context, account);
    const at = context.now.toISOString();
    await context.tx
      .withTables<IdentityTables>()
      .insertInto('totp_secret')
      .values({ account, secret, made_at: at, confirmed_at: at })
      .execute();
    return { result: null, event: { account } };
  },
};

const resetInput = z.strictObject({ account: z.string().min(1) });

/** Takes an account's second factors and links away, because they are lost: its sessions end, and it enrols anew when it signs in. */
export const resetSecondFactor: Command<z.infer<typeof resetInput>, null> = {
  name: 'reset-second-factor',
  permission: 'account.manage',
  input: resetInput,
  async run(context, { account }) {
    if (account === context.actor.account)
      throw new ChengmenError('permission-denied', {
        actor: context.actor.name,
        permission: '重置自己的第二要素 (reset one’s own second factor)',
      });
    await knownAccount(context, account);
    await refuseShared(context, account);
    await forget(context, account);
    // Whoever signs in next enrols: not by a link made before. Where a new factor is handed over, a link alone opens nothing.
    await context.tx.withTables<IdentityTables>().deleteFrom('oidc_link').where('account', '=', account).execute();
    return { result: null, event: { account } };
  },
};

async function forget(context: CommandContext, account: AccountId): Promise<void> {
  const tables = context.tx.withTables<IdentityTables>();
  await tables.deleteFrom('totp_secret').where('account', '=', account).execute();
  await tables.deleteFrom('recovery_code').where('account', '=', account).execute();
  await tables.deleteFrom('passkey').where('account', '=', account).execute();
  await endSessions(context, account);
}

async function replaceRecovery({ tx, actor }: CommandContext, hashes: readonly string[]): Promise<void> {
  const tables = tx.withTables<IdentityTables>();
  await tables.deleteFrom('recovery_code').where('account', '=', actor.account).execute();
  await tables
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ account: actor.account, hash, used_at: null })))
    .execute();
}
