import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError, writePermission, type RevisionId } from '@chengmen/model';
import { z } from 'zod';
import { hooksOf, type KindHooks } from '../hooks.ts';
import { contentOf, lockRevision } from '../lock-revision.ts';
import { needsOf } from '../places.ts';
import { prepareSubmission } from '../prepare-submission.ts';
import { setRevisionState } from '../set-revision-state.ts';
import type { RevisionTable } from '../tables.ts';

const input = z.strictObject({ revision: z.string(), hash: z.string() });

/** Hands a draft to the first reviewer. Only its author sends it, so that nobody's unfinished text is judged. */
export function submitRevision(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly revision: RevisionId }> {
  return {
    name: 'submit-revision',
    permission: ['item.write', 'channel.write'],
    input,
    prepare: prepareSubmission(hooks),
    async needs(context, { revision, hash }) {
      const row = await lockRevision(context, revision, hash);
      return needsOf(context, hooks, {
        item: row.item,
        revision: contentOf(row),
        permission: writePermission(row.kind),
      });
    },
    async run(context, { revision, hash }) {
      const row = await lockRevision(context, revision, hash);
      if (row.author !== context.actor.account)
        throw new ChengmenError('permission-denied', {
          actor: context.actor.name,
          permission: '送审他人草稿 (submit another’s draft)',
        });
      if (row.state !== 'draft') throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: row.state });
      await beforeReviews(context, hooks, row);
      await setRevisionState(context, row, 'submitted');
      return { result: { revision }, event: { revision, hash } };
    },
  };
}

/** What the rooms ask of a revision before anybody reviews it. */
export async function beforeReviews(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
): Promise<void> {
  const revision = { ...contentOf(row), number: row.number };
  for (const hook of hooksOf(hooks, row.kind)) await hook.whenSubmitted?.(context, revision);
}
