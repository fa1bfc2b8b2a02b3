import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createConverter } from '@chengmen/chinese';
import { fold, openIndex, search, synonymsOf, type IndexChange, type SearchIndex, type SearchPage } from './index.ts';

const page = (path: string, given: Partial<SearchPage> & { readonly text?: string } = {}): SearchPage => {
  const { text = '', title = '通知', ...others } = given;
  return {
    path,
    title,
    date: '2026-11-20 09:30',
    kind: 'article',
    channel: '/news/',
    department: '市政府办公室',
    validity: '',
    lines: [title, ...text.split('\n')],
    ...others,
  };
};
const put = (one: SearchPage): IndexChange => ({ path: one.path, hash: 'a'.repeat(64), page: one });
const filled = (...pages: readonly SearchPage[]): SearchIndex => {
  const index = openIndex();
  index.apply(pages.map(put));
  return index;
};
const paths = (index: SearchIndex, query: string, more: Partial<Parameters<typeof search>[1]> = {}): string[] =>
  search(index, { query, limit: 1000, ...more }).pages.map(({ path }) => path);

/** Few characters, so that many texts share their parts; with forms of both scripts, widths and cases. */
const character = fc.constantFrom(...'城门市政府发發髮里裡头頭干乾着著aAＡbÉé1１ 　，。“"（(𠮷🙂\u200b｡①ﬁ');
const text = fc.string({ unit: character, maxLength: 40 });
const pagesOf = fc.array(fc.tuple(fc.string({ unit: character, minLength: 1, maxLength: 12 }), text), {
  minLength: 1,
  maxLength: 12,
});

test('search: finds a page exactly where a naive reader finds the folded text on it', () => {
  fc.assert(
    fc.property(
      pagesOf,
      text,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 2, max: 8 }),
      (texts, other, which, at, length) => {
        const pages = texts.map(([title, body], number) => page(`/p${number}.html`, { title, text: body }));
        const index = filled(...pages);
        const [title, body] = texts[which % texts.length] ?? ['', ''];
        const characters = [...(which % 3 === 0 ? title : which % 3 === 1 ? body : other)];
        const query = characters
          .slice(at % Math.max(1, characters.length))
          .slice(0, length)
          .join('');
        const asked = `“${query.replaceAll(/["“”]/g, '')}”`;
        const wanted = fold(query.replaceAll(/["“”]/g, ''));
        if ([...wanted].length < 2) return;
        const naive = pages
          .filter(({ lines }) => lines.some((line) => fold(line).includes(wanted)))
          .map(({ path }) => path);
        const found = search(index, { query: asked, limit: 1000, order: 'newest' });
        // An exact phrase of Latin letters finds titles by their initials besides.
        const extra = /^[a-z0-9]+$/.test(wanted);
        // Where no page has it in a row, those that have the words in it may be shown, and it is said.
        if (found.relaxed) assert.deepEqual(naive, []);
        else if (!extra) assert.deepEqual(found.pages.map(({ path }) => path).sort(), naive.sort());
        for (const path of naive)
          assert.ok(
            found.pages.some((one) => one.path === path),
            `${wanted} on ${path}`,
          );
        assert.equal(found.count, found.pages.length);
        // As somebody types or pastes it, with whatever stands in it.
        const plain = fold(query);
        if ([...plain].length > 1) {
          const asTyped = new Set(paths(index, query, { order: 'newest' }));
          for (const { path, lines } of pages)
            if (lines.some((line) => fold(line).includes(plain))) assert.ok(asTyped.has(path), query);
        }
        const ranked = search(index, { query: asked, limit: 1000 });
        assert.deepEqual(ranked.pages.map(({ path }) => path).sort(), found.pages.map(({ path }) => path).sort());
        index.close();
      },
    ),
    { numRuns: 300 },
  );
});

test('search: after any changes it answers as an index from nothing does', () => {
  const step = fc.record({
    at: fc.nat(7),
    title: fc.string({ unit: character, minLength: 1, maxLength: 6 }),
    body: text,
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), text, (steps, query) => {
      const grown = openIndex();
      const pages = new Map<string, SearchPage>();
      for (const { at, title, body, gone } of steps) {
        const one = page(`/p${at}.html`, { title, text: body, date: `2026-11-2${at} 09:30` });
        if (gone) pages.delete(one.path);
        else pages.set(one.path, one);
        grown.apply([{ path: one.path, hash: String(at), page: gone ? undefined : one }]);
      }
      const anew = filled(...pages.values());
      for (const asked of [query, ...steps.map(({ title }) => title)]) {
        const answers = [grown, anew].map((index) => [paths(index, asked), paths(index, asked, { order: 'newest' })]);
        assert.deepEqual(answers[0], answers[1]);
      }
      assert.equal(grown.count(), anew.count());
      grown.close();
      anew.close();
    }),
    { numRuns: 60 },
  );
});

