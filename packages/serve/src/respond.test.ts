import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { hashOf } from '@chengmen/release';
import { sampleRelease } from '@chengmen/release/testing';
import { openRelease, seenInMemory, type Answer } from './index.ts';

const home = '<h1>临江</h1>'.repeat(40);
const sample = sampleRelease();
await sample.seal({
  '/': { body: home },
  '/news/': { body: 'news' },
  '/old.html': { body: 'moved', status: 301, location: '/news/' },
  '/gone.html': { body: 'withdrawn', status: 410 },
  '/404.html': { body: 'not here', status: 404 },
  '/en/404.html': { body: 'not here, in English', status: 404 },
  '/media/m.pdf': { body: '0123456789', type: 'application/pdf' },
  '/files/f/f.docx': { body: '0123456789', type: 'application/msword' },
  '/files/gone.docx': { body: 'withdrawn', status: 410 },
  '/assets/a.css': { body: 'p{}', type: 'text/css; charset=utf-8' },
  '/empty.txt': { body: '', type: 'text/plain' },
});
const options = { store: sample.store, key: sample.vkey, seen: seenInMemory() };
const release = await openRelease(options);
const etagOf = (body: string | Uint8Array): string => `"sha256-${hashOf(Buffer.from(body))}"`;

/** Where it stands what the sample says a path was made from. */
function provenance(path: string): string {
  return `/.well-known/chengmen/provenance/${hashOf(JSON.stringify({ path }))}${path}`;
}

const ask = (line: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
  const [method = '', path = ''] = line.split(' ');
  return release.respond({ method, path, headers });
};

