import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  emptyHash,
  formatKeyStatement,
  keyStatementName,
  noPrunings,
  parseVkey,
  readHead,
  signNote,
} from '@chengmen/release';
import { generateKey, nextPruning, recordPruning, signerOf } from '@chengmen/seal';
import { openRelease, seenInMemory, verifySite, type Answer, type OpenRelease } from '@chengmen/serve';
import { exportRelease } from './export-release.ts';
import { nginxFolder } from './nginx-config.ts';
import { sealedSamples, type Sample, type SealedSamples } from './testing/sealed-samples.ts';
import { findNginx, startNginx, type RunningNginx } from './testing/start-nginx.ts';

const nginx = findNginx();
const skip = nginx === undefined && 'there is no nginx on the PATH or in /usr/sbin';

const html = (text: string): string => `<!doctype html><title>${text}</title>${`<p>${text}</p>\n`.repeat(40)}`;
const noise = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at * 31) % 251));

const pages: Readonly<Record<string, Sample>> = {
  '/': { body: html('临江') },
  '/404.html': { body: html('not here'), status: 404 },
  '/en/404.html': { body: html('not here, in English'), status: 404 },
  '/news/': { body: html('news') },
  '/news/2026/11/01/a1.html': { body: html('a1') },
  '/news/withdrawn.html': { body: html('withdrawn'), status: 410 },
  '/gone/': { body: html('a withdrawn channel'), status: 410 },
  '/old.html': { body: 'moved', status: 301, location: '/news/' },
  '/OLD.html': { body: html('another'), status: 301, location: '/' },
  '/Mixed/Case.aspx': { body: 'moved', status: 301, location: '/news/2026/11/01/a1.html' },
  '/was/index.html': { body: 'moved', status: 301, location: '/' },
  '/was': { body: 'moved', status: 301, location: '/news/' },
  '/assets/site-0123.css': { body: 'p{margin:0}'.repeat(40), type: 'text/css; charset=utf-8' },
  '/assets/song-0123.woff2': { body: noise, type: 'font/woff2' },
  '/assets/gone-0123.css': { body: html('gone'), status: 410 },
  '/media/map.svg': { body: `<svg>${'<path/>'.repeat(40)}</svg>`, type: 'image/svg+xml' },
  '/files/a1/report.docx': { body: noise, type: 'application/msword' },
  '/files/a1/table.csv': { body: 'a,b\n'.repeat(90), type: 'text/csv; charset=gb18030' },
  '/files/gone.docx': { body: html('gone'), status: 410 },
  '/media/report.pdf': { body: noise, type: 'application/pdf' },
  '/feed.xml': { body: `<rss>${'<item/>'.repeat(40)}</rss>`, type: 'application/rss+xml; charset=utf-8' },
  '/sitemap.xml': { body: `<urlset>${'<url/>'.repeat(40)}</urlset>`, type: 'application/xml' },
  '/robots.txt': { body: 'User-agent: *\n', type: 'text/plain; charset=utf-8' },
  '/empty.txt': { body: '', type: 'text/plain; charset=utf-8' },
  // Short enough that gzip makes them longer.
  '/short.html': { body: 'a'.repeat(22) },
  '/short-moved.html': { body: 'b'.repeat(22), status: 301, location: '/' },
  '/short-gone.html': { body: 'c'.repeat(22), status: 410 },
  '/shown-short/index.html': { body: 'd'.repeat(22) },
  '/.well-known/security.txt': { body: 'Contact: x\n', type: 'text/plain; charset=utf-8' },
  '/data/LICENSE': { body: 'open', type: 'text/plain; charset=utf-8' },
  '/data/table.csv': { body: 'a,b\n'.repeat(90), type: 'text/csv; charset=utf-8' },
  '/data/table.csv.gz': { body: noise, type: 'application/gzip' },
  '/data/alone.csv.gz': { body: noise.subarray(9), type: 'application/gzip' },
  '/data/strange.html': { body: 'not html at all', type: 'text/plain; charset=utf-8' },
  '/both': { body: 'a file', type: 'text/plain; charset=utf-8' },
  '/both/below': { body: 'below a file', type: 'text/plain; charset=utf-8' },
  '/both/': { body: html('its folder') },
  '/shown/index.html': { body: html('only with its name') },
  '/.hidden/file.html': { body: html('hidden') },
  '/Readme.html': { body: html('capital') },
  [`/long/${'x'.repeat(250)}.html`]: { body: html('long') },
};