test('search: what stands on a page just so finds it, with its spaces and quotation marks', () => {
  const index = filled(page('/a.html', { text: '深化“放管服”改 革，GDP 增长' }));
  for (const query of ['“放管服”改', '服”改', '化“放', '改 革，', 'GDP 增', '增长 G DP'.slice(0, 4), '”改 革'])
    assert.deepEqual(paths(index, query, { order: 'newest' }), ['/a.html'], query);
});

test('search: finds either script from either script', () => {
  const simplified = '群众在软件里着手办理头发、干部、系统联系的征求意见';
  for (const variant of ['hk', 'tw'] as const) {
    const traditional = createConverter({ variant })(simplified);
    const index = filled(page('/hans.html', { text: simplified }), page('/hant.html', { text: traditional }));
    const [one, other] = [[...simplified], [...traditional]];
    for (let at = 0; at + 4 <= one.length; at++)
      for (const letters of [one, other])
        assert.equal(
          paths(index, `"${letters.slice(at, at + 4).join('')}"`).length,
          2,
          letters.slice(at, at + 4).join(''),
        );
    index.close();
  }
});

test('search: an exact title comes first, however long it is and whatever stands beside it', () => {
  const long = '关于印发《临江市城市更新行动实施方案（2026—2028年）》的通知'.repeat(5).slice(0, 200);
  const index = filled(
    page('/old.html', { title: long, date: '2009-01-01 08:00' }),
    ...Array.from({ length: 300 }, (_, at) =>
      page(`/n${at}.html`, { title: `${long.slice(0, 60)}之${at}`, text: long }),
    ),
  );
  assert.equal(paths(index, long, { limit: 10 })[0], '/old.html');
  assert.equal(paths(index, '通知', { limit: 10 }).length, 10);
});

test('search: a title beats a body, a newer page an older one, a row of words words apart', () => {
  const index = filled(
    page('/body.html', { title: '简讯', text: '老旧小区加装电梯' }),
    page('/title.html', { title: '老旧小区加装电梯完成', date: '2020-01-01 08:00' }),
    page('/older.html', { title: '简讯', text: '加装电梯', date: '2016-01-01 08:00' }),
    page('/apart.html', { title: '简讯', text: '电梯，以及老旧小区' }),
    page('/row.html', { title: '简讯', text: '老旧小区电梯', date: '2019-01-01 08:00' }),
  );
  assert.deepEqual(paths(index, '加装电梯'), ['/title.html', '/body.html', '/older.html']);
  assert.ok(paths(index, '老旧小区 电梯').indexOf('/row.html') < paths(index, '老旧小区 电梯').indexOf('/apart.html'));
});

