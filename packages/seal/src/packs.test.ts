import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { hashOf, packKey, packName } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import fc from 'fast-check';
import { DirectoryStore, type StoredFile } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-packs-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = (): string => join(root, `${++folders}`);

const blob = (text: string): StoredFile => {
  const bytes = Buffer.from(text);
  const hash = hashOf(bytes);
  return [`blob/${hash.slice(0, 2)}/${hash}`, bytes];
};
const blobs = (from: number, to: number): StoredFile[] =>
  Array.from({ length: to - from }, (_, at) => blob(`page ${from + at} ${'·'.repeat(at % 40)}`));

async function assertHolds(
  store: { get(name: string): Promise<Uint8Array | undefined> },
  files: readonly StoredFile[],
) {
  for (const [name, bytes] of files) assert.deepEqual(await store.get(name).then((one) => one && [...one]), [...bytes]);
}

async function namesOf(store: { list(prefix: string): AsyncIterable<string> }, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names.sort();
}

const packsOf = (folder: string): string[] => readdirSync(join(folder, 'pack')).sort();
const lastPack = (folder: string): string =>
  join(folder, 'pack', packsOf(folder).findLast((name) => name.endsWith('.pack')) ?? assert.fail('no pack'));

test('a key stands for one name, and only names of releases have one', () => {
  const hash = hashOf(Buffer.from('a'));
  for (const name of [
    `blob/${hash.slice(0, 2)}/${hash}`,
    `blob/${hash.slice(0, 2)}/${hash}.gz`,
    `blob/${hash.slice(0, 2)}/${hash}.br`,
    `map/${hash.slice(0, 2)}/${hash}`,
    'tile/0/000',
    'tile/entries/x001/x234/067.p/255',
    'pending/checkpoint',
  ])
    assert.equal(packName(packKey(name) ?? assert.fail(name)), name);
  for (const name of [
    'checkpoint',
    `map/${hash.slice(0, 2)}/${hash}.gz`,
    `blob/zz/${hash}`,
    'tile/',
    'pack/x',
    '../tile/0',
  ])
    assert.equal(packKey(name), undefined, name);
});

test('many packs and their indexes hold every name, for the writer and for a reader that was there before', async () => {
  const folder = newFolder();
  const reader = folderStore(folder);
  assert.equal(await reader.get('tile/0/000'), undefined);
  const store = new DirectoryStore(folder, { packSize: 10_000 });
  const files = blobs(0, 3000);
  for (let at = 0; at < files.length; at += 70) await store.put(files.slice(at, at + 70));
  await store.sync();
  assert.ok(packsOf(folder).filter((name) => name.endsWith('.pack')).length > 10);
  await assertHolds(store, files);
  await assertHolds(reader, files);
  assert.deepEqual(await namesOf(reader), files.map(([name]) => name).sort());
  assert.equal(await reader.get(blob('never')[0]), undefined);
  await store.close();
  // Joined as they grow: their number is that of the doublings, not of the packs.
  assert.ok(packsOf(folder).filter((name) => name.endsWith('.index')).length < 8);
  await assertHolds(new DirectoryStore(folder), files);
});

test('indexes made on a thread beside the writing hold every name; what is not in the file yet is there for its writer', async () => {
  const folder = newFolder();
  const store = new DirectoryStore(folder, { packSize: 200_000 });
  const files = blobs(0, 9000);
  for (let at = 0; at < files.length; at += 300) await store.put(files.slice(at, at + 300));
  const late = blob('late');
  await store.put([late]);
  await assertHolds(store, [late]);
  assert.ok(await store.has(late[0]));
  assert.ok((await namesOf(store)).includes(late[0]));
  await store.close();
  const indexes = packsOf(folder).filter((name) => name.endsWith('.index'));
  assert.ok(indexes.length > 0 && indexes.length < 4, indexes.join());
  // Every pack is in the range of an index.
  const reader = folderStore(folder);
  await assertHolds(reader, [...files.filter((_, at) => at % 50 === 0), late]);
  assert.deepEqual(await namesOf(reader), [...files, late].map(([name]) => name).sort());
});

