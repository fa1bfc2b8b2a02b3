import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, ItemId, RevisionId, RevisionState, SiteId } from '@chengmen/model';
import { revisionId } from '@chengmen/model';
import { sql } from 'kysely';
import { liveChannelFields } from '../channel-tree.ts';
import type { ContentTables } from '../tables.ts';
import { updateState, type UpdateState } from '../update-light.ts';

/** A live channel, as whoever looks after the tree sees it. */
export interface ChannelRow extends UpdateState {
  readonly id: ItemId;
  readonly fields: FieldsOf<'channel'>;
  readonly depth: number;
  /** Itself and those above it, nearest first. */
  readonly line: readonly ItemId[];
  readonly children: number;
  /** Live documents in it, and in it and all below. */
  readonly live: number;
  readonly below: number;
  /** What is written or reviewed in it. */
  readonly unfinished: number;
  /** The newest revision of the channel itself, where it is not the live one. */
  readonly pending: PendingChannel | undefined;
}

export interface PendingChannel {
  readonly revision: RevisionId;
  readonly state: RevisionState;
}

/** A channel that is not live: being made, or retired. */
export interface OtherChannel {
  readonly id: ItemId;
  readonly name: string;
  readonly state: 'never' | 'withdrawn';
  readonly newestState: RevisionState;
}

export interface ChannelOverview {
  /** Each behind its parent. */
  readonly channels: readonly ChannelRow[];
  readonly others: readonly OtherChannel[];
  /** Of the whole site. */
  readonly newest: UpdateState;
}

/** The tree with its numbers and lights, in three queries. `today`: what is dated later counts for nothing yet. */
export async function channelOverview(db: Ledger['db'], site: SiteId, today: string): Promise<ChannelOverview> {
  const fields = await liveChannelFields(db, site);
  const counts = new Map((await liveCounts(db, site, today)).map((row) => [row.channel, row]));
  const items = await channelItems(db, site);
  const unfinished = new Map(items.unfinished.map(({ channel, count }) => [channel, Number(count)]));
  const listed = new Map(items.channels.map((row) => [row.item, row]));
  const under = Map.groupBy([...fields.keys()].sort(byPlace(fields)), (id) => fields.get(id)?.parent ?? null);
  const rows: ChannelRow[] = [];
  const add = (id: ItemId, above: readonly ItemId[]): { below: number; newest: string | undefined } => {
    const own = fields.get(id);
    if (!own) return { below: 0, newest: undefined };
    const [line, place, children] = [[id, ...above], rows.length, under.get(id) ?? []];
    rows.length++;
    const live = Number(counts.get(id)?.count ?? 0);
    let [below, newest] = [live, counts.get(id)?.newest ?? undefined];
    for (const child of children) {
      const of = add(child, line);
      below += of.below;
      if (of.newest !== undefined && (newest === undefined || of.newest > newest)) newest = of.newest;
    }
    rows[place] = {
      ...updateState({ update: own.update, newest }, today),
      ...{ id, fields: own, depth: above.length, line, children: children.length, live, below },
      unfinished: unfinished.get(id) ?? 0,
      pending: pendingOf(listed.get(id)),
    };
    return { below, newest };
  };
  const tops = (under.get(null) ?? []).map((id) => add(id, []).newest);
  const newest = tops
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  return {
    channels: rows,
    others: items.channels.flatMap(({ item, title, state, newest_state }) =>
      state === 'live' ? [] : [{ id: item, name: title, state, newestState: newest_state }],
    ),
    // The home page is asked for two weeks (VETO-05).
    newest: updateState({ update: 'two-weeks', newest }, today),
  };
}

function byPlace(fields: ReadonlyMap<ItemId, FieldsOf<'channel'>>): (a: ItemId, b: ItemId) => number {
  return (a, b) => (fields.get(a)?.position ?? 0) - (fields.get(b)?.position ?? 0) || (a < b ? -1 : 1);
}

const over: readonly RevisionState[] = ['approved', 'superseded', 'emergency', 'returned'];

function pendingOf(row: Listed | undefined): PendingChannel | undefined {
  if (!row || over.includes(row.newest_state)) return undefined;
  return { revision: revisionId(row.item, row.number), state: row.newest_state };
}

function liveCounts(db: Ledger['db'], site: SiteId, today: string) {
  return db
    .withTables<ContentTables>()
    .selectFrom('listing')
    .select(({ fn }) => [
      'live_channel as channel',
      fn.countAll<string | number>().as('count'),
      // Up to the last minute of today.
      sql<string | null>`max(live_date) filter (where live_date <= ${`${today} 99`})`.as('newest'),
    ])
    .where('site', '=', site)
    .where('live_channel', 'is not', null)
    .groupBy('live_channel')
    .execute();
}

type Listed = Pick<ContentTables['listing'], 'item' | 'title' | 'state' | 'newest_state' | 'number'>;

async function channelItems(
  db: Ledger['db'],
  site: SiteId,
): Promise<{
  readonly channels: readonly Listed[];
  readonly unfinished: readonly { readonly channel: string | null; readonly count: string | number }[];
}> {
  const listing = db.withTables<ContentTables>().selectFrom('listing').where('site', '=', site);
  const channels = await listing
    .select(['item', 'title', 'state', 'newest_state', 'number'])
    .where('kind', '=', 'channel')
    .orderBy('title')
    .execute();
  const unfinished = await listing
    .select(({ fn }) => ['channel', fn.countAll<string | number>().as('count')])
    // As the index over them says it.
    .where(sql<boolean>`newest_state not in ('approved', 'superseded', 'emergency')`)
    .where('kind', '!=', 'channel')
    .groupBy('channel')
    .execute();
  return { channels, unfinished };
}
