import type { Command } from '@chengmen/ledger';
import { itemId, type ItemId } from '@chengmen/model';
import type { Revisions } from '@chengmen/revision';
import { z } from 'zod';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({ item: itemId, fields: z.record(z.string(), z.unknown()) });

export interface TakenInFile {
  readonly item: ItemId;
  /** It had been taken in before: nothing was changed. */
  readonly again: boolean;
}

/** Keeps a file of an old site as the draft of a media item. Its bytes are kept before, by their hash. */
export function takeInFile(revisions: Revisions): Command<z.infer<typeof input>, TakenInFile> {
  return {
    name: 'take-in-file',
    permission: 'intake.receive',
    input,
    async run(context, { item, fields }) {
      const known = await context.tx
        .withTables<ContentTables>()
        .selectFrom('item')
        .select('id')
        .where('site', '=', context.site)
        .where('id', '=', item)
        .executeTakeFirst();
      if (known) return { result: { item, again: true }, event: null };
      const draft = await revisions.writeDraft(context, { item, kind: 'media', fields });
      return { result: { item, again: false }, event: { revision: draft.revision, hash: draft.hash } };
    },
  };
}
