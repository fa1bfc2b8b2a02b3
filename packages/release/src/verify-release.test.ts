import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobName, formatPending, hashOf, verifyRelease, type LogHead, type ReleaseReport } from './index.ts';
import { sampleRelease, type SampleRelease } from './testing/index.ts';

async function small(): Promise<SampleRelease> {
  const sample = sampleRelease();
  await sample.seal({
    '/': { body: 'home '.repeat(20) },
    '/a.html': { body: 'a' },
    '/m.png': { body: 'png', type: 'image/png' },
  });
  await sample.seal({
    '/a.html': { body: 'a, corrected' },
    '/old.html': { body: '', status: 301, location: '/a.html' },
  });
  await sample.seal({ '/m.png': null, '/gone.html': { body: 'withdrawn', status: 410 } });
  return sample;
}

const check = (sample: SampleRelease, lastSeen?: LogHead): Promise<ReleaseReport> =>
  verifyRelease({ store: sample.store, key: sample.vkey, lastSeen });

const places = (report: ReleaseReport): string[] => report.problems.map(({ where }) => where);

test('verifyRelease finds nothing wrong with a whole store of several releases', async () => {
  const sample = await small();
  const report = await check(sample);
  assert.deepEqual(report.problems, []);
  assert.ok(report.ok);
  assert.equal(report.size, 3);
  assert.equal(report.paths, 4);
  assert.equal(report.root, sample.map().hash);
  assert.equal(report.files, sample.files.size, 'every file was looked at');
});

test('verifyRelease names each file in which one bit is flipped', async () => {
  const sample = await small();
  for (const [name, bytes] of [...sample.files]) {
    for (const at of new Set([0, bytes.length >> 1, bytes.length - 1])) {
      if (bytes.length === 0) continue;
      const touched = Buffer.from(bytes);
      touched[at]! ^= 1;
      sample.files.set(name, touched);
      const report = await check(sample);
      assert.ok(!report.ok && places(report).includes(name), `${name} at ${at}: ${places(report).join()}`);
    }
    sample.files.set(name, bytes);
  }
});

test('verifyRelease names each file that is missing, but for partial tiles that have grown', async () => {
  const sample = await small();
  for (const [name, bytes] of [...sample.files]) {
    if (/\.p\/[12]$/.test(name)) continue;
    sample.files.delete(name);
    const report = await check(sample);
    assert.ok(!report.ok && places(report).includes(name), `${name}: ${places(report).join()}`);
    sample.files.set(name, bytes);
  }
});

test('verifyRelease names both of two blobs that were swapped', async () => {
  const sample = await small();
  const a = blobName({ hash: hashOf(Buffer.from('a')) });
  const b = blobName({ hash: hashOf(Buffer.from('withdrawn')) });
  sample.files.set(a, Buffer.from('withdrawn')).set(b, Buffer.from('a'));
  const found = places(await check(sample));
  assert.deepEqual(found.sort(), [a, b].sort());
});

test('verifyRelease names a file that was added', async () => {
  const sample = await small();
  for (const name of ['index.html', 'tile/0/001.p/4', 'tile/0/000.p/4', 'blob/ab/notahash']) {
    sample.files.set(name, Buffer.from('x'));
    const report = await check(sample);
    assert.deepEqual(
      report.problems.map(({ code, where }) => [code, where]),
      [['stray', name]],
    );
    sample.files.delete(name);
  }
});

test('verifyRelease tells files of a sealing in progress, or of one cut off, from strays', async () => {
  const sample = await small();
  const names = [blobName({ hash: hashOf(Buffer.from('soon')) }), `map/cd/${'cd'.repeat(32)}`, 'tile/0/000.p/4'];
  for (const name of names) sample.files.set(name, Buffer.from('soon'));
  sample.files
    .set('pending/000001', formatPending({ size: 4, names: ['tile/0/000.p/4'] }))
    .set('tmp/0123', Buffer.from('so'));
  const report = await check(sample);
  assert.ok(report.ok);
  assert.deepEqual(report.pending, [...names, 'pending/000001', 'tmp/0123'].sort());
});

test('verifyRelease refuses an old checkpoint put back, by what it leaves over and by what was seen', async () => {
  const sample = await small();
  const seen = sample.log();
  const old = sample.files.get('checkpoint')!;
  const before = new Map(sample.files);
  await sample.seal({ '/new.html': { body: 'new' } });
  sample.files.set('checkpoint', old);
  const leftOver = await check(sample);
  assert.ok(!leftOver.ok && leftOver.problems.every(({ code }) => code === 'stray'));
  const newest = sample.log();
  for (const name of sample.files.keys()) if (!before.has(name)) sample.files.delete(name);
  assert.ok((await check(sample, seen)).ok, 'the whole old store, for one who saw no more');
  assert.deepEqual(
    (await check(sample, newest)).problems.map(({ code }) => code),
    ['rolled-back'],
  );
});

test('verifyRelease refuses a fork and a checkpoint of another key', async () => {
  const sample = await small();
  const forked = await check(sample, { size: 2, root: hashOf(Buffer.from('other')) });
  assert.deepEqual(
    forked.problems.map(({ code, where }) => [code, where]),
    [['forked', 'checkpoint']],
  );
  const report = await verifyRelease({ store: sample.store, key: sampleRelease({ seed: 2 }).vkey });
  assert.deepEqual(
    report.problems.map(({ code, where }) => [code, where]),
    [['checkpoint-invalid', 'checkpoint']],
  );
});

test('verifyRelease says that nothing is published where there is no checkpoint', async () => {
  const report = await check(sampleRelease());
  assert.deepEqual(
    report.problems.map(({ code }) => code),
    ['no-release'],
  );
  await assert.rejects(verifyRelease({ store: sampleRelease().store, key: 'no key' }), { code: 'invalid' });
});

test('verifyRelease looks again when a release was promoted meanwhile', async () => {
  const sample = await small();
  let promoted = false;
  const store = {
    list: (prefix: string) => sample.store.list(prefix),
    async get(name: string) {
      if (name.startsWith('tile/') && !promoted) {
        promoted = true;
        await sample.seal({ '/new.html': { body: 'new' } });
      }
      return sample.store.get(name);
    },
  };
  const report = await verifyRelease({ store, key: sample.vkey });
  assert.deepEqual(report.problems, []);
  assert.equal(report.size, 4);
});
