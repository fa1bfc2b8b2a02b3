import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crawlText } from './crawl-text.ts';

test('crawlText gives a line for a block and empty lines round paragraphs', () => {
  const html =
    '<head><title>x</title></head><div>甲</div>\n<div>乙</div><p>\n\t　　丙。<br />\n　　丁。\n</p><div>戊</div>';
  assert.equal(crawlText(html), '甲\n乙\n\n　　丙。\n　　丁。\n\n戊');
});

test('crawlText leaves the remainder of a tag in the text', () => {
  assert.equal(crawlText('<a href="#">浏觇/a><a>外文</a>'), '浏觇/a>外文');
});

test('crawlText narrows the text when asked', () => {
  assert.equal(crawlText('<p>主办：市府　承办</p>', { nfkc: true }), '主办:市府 承办');
});
