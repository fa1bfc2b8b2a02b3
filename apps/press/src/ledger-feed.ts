import type { Ledger } from '@chengmen/ledger';
import type { ItemId, LiveItem, SiteId } from '@chengmen/model';
import type { MemoryDelta, PressState, Remembered } from '@chengmen/press';
import { sql } from 'kysely';
import type { Changes, Feed, Hold } from './feed.ts';

export type Database = Ledger['db'];

/** The queries the press needs, from the rooms that own the tables. A transaction is a database too. */
export interface LedgerFeedOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly memory: PressMemory;
  /** Everything the public may see of a site, withdrawn items included; channels first. */
  readonly liveItemBatches: (db: Database, site: SiteId) => AsyncIterable<readonly LiveItem[]>;
  /** The same for some items; those never approved are left out. */
  readonly liveItemsOf: (db: Database, site: SiteId, ids: readonly ItemId[]) => Promise<readonly LiveItem[]>;
}

export interface PressMemory {
  readonly load: (db: Database, site: SiteId) => Promise<Remembered | undefined>;
  readonly state: (db: Database, site: SiteId) => Promise<PressState | undefined>;
  readonly save: (db: Database, site: SiteId, delta: MemoryDelta) => Promise<void>;
  readonly hold: (db: Database, site: SiteId) => Promise<LedgerHold | undefined>;
  readonly markHeld: (db: Database, site: SiteId) => Promise<void>;
  readonly noteHeld: (db: Database, site: SiteId, hold: LedgerHold, release: number) => Promise<void>;
}

export interface LedgerHold extends Hold {
  /** Up to this event the release gone back to holds what was approved. */
  readonly seq: number;
}

/** A feed from the ledger's outbox. */
export function createLedgerFeed(options: LedgerFeedOptions): Feed {
  const { ledger, site, memory, liveItemBatches } = options;
  return {
    snapshot: (take) =>
      inOneView(ledger.db, async (db) => {
        const seq = await lastTouch(db, site);
        for await (const some of liveItemBatches(db, site)) take(some);
        return { seq, remembered: await memory.load(db, site) };
      }),
    changesAfter: (after, dependents) => inOneView(ledger.db, (db) => changesAfter(options, db, after, dependents)),
    state: () => memory.state(ledger.db, site),
    save: (delta) => ledger.db.transaction().execute((db) => memory.save(db, site, delta)),
    hold: () => memory.hold(ledger.db, site),
    markHeld: () => memory.markHeld(ledger.db, site),
    noteHeld: (hold, release) =>
      ledger.db.transaction().execute((db) => memory.noteHeld(db, site, hold as LedgerHold, release)),
    exclusively: (work) => exclusively(ledger, site, work),
  };
}

/** Several queries that see the database at one moment: else a release could mix two commands. */
function inOneView<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').execute(work);
}

async function lastTouch(db: Database, site: SiteId): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('site', '=', site)
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

async function changesAfter(
  { site, liveItemsOf }: LedgerFeedOptions,
  db: Database,
  after: number,
  dependents: Parameters<Feed['changesAfter']>[1],
): Promise<Changes | undefined> {
  const rows = await db
    .selectFrom('outbox')
    .select(['seq', 'item'])
    .where('site', '=', site)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
  const last = rows.at(-1);
  if (!last) return undefined;
  const changed = await liveItemsOf(db, site, [...new Set(rows.map(({ item }) => item))]);
  const hanging = dependents(changed);
  const moved = hanging.length > 0 ? await liveItemsOf(db, site, hanging) : [];
  return { seq: Number(last.seq), items: [...changed, ...moved] };
}

/**
 * On PostgreSQL several processes may press for one site: they take turns by an advisory lock, which the server
 * lets go of when the connection breaks. The embedded database belongs to one process.
 */
export async function exclusively<T>(ledger: Ledger, site: SiteId, work: () => Promise<T>): Promise<T> {
  if (ledger.engine !== 'postgres') return work();
  const name = `chengmen press ${site}`;
  return ledger.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtextextended(${name}, 0))`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(connection);
    }
  });
}
