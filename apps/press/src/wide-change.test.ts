import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, sha256, type LiveItem } from '@chengmen/model';
import { verifyRelease } from '@chengmen/release';
import { createCity, createTraces, press as pressAll } from '@chengmen/press';
import { smallCommand, smallTheme, type SmallCommand } from '@chengmen/press/testing';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import { createPressLoop, type Press, type PressLoopOptions } from './create-press.ts';
import { pressSteps } from './press-round.ts';
import { releaseChange } from './release-change.ts';
import { createTextFile } from './text-file.ts';
import { createReleases, type Beside, type Releases } from './releases.ts';
import {
  createDatabase,
  createStore,
  open,
  rootFromNothing,
  rootOf,
  type Database,
  type Store,
} from './testing/small-press.ts';

/** The root of a release of these items, made from nothing. */
function rootWith(items: readonly LiveItem[], { world }: Database): string {
  const city = createCity({ items, bytes: world.bytes });
  const { changes } = pressAll({ city, theme: smallTheme(), traces: createTraces(), touched: 'everything' });
  const entries = [...changes].flatMap((change) => {
    const { path, entry } = releaseChange(change);
    return entry ? [[path, { ...entry, by: 'one' }] as const] : [];
  });
  return rootOf(new Map(entries));
}

/** A press that makes what renders twelve targets or more beside the live release, and writes nothing there before it is let. */
function gated(
  database: Database,
  store: Store,
  options: Partial<PressLoopOptions> = {},
): { press: Press; let: () => void } {
  const gate = Promise.withResolvers<undefined>();
  const releases: Releases = {
    ...store.releases,
    compressor: store.releases.compressor,
    beside: async () => {
      const beside: Beside = await store.releases.beside();
      return {
        ...beside,
        write: async (changes) => {
          await gate.promise;
          return beside.write(changes);
        },
      };
    },
  };
  const press = open(database, store, { wideFrom: 12, releases, ...options });
  return { press, let: () => gate.resolve(undefined) };
}

/** Gives way until something is so. */
const until = async (holds: () => boolean, turns = 100_000): Promise<void> => {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < turns, 'it never comes to this');
    await setImmediate();
  }
};
const promoted = (store: Store, size: number): Promise<void> => until(() => store.log.length >= size);
const isBeside = (press: Press): Promise<void> => until(() => press.isMakingBeside(), 100_000);

const city: SmallCommand[] = Array.from({ length: 6 }, (_, at) => ({
  do: 'add',
  kind: at,
  channel: at,
  day: at * 20,
  to: 1,
}));
/** A small city that is live, and a press whose next wide change waits until it is let go on. */
async function gatedCity(
  options: Partial<PressLoopOptions> = {},
): Promise<{ database: Database; store: Store } & ReturnType<typeof gated>> {
  const database = createDatabase();
  const store = createStore();
  database.run(...city);
  const gate = gated(database, store, options);
  await gate.press.settle();
  return { database, store, ...gate };
}

const edit = (text: number): SmallCommand[] => [
  { do: 'edit', item: 2, text },
  { do: 'approve', item: 2 },
];

test('putOff: edits go live while the site changes, as if that had not been approved; then all of it at once', async () => {
  const { database, store, press, let: go } = await gatedCity();
  const before = database.world.live();
  database.run({ do: 'change-site', text: 1 });
  let settled = false;
  const all = press.settle().then((result) => {
    settled = true;
    return result;
  });
  database.run(...edit(1));
  await promoted(store, 2);
  database.run({ do: 'add', kind: 0, channel: 1, day: 300, to: 1 }, { do: 'withdraw', item: 0 });
  await promoted(store, 3);
  const old = new Map(before.map((item) => [item.id, item]));
  const mixed = database.world.live().map((item) => (item.kind === 'site' ? (old.get(item.id) ?? item) : item));
  assert.equal(store.log[2], rootWith(mixed, database), 'the old settings with the new items');
  assert.equal(settled, false);
  go();
  const { release } = await all;
  assert.equal(store.log.length, 4, 'one promotion for the change of the site');
  assert.equal(release?.root, await rootFromNothing(database));
  await press.close();
  const again = open(database, store);
  assert.deepEqual(await again.settle(), { release: { root: store.log[3], size: 4 }, changed: false, rendered: 0 });
  await again.close();
});

