import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createNumberTable } from './number-table.ts';

test('createNumberTable: it holds what a Map holds', () => {
  // Few low bits, so that many keys want one place.
  const key = fc.oneof(
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 2 ** 20 - 1 }).map((high) => high * 2 ** 32),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.double({ noNaN: true })), { maxLength: 200 }), (entries) => {
      const [table, map] = [createNumberTable(1), new Map<number, number>()];
      for (const [at, value] of entries) {
        assert.equal(table.get(at), map.get(at));
        table.set(at, value);
        map.set(at, value);
      }
      assert.equal(table.size(), map.size);
      for (const [at, value] of map) assert.equal(table.get(at), value);
    }),
  );
});
