import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { mend } from './mend.ts';
import type { KnownEncoding } from './types.ts';
import { fromBytes } from './utf8.ts';

const corpus = process.env.CHENGMEN_CORPUS;
const skip = corpus === undefined ? 'CHENGMEN_CORPUS is not set' : false;

/** The bytes of a reference pair and the text that the standard's decoder makes of them. */
function reference(encoding: string, way: 'in' | 'out'): { bytes: Uint8Array; lines: string[] } {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(corpus ?? '', 'encoding', name)));
  const [one, other] = [read(`${encoding}_${way}.txt`), read(`${encoding}_${way}_ref.txt`)];
  const [bytes, text] = way === 'in' ? [one, other] : [other, one];
  return { bytes, lines: fromBytes(text).split('\n') };
}

const decoded = (bytes: Uint8Array, encoding?: KnownEncoding): string[] =>
  mend({ name: 'reference', bytes, ...(encoding ? { encoding } : {}) }).html.split('\n');

describe('mend on the reference pairs of the encodings', { skip }, () => {
  for (const way of ['in', 'out'] as const) {
    test(`mend reads every line of gb18030 as the standard does, told or not: ${way}`, () => {
      const { bytes, lines } = reference('gb18030', way);
      assert.deepEqual(decoded(bytes, 'gb18030'), lines);
      assert.deepEqual(decoded(bytes), lines);
    });
  }

  test('mend reads every line of big5 that a writer can have written, told or not', () => {
    const { bytes, lines } = reference('big5', 'out');
    assert.deepEqual(decoded(bytes, 'big5'), lines);
    assert.deepEqual(decoded(bytes), lines);
  });

  test('mend reads every pair of big5 as the standard does, with its own sign where that has U+FFFD', () => {
    const { bytes, lines } = reference('big5', 'in');
    const gaps = lines.map((line) => line.replaceAll('\ufffd', '〓'));
    assert.deepEqual(decoded(bytes, 'big5'), gaps);
  });

  /** Why one of the eight cases does not apply as it stands. */
  test('mend takes the list of all pairs of big5 for gb18030 where nobody says what it is: each line is both', () => {
    const { bytes } = reference('big5', 'in');
    assert.equal(mend({ name: 'reference', bytes }).encoding.used, 'gb18030');
  });
});
