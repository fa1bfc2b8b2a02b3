import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSealer, generateKey, MemoryStore, signerOf, type Change } from '@chengmen/seal';
import { lookBack } from './look-back.ts';

const { skey, vkey } = generateKey('sample.example');

test('lookBack: all that differs is counted, by sort, and of each sort the first addresses are told', async () => {
  const store = new MemoryStore();
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample', compress: false });
  const page = (path: string, text: string, status: 200 | 410 = 200): Change => ({
    path,
    entry: { status, type: 'text/html', body: Buffer.from(text), provenance: Buffer.from('{}') },
  });
  const paths = (sort: string, count: number): string[] =>
    Array.from({ length: count }, (_, at) => `/${sort}/${String(at).padStart(4, '0')}.html`);
  const counts = { same: 700, changed: 900, lost: 450, returning: 3, withdrawn: 120 };
  await sealer.seal(
    ['same', 'changed', 'returning', 'withdrawn'].flatMap((sort) =>
      paths(sort, counts[sort as keyof typeof counts]).map((path) => page(path, 'then')),
    ),
  );
  await sealer.seal([
    ...paths('changed', counts.changed).map((path) => page(path, 'now')),
    ...paths('lost', counts.lost).map((path) => page(path, 'now')),
    ...paths('returning', counts.returning).map((path) => ({ path, entry: null })),
    ...paths('withdrawn', counts.withdrawn).map((path) => page(path, 'gone', 410)),
  ]);
  const options = { store, key: vkey, times: () => Promise.resolve(new Map()), notes: () => Promise.resolve([]) };
  const look = (await lookBack(options, 1)) ?? assert.fail();
  for (const sort of ['changed', 'lost', 'returning', 'withdrawn'] as const)
    assert.deepEqual(look[sort], { count: counts[sort], some: paths(sort, Math.min(100, counts[sort])) }, sort);
  assert.equal(look.serves, 2);
});
