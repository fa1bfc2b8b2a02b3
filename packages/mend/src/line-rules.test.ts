import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GapLine } from './line-rules.ts';
import { isHeadingLine, lineFillings } from './line-rules.ts';

const gap = (line: string, rest: string, next = ''): GapLine => ({ line, rest, next, itemsEndInSemicolon: true });
const texts = (of: GapLine): string[] => lineFillings(of).map(({ text }) => text);

test('lineFillings: an article where a sentence goes on behind its number, no word of a heading', () => {
  assert.deepEqual(texts(gap('第十二', ' 任何单位和个人不得擅自占用河道。')), ['条']);
  assert.deepEqual(texts(gap('第二', ' 保护与管理')), []);
  assert.equal(isHeadingLine(' 保护与管理'), true);
  assert.equal(isHeadingLine(' 本办法所称河道，包括湖泊。'), false);
});

test('lineFillings: the day behind year and month, whole or in gaps', () => {
  assert.deepEqual(texts(gap('时间：2018年3月17', ' 15:07')), ['日']);
  assert.deepEqual(texts(gap('2018〓〓', ' 15:07')), ['日']);
  assert.deepEqual(texts(gap('3〓996年4〓', ' 第八届会议通过')), ['日']);
  assert.deepEqual(texts(gap('共2018', ' 15:07')), []);
});

test('lineFillings: lists begin with a colon and go on with semicolons, articles of prose with neither', () => {
  assert.deepEqual(texts(gap('申请人应当具备下列条件', '', '（一）有固定场所；')), ['：']);
  assert.deepEqual(texts(gap('（一）有固定场所', '', '（二）有章程；')), ['；']);
  assert.deepEqual(texts(gap('（一）指导思想', '', '第三条')), []);
  assert.deepEqual(texts(gap('二、重点任务', '', '（一）修河堤')), []);
});

test('lineFillings: how often a page was looked at, and no other figure', () => {
  assert.deepEqual(texts(gap('作 者： 办公室 点 击： 311 ', '')), ['次']);
  assert.deepEqual(texts(gap('联系电话： 311', '')), []);
});
