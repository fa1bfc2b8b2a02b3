import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  canonicalJson,
  ChengmenError,
  sha256,
  type Fields,
  type ItemId,
  type Kind,
  type LiveItem,
} from '@chengmen/model';
import { createCity, type City } from './city.ts';

function item(id: ItemId, kind: Kind, fields: Record<string, unknown>, path: string | null = null): LiveItem {
  const hash = sha256(canonicalJson({ id, kind, fields }));
  const base = { id, kind, path, state: 'live', formerPaths: [], revision: `${id}.1`, hash } as const;
  return { ...base, fields: fields as unknown as Fields };
}

const channel = (id: ItemId, parent: ItemId | null, position = 1, path = `/${id}/`): LiveItem =>
  item(
    id,
    'channel',
    { name: id, segment: id, parent, position, layout: 'list', type: '新闻', navigation: true },
    path,
  );

const article = (id: ItemId, inChannel: ItemId, date: string, more: Record<string, unknown> = {}): LiveItem =>
  item(
    id,
    'article',
    { title: id, channel: inChannel, date: `${date} 09:30`, source: '发布', body: '', ...more },
    `/${id}`,
  );

const withdrawn = (live: LiveItem): LiveItem => ({
  ...live,
  state: 'withdrawn',
  withdrawal: { reason: '有误', on: '2026-11-20' },
});

function city(...items: LiveItem[]): City {
  return createCity({ items, bytes: () => undefined });
}

const tree = [channel('news', null, 2), channel('city', 'news'), channel('about', null, 1), channel('empty', 'about')];
const ids = (cards: readonly { readonly id: ItemId }[]): ItemId[] => cards.map(({ id }) => id);

test('createCity: lists show a channel and all below it, pinned first, then newest first by date and id', () => {
  const source = city(
    article('a', 'city', '2026-01-02'),
    article('b', 'news', '2026-01-02'),
    article('c', 'news', '2025-06-01', { pinned: true }),
    article('d', 'about', '2026-03-01'),
    ...tree,
  );
  assert.deepEqual(ids(source.newest('news', 9)), ['c', 'b', 'a']);
  assert.deepEqual(ids(source.newest(null, 2)), ['c', 'd']);
  assert.deepEqual(ids(source.newest('city', 9)), ['a']);
  assert.deepEqual(ids(source.newest('nowhere', 9)), []);
  assert.deepEqual(source.months('news'), [
    { month: '2026-01', count: 2 },
    { month: '2025-06', count: 1 },
  ]);
  assert.deepEqual(ids(source.month('news', '2026-01', 0)), ['b', 'a']);
});

test('createCity: neighbours are those of the own channel, across months', () => {
  const source = city(
    ...tree,
    article('a', 'news', '2025-12-31'),
    article('b', 'news', '2026-02-01'),
    article('x', 'city', '2026-01-15'),
    article('c', 'news', '2026-02-02'),
  );
  const { previous, next } = source.neighbours('b');
  assert.deepEqual([previous?.id, next?.id], ['a', 'c']);
  assert.deepEqual(source.neighbours('x'), {});
  assert.deepEqual(source.neighbours('nobody'), {});
});

test('createCity: channels come by position, then id, without withdrawn ones', () => {
  const source = city(...tree, channel('b', null, 2), withdrawn(channel('gone', null, 0)));
  assert.deepEqual(ids(source.channels(null)), ['about', 'b', 'news']);
});

