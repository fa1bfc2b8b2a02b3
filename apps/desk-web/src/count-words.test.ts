import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWords } from './count-words.ts';

test('countWords: Han characters and full-width signs one each, other words and numbers one each', () => {
  for (const [text, count] of [
    ['', 0],
    ['开工。', 3],
    ['全长4.8公里，GDP增长5%。', 11],
    ['Open data 2026', 3],
    ['临政办发〔2026〕12号', 9],
    ['𠮷野家', 3],
  ] as const)
    assert.equal(countWords(text), count, text);
});
