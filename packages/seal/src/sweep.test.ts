import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import {
  encodeEntry,
  hashOf,
  lookup,
  mapPageName,
  pageReader,
  proofOf,
  readHead,
  verifyPageProof,
  verifyRelease,
} from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import {
  DirectoryStore,
  encodeBodies,
  MemoryStore,
  nextPruning,
  S3Store,
  sweep,
  withPruning,
  type SweepOptions,
  type WriteStore,
} from './index.ts';
import { partialNote } from './partial.ts';
import {
  bodyOf,
  differences,
  key,
  namesIn,
  neededNames,
  numbers,
  openSealer,
  pageOf,
  record,
  recorded,
  sealRandom,
  stretches,
  type History,
} from './testing/pruned-city.ts';
import { startObjectStore } from './testing/start-object-store.ts';

interface Kind {
  readonly name: string;
  /** The same store again, as another process finds it. */
  readonly open: (root: string) => WriteStore;
  readonly runs: number;
  /** Prunings of one history. */
  readonly rounds: number;
  /** All bytes on the disk, where there are such. */
  readonly disk?: (root: string) => Buffer;
  readonly skip?: string;
}

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
const memories = new Map<string, MemoryStore>();
const memoryOf = (root: string): MemoryStore => {
  const store = memories.get(root) ?? new MemoryStore();
  memories.set(root, store);
  return store;
};

function filesBelow(root: string): Buffer {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Buffer.concat(files.map((one) => readFileSync(join(one.parentPath, one.name))));
}

/** `CHENGMEN_PRUNE_RUNS=20` makes twenty times as many. */
const some = (runs: number): number => runs * Number(process.env['CHENGMEN_PRUNE_RUNS'] ?? 1);

const kinds: readonly Kind[] = [
  {
    name: 'MemoryStore',
    open: memoryOf,
    runs: some(4),
    rounds: 3,
    disk: (root) => Buffer.concat([...memoryOf(root).files.values()]),
  },
  // Packs of some kilobytes: a history has many.
  {
    name: 'DirectoryStore',
    open: (root) => new DirectoryStore(root, { packSize: 20_000 }),
    runs: some(3),
    rounds: 3,
    disk: filesBelow,
  },
  {
    name: 'S3Store',
    open: (root) => {
      assert.ok('options' in server);
      return new S3Store({ ...server.options, prefix: basename(root) });
    },
    runs: some(1),
    rounds: 2,
    ...('reason' in server ? { skip: server.reason } : {}),
  },
];

const killed = new Error('killed');

