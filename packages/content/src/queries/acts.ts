import type { Ledger } from '@chengmen/ledger';
import type { AccountId, ItemId, SiteId } from '@chengmen/model';
import { sql, type RawBuilder } from 'kysely';

/** How often somebody did something, and when last; null for never. */
export interface Done {
  readonly times: number;
  readonly last: string | null;
}

/** What one person did to one item. */
export interface Acts {
  /** The account, of those to one item; the item, of those by one account. */
  readonly key: string;
  /** The item's title now, where the key is one. */
  readonly title: string | null;
  /** The number of the last event among them. */
  readonly newest: number;
  readonly wrote: Done;
  /** Opened the preview. */
  readonly saw: Done;
  readonly reviewed: Done;
  readonly published: Done;
  readonly withdrew: Done;
}

export const actColumns = ['wrote', 'saw', 'reviewed', 'published', 'withdrew'] as const;
export type ActColumn = (typeof actColumns)[number];

/** Which events count as which; the last review is one of them and, where it makes something live, also a publication. */
const conditions: Record<ActColumn, RawBuilder<unknown>> = {
  wrote: sql`command in ('save-draft', 'take-in', 'take-in-file', 'relink-draft')`,
  saw: sql`command = 'note-preview'`,
  reviewed: sql`command = 'review-revision'`,
  published: sql`(command = 'publish-emergency' or command = 'carry-out-schedule' and payload like '%"revision":"%'
    or command = 'review-revision' and payload like '%"state":"approved"%' and payload not like '%"afterwards":true%')`,
  withdrew: sql`(command = 'withdraw-item' or command = 'carry-out-schedule' and payload not like '%"revision":"%')`,
};

/**
 * Who did what to an item, or an account to which items, as the events tell; the latest first. `before`: below this number
 * of an event.
 */
export async function acts(
  db: Ledger['db'],
  site: SiteId,
  {
    of,
    before,
    limit,
  }: {
    readonly of: { readonly item: ItemId } | { readonly account: AccountId };
    readonly before?: number;
    readonly limit: number;
  },
): Promise<readonly Acts[]> {
  const [key, where] = 'item' in of ? ['account', sql`item = ${of.item}`] : ['item', sql`account = ${of.account}`];
  const columns = actColumns.map(
    (name) => sql`count(*) filter (where ${conditions[name]}) as ${sql.ref(name)},
      max(at collate "C") filter (where ${conditions[name]}) as ${sql.ref(`last_${name}`)}`,
  );
  const { rows } = await sql<Row>`select told.*, listing.title from (
      select ${sql.ref(key)} as key, max(seq) as newest, ${sql.join(columns)} from event
      where site = ${site} and item is not null and ${where} group by 1
      ${before === undefined ? sql`` : sql`having max(seq) < ${before}`} order by newest desc limit ${limit}) as told
    left join listing on listing.site = ${site} and listing.item = told.key order by newest desc`.execute(db);
  return rows.map((row) => {
    const done = (name: ActColumn): Done => ({ times: Number(row[name]), last: row[`last_${name}`] });
    const told = Object.fromEntries(actColumns.map((name) => [name, done(name)])) as Record<ActColumn, Done>;
    return { key: row.key, title: row.title, newest: Number(row.newest), ...told };
  });
}

type Row = { key: string; title: string | null; newest: number } & Record<ActColumn, number> &
  Record<`last_${ActColumn}`, string | null>;
