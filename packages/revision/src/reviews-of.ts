import type { LedgerTables } from '@chengmen/ledger';
import type { Kysely } from 'kysely';
import type { ReviewTable, RevisionTable, RevisionTables } from './tables.ts';

/** Who has signed a revision, and at which stage; returns count as well. */
export async function reviewsOf(
  db: Kysely<LedgerTables>,
  { site, item, number }: Pick<RevisionTable, 'site' | 'item' | 'number'>,
): Promise<Pick<ReviewTable, 'stage' | 'account'>[]> {
  return db
    .withTables<RevisionTables>()
    .selectFrom('review')
    .select(['stage', 'account'])
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number)
    .execute();
}
