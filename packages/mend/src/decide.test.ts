import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { accept } from './accept.ts';
import { replay } from './assemble.ts';
import { decide } from './decide.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import { toBytes } from './utf8.ts';

const bytes = simulate(
  toBytes('<div>无障碍浏览</div><p>今年荷花节第9届8月开幕，去年的23家参展。</p><a href="#">新闻中心</a>'),
  {
    inject: [{ was: '新闻中心', keyword: '彩票开奖' }],
  },
);
const result = mend({ name: 'flowers.html', bytes });

const refused = (decision: Parameters<typeof decide>[1][number], problem: RegExp): void => {
  assert.throws(
    () => decide(result, [decision]),
    (error) => error instanceof ChengmenError && error.code === 'decisions-invalid' && problem.test(error.message),
  );
};

test('decide fills a gap by its surroundings and records the source', () => {
  const decided = decide(result, [{ context: '第9〓月', text: '届8', source: '荷花节日程表' }]);
  const place = decided.plan.find((entry) => entry.class === 'stated');
  assert.equal(place?.after, '届8');
  assert.equal(place?.evidence, '荷花节日程表');
  assert.match(decided.html, /荷花节第9届8月/);
  assert.equal(replay(decided, bytes), decided.html);
});

test('decide fills a gap by its offset, a hijacked name by any text', () => {
  const name = result.plan.find(({ rule }) => rule === 'foreign-name');
  const decided = decide(result, [{ at: name?.at ?? -1, text: '新闻中心', source: '同站其他页面' }]);
  assert.match(decided.html, />新闻中心<\/a>/);
});

test('decide refuses a text that damaged again is not what was received', () => {
  refused({ context: '第9〓月', text: '一8', source: '某处' }, /damaged again/);
  refused({ context: '第9〓月', text: '届', source: '某处' }, /damaged again/);
});

test('decide refuses a decision without a gap, with two, without text or source', () => {
  refused({ context: '没有〓这里', text: '届8', source: '某处' }, /no gap here/);
  refused({ context: '〓', text: '届8', source: '某处' }, /more than one gap/);
  refused({ text: '届8', source: '某处' }, /either at or context/);
  refused({ context: '第9〓月', text: '', source: '某处' }, /no text/);
  refused({ context: '第9〓月', text: '届8', source: ' ' }, /no source/);
});

test('decide fills nothing when one decision is refused', () => {
  assert.throws(() =>
    decide(result, [
      { context: '第9〓月', text: '届8', source: '日程表' },
      { context: '无此处〓', text: '的', source: '日程表' },
    ]),
  );
  assert.ok(result.plan.every((place) => place.class !== 'stated'));
});

test('decide overrules an accepted candidate', () => {
  const accepted = accept(result, { atLeast: 0.01 });
  const first = accepted.plan.find((place) => place.accepted !== undefined && place.rule === 'question');
  const decided = decide(accepted, [{ at: first?.at ?? -1, text: '届8', source: '日程表' }]);
  assert.match(decided.html, /荷花节第9届8月/);
});
