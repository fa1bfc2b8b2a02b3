import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, SiteId } from '@chengmen/model';
import type { RevisionTables } from '@chengmen/revision';

/** What sites call themselves in short, by their settings as they are live; one without is not there. */
export async function siteNames(db: Ledger['db'], sites: readonly SiteId[]): Promise<ReadonlyMap<SiteId, string>> {
  if (sites.length === 0) return new Map();
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'item.site')
        .onRef('revision.item', '=', 'item.id')
        .onRef('revision.number', '=', 'item.live_revision'),
    )
    .select(['item.site', 'revision.fields'])
    .where('item.site', 'in', sites)
    .where('item.id', '=', 'site')
    .where('item.state', '=', 'live')
    .execute();
  return new Map(rows.map(({ site, fields }) => [site, (JSON.parse(fields) as FieldsOf<'site'>).shortName]));
}
