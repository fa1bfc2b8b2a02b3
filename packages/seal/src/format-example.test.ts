import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeEntries, ed25519, formatSkey, parseTileName, proofOf } from '@chengmen/release';
import { createSealer, MemoryStore, signerOf } from './index.ts';

const manual = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'formats', 'release.md'), 'utf8');

test('createSealer makes the very release that docs/formats/release.md shows', async () => {
  const signer = signerOf(formatSkey('linjiang.example/log', ed25519, Buffer.alloc(32, 1)));
  const store = new MemoryStore();
  const provenance = Buffer.from('{"item":"news-0001"}');
  await createSealer({ store, signer, site: 'linjiang' }).seal([
    {
      path: '/',
      entry: { status: 200, type: 'text/html; charset=utf-8', body: Buffer.from('<p>临江</p>\n'), provenance },
    },
    {
      path: '/old.html',
      entry: { status: 301, type: 'text/html; charset=utf-8', body: Buffer.from('→ /\n'), location: '/', provenance },
    },
  ]);
  const shows = (text: string): void => {
    assert.ok(manual.includes(text), `docs/formats/release.md does not show:\n${text}`);
  };
  shows(signer.vkey);
  for (const [name, bytes] of store.files) {
    shows(name);
    const tile = parseTileName(name);
    if (tile?.level === 'entries') for (const entry of decodeEntries(bytes, name)) shows(Buffer.from(entry).toString());
    else shows(Buffer.from(bytes).toString(tile ? 'hex' : 'utf8'));
  }
  shows((await proofOf({ store, key: signer.vkey, path: '/old.html' })).text);
});
