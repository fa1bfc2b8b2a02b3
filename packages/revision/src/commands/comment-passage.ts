import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { needsOfRevision } from '../needs-of-revision.ts';
import { plainText } from '../plain-text.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({
  revision: z.string(),
  /** The hash of what was read. */
  hash: z.string(),
  field: z.string().regex(/^[A-Za-z]{1,40}$/),
  /** The words it is about. */
  quote: plainText.min(1).max(500),
  /** Where they begin in the words of the field, in UTF-16 units; nearest wins where they stand more than once. */
  place: z.int().min(0).max(1_000_000),
  remark: plainText.min(1).max(2000),
});

/** A remark on a passage, for the writer and the reviewers after. It is found again in later revisions by its words. */
export function commentPassage(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly comment: number }> {
  return {
    name: 'comment-passage',
    permission: 'item.comment',
    input,
    needs: needsOfRevision(hooks, 'item.comment'),
    async run(context, { revision, hash, field, quote, place, remark }) {
      const { tx, site, actor, now } = context;
      const { item, number, state } = await lockRevision(context, revision, hash);
      if (state === 'superseded') throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state });
      const { id } = await tx
        .withTables<RevisionTables>()
        .insertInto('passage_comment')
        .values({
          ...{ site, item, number, field, quote, place, remark },
          ...{ account: actor.account, name: actor.name, at: now.toISOString(), state: 'open' },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { result: { comment: Number(id) }, event: { revision, hash, comment: Number(id), field } };
    },
  };
}
