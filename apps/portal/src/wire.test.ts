/** What goes over the wire, byte by byte: requests no client library would send. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sampleRelease } from '@chengmen/release/testing';
import fc from 'fast-check';
import type { AccessRecord } from './access-record.ts';
import { startPortal } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-wire-'));
const sample = sampleRelease();
await sample.seal({
  '/': { body: 'home' },
  '/news/': { body: 'news' },
  '/old.html': { body: 'moved', status: 301, location: '/news/' },
  '/404.html': { body: 'not here', status: 404 },
  '/media/m.pdf': { body: '0123456789', type: 'application/pdf' },
});
for (const [name, bytes] of sample.files) {
  const path = join(root, 'releases', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
const records: AccessRecord[] = [];
const portal = await startPortal({
  releases: join(root, 'releases'),
  key: sample.vkey,
  host: '127.0.0.1',
  port: 0,
  seenFile: join(root, 'seen'),
  accessed: (record) => records.push(record),
});
after(async () => {
  await portal.close();
  rmSync(root, { recursive: true, force: true });
});

/** Sends bytes and gives all that comes back until the portal ends the connection. */
function exchange(raw: string, options: { readonly halfClose?: boolean } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: portal.port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(answer));
    if (options.halfClose === true) socket.end(raw, 'latin1');
    else socket.write(raw, 'latin1');
  });
}

const statusesIn = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

