import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UnknownYearError, civilDateAt, civilMinuteAt, createWorkingDays } from './index.ts';

const days = createWorkingDays();

test('isWorkingDay: weekends, holidays and the days worked in exchange', () => {
  assert.equal(days.isWorkingDay('2026-11-20'), true);
  assert.equal(days.isWorkingDay('2026-11-21'), false);
  assert.equal(days.isWorkingDay('2026-10-01'), false);
  assert.equal(days.isWorkingDay('2026-10-10'), true, 'Saturday worked in exchange for the National Day holiday');
  assert.equal(days.isWorkingDay('2026-02-14'), true, 'Saturday worked in exchange for the Spring Festival');
});

test('deadline: the first day does not count, holidays do not, exchanged days do', () => {
  const { date, skipped } = days.deadline('2026-09-30', 3);
  assert.equal(date, '2026-10-10');
  assert.deepEqual(
    skipped.map(({ date: day }) => day),
    ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
  );
  assert.equal(days.deadline('2026-11-20', 5).date, '2026-11-27');
  assert.equal(days.deadline('2026-11-20', 0).date, '2026-11-20');
});

test('deadline: a year without an arrangement is refused, never guessed', () => {
  assert.throws(() => days.deadline('2026-12-30', 5), UnknownYearError);
  assert.throws(() => days.deadline('2026-02-30', 5), RangeError);
});

test('between: counts the working days that a deadline was made of, either way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 25 }), (offset, length) => {
      const from = civilDateAt(new Date(Date.UTC(2025, 0, 2) + offset * 86_400_000));
      const { date } = days.deadline(from, length);
      assert.equal(days.between(from, date), length);
      assert.equal(days.between(date, from), length === 0 ? 0 : -length);
      if (length > 0) assert.equal(days.isWorkingDay(date), true);
    }),
  );
});

test('civilMinuteAt: Asia/Shanghai, whatever the zone of the machine', () => {
  assert.equal(civilMinuteAt(new Date('2026-11-20T16:05:59Z')), '2026-11-21 00:05');
  assert.equal(civilDateAt(new Date('2026-11-20T15:59:59Z')), '2026-11-20');
});
