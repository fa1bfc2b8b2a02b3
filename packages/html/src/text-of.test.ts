import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapMarkup } from './body.ts';
import { excerpt, textOf } from './text-of.ts';

test('textOf: a line for each paragraph, heading, item and cell; gaps stay visible', () => {
  assert.equal(
    textOf(
      `<h2>甲</h2><p>乙<a href="/x">丙</a><br>丁${gapMarkup}</p><table><tbody><tr><td>戊</td><td>己</td></tr></tbody></table>`,
    ),
    '甲\n乙丙\n丁〓\n戊\n己',
  );
  assert.equal(textOf(''), '');
});

test('excerpt: whole when short, to the end of a sentence when one is near, else cut and marked', () => {
  const body = '<p>第一句话。第二句话很长很长。</p><p>第三</p>';
  assert.equal(excerpt(body, 100), '第一句话。第二句话很长很长。 第三');
  assert.equal(excerpt(body, 8), '第一句话。');
  assert.equal(excerpt(body, 13), '第一句话。第二句话很长很…');
  assert.equal(excerpt('<p>𠮷𠮷𠮷</p>', 3), '𠮷𠮷𠮷');
  assert.equal(excerpt('<p>𠮷𠮷𠮷𠮷</p>', 3), '𠮷𠮷…', 'characters, not halves of them');
});
