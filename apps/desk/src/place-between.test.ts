import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeBetween } from './place-between.ts';

const siblings = [1, 2, 2.5, 10, 10].map((position, at) => ({ id: 'abcde'[at] ?? '', position }));

test('placeBetween: before one, behind all, alone; with as few digits as will do', () => {
  assert.equal(placeBetween(siblings, 'a'), 0);
  assert.equal(placeBetween(siblings, 'b'), 1.5);
  assert.equal(placeBetween(siblings, 'c'), 2.3);
  assert.equal(placeBetween(siblings, 'd'), 6);
  assert.equal(placeBetween(siblings, undefined), 11);
  assert.equal(placeBetween([], undefined), 1);
});

test('placeBetween: nothing stands between two of the same position', () => {
  assert.equal(placeBetween(siblings, 'e'), undefined);
});

test('placeBetween: again and again before the same one', () => {
  let low = 1;
  for (let round = 0; round < 30; round++) {
    const next = placeBetween(
      [
        { id: 'a', position: low },
        { id: 'b', position: 2 },
      ],
      'b',
    );
    assert.ok(next !== undefined && next > low && next < 2, String(round));
    low = next;
  }
});
