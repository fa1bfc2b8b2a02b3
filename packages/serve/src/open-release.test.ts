import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf } from '@chengmen/release';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { openRelease, seenInMemory, type Answer, type OpenRelease, type Seen } from './index.ts';

interface Alarm {
  readonly code: string;
  readonly where: string;
}

async function opened(
  sample: SampleRelease,
  options: { readonly seen?: Seen; readonly key?: string; readonly cacheBytes?: number } = {},
): Promise<{ release: OpenRelease; alarms: Alarm[]; get: (path: string, accept?: string) => Promise<Answer> }> {
  const alarms: Alarm[] = [];
  const release = await openRelease({
    store: sample.store,
    key: options.key ?? sample.vkey,
    seen: options.seen ?? seenInMemory(),
    cacheBytes: options.cacheBytes ?? 1_000_000,
    alarm: (code, where) => alarms.push({ code, where }),
  });
  const get = (path: string, accept?: string): Promise<Answer> =>
    release.respond({ method: 'GET', path, headers: accept === undefined ? {} : { 'accept-encoding': accept } });
  return { release, alarms, get };
}

async function city(): Promise<SampleRelease> {
  const sample = sampleRelease();
  await sample.seal({
    '/': { body: 'home '.repeat(50) },
    '/a.html': { body: 'first words' },
    '/b.html': { body: 'other words' },
    '/404.html': { body: 'not here', status: 404 },
    '/media/m.png': { body: 'png', type: 'image/png' },
  });
  await sample.seal({ '/a.html': { body: 'second words' }, '/gone.html': { body: 'withdrawn', status: 410 } });
  return sample;
}

const paths = ['/', '/a.html', '/b.html', '/gone.html', '/media/m.png', '/nothing'];
const codings = [undefined, 'gzip', 'br'];

/** Hashes of every byte string the newest release may answer with, its proofs and the program's own notices. */
async function allowedBodies(sample: SampleRelease): Promise<Set<string>> {
  const { get } = await opened(sample);
  const allowed = new Set<string>();
  for (const path of paths) for (const coding of codings) allowed.add(hashOf((await get(path, coding)).body));
  return allowed;
}

test('openRelease answers 503 before the first release, without an alarm, and serves it once it is there', async () => {
  const sample = sampleRelease();
  const { release, alarms, get } = await opened(sample);
  assert.equal(release.current(), undefined);
  const answer = await get('/');
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '5');
  assert.equal(await release.reload(), false);
  await sample.seal({ '/': { body: 'home' } });
  assert.equal(await release.reload(), true);
  assert.equal((await get('/')).status, 200);
  assert.equal(release.current()?.log.size, 1);
  assert.equal(await release.reload(), false, 'nothing new');
  assert.deepEqual(alarms, []);
});

test('respond: with one bit flipped in any file, no byte outside the signed release is ever answered', async () => {
  const sample = await city();
  const allowed = await allowedBodies(sample);
  let refused = 0;
  for (const [name, bytes] of [...sample.files]) {
    for (const at of new Set([0, bytes.length >> 1, bytes.length - 1])) {
      if (bytes.length === 0) continue;
      const touched = Buffer.from(bytes);
      touched[at]! ^= 16;
      sample.files.set(name, touched);
      const { release, alarms, get } = await opened(sample);
      for (const path of paths) {
        for (const coding of codings) {
          const answer = await get(path, coding);
          if (answer.status === 503) refused++;
          else assert.ok(allowed.has(hashOf(answer.body)), `${name} at ${at}: ${path} ${coding ?? 'plain'}`);
          if (answer.status === 503 && release.current()) assert.ok(alarms.length > 0, 'an alarm goes with it');
        }
      }
    }
    sample.files.set(name, bytes);
  }
  assert.ok(refused > 0);
});

test('respond: a blob that rots is refused with an alarm that names it, and served again when it is good', async () => {
  const sample = await city();
  const name = [...sample.files].find(([, bytes]) => Buffer.from(bytes).toString() === 'second words')![0];
  const good = sample.files.get(name)!;
  sample.files.set(name, Buffer.from('forged words'));
  const { alarms, get } = await opened(sample);
  const answer = await get('/a.html');
  assert.equal(answer.status, 503);
  assert.doesNotMatch(Buffer.from(answer.body).toString(), /forged/);
  assert.deepEqual(alarms, [{ code: 'damaged', where: name }]);
  assert.equal((await get('/b.html')).status, 200, 'other pages are not held up');
  sample.files.set(name, good);
  assert.equal((await get('/a.html')).status, 200);
});

test('respond: swapped blobs, a truncated blob, a blob taken away', async () => {
  const sample = await city();
  const nameOf = (text: string): string =>
    [...sample.files].find(([, bytes]) => Buffer.from(bytes).toString() === text)![0];
  const [a, b] = [nameOf('second words'), nameOf('other words')];
  const before = new Map(sample.files);
  const changes: (() => void)[] = [
    () => sample.files.set(a, before.get(b)!).set(b, before.get(a)!),
    () => sample.files.set(a, before.get(a)!.subarray(0, 3)).set(b, Buffer.alloc(0)),
    () => [a, b].forEach((name) => sample.files.delete(name)),
  ];
  for (const change of changes) {
    for (const [name, bytes] of before) sample.files.set(name, bytes);
    change();
    const { alarms, get } = await opened(sample);
    assert.deepEqual([(await get('/a.html')).status, (await get('/b.html')).status], [503, 503]);
    assert.deepEqual(
      alarms.map(({ where }) => where),
      [a, b],
    );
  }
});

