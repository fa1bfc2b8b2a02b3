import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineEnds } from './line-ends.ts';

test('lineEnds: a mark that many lines end in is more probable, the others less', () => {
  const ends = lineEnds(Array.from({ length: 12 }, () => '熟悉办公软件；').join('\n'));
  assert.ok(ends.factor('；') > 1 && ends.factor('。') < 0);
  assert.ok(ends.has('；') && !ends.has('！'));
  assert.equal(ends.factor('荷'), 0);
});

test('lineEnds: lines that end in gaps say what is usual', () => {
  const one = '欢迎您的到来！\n';
  assert.ok(lineEnds(one).factor('！') > lineEnds(one + '荷花节开幕〓\n'.repeat(20)).factor('！'));
});
