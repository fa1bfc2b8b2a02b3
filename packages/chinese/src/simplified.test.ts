import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simplified } from './simplified.ts';

test('simplified: each Traditional character as its Simplified one, all others as they are', () => {
  assert.equal(simplified('臨江市防汛應急響應'), '临江市防汛应急响应');
  assert.equal(simplified('头发 2026 ABC 𠀀'), '头发 2026 ABC 𠀀');
});
