import type { Ledger } from '@chengmen/ledger';
import { revisionId, type FieldsOf, type ItemId, type Kind, type LiveItem, type SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** A statement cannot carry more than 65 535 parameters. */
const mostAtOnce = 10_000;

/** Everything the public may see of a site: live items, and withdrawn ones with the reason. Ordered by id. */
export async function liveItems(db: Ledger['db'], site: SiteId): Promise<LiveItem[]> {
  return byId(await read(db, site, undefined));
}

/** The same, of these items; those that were never live are left out. */
export async function liveItemsOf(db: Ledger['db'], site: SiteId, ids: readonly ItemId[]): Promise<LiveItem[]> {
  const items: LiveItem[] = [];
  for (let from = 0; from < ids.length; from += mostAtOnce)
    items.push(...(await read(db, site, ids.slice(from, from + mostAtOnce))));
  return byId(items);
}

/** By code unit, here and not in SQL: databases sort by the rules of their locale, and releases must not differ. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (items: LiveItem[]): LiveItem[] => items.sort((a, b) => compare(a.id, b.id));

async function read(db: Ledger['db'], site: SiteId, ids: readonly ItemId[] | undefined): Promise<LiveItem[]> {
  const tables = db.withTables<ContentTables>();
  let items = tables
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'item.site')
        .onRef('revision.item', '=', 'item.id')
        .onRef('revision.number', '=', 'item.live_revision'),
    )
    .select([
      'item.id',
      'item.kind',
      'item.state',
      'item.withdrawn_on',
      'item.withdrawal_reason',
      'revision.number',
      'revision.hash',
      'revision.fields',
    ])
    .where('item.site', '=', site);
  let addresses = tables.selectFrom('address').select(['item', 'path', 'current']).where('site', '=', site);
  if (ids) {
    items = items.where('item.id', 'in', ids);
    addresses = addresses.where('item', 'in', ids);
  }
  const paths = new Map<ItemId, { current: string | null; former: string[] }>();
  for (const { item, path, current } of await addresses.execute()) {
    const known = paths.get(item) ?? { current: null, former: [] };
    paths.set(item, known);
    if (current) known.current = path;
    else known.former.push(path);
  }
  return (await items.execute()).map((row): LiveItem => {
    const { current = null, former = [] } = paths.get(row.id) ?? {};
    return {
      id: row.id,
      kind: row.kind,
      state: row.state === 'withdrawn' ? 'withdrawn' : 'live',
      path: current,
      formerPaths: former.sort(compare),
      revision: revisionId(row.id, row.number),
      hash: row.hash,
      fields: JSON.parse(row.fields) as FieldsOf<Kind>,
      ...(row.withdrawn_on === null
        ? {}
        : { withdrawal: { on: row.withdrawn_on, reason: row.withdrawal_reason ?? '' } }),
    };
  });
}
