/**
 * A power cut as a file system sees it: of what was written, only what was synced stays (names stay at once).
 * Beside the database's folder we keep such a folder, cut at moments of our choice, and open what is left.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { after, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { makeUnsynced } from './make-database.ts';
import { SyncedNodeFs, syncedParameters } from './synced-node-fs.ts';

const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'chengmen-power-')));
after(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

type Call = (...given: unknown[]) => unknown;

/** Mirrors a folder as a power cut would leave it; `onSync` is called after each sync. */
function shadow(real: string, mirror: string, onSync: () => void): () => void {
  const calls = fs as unknown as Record<string, Call>;
  const originals = new Map<string, Call>();
  const files = new Map<number, string>();
  const dirty = new Map<string, { at: number; length: number }[]>();
  const twin = (path: unknown): string | undefined =>
    typeof path === 'string' && path.startsWith(real + sep) ? mirror + path.slice(real.length) : undefined;
  const original = (name: string): Call => originals.get(name) ?? assert.fail(name);
  const replace = (name: string, more: (given: unknown[], result: unknown) => void): void => {
    const call = calls[name] ?? assert.fail(name);
    originals.set(name, call);
    calls[name] = (...given) => {
      const result = call(...given);
      more(given, result);
      return result;
    };
  };
  const both = (name: string): void => {
    replace(name, (given) => {
      if (twin(given[0]) !== undefined) original(name)(...given.map((each) => twin(each) ?? each));
    });
  };
  const names = ['renameSync', 'unlinkSync', 'mkdirSync', 'rmdirSync', 'truncateSync', 'writeFileSync'];
  for (const name of names) both(name);
  replace('openSync', ([path, flags], file) => {
    const its = twin(path);
    if (its === undefined || fs.statSync(path as string).isDirectory()) return;
    files.set(file as number, path as string);
    if (!fs.existsSync(its)) original('writeFileSync')(its, '');
    if (typeof flags === 'number' && flags & fs.constants.O_TRUNC) original('truncateSync')(its, 0);
  });
  replace('closeSync', ([file]) => files.delete(file as number));
  replace('writeSync', ([file, , , , at], length) => {
    const path = files.get(file as number);
    if (path === undefined) return;
    assert.equal(typeof at, 'number', 'every write names its place');
    dirty.set(path, [...(dirty.get(path) ?? []), { at: at as number, length: length as number }]);
  });
  replace('ftruncateSync', ([file, length]) => {
    const its = twin(files.get(file as number));
    if (its !== undefined) original('truncateSync')(its, length);
  });
  replace('fsyncSync', ([file]) => {
    const path = files.get(file as number);
    if (path !== undefined) bring(path);
    onSync();
  });
  const bring = (path: string): void => {
    const [from, to] = [original('openSync')(path, 'r'), original('openSync')(twin(path), 'r+')] as [number, number];
    for (const { at, length } of dirty.get(path) ?? []) {
      const bytes = Buffer.alloc(length);
      const read = fs.readSync(from, bytes, 0, length, at);
      original('writeSync')(to, bytes, 0, read, at);
    }
    dirty.delete(path);
    original('closeSync')(from);
    original('closeSync')(to);
  };
  syncBuiltinESMExports();
  return () => {
    for (const [name, call] of originals) calls[name] = call;
    syncBuiltinESMExports();
  };
}

const open = (place: string): Promise<PGlite> =>
  PGlite.create({ fs: new SyncedNodeFs(place), startParams: [...syncedParameters] });

test('SyncedNodeFs: what was acknowledged survives a power cut at any sync, checkpoints included', async () => {
  const [real, mirror] = [join(folder, 'real'), join(folder, 'mirror')];
  await makeUnsynced(real);
  fs.cpSync(real, mirror, { recursive: true });
  const cuts: { place: string; acknowledged: number }[] = [];
  let acknowledged = 0;
  let syncs = 0;
  const cut = (): void => {
    const place = join(folder, `cut-${cuts.length}`);
    cuts.push({ place, acknowledged });
    fs.cpSync(mirror, place, { recursive: true });
  };
  let cutAt: number | undefined;
  const stop = shadow(real, mirror, () => {
    if (++syncs === cutAt) cut();
  });
  try {
    const database = await open(real);
    await database.exec('create table note (number integer primary key, text text not null)');
    const write = async (): Promise<void> => {
      await database.query('insert into note values ($1, $2)', [acknowledged + 1, randomBytes(2000).toString('hex')]);
      acknowledged++;
    };
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 40; n++) await write();
      cut();
      await database.exec(`update note set text = 'changed' where number % 2 = ${round}`);
      // Somewhere inside the checkpoint, when part of the tables is on the disk.
      cutAt = syncs + 2 + 5 * round;
      await database.exec('checkpoint');
      await write();
      cut();
    }
    await database.close();
  } finally {
    stop();
  }
  assert.equal(cuts.length, 6);
  for (const { place, acknowledged: expected } of cuts) {
    const database = await open(place);
    const { rows } = await database.query<{ number: number }>('select number from note order by number');
    const numbers = new Set(rows.map(({ number }) => number));
    for (let n = 1; n <= expected; n++) assert.ok(numbers.has(n), `${place}: ${n} of ${expected} is lost`);
    await database.close();
  }
});
