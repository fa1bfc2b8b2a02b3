import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyLines } from './body-lines.ts';
import { compareLines, type LineChange } from './compare-lines.ts';

const changes = (before: string, after: string): string[] =>
  compareLines(bodyLines(before), bodyLines(after)).map((one) => `${one.kind} ${textOf(one)}`);
const textOf = (one: LineChange): string => ('line' in one ? one.line.text : `${one.before.text}→${one.after.text}`);
const p = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

test('compareLines: a changed paragraph stands beside what it became, however many come and go around it', () => {
  assert.deepEqual(
    changes(
      p('江堤加固工程本月开工。', '全长4.8公里，总投资三亿元。', '施工期间封闭。'),
      p('新来的一段。', '江堤加固工程下月开工。', '全长5.2公里，总投资三亿元。'),
    ),
    [
      'added 新来的一段。',
      'words 江堤加固工程本月开工。→江堤加固工程下月开工。',
      'words 全长4.8公里，总投资三亿元。→全长5.2公里，总投资三亿元。',
      'removed 施工期间封闭。',
    ],
  );
});

test('compareLines: ranks, marks, links, pictures, items and rows of tables are told apart', () => {
  assert.deepEqual(changes('<p>概况</p>', '<h2>概况</h2>'), ['form 概况→概况']);
  assert.deepEqual(changes('<p>概况</p>', '<p><strong>概</strong>况</p>'), ['form 概况→概况']);
  assert.deepEqual(changes('<p><a href="item:a">概况</a></p>', '<p><a href="item:b">概况</a></p>'), ['form 概况→概况']);
  assert.deepEqual(changes('<p><img src="media:a" alt="堤"></p>', '<p><img src="media:b" alt="堤"></p>'), [
    'form 堤→堤',
  ]);
  assert.deepEqual(changes('<ul><li><p>甲</p></li></ul>', '<ul><li><p>甲</p></li><li><p>乙</p></li></ul>'), [
    'same 甲',
    'added 乙',
  ]);
  assert.deepEqual(
    changes(
      '<table><tbody><tr><td>甲区</td><td>1</td></tr></tbody></table>',
      '<table><tbody><tr><td>甲区</td><td>2</td></tr></tbody></table>',
    ),
    ['words 甲区 ｜ 1→甲区 ｜ 2'],
  );
});

test('compareLines: lines of both bodies come back whole and in their order', () => {
  const many = (from: number, step: number): string =>
    p(...Array.from({ length: 300 }, (_, at) => `第${(from + at * step) % 211}段，内容${(at * 7) % 13}。`));
  const [before, after] = [bodyLines(many(0, 3)), bodyLines(many(5, 2))];
  const all = compareLines(before, after);
  const side = (which: 'before' | 'after', alone: string): string[] =>
    all.flatMap((one) => {
      if (!('line' in one)) return [one[which].text];
      return one.kind === 'same' || one.kind === alone ? [one.line.text] : [];
    });
  assert.deepEqual(
    side('before', 'removed'),
    before.map(({ text }) => text),
  );
  assert.deepEqual(
    side('after', 'added'),
    after.map(({ text }) => text),
  );
});
