import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, sha256, type ItemId, type Theme } from '@chengmen/model';
import type { MemoryDelta, Remembered, TargetRecord } from '@chengmen/press';
import { createSmallWorld, smallCommand, smallTheme, type SmallCommand } from '@chengmen/press/testing';
import { createPressLoop, type Press, type PressLoopOptions } from './create-press.ts';
import type { Feed } from './feed.ts';
import { planRound } from './planned-pages.ts';
import { pressSteps } from './press-round.ts';
import type { ReleaseEntry, Release, Releases } from './releases.ts';

/** A database that survives any crash of the press: the world, its outbox, the press's memory. */
function createDatabase() {
  const world = createSmallWorld();
  const outbox: { readonly seq: number; readonly item: ItemId }[] = [];
  const listeners = new Set<() => void>();
  let seq = 0;
  let remembered: Remembered | undefined;
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
    remembered: () => remembered,
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
      save: async (delta) => {
        remembered = merged(remembered, delta);
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

function merged(before: Remembered | undefined, { replace, records, removed, state }: MemoryDelta): Remembered {
  const all = new Map<string, TargetRecord>(replace ? [] : before?.records.map((record) => [record.target, record]));
  for (const target of removed) all.delete(target);
  for (const record of records) all.set(record.target, record);
  return { state, records: [...all.values()] };
}

/** With by what its compressed forms were made. */
type StoredEntry = ReleaseEntry & { readonly by: string };

/** A release store: its root depends on what stands in it and on nothing else. Forms of bodies that stay are kept. */
function createStore(compressor = 'one') {
  let entries: ReadonlyMap<string, StoredEntry> = new Map();
  const log: string[] = [];
  const current = (): Release | undefined =>
    log.length > 0 ? { root: log.at(-1) ?? '', size: log.length } : undefined;
  return {
    log,
    paths: () => [...entries.keys()].sort(),
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
        const next = new Map(options?.replace === true ? [] : entries);
        if (Symbol.asyncIterator in changes) throw new Error('a small city is not rendered on threads');
        for (const { path, entry } of changes) {
          const same = options?.replace !== true && entry && entries.get(path);
          const by = same && sha256(same.body) === sha256(entry.body) ? same.by : compressor;
          if (entry) next.set(path, { ...entry, by });
          else next.delete(path);
        }
        const root = rootOf(next);
        const changed = root !== log.at(-1);
        if (changed) log.push(root);
        entries = next;
        return { root, size: log.length, changed };
      },
    } satisfies Releases,
  };
}

function rootOf(entries: ReadonlyMap<string, StoredEntry>): string {
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

type Database = ReturnType<typeof createDatabase>;
type Store = ReturnType<typeof createStore>;

function open(database: Database, store: Store, options: Partial<PressLoopOptions> = {}): Press {
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

async function rootFromNothing(
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

const some: SmallCommand[] = [
  { do: 'add', kind: 1, channel: 2, day: 10, to: 1 },
  { do: 'add', kind: 2, channel: 3, day: 40, to: 2 },
  { do: 'rename-channel', channel: 0, segment: 3 },
  { do: 'withdraw', item: 0 },
];

test('createPress: the first start seals everything, the second one nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const first = open(database, store);
  assert.equal((await first.settle()).changed, true);
  await first.close();
  const second = open(database, store);
  assert.deepEqual(await second.settle(), { release: { root: store.log[0], size: 1 }, changed: false, rendered: 0 });
  await second.close();
});

test('createPress: settle waits for everything committed before it', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  for (const command of some) {
    database.run(command);
    const { release, changed } = await press.settle();
    assert.equal(changed, true);
    assert.equal(release?.root, await rootFromNothing(database));
  }
  assert.equal(press.why('/')?.target, 'home');
  await press.close();
  await assert.rejects(press.settle(), /closed/);
});

test('createPress: a commit wakes it without being asked', async () => {
  const database = createDatabase();
  const store = createStore();
  const remembered = Promise.withResolvers<undefined>();
  let rounds = 0;
  const press = open(database, store, {
    onStep: (step) => {
      if (step === 'remembered' && ++rounds === 2) remembered.resolve(undefined);
    },
  });
  await press.settle();
  database.run(some[0]!);
  await remembered.promise;
  assert.equal(store.log.length, 2);
  await press.close();
});

for (const step of pressSteps)
  test(`createPress: dying after “${step}” loses nothing and signs nothing twice`, async () => {
    const database = createDatabase();
    const store = createStore();
    const press = open(database, store);
    await press.settle();
    await press.close();
    database.run(...some);
    const dying = open(database, store, {
      onStep: (done) => {
        if (done === step) throw new Error('killed');
      },
    });
    await assert.rejects(dying.settle(), /killed/);
    await dying.close();
    assert.ok(store.log.length <= 2);
    const after = open(database, store);
    assert.equal((await after.settle()).release?.root, await rootFromNothing(database));
    assert.equal(store.log.length, 2);
    assert.equal((await after.settle()).rendered, 0);
    await after.close();
  });

/** What happens between two starts of the press: commands, and perhaps another theme or compressor. It then dies at a step. */
const life = fc.record({
  commands: fc.array(smallCommand, { maxLength: 6 }),
  dies: fc.option(fc.constantFrom(...pressSteps), { freq: 3 }),
  theme: fc.constantFrom('small', 'small', 'other'),
  compressor: fc.constantFrom('one', 'one', 'two'),
});

test('createPress: dies after any commands at any step, under any theme and compressor, and ends as if it had never died', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (lives) => {
      const database = createDatabase();
      const store = createStore();
      for (const { commands, dies, theme: name, compressor } of lives) {
        store.upgrade(compressor);
        const theme = smallTheme(name);
        const press = open(database, store, {
          theme,
          onStep: (step) => {
            if (step === dies) throw new Error('killed');
          },
        });
        // Some while it starts, some when it is up.
        database.run(...commands.slice(0, 3));
        const first = await press.settle().catch(() => undefined);
        database.run(...commands.slice(3));
        const second = first && (await press.settle().catch(() => undefined));
        await press.close();
        if (second) assert.equal(second.release?.root, await rootFromNothing(database, { compressor, theme }));
      }
      store.upgrade('one');
      const last = open(database, store);
      assert.equal((await last.settle()).release?.root, await rootFromNothing(database));
      await last.close();
    }),
    { numRuns: 60 },
  );
});

