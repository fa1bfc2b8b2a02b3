import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeWords, namedIn } from './press-view.ts';

test('causeWords: each read of the press in words, with the titles of what it names', () => {
  const names = new Map([['news', '新闻']]);
  const words = (read: string): string => causeWords({ cause: 'read', read }, names);
  assert.equal(words('newest:news:20'), '“新闻”最新的 20 条');
  assert.equal(words('newest:*:5'), '全站最新的 5 条');
  assert.equal(words('item:a-1'), '“a-1”本身');
  assert.equal(words('month:news:2026-11:0'), '“新闻” 2026-11 的条目');
  assert.equal(words('what-comes-later:x'), 'what-comes-later:x');
  assert.equal(causeWords({ cause: 'theme' }, names), '模板变了');
});

test('namedIn: items and channels, each once', () => {
  const causes = ['newest:news:20', 'item:news', 'site', 'months:*', 'addresses:2026-11:1'].map((read) => ({
    ...{ cause: 'read' as const, read, targets: 1 },
  }));
  assert.deepEqual(namedIn(causes), ['news']);
});
