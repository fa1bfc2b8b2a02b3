import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';

/** Items that were withdrawn after an event, by hand or at a time, whether or not they came back since. Sorted. */
export async function withdrawnSince(db: Ledger['db'], site: SiteId, seq: number): Promise<ItemId[]> {
  const rows = await db
    .selectFrom('event')
    .select('payload')
    .where('site', '=', site)
    .where('seq', '>', seq)
    .where('command', 'in', ['withdraw-item', 'carry-out-schedule'])
    .execute();
  // What is published at its time names a revision, and no item.
  const items = rows.flatMap(({ payload }) => (JSON.parse(payload) as { item?: ItemId }).item ?? []);
  return [...new Set(items)].sort();
}
