import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { fetchRaw, type RawAnswer } from '@chengmen/serve';
import { startPortal } from './index.ts';
import type { Hit, SearchAnswer } from './search-port.ts';
import { createTurns } from './turns.ts';

const root = mkdtempSync(join(tmpdir(), 'portal-search-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;

const page =
  '<html><head><title>检索 - 临江</title><link rel="canonical" href="https://www.linjiang.example/search.html"></head><main><!--search--><form></form><!--/search--></main></html>';

function publish(sample: SampleRelease, folder: string): void {
  for (const [name, bytes] of [...sample.files].sort(
    ([a], [b]) => Number(a === 'checkpoint') - Number(b === 'checkpoint'),
  )) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

const hitFor = (path: string, hash: string, title = '城门'): Hit => ({
  path,
  hash,
  title: [{ text: title, hit: true }],
  excerpt: [{ text: '城门开放', hit: false }],
  date: '2026-11-20 09:30',
  kind: 'policy',
  channel: '/',
  department: '市政府',
  validity: '废止',
});
const answerWith = (...hits: readonly Hit[]): SearchAnswer => ({
  map: '',
  hits,
  count: hits.length,
  page: 1,
  pages: 1,
  relaxed: [],
  cut: false,
  meant: [],
  behind: undefined,
  channels: [{ path: '/news/', name: '新闻' }],
  departments: ['市政府'],
});

interface Running {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<RawAnswer & { readonly text: string }>;
  /** What the search process was asked. */
  readonly asked: { readonly path: string; readonly value: Record<string, unknown> }[];
  /** What it answers next. */
  answer: (path: string, value: Record<string, unknown>) => { status?: number; value: unknown } | 'silent';
  readonly sample: SampleRelease;
  readonly hashOf: (body: string) => string;
}

async function running(
  use: (running: Running) => Promise<void>,
  options: { readonly search?: boolean } = {},
): Promise<void> {
  const folder = join(root, String(++folders));
  const socket = join(root, `s${folders}`);
  const sample = sampleRelease();
  await sample.seal({
    '/': { body: 'home' },
    '/search.html': { body: page },
    '/zh-hant/search.html': { body: page },
    '/en/search.html': { body: page.replace('<html>', '<html lang="en">') },
    '/ar/search.html': { body: page.replace('<html>', '<html lang="ar" dir="rtl">') },
    '/news/search.html': { body: 'an article called search' },
    '/a.html': { body: 'here' },
    '/gone.html': { body: 'was here', status: 410 },
  });
  publish(sample, folder);
  const given: Running['asked'] = [];
  const state: Pick<Running, 'answer'> = { answer: () => ({ value: answerWith() }) };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const value = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
      given.push({ path: request.url ?? '', value });
      const answer = state.answer(request.url ?? '', value);
      if (answer !== 'silent') response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.value));
    });
  });
  if (options.search !== false) await new Promise<void>((resolve) => server.listen(socket, resolve));
  const portal = await startPortal({
    releases: folder,
    key: sample.vkey,
    host: '127.0.0.1',
    port: 0,
    seenFile: `${folder}.seen`,
    search: socket,
  });
  const { createHash } = await import('node:crypto');
  try {
    await use({
      get: async (path, headers = {}) => {
        const answer = await fetchRaw(portal.address + path, headers);
        return { ...answer, text: Buffer.from(answer.body).toString() };
      },
      asked: given,
      get answer() {
        return state.answer;
      },
      set answer(next) {
        state.answer = next;
      },
      sample,
      hashOf: (body) => createHash('sha256').update(body).digest('hex'),
    });
  } finally {
    await portal.close();
    server.closeAllConnections();
    server.close();
  }
}

const q = (text: string, more = ''): string => `/search.html?q=${encodeURIComponent(text)}${more}`;

test('search: results stand in the page of the release, and the search is told which release that is', async () => {
  await running(async (it) => {
    it.answer = () => ({ value: answerWith(hitFor('/a.html', it.hashOf('here'))) });
    const { status, headers, text } = await it.get(q('城门', '&type=policy&from=2026-01-01&page=2&in=/news/'));
    assert.equal(status, 200);
    assert.match(text, /<a href="\/a\.html"><mark>城门<\/mark><\/a>/);
    assert.match(text, /1 条结果/);
    assert.match(text, /<title>检索 - 临江<\/title>/);
    assert.equal(headers['x-robots-tag'], 'noindex');
    assert.match(text, /<meta name="robots" content="noindex">/);
    assert.doesNotMatch(text, /rel="canonical"/);
    const entry = await it.get('/search.html');
    assert.equal(entry.headers['x-robots-tag'], undefined);
    assert.equal(entry.text, page);
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/);
    assert.deepEqual(it.asked[0], {
      path: '/search',
      value: {
        query: '城门',
        edition: 'zh-Hans',
        order: 'relevance',
        page: 2,
        filters: { channel: '/news/', kind: 'policy', from: '2026-01-01' },
        map: it.sample.map().hash,
      },
    });
  });
});

