import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** The channel that each merged one was merged into: itself never a merged one. */
export async function channelMerges(db: Ledger['db'], site: SiteId): Promise<ReadonlyMap<ItemId, ItemId>> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('channel_merge')
    .select(['channel', 'into_channel'])
    .where('site', '=', site)
    .execute();
  return new Map(rows.map((row) => [row.channel, row.into_channel]));
}
