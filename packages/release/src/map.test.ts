import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decodeEntry,
  decodePage,
  emptyHash,
  emptyMap,
  encodeEntry,
  hashOf,
  lookup,
  mapPageName,
  pageReader,
  proveInMap,
  updateMap,
  verifyMapProof,
  walkLeaves,
  walkPages,
  type Entry,
  type MapRef,
} from './index.ts';

const entryFor = (text: string): Entry => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  hash: hashOf(Buffer.from(text)),
  size: text.length,
  provenance: hashOf(Buffer.from(`from ${text}`)),
});

/** A map with its pages, updated in place. */
function mapInMemory(): {
  files: Map<string, Uint8Array>;
  root: () => MapRef;
  read: ReturnType<typeof pageReader>;
  update(changes: Iterable<readonly [string, Entry | null]>): Promise<number>;
} {
  const files = new Map<string, Uint8Array>();
  let root = emptyMap;
  const read = pageReader({ get: (name) => Promise.resolve(files.get(name)) });
  return {
    files,
    root: () => root,
    read,
    async update(changes) {
      const updated = await updateMap(read, root, changes);
      for (const [name, bytes] of updated.pages) files.set(name, bytes);
      root = updated.root;
      return updated.pages.size;
    },
  };
}

const pathOf = (index: number): string => `/news/2026/${index}.html`;

test('updateMap: after any updates in any order the root is that of a map built from nothing', async () => {
  const change = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.option(fc.integer({ min: 0, max: 3 })));
  const batches = fc.array(fc.array(change, { maxLength: 90 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const grown = mapInMemory();
      const contents = new Map<string, Entry>();
      for (const batch of all) {
        const changes = batch.map(
          ([index, text]) => [pathOf(index), text === null ? null : entryFor(`${text}`)] as const,
        );
        await grown.update(changes);
        for (const [path, entry] of changes) {
          if (entry) contents.set(path, entry);
          else contents.delete(path);
        }
      }
      const built = mapInMemory();
      await built.update([...contents].reverse());
      assert.deepEqual(grown.root(), built.root());
      // Not only the root: each page of the one is a page of the other, byte for byte.
      for await (const { ref } of walkPages(grown.read, grown.root()))
        assert.deepEqual(grown.files.get(mapPageName(ref.hash)), built.files.get(mapPageName(ref.hash)));
      let count = 0;
      for await (const leaf of walkLeaves(grown.read, grown.root())) {
        assert.deepEqual(decodeEntry(leaf.text), contents.get(leaf.path));
        count++;
      }
      assert.equal(count, contents.size);
    }),
    { numRuns: 40 },
  );
});

test('updateMap emits no page that the new map does not hold', async () => {
  const map = mapInMemory();
  await map.update(Array.from({ length: 200 }, (_, index) => [pathOf(index), entryFor('a')] as const));
  const before = new Set(map.files.keys());
  await map.update(Array.from({ length: 180 }, (_, index) => [pathOf(index), null] as const));
  const held = new Set<string>();
  for await (const { ref } of walkPages(map.read, map.root())) held.add(mapPageName(ref.hash));
  assert.deepEqual(
    [...map.files.keys()].filter((name) => !before.has(name) && !held.has(name)),
    [],
  );
});

test('updateMap: hands pages over as they are made, and none that the new map does not hold', async () => {
  const files = new Map<string, Uint8Array>();
  const read = pageReader({ get: (name) => Promise.resolve(files.get(name)) });
  let most = 0;
  let breaths = 0;
  const handing = {
    handOver: (pages: ReadonlyMap<string, Buffer>) => {
      most = Math.max(most, pages.size);
      for (const [name, bytes] of pages) files.set(name, bytes);
      return Promise.resolve();
    },
    breathe: () => {
      breaths++;
      return Promise.resolve();
    },
  };
  let root = emptyMap;
  const update = async (from: number, to: number, entry: Entry | null): Promise<void> => {
    const changes = Array.from({ length: to - from }, (_, at) => [pathOf(from + at), entry] as const);
    const updated = await updateMap(read, root, changes, handing);
    await handing.handOver(updated.pages);
    root = updated.root;
  };
  await update(0, 20_000, entryFor('a'));
  const before = new Set(files.keys());
  await update(40, 19_000, null);
  const plain = mapInMemory();
  await plain.update(
    [...Array(20_000).keys()].flatMap((at) => (at < 40 || at >= 19_000 ? [[pathOf(at), entryFor('a')]] : [])),
  );
  assert.deepEqual(root, plain.root());
  const held = new Set<string>();
  for await (const { ref } of walkPages(read, root)) held.add(mapPageName(ref.hash));
  assert.deepEqual(
    [...files.keys()].filter((name) => !before.has(name) && !held.has(name)),
    [],
  );
  assert.ok(most < 600, `${most} pages at once`);
  assert.ok(breaths > 60, `${breaths} breaths`);
});

test('updateMap of one path among 20 000 writes as many pages as the map is deep', async () => {
  const map = mapInMemory();
  await map.update(Array.from({ length: 20_000 }, (_, index) => [pathOf(index), entryFor('a')] as const));
  assert.ok((await map.update([[pathOf(7), entryFor('b')]])) <= 5);
  assert.deepEqual(await lookup(map.read, map.root(), pathOf(7)), entryFor('b'));
  assert.equal(await lookup(map.read, map.root(), '/none'), undefined);
});