test('createCity: a month stands in full parts counted from its oldest item, and a rest that is never empty', () => {
  const days = ['01', '02', '03', '04', '05'];
  const of = (count: number): City =>
    createCity({
      items: [...tree, ...days.slice(0, count).map((day) => article(`a${day}`, 'city', `2026-01-${day}`))],
      bytes: () => undefined,
      partSizes: { month: 2, addresses: 3 },
    });
  const source = of(5);
  const parts = [0, 1, 2, 3].map((part) => ids(source.month('news', '2026-01', part)));
  assert.deepEqual(parts, [['a05'], ['a02', 'a01'], ['a04', 'a03'], []]);
  assert.deepEqual(source.extent('news', '2026-01'), { count: 5, parts: 2 });
  assert.deepEqual(ids(of(2).month('news', '2026-01', 0)), ['a02', 'a01']);
  assert.deepEqual(of(0).extent('news', '2026-01'), { count: 0, parts: 0 });
  assert.deepEqual(source.addressParts(), [{ month: '2026-01', parts: 1 }]);
  assert.deepEqual(
    source.addresses('2026-01', 1).map(({ path }) => path),
    ['/a03', '/a02', '/a01'],
  );

  const month = (touched: readonly string[]): string[] =>
    touched.filter((key) => /^(?:month:news|address|extent:news)/.test(key)).sort();
  const anew = (day: string, id = `a${day}`): string[] =>
    month(source.apply([article(id, 'city', `2026-01-${day}`, { title: '新题目' })]));
  assert.deepEqual(anew('01'), ['month:news:2026-01:1'], 'another title: its own part');
  const atTheEnd = ['address-parts', 'addresses:2026-01:0', 'addresses:2026-01:1', 'extent:news:2026-01'];
  const rest = ['month:news:2026-01:0', 'month:news:2026-01:2'];
  assert.deepEqual(anew('06'), [...atTheEnd, ...rest], 'at the end: the rest, and the last part, which may be new');
  assert.ok(anew('01', 'a00').includes('month:news:2026-01:1'), 'back-dated: its own part and those after it');
});

test('createCity: a withdrawn item leaves every list and can still be read', () => {
  const points = { interprets: ['p'] };
  const live = item('i', 'interpretation', { ...article('i', 'news', '2026-01-01').fields, ...points }, '/i');
  const source = city(...tree, live);
  assert.deepEqual(ids(source.related('p', 'interprets')), ['i']);
  const touched = source.apply([withdrawn(live)]);
  assert.deepEqual(source.related('p', 'interprets'), []);
  assert.deepEqual(source.newest(null, 9), []);
  assert.deepEqual(source.months('news'), []);
  assert.equal(source.item('i')?.withdrawal?.reason, '有误');
  assert.ok(touched.includes('related:p:interprets') && touched.includes('month:*:2026-01:0'));
});

test('createCity: of what points to an item the newest, as many as were wanted and of the kind', () => {
  const pointing = (id: string, kind: 'letter' | 'service', day: string): LiveItem =>
    item(id, kind, { ...article(id, 'news', `2026-01-${day}`).fields, department: 'd' } as never, `/${id}`);
  const some = [
    pointing('l1', 'letter', '01'),
    pointing('s1', 'service', '02'),
    pointing('l2', 'letter', '03'),
    pointing('l3', 'letter', '04'),
  ];
  const source = city(...tree, ...some);
  assert.deepEqual(ids(source.related('d', 'department')), ['l3', 'l2', 's1', 'l1']);
  assert.deepEqual(ids(source.related('d', 'department', 2)), ['l3', 'l2']);
  assert.deepEqual(ids(source.related('d', 'department', 2, 'letter')), ['l3', 'l2']);
  assert.deepEqual(ids(source.related('d', 'department', 2, 'service')), ['s1']);
  assert.deepEqual(ids(source.related('d', 'department', 2, 'dataset')), []);
  assert.ok(source.apply([withdrawn(some[1] as LiveItem)]).includes('related:d:department'));
  assert.deepEqual(ids(source.related('d', 'department', 2, 'service')), []);
});

test('City.apply: a moved channel without items touches both parents', () => {
  const source = city(...tree);
  const touched = source.apply([channel('empty', 'news')]);
  assert.deepEqual(new Set(touched), new Set(['item:empty', 'channels:about', 'channels:news']));
  assert.deepEqual(ids(source.channels('about')), []);
  assert.deepEqual(ids(source.channels('news')), ['city', 'empty']);
});

