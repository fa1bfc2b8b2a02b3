import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { identityCheckCharacter, isIdentityNumber, isOldIdentityNumber } from './identity-number.ts';

/** Numbers nobody has: of the unused county 00. */
const invented = fc
  .tuple(
    fc.constantFrom('110000', '320400', '440300', '650000', '830000'),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([place, born, order]) => {
    const digits = `${place}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
    return digits + identityCheckCharacter(digits);
  });

test('isIdentityNumber: the example of the standard, with its X in either case', () => {
  assert.ok(isIdentityNumber('11010519491231002X'));
  assert.ok(isIdentityNumber('11010519491231002x'));
  assert.ok(isIdentityNumber('440524188001010014'));
});

test('isIdentityNumber: every one digit changed, and every two neighbours changed round, no longer fit', () => {
  fc.assert(
    fc.property(invented, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      assert.ok(isIdentityNumber(number));
      const digit = String((Number(number[at]) + by) % 10);
      assert.ok(!isIdentityNumber(number.slice(0, at) + digit + number.slice(at + 1)));
      const [one, other] = [number[at] ?? '', number[at + 1] ?? ''];
      if (one !== other) assert.ok(!isIdentityNumber(number.slice(0, at) + other + one + number.slice(at + 2)));
    }),
  );
});

test('isIdentityNumber: no province, no such day, another length', () => {
  for (const number of ['99010519491231002X', '110105194913310025', '1101051949123100', '11010519491231002Y', ''])
    assert.ok(!isIdentityNumber(number), number);
});

test('isOldIdentityNumber: fifteen digits with a day of birth', () => {
  assert.ok(isOldIdentityNumber('110105491231002'));
  assert.ok(!isOldIdentityNumber('110105491331002'));
});
