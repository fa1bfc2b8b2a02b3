import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressProgress, progressLine } from './press-progress.ts';

test('pressProgress tells of a large press at each hundredth and of a small one nothing', () => {
  const lines: string[] = [];
  const tell = pressProgress((message) => lines.push(progressLine(message)));
  for (let done = 0; done < 499; done++) tell({ done, total: 499 });
  assert.deepEqual(lines, []);
  for (let done = 0; done < 40_000; done++) tell({ done, total: 40_000 });
  assert.equal(lines.length, 101);
  assert.equal(lines[75], '██████████████████░░░░░░ 30000/40000 排印页面 · rendering pages');
  assert.equal(lines.at(-1), '████████████████████████ 40000/40000 排印页面 · rendering pages');
});
