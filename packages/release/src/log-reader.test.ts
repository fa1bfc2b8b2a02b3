import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendEntry,
  consistencyProof,
  decodeEntries,
  emptyLogRoot,
  encodeEntries,
  inclusionProof,
  openLog,
  parseTileName,
  recordHash,
  rightEdge,
  tileName,
  treeHash,
  verifyConsistency,
  verifyInclusion,
  type LogHead,
} from './index.ts';

async function logOf(size: number): Promise<{ files: Map<string, Uint8Array>; heads: LogHead[]; leaves: string[] }> {
  const files = new Map<string, Uint8Array>();
  const store = { get: (name: string) => Promise.resolve(files.get(name)) };
  const heads: LogHead[] = [{ size: 0, root: emptyLogRoot }];
  const leaves: string[] = [];
  for (let index = 0; index < size; index++) {
    const entry = Buffer.from(`entry ${index}\n`);
    leaves.push(recordHash(entry));
    const appended = await appendEntry(openLog(store, heads[index]!), entry);
    for (const [name, bytes] of appended.files) files.set(name, bytes);
    heads.push(appended.head);
  }
  return { files, heads, leaves };
}

test('tileName writes the names of the specification, and parseTileName reads no other', () => {
  const names = [
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 'entries', index: 0, width: 1 }, 'tile/entries/000.p/1'],
    [{ level: 2, index: 999, width: 255 }, 'tile/2/999.p/255'],
    [{ level: 63, index: 1000, width: 256 }, 'tile/63/x001/000'],
  ] as const;
  for (const [tile, name] of names) {
    assert.equal(tileName(tile), name);
    assert.deepEqual(parseTileName(name), tile);
  }
  for (const wrong of [
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/1',
    'tile/0/000.p/01',
  ])
    assert.equal(parseTileName(wrong), undefined, wrong);
});

test('rightEdge gives the last tiles of the specification’s examples', () => {
  assert.deepEqual(rightEdge(70_000).map(tileName), ['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
  assert.deepEqual(rightEdge(256).map(tileName), ['tile/0/000', 'tile/1/000.p/1']);
  assert.deepEqual(rightEdge(0), []);
});

test('decodeEntries undoes encodeEntries and refuses a bundle that breaks off', () => {
  const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.from('c'.repeat(300))];
  assert.deepEqual(decodeEntries(encodeEntries(entries), 'x').map(String), entries.map(String));
  assert.throws(() => decodeEntries(encodeEntries(entries).subarray(0, -1), 'x'), { code: 'damaged', where: 'x' });
});

test('appendEntry and openLog: roots, entries and proofs of a log of 530 entries are those of RFC 6962', async () => {
  const { files, heads, leaves } = await logOf(530);
  const store = { get: (name: string) => Promise.resolve(files.get(name)) };
  for (const [size, head] of heads.entries()) assert.equal(head.root, treeHash(leaves, 0, size), `root at ${size}`);
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 530]) {
    const head = heads[size]!;
    const log = openLog(store, head);
    for (const index of new Set([0, size >> 1, size - 1])) {
      assert.equal(recordHash(await log.entry(index)), leaves[index]);
      assert.ok(verifyInclusion(head, index, leaves[index]!, await inclusionProof(log.hash, index, size)));
    }
    for (const old of new Set([0, 1, size >> 1, size - 1, size])) {
      assert.equal(await log.rootAt(old), heads[old]!.root);
      assert.ok(verifyConsistency(heads[old]!, head, await consistencyProof(log.hash, old, size)));
    }
  }
});

test('openLog trusts no tile: one changed bit in any file it reads is refused by name', async () => {
  const { files, heads } = await logOf(515);
  const head = heads.at(-1)!;
  for (const [name, bytes] of files) {
    const tile = parseTileName(name)!;
    const widest =
      tile.index * 256 + tile.width === (tile.level === 1 ? 2 : 515) || (tile.width === 256 && tile.level !== 1);
    if (!widest) continue;
    const touched = Buffer.from(bytes);
    touched[touched.length >> 1]! ^= 4;
    const store = { get: (one: string) => Promise.resolve(one === name ? touched : files.get(one)) };
    const log = openLog(store, head);
    const readAll = async (): Promise<void> => {
      for (let index = 0; index < 3; index++) await log.entries(index);
      await log.tile(1, 0);
    };
    await assert.rejects(
      readAll(),
      (error: Error & { code: string; where: string }) => error.code === 'damaged' && error.where.includes(name),
      name,
    );
  }
});

test('openLog does not trust a last tile because it is full', async () => {
  const { files, heads } = await logOf(256);
  const touched = Buffer.from(files.get('tile/0/000') ?? []);
  touched[40]! ^= 1;
  files.set('tile/0/000', touched);
  const log = openLog({ get: (name) => Promise.resolve(files.get(name)) }, heads[256]!);
  await assert.rejects(log.tile(0, 0), { code: 'damaged', where: 'tile/0/000' });
});