test('putOff: what changes the same again waits for it and is live next; edits go on, also behind it', async () => {
  const { database, store, press, let: go } = await gatedCity();
  database.run({ do: 'change-site', text: 1 });
  await isBeside(press);
  const first = database.world.live();
  database.run({ do: 'change-site', text: 2 }, ...edit(5));
  await promoted(store, 2);
  database.run({ do: 'change-site', text: 3 }, ...edit(6));
  await promoted(store, 3);
  const all = press.settle();
  go();
  assert.equal((await all).release?.root, await rootFromNothing(database));
  assert.equal(store.log.length, 5, 'two edits, two switches');
  const settings = first.find(({ kind }) => kind === 'site');
  const between = database.world.live().map((item) => (item.kind === 'site' ? (settings ?? item) : item));
  assert.equal(store.log[3], rootWith(between, database), 'the first change is live before the next is begun');
  await press.close();
});

for (const [what, command] of [
  ['opened', { do: 'name-channel', channel: 6, text: 1 }],
  ['closed', { do: 'withdraw-channel', channel: 5 }],
  ['given another address', { do: 'rename-channel', channel: 1, segment: 2 }],
  ['moved', { do: 'move-channel', channel: 4, below: 1 }],
] as const)
  test(`putOff: edits go live while a channel is ${what}, those in it at its old address`, async () => {
    const { database, store, press, let: go } = await gatedCity({ wideFrom: 1 });
    const before = database.world.live();
    database.run(command);
    const after = database.world.live();
    await isBeside(press);
    database.run(...edit(1));
    await promoted(store, 2);
    assert.equal(store.log[1], rootWith(withTexts(before, database.world.live()), database));
    database.run(
      ...before.flatMap((_, item) => [{ do: 'edit', item, text: 7 } as const, { do: 'approve', item } as const]),
    );
    await promoted(store, 3);
    assert.equal(store.log[2], rootWith(withTexts(before, database.world.live()), database));
    const all = press.settle();
    go();
    assert.equal((await all).release?.root, await rootFromNothing(database));
    assert.equal(store.log.length, 4);
    assert.equal(store.log[3], rootWith(withTexts(after, database.world.live()), database));
    await press.close();
  });

/** Items where and what they were, with what documents say now. */
function withTexts(places: readonly LiveItem[], texts: readonly LiveItem[]): LiveItem[] {
  const now = new Map(texts.map((item) => [item.id, item]));
  return places.map((item) => {
    const text = now.get(item.id);
    if (!text || !('channel' in item.fields)) return item;
    return { ...text, path: item.path, formerPaths: item.formerPaths };
  });
}

test('putOff: a merged channel and the one it goes to change together; edits of both wait or go live without it', async () => {
  const { database, store, press, let: go } = await gatedCity({ wideFrom: 4 });
  const before = database.world.live();
  database.run({ do: 'merge-channel', channel: 3, to: 4 });
  const merged = database.world.live();
  assert.notDeepEqual(merged, before, 'there is something to merge');
  const all = press.settle();
  await isBeside(press);
  assert.equal(store.log.length, 1, 'nothing of it is live yet');
  database.run({ do: 'change-picture', item: 0, text: 5 }, ...edit(1));
  await promoted(store, 2);
  const old = new Map(before.map((item) => [item.id, item]));
  const [from, to] = ['channel-3', 'channel-4'];
  const told = database.world
    .live()
    .map((item) =>
      item.id === from || item.id === to || ('channel' in item.fields && item.fields.channel === to)
        ? (old.get(item.id) ?? item)
        : item,
    );
  assert.equal(store.log[1], rootWith(told, database), 'the channels as they were, with what came since');
  go();
  const { release } = await all;
  assert.equal(release?.root, await rootFromNothing(database));
  await press.close();
});

test('putOff: a press that ends in the middle leaves the rest to the next one', async () => {
  const { database, store, press, let: go } = await gatedCity();
  database.run({ do: 'change-site', text: 1 });
  await isBeside(press);
  database.run(...edit(1));
  await promoted(store, 2);
  const closing = press.close();
  go();
  await closing;
  assert.equal(store.log.length, 2);
  const next = open(database, store);
  assert.equal((await next.settle()).release?.root, await rootFromNothing(database));
  await next.close();
});

test('putOff: where it cannot be made beside, it is told and pressed like anything else', async () => {
  const database = createDatabase();
  const store = createStore();
  database.run(...city);
  const told: unknown[] = [];
  const releases: Releases = {
    ...store.releases,
    compressor: 'one',
    beside: async () => ({ ...(await store.releases.beside()), write: () => Promise.reject(new Error('disk full')) }),
  };
  const press = open(database, store, { wideFrom: 5, releases, onWideError: (error) => told.push(error) });
  await press.settle();
  database.run({ do: 'change-site', text: 1 });
  assert.equal((await press.settle()).release?.root, await rootFromNothing(database));
  assert.match(String(told[0]), /disk full/);
  await press.close();
});

