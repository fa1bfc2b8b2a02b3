import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchingLengths } from './matching-lengths.ts';

const lengths = (pattern: string, text: string, least: number, most: number): number[] =>
  [...matchingLengths([...pattern], [...text], { sign: '〓', least, most }).entries()].flatMap(([at, can]) =>
    can === 1 ? [at] : [],
  );

test('matchingLengths says how much of a text a pattern with gaps may take up', () => {
  assert.deepEqual(lengths('城〓水', '城北水水', 1, 2), [3, 4]);
  assert.deepEqual(lengths('城〓', '城北水厂', 0, 2), [1, 2, 3]);
  assert.deepEqual(lengths('南', '城', 0, 2), []);
});

test('matchingLengths ends soon where a regular expression would not', () => {
  assert.deepEqual(lengths('甲〓'.repeat(60), '甲'.repeat(60) + '乙', 1, 60), []);
});
