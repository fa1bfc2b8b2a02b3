import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import {
  openRelease,
  seenInMemory,
  verifySite,
  type OpenRelease,
  type RawAnswer,
  type RawFetch,
  type SiteReport,
} from './index.ts';

async function site(pages = 50): Promise<{ sample: SampleRelease; release: OpenRelease }> {
  const sample = sampleRelease();
  await sample.seal({
    '/': { body: 'home '.repeat(20) },
    '/404.html': { body: 'not here', status: 404 },
    '/gone.html': { body: 'withdrawn', status: 410 },
    '/old.html': { body: 'moved', status: 301, location: '/' },
    '/m.png': { body: 'png', type: 'image/png' },
    ...Object.fromEntries(Array.from({ length: pages }, (_, at) => [`/news/${at}.html`, { body: `news ${at}` }])),
  });
  await sample.seal({ '/news/1.html': { body: 'corrected' } });
  return { sample, release: await openRelease({ store: sample.store, key: sample.vkey, seen: seenInMemory() }) };
}

/** A site without a network; `change` is what stands between it and the citizen. */
function fetchFrom(
  release: OpenRelease,
  change: (url: string, answer: RawAnswer) => RawAnswer | Promise<RawAnswer> = (_, a) => a,
): RawFetch {
  return async (url, headers) =>
    change(url, await release.respond({ method: 'GET', path: new URL(url).pathname, headers }));
}

const url = 'http://sample.example/any/page?x';
const check = (sample: SampleRelease, fetch: RawFetch): Promise<SiteReport> =>
  verifySite({ url, key: sample.vkey, fetch });

test('verifySite finds nothing wrong with a site that answers as its release says', async () => {
  const { sample, release } = await site();
  const report = await check(sample, fetchFrom(release));
  assert.deepEqual(report.problems, []);
  assert.deepEqual([report.ok, report.size, report.paths, report.root], [true, 2, 55, sample.map().hash]);
});

test('verifySite names the address whose bytes, status, type, coding or target differ', async () => {
  const { sample, release } = await site();
  const changes: readonly (readonly [string, (answer: RawAnswer) => RawAnswer])[] = [
    ['/news/7.html', (answer) => ({ ...answer, body: Buffer.from('hijacked') })],
    [
      '/news/7.html',
      (answer) => (answer.headers['content-encoding'] === 'br' ? { ...answer, body: Buffer.from('x') } : answer),
    ],
    ['/', (answer) => ({ ...answer, status: 302 })],
    ['/m.png', (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } })],
    ['/gone.html', (answer) => ({ ...answer, status: 200 })],
    ['/old.html', (answer) => ({ ...answer, headers: { ...answer.headers, location: 'https://evil.example/' } })],
    ['/news/3.html', ({ headers: { 'content-encoding': _, ...headers }, ...answer }) => ({ ...answer, headers })],
  ];
  for (const [path, change] of changes) {
    const fetch = fetchFrom(release, (at, answer) => (new URL(at).pathname === path ? change(answer) : answer));
    const { ok, problems } = await check(sample, fetch);
    assert.equal(ok, false);
    assert.deepEqual([...new Set(problems.map(({ where }) => where))], [`http://sample.example${path}`]);
  }
});

test('verifySite names unknown addresses that are answered with something', async () => {
  const { sample, release } = await site(3);
  const fetch = fetchFrom(release, (_, answer) =>
    answer.status === 404 && Buffer.from(answer.body).toString() === 'not here' ? { ...answer, status: 200 } : answer,
  );
  const { problems } = await check(sample, fetch);
  assert.equal(problems.length, 2, 'the page for unknown addresses, and an unknown address');
});

test('verifySite trusts neither the checkpoint, the log nor the map of the site', async () => {
  const { sample, release } = await site();
  for (const part of ['/checkpoint', '/tile/0/', '/tile/entries/', '/map/root/', '/map/3/']) {
    const fetch = fetchFrom(release, (at, answer) => {
      if (!at.includes(`chengmen${part}`)) return answer;
      const body = Buffer.from(answer.body);
      body[body.length - 9]! ^= 1;
      return { ...answer, body };
    });
    assert.equal((await check(sample, fetch)).ok, false, part);
  }
  const other = await verifySite({ url, key: sampleRelease({ seed: 2 }).vkey, fetch: fetchFrom(release) });
  assert.deepEqual(
    other.problems.map(({ code }) => code),
    ['checkpoint-invalid'],
  );
  const older = await verifySite({
    url,
    key: sample.vkey,
    fetch: fetchFrom(release),
    lastSeen: { size: 9, root: 'ab'.repeat(32) },
  });
  assert.deepEqual(
    older.problems.map(({ code }) => code),
    ['rolled-back'],
  );
});

test('verifySite looks again when a release is promoted meanwhile', async () => {
  const { sample, release } = await site();
  let promoted = false;
  const fetch = fetchFrom(release, async (at, answer) => {
    if (!promoted && at.endsWith('/news/2.html')) {
      promoted = true;
      await sample.seal({ '/news/2.html': { body: 'new' }, '/news/3.html': null });
      await release.reload();
    }
    return answer;
  });
  const report = await check(sample, fetch);
  assert.deepEqual(report.problems, []);
  assert.equal(report.size, 3);
});

test('verifySite says what is wrong where there is no site or no release', async () => {
  const { sample } = await site(1);
  const silent = await check(sample, () => Promise.reject(new Error('connection refused')));
  assert.deepEqual([silent.ok, silent.problems[0]?.problem], [false, 'connection refused']);
  const empty = await openRelease({ store: sampleRelease().store, key: sample.vkey, seen: seenInMemory() });
  assert.deepEqual(
    (await check(sample, fetchFrom(empty))).problems.map(({ code }) => code),
    ['no-release'],
  );
});
