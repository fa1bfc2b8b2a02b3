import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setApart } from './set-apart.ts';

test('setApart reads a label whose letters stand apart as one word, whatever stands before and after it', () => {
  assert.deepEqual(setApart('<td>项 ', ' 编 号</td>'), { before: '\n项', after: '编号\n' });
  assert.deepEqual(setApart('来源： 市信息中心　 作 ', '： 王小平'), { before: '\n作', after: '：' });
  assert.deepEqual(setApart('<td>索&nbsp;', '&nbsp;号：</td>'), { before: '\n索', after: '号：' });
});

test('setApart reads a label of two letters as one word, however wide the space between them', () => {
  assert.deepEqual(setApart('<p>\n\u3000\u3000', '\u3000点：局三楼'), { before: '\n', after: '点：' });
  assert.deepEqual(setApart('时 间：8月6日 ', ' 点：局三楼'), { before: '\n', after: '点：' });
  assert.deepEqual(setApart('<p>地&emsp;&emsp;', '：局三楼'), { before: '\n地', after: '：' });
  assert.equal(setApart('<p>会议的地\u3000', '：局三楼'), undefined);
});

test('setApart leaves words alone that stand together', () => {
  assert.equal(setApart('<td>项目', ' 编号</td>'), undefined);
  assert.equal(setApart('<p>今天', '开幕</p>'), undefined);
  assert.equal(setApart('<p>', '</p>'), undefined);
});
