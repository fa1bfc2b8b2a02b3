import type { EventAboutTables, EventTable, Ledger } from '@chengmen/ledger';
import type { AccountId, ItemId, SiteId } from '@chengmen/model';
import { sql, type Expression, type SqlBool } from 'kysely';
import type { ContentTables } from '../tables.ts';

export interface EventFilter {
  /** Who did it, or whose account it was done to. */
  readonly account?: AccountId;
  readonly commands?: readonly string[];
  readonly item?: ItemId;
  /** The channels themselves, and what stands in them now. */
  readonly channels?: readonly ItemId[];
  /** Instants in UTC as events hold them: at or after, and before. */
  readonly from?: string;
  readonly to?: string;
}

export interface LoggedEvent extends EventTable {
  /** What it tells of, if it is of an item, and its title now. */
  readonly item: ItemId | null;
  readonly title: string | null;
}

export interface EventPage {
  readonly events: readonly LoggedEvent[];
  /** Whether there are some before and after these. */
  readonly newer: boolean;
  readonly older: boolean;
}

/** Accepted commands of a site, newest first; `before` and `after` are numbers of events, which are not among them. */
export async function eventLog(
  db: Ledger['db'],
  site: SiteId,
  filter: EventFilter & { readonly before?: number; readonly after?: number; readonly limit: number },
): Promise<EventPage> {
  const { before, after, limit } = filter;
  const upwards = before === undefined && after !== undefined;
  let query = matching(db, site, filter)
    .leftJoin('listing', (join) =>
      join.onRef('listing.site', '=', 'event.site').onRef('listing.item', '=', 'event.item'),
    )
    .select(['event.site', 'event.seq', 'event.at', 'event.account', 'event.command', 'event.payload'])
    .select(['event.previous_hash', 'event.hash', 'event.item', 'listing.title'])
    .orderBy('event.seq', upwards ? 'asc' : 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('event.seq', '<', before);
  else if (after !== undefined) query = query.where('event.seq', '>', after);
  const rows = await query.execute();
  const more = rows.length > limit;
  const events = rows.slice(0, limit);
  if (upwards) events.reverse();
  return { events, newer: upwards ? more : before !== undefined, older: upwards || more };
}

/** From the first of some events to the last the log has, or has in their period. Undefined where there is none of them. */
export async function stretchOf(
  db: Ledger['db'],
  site: SiteId,
  filter: EventFilter,
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const first = await matching(db, site, filter).select('seq').orderBy('seq').limit(1).executeTakeFirst();
  if (!first) return undefined;
  const until = filter.to === undefined ? {} : { to: filter.to };
  const last = await matching(db, site, until).select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return { from: first.seq, to: last?.seq ?? first.seq };
}

/** The numbers of some events, within two. */
export async function eventsAsked(
  db: Ledger['db'],
  site: SiteId,
  filter: EventFilter,
  [from, to]: readonly [number, number],
): Promise<ReadonlySet<number>> {
  const within = matching(db, site, filter).select('seq').where('seq', '>=', from).where('seq', '<=', to);
  return new Set((await within.execute()).map(({ seq }) => seq));
}

function matching(db: Ledger['db'], site: SiteId, { account, commands, item, channels, from, to }: EventFilter) {
  return db
    .withTables<ContentTables & EventAboutTables>()
    .selectFrom('event')
    .where(({ and, or, eb, selectFrom }) => {
      const all: Expression<SqlBool>[] = [eb('event.site', '=', site)];
      if (account !== undefined) all.push(or([eb('event.account', '=', account), eb('event.subject', '=', account)]));
      if (commands) all.push(eb('event.command', 'in', commands.length > 0 ? commands : ['']));
      if (item !== undefined) all.push(eb('event.item', '=', item));
      // All instants of the log are written alike, so that they sort as texts.
      if (from !== undefined) all.push(sql<SqlBool>`event.at collate "C" >= ${from}`);
      if (to !== undefined) all.push(sql<SqlBool>`event.at collate "C" < ${to}`);
      if (channels) {
        const standing = selectFrom('listing').select('listing.item').where('listing.site', '=', site);
        const inside = standing.where('listing.channel', 'in', channels);
        all.push(or([eb('event.item', 'in', channels), eb('event.item', 'in', inside)]));
      }
      return and(all);
    });
}
