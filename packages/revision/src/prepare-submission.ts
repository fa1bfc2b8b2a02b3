import type { Command } from '@chengmen/ledger';
import type { Hash, RevisionId } from '@chengmen/model';
import { hooksOf, type KindHooks } from './hooks.ts';
import { contentOf } from './lock-revision.ts';
import { parseRevisionId } from './parse-revision-id.ts';
import type { RevisionTables } from './tables.ts';

type AtHash = { readonly revision: RevisionId; readonly hash: Hash };

/** For commands that ask the rooms what they say of a revision before its reviews: what takes long of it. */
export function prepareSubmission(hooks: readonly KindHooks[]): NonNullable<Command<AtHash, unknown>['prepare']> {
  return async ({ db, site }, { revision, hash }) => {
    const { item, number } = parseRevisionId(revision);
    const row = await db
      .withTables<RevisionTables>()
      .selectFrom('revision')
      .selectAll()
      .where('site', '=', site)
      .where('item', '=', item)
      .where('number', '=', number)
      .executeTakeFirst();
    // The command says what is wrong with it.
    if (row?.hash !== hash) return;
    for (const hook of hooksOf(hooks, row.kind)) await hook.prepareSubmission?.({ tx: db, site }, contentOf(row));
  };
}
