import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, SiteId } from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';

/** What sites call themselves in short, by their settings as they are live; one without is not there. */
export async function siteNames(db: Ledger['db'], sites: readonly SiteId[]): Promise<ReadonlyMap<SiteId, string>> {
  if (sites.length === 0) return new Map();
  const rows = await liveRevisions(db, sites)
    .select(['item.site', 'revision.fields'])
    .where('item.id', '=', 'site')
    .where('item.state', '=', 'live')
    .execute();
  return new Map(rows.map(({ site, fields }) => [site, (JSON.parse(fields) as FieldsOf<'site'>).shortName]));
}
