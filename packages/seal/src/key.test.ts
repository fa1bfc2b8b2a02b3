import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openNote, parseVkey, signNote } from '@chengmen/release';
import { ensureKeyFiles, generateKey, readSigner, signerOf } from './index.ts';

test('generateKey makes keys that sign for each other and differ each time', async () => {
  const key = generateKey('linjiang.example/log');
  assert.notEqual(generateKey('linjiang.example/log').skey, key.skey);
  const note = await signNote('text\n', signerOf(key.skey));
  assert.equal(openNote(note, [parseVkey(key.vkey)]), 'text\n');
  for (const name of ['', 'a b', 'a+b', 'a\nb']) assert.throws(() => generateKey(name), { code: 'invalid' });
});

test('ensureKeyFiles makes a key once, readable by its owner alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-key-'));
  const folder = join(root, 'keys');
  const first = await ensureKeyFiles({ folder, name: 'linjiang.example/log' });
  const again = await ensureKeyFiles({ folder, name: 'other.example/log' });
  assert.equal(again.vkey, first.vkey);
  assert.equal(statSync(join(folder, 'seal.skey')).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(folder, 'seal.vkey'), 'utf8'), `${first.vkey}\n`);
  assert.equal((await readSigner(join(folder, 'seal.skey'))).vkey, first.vkey);
  rmSync(root, { recursive: true });
});
