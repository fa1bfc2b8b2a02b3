import type { LedgerTables } from '@chengmen/ledger';
import type { Hash, PagePath, ReadKey, SiteId, TargetId } from '@chengmen/model';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { ContentTables } from '../tables.ts';
import { pressHold, type PressHold } from './holds.ts';

// A type and not an interface: `withTables` asks for an index signature, which interfaces lack.
export type PressMemoryTables = {
  press_state: { site: SiteId; seq: number; theme: Hash; root: string; compressor: string };
  press_read: { site: SiteId; key: ReadKey; hash: Hash };
  press_target: { site: SiteId; target: TargetId; reads: string; paths: string };
  press_release: {
    site: SiteId;
    release: number;
    at: Date;
    seq: number | null;
    ms: number | null;
    rendered: number | null;
  };
};

/** How far the press has come: everything up to event `seq` is in the release with this root. */
export interface PressMemoryState {
  readonly seq: number;
  readonly theme: Hash;
  readonly root: string;
  /** By what the compressed forms in it were made. */
  readonly compressor: string;
}

/** What one target read, with the hashes of the answers, and where it stands. */
export interface PressMemoryRecord {
  readonly target: TargetId;
  readonly reads: readonly (readonly [ReadKey, Hash])[];
  readonly paths: readonly PagePath[];
}

export interface PressMemoryDelta {
  /** Forget everything else. */
  readonly replace: boolean;
  readonly records: Iterable<PressMemoryRecord>;
  readonly removed: readonly TargetId[];
  /** Further reads that answer otherwise now, for all who made them; with `replace` all there are, each once. */
  readonly answers?: Iterable<readonly [ReadKey, Hash]>;
  /** Reads that nobody makes any more. */
  readonly unread?: readonly ReadKey[];
  readonly state: PressMemoryState;
  /** Number of the release. */
  readonly release?: number;
  /** How long it took to make, in milliseconds, and how many targets were rendered. */
  readonly took?: { readonly ms: number; readonly rendered: number };
}

type Database = Kysely<LedgerTables>;

/** The press's memory in the tables `press_*`. `save` belongs in a transaction: a delta is kept whole or not at all. */
export const pressMemory = {
  state: pressState,
  load: loadPressMemory,
  save: savePressMemory,
  hold: pressHold,
  markHeld,
  noteHeld,
} as const;

/** What begins the remembered root while the site is held: whoever reads it knows that another release is in force. */
const heldMark = 'held:';

/** From here on no press goes on from what it remembers, whatever is in force when it looks next. Before anything is put in force. */
async function markHeld(db: Database, site: SiteId): Promise<void> {
  await sql`update press_state set root = ${heldMark}::text || root
    where site = ${site} and root not like ${`${heldMark}%`}`.execute(db);
}

/** What was put in force for a hold, which holds what the release it goes back to holds. */
async function noteHeld(db: Database, site: SiteId, hold: PressHold, served: number): Promise<void> {
  await noteRelease(db, site, { release: served, seq: hold.seq });
  await db
    .withTables<ContentTables>()
    .updateTable('release_hold')
    .set({ served })
    .where('site', '=', site)
    .where('id', '=', hold.id)
    .execute();
}

/** When each release of a site was first heard of by the ledger, by number. Those from before it kept such a list are missing. */
export async function releaseTimes(db: Database, site: SiteId): Promise<ReadonlyMap<number, Date>> {
  const rows = await tables(db)
    .selectFrom('press_release')
    .select(['release', 'at'])
    .where('site', '=', site)
    .execute();
  return new Map(rows.map(({ release, at }) => [Number(release), new Date(at)]));
}

async function pressState(db: Database, site: SiteId): Promise<PressMemoryState | undefined> {
  const row = await tables(db)
    .selectFrom('press_state')
    .select(['seq', 'theme', 'root', 'compressor'])
    .where('site', '=', site)
    .executeTakeFirst();
  return row && { ...row, seq: Number(row.seq) };
}

async function loadPressMemory(
  db: Database,
  site: SiteId,
): Promise<{ readonly state: PressMemoryState; readonly records: readonly PressMemoryRecord[] } | undefined> {
  const state = await pressState(db, site);
  if (!state) return undefined;
  const reads = await tables(db).selectFrom('press_read').select(['key', 'hash']).where('site', '=', site).execute();
  const answers = new Map(reads.map(({ key, hash }) => [key, [key, hash] as const]));
  const rows = await tables(db)
    .selectFrom('press_target')
    .select(['target', 'reads', 'paths'])
    .where('site', '=', site)
    .execute();
  return { state, records: rows.map((row) => record(row, answers)) };
}

