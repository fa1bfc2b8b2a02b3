import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  hashOf,
  lookup,
  openNote,
  pageReader,
  parseVkey,
  readBody,
  readProvenance,
  verifyRelease,
  type LogHead,
} from '@chengmen/release';
import fc from 'fast-check';
import {
  createSealer,
  type Compressor,
  DirectoryStore,
  MemoryStore,
  S3Store,
  signerOf,
  type Change,
  type Sealer,
  type SealStep,
  type WriteStore,
} from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

const signer = signerOf(
  // A key for tests, of no use anywhere else.
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
);
const steps: readonly SealStep[] = [
  'blobs-written',
  'map-written',
  'log-written',
  'checkpoint-signed',
  'checkpoint-written',
  'finished',
];

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
let folders = 0;
const onServer = { skip: 'reason' in server ? server.reason : false };

/** Stores that outlive the process; each call a new one. */
const lasting: readonly {
  readonly name: string;
  readonly open: (folder: string) => WriteStore;
  readonly skip?: string;
}[] = [
  { name: 'a folder', open: (folder) => new DirectoryStore(folder) },
  {
    name: 'an S3 bucket',
    open: () => {
      assert.ok('options' in server);
      return new S3Store({ ...server.options, prefix: `seal-${folders++}` });
    },
    ...('reason' in server ? { skip: server.reason } : {}),
  },
];

const page = (path: string, text: string): Change => ({
  path,
  entry: {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: Buffer.from(`<p>${text}</p>\n`.repeat(30)),
    provenance: Buffer.from(JSON.stringify({ text })),
  },
});
const none = (path: string): Change => ({ path, entry: null });

const open = (store: WriteStore, onStep?: (step: SealStep) => void): Sealer =>
  createSealer({ store, signer, site: 'sample', ...(onStep ? { onStep } : {}) });

const check = (store: WriteStore, lastSeen?: LogHead): ReturnType<typeof verifyRelease> =>
  verifyRelease({ store, key: signer.vkey, lastSeen });

async function assertWhole(store: WriteStore): Promise<void> {
  const report = await check(store);
  assert.deepEqual(report.problems, []);
  // Content of a release that was not made may stay; nothing of its log, and nothing half written.
  assert.deepEqual(
    report.pending.filter((name) => !/^(?:blob|map)\//.test(name)),
    [],
  );
}

test('createSealer: a sealed release holds what was sealed, signed, in every form', async () => {
  const store = new MemoryStore();
  const sealed = await open(store).seal([page('/', 'home'), page('/a.html', 'a')]);
  assert.equal(sealed.changed, true);
  assert.equal(sealed.size, 1);
  assert.equal(sealed.count, 2);
  assert.match(openNote(sealed.checkpoint, [parseVkey(signer.vkey)]), /^PeterNeumann\n1\n/);
  const entry = await lookup(pageReader(store), { hash: sealed.root, count: 2 }, '/a.html');
  assert.ok(entry?.gz && entry.br);
  assert.equal(Buffer.from((await readBody(store, entry)) ?? []).toString(), '<p>a</p>\n'.repeat(30));
  assert.ok((await readBody(store, entry, 'gzip')) && (await readBody(store, entry, 'br')));
  assert.equal(Buffer.from(await readProvenance(store, entry)).toString(), '{"text":"a"}');
  await assertWhole(store);
});

for (const { name, open: openStore, skip } of lasting) {
  test(`a release sealed to ${name} is the one sealed in memory, file by file`, { skip: skip ?? false }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chengmen-seal-'));
    try {
      const store = openStore(folder);
      const memory = new MemoryStore();
      const changes = Array.from({ length: 60 }, (_, at) => page(`/${at}.html`, `${at}`));
      for (const one of [store, memory]) {
        const sealer = open(one);
        const first = await sealer.seal(changes);
        await sealer.seal([page('/1.html', 'corrected'), none('/2.html')]);
        await sealer.sealRoot(first.root);
      }
      const names: string[] = [];
      for await (const one of store.list('')) names.push(one);
      assert.deepEqual(names.sort(), [...memory.files.keys()].sort());
      for (const one of names)
        assert.deepEqual(Buffer.from((await store.get(one))!), Buffer.from(memory.files.get(one)!));
      await assertWhole(store);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('verifyRelease names a file whose bytes changed in an S3 bucket', onServer, async () => {
  assert.ok('folder' in server);
  const prefix = `seal-${folders++}`;
  const store = new S3Store({ ...server.options, prefix });
  await open(store).seal([page('/', 'home')]);
  let name = '';
  for await (const one of store.list('blob/')) name = one;
  const file = join(server.folder, prefix, name);
  const bytes = readFileSync(file);
  bytes[3]! ^= 1;
  writeFileSync(file, bytes);
  const report = await check(store);
  assert.deepEqual(
    report.problems.map(({ code, where }) => [code, where]),
    [['damaged', name]],
  );
});

test('seal writes nothing when all changes are already live', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  const first = await sealer.seal([page('/', 'home'), page('/a.html', 'a')]);
  const before = new Map(store.files);
  const again = await sealer.seal([page('/a.html', 'a'), none('/never.html')]);
  assert.deepEqual(again, { ...first, changed: false });
  assert.deepEqual(store.files, before);
  const fresh = await open(store).seal([page('/', 'home')]);
  assert.equal(fresh.changed, false);
});

test('seal: after random changes in random order the release equals one sealed from nothing', async () => {
  const change = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.option(fc.integer({ min: 0, max: 2 })));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 40 }), { minLength: 1, maxLength: 5 }), async (batches) => {
      const store = new MemoryStore();
      const sealer = open(store);
      const live = new Map<string, Change>();
      for (const batch of batches) {
        const changes = batch.map(([at, text]) =>
          text === null ? none(`/${at}.html`) : page(`/${at}.html`, `${text}`),
        );
        await sealer.seal(changes);
        for (const one of changes) live.set(one.path, one);
      }
      const built = await open(new MemoryStore()).seal([...live.values()].reverse());
      assert.equal((await sealer.state())?.map.hash, built.root);
      await assertWhole(store);
    }),
    { numRuns: 15 },
  );
});

