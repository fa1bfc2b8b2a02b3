import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';

const linkInput = z.strictObject({ issuer: z.string(), subject: z.string(), shown: z.string() });

/** One's own account elsewhere signs one in here from now on. Not exported: `Identity` has been there and back. */
export const linkOidc: Command<z.infer<typeof linkInput>, null> = {
  name: 'link-oidc',
  permission: null,
  input: linkInput,
  async run({ tx, actor, now }, { issuer, subject, shown }) {
    const added = await tx
      .withTables<IdentityTables>()
      .insertInto('oidc_link')
      .values({ issuer, subject, account: actor.account, shown, linked_at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('subject')
      .executeTakeFirst();
    if (!added)
      throw new ChengmenError('wrong-state', { what: '统一身份 (identity)', state: '已经关联 (linked already)' });
    return { result: null, event: { account: actor.account, issuer } };
  },
};

const unlinkInput = z.strictObject({ issuer: z.string() });

export const unlinkOidc: Command<z.infer<typeof unlinkInput>, null> = {
  name: 'unlink-oidc',
  permission: null,
  input: unlinkInput,
  async run({ tx, actor }, { issuer }) {
    const { numDeletedRows } = await tx
      .withTables<IdentityTables>()
      .deleteFrom('oidc_link')
      .where('issuer', '=', issuer)
      .where('account', '=', actor.account)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ChengmenError('not-found', { what: '统一身份 (identity)', id: issuer });
    return { result: null, event: { account: actor.account, issuer } };
  },
};