function record(
  row: Pick<PressMemoryTables['press_target'], 'target' | 'reads' | 'paths'>,
  answers: ReadonlyMap<ReadKey, readonly [ReadKey, Hash]>,
): PressMemoryRecord {
  const reads = (JSON.parse(row.reads) as ReadKey[]).map((key) => answers.get(key) ?? ([key, ''] as const));
  return { target: row.target, reads, paths: JSON.parse(row.paths) as PagePath[] };
}

async function savePressMemory(db: Database, site: SiteId, delta: PressMemoryDelta): Promise<void> {
  if (delta.replace) await forget(db, site);
  if (delta.removed.length > 0) await removeTargets(db, site, delta.removed);
  // The records of a large site are drawn from where they lie packed, the next while some are written.
  let writing: Promise<unknown> = Promise.resolve();
  for (const statement of putAll(site, delta)) {
    await writing;
    writing = statement.execute(db);
    writing.catch(() => undefined);
  }
  await writing;
  for (const some of inBatches(delta.unread ?? [])) await removeReads(db, site, some);
  if (delta.release !== undefined)
    await noteRelease(db, site, { release: delta.release, seq: delta.state.seq, took: delta.took });
  await tables(db)
    .insertInto('press_state')
    .values({ site, ...delta.state })
    .onConflict((conflict) => conflict.column('site').doUpdateSet({ ...delta.state }))
    .execute();
}

function* putAll(site: SiteId, { replace, records, answers }: PressMemoryDelta): Generator<RawBuilder<unknown>> {
  const fresh = replace && answers !== undefined;
  for (const some of inBatches(answers ?? [])) yield putReads(site, some, fresh);
  for (const some of inBatches(records)) {
    if (!fresh) for (const reads of inBatches(distinctReads(some))) yield putReads(site, reads, false);
    yield putTargets(site, some, replace);
  }
}

/** The first word counts: a memory is saved again where nothing new was sealed. */
async function noteRelease(
  db: Database,
  site: SiteId,
  { release, seq, took }: { readonly release: number; readonly seq: number; readonly took?: PressMemoryDelta['took'] },
): Promise<void> {
  await sql`insert into press_release (site, release, at, seq, ms, rendered)
    values (${site}, ${release}, now(), ${seq}, ${took?.ms ?? null}, ${took?.rendered ?? null})
    on conflict (site, release) do nothing`.execute(db);
}

async function forget(db: Database, site: SiteId): Promise<void> {
  await tables(db).deleteFrom('press_target').where('site', '=', site).execute();
  await tables(db).deleteFrom('press_read').where('site', '=', site).execute();
}

async function removeTargets(db: Database, site: SiteId, targets: readonly TargetId[]): Promise<void> {
  await sql`delete from press_target where site = ${site}
    and target in (select value from jsonb_array_elements_text(${JSON.stringify(targets)}::jsonb))`.execute(db);
}

async function removeReads(db: Database, site: SiteId, reads: readonly ReadKey[]): Promise<void> {
  await sql`delete from press_read where site = ${site}
    and key in (select value from jsonb_array_elements_text(${JSON.stringify(reads)}::jsonb))`.execute(db);
}

function distinctReads(records: readonly PressMemoryRecord[]): Map<ReadKey, Hash> {
  return new Map(records.flatMap(({ reads }) => reads));
}

// One parameter for any number of rows: a statement cannot carry more than 65 535. `fresh`: none of them is there, and looking
// for each costs as much again as putting it there.
function putReads(site: SiteId, reads: readonly (readonly [ReadKey, Hash])[], fresh: boolean): RawBuilder<unknown> {
  const rows = JSON.stringify(reads.map(([key, hash]) => ({ key, hash })));
  return sql`insert into press_read (site, key, hash)
    select ${site}::text, key, hash from jsonb_to_recordset(${rows}::jsonb) as given(key text, hash text)
    ${fresh ? sql`` : sql`on conflict (site, key) do update set hash = excluded.hash`}`;
}

function putTargets(site: SiteId, records: readonly PressMemoryRecord[], fresh: boolean): RawBuilder<unknown> {
  const rows = JSON.stringify(
    records.map(({ target, reads, paths }) => ({
      target,
      reads: JSON.stringify(reads.map(([key]) => key)),
      paths: JSON.stringify(paths),
    })),
  );
  return sql`insert into press_target (site, target, reads, paths)
    select ${site}::text, target, reads, paths
    from jsonb_to_recordset(${rows}::jsonb) as given(target text, reads text, paths text)
    ${fresh ? sql`` : sql`on conflict (site, target) do update set reads = excluded.reads, paths = excluded.paths`}`;
}

function* inBatches<T>(rows: Iterable<T>, size = 2000): Generator<T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    if (batch.push(row) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function tables(db: Database): Kysely<LedgerTables & PressMemoryTables> {
  return db.withTables<PressMemoryTables>();
}
