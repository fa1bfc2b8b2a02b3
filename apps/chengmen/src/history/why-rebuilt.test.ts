import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHead } from '@chengmen/release';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { whyRebuilt, type WhyRebuilt } from './why-rebuilt.ts';

const { skey, vkey } = generateKey('sample.example');
const path = '/news/a.html';

function city() {
  const store = new MemoryStore();
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample' });
  return {
    seal: (body: string | null, theme = 't1', reads: Record<string, string> = {}) =>
      sealer.seal([
        {
          path,
          entry:
            body === null
              ? null
              : {
                  status: 200,
                  type: 'text/html; charset=utf-8',
                  body: Buffer.from(body),
                  provenance: Buffer.from(
                    JSON.stringify({ target: 'item:a', theme, reads: Object.entries(reads), revisions: [] }),
                  ),
                },
        },
        // So that there is a release even where the page stays as it is.
        { path: '/other.html', entry: null },
      ]),
    why: async (of = path): Promise<WhyRebuilt | undefined> =>
      whyRebuilt(store, (await readHead(store, { key: vkey })).log, of),
  };
}

test('whyRebuilt: a page that first appears, whose reads change, whose templates change, that is taken away', async () => {
  const { seal, why } = city();
  await seal('one', 't1', { 'item:a': '11', 'site:': '22', 'neighbours:a': '33' });
  assert.deepEqual(await why(), {
    path,
    release: 1,
    cause: 'first',
    target: 'item:a',
    theme: null,
    reads: [],
    bytesChanged: true,
  });
  await seal('two', 't1', { 'item:a': '12', 'site:': '22', 'related:a': '44' });
  assert.deepEqual(await why(), {
    path,
    release: 2,
    cause: 'read',
    target: 'item:a',
    theme: null,
    reads: [
      { read: 'item:a', before: '11', after: '12' },
      { read: 'neighbours:a', before: '33', after: null },
      { read: 'related:a', before: null, after: '44' },
    ],
    bytesChanged: true,
  });
  await seal('two', 't2', { 'item:a': '12', 'site:': '22', 'related:a': '44' });
  const theme = await why();
  assert.deepEqual([theme?.cause, theme?.theme, theme?.bytesChanged], ['theme', { before: 't1', after: 't2' }, false]);
  await seal(null);
  const gone = await why();
  assert.deepEqual([gone?.cause, gone?.release, gone?.target], ['taken-away', 4, 'item:a']);
  assert.equal(await why('/never.html'), undefined);
});