test('updateMap refuses paths and entries that are not well formed', async () => {
  const map = mapInMemory();
  for (const path of [
    '',
    'a',
    '//a',
    '/a/../b',
    '/a b',
    '/a?b',
    '/新',
    '/.well-known/chengmen/checkpoint',
    '/a/./b',
    '/..',
  ])
    await assert.rejects(map.update([[path, entryFor('a')]]), { code: 'invalid' }, path);
  const wrong = [
    { ...entryFor('a'), status: 500 },
    { ...entryFor('a'), type: 'text/html\r\nx: y' },
    { ...entryFor('a'), size: -1 },
    { ...entryFor('a'), more: 1 },
    { ...entryFor('a'), location: '/b' },
    { ...entryFor('a'), status: 301, location: '//evil.example/' },
    { ...entryFor('a'), status: 301 },
  ] as Entry[];
  for (const entry of wrong)
    await assert.rejects(map.update([['/a', entry]]), { code: 'invalid' }, JSON.stringify(entry));
});

test('decodeEntry accepts the canonical text alone', () => {
  const text = encodeEntry(entryFor('a'));
  assert.deepEqual(decodeEntry(text), entryFor('a'));
  for (const other of [`${text} `, text.replace('{', '{ '), text.replace('"size":1', '"size":1.0'), '{}', '', 'null'])
    assert.throws(() => decodeEntry(other), { code: 'damaged' }, other);
});

test('decodePage refuses every page with one byte changed, added or left out', async () => {
  const map = mapInMemory();
  await map.update(Array.from({ length: 40 }, (_, index) => [pathOf(index), entryFor('a')] as const));
  for await (const { prefix, ref } of walkPages(map.read, map.root())) {
    const bytes = map.files.get(mapPageName(ref.hash))!;
    assert.doesNotThrow(() => decodePage(bytes, prefix, ref, 'page'));
    for (const at of bytes.keys()) {
      const touched = Buffer.from(bytes);
      touched[at]! ^= 1 << (at % 8);
      assert.throws(() => decodePage(touched, prefix, ref, 'page'), { code: 'damaged', where: 'page' }, `bit at ${at}`);
    }
    assert.throws(() => decodePage(Buffer.concat([bytes, Buffer.from('\n')]), prefix, ref, 'page'), {
      code: 'damaged',
    });
    assert.throws(() => decodePage(bytes.subarray(0, -1), prefix, ref, 'page'), { code: 'damaged' });
  }
});

test('verifyMapProof accepts inclusion and absence proofs for their root, and no others', async () => {
  for (const size of [0, 1, 2, 33, 700]) {
    const map = mapInMemory();
    await map.update(Array.from({ length: size }, (_, index) => [pathOf(index), entryFor('a')] as const));
    const root = map.root().hash;
    const other = entryFor('forged');
    for (let index = 0; index < Math.min(size, 60); index++) {
      const proof = await proveInMap(map.read, map.root(), pathOf(index));
      assert.deepEqual(proof.entry, entryFor('a'));
      assert.ok(verifyMapProof(root, proof));
      assert.ok(!verifyMapProof(root, { ...proof, entry: other }));
      assert.ok(!verifyMapProof(root, { ...proof, path: '/other' }));
      assert.ok(!verifyMapProof(emptyHash, proof));
      assert.ok(
        !verifyMapProof(root, { path: proof.path, siblings: proof.siblings }),
        'a path that is there cannot be shown absent',
      );
    }
    for (let index = 0; index < 60; index++) {
      const path = `/absent/${index}`;
      const proof = await proveInMap(map.read, map.root(), path);
      assert.equal(proof.entry, undefined);
      assert.ok(verifyMapProof(root, proof), `${path} of ${size}`);
      assert.ok(!verifyMapProof(root, { ...proof, entry: other }));
    }
  }
});

test('updateMap: pages handed over on the way are those it would have given at the end', async () => {
  const paths = Array.from({ length: 20_000 }, (_, index) => pathOf(index));
  const map = mapInMemory();
  await map.update(paths.map((path) => [path, entryFor(path)]));
  const changes = paths.map((path, index) => [path, index % 7 === 0 ? null : entryFor(`${path} again`)] as const);
  const inOne = await updateMap(map.read, map.root(), changes);
  const handed = new Map<string, Buffer>();
  let most = 0;
  const rest = await updateMap(map.read, map.root(), changes, {
    handOver: (pages) => {
      most = Math.max(most, pages.size);
      for (const [name, bytes] of pages) handed.set(name, bytes);
      return Promise.resolve();
    },
  });
  assert.deepEqual(rest.root, inOne.root);
  assert.ok(handed.size > 0 && Math.max(most, rest.pages.size) < inOne.pages.size / 2);
  const both = new Map([...handed, ...rest.pages]);
  assert.equal(both.size, handed.size + rest.pages.size);
  assert.deepEqual([...both].sort(), [...inOne.pages].sort());
});
