import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

test(
  'folderStore waits for no pipe and reads no device in place of a file',
  { skip: process.platform === 'win32' },
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'chengmen-folder-'));
    mkdirSync(join(root, 'map', 'ab'), { recursive: true });
    mkdirSync(join(root, 'pack'));
    symlinkSync('/dev/zero', join(root, 'map', 'ab', 'zero'));
    for (const name of ['checkpoint', 'map/ab/pipe', 'pack/00000001.pack', 'pack/00000001-00000001.index'])
      execFileSync('mkfifo', [join(root, name)]);
    const store = folderStore(root);
    await assert.rejects(store.get('checkpoint'), { code: 'EINVAL' });
    await assert.rejects(store.get('map/ab/pipe'), { code: 'EINVAL' });
    await assert.rejects(store.get('map/ab/zero'), { code: 'EINVAL' });
    const name = `map/ab/${'ab'.repeat(32)}`;
    assert.equal(await store.get(name), undefined);
    writeFileSync(join(root, name), 'a file of its own');
    assert.equal(Buffer.from((await store.get(name))!).toString(), 'a file of its own');
    rmSync(join(root, 'checkpoint'));
    writeFileSync(join(root, 'checkpoint'), Buffer.alloc(1_000_001));
    await assert.rejects(store.get('checkpoint'), { code: 'EFBIG' });
    rmSync(root, { recursive: true });
  },
);

test('seenFile keeps a note between runs', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-seen-'));
  const path = join(root, 'portal', 'seen');
  assert.equal(await seenFile(path).read(), undefined);
  await seenFile(path).write('one');
  await seenFile(path).write('two');
  assert.equal(await seenFile(path).read(), 'two');
  rmSync(root, { recursive: true });
});
