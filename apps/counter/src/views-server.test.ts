import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { View, ViewCounter, ViewOutcome } from '@chengmen/statistics';
import fc from 'fast-check';
import { readBeacon } from './beacon.ts';
import { createViewsServer } from './views-server.ts';

const id = 'abcdefghijklmnopqrstuv';
const beacon = { id, path: '/news/a.html', from: 'www.baidu.com', age: 0 };
const browser = {
  ...{ host: 'www.linjiang.example', origin: 'https://www.linjiang.example', 'sec-fetch-site': 'same-origin' },
  ...{ 'user-agent': 'Mozilla/5.0', 'x-forwarded-for': '203.0.113.9', 'content-type': 'text/plain;charset=UTF-8' },
};

function counter(outcome: ViewOutcome = 'counted', total: () => Promise<number> = () => Promise.resolve(7)) {
  const seen: View[] = [];
  const out: string[] = [];
  const views: ViewCounter = {
    count(view) {
      seen.push(view);
      return Promise.resolve(outcome);
    },
    viewsOf: total,
    leftOut: (why) => out.push(why),
    rollUp: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { seen, out, views };
}

test('createViewsServer: a view is handed on with who brought it, and its page’s total comes back', async () => {
  const { seen, views } = counter();
  const app = createViewsServer({ views });
  const answer = await app.inject({ method: 'POST', url: '/views', headers: browser, payload: JSON.stringify(beacon) });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { views: 7 }]);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['set-cookie'], undefined);
  assert.equal(answer.headers['access-control-allow-origin'], undefined);
  const { id, path, from } = beacon;
  const who = { agent: 'Mozilla/5.0', client: '203.0.113.9', host: 'www.linjiang.example' };
  assert.deepEqual(seen, [{ id, path, from, ...who }]);
});

test('createViewsServer: other origins, old views and what is no view are refused', async () => {
  const { seen, views } = counter();
  const app = createViewsServer({ views });
  const post = async (headers: Record<string, string>, payload: string): Promise<number> =>
    (await app.inject({ method: 'POST', url: '/views', headers: { ...browser, ...headers }, payload })).statusCode;
  const good = JSON.stringify(beacon);
  assert.equal(await post({ origin: 'https://evil.example' }, good), 403);
  assert.equal(await post({ origin: 'null' }, good), 403);
  assert.equal(await post({ 'sec-fetch-site': 'cross-site' }, good), 403);
  assert.equal(await post({ 'sec-fetch-site': 'same-site' }, good), 403);
  assert.equal(await post({}, JSON.stringify({ ...beacon, age: 91 })), 400);
  assert.equal(await post({}, JSON.stringify({ ...beacon, path: `/${'a'.repeat(700)}` })), 413);
  assert.equal(await post({}, 'hello'), 400);
  assert.equal(await post({}, ''), 400);
  assert.equal((await app.inject({ method: 'GET', url: '/views' })).statusCode, 404);
  assert.equal((await app.inject({ method: 'OPTIONS', url: '/views', headers: browser })).statusCode, 404);
  assert.deepEqual(seen, []);
});

test('createViewsServer: what cannot be kept is not acknowledged; a total that is not to be had does not hold it up', async () => {
  const post = async (views: ViewCounter): Promise<number> => {
    const app = createViewsServer({ views, patience: 5 });
    const payload = JSON.stringify(beacon);
    return (await app.inject({ method: 'POST', url: '/views', headers: browser, payload })).statusCode;
  };
  assert.equal(await post(counter('busy').views), 503);
  assert.equal(await post(counter('invalid').views), 400);
  assert.equal(await post(counter('counted', () => Promise.reject(new Error('away'))).views), 204);
  assert.equal(await post(counter('counted', () => new Promise(() => undefined)).views), 204);
});

test('createViewsServer: one address has so many views in ten seconds, another its own', async () => {
  const { out, views } = counter();
  let at = 0;
  const app = createViewsServer({ views, most: 2, now: () => at });
  const post = async (client: string): Promise<number> => {
    const headers = { ...browser, 'x-forwarded-for': client };
    return (await app.inject({ method: 'POST', url: '/views', headers, payload: JSON.stringify(beacon) })).statusCode;
  };
  // What a client writes itself stands before what the proxy adds.
  assert.deepEqual([await post('1'), await post('9, 1'), await post('8, 1'), await post('2')], [200, 200, 429, 200]);
  at = 10_000;
  assert.equal(await post('1'), 200);
  assert.deepEqual(out, ['too-many']);
});

test('readBeacon: nothing but a view is read as one', async () => {
  const field = fc.anything();
  const shape = fc.record({ id: field, path: field, from: field, age: field }, { requiredKeys: [] });
  const near = fc.record({
    id: fc.oneof(fc.constant(id), fc.string()),
    path: fc.oneof(fc.webPath(), fc.string({ unit: 'binary' })),
    from: fc.oneof(fc.domain(), fc.string()),
    age: fc.oneof(fc.integer({ min: -5, max: 200 }), fc.double()),
  });
  const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 900 }), fc.json(), shape.map(toText), near.map(toText));
  const { views, seen } = counter();
  const app = createViewsServer({ views });
  await fc.assert(
    fc.asyncProperty(texts, async (payload) => {
      const read = readBeacon(payload);
      if (read) {
        assert.match(read.id, /^[\w-]{22}$/);
        assert.match(read.path, /^\/[!-~]*$/);
        assert.match(read.from, /^[a-z0-9.:-]*$/);
        assert.ok(read.age >= 0);
      }
      const before = seen.length;
      const { statusCode } = await app.inject({ method: 'POST', url: '/views', headers: browser, payload });
      assert.ok([200, 400, 413].includes(statusCode), `${statusCode}`);
      assert.equal(seen.length - before, statusCode === 200 ? 1 : 0);
    }),
    { numRuns: 250 },
  );
});

function toText(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? '';
  } catch {
    return '';
  }
}