interface Case {
  readonly ask: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly status: number;
  /** null: the header must not be there. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  readonly body?: string;
}

const html = 'text/html; charset=utf-8';
const cases: readonly Case[] = [
  // Methods
  {
    ask: 'GET /',
    status: 200,
    headers: {
      'content-type': html,
      'content-length': `${Buffer.byteLength(home)}`,
      etag: etagOf(home),
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      'content-encoding': null,
      'accept-ranges': 'bytes',
    },
    body: home,
  },
  {
    ask: 'HEAD /',
    status: 200,
    headers: { 'content-length': `${Buffer.byteLength(home)}`, etag: etagOf(home) },
    body: '',
  },
  ...['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'get'].map((method): Case => ({
    ask: `${method} /`,
    status: 405,
    headers: { allow: 'GET, HEAD' },
  })),
  // Addresses
  { ask: 'GET /?utm=1', status: 200, body: home },
  { ask: 'GET /news/', status: 200, body: 'news' },
  { ask: 'GET /news', status: 301, headers: { location: '/news/' }, body: '' },
  { ask: 'GET /news?page=2', status: 301, headers: { location: '/news/?page=2' } },
  { ask: 'GET /%6eews/', status: 301, headers: { location: '/news/' } },
  { ask: 'GET /old.html', status: 301, headers: { location: '/news/', 'content-type': html }, body: 'moved' },
  { ask: 'GET /gone.html', status: 410, headers: { 'cache-control': 'no-cache', etag: null }, body: 'withdrawn' },
  { ask: 'GET /nothing', status: 404, headers: { etag: null }, body: 'not here' },
  { ask: 'GET /en/nothing/at/all', status: 404, body: 'not here, in English' },
  { ask: 'GET /en/404.html', status: 404, body: 'not here, in English' },
  { ask: 'GET /english', status: 404, body: 'not here' },
  { ask: 'GET /news/nothing', status: 404, body: 'not here' },
  { ask: 'HEAD /nothing', status: 404, headers: { 'content-length': '8' }, body: '' },
  { ask: 'GET /404.html', status: 404, body: 'not here' },
  { ask: 'GET /index.html', status: 404 },
  { ask: 'GET //news/', status: 404 },
  { ask: 'GET //evil.example', status: 404, headers: { location: null } },
  { ask: 'GET //evil.example/..', status: 404, headers: { location: null } },
  { ask: 'GET /news/../', status: 404 },
  { ask: 'GET /news/%2e%2e/', status: 404 },
  { ask: 'GET /%E6%96%B0', status: 404 },
  { ask: 'GET /%zz', status: 400 },
  { ask: 'GET /%ff', status: 400 },
  { ask: 'GET /%00', status: 400 },
  { ask: 'GET /%0d%0ax:y', status: 400 },
  { ask: 'GET /a%5cb', status: 400 },
  { ask: 'GET news', status: 400 },
  { ask: 'GET http://other.example/', status: 400 },
  { ask: `GET /${'a'.repeat(2048)}`, status: 414 },
  // Codings
  {
    ask: 'GET /',
    with: { 'accept-encoding': 'gzip, deflate, br, zstd' },
    status: 200,
    headers: { 'content-encoding': 'br', vary: 'Accept-Encoding' },
  },
  { ask: 'GET /', with: { 'accept-encoding': 'gzip' }, status: 200, headers: { 'content-encoding': 'gzip' } },
  {
    ask: 'GET /',
    with: { 'accept-encoding': 'br;q=0.5, gzip;q=0.8' },
    status: 200,
    headers: { 'content-encoding': 'gzip' },
  },
  {
    ask: 'GET /',
    with: { 'accept-encoding': 'br;q=0, gzip;q=0' },
    status: 200,
    headers: { 'content-encoding': null },
    body: home,
  },
  { ask: 'GET /', with: { 'accept-encoding': '*' }, status: 200, headers: { 'content-encoding': 'br' } },
  { ask: 'GET /', with: { 'accept-encoding': 'br;q=0, *' }, status: 200, headers: { 'content-encoding': 'gzip' } },
  {
    ask: 'GET /',
    with: { 'accept-encoding': 'identity, gzip;q=0.5' },
    status: 200,
    headers: { 'content-encoding': null },
  },
  { ask: 'GET /', with: { 'accept-encoding': 'GZIP ; Q=1' }, status: 200, headers: { 'content-encoding': 'gzip' } },
  { ask: 'GET /', with: { 'accept-encoding': 'identity;q=0' }, status: 200, body: home },
  { ask: 'GET /', with: { 'accept-encoding': '' }, status: 200, headers: { 'content-encoding': null } },
  { ask: 'GET /', with: { 'accept-encoding': 'zstd;q=x, ;;,' }, status: 200, headers: { 'content-encoding': null } },
  {
    ask: 'GET /media/m.pdf',
    with: { 'accept-encoding': 'br' },
    status: 200,
    headers: { 'content-encoding': null, vary: null },
  },
  // Keeping
  { ask: 'GET /media/m.pdf', status: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } },
  {
    ask: 'GET /assets/a.css',
    status: 200,
    headers: { 'cache-control': /immutable/, 'content-type': 'text/css; charset=utf-8' },
  },
  { ask: 'GET /assets/none.css', status: 404, headers: { 'cache-control': 'no-cache' } },
  { ask: 'GET /empty.txt', status: 200, headers: { 'content-length': '0' }, body: '' },
  // What was handed in
  {
    ask: 'GET /files/f/f.docx',
    status: 200,
    headers: {
      'content-disposition': 'attachment',
      'content-security-policy': /^default-src 'none'.*; sandbox$/,
      'x-content-type-options': 'nosniff',
      'cache-control': /immutable/,
      'set-cookie': null,
    },
  },
  {
    ask: 'GET /files/f/f.docx',
    with: { range: 'bytes=2-4' },
    status: 206,
    headers: { 'content-disposition': 'attachment', 'content-security-policy': /sandbox/ },
    body: '234',
  },
  {
    ask: 'GET /files/f/f.docx',
    with: { 'if-none-match': etagOf('0123456789') },
    status: 304,
    headers: { 'content-disposition': 'attachment', 'content-security-policy': /sandbox/ },
  },
  {
    ask: 'GET /media/m.pdf',
    status: 200,
    headers: { 'content-disposition': null, 'content-security-policy': /sandbox/ },
  },
  { ask: 'GET /files/gone.docx', status: 410, headers: { 'content-disposition': null, 'cache-control': 'no-cache' } },
  { ask: 'GET /files/none.docx', status: 404, headers: { 'content-disposition': null } },
  { ask: 'GET /', status: 200, headers: { 'content-security-policy': /script-src 'self'/ } },
  // Conditions
  {
    ask: 'GET /',
    with: { 'if-none-match': etagOf(home) },
    status: 304,
    headers: {
      etag: etagOf(home),
      vary: 'Accept-Encoding',
      'cache-control': 'no-cache',
      'content-length': null,
      'content-type': null,
    },
    body: '',
  },
  { ask: 'HEAD /', with: { 'if-none-match': etagOf(home) }, status: 304 },
  { ask: 'GET /', with: { 'if-none-match': `"x", W/${etagOf(home)}` }, status: 304 },
  { ask: 'GET /', with: { 'if-none-match': '*' }, status: 304 },
  { ask: 'GET /', with: { 'if-none-match': '"x"' }, status: 200, body: home },
  {
    ask: 'GET /',
    with: { 'if-none-match': etagOf(home), 'accept-encoding': 'gzip' },
    status: 200,
    headers: { 'content-encoding': 'gzip' },
  },
  { ask: 'GET /', with: { 'if-match': etagOf(home) }, status: 200 },
  { ask: 'GET /', with: { 'if-match': '*' }, status: 200 },
  { ask: 'GET /', with: { 'if-match': `W/${etagOf(home)}` }, status: 412 },
  { ask: 'GET /', with: { 'if-match': '"x"', 'if-none-match': etagOf(home) }, status: 412 },
  { ask: 'GET /gone.html', with: { 'if-none-match': '*' }, status: 410 },
  { ask: 'GET /nothing', with: { 'if-none-match': '*' }, status: 404 },
  { ask: 'GET /', with: { 'if-modified-since': 'Mon, 23 Nov 2026 16:00:00 GMT' }, status: 200 },
  // Parts
  {
    ask: 'GET /media/m.pdf',
    with: { range: 'bytes=2-4' },
    status: 206,
    headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3', etag: etagOf('0123456789') },
    body: '234',
  },
  {
    ask: 'GET /media/m.pdf',
    with: { range: 'bytes=7-' },
    status: 206,
    headers: { 'content-range': 'bytes 7-9/10' },
    body: '789',
  },
  {
    ask: 'GET /media/m.pdf',
    with: { range: 'bytes=-3' },
    status: 206,
    headers: { 'content-range': 'bytes 7-9/10' },
    body: '789',
  },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=-99' }, status: 206, headers: { 'content-range': 'bytes 0-9/10' } },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=8-99' }, status: 206, body: '89' },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=10-' }, status: 416, headers: { 'content-range': 'bytes */10' } },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=-0' }, status: 416 },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=4-2' }, status: 200, body: '0123456789' },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=0-1,4-5' }, status: 200, body: '0123456789' },
  { ask: 'GET /media/m.pdf', with: { range: 'lines=0-1' }, status: 200 },
  { ask: 'HEAD /media/m.pdf', with: { range: 'bytes=2-4' }, status: 200, headers: { 'content-length': '10' } },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=2-4', 'if-range': etagOf('0123456789') }, status: 206, body: '234' },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=2-4', 'if-range': '"x"' }, status: 200, body: '0123456789' },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=2-4', 'if-range': 'Mon, 23 Nov 2026 16:00:00 GMT' }, status: 200 },
  { ask: 'GET /media/m.pdf', with: { range: 'bytes=2-4', 'if-none-match': etagOf('0123456789') }, status: 304 },
  { ask: 'GET /empty.txt', with: { range: 'bytes=0-' }, status: 416 },
  { ask: 'GET /gone.html', with: { range: 'bytes=0-1' }, status: 410, body: 'withdrawn' },
  // Proofs
  {
    ask: 'GET /.well-known/chengmen/checkpoint',
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
    body: Buffer.from(sample.files.get('checkpoint')!).toString(),
  },
  {
    ask: 'GET /.well-known/chengmen/tile/0/000.p/1',
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'cache-control': /immutable/, 'content-length': '32' },
  },
  {
    ask: 'GET /.well-known/chengmen/tile/entries/000.p/1',
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
  },
  { ask: 'GET /.well-known/chengmen/tile/0/000.p/2', status: 404 },
  { ask: 'GET /.well-known/chengmen/tile/0/000', status: 404 },
  {
    ask: `GET /.well-known/chengmen/map/root/${sample.map().hash}`,
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  },
  { ask: `GET /.well-known/chengmen/map/a/${sample.map().hash}`, status: 404 },
  { ask: `GET /.well-known/chengmen/map/root/${'ab'.repeat(32)}`, status: 404 },
  { ask: 'GET /.well-known/chengmen/', status: 404 },
  // What a page was made from: by its path and hash together, of this release alone
  { ask: `GET ${provenance('/')}`, status: 200, body: '{"path":"/"}' },
  { ask: `GET ${provenance('/old.html')}`, status: 200, body: '{"path":"/old.html"}' },
  { ask: `GET ${provenance('/nothing.html')}`, status: 404 },
  { ask: `GET ${provenance('/').slice(0, -1)}`, status: 404 },
  { ask: `GET ${provenance('/')}news/`, status: 404 },
  { ask: `GET /.well-known/chengmen/blob/${hashOf('{"path":"/"}')}`, status: 404 },
];

