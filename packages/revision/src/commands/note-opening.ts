import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { lockRevision } from '../lock-revision.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({ revision: z.string(), hash: z.string() });

/** Writes down that somebody opened a revision at the desk, once for each person. Whoever asks looks before whether it is written. */
export const noteOpening: Command<z.infer<typeof input>, null> = {
  name: 'note-opening',
  permission: ['item.read-unpublished'],
  input,
  // Whoever may read what is unpublished for some part of the site may read all of it.
  needs: () => Promise.resolve([]),
  async run(context, { revision, hash }) {
    const { tx, site, actor, now } = context;
    const { item, number } = await lockRevision(context, revision, hash);
    const noted = await tx
      .withTables<RevisionTables>()
      .insertInto('revision_seen')
      .values({ site, item, number, account: actor.account, at: now.toISOString() })
      .onConflict((conflict) => conflict.columns(['site', 'item', 'number', 'account']).doNothing())
      .returning('number')
      .executeTakeFirst();
    return { result: null, event: noted ? { revision, hash } : null };
  },
};
