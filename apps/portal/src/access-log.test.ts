import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createAccessLog, type AccessLog, type AccessLogOptions } from './access-log.ts';
import { parseRecord, type AccessRecord } from './access-record.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-access-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;

/** A log that writes only when it is told to. */
function logIn(options: Partial<AccessLogOptions> = {}): { log: AccessLog; folder: string; alarms: string[] } {
  const folder = options.folder ?? join(root, `${++folders}`);
  const alarms: string[] = [];
  const alarm = (problem: string): void => void alarms.push(problem);
  return { log: createAccessLog({ folder, alarm, period: 2 ** 30, ...options }), folder, alarms };
}

const noon = Date.UTC(2026, 10, 24, 4);
const record = (path: string, time = noon): AccessRecord => ({
  ...{ time, client: '', method: 'GET', path, status: 200, bytes: 1, ms: 1, coding: '', referrer: '', agent: '' },
});
const pathsIn = (file: string): (string | undefined)[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => parseRecord(line)?.path);

test('createAccessLog writes each record once, in order, into the file of its day in China', async () => {
  const { log, folder, alarms } = logIn({ suffix: '.2' });
  const midnight = Date.UTC(2026, 10, 24, 16);
  log.write(record('/a', midnight - 1));
  log.write(record('/b', midnight));
  await log.flush();
  log.write(record('/c', midnight + 1));
  await log.close();
  assert.deepEqual(pathsIn(join(folder, 'access-2026-11-24.2.jsonl')), ['/a']);
  assert.deepEqual(pathsIn(join(folder, 'access-2026-11-25.2.jsonl')), ['/b', '/c']);
  assert.deepEqual(alarms, []);
});

test('createAccessLog loses nothing of what is more than one batch', async () => {
  const { log, folder } = logIn();
  const expected = Array.from({ length: 12_000 }, (_, at) => `/${at}/临江`);
  for (const path of expected) log.write(record(path));
  await log.close();
  assert.deepEqual(pathsIn(join(folder, 'access-2026-11-24.jsonl')), expected);
});

test('createAccessLog fills its buffers again only when what was in them is written', async () => {
  const { log, folder } = logIn();
  const expected = Array.from({ length: 4000 }, (_, at) => `/${at}/${'a'.repeat(at % 7 === 0 ? 900 : 30)}`);
  for (const [at, path] of expected.entries()) {
    log.write(record(path));
    if (at % 250 === 0) await log.flush();
  }
  await log.close();
  assert.deepEqual(pathsIn(join(folder, 'access-2026-11-24.jsonl')), expected);
});

test('createAccessLog goes on in a new file when the old one was moved away', async () => {
  const { log, folder } = logIn();
  const file = join(folder, 'access-2026-11-24.jsonl');
  log.write(record('/before'));
  await log.flush();
  renameSync(file, `${file}.1`);
  log.write(record('/after'));
  await log.close();
  assert.deepEqual([pathsIn(`${file}.1`), pathsIn(file)], [['/before'], ['/after']]);
});

test('createAccessLog keeps records while the disk takes none, and writes them once it does', async () => {
  const folder = join(root, 'no-folder');
  writeFileSync(folder, 'a file stands where the folder should');
  const { log, alarms } = logIn({ folder });
  log.write(record('/1'));
  await log.flush();
  assert.equal(alarms.length, 1);
  log.write(record('/2'));
  unlinkSync(folder);
  await log.close();
  assert.deepEqual(pathsIn(join(folder, 'access-2026-11-24.jsonl')), ['/1', '/2']);
  assert.equal(log.lost(), 0);
});

test('createAccessLog raises the alarm for a full disk, holds a bounded number of bytes, and counts what is lost', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('/dev/full is a Linux device');
    return;
  }
  const { log, folder, alarms } = logIn({ mostWaiting: 10_000 });
  log.write(record('/first'));
  await log.flush();
  const file = join(folder, 'access-2026-11-24.jsonl');
  unlinkSync(file);
  symlinkSync('/dev/full', file);
  for (let at = 0; at < 100; at++) {
    log.write(record(`/${at}`));
    await log.flush();
  }
  assert.match(alarms[0] ?? '', /ENOSPC/);
  const lost = log.lost();
  assert.ok(lost > 0 && lost < 100, `${lost} lost`);
  unlinkSync(file);
  await log.close();
  assert.deepEqual(
    pathsIn(file),
    Array.from({ length: 100 - lost }, (_, at) => `/${at}`),
  );
});

test('createAccessLog ends a line that a killed process left half written', async () => {
  const { log, folder } = logIn();
  log.write(record('/1'));
  await log.close();
  const file = join(folder, 'access-2026-11-24.jsonl');
  appendFileSync(file, '{"time":"2026-11-2');
  const again = logIn({ folder }).log;
  again.write(record('/2'));
  await again.close();
  assert.deepEqual(pathsIn(file), ['/1', undefined, '/2']);
});