for (const one of cases) {
  const conditions = Object.entries(one.with ?? {}).map(([name, value]) => `${name}: ${value.slice(0, 40)}`);
  test(`respond: ${[one.ask.slice(0, 80), ...conditions].join(', ')} → ${one.status}`, async () => {
    const answer = await ask(one.ask, one.with);
    assert.equal(answer.status, one.status);
    for (const [name, value] of Object.entries(one.headers ?? {})) {
      const is = answer.headers[name];
      if (value === null) assert.equal(is, undefined, name);
      else if (typeof value === 'string') assert.equal(is, value, name);
      else assert.match(is ?? '', value, name);
    }
    if (one.body !== undefined) assert.equal(Buffer.from(answer.body).toString(), one.body);
    const [method = '', path = ''] = one.ask.split(' ');
    const now = release.respondNow({ method, path, headers: one.with ?? {} });
    if (now) assert.deepEqual(now, answer);
    if (now?.headerText !== undefined) {
      const lines = Object.entries(now.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      assert.equal(now.headerText, lines.join(''));
    }
    const ready = [200, 206, 410].includes(one.status);
    if (ready && !path.startsWith('/.well-known/'))
      assert.ok(now, 'it was answered before, so it can be answered at once');
    if (!one.ask.startsWith('HEAD') && answer.headers['content-length'] !== undefined)
      assert.equal(answer.headers['content-length'], `${answer.body.length}`);
  });
}

test('respond: every answer carries the security headers, whatever its status', async () => {
  for (const line of [
    'GET /',
    'GET /nothing',
    'POST /',
    'GET /%zz',
    'GET /gone.html',
    'GET /news',
    'GET /.well-known/chengmen/checkpoint',
  ]) {
    const { headers } = await ask(line);
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin');
    assert.match(headers['permissions-policy'] ?? '', /camera=\(\)/);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['strict-transport-security'], undefined, 'not over plain http');
  }
  const secure = await openRelease({ ...options, https: true });
  const { headers } = await secure.respond({ method: 'GET', path: '/', headers: {} });
  assert.equal(headers['strict-transport-security'], 'max-age=31536000');
});