test('switchDelta: after any commands, deaths and moments of yielding, each release is one of a state the city could have had, and the last that from nothing', async () => {
  const channel = fc.nat(7);
  const wide: fc.Arbitrary<SmallCommand> = fc.oneof(
    fc.record({ do: fc.constant('change-site' as const), text: fc.nat(9) }),
    fc.record({ do: fc.constant('name-channel' as const), channel, text: fc.nat(9) }),
    fc.record({ do: fc.constant('rename-channel' as const), channel, segment: fc.nat(7) }),
    fc.record({ do: fc.constant('move-channel' as const), channel, below: fc.nat(8) }),
    fc.record({ do: fc.constant('withdraw-channel' as const), channel }),
  );
  const moment = fc.record({
    // A channel that is emptied and closed at once is two commands elsewhere.
    command: fc.oneof(
      { weight: 3, arbitrary: smallCommand.filter((command) => command.do !== 'merge-channel') },
      { weight: 1, arbitrary: wide },
    ),
    yields: fc.nat({ max: 12 }),
  });
  const life = fc.record({
    moments: fc.array(moment, { minLength: 1, maxLength: 6 }),
    dies: fc.option(fc.tuple(fc.constantFrom(...pressSteps), fc.nat({ max: 6 })), { freq: 2 }),
  });
  // A channel gets another address while one below it is moved: neither may stand there before the other.
  const below: { command: SmallCommand; yields: number }[] = [
    { command: { do: 'add', kind: 0, channel: 0, day: 0, to: 0 }, yields: 1 },
    { command: { do: 'move-channel', channel: 761, below: 226 }, yields: 1 },
    { command: { do: 'rename-channel', channel: 0, segment: 0 }, yields: 0 },
  ];
  let beside = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 3 }), async (lives) => {
      const database = createDatabase();
      const store = createStore();
      const happened: SmallCommand[] = [];
      for (const { moments: happening, dies } of lives) {
        let left = dies?.[1] ?? 0;
        const press = open(database, store, {
          wideFrom: 4,
          onStep: (step) => {
            if (step === dies?.[0] && left-- === 0) throw new Error('killed');
          },
        });
        for (const { command, yields } of happening) {
          database.run(command);
          happened.push(command);
          for (let at = 0; at < yields; at++) {
            await setImmediate();
            if (press.isMakingBeside()) beside++;
          }
        }
        const settled = await press.settle().catch(() => undefined);
        if (settled) assert.equal(settled.release?.root, await rootFromNothing(database));
        await press.close();
      }
      const last = open(database, store);
      const { release } = await last.settle();
      assert.equal(release?.root, await rootFromNothing(database));
      assert.deepEqual((await last.settle()).rendered, 0);
      await last.close();
      const made = database.remembered()?.records.flatMap(({ reads }) => reads.map(([key]) => key)) ?? [];
      assert.deepEqual([...database.reads].sort(), [...new Set(made)].sort(), 'no read is kept that nobody makes');
      const wanted = new Set(store.log);
      for (const items of possibleStates(happened)) {
        wanted.delete(rootWith(items, database));
        if (wanted.size === 0) break;
      }
      assert.deepEqual([...wanted], [], 'releases of no state the city could have had');
    }),
    { numRuns: 30, interruptAfterTimeLimit: 120_000, examples: [[[{ moments: below, dies: null }]]] },
  );
  assert.ok(beside > 0, 'some changes were made beside the live release');
});

const faces: ReadonlySet<SmallCommand['do']> = new Set([
  'change-site',
  'change-blocks',
  'change-language',
  'name-channel',
  'rename-channel',
  'move-channel',
  'withdraw-channel',
]);

/**
 * The states after each command, and those as if some of the last changes of site and channels had not been approved yet,
 * nor some of what was approved since in channels that they or earlier ones change. Likely ones first.
 */
function* possibleStates(commands: readonly SmallCommand[]): Generator<LiveItem[]> {
  const tried = new Set<string>();
  const all = history(commands);
  for (const choose of [noneOf, lastOf, allOrNothing, anything])
    for (let end = commands.length; end >= 0; end--) {
      const wide = [...commands.slice(0, end).keys()].filter((at) => faces.has(commands[at]?.do ?? 'add'));
      for (const left of choose(wide.slice(-8), (some) => hangingOn(some, all).filter((at) => at < end))) {
        const world = createDatabase();
        world.run(...commands.slice(0, end).filter((_, at) => !left.has(at)));
        // A picture comes with its article in one command here, and by itself elsewhere.
        const pictures = (all[end]?.live ?? []).filter(({ kind }) => kind === 'media');
        const items = [...world.world.live().filter(({ kind }) => kind !== 'media'), ...pictures];
        const key = items.map((item) => `${item.revision} ${item.hash} ${canonicalJson(placeOf(item))}`).join('\n');
        if (tried.has(key)) continue;
        tried.add(key);
        yield items;
      }
    }
}

