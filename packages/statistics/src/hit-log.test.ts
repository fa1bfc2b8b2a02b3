import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { formatHit, parseHit, type Hit } from './hit.ts';
import { openHitLog, type HitLog, type Segment } from './hit-log.ts';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-hits-'));
  folders.push(folder);
  return folder;
}
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const newId = (): string => randomBytes(16).toString('base64url');
const hit = (more: Partial<Hit> = {}): Hit => ({
  ...{ id: newId(), time: Date.UTC(2026, 10, 24, 4), path: '/a.html' },
  ...{ edition: 'standard', device: 'phone', origin: 'direct', first: false },
  ...more,
});
const open = (folder: string): Promise<{ log: HitLog; segments: readonly Segment[] }> =>
  openHitLog({ folder, onFailed: unexpected });

const unexpected = (error: unknown): void => {
  throw error;
};

async function hitsIn(log: HitLog, segments: readonly Segment[]): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const { number } of segments) for await (const one of log.read(number)) hits.push(one);
  return hits;
}

test('formatHit and parseHit: what is written is read', () => {
  const one = hit({ edition: 'elder', device: 'other', origin: 'search', first: true, path: '/%E4%B8%AD/a.html' });
  assert.deepEqual(parseHit(formatHit(one).trimEnd()), one);
  for (const wrong of ['', 'x', formatHit(one), `${'a'.repeat(22)} 1 spd2 /`, `${'a'.repeat(22)} 1 spd1 / a`])
    assert.equal(parseHit(wrong), undefined);
});

test('openHitLog: what was acknowledged is there, each id once, and what is rotated away is read and removed', async () => {
  const folder = newFolder();
  const { log } = await open(folder);
  const sent = Array.from({ length: 500 }, (_, at) => hit({ path: `/${at % 7}.html` }));
  const taken = sent.map((one) => log.take(one));
  assert.ok(taken.every((one) => one?.fresh));
  const again = sent.map((one) => log.take(one));
  assert.ok(again.every((one) => one?.fresh === false));
  await Promise.all([...taken, ...again].map((one) => one?.durable));
  const segment = await log.rotate();
  assert.ok(segment);
  assert.deepEqual(await hitsIn(log, [segment]), sent);
  assert.equal(await log.rotate(), undefined, 'nothing is in it');
  await log.take(hit())?.durable;
  await log.close();

  const second = await open(folder);
  assert.deepEqual(
    second.segments.map(({ number }) => number),
    [1, 2],
  );
  assert.equal(second.log.take(sent[3] ?? hit())?.fresh, false, 'ids are remembered from the segments');
  for (const { number } of second.segments) await second.log.remove(number);
  await second.log.close();
  assert.deepEqual(readdirSync(folder), []);
});

test('openHitLog: ids are forgotten after two calls, not after one', async () => {
  const { log } = await open(newFolder());
  const one = hit();
  await log.take(one)?.durable;
  log.forget();
  assert.equal(log.take(one)?.fresh, false);
  log.forget();
  assert.equal(log.take(one)?.fresh, true);
  await log.close();
});

test('openHitLog: a file cut at any byte gives the whole batches before, and takes on after it', async () => {
  const folder = newFolder();
  const { log } = await open(folder);
  const batches: Hit[][] = [];
  for (let at = 0; at < 4; at++) {
    const batch = Array.from({ length: at + 1 }, () => hit());
    batches.push(batch);
    await Promise.all(batch.map((one) => log.take(one)?.durable));
  }
  await log.close();
  const [name = ''] = readdirSync(folder);
  const whole = readFileSync(join(folder, name));
  const ends = [...whole.toString('latin1').matchAll(/^=.*\n/gm)].map(({ index, 0: line }) => index + line.length);
  assert.equal(ends.length, 4);
  for (let cut = 0; cut <= whole.length; cut += 3) {
    writeFileSync(join(folder, name), whole.subarray(0, cut));
    const { log: reopened, segments } = await open(folder);
    const kept = batches.slice(0, ends.filter((end) => end <= cut).length).flat();
    assert.deepEqual(await hitsIn(reopened, segments), kept, `cut at ${cut}`);
    assert.deepEqual(
      batches.flat().map(({ id }) => reopened.known(id) !== undefined),
      batches.flat().map((one) => kept.includes(one)),
    );
    await reopened.close();
  }
});

