import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { verifyRelease, type ReadStore, type ReleaseReport } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import { DirectoryStore } from './directory-store.ts';
import { generateKey, signerOf } from './key.ts';
import { createSealer } from './sealer.ts';
import type { Change } from './types.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-inventory-'));
after(() => rmSync(root, { recursive: true }));
const key = generateKey('www.linjiang.example');

/** Two releases in several packs, some with an index and some without; one page is over 64 KB. */
async function newRelease(name: string): Promise<string> {
  const folder = join(root, name);
  const store = new DirectoryStore(folder, { packSize: 30_000 });
  const sealer = createSealer({ store, signer: signerOf(key.skey), site: 'linjiang' });
  const page = (at: number, text: string): Change => {
    const body = Buffer.from(`<p>${text} ${at}</p>`.repeat(at === 7 ? 5000 : 20));
    const entry = { status: 200, type: 'text/html', body, provenance: Buffer.from(`来自 ${text} ${at}`) } as const;
    return { path: `/${at}.html`, entry };
  };
  await sealer.seal(Array.from({ length: 150 }, (_, at) => page(at, '临江')));
  await sealer.seal(Array.from({ length: 40 }, (_, at) => page(at * 3, '改过')));
  await store.close();
  const more = new DirectoryStore(folder);
  await more.put([['blob/ab/' + 'ab'.repeat(32), Buffer.from('没有人要')]]);
  await more.sync();
  writeFileSync(join(folder, 'added.html'), '加进来的');
  return folder;
}

const byName = ({ get, list }: ReadStore): ReadStore => ({ get, list });

async function bothWays(folder: string): Promise<readonly [ReleaseReport, ReleaseReport]> {
  const check = (store: ReadStore): Promise<ReleaseReport> => verifyRelease({ store, key: key.vkey });
  return [await check(folderStore(folder)), await check(byName(folderStore(folder)))];
}

const sorted = ({ problems, ...rest }: ReleaseReport): object => ({
  ...rest,
  problems: problems.map((one) => JSON.stringify(one)).sort(),
});

test('takeInventory: a folder read in one go is as sound, and holds as much, as name by name', async () => {
  const folder = await newRelease('whole');
  const [inOneGo, named] = await bothWays(folder);
  assert.deepEqual(sorted(inOneGo), sorted(named));
  assert.ok(inOneGo.files > 300, `${inOneGo.files} files`);
  assert.deepEqual(
    inOneGo.problems.map(({ where }) => where),
    ['added.html'],
  );
  assert.equal(inOneGo.pending.length, 1);
});

test('takeInventory: whatever is done to packs and indexes, it finds what is found name by name', async () => {
  const folder = await newRelease('tampered');
  const packs = join(folder, 'pack');
  const before = new Map(readdirSync(packs).map((name) => [name, readFileSync(join(packs, name))]));
  let state = 7;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const names = [...before.keys()];
  let unsound = 0;
  for (let round = 0; round < 40; round++) {
    for (const [name, bytes] of before) writeFileSync(join(packs, name), bytes);
    const name = names[below(names.length)] ?? '';
    const bytes = Buffer.from(before.get(name) ?? []);
    const way = below(5);
    if (way < 3) bytes[below(bytes.length)]! ^= 1 << below(8);
    if (way < 3) writeFileSync(join(packs, name), bytes);
    else if (way === 3) truncateSync(join(packs, name), below(bytes.length));
    else unlinkSync(join(packs, name));
    const [inOneGo, named] = await bothWays(folder);
    assert.deepEqual(sorted(inOneGo), sorted(named), `${name}, round ${round}`);
    if (named.problems.length > 1) unsound++;
  }
  assert.ok(unsound > 12, `only ${unsound} were found`);
});
