import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blobName, hashOf, verifyRelease, type ReadStore } from '@chengmen/release';
import { openRelease, seenInMemory, type RawFetch } from '@chengmen/serve';
import {
  createMirror,
  createSealer,
  DirectoryStore,
  generateKey,
  MemoryStore,
  S3Store,
  signerOf,
  siteSource,
  storeSource,
  type Change,
  type MirrorOptions,
  type Mirrored,
  type MirrorStep,
  type WriteStore,
} from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
const onServer = { skip: 'reason' in server ? server.reason : false };
let prefixes = 0;
const bucket = () => {
  assert.ok('options' in server);
  return { ...server.options, prefix: `mirror-${prefixes++}` };
};

const root = mkdtempSync(join(tmpdir(), 'chengmen-mirror-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = (): string => join(root, `${++folders}`);

const { skey, vkey: key } = generateKey('sample.example/log');
const open = (store: WriteStore) => createSealer({ store, signer: signerOf(skey), site: 'sample' });

/** Without compressed forms, so that there are fewer files. */
const plain = (path: string, text: string): Change => ({
  path,
  entry: { status: 200, type: 'image/png', body: Buffer.from(text), provenance: Buffer.from(`{"text":"${text}"}`) },
});
const page = (path: string, text: string): Change => ({
  path,
  entry: {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: Buffer.from(`<p>${text}</p>\n`.repeat(30)),
    provenance: Buffer.from(JSON.stringify({ text })),
  },
});
const pages = (count: number): Change[] => Array.from({ length: count }, (_, at) => page(`/${at}.html`, `${at}`));
const pictures = Array.from({ length: 34 }, (_, at) => plain(`/${at}.png`, `${at}`));

const pull = (from: ReadStore, to: WriteStore, more: Partial<MirrorOptions> = {}): Promise<Mirrored> =>
  createMirror({ from: storeSource(from), to, key, ...more }).pull();

/** Three releases: more paths than one page of the map holds, one corrected, one taken away. */
async function sealTo<T extends WriteStore>(store: T): Promise<T> {
  const sealer = open(store);
  await sealer.seal([...pictures, page('/1.html', '1')]);
  await sealer.seal([page('/1.html', 'corrected')]);
  await sealer.seal([{ path: '/2.png', entry: null }]);
  return store;
}

async function assertWhole(store: ReadStore, size: number, newest = false): Promise<void> {
  const report = await verifyRelease({ store, key, newest });
  assert.deepEqual(report.problems, []);
  assert.equal(report.size, size);
}

async function namesOf(store: ReadStore): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list('')) names.push(name);
  return names.sort();
}

/** Counts what is read, by name. */
function counted(store: ReadStore): { readonly store: ReadStore; readonly names: string[] } {
  const names: string[] = [];
  return {
    names,
    store: {
      get: (name) => {
        names.push(name);
        return store.get(name);
      },
      list: (prefix) => store.list(prefix),
    },
  };
}

interface Place {
  readonly name: string;
  readonly open: () => WriteStore;
  readonly skip?: boolean | string;
}
const places: readonly Place[] = [
  { name: 'a folder', open: () => new DirectoryStore(newFolder()) },
  { name: 'an S3 bucket', open: () => new S3Store(bucket()), ...onServer },
];

for (const from of places)
  for (const to of places)
    test(
      `pull from ${from.name} to ${to.name}: every release of the log, whole, and each that comes`,
      { skip: from.skip ?? to.skip ?? false },
      async () => {
        const source = await sealTo(from.open());
        const target = to.open();
        const mirror = createMirror({ from: storeSource(source), to: target, key });
        const first = await mirror.pull();
        assert.deepEqual([first.changed, first.size, first.paths], [true, 3, 34]);
        await assertWhole(target, 3);
        assert.deepEqual(
          (await namesOf(target)).filter((name) => /^(?:pending|tmp)/.test(name)),
          [],
          'nothing is left beside',
        );
        assert.deepEqual(await mirror.pull(), { ...first, changed: false, files: 0, bytes: 0 });
        await open(source).seal([page('/new.html', 'new')]);
        assert.deepEqual([(await mirror.pull()).size, (await pull(source, target)).changed], [4, false]);
        await assertWhole(target, 4);
        // Nothing that could be told from the original but old partial tiles, which a log may lose.
        const isPartial = (name: string): boolean => name.includes('.p/') || /^(?:pending|tmp)/.test(name);
        assert.deepEqual(
          (await namesOf(target)).filter((name) => !isPartial(name)),
          (await namesOf(source)).filter((name) => !isPartial(name)),
        );
      },
    );

