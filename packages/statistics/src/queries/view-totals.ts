import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { sql } from 'kysely';
import type { Count, Dimension } from '../count-hits.ts';
import type { Basis, StatisticsTables } from '../tables.ts';

type Database = Ledger['db'];

/** How far a counter's segments are in the totals; 0 where none is. */
export async function rolledUp(db: Database, site: SiteId, counter: string): Promise<number> {
  const row = await db
    .withTables<StatisticsTables>()
    .selectFrom('view_segment')
    .select('last')
    .where('site', '=', site)
    .where('counter', '=', counter)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

/** Views of a page, ever, of what is in the totals. */
export async function pageViews(db: Database, site: SiteId, path: string): Promise<number> {
  const row = await db
    .withTables<StatisticsTables>()
    .selectFrom('view_total')
    .select(({ fn }) => fn.sum<string | null>('count').as('count'))
    .where('site', '=', site)
    .where('basis', '=', 'counted')
    .where('dimension', '=', 'page')
    .where('value', '=', path)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Days as civil dates, both within. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface TotalsAsked extends Span {
  readonly basis?: Basis;
  readonly dimension: Dimension;
}

/** Numbers of a dimension day by day, in the order of days and values. */
export async function viewsByDay(db: Database, site: SiteId, asked: TotalsAsked): Promise<Count[]> {
  const rows = await totals(db, site, asked).select(['day', 'value', 'count']).execute();
  return rows
    .map(({ day, value, count }) => ({ day, dimension: asked.dimension, value, count: Number(count) }))
    .sort((one, two) => compare(one.day, two.day) || compare(one.value, two.value));
}

/** Numbers of a dimension over the whole span, the largest first; at most `limit` of them. */
export async function viewsByValue(
  db: Database,
  site: SiteId,
  asked: TotalsAsked & { readonly limit?: number; readonly below?: string },
): Promise<{ readonly value: string; readonly count: number }[]> {
  const { limit = 1000, below } = asked;
  let query = totals(db, site, asked);
  if (below !== undefined) query = query.where(sql<boolean>`starts_with(value, ${below})`);
  const rows = await query
    .select(['value', ({ fn }) => fn.sum<string>('count').as('count')])
    .groupBy('value')
    .orderBy(sql`sum(count)`, 'desc')
    .orderBy(sql`value collate "C"`)
    .limit(limit)
    .execute();
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

function totals(db: Database, site: SiteId, { from, to, basis = 'counted', dimension }: TotalsAsked) {
  return db
    .withTables<StatisticsTables>()
    .selectFrom('view_total')
    .where('site', '=', site)
    .where('basis', '=', basis)
    .where('dimension', '=', dimension)
    .where('day', '>=', from)
    .where('day', '<=', to);
}

const compare = (one: string, two: string): number => (one < two ? -1 : one > two ? 1 : 0);
