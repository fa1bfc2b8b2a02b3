import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderStore, seenFile } from './index.ts';

test('folderStore reads and lists a folder, and lets no name lead out of it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-folder-'));
  mkdirSync(join(root, 'release', 'map', 'ab'), { recursive: true });
  writeFileSync(join(root, 'release', 'map', 'ab', '1'), 'one');
  writeFileSync(join(root, 'release', 'checkpoint'), 'note');
  writeFileSync(join(root, 'secret'), 'secret');
  const store = folderStore(join(root, 'release'));
  assert.equal(Buffer.from((await store.get('map/ab/1'))!).toString(), 'one');
  for (const name of [
    'map',
    'map/ab/1/2',
    'none',
    '../secret',
    'map/../../secret',
    '',
    '/etc/passwd',
    'map//ab/1',
    'a\0',
  ])
    assert.equal(await store.get(name), undefined, name);
  const listed: string[] = [];
  for await (const name of store.list('')) listed.push(name);
  assert.deepEqual(listed.sort(), ['checkpoint', 'map/ab/1']);
  for await (const name of folderStore(join(root, 'never')).list('')) assert.fail(name);
  rmSync(root, { recursive: true });
});

test('seenFile keeps a note between runs', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-seen-'));
  const path = join(root, 'portal', 'seen');
  assert.equal(await seenFile(path).read(), undefined);
  await seenFile(path).write('one');
  await seenFile(path).write('two');
  assert.equal(await seenFile(path).read(), 'two');
  rmSync(root, { recursive: true });
});
