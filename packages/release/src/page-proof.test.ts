import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proofOf, updateMap, verifyPageProof, hashOf, pageReader, emptyMap, proveInMap, encodeEntry } from './index.ts';
import { sampleRelease } from './testing/index.ts';

test('proofOf makes a text that proves a page offline, with the key alone', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/': { body: 'home' }, '/a.html': { body: 'a' } });
  await sample.seal({ '/b.html': { body: 'b' } });
  const { text, entry, index } = await proofOf({ store: sample.store, key: sample.vkey, path: '/a.html' });
  assert.equal(index, 1);
  assert.equal(entry?.hash, hashOf(Buffer.from('a')));
  assert.deepEqual(verifyPageProof(text, { key: sample.vkey }).entry, entry);
  const absent = await proofOf({ store: sample.store, key: sample.vkey, path: '/none.html' });
  assert.equal(verifyPageProof(absent.text, { key: sample.vkey }).entry, undefined);
  assert.throws(() => verifyPageProof(text, { key: sampleRelease({ seed: 2 }).vkey }), { code: 'checkpoint-invalid' });
});

test('verifyPageProof refuses a proof with any character changed', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/': { body: 'home' }, '/a.html': { body: 'a' } });
  const { text } = await proofOf({ store: sample.store, key: sample.vkey, path: '/a.html' });
  for (const at of Array.from(text).keys()) {
    const touched = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    if (touched === text) continue;
    assert.throws(() => verifyPageProof(touched, { key: sample.vkey }), { name: 'ReleaseError' }, `character ${at}`);
  }
});

test('proofOf stays below 4 KB with 30 000 paths', async () => {
  const files = new Map<string, Uint8Array>();
  const read = pageReader({ get: (name) => Promise.resolve(files.get(name)) });
  const piece = { hash: hashOf(Buffer.from('a')), size: 12_000 };
  const entry = {
    status: 200,
    type: 'text/html; charset=utf-8',
    ...piece,
    gz: piece,
    br: piece,
    provenance: piece.hash,
  } as const;
  const { root, pages } = await updateMap(
    read,
    emptyMap,
    Array.from({ length: 30_000 }, (_, index) => [`/news/2026/11/01/${index}.html`, entry] as const),
  );
  for (const [name, bytes] of pages) files.set(name, bytes);
  const sizes = [];
  for (let index = 0; index < 300; index++) {
    const proof = await proveInMap(read, root, `/news/2026/11/01/${index * 100}.html`);
    sizes.push(proof.siblings.length * 32 + encodeEntry(entry).length);
  }
  assert.ok(Math.max(...sizes) < 1500, `largest ${Math.max(...sizes)}`);
});
