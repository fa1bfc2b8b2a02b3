import type { CommandContext, Need } from '@chengmen/ledger';
import { revisionId } from '@chengmen/model';
import type { KindHooks } from './hooks.ts';
import { contentOf, lockRevision } from './lock-revision.ts';
import { needsOf } from './places.ts';
import { lockSchedule } from './schedule.ts';

/**
 * `schedule.set` where the item stands now and, for a publication, where the scheduled revision would take it: a move that was
 * approved in both places is nobody's alone. Throws `not-found`.
 */
export function needsOfSchedule(hooks: readonly KindHooks[]) {
  return async (context: CommandContext, { id }: { readonly id: number }): Promise<Need[]> => {
    const { item, number, hash } = await lockSchedule(context, id);
    const permission = 'schedule.set';
    if (number === null) return needsOf(context, hooks, { item, permission });
    const row = await lockRevision(context, revisionId(item, number), hash ?? '');
    return needsOf(context, hooks, { item, revision: contentOf(row), permission });
  };
}