const folder = mkdtempSync(join(tmpdir(), 'chengmen-export-'));
let samples: SealedSamples;
let release: OpenRelease;
let host: RunningNginx;

before(async () => {
  if (nginx === undefined) return;
  samples = await sealedSamples(
    { '/': { body: 'first' }, '/soon-gone.html': { body: 'x' } },
    { ...pages, '/soon-gone.html': null },
  );
  await leaveNotes(samples);
  release = await openRelease({ store: samples.store, key: samples.vkey, seen: seenInMemory() });
  const site = join(folder, 'site');
  mkdirSync(site);
  const { store, vkey: key } = samples;
  const exported = await exportRelease({ store, key, folder: site, nginxRoot: site });
  assert.equal(exported.paths, Object.keys(pages).length);
  const at = join(site, nginxFolder);
  host = await startNginx({
    nginx,
    prefix: join(folder, 'nginx'),
    http: `${at}/http.conf`,
    server: `${at}/server.conf`,
  });
});

/** A key that will follow, and a release that was pruned. */
async function leaveNotes({ store, skey, vkey: key }: SealedSamples): Promise<void> {
  const next = generateKey(parseVkey(key).name);
  const signers = [signerOf(skey), signerOf(next.skey)];
  const origin = parseVkey(key).name;
  const change = await signNote(formatKeyStatement({ kind: 'next', origin, of: key, key: next.vkey }), ...signers);
  await store.put([[keyStatementName(1), Buffer.from(change)]]);
  const head = await readHead(store, { key });
  const what = { kind: 'pruned', rule: '三个月', rules: emptyHash, releases: [[1, 1]] } as const;
  const record = nextPruning(noPrunings, head, { ...what, at: new Date(), by: '档案员' });
  const sign = (text: string): Promise<string> => signNote(text, signerOf(skey));
  await recordPruning({ store, trust: { key }, sign, prunings: noPrunings, record });
}