test('createPress: a release store that is not the remembered one is made new, without what strangers put there', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  const { release } = await press.settle();
  await press.close();
  for (const damage of [store.lose, () => store.plant('/planted.html'), database.forget]) {
    damage();
    const again = open(database, store);
    assert.equal((await again.settle()).release?.root, release?.root);
    assert.ok(!store.paths().includes('/planted.html'));
    await again.close();
  }
});

test('createPress: a new theme is pressed at the next start', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  await press.settle();
  await press.close();
  const other = open(database, store, { theme: smallTheme('other') });
  assert.equal((await other.settle()).changed, true);
  await other.close();
  assert.equal(database.remembered()?.state.theme, smallTheme('other').version);
});

test('createPress: a failed round is told, tried again and loses nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const told: unknown[] = [];
  let broken = true;
  const releases: Releases = {
    ...store.releases,
    seal: (changes, options) =>
      broken ? Promise.reject(new Error('disk full')) : store.releases.seal(changes, options),
  };
  const press = open(database, { ...store, releases } as Store, { onError: (error) => told.push(error) });
  await assert.rejects(press.settle(), /disk full/);
  database.run(...some);
  broken = false;
  const { release } = await press.settle();
  assert.equal(release?.root, await rootFromNothing(database));
  assert.match(String(told[0]), /disk full/);
  await press.close();
});

test('createPress: what another process pressed is taken over before the next round', async () => {
  const database = createDatabase();
  const store = createStore();
  const [one, two] = [open(database, store), open(database, store)];
  await one.settle();
  await two.settle();
  for (const [at, command] of some.entries()) {
    database.run(command);
    const { release } = await [one, two][at % 2]!.settle();
    assert.equal(release?.root, await rootFromNothing(database));
  }
  await one.close();
  await two.close();
});

test('planRound: tells what the next press makes again and why, and makes nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const planned = () =>
    planRound({
      feed: database.feed,
      theme: smallTheme(),
      releases: store.releases,
      bytes: database.world.bytes,
    });
  const first = await planned();
  assert.ok(first.length > 0 && first.every(({ cause, gone }) => cause === 'everything' && !gone));
  assert.equal(store.log.length, 0);
  const press = open(database, store);
  await press.settle();
  await press.close();
  assert.deepEqual(await planned(), [], 'all is live');
  const before = store.paths();
  database.run({ do: 'add', kind: 1, channel: 2, day: 10, to: 1 }, { do: 'withdraw', item: 0 });
  const plan = await planned();
  assert.equal(store.log.length, 1);
  const made = open(database, store);
  await made.settle();
  const changed = plan.map(({ path }) => path);
  const appeared = store.paths().filter((path) => !before.includes(path));
  assert.ok(appeared.length > 0 && appeared.every((path) => changed.includes(path)));
  for (const { path, cause, reads } of plan) {
    const { why } = made.why(path) ?? assert.fail(path);
    assert.equal(why.cause, cause);
    if (why.cause === 'read')
      assert.deepEqual(
        reads,
        why.reads.map(({ key }) => key),
      );
  }
  await made.close();
});
