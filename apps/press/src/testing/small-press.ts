import { canonicalJson, sha256, type Hash, type ItemId, type ReadKey, type Theme } from '@chengmen/model';
import type { MemoryDelta, Remembered } from '@chengmen/press';
import { createSmallWorld, smallTheme, type SmallCommand } from '@chengmen/press/testing';
import { createPressLoop, type Press, type PressLoopOptions } from '../create-press.ts';
import type { Feed, Hold } from '../feed.ts';
import type { Release, ReleaseChange, ReleaseEntry, Releases } from '../releases.ts';

/** A database that survives any crash of the press: the world, its outbox, the press's memory. */
export function createDatabase() {
  const world = createSmallWorld();
  const outbox: { readonly seq: number; readonly item: ItemId }[] = [];
  const listeners = new Set<() => void>();
  let seq = 0;
  let remembered: Remembered | undefined;
  /** The reads that a table would hold. */
  const reads = new Set<ReadKey>();
  let hold: Hold | undefined;
  let turns: Promise<unknown> = Promise.resolve();
  return {
    world,
    run: (...commands: SmallCommand[]) => {
      for (const command of commands) {
        const touched = world.run(command);
        if (touched.length > 0) seq++;
        outbox.push(...touched.map((item) => ({ seq, item })));
        if (touched.length > 0) for (const listener of listeners) listener();
      }
    },
    onCommit: (wake: () => void) => {
      listeners.add(wake);
      return () => void listeners.delete(wake);
    },
    /** Holds the site at a release, or lets it go on. */
    hold: (to: Hold | undefined) => {
      hold = to;
      for (const listener of listeners) listener();
    },
    remembered: () => remembered,
    reads,
    forget: () => {
      remembered = undefined;
    },
    feed: {
      snapshot: async (take) => {
        take(world.live());
        return { seq, remembered };
      },
      changesAfter: async (after, dependents) => {
        const rows = outbox.filter((row) => row.seq > after);
        if (rows.length === 0) return undefined;
        const changed = world.liveOf([...new Set(rows.map(({ item }) => item))]);
        return { seq, items: [...changed, ...world.liveOf(dependents(changed))] };
      },
      state: async () => remembered?.state,
      hold: async () => hold,
      markHeld: async () => {
        if (remembered) remembered = { ...remembered, state: { ...remembered.state, root: 'held' } };
      },
      noteHeld: async () => undefined,
      save: async (delta) => {
        remembered = merged(remembered, delta);
        if (delta.replace) reads.clear();
        for (const record of delta.records) for (const [key] of record.reads) reads.add(key);
        for (const [key] of delta.answers ?? []) reads.add(key);
        for (const key of delta.unread ?? []) reads.delete(key);
      },
      exclusively: (work) => {
        const turn = turns.then(work);
        turns = turn.then(
          () => undefined,
          () => undefined,
        );
        return turn;
      },
    } satisfies Feed,
  };
}

/** As the tables do it: a read's answer is kept once, whoever made it. */
function merged(
  before: Remembered | undefined,
  { replace, records, removed, answers = [], state }: MemoryDelta,
): Remembered {
  const kept = replace ? [] : (before?.records ?? []);
  const all = new Map(kept.map((record) => [record.target, record]));
  for (const target of removed) all.delete(target);
  for (const record of records) all.set(record.target, record);
  const reads = new Map<ReadKey, Hash>(kept.flatMap((record) => record.reads));
  for (const [key, hash] of [...[...records].flatMap((record) => record.reads), ...answers]) reads.set(key, hash);
  return {
    state,
    records: [...all.values()].map((record) => ({
      ...record,
      reads: record.reads.map(([key]) => [key, reads.get(key) ?? ''] as const),
    })),
  };
}

/** With by what its compressed forms were made. */
export type StoredEntry = ReleaseEntry & { readonly by: string };

