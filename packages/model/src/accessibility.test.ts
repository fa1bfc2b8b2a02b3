import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedFacts, type AccessibilityFact } from './accessibility.ts';

const fact = (criterion: string, result: AccessibilityFact['result'], left?: string): AccessibilityFact => ({
  ...{ criterion, level: 'A', zh: '名', en: 'name', result },
  ...(left === undefined ? {} : { left }),
});

test('changedFacts: what is known otherwise, new or gone, by number and not by text; names alone are no change', () => {
  const signed = [fact('1.4.3', 'passed'), fact('2.1.1', 'person'), fact('1.1.1', 'passed', '文字')];
  const now = [
    { ...fact('1.4.3', 'passed'), zh: '另一个名' },
    fact('1.1.1', 'passed', '替代文字'),
    fact('1.4.13', 'failed'),
    fact('1.4.4', 'absent'),
  ];
  assert.deepEqual(
    changedFacts(signed, now).map(({ before, after }) => [before?.criterion, before?.result, after?.result]),
    [
      ['1.1.1', 'passed', 'passed'],
      [undefined, undefined, 'absent'],
      [undefined, undefined, 'failed'],
      ['2.1.1', 'person', undefined],
    ],
  );
  assert.deepEqual(changedFacts(now, now), []);
});