test('search: a hit is shown only where the release being served has that page with that very hash', async () => {
  await running(async (it) => {
    it.answer = () => ({
      value: answerWith(
        hitFor('/a.html', it.hashOf('here'), '在'),
        hitFor('/a.html', it.hashOf('as it was'), '旧'),
        hitFor('/gone.html', it.hashOf('was here'), '撤'),
        hitFor('/never.html', it.hashOf('here'), '无'),
        hitFor('//evil.example/', it.hashOf('here'), '外'),
        hitFor('javascript:alert(1)', it.hashOf('here'), '脚'),
      ),
    });
    const { text } = await it.get(q('x'));
    assert.match(text, /在/);
    for (const title of ['旧', '撤', '无', '外', '脚']) assert.doesNotMatch(text, new RegExp(`<mark>${title}`));
    assert.match(text, /1 条结果/);
  });
});

test('search: without a search process the page says so and every other page is served', async () => {
  await running(
    async (it) => {
      const { status, headers, text } = await it.get(q('城门'));
      assert.equal(status, 503);
      assert.match(text, /检索暂时不能使用/);
      assert.ok(headers['retry-after']);
      assert.equal((await it.get('/')).text, 'home');
      assert.equal((await it.get('/a.html?q=x')).text, 'here');
      assert.equal((await it.get('/search.html')).status, 200);
      assert.deepEqual(JSON.parse((await it.get('/search/suggest?q=x')).text), []);
    },
    { search: false },
  );
});

test('search: whatever the search process says that is no answer, the page is whole', async () => {
  await running(async (it) => {
    for (const answer of [
      { status: 500, value: {} },
      { status: 503, value: {} },
      { status: 200, value: undefined },
      { status: 200, value: {} },
      { status: 200, value: { ...answerWith(), hits: [{}] } },
      { status: 200, value: { ...answerWith(), channels: 1 } },
    ]) {
      it.answer = () => answer;
      const { status, text } = await it.get(q('城门'));
      assert.ok(status === 503 || status === 200);
      assert.match(text, /<\/html>/);
    }
  });
});

test('search: what was typed and what was found are escaped, and never stand in the title', async () => {
  await running(async (it) => {
    const nasty = `"><script>alert(1)</script>'&<!--/search-->\u202e赌博`;
    it.answer = () => ({
      value: {
        ...answerWith({
          ...hitFor('/a.html', it.hashOf('here'), nasty),
          department: nasty,
          kind: nasty,
          validity: nasty,
        }),
        meant: [nasty],
        relaxed: [nasty],
        channels: [{ path: nasty, name: nasty }],
        departments: [nasty],
      },
    });
    const { text } = await it.get(
      `${q(nasty)}&in=${encodeURIComponent(nasty)}&dept=${encodeURIComponent(nasty)}&sort=x&page=-1`,
    );
    assert.doesNotMatch(text, /<script/);
    assert.equal(text.split('<!--/search-->').length, 2);
    assert.equal(/<title>(.*?)<\/title>/.exec(text)?.[1], '检索 - 临江');
    assert.doesNotMatch(text, /="[^"]*"[a-z<]/);
  });
});

test('search: any address is answered, and the search process never gets what is not well formed', async () => {
  await running(async (it) => {
    for (const address of [
      '/search.html?q=%00%ff%fe',
      '/search.html?q=%ED%A0%80',
      `/search.html?q=${'%E5%9F%8E'.repeat(600)}`,
      '/search.html?q=a&page=99999999999&from=2026&to=x&in=../../etc/&type=%27&valid=%0a',
      '/search.html?q[]=1&q=2',
      '/zh-hant/search.html?q=a',
      '/search.html?q=',
      '/search.html?q=%20%09',
      '/search.html?',
      '/search.html?Q=a',
    ])
      assert.equal((await it.get(address)).status, 200, address);
    for (const { value } of it.asked) {
      assert.ok(String(value['query']).isWellFormed() && String(value['query']).length <= 2000);
      assert.deepEqual(value['filters'], {});
      assert.equal(value['page'], 1);
    }
    assert.equal((await it.get(`/search.html?q=${'a'.repeat(20_000)}`)).status, 431);
  });
});

test('search: one address that asks too often waits; others and other pages do not notice', async () => {
  await running(async (it) => {
    const statuses: number[] = [];
    for (let at = 0; at < 25; at++) statuses.push((await it.get(q(`城${at}`))).status);
    assert.deepEqual(statuses.slice(0, 20), Array<number>(20).fill(200));
    assert.ok(statuses.includes(429));
    const refused = await it.get(q('x'));
    assert.equal(refused.status, 429);
    assert.match(refused.text, /太频繁/);
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.equal((await it.get('/a.html')).status, 200);
  });
});