test('pull reads what an edit changed and the way down to it, whatever the size of the site', async () => {
  const source = new MemoryStore();
  await open(source).seal(pages(2000));
  const target = new MemoryStore();
  await pull(source, target, { newest: true });
  await open(source).seal([page('/7.html', 'corrected')]);
  const { store, names } = counted(source);
  const { changed, files } = await pull(store, target, { newest: true });
  assert.equal(changed, true);
  const read = (kind: string): number => names.filter((name) => name.startsWith(kind)).length;
  assert.deepEqual([read('map/') <= 4, read('blob/') <= 4], [true, true], names.join('\n'));
  assert.ok(files <= 11, `${files} files`);
  await assertWhole(target, 2, true);
});

test('pull lists nothing after the first time, and what it asks does not grow with the number of releases', async () => {
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  const asked: string[] = [];
  const watched = Object.assign(Object.create(target) as MemoryStore, {
    list: (prefix: string) => {
      asked.push(`list ${prefix}`);
      return target.list(prefix);
    },
    has: (name: string) => {
      asked.push(`has ${name}`);
      return target.has(name);
    },
  });
  const mirror = createMirror({ from: storeSource(source), to: watched, key });
  await mirror.pull();
  const counts: number[] = [];
  for (let edit = 1; edit <= 9; edit++) {
    await open(source).seal([plain('/3.png', `edit ${edit}`)]);
    asked.length = 0;
    await mirror.pull();
    assert.ok(!asked.some((one) => one.startsWith('list')), asked.join('\n'));
    counts.push(asked.length);
  }
  assert.deepEqual(new Set(counts).size, 1, counts.join());
  await assertWhole(target, 12);
  assert.deepEqual(
    (await namesOf(target)).filter((name) => name.startsWith('pending/')),
    [],
  );
});

test('pull goes on where an earlier one was cut off', async () => {
  const source = new MemoryStore();
  await open(source).seal(pages(600));
  const target = new MemoryStore();
  const broken: ReadStore = {
    list: (prefix) => source.list(prefix),
    get: (name) => (target.files.size > 1500 ? Promise.reject(new Error('the line broke')) : source.get(name)),
  };
  await assert.rejects(pull(broken, target), /the line broke/);
  const { store, names } = counted(source);
  await pull(store, target);
  await assertWhole(target, 1);
  const blobs = names.filter((name) => name.startsWith('blob/')).length;
  assert.ok(blobs < 1500, `${blobs} blobs were read again of ${600 * 4}`);
});

test('pull writes no byte that does not verify, whatever file of the source is changed or gone', async () => {
  const source = await sealTo(new MemoryStore());
  const old = new MemoryStore();
  await open(old).seal([...pictures, page('/1.html', '1')]);
  for (const [name, bytes] of source.files) {
    if (/^tile\/.*\.p\/[12]$/.test(name)) continue;
    for (const other of [bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte)), undefined]) {
      const target = new MemoryStore();
      for (const one of old.files) target.files.set(...one);
      const spoilt: ReadStore = {
        list: (prefix) => source.list(prefix),
        get: (asked) => (asked === name ? Promise.resolve(other) : source.get(asked)),
      };
      const outcome = await pull(spoilt, target).catch((error: unknown) => error);
      // What the mirror has already it does not ask for again.
      if (!(outcome instanceof Error)) assert.ok(old.files.has(name), `${name} was taken`);
      const report = await verifyRelease({ store: target, key });
      assert.deepEqual(report.problems, [], name);
      assert.equal(report.size, outcome instanceof Error ? 1 : 3);
    }
  }
});

test('pull refuses an older checkpoint and another history, and keeps what it has', async () => {
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  await pull(source, target);
  const old = new MemoryStore();
  await open(old).seal([...pictures, page('/1.html', '1')]);
  await assert.rejects(pull(old, target), { code: 'rolled-back' });
  const fork = new MemoryStore();
  const sealer = open(fork);
  for (const text of ['a', 'b', 'c', 'd']) await sealer.seal([page('/', text)]);
  await assert.rejects(pull(fork, target), { code: 'forked' });
  const stranger = new MemoryStore();
  const other = generateKey('sample.example/log');
  await createSealer({ store: stranger, signer: signerOf(other.skey), site: 'sample' }).seal(pages(5));
  await assert.rejects(pull(stranger, target), { code: 'checkpoint-invalid' });
  await assert.rejects(pull(new MemoryStore(), target), { code: 'no-release' });
  await assertWhole(target, 3);
});

