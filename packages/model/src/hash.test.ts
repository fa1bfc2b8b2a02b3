import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './hash.ts';

test('canonicalJson: one text for one value, in whatever order its members were put', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(turned(value)), text);
      assert.equal(canonicalJson(JSON.parse(text)), text);
    }),
  );
});

test('canonicalJson: nothing that JSON would alter, whether or not its members are in order', () => {
  assert.equal(
    canonicalJson({ a: undefined, b: [undefined, -0], c: { '10': 1, '9': 2 } }),
    '{"b":[null,0],"c":{"10":1,"9":2}}',
  );
  for (const member of [Number.NaN, Infinity, 1n, (): void => undefined, Symbol('s')]) {
    assert.throws(() => canonicalJson({ a: 1, b: [member] }), TypeError);
    assert.throws(() => canonicalJson({ b: [member], a: 1 }), TypeError);
  }
});

/** The same with all members put the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}