test('search: suggestions are a list, and for browsers what they ask for', async () => {
  await running(async (it) => {
    it.answer = () => ({ value: { titles: ['城门</script>'] } });
    const plain = await it.get('/search/suggest?q=%E5%9F%8E');
    assert.deepEqual(JSON.parse(plain.text), ['城门</script>']);
    assert.equal(plain.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(plain.headers['x-content-type-options'], 'nosniff');
    assert.deepEqual(JSON.parse((await it.get('/search/suggest?form=opensearch&q=%E5%9F%8E')).text), [
      '城',
      ['城门</script>'],
    ]);
  });
});

test('search: an answer that is none offers nothing, and the portal goes on', async () => {
  await running(async (it) => {
    for (const value of [null, 1, 'titles', [], {}, { titles: null }, { titles: 'abc' }]) {
      it.answer = () => ({ value });
      const { status, text } = await it.get('/search/suggest?q=a');
      assert.deepEqual([status, JSON.parse(text)], [200, []], JSON.stringify(value));
    }
    it.answer = () => ({ value: null });
    assert.equal((await it.get(q('城门'))).status, 503);
    assert.equal((await it.get('/')).text, 'home');
  });
});

test('search: an edition in another language is asked in its own index and answered in English', async () => {
  await running(async (it) => {
    it.answer = (path) => ({
      value:
        path === '/suggest' ? { titles: ['Ferry'] } : answerWith(hitFor('/a.html', it.hashOf('here'), 'The ferry')),
    });
    const { status, headers, text } = await it.get('/en/search.html?q=ferry&type=policy');
    assert.deepEqual([status, headers['x-robots-tag']], [200, 'noindex']);
    assert.match(text, /1 result\s/);
    assert.match(text, /Policy document/);
    assert.match(text, /action="\/en\/search\.html"/);
    assert.match(text, /<title>检索 - 临江<\/title>/, 'what was typed never stands in the title');
    assert.doesNotMatch(
      text.replace(/<title>.*?<\/title>|<option value="[^"]*"|新闻|市政府|城门开放/g, ''),
      /\p{Script=Han}/u,
    );
    assert.equal(it.asked[0]?.value['edition'], '/en');
    assert.deepEqual(JSON.parse((await it.get('/en/search/suggest?q=f')).text), ['Ferry']);
    assert.deepEqual(it.asked[1], { path: '/suggest', value: { typed: 'f', edition: '/en' } });
    it.answer = () => ({ value: answerWith() });
    const nothing = (await it.get('/en/search.html?q=zeppelin')).text;
    assert.match(nothing, /Nothing was found[\s\S]*href="\/en\/sitemap\.html"[\s\S]*href="\/en\/contact\.html"/);
    assert.match((await it.get('/ar/search.html?q=x')).text, /<!--search--><div lang="en" dir="ltr">/);
  });
});

test('search: an address that is no search page of the release is the release’s, and nobody is asked', async () => {
  await running(async (it) => {
    assert.equal((await it.get('/news/search.html?q=x')).text, 'an article called search');
    assert.equal((await it.get('/fr/search.html?q=x')).status, 404);
    assert.equal((await it.get('/a/b/search.html?q=x')).status, 404);
    assert.deepEqual(it.asked, []);
  });
});

test('search: gzip goes to those alone that take it', async () => {
  await running(async (it) => {
    it.answer = () => ({ value: { titles: ['城门'.repeat(1000)] } });
    for (const [accept, coding] of [
      ['gzip', 'gzip'],
      ['br, GZIP;q=0.5', 'gzip'],
      ['*', 'gzip'],
      ['gzip;q=0', undefined],
      ['gzip; q=0', undefined],
      ['gzip ; q=0.000, br', undefined],
      ['x-gzip', undefined],
      ['identity, gzip;q=0.1', undefined],
      ['', undefined],
    ] as const) {
      const { headers } = await it.get('/search/suggest?q=a', { 'accept-encoding': accept });
      assert.equal(headers['content-encoding'], coding, accept);
      assert.equal(headers['vary'], 'accept-encoding');
    }
  });
});

test('search: the switch between scripts keeps the search', async () => {
  await running(async (it) => {
    await it.sample.seal({});
    const { text } = await it.get(q('城门', '&sort=date'));
    assert.match(text, /name="sort"/);
    assert.match((await it.get('/zh-hant/search.html?q=a')).text, /檢索詞/);
  });
});

test('createTurns: so many at once, then as many as time gives back, for each by itself', () => {
  let now = 0;
  const turns = createTurns({ most: 2, perSecond: 0.5, now: () => now });
  assert.deepEqual([turns.take('a'), turns.take('a'), turns.take('a'), turns.take('b')], [0, 0, 2, 0]);
  now = 2000;
  assert.deepEqual([turns.take('a'), turns.take('a')], [0, 2]);
});