test('respond: each coding has its own tag and opens to the same page', async () => {
  const [plain, gzip, br] = await Promise.all(
    ['identity', 'gzip', 'br'].map((coding) => ask('GET /', { 'accept-encoding': coding })),
  );
  assert.equal(new Set([plain, gzip, br].map((answer) => answer?.headers['etag'])).size, 3);
  assert.equal(gunzipSync(gzip!.body).toString(), home);
  assert.equal(brotliDecompressSync(br!.body).toString(), home);
  for (const answer of [plain!, gzip!, br!]) assert.equal(answer.headers['etag'], etagOf(answer.body));
});

test('respond: a header that came several times counts as one list', async () => {
  const answer = await release.respond({
    method: 'GET',
    path: '/',
    headers: { 'if-none-match': ['"x"', etagOf(home)] },
  });
  assert.equal(answer.status, 304);
});

test('respond speaks for itself where a release has no page for unknown addresses', async () => {
  const bare = sampleRelease();
  await bare.seal({ '/': { body: 'home' } });
  const { respond } = await openRelease({ store: bare.store, key: bare.vkey, seen: seenInMemory() });
  const answer = await respond({ method: 'GET', path: '/nothing', headers: {} });
  assert.equal(answer.status, 404);
  assert.match(Buffer.from(answer.body).toString(), /这里没有内容.*There is nothing here/s);
});

