import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createStringTable } from './string-table.ts';

test('createStringTable: a text has the number it was first given, and a number its text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 400 }), (texts) => {
      const table = createStringTable();
      const numbers = texts.map((text) => table.add(text));
      const distinct = [...new Set(texts)];
      assert.deepEqual([...new Set(numbers)], [...distinct.keys()]);
      assert.equal(table.size(), distinct.length);
      for (const [at, text] of texts.entries()) {
        assert.equal(table.find(text), numbers[at]);
        assert.equal(table.text(numbers[at] ?? -1), text);
      }
      assert.equal(table.find('never given'), undefined);
    }),
  );
});

test('createStringTable: many texts, longer together than one stretch of memory', () => {
  const table = createStringTable();
  const text = (at: number): string => `临江/${at}/${'长'.repeat(at % 50)}`;
  for (let at = 0; at < 60_000; at++) assert.equal(table.add(text(at)), at);
  for (let at = 0; at < 60_000; at += 7) assert.deepEqual([table.find(text(at)), table.text(at)], [at, text(at)]);
  assert.throws(() => table.add('x'.repeat(70_000)), RangeError);
});
