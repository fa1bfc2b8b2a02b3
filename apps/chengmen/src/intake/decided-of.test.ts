import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecidedChoice } from '@chengmen/content';
import { decidedOf } from './decided-of.ts';

const by = (id: number, choice: DecidedChoice['choice'], wide = false): DecidedChoice => ({
  ...{ id, wide, choice, at: '2026-11-20T00:00:00Z', account: 'a', by: '何采' },
});

test('decidedOf: rules of the run before those of the page, of each place the last; who decided stands with each', () => {
  const decided = decidedOf([
    by(1, { at: 3, length: 1, take: '甲' }),
    by(2, { upTo: 0.5 }),
    by(3, { rule: 'question', from: 0.9 }, true),
    by(4, { at: 3, length: 1, fill: '乙', source: '档案' }),
    by(5, { at: 9, length: 2, refuse: true }),
    by(6, { at: 7, length: 0, take: '丙' }),
    by(7, { at: 7, length: 0, undo: true }),
  ]);
  assert.deepEqual(decided.choices, [{ rule: 'question', from: 0.9 }, { upTo: 0.5 }, { at: 9, length: 2, text: null }]);
  assert.deepEqual(decided.fills, [{ at: 3, length: 1, text: '乙', source: '档案（何采）' }]);
  assert.equal(decided.record.length, 4);
  assert.deepEqual(decided.record[2], {
    ...{ at: 3, length: 1, fill: '乙', source: '档案' },
    ...{ when: '2026-11-20T00:00:00Z', account: 'a', by: '何采', wide: false },
  });
});
