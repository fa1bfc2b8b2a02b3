import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blobName, hashOf, parseTileName, pendingCheckpoint, verifyRelease, type ReadStore } from '@chengmen/release';
import {
  createMirror,
  createSealer,
  DirectoryStore,
  generateKey,
  MemoryStore,
  S3Store,
  scrub,
  signerOf,
  storeSource,
  type Change,
  type ScrubProgress,
  type ScrubReport,
} from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

const server = await startObjectStore();
if ('stop' in server) after(server.stop);

const signer = signerOf(
  // A key for tests, of no use anywhere else.
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
);
const key = signer.vkey;

const page = (path: string, text: string): Change => ({
  path,
  entry: {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: Buffer.from(`<p>${text}</p>\n`.repeat(30)),
    provenance: Buffer.from(JSON.stringify({ text })),
  },
});

/** Three releases: more paths than one page of the map holds, one page corrected, one taken away. */
async function sealedStore(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const sealer = createSealer({ store, signer, site: 'sample' });
  await sealer.seal(Array.from({ length: 40 }, (_, at) => page(`/${at}.html`, `${at}`)));
  await sealer.seal([page('/1.html', 'corrected')]);
  await sealer.seal([{ path: '/2.html', entry: null }]);
  return store;
}

const sealed = await sealedStore();

function copyOf(store: MemoryStore): MemoryStore {
  const copy = new MemoryStore();
  for (const [name, bytes] of store.files) copy.files.set(name, Uint8Array.from(bytes));
  return copy;
}

const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 4 : byte));

/** Breaks one file. */
const harms: Readonly<Record<string, (files: Map<string, Uint8Array>, name: string) => void>> = {
  'a flipped bit': (files, name) => files.set(name, flipped(files.get(name)!)),
  'a lost end': (files, name) => files.set(name, files.get(name)!.subarray(0, -1)),
  'bytes too many': (files, name) => files.set(name, Buffer.concat([files.get(name)!, Buffer.from('x')])),
  'an empty file': (files, name) => files.set(name, new Uint8Array()),
  'a deleted file': (files, name) => files.delete(name),
};

function assertSame(store: MemoryStore, expected: MemoryStore): void {
  assert.deepEqual([...store.files.keys()].sort(), [...expected.files.keys()].sort());
  for (const [name, bytes] of expected.files) assert.deepEqual(Buffer.from(store.files.get(name)!), Buffer.from(bytes));
}

const wheres = (problems: ScrubReport['found']): string[] => problems.map(({ where }) => where).sort();
/** What the last release's log does not need any more. */
const isOldTile = (name: string): boolean => /\.p\/[12]$/.test(name);

test('scrub finds nothing in whole stores and writes nothing', async () => {
  const store = copyOf(sealed);
  const before = new Map(store.files);
  const report = await scrub({ store, key, from: [sealed] });
  const checked = await verifyRelease({ store, key });
  assert.deepEqual(report, {
    ok: true,
    size: 3,
    files: checked.files,
    found: [],
    repaired: [],
    unrepairable: [],
    pruned: 0,
    erased: 0,
  });
  assert.deepEqual(store.files, before);
  for (const [name, bytes] of before) assert.equal(store.files.get(name), bytes, `${name} was written again`);
});

for (const [harm, breakFile] of Object.entries(harms)) {
  test(`scrub repairs ${harm}, wherever it is, from a second store`, async () => {
    for (const name of sealed.files.keys()) {
      const store = copyOf(sealed);
      breakFile(store.files, name);
      const report = await scrub({ store, key, from: [sealed] });
      if (harm === 'a deleted file' && isOldTile(name)) {
        assert.deepEqual(report.found, [], 'partial tiles of earlier sizes may go');
        continue;
      }
      assert.deepEqual(wheres(report.found), [name]);
      assert.deepEqual([report.ok, report.repaired, report.unrepairable], [true, [name], []]);
      assertSame(store, sealed);
    }
  });
}

