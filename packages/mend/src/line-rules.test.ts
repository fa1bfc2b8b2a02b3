import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GapLine } from './line-rules.ts';
import { beginsItem, isHeadingLine, itemsEndInSemicolon, lineFillings } from './line-rules.ts';

const gap = (line: string, rest: string, next = ''): GapLine => ({ line, rest, next, itemsEndInSemicolon: true });
const texts = (of: GapLine): string[] => lineFillings(of).map(({ text }) => text);

test('lineFillings: an article where a sentence goes on behind its number, no word of a heading', () => {
  assert.deepEqual(texts(gap('第十二', ' 任何单位和个人不得擅自占用河道。')), ['条']);
  assert.deepEqual(texts(gap('第十', ' 法律可以设定各种处罚')), ['条']);
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

test('lineFillings: an article ends in a stop before the next one, a heading does not', () => {
  const law = (line: string, next: string): string[] => texts({ ...gap(line, '', next), isLaw: true });
  assert.deepEqual(
    law('第三条 河道的保护和治理，由水行政主管部门负责，其他部门按照各自职责配合', '第四〓 任何单位都有义务'),
    ['。'],
  );
  assert.deepEqual(law('〓〓 河道的保护由水行政主管部门负责并接受监督', '〓〓 任何单位都有义务'), ['。']);
  assert.deepEqual(law('第二〓 河道的保护', '第四条 任何单位都有义务'), []);
  assert.deepEqual(
    law('河道管理机构（以下简称河道机构，负责河道的保护和治理工作的机构', '第四条 任何单位都有义务'),
    [],
  );
  assert.deepEqual(texts(gap('第四', ' 国家实行登记制度〓', '第五〓 国务院主管全国工作')), ['条']);
  assert.deepEqual(texts(gap('第四', ' 监督管理', '第二十条 国务院主管全国工作')), []);
});

test('lineFillings: of a law the items before another one end in semicolons, the last one before an article in a stop', () => {
  const articles = '第一条 为了保护河道。\n第二条 河道机构履行下列职责：\n第三条 本条例自公布之日起施行。';
  assert.equal(itemsEndInSemicolon(articles), true);
  assert.equal(itemsEndInSemicolon('（一）修河堤。\n（二）清淤泥。\n（三）种树木。'), false);
  assert.deepEqual(texts(gap('(〓组织、指导和检查工作', '', '(〓拟定规划')), ['；']);
  assert.deepEqual(texts({ ...gap('的河道', '', '（四）种树木'), isLongItem: true }), ['；']);
  assert.equal(beginsItem('河道。\n（三）对侵占河道的'), true);
  assert.equal(beginsItem('（三）河道\n对侵占河道的'), false);
  assert.deepEqual(texts({ ...gap('(〓组织开发利用水面', '', '第六〓 任何单位都有义务'), isLaw: true }), ['。']);
});
