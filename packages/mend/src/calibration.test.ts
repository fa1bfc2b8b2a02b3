import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrated } from './calibration.ts';
import type { Finding } from './finding.ts';

const vanished: Finding = {
  at: 0,
  length: 3,
  class: 'likely',
  rule: 'vanished',
  letters: { kind: 'any', states: 1 },
  prior: 1,
};

test('calibrated: a stop at the end of a line is believed more than ranking says, a character before a space less', () => {
  assert.ok(calibrated(0.85, '。', vanished, true) > 0.9);
  assert.ok(calibrated(0.75, '馆', vanished, false) < 0.7);
});

test('calibrated: what is more probable stays so, and no probability leaves its bounds', () => {
  for (const text of ['。', '馆', '，'])
    for (const atEnd of [true, false]) {
      const steps = [0, 0.3, 0.5, 0.8, 0.9, 0.99, 1].map((said) => calibrated(said, text, vanished, atEnd));
      assert.deepEqual(
        steps,
        steps.toSorted((a, b) => a - b),
      );
      assert.ok(steps.every((p) => p >= 0 && p <= 1));
    }
});

test('calibrated: a kind of gap that nothing was learned of keeps what ranking says', () => {
  assert.equal(calibrated(0.8, '馆', { ...vanished, rule: 'byte-dropped' }, false), 0.8);
});