test('scrub repairs many files at once, and files that changed places', async () => {
  const store = copyOf(sealed);
  const names = [...store.files.keys()];
  for (let at = 0; at + 1 < names.length; at += 2) {
    const [one, two] = [names[at]!, names[at + 1]!];
    const bytes = store.files.get(one)!;
    store.files.set(one, store.files.get(two)!);
    store.files.set(two, bytes);
  }
  const seen: ScrubProgress[] = [];
  const report = await scrub({ store, key, from: [sealed], onProgress: (progress) => seen.push(progress) });
  assert.equal(report.ok, true);
  assert.ok(report.repaired.length >= names.length - 1, `${report.repaired.length} of ${names.length}`);
  assert.deepEqual([...report.repaired].sort(), wheres(report.found));
  assertSame(store, sealed);
  assert.deepEqual(seen.at(-1), {
    files: report.files,
    found: report.found.length,
    repaired: report.repaired.length,
  });
});

test('scrub fills an empty store, the checkpoint last and after everything else is durable', async () => {
  const acts: string[] = [];
  class Noting extends MemoryStore {
    override put(files: Iterable<readonly [string, Uint8Array]>): Promise<void> {
      acts.push('put');
      return super.put(files);
    }
    override replace(file: readonly [string, Uint8Array]): Promise<void> {
      acts.push(file[0]);
      return super.replace(file);
    }
    override sync(): Promise<void> {
      acts.push('sync');
      return super.sync();
    }
  }
  const store = new Noting();
  const report = await scrub({ store, key, from: [new MemoryStore(), sealed] });
  assert.equal(report.ok, true);
  assert.deepEqual((await verifyRelease({ store, key })).problems, []);
  assert.deepEqual(acts.slice(-4), ['put', 'sync', 'checkpoint', 'sync']);
  assert.deepEqual([...new Set(acts.slice(0, -4))], ['put']);
});

test('scrub makes rotten tiles again from the entries, without another store', async () => {
  for (const name of sealed.files.keys()) {
    if (!parseTileName(name) || (name.startsWith('tile/entries/') && !isOldTile(name))) continue;
    const store = copyOf(sealed);
    store.files.set(name, flipped(store.files.get(name)!));
    const report = await scrub({ store, key });
    assert.deepEqual([report.ok, report.repaired], [true, [name]]);
    assertSame(store, sealed);
  }
});

test('scrub takes nothing from a store that lies, and goes on to the next', async () => {
  const liar = copyOf(sealed);
  for (const [name, bytes] of liar.files) liar.files.set(name, flipped(bytes));
  const store = copyOf(sealed);
  const broken = [...store.files.keys()].filter((_, at) => at % 3 === 0);
  for (const name of broken) store.files.set(name, flipped(store.files.get(name)!).subarray(1));
  const alone = copyOf(store);
  const wrote = new Map(alone.files);
  const helped = await scrub({ store, key, from: [liar, sealed] });
  assert.equal(helped.ok, true);
  assertSame(store, sealed);

  const misled = await scrub({ store: alone, key, from: [liar] });
  assert.equal(misled.ok, false);
  for (const { where, problem } of misled.unrepairable) {
    assert.equal(alone.files.get(where), wrote.get(where), `${where} is as it was`);
    assert.match(problem, /store 1: |no store has|no other store has/);
  }
  for (const name of misled.repaired) assert.ok(parseTileName(name), `${name} was made from the entries`);
});

test('scrub names what is rotten in all stores, and repairs the rest', async () => {
  for (const name of sealed.files.keys()) {
    if (isOldTile(name)) continue;
    const store = copyOf(sealed);
    const other = copyOf(sealed);
    const beside = [...sealed.files.keys()].find((one) => one.startsWith('blob/') && one !== name)!;
    store.files.set(name, flipped(store.files.get(name)!));
    store.files.delete(beside);
    other.files.delete(name);
    const rotten = store.files.get(name);
    const report = await scrub({ store, key, from: [other] });
    if (parseTileName(name) && !name.startsWith('tile/entries/')) {
      assert.equal(report.ok, true, name);
      continue;
    }
    assert.equal(report.ok, false, name);
    assert.ok(wheres(report.unrepairable).includes(name));
    assert.equal(store.files.get(name), rotten);
    // Below the log and the map nothing else depends on it.
    if (name.startsWith('blob/')) assert.deepEqual([wheres(report.unrepairable), report.repaired], [[name], [beside]]);
  }
});

