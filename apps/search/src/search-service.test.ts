import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { SearchRequest } from '@chengmen/portal';
import { emptyMap, pageReader, type ReadStore } from '@chengmen/release';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { openIndex, search, type SearchIndex } from '@chengmen/search';
import fc from 'fast-check';
import { keepIndex } from './keep-index.ts';
import { openSearchService, type SearchService } from './search-service.ts';

const root = mkdtempSync(join(tmpdir(), 'search-service-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;

/** A page as the theme prints it, as far as search reads it. */
const markup = (title: string, text: string, more = ''): string =>
  `<!doctype html><html lang="zh-Hans"><head><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2026-11-20 09:30">${more}</head><body><main><article data-kind="article"><h1>${title}</h1><p>${text}</p></article></main></body></html>`;
const document = (title: string, text: string): { body: string; type: string } => ({
  body: markup(title, text),
  type: 'text/html; charset=utf-8',
});

function publish(sample: SampleRelease, folder: string): void {
  const put = (name: string, bytes: Uint8Array): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  };
  for (const [name, bytes] of sample.files) if (name !== 'checkpoint') put(name, bytes);
  put('checkpoint', sample.files.get('checkpoint') ?? new Uint8Array());
}

interface Opened {
  readonly sample: SampleRelease;
  readonly folder: string;
  readonly service: SearchService;
  readonly alarms: string[];
  readonly publish: () => void;
  readonly paths: (query: string, more?: Partial<SearchRequest>) => Promise<readonly string[]>;
}

async function opened(
  pages: Parameters<SampleRelease['seal']>[0],
  use: (opened: Opened) => Promise<void>,
): Promise<void> {
  const sample = sampleRelease();
  await sample.seal(pages);
  const folder = join(root, String(++folders));
  publish(sample, folder);
  const alarms: string[] = [];
  const service = await openSearchService({
    releases: folder,
    key: sample.vkey,
    file: `${folder}.index`,
    seenFile: `${folder}.seen`,
    alarm: (code, where) => alarms.push(`${code} ${where}`),
  });
  await service.settled();
  const paths = async (query: string, more: Partial<SearchRequest> = {}): Promise<readonly string[]> =>
    ((await service.search({ query, ...more }, sample.map().hash))?.hits ?? []).map(({ path }) => path);
  try {
    await use({ sample, folder, service, alarms, publish: () => publish(sample, folder), paths });
  } finally {
    await service.close();
  }
}

test('search: a query finds what the release it names holds, without anybody telling of it', async () => {
  await opened({ '/a.html': document('供水通知', '明日停水') }, async ({ sample, publish: put, paths, service }) => {
    assert.deepEqual(await paths('停水'), ['/a.html']);
    await sample.seal({ '/b.html': document('恢复供水', '已经来水'), '/a.html': null });
    put();
    assert.deepEqual(await paths('来水'), ['/b.html']);
    assert.deepEqual(await paths('停水'), []);
    assert.equal(service.status().map, sample.map().hash);
  });
});

test('search: an edited page is found by its new words and no more by its old ones', async () => {
  await opened({ '/a.html': document('通知', '城门') }, async ({ sample, publish: put, paths }) => {
    await sample.seal({ '/a.html': document('通知', '江水') });
    put();
    assert.deepEqual([await paths('江水'), await paths('城门'), await paths('通知')], [['/a.html'], [], ['/a.html']]);
  });
});

test('search: in the Traditional edition hits are the twins, with their own words', async () => {
  const twin = markup('供水通知', '停水')
    .replace('zh-Hans', 'zh-Hant')
    .replaceAll('供水通知', '供水通知書')
    .replace('停水', '停水後發布');
  await opened(
    {
      '/a.html': document('供水通知', '停水后发布'),
      '/zh-hant/a.html': { body: twin, type: 'text/html; charset=utf-8' },
      '/only.html': document('无双', '停水后发布'),
    },
    async ({ service }) => {
      const found = await service.search({ query: '后发布', edition: 'zh-Hant' });
      assert.deepEqual(
        found?.hits.map(({ path }) => path),
        ['/zh-hant/a.html'],
      );
      assert.ok(found?.hits[0]?.excerpt.some(({ text, hit }) => hit && text === '後發布'));
    },
  );
});

test('search: gone pages, redirects, other types and lists are not found', async () => {
  await opened(
    {
      '/gone.html': { ...document('城门', '城门'), status: 410 },
      '/data.json': { body: '城门', type: 'application/json' },
      '/404.html': { ...document('城门', '城门'), status: 404 },
      '/list/': {
        body: '<html lang="zh-Hans"><meta name="ColumnName" content="x"><main><h1>城门</h1></main>',
        type: 'text/html',
      },
    },
    async ({ paths }) => {
      assert.deepEqual(await paths('城门'), []);
    },
  );
});

test('search: words that mean the same come from the release, and change with it', async () => {
  const words = (groups: string[][]): { body: string; type: string } => ({
    body: JSON.stringify({ synonyms: groups }),
    type: 'application/json',
  });
  await opened({ '/a.html': document('通知', '社会保险') }, async ({ sample, publish: put, paths }) => {
    assert.deepEqual(await paths('五险'), []);
    await sample.seal({ '/search/words.json': words([['五险', '社会保险']]) });
    put();
    assert.deepEqual(await paths('五险'), ['/a.html']);
    await sample.seal({ '/search/words.json': null });
    put();
    assert.deepEqual(await paths('五险'), []);
  });
});

test('search: a page whose bytes are damaged alarms and is not found; the rest is', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/a.html': document('甲', '城门'), '/b.html': document('乙', '城门') });
  const folder = join(root, String(++folders));
  for (const [name, bytes] of sample.files)
    if (name.startsWith('blob/') && Buffer.from(bytes).toString().includes('乙'))
      sample.files.set(name, Buffer.from('x'));
  publish(sample, folder);
  const alarms: string[] = [];
  const options = { releases: folder, key: sample.vkey, file: `${folder}.index`, seenFile: `${folder}.seen` };
  const service = await openSearchService({ ...options, alarm: (code, where) => alarms.push(`${code} ${where}`) });
  await service.settled();
  const found = await service.search({ query: '城门' });
  assert.deepEqual(
    found?.hits.map(({ path }) => path),
    ['/a.html'],
  );
  assert.deepEqual(alarms, ['search-page-unread /b.html']);
  await service.close();
  // Mended, the next start takes it up, since the index was never said to be whole.
  await sample.seal({ '/b.html': null });
  await sample.seal({ '/b.html': document('乙', '城门') });
  publish(sample, folder);
  const again = await openSearchService(options);
  await again.settled();
  assert.equal((await again.search({ query: '城门' }))?.count, 2);
  await again.close();
});

