import type { Ledger } from '@chengmen/ledger';
import type { Hash, RevisionId, SiteId } from '@chengmen/model';
import { parseRevisionId } from '../parse-revision-id.ts';
import type { RevisionTables } from '../tables.ts';

/** By which order a revision went live without reviews of its own; undefined for all others. */
export async function standingPublicationOf(
  db: Ledger['db'],
  site: SiteId,
  revision: RevisionId,
): Promise<{ readonly order: RevisionId; readonly hash: Hash; readonly upTo: string } | undefined> {
  const { item, number } = parseRevisionId(revision);
  const row = await db
    .withTables<RevisionTables>()
    .selectFrom('standing_publication')
    .select(['ordered_by', 'order_hash', 'up_to'])
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number)
    .executeTakeFirst();
  return row && { order: row.ordered_by, hash: row.order_hash, upTo: row.up_to };
}
