import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { verifyRelease } from '@chengmen/release';
import { createSealer, DirectoryStore, generateKey, signerOf, type Change } from '@chengmen/seal';
import { folderStore } from '@chengmen/serve';
import { readCommandLine } from '../command-line.ts';
import type { Console } from '../console.ts';
import { readSettings } from '../settings.ts';
import { mirrorReleases } from './mirror.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-mirror-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { skey, vkey } = generateKey('mirror.example/log');
let places = 0;
const newPlace = (): string => join(folder, `place-${++places}`);

const page = (path: string, text: string): Change => ({
  path,
  entry: {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: Buffer.from(text),
    provenance: Buffer.from(JSON.stringify({ path, text })),
  },
});

async function sealed(place: string, ...releases: readonly (readonly Change[])[]): Promise<DirectoryStore> {
  const store = new DirectoryStore(place);
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample' });
  for (const changes of releases) await sealer.seal(changes);
  return store;
}

const check = (place: string) => verifyRelease({ store: folderStore(place), key: vkey });

/** Exit code and JSON of the command; the code of the error where it could not run. */
async function outcome(...operands: string[]): Promise<[number | string, Record<string, unknown>]> {
  let told: Record<string, unknown> = {};
  const nothing = (): void => undefined;
  const terminal: Console = {
    out: nothing,
    say: nothing,
    progress: nothing,
    jsonText: nothing,
    fail: () => 2,
    json: (value) => (told = value as Record<string, unknown>),
  };
  const line = readCommandLine(['mirror', ...operands, '--data', join(folder, 'data')]);
  const settings = readSettings({ flags: line.values, environment: {}, folder });
  try {
    return [await mirrorReleases(line, settings, terminal), told];
  } catch (error) {
    if (!(error instanceof ChengmenError)) throw error;
    return [error.code, told];
  }
}

test('mirrorReleases: 0 for what was pulled, 1 for what must not be taken, an error for what cannot run', async () => {
  const from = newPlace();
  const to = newPlace();
  await sealed(from, [page('/', 'one')], [page('/', 'two')]);
  const old = newPlace();
  await sealed(old, [page('/', 'one')]);
  const [code, told] = await outcome(from, to, '--key', vkey);
  assert.deepEqual([code, told['ok'], told['changed'], told['size'], told['newest']], [0, true, true, 2, false]);
  assert.equal((await check(to)).ok, true);
  const [again, nothing] = await outcome(from, to, '--key', vkey);
  assert.deepEqual([again, nothing['changed'], nothing['files']], [0, false, 0]);

  const [refused, { ok, problem }] = await outcome(old, to, '--key', vkey);
  assert.deepEqual([refused, ok, (problem as { code: string }).code], [1, false, 'rolled-back']);
  const rotten = newPlace();
  cpSync(from, rotten, { recursive: true });
  for (const name of readdirSync(join(rotten, 'pack')).filter((one) => one.endsWith('.pack'))) {
    const file = join(rotten, 'pack', name);
    writeFileSync(file, Buffer.from(readFileSync(file).toString('latin1').replace('two', 'tvo'), 'latin1'));
  }
  const [damaged, { problem: named }] = await outcome(rotten, newPlace(), '--key', vkey);
  assert.deepEqual([damaged, (named as { code: string }).code], [1, 'damaged']);

  for (const [argv, error] of [
    [[from, to], 'key-missing'],
    [[from, from, '--key', vkey], 'arguments-invalid'],
    [[from, '--key', vkey], 'arguments-invalid'],
    [[from, 'https://site.example', '--key', vkey], 'arguments-invalid'],
    [[newPlace(), to, '--key', vkey], 'file-unreadable'],
    [[join(from, '..'), to, '--key', vkey], 'no-release-at'],
    [['http://127.0.0.1:9', to, '--key', vkey], 'site-unreachable'],
    [['s3://bucket/prefix', to, '--key', vkey], 'setting-invalid'],
  ] as const) {
    assert.equal((await outcome(...argv))[0], error);
  }
  assert.equal((await check(to)).ok, true);
});
