import type { LedgerTables } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { Kysely } from 'kysely';
import type { RevisionTables } from './tables.ts';

/** The items of a site, or of several, each with the revision that the public has of it, or had until it was withdrawn. */
export function liveRevisions(db: Kysely<LedgerTables>, site: SiteId | readonly SiteId[]) {
  return db
    .withTables<RevisionTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'item.site')
        .onRef('revision.item', '=', 'item.id')
        .onRef('revision.number', '=', 'item.live_revision'),
    )
    .where('item.site', 'in', [site].flat());
}