test('scrub puts a log together of which each store has lost another part', async () => {
  const store = copyOf(sealed);
  const other = copyOf(sealed);
  const entries = 'tile/entries/000.p/3';
  const hashes = 'tile/0/000.p/3';
  other.files.set(entries, flipped(other.files.get(entries)!));
  for (const name of [hashes, 'checkpoint']) other.files.delete(name);
  store.files.set(hashes, flipped(store.files.get(hashes)!));
  store.files.set(entries, flipped(store.files.get(entries)!));
  const third = copyOf(sealed);
  third.files.delete(hashes);
  const report = await scrub({ store, key, from: [other, third] });
  assert.deepEqual([report.ok, [...report.repaired].sort()], [true, [hashes, entries].sort()]);
  assertSame(store, sealed);
});

test('scrub chooses between entries without any tile it could trust', async () => {
  const store = new MemoryStore();
  const sealer = createSealer({ store, signer, site: 'sample' });
  for (let at = 0; at < 258; at++) await sealer.seal([page('/', `${at % 2}`)]);
  const whole = copyOf(store);
  const other = copyOf(store);
  for (const files of [store.files, other.files])
    for (const name of [...files.keys()]) if (/^tile\/[0-9]/.test(name)) files.delete(name);
  for (const [files, name] of [
    [store.files, 'tile/entries/000'],
    [other.files, 'tile/entries/001.p/2'],
  ] as const)
    files.set(name, Buffer.from(files.get(name)!).fill('x', 40, 41));
  const report = await scrub({ store, key, from: [other] });
  assert.equal(report.ok, true);
  assert.ok(report.repaired.includes('tile/entries/000'));
  assert.deepEqual((await verifyRelease({ store, key })).problems, []);
  for (const name of report.repaired)
    assert.deepEqual(Buffer.from(store.files.get(name)!), Buffer.from(whole.files.get(name)!));
});

test('scrub puts back the newest checkpoint of those it finds', async () => {
  const source = copyOf(sealed);
  await createSealer({ store: source, signer, site: 'sample' }).seal([page('/new.html', 'new')]);
  for (const from of [
    [sealed, source],
    [source, sealed],
  ]) {
    const store = new MemoryStore();
    const report = await scrub({ store, key, from });
    assert.deepEqual([report.ok, report.size], [true, 4]);
  }
});

test('scrub never puts back a checkpoint that may be older than the lost one', async () => {
  const old = copyOf(sealed);
  const store = copyOf(sealed);
  const sealer = createSealer({ store, signer, site: 'sample' });
  await sealer.seal([page('/new.html', 'new')]);
  const newest = (await sealer.state())?.log;
  store.files.delete('checkpoint');
  const before = new Map(store.files);
  const report = await scrub({ store, key, from: [old] });
  assert.deepEqual([report.ok, report.size, wheres(report.unrepairable)], [false, 0, ['checkpoint']]);
  assert.match(report.unrepairable[0]!.problem, /longer log/);
  assert.deepEqual(store.files, before);

  const empty = new MemoryStore();
  const remembered = await scrub({ store: empty, key, from: [old], lastSeen: newest });
  assert.deepEqual([remembered.ok, empty.files.size], [false, 0]);
  assert.match(remembered.unrepairable[0]!.problem, /4 was seen before/);

  const staged = copyOf(sealed);
  staged.files.set(pendingCheckpoint, staged.files.get('checkpoint')!);
  staged.files.delete('checkpoint');
  assert.match((await scrub({ store: staged, key, from: [old] })).unrepairable[0]!.problem, /waits in the store/);
});

test('scrub accepts no checkpoint of another key, and none over releases that are not whole', async () => {
  const strange = new MemoryStore();
  const other = signerOf(generateKey('PeterNeumann').skey);
  await createSealer({ store: strange, signer: other, site: 'sample' }).seal([page('/', 'false')]);
  const store = new MemoryStore();
  const report = await scrub({ store, key, from: [strange] });
  assert.deepEqual([report.ok, wheres(report.unrepairable), store.files.size], [false, ['checkpoint'], 0]);

  const lacking = copyOf(sealed);
  const lost = [...lacking.files.keys()].find((name) => name.startsWith('blob/'))!;
  lacking.files.delete(lost);
  const partly = await scrub({ store, key, from: [lacking] });
  assert.deepEqual(wheres(partly.unrepairable), [lost, 'checkpoint']);
  assert.equal(store.files.has('checkpoint'), false);
});

