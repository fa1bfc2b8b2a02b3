import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAlarm } from './alarm.ts';

test('createAlarm tells the same thing once a minute, and other things at once', () => {
  const told: string[] = [];
  let now = 0;
  const alarm = createAlarm(
    (code, where) => told.push(`${code} ${where}`),
    () => now,
  );
  alarm('damaged', 'a', '');
  alarm('damaged', 'a', '');
  alarm('damaged', 'b', '');
  now = 59_999;
  alarm('damaged', 'a', '');
  now = 60_000;
  alarm('damaged', 'a', '');
  assert.deepEqual(told, ['damaged a', 'damaged b', 'damaged a']);
});
