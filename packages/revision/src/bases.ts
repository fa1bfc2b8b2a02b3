import type { LedgerTables } from '@chengmen/ledger';
import type { Kysely } from 'kysely';
import type { RevisionTables } from './tables.ts';

/**
 * The revisions others grow from: those that were live with all their reviews. One that went on air before them has been seen by
 * nobody but its writer, so what follows it holds unreviewed work.
 */
export function bases(db: Kysely<LedgerTables>) {
  return db
    .withTables<RevisionTables>()
    .selectFrom('revision as base')
    .where('base.live_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('emergency')
            .select('emergency.number')
            .whereRef('emergency.site', '=', 'base.site')
            .whereRef('emergency.item', '=', 'base.item')
            .whereRef('emergency.number', '=', 'base.number')
            .where('emergency.state', '!=', 'approved'),
        ),
      ),
    );
}