for (const { name, open, runs, rounds, disk, skip } of kinds) {
  const inPlace = (criterion: string, run: (root: string) => Promise<void>): void => {
    test(`sweep (${name}): ${criterion}`, { skip: skip ?? false }, async () => {
      const root = mkdtempSync(join(tmpdir(), 'chengmen-prune-'));
      try {
        await run(root);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  };

  inPlace(
    'any history, any rules, killed anywhere: what is kept is whole, and nothing else is left in the end',
    async (root) => {
      for (let run = 0; run < runs; run++) {
        const random = numbers(run * 7919 + 17);
        const place = join(root, `${run}`);
        const history: History = [];
        let store = open(place);
        let sealer = openSealer(store);
        for (let round = 0; round < rounds; round++) {
          for (let more = 4 + random(8); more > 0; more--) await sealRandom(sealer, history, random);
          const proof = await proofOf({ store, key, path: '/count.html' });
          const known = await recorded(store, sealer);
          const old = history.map((_, at) => at + 1).filter((one) => one < history.length && !known.prunedBy(one));
          const pruned = old.filter(() => random(3) > 0);
          if (pruned.length > 0)
            await record(store, sealer, {
              kind: 'pruned',
              rule: '样例',
              rules: hashOf('rules'),
              releases: stretches(pruned),
            });
          const erased = await eraseOne(store, sealer, history, random);
          // Killed at random steps, begun again by a process that knows nothing, and at last left to end.
          for (let attempt = 0; attempt < 4; attempt++) {
            const prunings = await recorded(store, sealer);
            let steps = attempt === 3 ? Infinity : random(12);
            const swept = await sweep({
              store,
              between: sealer.between,
              prunings,
              chunk: 1 + random(9),
              share: [0, 0.5, 1][random(3)] ?? 0.5,
              onStep: async (step) => {
                if (steps-- <= 0) throw killed;
                // The press goes on meanwhile, and takes up what is just being taken away.
                if (step === 'removing' && random(3) === 0) await sealRandom(sealer, history, random);
              },
            }).catch((error: unknown) => {
              if (error !== killed) throw error;
            });
            assert.deepEqual(await differences(store, history), [], 'what is kept is as it was sealed');
            // The process is gone, with what was not written yet.
            if (!swept) {
              store = open(place);
              sealer = openSealer(store);
            }
            const report = await verifyRelease({ store: name === 'DirectoryStore' ? folderStore(place) : store, key });
            assert.deepEqual([report.problems, report.size], [[], history.length]);
            assert.deepEqual(await differences(store, history), []);
          }
          const idle = await sweep({ store, between: sealer.between, prunings: await recorded(store, sealer) });
          const needed = await neededNames(store);
          const left = [...(await namesIn(store))].filter((one) => !needed.delete(one) && !/^tile\/.*\.p\//.test(one));
          assert.deepEqual([left, [...needed]], [[], []], 'nothing is left, and nothing is missing');
          assert.equal(idle.pages, 0);
          const now = verifyPageProof(proof.text, { key });
          assert.equal(now.entry?.hash, proof.entry?.hash, 'a proof that was handed out still holds');
          if (erased !== undefined && disk && !isShown(history, erased))
            assert.equal(disk(place).includes(bodyOf(erased)), false, `${erased} is not on the disk`);
        }
        await store.close?.();
      }
    },
  );

  inPlace('a dry run tells what would go and changes nothing', async (root) => {
    const store = open(root);
    const sealer = openSealer(store);
    const history: History = [];
    for (let more = 8; more > 0; more--) await sealRandom(sealer, history, numbers(more));
    const what = { kind: 'pruned', rule: '样例', rules: hashOf(''), releases: [[1, 7]] } as const;
    // An index is written beside, under a name of its own until it is whole.
    const names = async (): Promise<string[]> => [...(await namesIn(store))].filter((one) => !one.startsWith('tmp/'));
    const before = await names();
    const known = await recorded(store, sealer);
    const head = await readHead(store, { key });
    const prunings = withPruning(known, nextPruning(known, head, { ...what, at: new Date(0), by: '我' }));
    const told = await sweep({ store, between: sealer.between, prunings, dryRun: true });
    assert.deepEqual(await names(), before);
    assert.ok(told.pages > 0 && told.blobs > 0 && told.bytes > 0);
    const done = await sweep({ store, between: sealer.between, prunings: await record(store, sealer, what) });
    assert.deepEqual([done.pages, done.blobs, done.bytes], [told.pages, told.blobs, told.bytes]);
    await store.close?.();
  });
}

/** Whether the newest release shows a text. */
const isShown = (history: History, text: string): boolean => [...(history.at(-1)?.values() ?? [])].includes(text);

async function eraseOne(
  store: WriteStore,
  sealer: ReturnType<typeof openSealer>,
  history: History,
  random: (below: number) => number,
): Promise<string | undefined> {
  const texts = [...new Set(history.flatMap((pages) => [...pages.values()]))].filter((text) => !isShown(history, text));
  const text = texts[random(texts.length)];
  if (text === undefined || random(2) === 0) return undefined;
  const [forms = {}] = encodeBodies([{ type: 'text/html', bytes: bodyOf(text) }]);
  const blobs = [hashOf(bodyOf(text)), ...[forms.gz, forms.br].flatMap((form) => (form ? [form.hash] : []))];
  await record(store, sealer, { kind: 'erased', why: '误发个人信息', paths: ['/1.html'], blobs });
  return text;
}

test('sweep: a release that is not whole stops it before anything is taken away', async () => {
  const store = new MemoryStore();
  const sealer = openSealer(store);
  const history: History = [];
  for (let more = 5; more > 0; more--) await sealRandom(sealer, history, numbers(more));
  await record(store, sealer, { kind: 'pruned', rule: '样例', rules: hashOf(''), releases: [[1, 3]] });
  const head = await readHead(store, { key });
  const page = [...store.files.keys()].find((one) => one.startsWith('map/') && one.includes(head.leaf.map.hash));
  assert.ok(page);
  store.files.delete(page);
  const before = store.files.size;
  const options: SweepOptions = { store, between: openSealer(store).between, prunings: await recorded(store, sealer) };
  await assert.rejects(sweep(options), { code: 'missing' });
  assert.equal(store.files.size, before + 1, 'only the note that it was begun');
});

test('sweep: what a broken rest of a sealing leads to is no reason to take it from a release that is sealed meanwhile', async () => {
  const store = new MemoryStore();
  const sealer = openSealer(store);
  const history: History = [];
  const seal = async (text: (at: number) => string): Promise<void> => {
    const pages = new Map(Array.from({ length: 300 }, (_, at) => [`/${at}.html`, text(at)]));
    await sealer.seal([...pages].map(([path, said]) => pageOf(path, said)));
    history.push(pages);
  };
  await seal((at) => `first ${at}`);
  const { leaf } = await readHead(store, { key });
  await seal((at) => `second ${at}`);
  await record(store, sealer, { kind: 'pruned', rule: '样例', rules: hashOf(''), releases: [[1, 1]] });
  store.files.set(...partialNote(leaf.map, 'another'));
  const below = Buffer.from(store.files.get(mapPageName(leaf.map.hash)) ?? '').toString();
  const [, last] = /^([0-9a-f]{64}) [1-9][0-9]*\n*$/m.exec(below.trimEnd().split('\n').at(-1) ?? '') ?? [];
  assert.ok(last !== undefined && store.files.delete(mapPageName(last)), 'the last page below is not to be read');
  await sweep({
    store,
    between: sealer.between,
    prunings: await recorded(store, sealer),
    onStep: async (step) => {
      if (step === 'marked') await seal((at) => `first ${at}`);
    },
  });
  assert.deepEqual(await differences(store, history), []);
});

test('sealer: a release made beside while something is taken away is promoted whole or not at all', async () => {
  const store = new MemoryStore();
  const sealer = openSealer(store);
  await sealer.seal([pageOf('/a.html', 'once'), pageOf('/b.html', 'b')]);
  await sealer.seal([pageOf('/a.html', 'now')]);
  const beside = await sealer.beside();
  await beside.write([pageOf('/c.html', 'beside')]);
  await beside.fold();
  await record(store, sealer, { kind: 'pruned', rule: '样例', rules: hashOf(''), releases: [[1, 1]] });
  const prunings = await recorded(store, sealer);
  await sweep({ store, between: sealer.between, prunings });
  await assert.rejects(beside.promote([]), { code: 'missing' });
  const { problems, size } = await verifyRelease({ store, key });
  assert.deepEqual([problems, size], [[], 2]);
  const again = await sealer.beside();
  await again.write([pageOf('/c.html', 'beside')]);
  await again.promote([]);
  assert.deepEqual((await verifyRelease({ store, key })).problems, []);
  const entry = await lookup(pageReader(store), (await readHead(store, { key })).leaf.map, '/c.html');
  assert.ok(entry && encodeEntry(entry));
});

test('sweep: another process seals into the same folder between the steps, and goes on afterwards', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-prune-'));
  try {
    for (let run = 0; run < 2; run++) {
      const random = numbers(run + 5);
      const place = join(root, `${run}`);
      const [one, other] = [new DirectoryStore(place, { packSize: 9000 }), new DirectoryStore(place)];
      const [here, there] = [openSealer(one), openSealer(other)];
      const history: History = [];
      for (let more = 9; more > 0; more--) await sealRandom(more % 3 === 0 ? here : there, history, random);
      for (const stretch of [
        [1, 6],
        [7, 12],
      ] as const) {
        const what = { kind: 'pruned', rule: '样例', rules: hashOf(''), releases: [stretch] } as const;
        await sweep({
          store: one,
          between: here.between,
          prunings: await record(one, here, what),
          chunk: 7,
          share: 1,
          onStep: async (step) => {
            if (step !== 'finished') await sealRandom(there, history, random);
          },
        });
        for (let more = 3; more > 0; more--) await sealRandom(there, history, random);
      }
      for (let more = 3; more > 0; more--) await sealRandom(more % 2 === 0 ? here : there, history, random);
      const report = await verifyRelease({ store: folderStore(place), key });
      assert.deepEqual([report.problems, report.size], [[], history.length]);
      assert.deepEqual(await differences(folderStore(place), history), []);
      await one.close();
      await other.close();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
