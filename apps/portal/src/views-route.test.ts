import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { sampleRelease } from '@chengmen/release/testing';
import { startPortal, type Portal } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'portal-views-'));
const socket = join(root, 'views.sock');
const told: { headers: IncomingHttpHeaders; body: string }[] = [];
const next = { status: 200, body: '{"views":3}' };
let counter: Server;
let portal: Portal;

before(async () => {
  const sample = sampleRelease();
  await sample.seal({ '/': { body: 'home' }, '/a.html': { body: 'a' }, '/404.html': { body: 'no', status: 404 } });
  for (const [name, bytes] of sample.files) {
    mkdirSync(dirname(join(root, 'releases', name)), { recursive: true });
    writeFileSync(join(root, 'releases', name), bytes);
  }
  counter = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      response.writeHead(next.status, next.status === 429 ? { 'retry-after': '10' } : {}).end(next.body);
    });
  });
  await new Promise<void>((resolve) => counter.listen(socket, resolve));
  portal = await startPortal({
    ...{ releases: join(root, 'releases'), key: sample.vkey, host: '127.0.0.1', port: 0 },
    ...{ seenFile: join(root, 'seen'), views: socket, trustedProxies: ['127.0.0.1'] },
  });
});
after(async () => {
  await portal.close();
  counter.close();
  rmSync(root, { recursive: true, force: true });
});

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${portal.address}/views`, { method: 'POST', body, headers });

/** All that comes back on one connection. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(portal.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (part) => (answer += part.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('createViewsRoute hands a view of a page on, with the visitor’s address and nothing that names more', async () => {
  const body = JSON.stringify({ id: 'x', path: '/a.html' });
  const answer = await post(body, {
    ...{ 'user-agent': 'Mozilla/5.0', 'x-forwarded-for': '9.9.9.9, 203.0.113.9', cookie: 'a=b', authorization: 'c' },
  });
  assert.deepEqual([answer.status, await answer.json()], [200, { views: 3 }]);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const { headers, body: handed } = told.pop() ?? {};
  assert.equal(handed, body);
  assert.deepEqual(
    [headers?.['x-forwarded-for'], headers?.['user-agent'], headers?.cookie, headers?.authorization],
    ['203.0.113.9', 'Mozilla/5.0', undefined, undefined],
  );
  assert.equal(headers?.host, `127.0.0.1:${portal.port}`);
});

test('createViewsRoute: addresses that are no page of the release, and bodies that are none, get no further', async () => {
  const paths = ['/b.html', '/404.html', '/assets/a.css', '', 'a', '/a.html?x', '//', '/../a.html', null];
  for (const path of paths) assert.equal((await post(JSON.stringify({ path }))).status, 400, `${path}`);
  for (const body of ['', 'null', '[]', '{', '\u0000']) assert.equal((await post(body)).status, 400);
  assert.equal((await post('x'.repeat(701))).status, 413);
  const head = 'POST /views HTTP/1.1\r\nHost: a\r\nConnection: close\r\n';
  assert.match(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`), /^HTTP\/1.1 411 /);
  assert.match(await raw(`${head}Content-Length: 9\r\nExpect: 100-continue\r\n\r\n`), /^HTTP\/1.1 417 /);
  assert.equal((await fetch(`${portal.address}/views`)).status, 404);
  assert.equal((await fetch(`${portal.address}/views?`, { method: 'POST', body: '{"path":"/"}' })).status, 405);
  assert.deepEqual(told, []);
});

test('createViewsRoute: two requests of one connection each get their own answer', async () => {
  const one = (path: string, connection: string): string => {
    const body = JSON.stringify({ path });
    return `POST /views HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const text = await raw(`${one('/a.html', 'keep-alive')}${one('/none.html', 'close')}`);
  assert.deepEqual(text.match(/HTTP\/1.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 400']);
  told.length = 0;
});

test('createViewsRoute: a counter that is busy, wrong or gone costs the count and nothing else', async () => {
  next.status = 429;
  const refused = await post('{"path":"/"}');
  assert.deepEqual([refused.status, refused.headers.get('retry-after'), await refused.text()], [429, '10', '']);
  next.status = 503;
  assert.equal((await post('{"path":"/"}')).status, 503);
  counter.closeAllConnections();
  await new Promise((resolve) => counter.close(resolve));
  assert.equal((await post('{"path":"/"}')).status, 503);
  assert.equal(await (await fetch(`${portal.address}/a.html`)).text(), 'a');
});
