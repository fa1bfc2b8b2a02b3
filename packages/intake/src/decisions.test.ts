import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { parseDecisions } from './decisions.ts';

const page = 'a'.repeat(64);
const one = { find: '今〓·28', fill: '年9', source: '市志第3卷' };
const file = (value: unknown): string => JSON.stringify(value);

test('parseDecisions: what a person writes becomes what the mender takes, with who said it', () => {
  assert.deepEqual(
    parseDecisions(`\ufeff${file({ page, by: '何采', decisions: [one, { ...one, by: '楚慎' }] })}`, 'd.json'),
    {
      file: 'd.json',
      page,
      decisions: [
        { context: '今〓·28', text: '年9', source: '市志第3卷（何采）' },
        { context: '今〓·28', text: '年9', source: '市志第3卷（楚慎）' },
      ],
    },
  );
  assert.equal(parseDecisions(file({ page, decisions: [one] }), 'd.json').decisions[0]?.source, '市志第3卷');
});

test('parseDecisions: refuses what is not as described and says where', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['{', /JSON/],
    ['[]', /对象/],
    [file({ page: 'A'.repeat(64), decisions: [one] }), /page/],
    [file({ page, decisions: [] }), /decisions/],
    [file({ page, decisions: one }), /decisions/],
    [file({ page, decisions: [one], pages: 1 }), /pages/],
    [file({ page, decisions: [one, { ...one, find: '今年' }] }), /decisions\.1\.find/],
    [file({ page, decisions: [{ ...one, find: '〓月〓日' }] }), /decisions\.0\.find/],
    [file({ page, decisions: [{ ...one, find: '〓' }] }), /decisions\.0\.find/],
    [file({ page, decisions: [{ ...one, fill: '〓' }] }), /decisions\.0\.fill/],
    [file({ page, decisions: [{ ...one, fill: '字'.repeat(51) }] }), /decisions\.0\.fill/],
    [file({ page, decisions: [{ ...one, source: ' ' }] }), /decisions\.0\.source/],
    [file({ page, decisions: [{ ...one, source: 3 }] }), /decisions\.0\.source/],
    [file({ page, decisions: [{ ...one, sure: true }] }), /sure/],
    [file({ page, decisions: [null] }), /decisions\.0/],
    [file({ page, by: '', decisions: [one] }), /by/],
  ];
  for (const [text, problem] of cases) {
    assert.throws(
      () => parseDecisions(text, 'd.json'),
      (error: unknown) =>
        error instanceof ChengmenError &&
        error.code === 'decisions-invalid' &&
        error.parameters['file'] === 'd.json' &&
        problem.test(String(error.parameters['problem'])),
      text,
    );
  }
});
