import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobName, hashOf } from '@chengmen/release';
import { verifiedReader } from './verified-reader.ts';

const body = Buffer.alloc(100_000, 7);
const piece = { hash: hashOf(body), size: body.length };

/** A store of one file, which counts how often it is read. */
function countingStore(bytes: Uint8Array) {
  let reads = 0;
  const store = {
    get: async (name: string) => {
      await Promise.resolve();
      reads++;
      return name === blobName(piece) ? Uint8Array.from(bytes) : undefined;
    },
    async *list() {
      yield* await Promise.resolve([]);
    },
  };
  return { store, reads: () => reads };
}

test('verifiedReader: what is too large to be kept is one copy for all who hold it', async () => {
  const { store, reads } = countingStore(body);
  const reader = verifiedReader(store, 1000);
  const [one, two] = await Promise.all([reader.piece(piece), reader.piece(piece)]);
  const three = await reader.piece(piece);
  assert.ok(one.buffer === two.buffer && two.buffer === three.buffer);
  assert.deepEqual(Buffer.from(three), body);
  assert.equal(reads(), 1);
  assert.equal(reader.size(), 0);
});

test('verifiedReader: bytes that do not hash right reach nobody, and are read anew', async () => {
  const { store, reads } = countingStore(Buffer.alloc(100_000, 8));
  const reader = verifiedReader(store, 1000);
  const damaged = await Promise.allSettled([reader.piece(piece), reader.piece(piece)]);
  assert.ok(damaged.every(({ status }) => status === 'rejected'));
  await assert.rejects(reader.piece(piece), { code: 'damaged' });
  assert.equal(reads(), 2);
});

test('verifiedReader: what is kept keeps no memory but its own', async () => {
  const small = Buffer.from('a page');
  const piece = { hash: hashOf(small), size: small.length };
  // As a store reads it: cut from a stretch that others were cut from.
  const stretch = Buffer.concat([Buffer.alloc(8000), small]);
  const { store } = countingStore(body);
  const get = (): Promise<Uint8Array> => Promise.resolve(stretch.subarray(8000));
  const reader = verifiedReader({ ...store, get }, 1_000_000);
  const kept = await reader.piece(piece);
  assert.deepEqual(Buffer.from(kept), small);
  assert.equal(kept.buffer.byteLength, small.length);
  assert.ok(reader.size() > small.length, 'and it counts more than its bytes');
});
