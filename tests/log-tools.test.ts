/** Tools that are not ours (Go's notes and tiles, torchwood) accept what a portal serves, and refuse what is not of its log. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { formatLeaf, proofOf } from '@chengmen/release';
import { sampleRelease } from '@chengmen/release/testing';
import { startPortal } from '@chengmen/portal';
import { temporaryFolder } from './support/start-city.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
after(() => {
  folder.remove();
});

/** More than one full tile, so that whole tiles, partial ones and two levels are read. */
const releases = 300;
const sample = sampleRelease();
for (let at = 0; at < releases; at++) await sample.seal({ [`/news/${at % 7}.html`]: { body: `<p>第${at}版</p>` } });
const store = join(folder.path, 'releases');
for (const [name, bytes] of sample.files) {
  mkdirSync(join(store, dirname(name)), { recursive: true });
  writeFileSync(join(store, name), bytes);
}
const { text, leaf } = await proofOf({ store: sample.store, path: '/news/3.html', key: sample.vkey });
const proof = write('proof', text);
const entry = write('entry', formatLeaf(leaf));
const program = buildLogTools();
const skip = 'reason' in program ? program.reason : false;

test('log tools of others: checkpoint, all entries and the proof of a page hold', { skip }, async () => {
  assert.equal(await checked(sample.vkey, proof, entry), `${sample.origin} ${releases} ${releases}\n`);
});

test('log tools of others: another key, another entry and a changed proof are refused', { skip }, async () => {
  const other = sampleRelease({ seed: 2 }).vkey;
  const strange = write('strange', formatLeaf({ ...leaf, site: 'elsewhere' }));
  const changed = write('changed', text.replace(/^index \d+/m, 'index 3'));
  await assert.rejects(checked(other, proof, entry), /verif/i);
  await assert.rejects(checked(sample.vkey, proof, strange), /inclusion proof/);
  await assert.rejects(checked(sample.vkey, changed, entry), /inclusion proof/);
});

async function checked(vkey: string, proofFile: string, entryFile: string): Promise<string> {
  if ('reason' in program) throw new Error(program.reason);
  const seenFile = join(folder.path, 'seen');
  const portal = await startPortal({ releases: store, key: sample.vkey, host: '127.0.0.1', port: 0, seenFile });
  try {
    return (await run(program.path, [portal.address, vkey, proofFile, entryFile])).stdout;
  } finally {
    await portal.close();
  }
}

function write(name: string, contents: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, contents);
  return path;
}

function buildLogTools(): { readonly path: string } | { readonly reason: string } {
  if (spawnSync('go', ['version']).status !== 0) return { reason: 'go is not installed' };
  const path = join(folder.path, 'log-tools');
  const { status, stderr } = spawnSync('go', ['build', '-o', path, '.'], {
    cwd: join(import.meta.dirname, 'support', 'log-tools'),
    encoding: 'utf8',
    timeout: 300_000,
  });
  return status === 0
    ? { path }
    : { reason: `the Go program does not build: ${stderr.trim().split('\n').at(-1) ?? ''}` };
}
