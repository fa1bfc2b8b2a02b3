import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { parseDecisions } from './parse-decisions.ts';

test('parseDecisions reads a list of decisions', () => {
  const decisions = [{ context: '第9〓月', text: '届8', source: '荷花节日程表' }];
  assert.deepEqual(parseDecisions('d.json', JSON.stringify(decisions)), decisions);
});

test('parseDecisions names the entry that is wrong', () => {
  const wrong: [string, RegExp][] = [
    ['{', /not JSON/],
    ['{}', /not an array/],
    ['[{"text":"a","source":"b"},{"text":"a"}]', /2: text and source/],
    ['[{"text":"a","source":"b","at":1.5}]', /byte offset/],
    ['[{"text":"a","source":"b","where":1}]', /unknown field where/],
  ];
  for (const [json, problem] of wrong) {
    assert.throws(
      () => parseDecisions('d.json', json),
      (error) => error instanceof ChengmenError && problem.test(error.message),
    );
  }
});
