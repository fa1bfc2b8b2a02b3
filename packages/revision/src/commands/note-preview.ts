import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { needsOfRevision } from '../needs-of-revision.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({
  revision: z.string(),
  hash: z.string(),
  /** SHA-256 of the page that was shown; empty where the revision has none of its own. */
  page: z.string().regex(/^(?:[0-9a-f]{64})?$/),
});

/** Writes down that somebody of the chain opened the preview of a revision, and which page they were shown. Once for each page. */
export function notePreview(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, null> {
  return {
    name: 'note-preview',
    permission: 'item.comment',
    input,
    needs: needsOfRevision(hooks, 'item.comment'),
    async run(context, { revision, hash, page }) {
      const { tx, site, actor, now } = context;
      const { item, number } = await lockRevision(context, revision, hash);
      const noted = await tx
        .withTables<RevisionTables>()
        .insertInto('preview_seen')
        .values({
          ...{ site, item, number, account: actor.account, name: actor.name, page, at: now.toISOString() },
        })
        .onConflict((conflict) =>
          conflict
            .columns(['site', 'item', 'number', 'account'])
            .doUpdateSet({ page, at: now.toISOString() })
            .where('preview_seen.page', '!=', page),
        )
        .returning('number')
        .executeTakeFirst();
      return { result: null, event: noted ? { revision, hash, page } : null };
    },
  };
}