const host = 'Host: city.example\r\n';
/** What a client asks for next on the connection; where it is answered, the connection went on. */
const next = `GET /media/m.pdf HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
/** What must never be answered where it stands inside of another request. */
const smuggled = `GET /old.html HTTP/1.1\r\n${host}\r\n`;

interface Case {
  readonly name: string;
  readonly raw: string;
  readonly statuses: readonly number[];
  readonly has?: string;
}

const goesOn: readonly Case[] = [
  { name: 'absolute form', raw: `GET http://city.example/news/ HTTP/1.1\r\n${host}\r\n`, statuses: [200], has: 'news' },
  {
    name: 'absolute form without path',
    raw: `GET HTTP://city.example HTTP/1.1\r\n${host}\r\n`,
    statuses: [200],
    has: 'home',
  },
  { name: 'absolute form, query alone', raw: `GET https://city.example?a=b HTTP/1.1\r\n${host}\r\n`, statuses: [200] },
  {
    name: 'absolute form, to be redirected',
    raw: `GET http://city.example/news?a HTTP/1.1\r\n${host}\r\n`,
    statuses: [301],
    has: 'location: /news/?a\r\n',
  },
  { name: 'absolute form with a user', raw: `GET http://me:x@city.example/ HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'another scheme', raw: `GET ftp://city.example/ HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'asterisk form', raw: `OPTIONS * HTTP/1.1\r\n${host}\r\n`, statuses: [405], has: 'allow: GET, HEAD' },
  {
    name: 'a host name in Chinese, encoded',
    raw: 'GET / HTTP/1.1\r\nHost: xn--fiqs8s.example:8080\r\n\r\n',
    statuses: [200],
  },
  { name: 'an IPv6 host', raw: 'GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n', statuses: [200] },
  { name: 'an empty host', raw: 'GET / HTTP/1.1\r\nHost:\r\n\r\n', statuses: [200] },
  { name: 'empty lines before', raw: `\r\n\r\nGET / HTTP/1.1\r\n${host}\r\n`, statuses: [200] },
  {
    name: 'a name that is no path',
    raw: `GET /news/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`,
    statuses: [404],
  },
  { name: 'dot segments', raw: `GET /news/../news/ HTTP/1.1\r\n${host}\r\n`, statuses: [404] },
  { name: 'encoded slash', raw: `GET /news%2F HTTP/1.1\r\n${host}\r\n`, statuses: [301], has: 'location: /news/\r\n' },
  { name: 'encoded twice', raw: `GET /%256eews/ HTTP/1.1\r\n${host}\r\n`, statuses: [404] },
  { name: 'overlong UTF-8', raw: `GET /%c0%af%c0%ae HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'NUL, encoded', raw: `GET /news/%00 HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  {
    name: 'a proof by another spelling',
    raw: `GET /.well-known/chengmen/%63heckpoint HTTP/1.1\r\n${host}\r\n`,
    statuses: [404],
  },
  { name: 'several ranges', raw: `GET /media/m.pdf HTTP/1.1\r\n${host}Range: bytes=0-1,4-5\r\n\r\n`, statuses: [200] },
  {
    name: 'a range twice',
    raw: `GET /media/m.pdf HTTP/1.1\r\n${host}Range: bytes=0-1\r\nRange: bytes=4-5\r\n\r\n`,
    statuses: [200],
  },
  {
    name: 'one range',
    raw: `GET /media/m.pdf HTTP/1.1\r\n${host}Range: bytes=4-\r\n\r\n`,
    statuses: [206],
    has: 'content-range: bytes 4-9/10',
  },
  { name: 'an unknown expectation', raw: `GET / HTTP/1.1\r\n${host}Expect: magic\r\n\r\n`, statuses: [417] },
];

for (const { name, raw, statuses, has = '' } of goesOn)
  test(`the wire: ${name} → ${statuses.join(', ')}, and the connection goes on`, async () => {
    const answer = await exchange(raw + next);
    assert.deepEqual(statusesIn(answer), [...statuses, 200]);
    assert.ok(answer.includes(has));
    assert.ok(answer.endsWith('0123456789'));
  });

const ends: readonly Case[] = [
  { name: 'authority form', raw: `GET city.example:80 HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  {
    name: 'upgrade to a WebSocket',
    raw: `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    statuses: [200],
  },
  {
    name: 'upgrade to HTTP/2',
    raw: `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    statuses: [200],
  },
  { name: 'no Host', raw: 'GET / HTTP/1.1\r\n\r\n', statuses: [400] },
  { name: 'two Hosts', raw: `GET / HTTP/1.1\r\n${host}hOST: other.example\r\n\r\n`, statuses: [400] },
  { name: 'the same Host twice', raw: `GET / HTTP/1.1\r\n${host}${host}\r\n`, statuses: [400] },
  { name: 'a Host that is none', raw: 'GET / HTTP/1.1\r\nHost: city.example/\r\n\r\n', statuses: [400] },
  { name: 'a Host with a user', raw: 'GET / HTTP/1.1\r\nHost: me@city.example\r\n\r\n', statuses: [400] },
  { name: 'HTTP/0.9', raw: 'GET /\r\n\r\n', statuses: [505] },
  { name: 'HTTP/2 without asking', raw: `GET / HTTP/2.0\r\n${host}\r\n`, statuses: [505] },
  { name: 'the beginning of HTTP/2', raw: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [400] },
  { name: 'TLS', raw: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', statuses: [400] },
  { name: 'CONNECT', raw: `CONNECT city.example:443 HTTP/1.1\r\n${host}\r\n`, statuses: [] },
  { name: 'a method in small letters', raw: `get / HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  {
    name: 'a body',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    statuses: [200],
  },
  {
    name: 'a body in chunks',
    raw: `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    statuses: [405],
  },
  {
    name: 'a body that is announced',
    raw: `POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n`,
    statuses: [405],
  },
  {
    name: 'length and chunks',
    raw: `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'chunks and length',
    raw: `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'another transfer coding',
    raw: `POST / HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'chunks not last',
    raw: `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'two lengths',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 5\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'a list of lengths',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length: 0, 5\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'a length with a sign',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length: +0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'a length in hexadecimal',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length: 0x0\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  {
    name: 'a space before the colon',
    raw: `GET / HTTP/1.1\r\n${host}Content-Length : 5\r\n\r\n${smuggled}`,
    statuses: [400],
  },
  { name: 'a folded header', raw: `GET / HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`, statuses: [400] },
  { name: 'lines without CR', raw: `GET / HTTP/1.1\nHost: city.example\n\n`, statuses: [400] },
  { name: 'LF in a header', raw: `GET / HTTP/1.1\r\n${host}X: a\nContent-Length: 5\r\n\r\n`, statuses: [400] },
  { name: 'CR in a header', raw: `GET / HTTP/1.1\r\n${host}X: a\rContent-Length: 5\r\n\r\n`, statuses: [400] },
  { name: 'NUL in a header', raw: `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, statuses: [400] },
  { name: 'NUL in the address', raw: `GET /news\0/ HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'a control sign in the query', raw: `GET /news?\x01 HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'raw bytes in the query', raw: `GET /news?\xff\xfe HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'a space in the address', raw: `GET /ne ws HTTP/1.1\r\n${host}\r\n`, statuses: [400] },
  { name: 'a header of 17 KB', raw: `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(17 * 1024)}\r\n\r\n`, statuses: [431] },
  { name: '3 000 headers', raw: `GET / HTTP/1.1\r\n${host}${'a: bcd\r\n'.repeat(3000)}\r\n`, statuses: [431] },
  { name: 'an address of 17 KB', raw: `GET /${'a'.repeat(17 * 1024)} HTTP/1.1\r\n${host}\r\n`, statuses: [431] },
];

for (const { name, raw, statuses } of ends)
  test(`the wire: ${name} → ${statuses.join(', ') || 'no answer'}, and the connection ends`, async () => {
    const answer = await exchange(raw + next);
    assert.deepEqual(statusesIn(answer), statuses);
    assert.ok(!answer.includes('0123456789') && !answer.includes('moved'));
  });

test('the wire: requests one behind the other are answered in their order, whether their answer is ready or not', async () => {
  const paths = Array.from({ length: 60 }, (_, at) => ['/', `/none-${at}`, '/news', '/news/', '/old.html'][at % 5]);
  const raw = paths.map((path) => `GET ${path} HTTP/1.1\r\n${host}\r\n`).join('');
  const answer = await exchange(raw + next);
  assert.deepEqual(statusesIn(answer), [...paths.map((_, at) => [200, 404, 301, 200, 301][at % 5]), 200]);
});

test('the wire: HTTP/1.0 is answered and ends, without a Host too', async () => {
  const answer = await exchange('GET /news/ HTTP/1.0\r\n\r\n');
  assert.deepEqual([statusesIn(answer), answer.endsWith('news')], [[200], true]);
});

test('the wire: a client that has said its last word still gets its answers', async () => {
  const raw = ['/none', '/', '/news/'].map((path) => `GET ${path} HTTP/1.1\r\n${host}\r\n`).join('');
  assert.deepEqual(statusesIn(await exchange(raw, { halfClose: true })), [404, 200, 200]);
});

test('the wire: a request that comes byte by byte is one request', async () => {
  const raw = `GET /news/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(portal.port, '127.0.0.1');
    let got = '';
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => (got += data.toString()));
    socket.on('close', () => resolve(got));
    const send = (at: number): void => {
      if (at < raw.length) socket.write(raw.charAt(at), () => setImmediate(send, at + 1));
    };
    send(0);
  });
  assert.deepEqual([statusesIn(answer), answer.endsWith('news')], [[200], true]);
});

