import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bankCard, passesLuhn } from './bank-card.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 11, maxLength: 18 });
const completed = (start: string): string => start + '0123456789'.split('').find((last) => passesLuhn(start + last));

test('passesLuhn: exactly one last digit fits, and one digit changed fits no more', () => {
  fc.assert(
    fc.property(digits, fc.nat(10), fc.integer({ min: 1, max: 9 }), (start, at, by) => {
      assert.equal('0123456789'.split('').filter((last) => passesLuhn(start + last)).length, 1);
      const whole = completed(start);
      const other = whole.slice(0, at) + String((Number(whole[at]) + by) % 10) + whole.slice(at + 1);
      assert.ok(!passesLuhn(other));
    }),
  );
});

test('bankCard: by issuer and length', () => {
  assert.equal(bankCard(completed('622202000000000000')), 'card');
  assert.equal(bankCard(completed('621700000000000')), 'card');
  assert.equal(bankCard('4111111111111111'), 'maybe');
  assert.equal(bankCard('4111111111111112'), undefined);
  assert.equal(bankCard('0000000000000000'), undefined);
  assert.equal(bankCard('2222222222222222'), undefined);
});
