import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { zipSync } from 'fflate';
import { refuseBomb } from './refuse-bomb.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-bomb-'));
after(() => rmSync(folder, { recursive: true }));

test('refuseBomb: counts what comes out, whatever the archive says of itself', async () => {
  const file = join(folder, 'x.xlsx');
  const packed = Buffer.from(zipSync({ 'a.xml': new Uint8Array(2_000_000), 'b.xml': new Uint8Array(2_000_000) }));
  // The sizes it claims, in the heads of its entries and in its directory, become small.
  for (let at = packed.indexOf('PK'); at >= 0; at = packed.indexOf('PK', at + 1)) {
    const head = packed.readUInt16LE(at + 2);
    if (head === 0x0403) packed.writeUInt32LE(10, at + 22);
    if (head === 0x0201) packed.writeUInt32LE(10, at + 24);
  }
  writeFileSync(file, packed);
  assert.ok(packed.length < 10_000);
  await assert.rejects(refuseBomb(file, 3_000_000), /unpacks to too much/);
  await refuseBomb(file, 5_000_000);
});
