import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPackReader, encodeRecordHeader, packFile, packKey } from '@chengmen/release';
import { packFiles } from './pack-files.ts';

test('packFiles: a pack put back while the other one was open is read anew once it is doubted', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-packs-'));
  const contents = Buffer.from('what was written');
  const packOf = (name: string): Buffer => {
    const key = packKey(name);
    assert.ok(key);
    return Buffer.concat([encodeRecordHeader(key, contents), contents]);
  };
  const name = `map/ab/${'ab'.repeat(32)}`;
  const path = join(root, packFile(1));
  writeFileSync(path, packOf(`map/cd/${'cd'.repeat(32)}`));
  const files = packFiles(root);
  // As of a page that an index told of: the file stays open.
  await files.read(packFile(1), 0, 8);
  writeFileSync(`${path}.whole`, packOf(name));
  renameSync(`${path}.whole`, path);
  const reader = createPackReader(files);
  await reader.get(name);
  await reader.doubt();
  assert.deepEqual(Buffer.from((await reader.get(name)) ?? ''), contents);
  files.close();
  rmSync(root, { recursive: true });
});