test('scrub tells a log that is not the one seen before', async () => {
  const lastSeen = { size: 2, root: 'ab'.repeat(32) };
  const forked = await scrub({ store: copyOf(sealed), key, lastSeen });
  assert.deepEqual([forked.ok, forked.unrepairable[0]?.code], [false, 'forked']);
  const rolled = await scrub({ store: copyOf(sealed), key, lastSeen: { ...lastSeen, size: 9 } });
  assert.deepEqual([rolled.ok, rolled.unrepairable[0]?.code], [false, 'rolled-back']);
});

test('scrub touches nothing it could not read', async () => {
  const store = copyOf(sealed);
  const name = [...store.files.keys()].find((one) => one.startsWith('blob/'))!;
  const broken: ReadStore['get'] = (asked) =>
    asked === name ? Promise.reject(new Error('the line is down')) : MemoryStore.prototype.get.call(store, asked);
  const before = new Map(store.files);
  const view = Object.assign(copyOf(store), { files: store.files, get: broken });
  const report = await scrub({ store: view, key, from: [sealed] });
  assert.deepEqual([report.ok, report.repaired, wheres(report.unrepairable)], [false, [], [name]]);
  assert.match(report.unrepairable[0]!.problem, /the line is down; not touched/);
  assert.deepEqual(store.files, before);
  // The other way round it is one store less to ask.
  store.files.delete(name);
  const helped = await scrub({ store, key, from: [{ get: broken }, sealed] });
  assert.deepEqual([helped.ok, helped.repaired], [true, [name]]);
});

test('scrub calls nothing repaired that the store does not keep', async () => {
  const store = copyOf(sealed);
  const name = [...store.files.keys()].find((one) => one.startsWith('blob/'))!;
  store.files.delete(name);
  const forgetful = Object.assign(store, { put: () => Promise.resolve() });
  const report = await scrub({ store: forgetful, key, from: [sealed] });
  assert.deepEqual([report.ok, report.repaired], [false, []]);
  assert.match(report.unrepairable[0]!.problem, /does not keep/);
});

test('scrub ends with what the store throws when it is written', async () => {
  const store = copyOf(sealed);
  for (const name of [...store.files.keys()]) if (name.startsWith('map/')) store.files.delete(name);
  const full = Object.assign(store, { put: () => Promise.reject(new Error('disk full')) });
  await assert.rejects(scrub({ store: full, key, from: [sealed] }), /disk full/);
});

test(
  'scrub repairs a bucket from a folder of bytes',
  { skip: 'reason' in server ? server.reason : false },
  async () => {
    assert.ok('options' in server);
    const store = new S3Store({ ...server.options, prefix: 'scrub' });
    const filled = await scrub({ store, key, from: [sealed] });
    assert.equal(filled.ok, true);
    const blob = [...sealed.files.keys()].find((one) => one.startsWith('blob/'))!;
    await store.replace([blob, Buffer.from('rotten')]);
    const gone = blobName({ hash: hashOf(Buffer.from('<p>1</p>\n'.repeat(30))) });
    await store.remove([gone]);
    const report = await scrub({ store, key, from: [sealed] });
    assert.deepEqual([report.ok, [...report.repaired].sort()], [true, [blob, gone].sort()]);
    assert.deepEqual((await verifyRelease({ store, key })).problems, []);
  },
);

test(
  'scrub repairs a folder from a bucket that is its mirror',
  { skip: 'reason' in server ? server.reason : false },
  async () => {
    assert.ok('options' in server);
    const folder = mkdtempSync(join(tmpdir(), 'chengmen-scrub-'));
    const store = new DirectoryStore(folder);
    const bucket = new S3Store({ ...server.options, prefix: 'scrub-mirror' });
    try {
      await createMirror({ from: storeSource(sealed), to: store, key }).pull();
      await createMirror({ from: storeSource(store), to: bucket, key }).pull();
      const names = [...sealed.files.keys()].filter((name) => /^(?:blob|map)/.test(name)).slice(0, 9);
      for (const name of names) await store.replace([name, flipped(sealed.files.get(name)!)]);
      assert.equal((await verifyRelease({ store, key })).ok, false);
      const report = await scrub({ store, key, from: [bucket] });
      assert.deepEqual([report.ok, [...report.repaired].sort()], [true, names.sort()]);
      assert.deepEqual((await verifyRelease({ store, key })).problems, []);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