/** Sets of commands to be left out, of changes of site and channels and of what hangs on some of these. */
type Choose = (
  faces: readonly number[],
  hanging: (some: readonly number[]) => readonly number[],
) => Iterable<Set<number>>;

const noneOf: Choose = () => [new Set()];

const lastOf: Choose = (from, hanging) =>
  from.map((_, at) => from.slice(at)).flatMap((some) => [new Set(some), new Set([...some, ...hanging(some)])]);

const allOrNothing: Choose = (from, hanging) =>
  subsetsOf(from).flatMap((some) => [new Set(some), new Set([...some, ...hanging(some)]), new Set(hanging(some))]);

function* anything(...[from, hanging]: Parameters<Choose>): Generator<Set<number>> {
  for (const some of subsetsOf(from))
    for (const on of subsetsOf(from.filter((one) => !some.includes(one)).slice(-3)))
      for (const others of subsetsOf(hanging([...some, ...on]).slice(-4))) yield new Set([...some, ...others]);
}

function subsetsOf(from: readonly number[]): number[][] {
  return Array.from({ length: 2 ** from.length }, (_, some) => from.filter((_, at) => (some >> at) & 1)).sort(
    (one, other) => one.length - other.length,
  );
}

interface Moment {
  readonly touched: readonly string[];
  readonly live: readonly LiveItem[];
}

/** At the place of a command what was before it, and what it touches; at the end how it all ended. */
function history(commands: readonly SmallCommand[]): Moment[] {
  const { world } = createDatabase();
  const moments = commands.map((command): Moment => {
    const live = world.live();
    return { live, touched: world.run(command) };
  });
  return [...moments, { live: world.live(), touched: [] }];
}

/** Commands about documents in channels that some commands change, or that come there from them, after the first of those. */
function hangingOn(some: readonly number[], moments: readonly Moment[]): number[] {
  const channels = new Set([...some].flatMap((at) => moments[at]?.touched ?? []));
  const isIn = (id: string, { live = [] }: Partial<Moment> = {}): boolean => {
    const byId = new Map(live.map((item) => [item.id, item]));
    const above = (one: string | null): boolean => {
      const fields = one === null ? undefined : byId.get(one)?.fields;
      if (one !== null && channels.has(one)) return true;
      return fields !== undefined && 'parent' in fields && above(fields.parent);
    };
    const fields = byId.get(id)?.fields;
    return fields !== undefined && 'channel' in fields && above(fields.channel);
  };
  return [...moments.keys()].filter(
    (at) =>
      !some.includes(at) &&
      at > Math.min(...some) &&
      moments[at]?.touched.some((id) => isIn(id, moments[at]) || isIn(id, moments[at + 1])),
  );
}

const placeOf = ({ state, path, formerPaths, fields }: LiveItem): unknown => [
  state,
  path,
  formerPaths,
  'parent' in fields ? fields.parent : null,
];

test('putOff: on threads and in a real store, with more than two thousand pages', async () => {
  const database = createDatabase();
  database.run(...city);
  const [article] = database.world.live().filter(({ kind }) => kind === 'article');
  assert.ok(article && 'body' in article.fields);
  const many = Array.from({ length: 2100 }, (_, at): LiveItem => {
    const fields = { ...article.fields, title: `第 ${at} 篇` };
    const path = (article.path ?? '').replace(article.id, `many-${at}`);
    const hash = sha256(canonicalJson(fields));
    return { ...article, id: `many-${at}`, path, formerPaths: [], revision: `many-${at}.1`, hash, fields } as LiveItem;
  });
  const key = generateKey('www.smalltown.example');
  const start = (store: MemoryStore): Press => {
    const sealer = createSealer({ store, signer: signerOf(key.skey), site: 'smalltown', compress: false });
    return createPressLoop({
      feed: {
        ...database.feed,
        snapshot: async (take) => {
          take(many);
          return database.feed.snapshot(take);
        },
      },
      onCommit: database.onCommit,
      theme: createTheme(),
      releases: createReleases({ sealer, store }),
      bytes: database.world.bytes,
      texts,
    });
  };
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-wide-'));
  const texts = createTextFile(join(folder, 'texts'));
  const store = new MemoryStore();
  const press = start(store);
  await press.settle();
  database.run({ do: 'change-site', text: 1 });
  await isBeside(press);
  database.run(...edit(1));
  const { release } = await press.settle();
  assert.equal(release?.size, 3, 'the first, the edit, the switch');
  await press.close();
  assert.deepEqual((await verifyRelease({ store, key: key.vkey })).problems, []);
  database.forget();
  const scratch = start(new MemoryStore());
  assert.equal((await scratch.settle()).release?.root, release.root);
  await scratch.close();
  texts.close();
  rmSync(folder, { recursive: true });
});
