import type { LedgerTables } from '@chengmen/ledger';
import type { AccountId, SiteId } from '@chengmen/model';
import type { Kysely } from 'kysely';
import { bases } from './bases.ts';
import type { RevisionTable, RevisionTables } from './tables.ts';

/**
 * Whose work a revision may hold: its author, and who wrote the ones it could have grown from since one was live and reviewed.
 * Otherwise two writers who copy each other's text by a comma would each review their own.
 */
export async function contributorsOf(
  { tx, site }: { readonly tx: Kysely<LedgerTables>; readonly site: SiteId },
  { item, number }: Pick<RevisionTable, 'item' | 'number'>,
): Promise<ReadonlySet<AccountId>> {
  const tables = tx.withTables<RevisionTables>();
  const base = await bases(tx)
    .select(({ fn }) => fn.max('base.number').as('number'))
    .where('base.site', '=', site)
    .where('base.item', '=', item)
    .where('base.number', '<', number)
    .executeTakeFirst();
  const rows = await tables
    .selectFrom('revision')
    .select('author')
    .distinct()
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '>', base?.number ?? 0)
    .where('number', '<=', number)
    .execute();
  return new Set(rows.map(({ author }) => author));
}
