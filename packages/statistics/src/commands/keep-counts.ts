import type { Ledger, LedgerTables } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { sql, type Transaction } from 'kysely';
import type { Count } from '../count-hits.ts';
import type { Basis, StatisticsTables } from '../tables.ts';

/** A statement cannot carry more than 65 535 parameters. */
const mostRows = 5000;

/**
 * Adds a segment's counts to the totals, once: how far a counter has come is written in the same transaction. False where the
 * segment was there already. No command: the numbers are derived, nobody decides them, and an event a minute would bury the rest.
 */
export async function keepCounts(
  ledger: Ledger,
  site: SiteId,
  part: { readonly counter: string; readonly segment: number; readonly counts: readonly Count[] },
): Promise<boolean> {
  const { counter, segment, counts } = part;
  return ledger.db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      insert into view_segment (site, counter, last) values (${site}, ${counter}, ${segment})
      on conflict (site, counter) do update set last = excluded.last where view_segment.last < excluded.last
      returning last`.execute(tx);
    if (rows.length === 0) return false;
    await addTotals(tx, site, 'counted', counts);
    return true;
  });
}

/** Puts the counts of whole days, reckoned from the access log, in the place of those reckoned before. */
export async function replaceFromLog(ledger: Ledger, site: SiteId, counts: readonly Count[]): Promise<void> {
  const days = [...new Set(counts.map(({ day }) => day))];
  if (days.length === 0) return;
  await ledger.db.transaction().execute(async (tx) => {
    await tx
      .withTables<StatisticsTables>()
      .deleteFrom('view_total')
      .where('site', '=', site)
      .where('basis', '=', 'log')
      .where('day', 'in', days)
      .execute();
    await addTotals(tx, site, 'log', counts);
  });
}

async function addTotals(
  tx: Transaction<LedgerTables>,
  site: SiteId,
  basis: Basis,
  counts: readonly Count[],
): Promise<void> {
  // In one order everywhere: two counters that add at once wait for one another and never both.
  const rows = counts
    .map((count) => ({ site, basis, ...count }))
    .sort((one, two) => (keyOf(one) < keyOf(two) ? -1 : 1));
  for (let from = 0; from < rows.length; from += mostRows)
    await tx
      .withTables<StatisticsTables>()
      .insertInto('view_total')
      .values(rows.slice(from, from + mostRows))
      .onConflict((conflict) =>
        conflict
          .columns(['site', 'basis', 'dimension', 'value', 'day'])
          .doUpdateSet({ count: sql<number>`view_total.count + excluded.count` }),
      )
      .execute();
}

const keyOf = ({ dimension, value, day }: Count): string => `${dimension} ${value} ${day}`;