test('seal anew: with another compressor the release equals one sealed from nothing with it, and not otherwise', async () => {
  const by = (id: string): Compressor => ({
    id,
    encode: (bodies) =>
      Promise.resolve(
        bodies.map(({ bytes }) => {
          const form = Buffer.from(`${id} ${bytes.length}`);
          return { gz: { hash: hashOf(form), size: form.length, bytes: form } };
        }),
      ),
  });
  const openWith = (store: MemoryStore, id: string): Sealer =>
    createSealer({ store, signer, site: 'linjiang', compressor: by(id) });
  const pages = Array.from({ length: 200 }, (_, at) => page(`/${at}.html`, `${at}`));
  const store = new MemoryStore();
  const before = await openWith(store, 'old').seal(pages);
  const upgraded = openWith(store, 'new');
  assert.equal(upgraded.compressor, 'new');
  const fromNothing = await openWith(new MemoryStore(), 'new').seal(pages);
  assert.notEqual(fromNothing.root, before.root);
  assert.equal((await upgraded.seal(pages)).root, before.root, 'forms that are there are taken over');
  assert.equal((await upgraded.seal(pages, { anew: true })).root, fromNothing.root);
});

test('beside: a release made while others are promoted is that of its own changes, whole, and touches nothing before', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  const pages = Array.from({ length: 150 }, (_, at) => page(`/${at}.html`, `${at}`));
  await sealer.seal(pages);
  const beside = await sealer.beside();
  const changed = pages.map(({ path }, at) => page(path, `new ${at}`));
  const writing = beside.write(changed.slice(0, 100));
  const meanwhile = await sealer.seal([page('/3.html', 'edited'), page('/more.html', 'more'), none('/5.html')]);
  await writing;
  await beside.write([...changed.slice(100), none('/7.html')]);
  await beside.fold();
  assert.equal((await sealer.state())?.map.hash, meanwhile.root);
  await assertWhole(store);
  const last = [page('/3.html', 'new edited'), page('/more.html', 'new more'), none('/5.html')];
  const { root, size } = await beside.promote(last);
  const gone = new Set(['/3.html', '/5.html', '/7.html']);
  const all = [...changed.filter(({ path }) => !gone.has(path)), ...last];
  assert.equal(root, (await open(new MemoryStore()).seal(all)).root);
  assert.equal(size, 3);
  assert.equal((await sealer.seal(last)).changed, false);
  await assertWhole(store);
});

test('beside: what is noted on the way of a long promotion is in the release, and the note goes', async () => {
  const store = new MemoryStore();
  const sealer = createSealer({ store, signer, site: 'sample', partialEvery: 0 });
  const pages = (count: number, text: string): Change[] =>
    Array.from({ length: count }, (_, at) => page(`/${at}.html`, `${text} ${at}`));
  await sealer.seal(pages(20, 'old'));
  const beside = await sealer.beside();
  await beside.write(pages(20, 'new'));
  const { root } = await beside.promote(pages(900, 'newer'));
  assert.equal(root, (await open(new MemoryStore()).seal(pages(900, 'newer'))).root);
  await assertWhole(store);
});