test('selfTest: tells the titles that are not on the first page, and those that too many share', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`/same${at}.html`, document('公告', `第${at}号`)]),
  );
  await opened({ ...many, '/a.html': document('供水公告', '停水') }, async ({ service }) => {
    const { tried, missed, namesakes } = await service.selfTest({ titles: 'all' });
    assert.equal(tried, 13);
    assert.deepEqual(missed, []);
    assert.equal(namesakes.length, 2);
    assert.equal(namesakes[0]?.pages, 12);
  });
});

/** Nothing may go wrong. */
const quiet = { alarm: assert.fail, failed: (error: unknown): never => assert.fail(String(error)) };

/** A store that counts the pages read from it. */
function counting(store: ReadStore): { readonly store: ReadStore; readonly blobs: () => number } {
  let blobs = 0;
  return {
    blobs: () => blobs,
    store: {
      ...store,
      get: (name) => {
        if (name.startsWith('blob/')) blobs++;
        return store.get(name);
      },
    },
  };
}

const answers = (index: SearchIndex, queries: readonly string[]): unknown =>
  queries.map((query) => [
    search(index, { query, limit: 500 }).pages.map(({ path, hash }) => [path, hash]),
    search(index, { query, limit: 500, order: 'newest' }).count,
  ]);

test('keepIndex: a release costs the pages it changed', async () => {
  const sample = sampleRelease();
  await sample.seal(
    Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`/${at}.html`, document(`第${at}号`, '城门')])),
  );
  const index = openIndex();
  const counted = counting(sample.store);
  const kept = keepIndex({ index, store: counted.store, read: pageReader(sample.store), ...quiet });
  await kept.follow(sample.map());
  await kept.settled();
  assert.equal(counted.blobs(), 300);
  await sample.seal({
    '/7.html': document('第七号', '江水'),
    '/8.html': null,
    '/300.html': document('第300号', '江水'),
  });
  await kept.follow(sample.map());
  assert.equal(counted.blobs(), 302);
  assert.equal(search(index, { query: '江水' }).count, 2);
  await kept.stop();
});