/** A release store: its root depends on what stands in it and on nothing else. Forms of bodies that stay are kept. */
export function createStore(compressor = 'one') {
  let entries: ReadonlyMap<string, StoredEntry> = new Map();
  const log: string[] = [];
  const earlier = new Map<string, ReadonlyMap<string, StoredEntry>>();
  const applied = (
    to: ReadonlyMap<string, StoredEntry>,
    changes: Iterable<ReleaseChange>,
    replace: boolean,
    comparedTo = entries,
  ): ReadonlyMap<string, StoredEntry> => {
    const next = new Map(replace ? [] : to);
    for (const { path, entry } of changes) {
      const same = !replace && entry && comparedTo.get(path);
      const by = same && sha256(same.body) === sha256(entry.body) ? same.by : compressor;
      if (entry) next.set(path, { ...entry, by });
      else next.delete(path);
    }
    return next;
  };
  const promote = (next: ReadonlyMap<string, StoredEntry>): Release & { changed: boolean } => {
    const root = rootOf(next);
    const changed = root !== log.at(-1);
    if (changed) log.push(root);
    earlier.set(root, next);
    entries = next;
    return { root, size: log.length, changed };
  };
  const current = (): Release | undefined =>
    log.length > 0 ? { root: log.at(-1) ?? '', size: log.length } : undefined;
  return {
    log,
    paths: () => [...entries.keys()].sort(),
    status: (path: string) => entries.get(path)?.status,
    /** The same store, under a program that compresses otherwise. */
    upgrade: (to: string) => {
      compressor = to;
    },
    lose: () => {
      entries = new Map();
      log.length = 0;
    },
    plant: (path: string) => {
      const body = Buffer.from('planted');
      entries = new Map([
        ...entries,
        [path, { status: 200, type: 'text/plain', body, provenance: body, by: 'nobody' }],
      ]);
      log.push(rootOf(entries));
    },
    releases: {
      get compressor() {
        return compressor;
      },
      current: async () => current(),
      seal: async (changes, options) => {
        if (Symbol.asyncIterator in changes) throw new Error('a small city is not rendered on threads');
        return promote(applied(entries, changes, options?.replace === true));
      },
      returnTo: async (root, withdrawn) => {
        const map = earlier.get(root);
        if (!map) throw new Error(`no release ${root}`);
        const shown = withdrawn.filter(({ path }) => map.get(path)?.status === 200);
        return promote(applied(map, shown, false, map));
      },
      beside: async () => {
        const from = entries;
        let own = from;
        return {
          write: async (changes) => {
            own = applied(own, changes, false, from);
          },
          fold: async () => undefined,
          promote: async (changes) => {
            if (Symbol.asyncIterator in changes) throw new Error('a small city is not rendered on threads');
            return promote(applied(own, changes, false, from));
          },
        };
      },
    } satisfies Releases,
  };
}

export function rootOf(entries: ReadonlyMap<string, StoredEntry>): string {
  const text = ({ status, type, body, location, provenance, by }: StoredEntry): unknown[] => [
    by,
    status,
    type,
    sha256(body),
    location ?? null,
    sha256(provenance),
  ];
  return sha256(
    canonicalJson([...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, entry]) => [path, ...text(entry)])),
  );
}

export type Database = ReturnType<typeof createDatabase>;
export type Store = ReturnType<typeof createStore>;

export function open(database: Database, store: Store, options: Partial<PressLoopOptions> = {}): Press {
  return createPressLoop({
    feed: database.feed,
    onCommit: database.onCommit,
    theme: smallTheme(),
    releases: store.releases,
    bytes: database.world.bytes,
    // Only what a test asks for is tried again.
    retryAfter: () => 3_600_000,
    ...options,
  });
}

export async function rootFromNothing(
  database: Database,
  { compressor, theme }: { compressor?: string; theme?: Theme } = {},
): Promise<string | undefined> {
  const fresh = open(
    { ...database, feed: { ...database.feed, save: async () => undefined, snapshot: blank(database) } },
    createStore(compressor),
    theme ? { theme } : {},
  );
  const { release } = await fresh.settle();
  await fresh.close();
  return release?.root;
}

const blank =
  (database: Database): Feed['snapshot'] =>
  async (take) => ({ ...(await database.feed.snapshot(take)), remembered: undefined });