after(async () => {
  if (nginx !== undefined) await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Headers = Readonly<Record<string, string>>;

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Every header by its raw lines, so that one sent twice is seen. */
const fromNginx = (method: string, path: string, headers: Headers): Promise<Got> =>
  new Promise((resolve, reject) => {
    const asked = request({ port: host.port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const raw = response.rawHeaders;
        const lines = new Map<string, string>();
        for (let at = 0; at < raw.length; at += 2) {
          const name = (raw[at] ?? '').toLowerCase();
          const value = raw[at + 1] ?? '';
          lines.set(name, lines.has(name) ? `${lines.get(name) ?? ''} & ${value}` : value);
        }
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(lines), body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject);
    asked.end();
  });

/** What a host says of itself and its connection, and the tag, whose value differs; see the test of tags. */
const own = new Set(['server', 'date', 'connection', 'keep-alive', 'transfer-encoding', 'etag']);

const comparable = ({ status, headers, body }: Answer | Got): object => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !own.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
  tagged: headers['etag'] !== undefined,
  body: Buffer.from(body).toString('base64'),
});

/**
 * What the portal answers, but for what nginx cannot: gzip_static gives and offers no parts, 206 does not offer them again,
 * and parts from the middle are not for keeping.
 */
async function fromPortal(method: string, path: string, headers: Headers): Promise<Answer> {
  const { range = '', ...others } = headers;
  const whole = await release.respond({ method, path, headers: others });
  const gzipped = whole.headers['content-encoding'] === 'gzip';
  const given = gzipped ? whole : await release.respond({ method, path, headers });
  const { 'accept-ranges': ranges, 'cache-control': cache = '', ...rest } = given.headers;
  const offered = ranges === undefined || gzipped || given.status === 206 ? {} : { 'accept-ranges': ranges };
  const kept = range === '' || range.startsWith('bytes=0-') || path.startsWith('/.well-known/chengmen/');
  return { ...given, headers: { ...rest, ...offered, 'cache-control': kept ? cache : 'no-cache' } };
}

async function assertSame(path: string, headers: Headers = {}, method = 'GET'): Promise<void> {
  const expected = await fromPortal(method, path, headers);
  const is = await fromNginx(method, path, headers);
  assert.deepEqual(comparable(is), comparable(expected), `${method} ${path} ${JSON.stringify(headers)}`);
}

const codings: readonly Headers[] = [
  {},
  { 'accept-encoding': 'gzip' },
  { 'accept-encoding': 'gzip, deflate, br, zstd' },
  { 'accept-encoding': 'br;q=0, gzip' },
  { 'accept-encoding': 'identity' },
];

test('nginx answers each path of a release as the portal does, in each coding', { skip }, async () => {
  for (const path of Object.keys(pages)) for (const headers of codings) await assertSame(path, headers);
});

test(
  'nginx says who it is without its version, and that a form depends on what was asked also where there is no gzip',
  { skip },
  async () => {
    for (const path of ['/short.html', '/short-moved.html', '/short-gone.html', '/shown-short/index.html']) {
      const { headers } = await fromNginx('GET', path, { 'accept-encoding': 'gzip' });
      assert.deepEqual(
        [headers['server'], headers['vary'], headers['content-encoding']],
        ['nginx', 'Accept-Encoding', undefined],
      );
    }
  },
);

test('nginx answers HEAD as the portal does', { skip }, async () => {
  for (const path of [...Object.keys(pages), '/nothing'])
    for (const headers of codings) await assertSame(path, headers, 'HEAD');
});

test('nginx leads to the one address of a page, and nowhere else', { skip }, async () => {
  for (const path of [
    '/news',
    '/news?page=2',
    '/?utm=1',
    '/gone',
    '/gone?x=1',
    '/%6eews/',
    '/%6eews',
    '/old%2dx',
    '/%6fld.html?a=b',
    '/%6eews/withdrawn.html',
    '/%6eews/2026/11/01/a1.html?q=%0d%0ax',
    '/old.html?a=b',
    '/oLd.html',
    '/mixed/case.aspx',
    '/readme.html',
  ])
    for (const headers of codings) await assertSame(path, headers);
});

test('nginx has nothing at addresses the release does not have', { skip }, async () => {
  for (const path of [
    '/nothing',
    '/en/nothing',
    '/en/a/b.html',
    '/en',
    '/English/nothing',
    '/nothing/',
    '/index.html',
    '/news/index.html',
    '/index.html.gz',
    '/feed.xml.gz',
    '/feed.xml.br',
    '/news/2026',
    '/news/2026/',
    '/news//2026/11/01/a1.html',
    '//news/',
    '//evil.example',
    '//evil.example/..',
    '/news/../',
    '/news/%2e%2e/',
    '/%2fnews/',
    '/%2f%2fnews',
    '/./',
    '/.chengmen/export.json',
    '/.chengmen/nginx/server.conf',
    '/.well-known/',
    '/.well-known/chengmen/',
    '/.well-known/chengmen',
    '/.well-known/chengmen/map/root',
    '/:page/empty',
    '/:said/empty',
    '/:br/index.html.br',
    '/:notice/405.html',
    '/shown/',
    '/shown',
    '/assets/none.css',
    '/%E6%96%B0',
    '/news/a1.html/',
    '/robots.txt/',
    '/robots.txt/x',
  ])
    for (const headers of codings) await assertSame(path, headers);
});

test('nginx refuses what the portal refuses, with the same words', { skip }, async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    for (const path of ['/', '/old.html', '/nothing', '/news/withdrawn.html']) await assertSame(path, {}, method);
  for (const path of ['/%0d%0ax:y', '/a%5cb', '/%7f', `/${'a'.repeat(2048)}`]) await assertSame(path);
});