test('keepIndex: after any releases, restarts and wide changes it answers as an index from nothing', async () => {
  const texts = fc.constantFrom('城门', '江水', '城门江水', '市政府', '公积金');
  const release = fc.dictionary(
    fc.integer({ min: 0, max: 60 }).map((at) => `/${at}.html`),
    fc.option(texts, { nil: null }),
    { minKeys: 1, maxKeys: 40 },
  );
  const step = fc.record({ pages: release, restart: fc.boolean(), wait: fc.boolean(), lose: fc.boolean() });
  const queries = ['城门', '江水', '门江', '公积金', '第3号', '第'];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const sample = sampleRelease();
      const index = openIndex();
      // So few at once that most releases are wide changes.
      const options = { index, store: sample.store, read: pageReader(sample.store), ...quiet, atOnce: 8 };
      let kept = keepIndex(options);
      for (const { pages, restart, wait, lose } of steps) {
        const before = new Set([...sample.files.keys()].filter((name) => name.startsWith('map/')));
        await sample.seal(
          Object.fromEntries(
            Object.entries(pages).map(([path, text]) => [path, text === null ? null : document(`第${path}号`, text)]),
          ),
        );
        // Older maps may be collected; the newest release must be whole.
        const [first] = [...before];
        if (lose && kept.behind() === undefined && first !== undefined) {
          const keep = await namesOf(sample);
          for (const name of before) if (!keep.has(name)) sample.files.delete(name);
        }
        await kept.follow(sample.map());
        if (restart) {
          await kept.stop();
          kept = keepIndex(options);
          await kept.follow(sample.map());
        }
        if (wait || lose) await kept.settled();
      }
      await kept.settled();
      await kept.stop();
      const anew = openIndex();
      const from = keepIndex({ ...options, index: anew });
      await from.follow(sample.map());
      await from.settled();
      assert.deepEqual(answers(index, queries), answers(anew, queries));
      assert.equal(index.count(), anew.count());
      await from.stop();
    }),
    { numRuns: 15 },
  );
});

async function namesOf(sample: SampleRelease): Promise<Set<string>> {
  const { walkPages, mapPageName } = await import('@chengmen/release');
  const names = new Set<string>();
  for await (const { ref } of walkPages(pageReader(sample.store), sample.map())) names.add(mapPageName(ref.hash));
  return names;
}

test('keepIndex: while a wide change is taken up, what a later release brings is found at once', async () => {
  const sample = sampleRelease();
  const pages = (text: string): Record<string, { body: string; type: string }> =>
    Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`/${at}.html`, document(`第${at}号`, text)]));
  await sample.seal(pages('城门'));
  const index = openIndex();
  const kept = keepIndex({
    index,
    store: sample.store,
    read: pageReader(sample.store),
    ...quiet,
    atOnce: 10,
  });
  await kept.follow(sample.map());
  assert.equal(kept.behind()?.first, true);
  await sample.seal({ '/new.html': document('急', '紧急通知'), '/5.html': null });
  await kept.follow(sample.map());
  assert.ok(kept.behind());
  assert.deepEqual(
    search(index, { query: '紧急通知' }).pages.map(({ path }) => path),
    ['/new.html'],
  );
  await kept.settled();
  assert.equal(kept.behind(), undefined);
  assert.equal(search(index, { query: '城门' }).count, 399);
  assert.equal(index.page('/5.html'), undefined);
  await kept.stop();
  assert.equal(index.fact('map'), `${sample.map().hash} ${sample.map().count}`);
  assert.notEqual(index.fact('map'), `${emptyMap.hash} 0`);
});

