import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bracketFactor, closedLater, openBrackets, pairFactor } from './brackets.ts';

test('closedLater names the brackets that the rest of a line closes and did not open', () => {
  assert.equal(closedLater('9月29日）、（下午）'), '）');
  assert.equal(closedLater('9月〓日'), '〓');
});

test('openBrackets takes the number of an item for closed where its bracket is lost', () => {
  assert.equal(openBrackets('（五〓决定人选'), '〓');
  assert.equal(openBrackets('（一）依照《办法'), '《');
});

test('pairFactor wants the other mark of a pair where the line has one only', () => {
  assert.ok(pairFactor('', '（', '）') > 0);
  assert.ok(pairFactor('（', '）', '') > 0);
  assert.ok(pairFactor('（', '）', '）') < 0);
  assert.ok(pairFactor('', '（', '') < 0);
  assert.equal(pairFactor('', '（', '〓'), 0);
  assert.equal(pairFactor('（', '人', ''), 0);
});

test('openBrackets is sure of a bracket behind the last gap of its line', () => {
  assert.equal(openBrackets('八点〓九点（周一闭馆'), '（');
  assert.equal(openBrackets('（周一〓九点'), '（〓');
});

test('bracketFactor wants an open bracket closed at the end of a line or before a space, where no gap may have closed it', () => {
  assert.ok(bracketFactor('（', '）', '\n') > 0);
  assert.ok(bracketFactor('（', '）', ' 余额') > 0);
  assert.ok(bracketFactor('（', '。', '\n') < 0);
  assert.equal(bracketFactor('（', '）', '余额'), 0);
  assert.equal(bracketFactor('（〓', '）', '\n'), 0);
});
