import type { Command } from '@chengmen/ledger';
import type { Hash, RevisionId } from '@chengmen/model';
import { hooksOf, type KindHooks } from './hooks.ts';
import { contentOf, selectRevision } from './lock-revision.ts';

type AtHash = { readonly revision: RevisionId; readonly hash: Hash };

/** For commands that ask the rooms what they say of a revision before its reviews: what takes long of it. */
export function prepareSubmission(hooks: readonly KindHooks[]): NonNullable<Command<AtHash, unknown>['prepare']> {
  return async ({ db, site }, { revision, hash }) => {
    const row = await selectRevision(db, site, revision).executeTakeFirst();
    // The command says what is wrong with it.
    if (row?.hash !== hash) return;
    for (const hook of hooksOf(hooks, row.kind)) await hook.prepareSubmission?.({ tx: db, site }, contentOf(row));
  };
}
