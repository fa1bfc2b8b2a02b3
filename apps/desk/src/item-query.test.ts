import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemAddress, itemFilter, itemQuery } from './item-query.ts';

const below = (channel: string): string[] => [channel, `${channel}-below`];

test('itemQuery: what cannot be meant is left out', () => {
  const query = itemQuery({
    words: ' 防汛\0  响应 ',
    kind: 'nothing',
    channel: "news' or 1=1",
    state: 'toString',
    revision: 'constructor',
    sort: '-fields',
    author: ['a', 'b'],
  });
  assert.deepEqual(itemFilter(query, below), { words: [['防汛'], ['响应']] });
});

test('itemFilter: words in either script, a channel with all below it, a column either way', () => {
  const query = itemQuery({
    words: '應急',
    channel: 'news',
    sort: '-title',
    state: 'live',
    revision: 'draft',
    kind: 'policy',
  });
  assert.deepEqual(itemFilter(query, below), {
    words: [['應急', '应急']],
    kind: 'policy',
    channels: ['news', 'news-below'],
    state: 'live',
    newestState: 'draft',
    order: 'title',
    descending: true,
  });
});

test('itemAddress: the address says all that was asked, and reads as it was written', () => {
  const query = itemQuery({ words: '100% & 更多', sort: 'author', after: 'abc_-' });
  const address = itemAddress(query);
  assert.deepEqual(itemQuery(Object.fromEntries(new URL(address, 'http://desk').searchParams)), query);
  assert.equal(itemAddress({}), '/items');
});
