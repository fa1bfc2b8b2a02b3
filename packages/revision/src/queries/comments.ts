import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import type { RevisionTables } from '../tables.ts';

/** A remark on a passage. */
export interface PassageComment {
  readonly id: number;
  /** It was made on. */
  readonly revision: RevisionId;
  readonly field: string;
  readonly quote: string;
  /** Where the quote began in the words of the field, in UTF-16 units. */
  readonly place: number;
  readonly remark: string;
  readonly account: string;
  readonly name: string;
  readonly at: string;
  readonly resolved?: { readonly at: string; readonly name: string; readonly answer: string | null };
}

/** Remarks on an item, oldest first. */
export async function commentsOn(db: Ledger['db'], site: SiteId, item: ItemId): Promise<PassageComment[]> {
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('passage_comment')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: Number(row.id), revision: revisionId(item, row.number), field: row.field, quote: row.quote },
    ...{ place: row.place, remark: row.remark, account: row.account, name: row.name, at: row.at },
    ...(row.resolved_at === null
      ? {}
      : { resolved: { at: row.resolved_at, name: row.resolved_by_name ?? '', answer: row.answer } }),
  }));
}

/** How many remarks are open, by item. */
export async function openComments(
  db: Ledger['db'],
  site: SiteId,
  items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, number>> {
  if (items.length === 0) return new Map();
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('passage_comment')
    .select(['item', ({ fn }) => fn.countAll<number>().as('count')])
    .where('site', '=', site)
    .where('item', 'in', items)
    .where('state', '=', 'open')
    .groupBy('item')
    .execute();
  return new Map(rows.map(({ item, count }) => [item, Number(count)]));
}

/** Where a quote stands in a text: nearest to where it was; undefined where its words are not there any more. */
export function placeOfQuote(
  text: string,
  { quote, place }: Pick<PassageComment, 'quote' | 'place'>,
): number | undefined {
  let best: number | undefined;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    if (best === undefined || Math.abs(at - place) < Math.abs(best - place)) best = at;
  return best;
}