test('pull remembers a checkpoint it accepted, though the release was never whole here', async () => {
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  await pull(source, target);
  const before = new MemoryStore();
  for (const one of source.files) before.files.set(...one);
  await open(source).seal([page('/3.html', 'new')]);
  const broken: ReadStore = {
    list: (prefix) => source.list(prefix),
    get: (name) => (name.startsWith('blob/') ? Promise.resolve(undefined) : source.get(name)),
  };
  await assert.rejects(pull(broken, target), { code: 'missing' });
  await assertWhole(target, 3);
  await assert.rejects(pull(before, target), { code: 'rolled-back' });
  await pull(source, target);
  await assertWhole(target, 4);
});

test('pull of the newest release alone: it is whole, older ones are pulled later where they are wanted', async () => {
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  await pull(source, target, { newest: true });
  await assertWhole(target, 3, true);
  assert.equal((await verifyRelease({ store: target, key })).ok, false, 'the older ones are not there');
  await pull(source, target);
  await assertWhole(target, 3);
});

test('pull of the newest release alone, with prune: older ones go by themselves, that before the newest stays', async () => {
  const source = new MemoryStore();
  const sealer = open(source);
  const target = new MemoryStore();
  const blobs = async (): Promise<number> => (await namesOf(target)).filter((name) => name.startsWith('blob/')).length;
  const mirror = createMirror({
    ...{ from: storeSource(source), to: target, key, newest: true, prune: true },
    sweepFrom: 1,
  });
  const kept = createMirror({ from: storeSource(source), to: new MemoryStore(), key, newest: true });
  const counts: number[] = [];
  for (let at = 0; at < 6; at++) {
    await sealer.seal([page('/a.html', `text ${at}`)]);
    await mirror.pull();
    await kept.pull();
    counts.push(await blobs());
    await assertWhole(target, at + 1, true);
  }
  assert.deepEqual(counts.slice(2), Array(4).fill(counts[1]), 'two releases and no more');
  assert.equal((await mirror.pull()).swept, undefined, 'nothing is looked for where nothing came');
});

test('pull reads little more than the checkpoint while it stays the same, also where others have signed it', async () => {
  const source = await sealTo(new MemoryStore());
  const note = Buffer.from(source.files.get('checkpoint')!).toString();
  source.files.set('checkpoint', Buffer.from(`${note}— witness.example ${Buffer.alloc(68, 7).toString('base64')}\n`));
  const { store, names } = counted(source);
  const mirror = createMirror({ from: storeSource(store), to: new MemoryStore(), key });
  assert.equal((await mirror.pull()).changed, true);
  names.length = 0;
  assert.equal((await mirror.pull()).changed, false);
  const held = 'pending/the-release-this-site-is-held-at';
  assert.deepEqual(
    names,
    ['checkpoint', 'prunings/1', held],
    'and whether something was taken away, or the site is held',
  );
});

test('pull copies the note of a hold as it is, one that is none not at all, and asks no running site for it', async () => {
  const held = 'pending/the-release-this-site-is-held-at';
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  const noted = async (text: string, from = storeSource(source)): Promise<string | undefined> => {
    source.files.set(held, Buffer.from(text));
    await createMirror({ from, to: target, key }).pull();
    const bytes = target.files.get(held);
    return bytes && Buffer.from(bytes).toString();
  };
  assert.equal(await noted('held\n2\n'), 'held\n2\n');
  assert.equal(await noted('held\n0\n'), 'held\n0\n');
  for (const none of ['held\n-1\n', 'held\n2\n\n', `held\n${'9'.repeat(40)}\n`, '<html>'])
    assert.equal(await noted(none), undefined, none);
  assert.equal(await noted('held\n2\n'), 'held\n2\n');
  assert.equal(await noted('held\n2\n', { ...storeSource(source), older: false }), undefined);
  // It stays where a sealer begins anew on such a store.
  await open(source).state();
  assert.equal(Buffer.from(source.files.get(held) ?? []).toString(), 'held\n2\n');
});

test('pull does not touch the store of a sealer that was cut off', async () => {
  const source = await sealTo(new MemoryStore());
  const target = new MemoryStore();
  await target.replace(['pending/checkpoint', Buffer.from('signed')]);
  await assert.rejects(pull(source, target), { code: 'invalid', where: 'pending/checkpoint' });
});

test('a sealer goes on in a mirror that was cut off, as in the original', async () => {
  const steps: readonly MirrorStep[] = ['noted', 'pulled', 'log-written', 'checkpoint-written', 'finished'];
  for (const step of steps) {
    const source = await sealTo(new MemoryStore());
    const target = new MemoryStore();
    await pull(source, target);
    await open(source).seal([page('/3.html', 'new')]);
    const onStep = (at: MirrorStep): void => {
      if (at === step) throw new Error('crash');
    };
    await assert.rejects(pull(source, target, { onStep }), /crash/);
    const promoted = step === 'checkpoint-written' || step === 'finished';
    await assertWhole(target, promoted ? 4 : 3);
    await open(target).seal([page('/4.html', 'sealed here')]);
    await assertWhole(target, promoted ? 5 : 4);
  }
});

