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
  await sealer.seal([
    page('/list/', '<a href="https://sample.example/withdrawn/0003.html">题</a>'),
    page('/note.html', '<a href="/withdrawn/0119.html">题</a>'),
    page('/stays.html', '<a href="/withdrawn/0119.htm">不是它</a>'),
    ...['same', 'changed', 'returning', 'withdrawn'].flatMap((sort) =>
      paths(sort, counts[sort as keyof typeof counts]).map((path) => page(path, 'then')),
    ),
  ]);
  await sealer.seal([
    ...['/list/', '/note.html', '/stays.html'].map((path) => page(path, '')),
    ...paths('changed', counts.changed).map((path) => page(path, 'now')),
    ...paths('lost', counts.lost).map((path) => page(path, 'now')),
    ...paths('returning', counts.returning).map((path) => ({ path, entry: null })),
    ...paths('withdrawn', counts.withdrawn).map((path) => page(path, 'gone', 410)),
  ]);
  const options = { store, key: vkey, times: () => Promise.resolve(new Map()), notes: () => Promise.resolve([]) };
  const look = (await lookBack(options, 1)) ?? assert.fail();
  assert.deepEqual([look.changed.count, look.changed.some], [counts.changed + 3, paths('changed', 100)]);
  for (const sort of ['lost', 'returning', 'withdrawn'] as const)
    assert.deepEqual(look[sort], { count: counts[sort], some: paths(sort, Math.min(100, counts[sort])) }, sort);
  assert.deepEqual(look.naming, { count: 2, some: ['/list/', '/note.html'], unread: 0 });
  assert.equal(look.serves, 2);
});