for (const { name, open: openStore, skip } of lasting) {
  for (const step of steps) {
    const title = `seal to ${name} cut off at ${step}: the release is the old or the new one, whole, and the same call ends the same way`;
    test(title, { skip: skip ?? false }, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chengmen-seal-'));
      try {
        const store = openStore(folder);
        await open(store).seal([page('/', 'home'), page('/a.html', 'a')]);
        const old = (await open(store).state())?.map.hash;
        const changes = [page('/a.html', 'a, corrected'), page('/b.html', 'b'), none('/')];
        const never = new MemoryStore();
        await open(never).seal([page('/', 'home'), page('/a.html', 'a')]);
        const expected = await open(never).seal(changes);

        const crash = new Error('crash');
        const cut = open(store, (at) => {
          if (at === step) throw crash;
        });
        await assert.rejects(cut.seal(changes), crash);
        const between = await check(store);
        assert.deepEqual(between.problems, []);
        const promoted = step === 'checkpoint-written' || step === 'finished';
        assert.equal(between.root, promoted ? expected.root : old);

        const sealed = await open(store).seal(changes);
        assert.equal(sealed.root, expected.root);
        assert.equal(sealed.checkpoint, expected.checkpoint, 'one size is never signed with two roots');
        await assertWhole(store);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
}

for (const step of steps) {
  test(`seal cut off at ${step}: other changes afterwards leave nothing of it behind`, async () => {
    const store = new MemoryStore();
    await open(store).seal([page('/', 'home')]);
    const cut = open(store, (at) => {
      if (at === step) throw new Error('crash');
    });
    await assert.rejects(cut.seal([page('/b.html', 'b')]), /crash/);
    const sealed = await open(store).seal([page('/c.html', 'c')]);
    assert.equal(sealed.changed, true);
    await assertWhole(store);
    // What was signed before the crash stays; what was not is gone.
    const signed = steps.indexOf(step) >= steps.indexOf('checkpoint-signed');
    assert.equal(sealed.size, signed ? 3 : 2);
    assert.equal(sealed.count, signed ? 3 : 2);
  });
}

test('seal to an S3 bucket cut off at every second request: never anything but a whole release', onServer, async () => {
  assert.ok('options' in server);
  // Few requests: a form of its own for each coding would only make them more.
  const plain = (path: string, text: string): Change => ({
    path,
    entry: { status: 200, type: 'image/png', body: Buffer.from(text), provenance: Buffer.from(text) },
  });
  const changes = [plain('/b.png', 'b')];
  const never = new MemoryStore();
  const first = await open(never).seal([plain('/a.png', 'a')]);
  const expected = await open(never).seal(changes);
  let cuts = 0;
  for (let finished = false; !finished; cuts += 2) {
    const settings = { ...server.options, prefix: `seal-${folders++}` };
    await open(new S3Store(settings)).seal([plain('/a.png', 'a')]);
    let left = cuts;
    const cut = new S3Store({
      ...settings,
      attempts: 1,
      fetch: (url, init) => (left-- > 0 ? fetch(url, init) : Promise.reject(new Error('cut'))),
    });
    finished = await open(cut)
      .seal(changes)
      .then(
        () => true,
        () => false,
      );
    const store = new S3Store(settings);
    const between = await check(store);
    // An object of no value that the first `put` asks with is all that may be left beside.
    assert.deepEqual(between.problems, [], `cut at request ${cuts}`);
    assert.ok(between.root === first.root || between.root === expected.root);
    const sealed = await open(store).seal(changes);
    assert.equal(sealed.checkpoint, expected.checkpoint);
    await assertWhole(store);
  }
  assert.ok(cuts > 20, `${cuts} requests`);
});

test('state finishes what a crash after signing left, without another change', async () => {
  for (const step of ['checkpoint-signed', 'checkpoint-written'] as const) {
    const store = new MemoryStore();
    await open(store).seal([page('/', 'home')]);
    const cut = open(store, (at) => {
      if (at === step) throw new Error('crash');
    });
    await assert.rejects(cut.seal([page('/b.html', 'b')]), /crash/);
    assert.equal((await open(store).state())?.log.size, 2);
    await assertWhole(store);
  }
});

test('seal: the first release cut off at each step', async () => {
  for (const step of steps) {
    const store = new MemoryStore();
    const cut = open(store, (at) => {
      if (at === step) throw new Error('crash');
    });
    await assert.rejects(cut.seal([page('/', 'home')]), /crash/);
    const sealed = await open(store).seal([page('/', 'home')]);
    assert.equal(sealed.size, 1, step);
    await assertWhole(store);
  }
});

test('seal does calls one after another, and one that failed does not hold up the next', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  const results = await Promise.allSettled([
    sealer.seal([page('/a.html', 'a')]),
    sealer.seal([page('not a path', 'b')]),
    sealer.seal([page('/c.html', 'c')]),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal((await sealer.state())?.log.size, 2);
  await assertWhole(store);
});

test('seal keeps the last of several changes to one path, and nothing of the others', async () => {
  const store = new MemoryStore();
  const many = Array.from({ length: 300 }, (_, index) => page('/a.html', `${index}`));
  const sealed = await open(store).seal(many);
  assert.equal(sealed.root, (await open(new MemoryStore()).seal(many.slice(-1))).root);
  await assertWhole(store);
});

test('sealRoot rolls back with a new checkpoint over the old root, which continues the log', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  const first = await sealer.seal([page('/', 'home'), page('/a.html', 'a')]);
  const seen = (await sealer.state())?.log;
  await sealer.seal([page('/a.html', 'wrong'), page('/b.html', 'b')]);
  const back = await sealer.sealRoot(first.root);
  assert.deepEqual([back.changed, back.root, back.count, back.size], [true, first.root, 2, 3]);
  const report = await check(store, seen);
  assert.deepEqual(report.problems, []);
  await assert.rejects(sealer.sealRoot('ab'.repeat(32)), { code: 'invalid' });
});

test('sealRoot refuses an earlier release of which a file is gone', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  const first = await sealer.seal([page('/a.html', 'a')]);
  await sealer.seal([page('/a.html', 'b')]);
  const entry = await lookup(pageReader(store), { hash: first.root, count: 1 }, '/a.html');
  store.files.delete(`blob/${entry!.hash.slice(0, 2)}/${entry!.hash}`);
  await assert.rejects(sealer.sealRoot(first.root), { code: 'missing' });
});

test('sealRoot looks for the files of pages that differ, and where one is not there for those of all', async () => {
  const store = new MemoryStore();
  const looked: string[] = [];
  const counting = new Proxy(store, {
    get: (target, key, self) => {
      if (key === 'has')
        return (name: string) => {
          looked.push(name);
          return target.has(name);
        };
      return Reflect.get(target, key, self) as unknown;
    },
  });
  const sealer = open(counting);
  const first = await sealer.seal(Array.from({ length: 300 }, (_, index) => page(`/${index}.html`, `${index}`)));
  await sealer.seal([page('/7.html', 'wrong')]);
  looked.length = 0;
  const back = await sealer.sealRoot(first.root);
  assert.equal(back.root, first.root);
  assert.ok(looked.length <= 8, `${looked.length} names`);
  const report = await check(store);
  assert.deepEqual(report.problems, []);

  await sealer.seal([page('/7.html', 'wrong again')]);
  const entry = await lookup(pageReader(store), { hash: first.root, count: 300 }, '/7.html');
  store.files.delete(`blob/${entry!.hash.slice(0, 2)}/${entry!.hash}`);
  await assert.rejects(sealer.sealRoot(first.root), { code: 'missing' });
});

test('seal refuses to build on an old checkpoint that was put back', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  await sealer.seal([page('/', 'home')]);
  const old = store.files.get('checkpoint')!;
  await sealer.seal([page('/a.html', 'a')]);
  store.files.set('checkpoint', old);
  await assert.rejects(sealer.seal([page('/b.html', 'b')]), { code: 'rolled-back' });
  // Also a sealer that has seen nothing yet: the log it would fork is still there.
  await assert.rejects(open(store).seal([page('/b.html', 'b')]), { code: 'damaged' });
});

test('seal refuses an old map that was tampered with, and a store of another key or site', async () => {
  const store = new MemoryStore();
  await open(store).seal([page('/', 'home')]);
  const name = [...store.files.keys()].find((one) => one.startsWith('map/'))!;
  const bytes = store.files.get(name)!;
  store.files.set(name, Buffer.from(Buffer.from(bytes).toString().replace('"status":200', '"status":410')));
  await assert.rejects(open(store).seal([page('/a.html', 'a')]), { code: 'damaged', where: name });
  store.files.set(name, bytes);
  const other = createSealer({ store, signer, site: 'other' });
  await assert.rejects(other.seal([page('/a.html', 'a')]), { code: 'invalid' });
  const elsewhere = createSealer({ store, signer, site: 'sample', origin: 'elsewhere.example/log' });
  await assert.rejects(elsewhere.seal([page('/a.html', 'a')]), { code: 'checkpoint-invalid' });
});

test('seal: the log goes on over a full tile', async () => {
  const store = new MemoryStore();
  const sealer = open(store);
  for (let index = 0; index < 258; index++) await sealer.seal([page('/', `${index % 2}`)]);
  assert.equal((await sealer.state())?.log.size, 258);
  await assertWhole(store);
});