test('City.apply: what stands in a moved channel leaves the old ancestors and enters the new ones', () => {
  const source = city(...tree, article('a', 'city', '2026-01-02'));
  const touched = source.apply([channel('city', 'empty')]);
  assert.deepEqual(source.newest('news', 9), []);
  assert.deepEqual(ids(source.newest('about', 9)), ['a']);
  assert.deepEqual(ids(source.newest('empty', 9)), ['a']);
  for (const key of ['newest:news', 'months:news', 'newest:about', 'month:empty:2026-01:0'])
    assert.ok(touched.includes(key));
  assert.ok(!touched.includes('newest:*'));
});

test('City.apply: two channels that change places in one step end where they should', () => {
  const source = city(...tree, article('a', 'city', '2026-01-02'), article('b', 'news', '2026-01-03'));
  source.apply([channel('news', 'city'), channel('city', null)]);
  assert.deepEqual(ids(source.newest('city', 9)), ['b', 'a']);
  assert.deepEqual(ids(source.newest('news', 9)), ['b']);
});

test('City.apply: an item may arrive before its channel', () => {
  const source = city(article('a', 'late', '2026-01-02'));
  source.apply([channel('late', 'news'), ...tree]);
  assert.deepEqual(ids(source.newest('news', 9)), ['a']);
});

test('City.dependents: a channel with a new address names all below it, withdrawn items included', () => {
  const source = city(...tree, withdrawn(article('a', 'city', '2026-01-02')), article('b', 'about', '2026-01-02'));
  assert.deepEqual(source.dependents([channel('news', null, 2, '/xinwen/')]).sort(), ['a', 'city']);
  assert.deepEqual(source.dependents([channel('news', null, 7)]), []);
});

test('City.ready: nothing can be pressed before there are live site settings', () => {
  const source = city(...tree);
  assert.equal(source.ready(), false);
  assert.throws(() => source.site(), ChengmenError);
  source.apply([item('settings', 'site', { name: '小城' })]);
  assert.equal(source.ready(), true);
});

test('City.apply: touches as many reads in a large city as in a small one', () => {
  const touched = [20, 2000].map((count) => {
    const many = Array.from({ length: count }, (_, at) => article(`a-${at}`, 'city', `2026-01-${10 + (at % 9)}`));
    return city(...tree, ...many).apply([article('new', 'city', '2026-02-01')]).length;
  });
  assert.equal(touched[0], touched[1]);
});

test('City.copy: has the same answers, and neither knows what comes into the other', () => {
  const source = city(
    ...tree,
    article('a', 'city', '2026-01-02'),
    article('b', 'news', '2026-01-03', { pinned: true }),
  );
  const copy = source.copy();
  const answers = (one: City): unknown => [
    one.newest(null, 9),
    one.months('news'),
    one.channels(null),
    one.neighbours('a'),
    [...one.ids()].sort().map((id) => [id, one.item(id), one.outline(id)?.kind]),
  ];
  const before = answers(source);
  assert.deepEqual(answers(copy), before);
  copy.apply([article('a', 'about', '2026-01-04'), article('c', 'city', '2026-02-01'), channel('city', null)]);
  assert.deepEqual(answers(source), before);
  const after = answers(copy);
  source.apply([withdrawn(article('b', 'news', '2026-01-03')), article('d', 'city', '2026-03-01')]);
  assert.deepEqual(answers(copy), after);
  assert.deepEqual(
    after,
    answers(
      city(
        channel('city', null),
        ...tree.filter(({ id }) => id !== 'city'),
        article('a', 'about', '2026-01-04'),
        article('b', 'news', '2026-01-03', { pinned: true }),
        article('c', 'city', '2026-02-01'),
      ),
    ),
  );
});

test('createCity: the order in which items come changes no answer', () => {
  const items = [
    ...tree,
    article('a', 'city', '2026-01-02'),
    article('b', 'news', '2026-01-02', { pinned: true }),
    article('c', 'about', '2025-01-02'),
  ];
  const answers = (source: City): unknown => [
    source.newest(null, 9),
    source.newest('news', 9),
    source.months(null),
    source.channels(null),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
      const later = city();
      for (const one of shuffled) later.apply([one]);
      assert.deepEqual(answers(later), answers(city(...items)));
      assert.deepEqual(answers(city(...shuffled)), answers(later));
    }),
    { numRuns: 50 },
  );
});
