import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageReader, readHead } from '@chengmen/release';
import { openRelease, seenInMemory, type RawAnswer, type RawFetch } from '@chengmen/serve';
import { inspectionLines } from '../commands/inspect.ts';
import { sealedSamples, type Sample } from '../export/testing/sealed-samples.ts';
import { inspectSite, type Check, type CheckName, type Inspection, type InspectOptions } from './inspect-site.ts';
import { leafAt } from './leaf-at.ts';

const home = `<!doctype html><html><head>
<meta name="SiteName" content="临江"><meta name="SiteDomain" content="www.linjiang.example"><meta name="SiteIDCode" content="9901000001">
</head><body><a href="/news/">news</a><a href="/news/#top">again</a><a href="https://www.gov.cn/">away</a><a href="news/1.html">one</a></body></html>`;

const pages: Readonly<Record<string, Sample>> = {
  '/': { body: home },
  '/404.html': { body: 'not here', status: 404 },
  '/news/': { body: 'news' },
  '/sitemap.xml': { body: '<urlset></urlset>', type: 'application/xml; charset=utf-8' },
  '/robots.txt': { body: 'User-agent: *\nDisallow: /search\n', type: 'text/plain; charset=utf-8' },
  '/.well-known/security.txt': {
    body: 'Contact: mailto:security@linjiang.example\nExpires: 9998-12-31T23:59:59+08:00\n',
    type: 'text/plain; charset=utf-8',
  },
  ...Object.fromEntries(
    Array.from({ length: 90 }, (_, at) => [`/news/${at}.html`, { body: `<p>${at}</p>`.repeat(30) }]),
  ),
};

const base = 'http://www.linjiang.example';
const samples = await sealedSamples(pages);

type Change = (url: string, answer: RawAnswer) => RawAnswer;

async function inspected(
  change: Change = (_, answer) => answer,
  options: Partial<InspectOptions> = {},
  https = false,
): Promise<Inspection & { readonly asked: readonly string[] }> {
  const { store, vkey: key } = samples;
  const release = await openRelease({ store, key, seen: seenInMemory(), https });
  const asked: string[] = [];
  const fetch: RawFetch = async (url, headers) => {
    asked.push(url);
    const { pathname, search } = new URL(url);
    return change(url, await release.respond({ method: 'GET', path: pathname + search, headers }));
  };
  return { ...(await inspectSite({ url: base, key, fetch, random: () => 0.5, ...options })), asked };
}

const check = ({ checks }: Inspection, name: CheckName): Check =>
  checks.find((one) => one.name === name) ?? assert.fail(name);

test('inspectSite finds nothing wrong with a site that answers as its release says', async () => {
  const found = await inspected();
  assert.equal(found.ok, true, JSON.stringify(found.checks));
  const undetermined = found.checks.filter(({ outcome }) => outcome === 'undetermined').map(({ name }) => name);
  assert.deepEqual(undetermined, ['https']);
  assert.match(inspectionLines(found).join('\n'), /20\/96/);
});

test('inspectSite names what is wrong, and that alone', async () => {
  const at =
    (path: string, change: (answer: RawAnswer) => Partial<RawAnswer>): Change =>
    (url, answer) =>
      new URL(url).pathname === path ? { ...answer, ...change(answer) } : answer;
  const replaced = (from: string, to: string) => (answer: RawAnswer) => ({
    body: Buffer.from(Buffer.from(answer.body).toString().replace(from, to)),
  });
  const cases: readonly (readonly [name: CheckName, change: Change, found: RegExp])[] = [
    [
      'headers',
      at('/', ({ headers }) => ({ headers: { ...headers, 'content-security-policy': undefined } })),
      /content-security-policy/,
    ],
    [
      'headers',
      at('/', ({ headers }) => ({ headers: { ...headers, 'x-content-type-options': 'x' } })),
      /x-content-type-options: x/,
    ],
    ['labels', at('/', replaced('name="SiteIDCode"', 'name="x"')), /缺 missing SiteIDCode/],
    ['labels', at('/', replaced('content="临江"', 'content=" "')), /SiteName 是空的/],
    [
      'labels',
      at('/', replaced('<meta name="SiteName"', '<meta name="sitename" content="y"><meta name="SiteName"')),
      /SiteName 有 2 个/,
    ],
    ['links', at('/', replaced('href="/news/"', 'href="/nothing"')), /\/nothing 404/],
    [
      'robots',
      at('/robots.txt', () => ({ body: Buffer.from('User-agent: x\nUser-agent: *\nDisallow: /\n') })),
      /谢绝一切/,
    ],
    ['security', at('/.well-known/security.txt', replaced('9998-', '2020-')), /期满/],
    ['security', at('/.well-known/security.txt', replaced('Contact:', 'Kontakt:')), /联络办法/],
    ['sitemap', at('/sitemap.xml', () => ({ body: Buffer.from('<html>') })), /不是站点地图/],
    ['checkpoint', at('/.well-known/chengmen/checkpoint', replaced('\n1\n', '\n2\n')), /checkpoint-invalid/],
    [
      'pages',
      (url, answer) => (/\d\.html$/.test(url) ? { ...answer, body: Buffer.from('hijacked') } : answer),
      /hash to/,
    ],
    [
      'pages',
      (url, answer) => (url.includes('/map/') && !url.includes('/root/') ? { ...answer, status: 404 } : answer),
      /map is not there/,
    ],
  ];
  for (const [name, change, words] of cases) {
    const found = await inspected(change);
    assert.equal(found.ok, false, name);
    assert.equal(check(found, name).outcome, 'wrong', name);
    assert.match(check(found, name).found.join('\n'), words);
    const others = found.checks.filter((one) => one.outcome === 'wrong' && one.name !== name && one.name !== 'pages');
    assert.deepEqual(others, [], name);
  }
});

