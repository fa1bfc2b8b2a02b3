import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';
import { endSessions } from './end-sessions.ts';

const addInput = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(40),
  publicKey: z.string(),
  counter: z.number().int(),
  transports: z.string(),
});

/** A passkey of one's own; every session ends, as with any new way in. Not exported: `Identity.addPasskey` has checked it. */
export const addPasskey: Command<z.infer<typeof addInput>, null> = {
  name: 'add-passkey',
  permission: null,
  input: addInput,
  async run(context, { id, name, publicKey, counter, transports }) {
    const { tx, actor, now } = context;
    const added = await tx
      .withTables<IdentityTables>()
      .insertInto('passkey')
      .values({
        ...{ id, account: actor.account, name, public_key: publicKey, counter, transports },
        ...{ added_at: now.toISOString(), used_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) throw new ChengmenError('passkey-wrong', { problem: 'known already' });
    await endSessions(context, actor.account);
    return { result: null, event: { account: actor.account, passkey: id, name } };
  },
};

const removeInput = z.strictObject({ id: z.string().min(1) });

export const removePasskey: Command<z.infer<typeof removeInput>, null> = {
  name: 'remove-passkey',
  permission: null,
  input: removeInput,
  async run({ tx, actor }, { id }) {
    const { numDeletedRows } = await tx
      .withTables<IdentityTables>()
      .deleteFrom('passkey')
      .where('account', '=', actor.account)
      .where('id', '=', id)
      .executeTakeFirst();
    if (numDeletedRows === 0n)
      throw new ChengmenError('not-found', { what: '通行密钥 (passkey)', id: id.slice(0, 12) });
    return { result: null, event: { account: actor.account, passkey: id } };
  },
};
