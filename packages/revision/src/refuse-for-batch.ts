import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, revisionId } from '@chengmen/model';
import { beforeReviews } from './commands/submit-revision.ts';
import type { KindHooks } from './hooks.ts';
import { openComments } from './queries/comments.ts';
import { titleOf } from './queries/revisions.ts';
import { previewsSeenBy } from './queries/seen-previews.ts';
import type { RevisionTable } from './tables.ts';

/**
 * What may be approved with others in one go: whoever approves has opened the preview of this revision, nobody's remark on it is open,
 * the checks hold nothing back, and it does not change the whole site. Throws `not-for-batch`, and whatever the checks say.
 */
export async function refuseForBatch(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
): Promise<void> {
  const { tx, actor, site } = context;
  const refuse = (why: string): never => {
    throw new ChengmenError('not-for-batch', { title: titleOf(row), why });
  };
  if (row.kind === 'site' || row.kind === 'home' || row.kind === 'channel')
    refuse('它改变整个网站 (it changes the whole site)');
  const seen = await previewsSeenBy(tx, site, actor.account, [row.item]);
  if (!seen.has(revisionId(row.item, row.number))) refuse('还没有看过它的预览 (its preview has not been opened)');
  if (((await openComments(tx, site, [row.item])).get(row.item) ?? 0) > 0)
    refuse('还有没有处理的批注 (there are open remarks)');
  await beforeReviews(context, hooks, row);
}
