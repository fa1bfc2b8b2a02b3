import type { CommandContext, Need } from '@chengmen/ledger';
import type { Hash, Permission, RevisionId } from '@chengmen/model';
import type { KindHooks } from './hooks.ts';
import { contentOf, lockRevision } from './lock-revision.ts';
import { needsOf } from './places.ts';

/** A permission where the item of a revision stands now, and where the revision would take it. Throws `not-found` and `hash-mismatch`. */
export function needsOfRevision(hooks: readonly KindHooks[], permission: Permission) {
  return async (
    context: CommandContext,
    { revision, hash }: { readonly revision: RevisionId; readonly hash: Hash },
  ): Promise<Need[]> => {
    const row = await lockRevision(context, revision, hash);
    return needsOf(context, hooks, { item: row.item, revision: contentOf(row), permission });
  };
}