test('what was written last under a name counts, across packs and indexes', async () => {
  const change = fc.record({ at: fc.nat(12), value: fc.option(fc.nat(3)), turn: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 40 }), async (changes) => {
      const folder = newFolder();
      let store = new DirectoryStore(folder, { packSize: 300 });
      const reader = folderStore(folder);
      const expected = new Map<string, string>();
      for (const { at, value, turn } of changes) {
        const name = `pending/${at}`;
        if (value === null) {
          await store.remove([name]);
          expected.delete(name);
        } else {
          await store.replace([name, Buffer.from(`${value}`)]);
          expected.set(name, `${value}`);
        }
        if (turn) {
          store = new DirectoryStore(folder, { packSize: 300 });
          await store.takeTurn();
        }
      }
      for (const one of [store, reader, folderStore(folder)]) {
        assert.deepEqual(await namesOf(one), [...expected.keys()].sort());
        for (const [name, value] of expected)
          assert.equal(Buffer.from((await one.get(name)) ?? []).toString(), value, name);
      }
    }),
    { numRuns: 40 },
  );
});

test('a record that was torn off is as if never written; the next writer goes on in a pack of its own', async () => {
  const files = blobs(0, 20);
  for (const cut of [1, 40, 48, 60]) {
    const folder = newFolder();
    const torn = new DirectoryStore(folder);
    await torn.put(files);
    await torn.sync();
    const pack = lastPack(folder);
    truncateSync(pack, readFileSync(pack).length - cut);
    const next = new DirectoryStore(folder);
    await next.takeTurn();
    const [last = assert.fail(), ...rest] = files.toReversed();
    if (cut < 60) await assertHolds(next, rest.slice(1));
    assert.equal(await next.get(last[0]), undefined);
    await next.put(files);
    await next.sync();
    await assertHolds(next, files);
    await assertHolds(folderStore(folder), files);
    assert.notEqual(lastPack(folder), pack);
  }
});

test('a record whose bytes are not those it was written with is left out when its pack is taken over', async () => {
  const folder = newFolder();
  const files = blobs(0, 5);
  const store = new DirectoryStore(folder);
  await store.put(files);
  await store.sync();
  const pack = lastPack(folder);
  const bytes = readFileSync(pack);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(pack, bytes);
  const next = new DirectoryStore(folder);
  await next.takeTurn();
  await assertHolds(next, files.slice(0, 4));
  assert.equal(await next.get(files[4]![0]), undefined);
});

test('an index inside the range of a wider one, left by whoever was killed in between, goes with the next turn', async () => {
  const folder = newFolder();
  const store = new DirectoryStore(folder, { packSize: 400 });
  const files = blobs(0, 40);
  for (let at = 0; at < files.length; at += 10) await store.put(files.slice(at, at + 10));
  await store.close();
  const wider = packsOf(folder).find((name) => name.endsWith('.index')) ?? assert.fail('no index');
  const left = `${wider.slice(0, 8)}-${wider.slice(0, 8)}.index`;
  assert.notEqual(left, wider);
  writeFileSync(join(folder, 'pack', left), readFileSync(join(folder, 'pack', wider)));
  await store.takeTurn();
  assert.ok(!packsOf(folder).includes(left));
  await assertHolds(store, files);
  await assertHolds(folderStore(folder), files);
});

test('rubbish in the folder of packs hides nothing', async () => {
  const folder = newFolder();
  const store = new DirectoryStore(folder, { packSize: 200 });
  const files = blobs(0, 12);
  for (const file of files) await store.put([file]);
  await store.close();
  const at = (name: string): string => join(folder, 'pack', name);
  writeFileSync(at('00000900-00000901.index'), 'CMINDEX1 no index');
  writeFileSync(at('notes.txt'), 'hello');
  writeFileSync(at('00000902.pack'), 'no record');
  appendFileSync(lastPack(folder), 'more');
  await assertHolds(folderStore(folder), files);
  await assertHolds(new DirectoryStore(folder), files);
  // An index that is gone or broken is made from its packs again.
  for (const name of packsOf(folder).filter((one) => one.endsWith('.index'))) writeFileSync(at(name), 'x');
  await assertHolds(folderStore(folder), files);
});

