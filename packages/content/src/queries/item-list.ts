import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type Kind, type RevisionId, type RevisionState, type SiteId } from '@chengmen/model';
import { sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { ContentTables, ListingTable } from '../tables.ts';

export interface ListedItem {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly title: string;
  /** What the public sees. */
  readonly state: 'never' | 'live' | 'withdrawn';
  /** The newest revision and where it stands. */
  readonly newest: RevisionId;
  readonly newestState: RevisionState;
  readonly authorName: string;
  readonly changedAt: string;
}

/** What a list can be sorted by, and the column that holds it. */
const columns = {
  changed: 'changed_at',
  title: 'title',
  kind: 'kind',
  state: 'state',
  newest: 'newest_state',
  author: 'author_name',
} as const satisfies Record<string, keyof ListingTable>;

export type ItemOrder = keyof typeof columns;
export const itemOrders = Object.keys(columns) as ItemOrder[];

export interface ItemFilter {
  /** Each word stands in the title, in one of its forms; capital and small letters are the same. */
  readonly words?: readonly (readonly string[])[];
  readonly kind?: Kind;
  /** Standing in one of these channels. */
  readonly channels?: readonly ItemId[];
  readonly state?: ListedItem['state'];
  readonly newestState?: RevisionState;
  /** Part of the name of who wrote the newest revision. */
  readonly author?: string;
  readonly order?: ItemOrder;
  readonly descending?: boolean;
  /** Where a page begins or ends: as `ItemPage` gives it, for the same order. What is not one is as if it were not there. */
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
}

export interface ItemPage {
  readonly items: readonly ListedItem[];
  /** Places in the list, not numbers of pages: what is added or goes meanwhile moves nothing. */
  readonly previous?: string;
  readonly next?: string;
}

/** Items by their newest revision, the latest changed first unless told otherwise. */
export async function itemList(db: Ledger['db'], site: SiteId, filter: ItemFilter): Promise<ItemPage> {
  const { order = 'changed', limit } = filter;
  const descending = filter.descending ?? filter.order === undefined;
  const column = columns[order];
  const [after, before] = [readPlace(filter.after), readPlace(filter.before)];
  const backwards = before !== undefined;
  const direction = descending === backwards ? 'asc' : 'desc';
  let query = db
    .withTables<ContentTables>()
    .selectFrom('listing')
    .selectAll()
    .where('site', '=', site)
    .orderBy(column, direction)
    .orderBy('item', direction)
    .limit(limit + 1);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.channels) query = query.where('channel', 'in', filter.channels.length > 0 ? filter.channels : ['']);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.newestState) query = query.where('newest_state', '=', filter.newestState);
  if (filter.author) query = query.where('author_name', 'like', `%${literal(filter.author)}%`);
  for (const forms of filter.words ?? [])
    query = query.where(({ or }) =>
      or(forms.map((form) => sql<SqlBool>`lower(title) like ${`%${literal(form.toLowerCase())}%`}`)),
    );
  const from = before ?? after;
  if (from) {
    const than = sql.raw(direction === 'asc' ? '>' : '<');
    query = query.where(sql<SqlBool>`(${sql.ref(column)}, item) ${than} (${from.value}::text, ${from.item}::text)`);
  }
  const rows = await query.execute();
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (backwards) shown.reverse();
  const place = (row: ListingTable | undefined): string =>
    row ? writePlace({ value: row[column], item: row.item }) : '';
  return {
    items: shown.map(listed),
    ...(shown.length > 0 && (backwards ? more : after !== undefined) ? { previous: place(shown[0]) } : {}),
    ...(shown.length > 0 && (backwards || more) ? { next: place(shown.at(-1)) } : {}),
  };
}

function listed({ item, number, ...row }: ListingTable): ListedItem {
  const { kind, title, state, newest_state: newestState, author_name: authorName, changed_at: changedAt } = row;
  return { item, kind, title, state, newest: revisionId(item, number), newestState, authorName, changedAt };
}

/** Words as they stand: `%` is a percent sign. */
function literal(words: string): string {
  return words.replace(/[\\%_]/g, '\\$&');
}

interface Place {
  readonly value: string;
  readonly item: ItemId;
}

const place = z.tuple([z.string(), z.string()]);

function writePlace({ value, item }: Place): string {
  return Buffer.from(JSON.stringify([value, item])).toString('base64url');
}

function readPlace(written: string | undefined): Place | undefined {
  if (written === undefined) return undefined;
  try {
    const [value, item] = place.parse(JSON.parse(Buffer.from(written, 'base64url').toString()));
    return `${value}${item}`.includes('\0') ? undefined : { value, item };
  } catch {
    return undefined;
  }
}