test('search: filters by channel with all below it, kind, department, validity and date', () => {
  const index = filled(
    page('/news/local/2026/11/20/a.html', { channel: '/news/local/', text: '供水' }),
    page('/newsletter/2026/11/20/b.html', { channel: '/newsletter/', text: '供水', department: '市水务局' }),
    page('/policies/2026/11/20/c.html', {
      channel: '/policies/',
      kind: 'policy',
      validity: '废止',
      text: '供水',
      date: '2024-02-29 00:00',
    }),
  );
  const only = (filters: object): string[] => paths(index, '供水', { filters, order: 'newest' });
  assert.deepEqual(only({ channel: '/news/' }), ['/news/local/2026/11/20/a.html']);
  assert.deepEqual(only({ kind: 'policy' }), ['/policies/2026/11/20/c.html']);
  assert.deepEqual(only({ department: '市水务局' }), ['/newsletter/2026/11/20/b.html']);
  assert.deepEqual(only({ validity: '废止', kind: 'policy' }), ['/policies/2026/11/20/c.html']);
  assert.deepEqual(only({ from: '2024-02-29', to: '2024-02-29' }), ['/policies/2026/11/20/c.html']);
  assert.deepEqual(only({ to: '2024-02-28' }), []);
  assert.deepEqual(only({ from: '2024-03-01' }).length, 2);
});

test('search: words that mean the same stand for each other', () => {
  const synonyms = synonymsOf([['公积金', '住房公积金', '房积金']]);
  const index = filled(page('/a.html', { text: '房积金怎样提取' }));
  assert.deepEqual(paths(index, '公积金'), []);
  assert.deepEqual(paths(index, '公积金 提取', { synonyms }), ['/a.html']);
});

test('search: a title is found by the initials of its pinyin, and by nothing but them', () => {
  const index = filled(page('/a.html', { title: '住房公积金提取指南' }), page('/b.html', { title: '重庆路改造' }));
  assert.deepEqual(paths(index, 'zfgjj'), ['/a.html']);
  assert.deepEqual(paths(index, 'GJJTQ'), ['/a.html']);
  assert.deepEqual(paths(index, 'cql'), ['/b.html']);
  assert.deepEqual(paths(index, 'zfjj'), []);
});

test('search: where no page has the text in a row, one that has its words is found and it is said', () => {
  const index = filled(page('/a.html', { text: '图书馆周末开放\n残疾人停车位在北门' }));
  const found = search(index, { query: '残疾人停车位图书馆' });
  assert.equal(found.relaxed, true);
  assert.deepEqual(
    found.pages.map(({ path }) => path),
    ['/a.html'],
  );
});

test('search: hostile queries are only texts', () => {
  const index = filled(page('/a.html', { text: 'title : "城门" OR initials NEAR(a b) * ^ - + () {} \\ %_' }));
  const hostile = [
    '"',
    '""',
    'a" OR "b',
    "'; DROP TABLE pages; --",
    'title:城门',
    'NOT 城门',
    'NEAR(城 门, 5)',
    '^城门*',
    '(((((',
    '{title} : x',
    '\0城门\0',
    '\ud800城\udc00门',
    '\u202e城门',
    '.*',
    '[城门]+',
    '%_',
    '城'.repeat(100_000),
    '城门 '.repeat(10_000),
    '🙂'.repeat(300),
    '\ue000\ue0ff',
    ' ',
    '',
  ];
  for (const query of hostile) {
    const found = search(index, { query, filters: { channel: '" OR marks : "', kind: "'", from: 'x', to: 'y' } });
    assert.equal(found.count, 0);
    assert.doesNotThrow(() => search(index, { query }));
    assert.doesNotThrow(() => search(index, { query, order: 'newest', offset: 10 ** 6 }));
  }
  assert.deepEqual(paths(index, 'NEAR(a'), ['/a.html']);
  assert.deepEqual(paths(index, '%_'), ['/a.html']);
  assert.deepEqual(paths(index, '{}'), ['/a.html']);
  assert.equal(index.count(), 1);
});

test('search: any string at all is answered', () => {
  const index = filled(page('/a.html', { text: '城门' }));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
      const { count, pages } = search(index, { query });
      assert.ok(count >= pages.length);
    }),
  );
});

test('search: a text never reaches over the end of a line', () => {
  const index = filled(page('/a.html', { title: '城', text: '城门\n门市' }), page('/b.html', { text: '城门门市' }));
  assert.deepEqual(paths(index, '城门门市', { order: 'newest' }), ['/b.html']);
  assert.deepEqual(paths(index, '门门'), ['/b.html']);
});