/** Kills a mirror before each of its writes in turn, or each second; what stands then is the old release or the new one. */
async function killedEverywhere(
  open2: () => { readonly to: unknown; readonly store: () => WriteStore },
  stride = 1,
): Promise<void> {
  const from = newFolder();
  const source = new DirectoryStore(from);
  await open(source).seal([plain('/1.png', '1')]);
  const old = newFolder();
  cpSync(from, old, { recursive: true });
  await open(source).seal([plain('/1.png', 'corrected')]);
  const one = async (writes: number): Promise<boolean> => {
    const { to, store } = open2();
    await pull(new DirectoryStore(old), store());
    const job = JSON.stringify({ from, to, key, writes });
    const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'mirror-child.ts'), job], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    const report = await verifyRelease({ store: store(), key });
    assert.deepEqual(report.problems, [], `killed before write ${writes}`);
    assert.ok(signal === 'SIGKILL' ? report.size === 1 || report.size === 2 : code === 0 && report.size === 2);
    await pull(source, store());
    await assertWhole(store(), 2);
    return signal === 'SIGKILL';
  };
  let kills = 0;
  for (let running = true; running; kills += 4)
    running = (await Promise.all([0, 1, 2, 3].map((at) => one((kills + at) * stride)))).every(Boolean);
  assert.ok(kills >= 8, `${kills} kills`);
}

test('a mirror in a folder killed (-9) before any of its writes holds the old release or the new one, whole', () =>
  killedEverywhere(() => {
    const to = newFolder();
    return { to, store: () => new DirectoryStore(to) };
  }));

test(
  'a mirror in a bucket killed (-9) before every second of its writes holds the old release or the new one, whole',
  onServer,
  () =>
    killedEverywhere(() => {
      const to = bucket();
      return { to, store: () => new S3Store(to) };
    }, 2),
);

/** What a portal would answer, without the wire. */
async function site(store: ReadStore): Promise<{ readonly fetch: RawFetch; readonly reload: () => Promise<boolean> }> {
  const release = await openRelease({ store, key, seen: seenInMemory() });
  return {
    reload: () => release.reload(),
    fetch: async (url, headers) => {
      const { pathname, search } = new URL(url);
      return release.respond({ method: 'GET', path: pathname + search, headers });
    },
  };
}

test('pull from a site: its release whole, with every form and what each page was made from', async () => {
  const source = await sealTo(new MemoryStore());
  const moved: Change[] = [
    {
      path: '/old.html',
      entry: {
        status: 301,
        type: 'text/html; charset=utf-8',
        location: '/1.html',
        body: Buffer.from('→ /1.html'),
        provenance: Buffer.from('{"a":1}'),
      },
    },
    {
      path: '/gone.html',
      entry: {
        status: 410,
        type: 'text/html; charset=utf-8',
        body: Buffer.from('withdrawn'),
        provenance: Buffer.from('{"b":1}'),
      },
    },
    {
      path: '/404.html',
      entry: {
        status: 404,
        type: 'text/html; charset=utf-8',
        body: Buffer.from('nothing'),
        provenance: Buffer.from('{"c":1}'),
      },
    },
  ];
  await open(source).seal(moved);
  const { fetch } = await site(source);
  const target = new MemoryStore();
  const { size } = await createMirror({ from: siteSource('http://site.example', fetch), to: target, key }).pull();
  assert.equal(size, 4);
  await assertWhole(target, 4, true);
  const corrected = blobName({ hash: hashOf(Buffer.from('<p>1</p>\n'.repeat(30))) });
  assert.equal(target.files.has(corrected), false, 'an older release is not to be had from a site');
});

test('pull from a site that is promoted meanwhile ends with the newer release', async () => {
  const source = await sealTo(new MemoryStore());
  const { fetch, reload } = await site(source);
  const target = new MemoryStore();
  let asked = 0;
  const moving: RawFetch = async (url, headers) => {
    if (++asked === 20) {
      await open(source).seal(pictures.map(({ path }) => plain(path, `new ${path}`)));
      await reload();
    }
    return fetch(url, headers);
  };
  const { size } = await createMirror({ from: siteSource('http://site.example', moving), to: target, key }).pull();
  assert.equal(size, 4);
  await assertWhole(target, size, true);
});
