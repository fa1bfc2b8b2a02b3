import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** The items that have, or had, some addresses; an address nobody had is left out. */
export async function itemsAt(
  db: Ledger['db'],
  site: SiteId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ItemId>> {
  if (paths.length === 0) return new Map();
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('address')
    .select(['path', 'item'])
    .where('site', '=', site)
    .where('path', 'in', paths)
    .execute();
  return new Map(rows.map(({ path, item }) => [path, item]));
}
