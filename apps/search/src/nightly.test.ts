import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilNight } from './nightly.ts';

test('untilNight: three in the morning in China, never at once', () => {
  const hour = 3600 * 1000;
  assert.equal(untilNight(Date.parse('2026-11-20T02:00:00+08:00')), hour);
  assert.equal(untilNight(Date.parse('2026-11-20T04:00:00+08:00')), 23 * hour);
  assert.equal(untilNight(Date.parse('2026-11-20T03:00:00+08:00')), 24 * hour);
});