/** Forty pages: a wide change where eight are taken up at once. */
const forty = (text: string): Record<string, { body: string; type: string }> =>
  Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`/${at}.html`, document(`第${at}号`, text)]));

/** Sixty pages more, or none of them. */
const manyMore = (text: string | null): [string, { body: string; type: string } | null][] =>
  Array.from({ length: 60 }, (_, at) => [`/more${at}.html`, text === null ? null : document(`第${at}件`, text)]);

test('keepIndex: a wide change that comes while the index is put in order is taken up', async () => {
  const sample = sampleRelease();
  await sample.seal(forty('城门'));
  let tidying = true;
  let begun: (() => void) | undefined;
  const tidies = new Promise<void>((resolve) => (begun = resolve));
  const index: SearchIndex = {
    ...openIndex(),
    tidy: () => {
      begun?.();
      return tidying;
    },
  };
  const { store } = sample;
  const kept = keepIndex({ ...quiet, index, store, read: pageReader(store), atOnce: 8 });
  await kept.follow(sample.map());
  await tidies;
  await sample.seal(forty('江水'));
  await kept.follow(sample.map());
  tidying = false;
  await kept.settled();
  await sample.seal({ '/new.html': document('急', '江水') });
  await kept.follow(sample.map());
  await kept.settled();
  assert.deepEqual([search(index, { query: '江水' }).count, search(index, { query: '城门' }).count], [41, 0]);
  assert.equal(index.fact('map'), `${sample.map().hash} ${sample.map().count}`);
  assert.equal(kept.behind(), undefined);
  await kept.stop();
});

/** An index whose changes are refused while `refusing`. */
function refusable(): SearchIndex & { refusing: boolean } {
  const index = openIndex();
  return {
    ...index,
    refusing: false,
    apply(...change) {
      if (this.refusing) throw new Error('disk full');
      index.apply(...change);
    },
  };
}

test('keepIndex: a change the index refused is taken up by the next follow', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/a.html': document('甲', '城门') });
  const { store } = sample;
  const index = refusable();
  const kept = keepIndex({ ...quiet, index, store, read: pageReader(store) });
  await kept.follow(sample.map());
  await sample.seal({ '/b.html': document('乙', '江水') });
  index.refusing = true;
  await assert.rejects(kept.follow(sample.map()), /disk full/);
  index.refusing = false;
  await kept.follow(sample.map());
  assert.equal(search(index, { query: '江水' }).count, 1);
  await kept.stop();
});

test('keepIndex: a wide change that fails alarms, and the next follow begins it again from what is whole', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/a.html': document('甲', '城门') });
  const { store } = sample;
  const index = refusable();
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const kept = keepIndex({ ...quiet, index, store, read: pageReader(store), failed, atOnce: 8 });
  await kept.follow(sample.map());
  await sample.seal(forty('江水'));
  index.refusing = true;
  await kept.follow(sample.map());
  await kept.settled();
  assert.deepEqual(failures.map(String), ['Error: disk full']);
  assert.ok(kept.behind());
  index.refusing = false;
  await sample.seal({ '/new.html': document('急', '江水') });
  await kept.follow(sample.map());
  await kept.settled();
  assert.equal(search(index, { query: '江水' }).count, 41);
  assert.equal(kept.behind(), undefined);
  assert.equal(index.fact('map'), `${sample.map().hash} ${sample.map().count}`);
  await kept.stop();
});

