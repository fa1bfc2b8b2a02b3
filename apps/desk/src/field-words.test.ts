import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldText } from './field-words.ts';

test('fieldText: what people typed reads as they typed it, and what has members by their names, never as data', () => {
  assert.equal(fieldText('article', 'keywords', ['防汛', '堤防']), '防汛、堤防');
  assert.equal(fieldText('article', 'pinned', true), '是');
  assert.equal(fieldText('article', 'author', undefined), '');
  assert.equal(fieldText('media', 'size', 10), '10');
  assert.equal(fieldText('media', 'altIn', { en: 'A dyke', ar: 'سد' }), 'en：A dyke\nar：سد');
  const edition = { language: 'en', home: { focus: 'news', words: ['Tax', 'Buses'], blocks: [{ show: 'focus' }] } };
  assert.equal(fieldText('channel', 'edition', edition), '语言代码：en\n首页默认：要闻栏目：news；常搜词：Tax；Buses');
  const limits = [{ what: '附件是扫描件', until: '2027-06-30' }, { what: '地图' }];
  assert.equal(fieldText('statement', 'limits', limits), '附件是扫描件｜2027-06-30\n地图');
});