test('inspectSite judges no release without a trusted key', async () => {
  const found = await inspected(undefined, { key: undefined });
  assert.deepEqual(
    [check(found, 'checkpoint').outcome, check(found, 'pages').outcome, found.ok],
    ['undetermined', 'undetermined', true],
  );
  const other = await inspected(undefined, { key: (await sealedSamples()).vkey });
  assert.deepEqual([check(other, 'checkpoint').outcome, other.ok], ['wrong', false]);
});

test('inspectSite has nothing against a site without a contact for security', async () => {
  const found = await inspected((url, answer) => (url.endsWith('/security.txt') ? { ...answer, status: 404 } : answer));
  assert.equal(check(found, 'security').outcome, 'undetermined');
});

test('inspectSite tells of a file that cannot be fetched, and looks at the rest', async () => {
  const found = await inspected((url, answer) => {
    if (url.endsWith('/security.txt')) throw new Error('reset');
    return answer;
  });
  assert.match(check(found, 'security').found.join(), /security\.txt：.*reset/);
  assert.equal(check(found, 'robots').outcome, 'right');
});

test('inspectSite asks the site itself and no other, and no more than it was told', async () => {
  const { asked } = await inspected(undefined, { sample: 3, links: 1 });
  assert.ok(asked.every((url) => url.startsWith(`${base}/`)));
  const pageRequests = asked.filter((url) => !url.includes('/.well-known/'));
  // The front page, three pages in up to three codings, sitemap, robots, one link.
  assert.ok(pageRequests.length <= 1 + 9 + 2 + 1, pageRequests.join('\n'));
});

test('inspectSite wants http to lead to https on the same host', async () => {
  const leading =
    (status: number, location: string): Change =>
    (url, answer) =>
      url.startsWith('http:') ? { status, headers: { location }, body: Buffer.of() } : answer;
  const url = base.replace('http:', 'https:');
  const outcome = async (status: number, location: string): Promise<string> =>
    check(await inspected(leading(status, location), { url }, true), 'https').outcome;
  assert.equal(await outcome(301, `${url}/`), 'right');
  assert.equal(await outcome(308, `${url}/`), 'right');
  assert.equal(await outcome(302, `${url}/`), 'wrong');
  assert.equal(await outcome(301, 'https://evil.example/'), 'wrong');
  assert.equal(await outcome(200, ''), 'wrong');
});

test('inspectSite rejects where nothing answers', async () => {
  await assert.rejects(
    inspectSite({ url: base, fetch: () => Promise.reject(new Error('connection refused')) }),
    /connection refused/,
  );
});

test('leafAt gives each path of a map once, by its place', async () => {
  const { leaf } = await readHead(samples.store, { key: samples.vkey });
  const read = pageReader(samples.store);
  const found = await Promise.all(Array.from({ length: leaf.map.count }, (_, at) => leafAt(read, leaf.map, at)));
  assert.deepEqual(found.map(({ path }) => path).sort(), Object.keys(pages).sort());
  await assert.rejects(leafAt(read, leaf.map, leaf.map.count), RangeError);
});
