import { randomBytes } from 'node:crypto';
import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import type { NoticeTables } from '../tables.ts';

const webhook = z
  .string()
  .max(500)
  .refine((text) => text === '' || isWebhook(text), 'https://… ，不带用户名和口令 (no user name, no password)');

const input = z.strictObject({
  /** Empty: no mail. */
  mail: z.union([z.literal(''), z.email().max(200)]),
  /** Empty: no webhook. */
  webhook,
});

export interface NoticesChosen {
  /** Made when a webhook is set or changed, and told this once. */
  readonly secret?: string;
}

/** Where one wants to be told: one's own choice alone. */
export const chooseNotices: Command<z.infer<typeof input>, NoticesChosen> = {
  name: 'choose-notices',
  permission: null,
  input,
  async run({ tx, site, actor, now }, { mail, webhook: hook }) {
    const { account } = actor;
    const tables = tx.withTables<NoticeTables>();
    const before = await tables
      .selectFrom('notice_choice')
      .selectAll()
      .where('site', '=', site)
      .where('account', '=', account)
      .forUpdate()
      .executeTakeFirst();
    if (mail === (before?.mail ?? '') && hook === (before?.webhook ?? '')) return { result: {}, event: null };
    const isNew = hook !== '' && hook !== before?.webhook;
    const secret = isNew ? randomBytes(24).toString('base64url') : hook === '' ? '' : (before?.secret ?? '');
    const row = { mail, webhook: hook, secret, changed_at: now.toISOString() };
    await tables
      .insertInto('notice_choice')
      .values({ site, account, ...row })
      .onConflict((conflict) => conflict.columns(['site', 'account']).doUpdateSet(row))
      .execute();
    // The addresses are one's own business: the event tells the ways alone.
    return { result: isNew ? { secret } : {}, event: { mail: mail !== '', webhook: hook !== '' } };
  },
};

function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