test('respond: a file that was added cannot be reached', async () => {
  const sample = await city();
  sample.files.set('evil.html', Buffer.from('evil')).set(`blob/ab/${'ab'.repeat(32)}`, Buffer.from('evil'));
  const { get } = await opened(sample);
  for (const path of [
    '/evil.html',
    `/blob/ab/${'ab'.repeat(32)}`,
    `/.well-known/chengmen/blob/ab/${'ab'.repeat(32)}`,
    '/.well-known/chengmen/../../evil.html',
    '/checkpoint',
  ])
    assert.equal((await get(path)).status, 404, path);
});

test('reload keeps the present release when an old one is put back, whole, and raises the alarm', async () => {
  const sample = await city();
  const old = new Map(sample.files);
  await sample.seal({ '/a.html': { body: 'third words' } });
  const seen = seenInMemory();
  const { release, alarms, get } = await opened(sample, { seen });
  const bodyOf = async (): Promise<string> => Buffer.from((await get('/a.html')).body).toString();
  assert.equal(await bodyOf(), 'third words');
  sample.files.set('checkpoint', old.get('checkpoint')!);
  assert.equal(await release.reload(), false);
  assert.equal(release.current()?.log.size, 3);
  assert.deepEqual(alarms, [{ code: 'rolled-back', where: 'checkpoint' }]);
  assert.equal(await bodyOf(), 'third words');
  // Also after a restart: what was seen outlives the process.
  const again = await opened(sample, { seen });
  assert.equal((await again.get('/a.html')).status, 503);
  assert.deepEqual(
    again.alarms.map(({ code }) => code),
    ['rolled-back'],
  );
});

test('reload refuses a fork of the log and a checkpoint of another key', async () => {
  const sample = await city();
  const seen = seenInMemory();
  await opened(sample, { seen });
  const fork = await city();
  await fork.seal({ '/a.html': { body: 'fork' } });
  const longer = sampleRelease();
  for (const body of ['1', '2', '3']) await longer.seal({ '/': { body } });
  const { alarms } = await opened(longer, { seen });
  assert.deepEqual(
    alarms.map(({ code }) => code),
    ['forked'],
  );
  const other = await opened(sample, { key: sampleRelease({ seed: 2 }).vkey });
  assert.deepEqual(
    other.alarms.map(({ code }) => code),
    ['checkpoint-invalid'],
  );
  assert.equal((await other.get('/')).status, 503);
});

test('reload goes on to a roll-back that was signed as a new release', async () => {
  const sample = await city();
  const { release, get } = await opened(sample);
  await sample.seal({ '/a.html': { body: 'first words' }, '/gone.html': null });
  assert.equal(await release.reload(), true);
  assert.equal(Buffer.from((await get('/a.html')).body).toString(), 'first words');
  assert.equal((await get('/gone.html')).status, 404);
});

test('openRelease serves nothing when what was seen before cannot be read', async () => {
  const sample = await city();
  const { alarms, get } = await opened(sample, { seen: seenInMemory('scribble') });
  assert.equal((await get('/')).status, 503);
  assert.equal(alarms.length, 1);
});

test('openRelease goes on serving when what was seen cannot be written, with an alarm', async () => {
  const sample = await city();
  const seen: Seen = { ...seenInMemory(), write: () => Promise.reject(new Error('disk full')) };
  const { release, alarms, get } = await opened(sample, { seen });
  assert.equal((await get('/')).status, 200);
  assert.deepEqual(
    alarms.map(({ where }) => where),
    ['seen'],
  );
  await assert.doesNotReject(release.reload());
});

test('respond: bytes are hashed when they enter memory, and memory stays within its bound', async () => {
  const sample = sampleRelease();
  const body = 'x'.repeat(1000);
  await sample.seal(
    Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`/${at}.html`, { body: `${at} ${body}` }])),
  );
  let reads = 0;
  const store = { ...sample.store, get: (name: string) => (reads++, sample.store.get(name)) };
  const release = await openRelease({ store, key: sample.vkey, seen: seenInMemory(), cacheBytes: 200_000 });
  const get = (path: string): Promise<Answer> => release.respond({ method: 'GET', path, headers: {} });
  await get('/1.html');
  const before = reads;
  await get('/1.html');
  assert.equal(reads, before, 'the second time from memory');
  const small = await openRelease({ store, key: sample.vkey, seen: seenInMemory(), cacheBytes: 20_000 });
  for (let round = 0; round < 2; round++)
    for (let at = 0; at < 60; at++) await small.respond({ method: 'GET', path: `/${at}.html`, headers: {} });
  assert.ok(reads > before + 2 * 60, 'a small memory reads again');
});

test('openRelease: signatures of unknown keys are not handed on', async () => {
  const sample = await city();
  const note = Buffer.from(sample.files.get('checkpoint')!).toString();
  sample.files.set('checkpoint', Buffer.from(`${note}— bet.example ${Buffer.from('预测世界杯').toString('base64')}\n`));
  const { get } = await opened(sample);
  assert.equal(Buffer.from((await get('/.well-known/chengmen/checkpoint')).body).toString(), note);
});

test('upToDate is false while the newest checkpoint does not verify, also for one that was refused at the start', async () => {
  const sample = await city();
  const good = sample.files.get('checkpoint')!;
  sample.files.set('checkpoint', Buffer.from('no note'));
  const { release, get } = await opened(sample);
  assert.deepEqual([release.upToDate(), (await get('/')).status], [false, 503]);
  sample.files.set('checkpoint', good);
  assert.equal(await release.reload(), true);
  assert.deepEqual([release.upToDate(), (await get('/')).status], [true, 200]);
  sample.files.set('checkpoint', Buffer.from('no note'));
  await release.reload();
  assert.deepEqual([release.upToDate(), (await get('/')).status], [false, 200]);
  sample.files.set('checkpoint', good);
  assert.equal(await release.reload(), false, 'the release being served is the one in force');
  assert.equal(release.upToDate(), true);
});
