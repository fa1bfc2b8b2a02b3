import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateState } from './update-light.ts';

test('updateState: green, amber in the last quarter, red the day after the last', () => {
  const light = (update: Parameters<typeof updateState>[0]['update'], newest: string | undefined): string =>
    updateState({ update, newest }, '2026-11-20').light;
  assert.deepEqual(
    ['2026-11-20 09:00', '2026-11-10', '2026-11-09', '2026-11-06', '2026-11-05'].map((day) => light('two-weeks', day)),
    ['green', 'green', 'amber', 'amber', 'red'],
  );
  assert.deepEqual(
    ['2026-07-06', '2026-07-05', '2026-05-21', '2026-05-20'].map((day) => light('six-months', day)),
    ['green', 'amber', 'amber', 'red'],
  );
  assert.equal(light('year', '2025-11-20'), 'amber');
  assert.equal(light('year', '2025-11-19'), 'red');
});

test('updateState: an empty channel is red, one without a class has no light, one of the future is of today', () => {
  const today = '2026-11-20';
  assert.equal(updateState({ update: 'as-needed', newest: undefined }, today).light, 'red');
  assert.equal(updateState({ update: 'as-needed', newest: '1999-01-01' }, today).light, 'green');
  assert.equal(updateState({ update: undefined, newest: undefined }, today).light, 'none');
  assert.deepEqual(updateState({ update: 'two-weeks', newest: '2027-01-01' }, today), {
    light: 'green',
    days: 0,
    left: 14,
  });
});
