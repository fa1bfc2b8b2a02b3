import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likeness, printBands, printFromText, printText, textPrint } from './index.ts';

/** A text of its own for every seed. */
function story(seed: number, length = 900): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return String.fromCharCode(0x4e00 + ((state >>> 8) % 3000));
  }).join('');
}

const share = (one: string, other: string): boolean => {
  const bands = new Set(printBands(textPrint(one)!));
  return printBands(textPrint(other)!).some((band) => bands.has(band));
};

test('textPrint: nearly equal texts find each other, others do not', () => {
  let [near, far] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const text = story(seed);
    const again = `${text.slice(0, 100)}二〇二六年${text.slice(105, 500)}，${text.slice(500, 880)}又一句不同的话`;
    if (share(text, again)) near++;
    if (share(text, story(seed + 1000))) far++;
    assert.ok(likeness(textPrint(text)!, textPrint(again)!) > 0.75);
  }
  assert.ok(near >= 196, `${near} of 200 found`);
  assert.equal(far, 0);
});

test('textPrint: space, width and punctuation are not words, and short texts have no print', () => {
  assert.deepEqual(textPrint(`${story(3)}，１２ ３。`), textPrint(`${story(3)}123`));
  assert.equal(textPrint('特此公告。'), undefined);
  assert.equal(textPrint(`${'，'.repeat(500)}特此公告。`), undefined);
});

test('textPrint: kept as text and read again', () => {
  const print = textPrint(story(7))!;
  assert.deepEqual(printFromText(printText(print)), print);
  assert.equal(likeness(print, print), 1);
});
