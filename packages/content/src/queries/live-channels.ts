import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, ItemId, SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** The live channels of a site, by their place in the tree: each behind its parent. */
export async function liveChannels(
  db: Ledger['db'],
  site: SiteId,
): Promise<{ readonly id: ItemId; readonly name: string }[]> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'item.site')
        .onRef('revision.item', '=', 'item.id')
        .onRef('revision.number', '=', 'item.live_revision'),
    )
    .select(['item.id', 'revision.fields'])
    .where('item.site', '=', site)
    .where('item.kind', '=', 'channel')
    .where('item.state', '=', 'live')
    .execute();
  const channels = rows
    .map(({ id, fields }) => ({ id, ...(JSON.parse(fields) as FieldsOf<'channel'>) }))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const below = (parent: ItemId | null, seen: ReadonlySet<ItemId>): { id: ItemId; name: string }[] =>
    channels
      .filter((channel) => channel.parent === parent && !seen.has(channel.id))
      .flatMap(({ id, name }) => [{ id, name }, ...below(id, new Set([...seen, id]))]);
  return below(null, new Set());
}
