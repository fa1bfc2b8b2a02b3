import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ChengmenError, sha256 } from '@chengmen/model';
import { openByteStore } from './byte-store.ts';

test('openByteStore: bytes come back as they were put, by their hash; a changed file is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-bytes-'));
  const store = openByteStore(folder);
  const bytes = Buffer.from('走进临江');
  const hash = await store.put(bytes);
  assert.equal(hash, sha256(bytes));
  assert.equal(await store.put(bytes), hash, 'putting it twice is putting it once');
  assert.deepEqual(Buffer.from((await store.get(hash)) ?? []), bytes);
  assert.equal(await store.get('0'.repeat(64)), undefined);
  assert.equal(store.getSync('0'.repeat(64)), undefined);
  writeFileSync(join(folder, hash.slice(0, 2), hash), '走进别处');
  const damaged = (error: unknown): boolean => error instanceof ChengmenError && error.code === 'data-damaged';
  await assert.rejects(store.get(hash), damaged);
  assert.throws(() => store.getSync(hash), damaged);
});
