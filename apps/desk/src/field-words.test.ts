import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldText } from './field-words.ts';

test('fieldText: what people typed reads as they typed it, and only what has no other form as data', () => {
  assert.equal(fieldText('article', 'keywords', ['防汛', '堤防']), '防汛、堤防');
  assert.equal(fieldText('article', 'pinned', true), '是');
  assert.equal(fieldText('article', 'author', undefined), '');
  assert.equal(fieldText('media', 'size', 10), '10');
  const limits = [{ what: '附件是扫描件', until: '2027-06-30' }, { what: '地图' }];
  assert.equal(fieldText('statement', 'limits', limits), '附件是扫描件｜2027-06-30\n地图');
});