test('keepIndex: a page that was taken up in a wide change cut off, and then came back to what it was, is found as it is', async () => {
  for (const start of ['the same process', 'the next']) {
    const sample = sampleRelease();
    await sample.seal(forty('城门'));
    const { store } = sample;
    const index = refusable();
    const options = { ...quiet, index, store, read: pageReader(store), failed: () => undefined, atOnce: 8 };
    let kept = keepIndex(options);
    await kept.follow(sample.map());
    await kept.settled();
    await sample.seal({ ...forty('江水'), ...Object.fromEntries(manyMore('江水')) });
    await kept.follow(sample.map());
    while (search(index, { query: '江水' }).count === 0) await new Promise(setImmediate);
    index.refusing = true;
    await kept.settled();
    index.refusing = false;
    await sample.seal({ ...forty('城门'), ...Object.fromEntries(manyMore(null)), '/new.html': document('急', '城门') });
    if (start === 'the next') {
      await kept.stop();
      kept = keepIndex(options);
    }
    await kept.follow(sample.map());
    await kept.settled();
    const counts = ['城门', '江水'].map((query) => search(index, { query }).count);
    assert.deepEqual([...counts, index.count()], [41, 0, 41], start);
    await kept.stop();
  }
});

const inEnglish = (title: string, text: string): { body: string; type: string } => ({
  body: markup(title, text).replace('zh-Hans', 'en'),
  type: 'text/html; charset=utf-8',
});
const wordsFile = (...editions: readonly object[]): { body: string; type: string } => ({
  body: JSON.stringify({ synonyms: [], editions }),
  type: 'application/json',
});

test('search: each language has an index of its own, which follows the release and goes with its edition', async () => {
  const en = { language: 'en', root: '/en' };
  await opened(
    {
      '/search/words.json': wordsFile(en, { language: '../x', root: '/y' }, { language: 'fr', root: '/../z' }),
      '/a.html': document('轮渡通知', '停航 ferry'),
      '/en/a.html': inEnglish('The ferry stops in fog', 'Take the bus instead.'),
      '/en/zh.html': document('轮渡', 'ferry'),
    },
    async ({ sample, folder, publish: put, paths, service }) => {
      const english = (query: string): Promise<readonly string[]> => paths(query, { edition: '/en' });
      assert.deepEqual([await english('ferries'), await english('fog bus')], [['/en/a.html'], ['/en/a.html']]);
      assert.deepEqual((await paths('ferry')).slice().sort(), ['/a.html', '/en/zh.html'], 'Chinese pages alone');
      assert.deepEqual([await english('轮渡'), await english('停航')], [[], []]);
      assert.deepEqual(service.suggest('ferr', '/en'), ['The ferry stops in fog']);
      assert.deepEqual(service.suggest('轮渡').length, 2);
      assert.equal(await service.search({ query: 'ferry', edition: '/fr' }), undefined);
      const { tried, missed } = await service.selfTest({ titles: 'all' });
      assert.deepEqual([tried, missed], [3, []]);
      const excerpt = (await service.search({ query: 'bus', edition: '/en' }))?.hits[0]?.excerpt;
      assert.ok(excerpt?.some(({ text, hit }) => hit && text === 'bus'));

      await sample.seal({ '/en/a.html': null, '/en/b.html': inEnglish('The bus stops in fog', 'Walk.') });
      put();
      assert.deepEqual([await english('ferry'), await english('walk')], [[], ['/en/b.html']]);
      const files = (): string[] => readdirSync(root).filter((name) => name.includes('.index-en-en'));
      assert.ok(files().some((name) => join(root, name).startsWith(folder)));
      await sample.seal({ '/search/words.json': wordsFile() });
      put();
      assert.deepEqual(await paths('停航'), ['/a.html']);
      assert.equal(await service.search({ query: 'walk', edition: '/en' }), undefined);
      assert.deepEqual(files(), []);
    },
  );
});
