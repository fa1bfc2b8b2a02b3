import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createLinkAsker } from './link-asker.ts';

/** `site.test` is our server; `inside.test` and `both.test` lead to addresses nobody may be asked at. */
const names: Record<string, readonly string[]> = {
  'site.test': ['127.0.0.1'],
  'inside.test': ['127.0.0.2'],
  'both.test': ['127.0.0.1', '127.0.0.2'],
};
const asked: string[] = [];
const answers: Record<string, RequestListener> = {
  '/there': (_request, response) => response.end('x'),
  '/get-only': ({ method }, response) => response.writeHead(method === 'HEAD' ? 405 : 200).end(),
  '/busy': (_request, response) => response.writeHead(503).end(),
  '/moved': (_request, response) => response.writeHead(302, { location: '/there' }).end(),
  '/moved-away': (_request, response) => response.writeHead(301, { location: '/gone' }).end(),
  '/round': (_request, response) => response.writeHead(302, { location: '/round' }).end(),
  '/silent': () => undefined,
  '/endless': ({ method }, response) => {
    if (method === 'HEAD') response.writeHead(404).end();
    else response.writeHead(200).write('x'.repeat(1_000_000));
  },
};
const server = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push(`${request.headers.host ?? ''}${path}`);
  const to = /^\/to\?(.*)$/.exec(path)?.[1];
  if (to !== undefined) return response.writeHead(302, { location: decodeURIComponent(to) }).end();
  const answer = answers[path];
  return answer ? answer(request, response) : response.writeHead(404).end();
});
let port = 0;
before(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const notFound = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
const asker = (more: Parameters<typeof createLinkAsker>[0] = {}) =>
  createLinkAsker({
    resolve: (host) => (names[host] ? Promise.resolve(names[host]) : notFound()),
    isForbidden: (address) => address !== '127.0.0.1',
    ports: [port],
    patience: 2000,
    ...more,
  });
const at = (path: string, host = 'site.test'): string => `http://${host}:${port}${path}`;

test('createLinkAsker: what answers, what is gone, and what cannot be told', async () => {
  const given = {
    '/there': null,
    '/get-only': null,
    '/moved': null,
    '/endless': null,
    '/gone': 'HTTP 404',
    '/moved-away': 'HTTP 404',
    '/round': '重定向次数过多 (too many redirects)',
  };
  const told = await asker()([...Object.keys(given), '/busy'].map((path) => at(path)));
  for (const [path, answer] of Object.entries(given)) assert.equal(told.get(at(path)), answer, path);
  assert.ok(!told.has(at('/busy')));
  const nowhere = at('/', 'nobody.test');
  assert.equal((await asker()([nowhere])).get(nowhere), '没有这个域名 (no such host)');
  assert.equal((await asker({ patience: 50 })([at('/silent')])).get(at('/silent')), '没有应答 (no answer)');
});

test('createLinkAsker: nothing inside is spoken to, by name, by address, or by a redirect', async () => {
  asked.length = 0;
  const inside = [
    at('/', 'inside.test'),
    at('/', 'both.test'),
    at('/', '127.0.0.2'),
    at('/', '2130706434'),
    at('/', '[::1]'),
    at('/', '[::ffff:127.0.0.2]'),
    'http://site.test:1/',
    `http://user:word@site.test:${port}/there`,
    'file:///etc/passwd',
    'ftp://site.test/',
    'javascript:alert(1)',
    '//',
  ];
  assert.deepEqual([...(await asker()(inside))], []);
  assert.equal(asked.length, 0);
  const round = inside.map((target) => at(`/to?${encodeURIComponent(target)}`));
  assert.deepEqual(
    [...(await asker()(round))].filter(([, answer]) => answer === null),
    [],
  );
  assert.ok(
    asked.every((one) => one.includes('/to?')),
    asked.join('\n'),
  );
});

test('createLinkAsker: its own judgement of addresses refuses this machine', async () => {
  asked.length = 0;
  const told = await createLinkAsker({ ports: [port] })([at('/there', '127.0.0.1'), at('/there', 'localhost')]);
  assert.deepEqual([told.size, asked.length], [0, 0]);
});

test('createLinkAsker: what is known is not asked again before its time', async () => {
  asked.length = 0;
  let now = 0;
  const ask = asker({ clock: () => new Date(now) });
  const links = [at('/there'), at('/gone')];
  await ask(links);
  const first = asked.length;
  await ask(links);
  assert.equal(asked.length, first);
  now = 11 * 60_000;
  await ask(links);
  assert.deepEqual(asked.slice(first), [`site.test:${port}/gone`, `site.test:${port}/gone`]);
});

test('createLinkAsker: no more than thirty of one text', async () => {
  const told = await asker()(Array.from({ length: 100 }, (_, count) => at(`/there?${count}`)));
  assert.equal(told.size, 30);
});