test('respondNow answers with nothing of the release before', async () => {
  const changing = sampleRelease();
  await changing.seal({ '/': { body: 'old' }, '/gone.html': { body: 'still here' } });
  const opened = await openRelease({ store: changing.store, key: changing.vkey, seen: seenInMemory() });
  const request = (path: string) => ({ method: 'GET', path, headers: {} });
  const text = (answer: Answer | undefined) => answer && Buffer.from(answer.body).toString();
  assert.equal(opened.respondNow(request('/')), undefined, 'nothing was read yet');
  for (const path of ['/', '/gone.html']) await opened.respond(request(path));
  assert.equal(text(opened.respondNow(request('/'))), 'old');
  await changing.seal({ '/': { body: 'new' }, '/gone.html': null });
  assert.equal(await opened.reload(), true);
  assert.equal(opened.respondNow(request('/')), undefined);
  assert.equal(text(await opened.respond(request('/'))), 'new');
  assert.equal(text(opened.respondNow(request('/'))), 'new');
  assert.equal((await opened.respond(request('/gone.html'))).status, 404);
  assert.equal(opened.respondNow(request('/gone.html')), undefined);
});

test('respondNow: an answer begun before a promotion is not found after it', async () => {
  const changing = sampleRelease();
  await changing.seal({ '/': { body: 'old' } });
  let release = (): void => undefined;
  const gate: { closed?: Promise<void> } = {};
  const store = {
    ...changing.store,
    async get(name: string) {
      const bytes = await changing.store.get(name);
      if (name.startsWith('blob/')) await gate.closed;
      return bytes;
    },
  };
  const opened = await openRelease({ store, key: changing.vkey, seen: seenInMemory() });
  gate.closed = new Promise((resolve) => (release = resolve));
  const begun = opened.respond({ method: 'GET', path: '/', headers: {} });
  await changing.seal({ '/': { body: 'new' } });
  assert.equal(await opened.reload(), true);
  release();
  assert.equal(Buffer.from((await begun).body).toString(), 'old');
  assert.equal(opened.respondNow({ method: 'GET', path: '/', headers: {} }), undefined);
});

test('memory is bounded by cacheBytes, whatever is asked for', async () => {
  const large = sampleRelease();
  const pages = Array.from({ length: 60 }, (_, at) => [`/${at}.html`, { body: `${at} `.repeat(3000) }] as const);
  await large.seal(Object.fromEntries(pages));
  const cacheBytes = 400_000;
  const opened = await openRelease({ store: large.store, key: large.vkey, seen: seenInMemory(), cacheBytes });
  for (const coding of ['identity', 'gzip', 'br'])
    for (const [path] of pages) {
      await opened.respond({ method: 'GET', path, headers: { 'accept-encoding': coding } });
      assert.ok(opened.memory().bytes <= cacheBytes);
    }
  assert.ok(opened.memory().bytes > cacheBytes / 8, 'something is kept');
});