test('the wire: the access log has the path alone of an absolute form', async () => {
  await exchange(`GET http://city.example/news/?who=me HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  assert.deepEqual([records.at(-1)?.path, records.at(-1)?.status], ['/news/', 200]);
});

test('the wire: whatever comes, no answer is a fault of ours, and the portal goes on', async () => {
  const pieces = [
    ...[
      'GET ',
      'HEAD ',
      '/',
      'news',
      '?',
      '%',
      '%2e',
      '..',
      '*',
      ':',
      ' ',
      '\t',
      ';',
      '"',
      '\x01',
      '\xff',
      '\0',
      '\r',
      '\n',
    ],
    ...[
      '\r\n',
      ' HTTP/1.1',
      ' HTTP/1.1\r\n',
      host,
      'Range: bytes=0-1\r\n',
      'If-None-Match: *\r\n',
      'Content-Length: 3\r\n',
    ],
    ...['Transfer-Encoding: chunked\r\n', 'Expect: 100-continue\r\n', 'Connection: close\r\n', 'http://city.example'],
  ];
  const request = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''));
  await fc.assert(
    fc.asyncProperty(request, fc.boolean(), async (some, framed) => {
      const raw = framed ? `GET /${some} HTTP/1.1\r\n${host}\r\n` : `${some}\r\n\r\n`;
      const answer = await exchange(raw, { halfClose: true });
      for (const status of statusesIn(answer)) assert.ok(status < 500 || status === 505, JSON.stringify(raw));
    }),
    { numRuns: 300 },
  );
  assert.deepEqual(statusesIn(await exchange(next)), [200]);
});