test('nginx answers a part of a page as the portal does', { skip }, async () => {
  for (const path of [
    '/media/report.pdf',
    '/files/a1/report.docx',
    '/news/',
    '/news/withdrawn.html',
    '/shown/index.html',
    '/old.html',
  ])
    for (const range of ['bytes=0-9', 'bytes=20-', 'bytes=-5', 'bytes=0-0', 'bytes=5-100000', 'bytes=0-1,5-6', 'x=1'])
      for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br' }])
        await assertSame(path, { ...headers, range });
});

test(
  'nginx says that there is no such part without a body, each header once, and not to be kept',
  { skip },
  async () => {
    const range = 'bytes=99999-';
    const { status, headers, body } = await fromNginx('GET', '/media/report.pdf', { range });
    const portal = await release.respond({ method: 'GET', path: '/media/report.pdf', headers: { range } });
    assert.deepEqual([status, body.length], [portal.status, 0]);
    const same = Object.entries(portal.headers).filter(
      ([name]) => !/^(?:content-(?:type|length)|etag|accept-ranges)$/.test(name),
    );
    for (const [name, value] of same) assert.equal(headers[name], value, name);
  },
);

test('nginx answers a condition that fails with the words of the portal', { skip }, async () => {
  for (const path of ['/media/report.pdf', '/news/', '/shown/index.html'])
    for (const coding of codings) await assertSame(path, { ...coding, 'if-match': '"other"' });
});

test(
  'nginx gives each form of a page a tag that its conditions know, and that the next export keeps',
  { skip },
  async () => {
    const seen = new Set<string>();
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br' }] as Headers[]) {
      const tag = (await fromNginx('GET', '/news/', headers)).headers['etag'] ?? '';
      seen.add(tag);
      const same = await fromNginx('GET', '/news/', { ...headers, 'if-none-match': tag });
      const portal = await release.respond({ method: 'GET', path: '/news/', headers });
      const expected = await release.respond({
        method: 'GET',
        path: '/news/',
        headers: { ...headers, 'if-none-match': portal.headers['etag'] ?? '' },
      });
      assert.deepEqual(comparable(same), comparable(expected));
      assert.equal(same.status, 304);
      assert.equal((await fromNginx('GET', '/news/', { ...headers, 'if-none-match': '"other"' })).status, 200);
      const part = (ifRange: string): Promise<Got> =>
        fromNginx('GET', '/news/', { ...headers, 'if-range': ifRange, range: 'bytes=0-3' });
      assert.equal((await part(tag)).status, headers['accept-encoding'] === 'gzip' ? 200 : 206);
      assert.equal((await part('"other"')).status, 200);
    }
    assert.equal(seen.size, 3, 'each form has its own');
  },
);

test('nginx offers the proofs the portal offers, and verifySite finds nothing wrong', { skip }, async () => {
  const { checkpoint, map } = release.current() ?? assert.fail('nothing is served');
  assert.match(checkpoint, /\n2\n/);
  for (const name of [
    'checkpoint',
    'keys/1',
    'keys/2',
    'keys/',
    'prunings/1',
    'prunings/2',
    'tile/0/000.p/2',
    'tile/entries/000.p/2',
    `map/root/${map.hash}`,
    'tile/0/001',
    `map/0/${'0'.repeat(64)}`,
  ])
    for (const headers of [{}, { 'accept-encoding': 'gzip, br' }, { range: 'bytes=0-1' }] as Headers[])
      await assertSame(`/.well-known/chengmen/${name}`, headers);
  const report = await verifySite({ url: `http://127.0.0.1:${host.port}`, key: samples.vkey });
  assert.deepEqual(report.problems, []);
  assert.equal(report.paths, Object.keys(pages).length);
});