test('openHitLog: a batch whose sum does not hold is told of, the others count', async () => {
  const folder = newFolder();
  const { log } = await open(folder);
  const sent = [hit(), hit({ path: '/b.html' }), hit()];
  for (const one of sent) await log.take(one)?.durable;
  await log.close();
  const path = join(folder, readdirSync(folder)[0] ?? '');
  writeFileSync(path, readFileSync(path, 'latin1').replace('/b.html', '/c.html'), 'latin1');
  const { log: reopened, segments } = await open(folder);
  assert.equal(segments[0]?.damaged, 1);
  assert.deepEqual(await hitsIn(reopened, segments), [sent[0], sent[2]]);
  await reopened.close();
});

test('openHitLog: no bytes at all make it fail or be believed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const folder = newFolder();
      writeFileSync(join(folder, 'hits-000000000001.log'), bytes);
      const { log, segments } = await open(folder);
      assert.deepEqual(await hitsIn(log, segments), []);
      await log.close();
    }),
    { numRuns: 60 },
  );
});

test('openHitLog: hits beyond the bound are refused, and a disk that fails acknowledges nothing', async () => {
  const folder = newFolder();
  const failures: unknown[] = [];
  const { log } = await openHitLog({ folder, mostWaiting: 1000, onFailed: (error) => failures.push(error) });
  const taken = Array.from({ length: 100 }, () => log.take(hit()));
  assert.ok(taken.some((one) => one === undefined));
  await Promise.all(taken.map((one) => one?.durable));
  await log.rotate();
  rmSync(folder, { recursive: true });
  let acknowledged = false;
  void log.take(hit())?.durable.then(() => (acknowledged = true));
  while (failures.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(acknowledged, false);
  assert.equal(log.take(hit()), undefined);
  folders.splice(folders.indexOf(folder), 1);
});

const child = `
import { openHitLog } from ${JSON.stringify(join(import.meta.dirname, 'hit-log.ts'))};
const { log } = await openHitLog({ folder: process.argv[1], onFailed: () => process.exit(1) });
for (let at = 0; ; at++) {
  const id = crypto.randomUUID().replaceAll('-', '').slice(0, 22);
  const taken = log.take({ id, time: 1e12, path: '/' + at, edition: 'standard', device: 'phone', origin: 'direct', first: false });
  taken?.durable.then(() => process.stdout.write(id + '\\n'));
  if (at % 50 === 0) await taken?.durable;
  if (at % 400 === 0) await log.rotate();
}`;

test('openHitLog: after kill -9 every hit that was acknowledged is there once', async () => {
  const folder = newFolder();
  const acknowledged: string[] = [];
  for (let round = 0; round < 4; round++) {
    const running = spawn(process.execPath, ['--input-type=module-typescript', '-e', child, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: running.stdout });
    const until = acknowledged.length + 300 + round * 177;
    for await (const line of lines) {
      if (line.length === 22) acknowledged.push(line);
      if (acknowledged.length >= until) running.kill('SIGKILL');
    }
  }
  const { log, segments } = await open(folder);
  const found = (await hitsIn(log, segments)).map(({ id }) => id);
  await log.close();
  assert.equal(new Set(found).size, found.length);
  const missing = acknowledged.filter((id) => !found.includes(id));
  assert.deepEqual(missing, []);
  assert.ok(acknowledged.length > 1500);
});

test('openHitLog: nothing is appended to what an earlier process wrote', async () => {
  const folder = newFolder();
  const first = await open(folder);
  await first.log.take(hit())?.durable;
  await first.log.close();
  const path = join(folder, readdirSync(folder)[0] ?? '');
  appendFileSync(path, 'half a line without an e');
  const second = await open(folder);
  const before = readFileSync(path);
  await second.log.take(hit())?.durable;
  await second.log.close();
  assert.deepEqual(readFileSync(path), before);
  assert.equal(readdirSync(folder).length, 2);
  truncateSync(path, 0);
});