test('two stores that write in turn lose nothing of each other', async () => {
  const folder = newFolder();
  const [one, two] = [new DirectoryStore(folder), new DirectoryStore(folder)];
  const files = blobs(0, 40);
  for (const [at, file] of files.entries()) {
    const store = at % 2 === 0 ? one : two;
    await store.takeTurn();
    await store.put([file]);
    await store.replace(['checkpoint', Buffer.from(`${at}`)]);
  }
  await assertHolds(one, files);
  await assertHolds(two, files);
  await assertHolds(folderStore(folder), files);
});

test('doubt: packs and indexes that were altered and put back are read again by a reader that had them open', async () => {
  const folder = newFolder();
  const files = blobs(0, 40);
  const store = new DirectoryStore(folder);
  await store.put(files.slice(0, 20));
  await store.close();
  await store.put(files.slice(20));
  await store.sync();
  const good = new Map(packsOf(folder).map((name) => [name, readFileSync(join(folder, 'pack', name))]));
  for (const name of good.keys()) {
    const reader = folderStore(folder);
    const bytes = good.get(name) ?? assert.fail(name);
    // An index in another order, a pack whose records stand somewhere else.
    writeFileSync(join(folder, 'pack', name), Buffer.concat([bytes.subarray(0, 60), bytes.subarray(200)]));
    for (const [one] of files) await reader.get(one);
    writeFileSync(join(folder, 'pack', name), bytes);
    await reader.doubt?.();
    await assertHolds(reader, files);
  }
  await store.close();
});

test('compact gives back the room of what was removed, and others write, remove and read meanwhile', async () => {
  const folder = newFolder();
  const store = new DirectoryStore(folder, { packSize: 4000 });
  const all = blobs(0, 1500);
  for (let at = 0; at < all.length; at += 30) await store.put(all.slice(at, at + 30));
  await store.sync();
  const gone = new Set(all.filter((_, at) => at % 3 !== 0));
  await store.remove([...gone].map(([name]) => name));
  await store.sync();
  const reader = folderStore(folder);
  await reader.get(all[0]?.[0] ?? '');
  const bytes = (): number => packsOf(folder).reduce((sum, name) => sum + statSync(join(folder, 'pack', name)).size, 0);
  const before = bytes();
  let compacting = true;
  const compacted = store.compact({ share: 1 }).finally(() => (compacting = false));
  const kept = all.filter((one) => !gone.has(one));
  const fresh: StoredFile[] = [];
  for (let at = 0; compacting; at++) {
    // From the end: it has not been copied yet.
    const taken = kept.length > 20 ? kept.splice(-2) : [];
    await store.remove(taken.map(([name]) => name));
    for (const one of taken) gone.add(one);
    const one = blob(`fresh ${at}`);
    await store.put([one]);
    fresh.push(one);
    await assertHolds(reader, kept.slice(0, 3));
  }
  const { packs, freed } = await compacted;
  assert.ok(packs > 3 && freed > before / 4, `${packs} packs, ${freed} of ${before} bytes`);
  await store.sync();
  for (const looked of [store, reader, folderStore(folder)]) {
    await assertHolds(looked, [...kept, ...fresh]);
    for (const [name] of gone) assert.equal(await looked.get(name), undefined);
  }
  assert.deepEqual(await namesOf(folderStore(folder), 'blob/'), [...kept, ...fresh].map(([name]) => name).sort());
  await store.close();
  // The records say the same without the indexes, but for what was taken away before.
  for (const name of packsOf(folder)) if (name.endsWith('.index')) rmSync(join(folder, 'pack', name));
  await assertHolds(folderStore(folder), [...kept, ...fresh]);
});
