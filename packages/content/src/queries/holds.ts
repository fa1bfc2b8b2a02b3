import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { withdrawnSince } from '@chengmen/revision';
import { sql } from 'kysely';
import type { ContentTables, ReleaseHoldTable } from '../tables.ts';

/** What somebody asked for, and by whom. */
export interface Asked {
  readonly reason: string;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
  readonly account: string;
  readonly by: string;
}

/** The site is held at an earlier release, was, or somebody asks that it be. */
export interface Hold {
  readonly id: number;
  /** Number of the release gone back to. */
  readonly release: number;
  readonly root: string;
  readonly state: ReleaseHoldTable['state'];
  /** By the command line, by one person. */
  readonly alone: boolean;
  readonly asked: Asked;
  readonly confirmed: { readonly at: string; readonly by: string } | undefined;
  /** That it end is asked for, or was. */
  readonly resume: Asked | undefined;
  readonly ended: { readonly at: string; readonly by: string } | undefined;
  /** Number of the release that the press put in force for it; undefined before. */
  readonly served: number | undefined;
}

type Database = Ledger['db'];

/** All there ever were, newest first. */
export async function holds(db: Database, site: SiteId): Promise<Hold[]> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('release_hold')
    .selectAll()
    .where('site', '=', site)
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map(holdOf);
}

function holdOf(row: ReleaseHoldTable): Hold {
  const { asked_at: at, asked_by: account, asked_by_name: by, reason } = row;
  return {
    ...{ id: row.id, release: Number(row.release), root: row.root, state: row.state, alone: row.alone },
    asked: { reason, at, account, by },
    confirmed: named(row.confirmed_at, row.confirmed_by_name),
    resume:
      row.end_asked_at === null
        ? undefined
        : {
            ...{ reason: row.end_reason ?? '', at: row.end_asked_at },
            ...{ account: row.end_asked_by ?? '', by: row.end_asked_by_name ?? '' },
          },
    ended: named(row.ended_at, row.ended_by_name),
    served: row.served === null ? undefined : Number(row.served),
  };
}

function named(at: string | null, by: string | null): { readonly at: string; readonly by: string } | undefined {
  return at === null ? undefined : { at, by: by ?? '' };
}

/** What everybody must know of now. */
export interface HoldState {
  /** In force. */
  readonly held: Hold | undefined;
  /** Asked for, and not confirmed. */
  readonly asked: Hold | undefined;
  /** Items approved or withdrawn since the press last published, which wait while the site is held. */
  readonly waiting: number;
  /** Of the items that were withdrawn since the release gone back to: their pages answer 410 all the same. */
  readonly withdrawn: readonly ItemId[];
}

export async function holdState(db: Database, site: SiteId): Promise<HoldState> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('release_hold')
    .selectAll()
    .where('site', '=', site)
    .where('state', 'in', ['asked', 'held'])
    .execute();
  const [held, asked] = (['held', 'asked'] as const).map((state) => rows.find((row) => row.state === state));
  if (!held) return { held: undefined, asked: asked && holdOf(asked), waiting: 0, withdrawn: [] };
  return {
    held: holdOf(held),
    asked: asked && holdOf(asked),
    waiting: await waitingItems(db, site),
    withdrawn: await withdrawnSince(db, site, await eventsIn(db, site, Number(held.release))),
  };
}

async function waitingItems(db: Database, site: SiteId): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct item) as count from outbox
    where site = ${site} and seq > coalesce((select seq from press_state where site = ${site}), 0)`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** The hold that is in force, as the press goes by it. */
export interface PressHold {
  readonly id: number;
  /** Number of the release gone back to. */
  readonly release: number;
  readonly root: string;
  /** Up to this event the release gone back to holds what was approved. */
  readonly seq: number;
  /** Withdrawn since then, whether or not they came back: what that release shows of them must not be seen. */
  readonly withdrawn: readonly ItemId[];
}

export async function pressHold(db: Database, site: SiteId): Promise<PressHold | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('release_hold')
    .select(['id', 'release', 'root'])
    .where('site', '=', site)
    .where('state', '=', 'held')
    .executeTakeFirst();
  if (!row) return undefined;
  const seq = await eventsIn(db, site, Number(row.release));
  return {
    id: row.id,
    release: Number(row.release),
    root: row.root,
    seq,
    withdrawn: await withdrawnSince(db, site, seq),
  };
}

/**
 * The event up to which a release holds all that was approved. Of one from before that was kept, the last event before the release
 * before it, so that no withdrawal is missed; 0 where nothing is known.
 */
async function eventsIn(db: Database, site: SiteId, release: number): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select coalesce(
    (select seq from press_release where site = ${site} and release = ${release}),
    (select max(event.seq) from event where event.site = ${site} and event.at::timestamptz <
      (select at from press_release where site = ${site} and release < ${release} order by release desc limit 1)),
    0) as seq`.execute(db);
  return Number(rows[0]?.seq ?? 0);
}
