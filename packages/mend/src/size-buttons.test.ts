import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeFilling } from './size-buttons.ts';

test('sizeFilling knows the size of letters that is missing among the others, in any markup', () => {
  assert.equal(sizeFilling('字体： ', ' 中 小</span>'), '大');
  assert.equal(sizeFilling('<a href="#">大</a>　<a href="#">', '</a>　<a href="#">小</a>】'), '中');
  assert.equal(sizeFilling('字号：〓 〓 ', ' <br>'), undefined);
  assert.equal(sizeFilling('字号：〓 中 ', '】'), '小');
});

test('sizeFilling says nothing of words that hold these characters', () => {
  assert.equal(sizeFilling('扩大', '小企业'), undefined);
  assert.equal(sizeFilling('大力扶持', '小微企业'), undefined);
});
