import type { CommandContext, Ledger } from '@chengmen/ledger';
import type { Actor, Hash, ItemId, RevisionId } from '@chengmen/model';
import type { KindHooks } from './hooks.ts';
import { lockRevision } from './lock-revision.ts';
import { makeLive } from './make-live.ts';
import type { RevisionTable, RevisionTables } from './tables.ts';

/**
 * What the database would say if these revisions were approved one after another, made so by the very steps of an approval; nothing
 * of it stays. `read` is given the items the public would see differently. What is live already stays as it is.
 * Rejects with whatever would hold the approval back.
 */
export function rehearseApproval<T>(
  { ledger, hooks, actor }: { readonly ledger: Ledger; readonly hooks: readonly KindHooks[]; readonly actor: Actor },
  revisions: readonly { readonly revision: RevisionId; readonly hash: Hash }[],
  read: (tx: CommandContext['tx'], touched: readonly ItemId[]) => Promise<T>,
): Promise<T> {
  return ledger.rehearse(actor, async (context) => {
    const touched = new Set<ItemId>();
    for (const { revision, hash } of revisions) {
      const row = await lockRevision(context, revision, hash);
      touched.add(row.item);
      if (!(await isLive(context, row))) for (const item of await makeLive(context, hooks, row)) touched.add(item);
    }
    return read(context.tx, [...touched]);
  });
}

async function isLive({ tx }: CommandContext, { site, item, number }: RevisionTable): Promise<boolean> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select('state')
    .where('site', '=', site)
    .where('id', '=', item)
    .where('live_revision', '=', number)
    .executeTakeFirst();
  return row?.state === 'live';
}
