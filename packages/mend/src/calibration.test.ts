import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrated } from './calibration.ts';
import type { Best, Traits } from './calibration.ts';
import { calibration } from './model-data/calibration.ts';

const candidate = (said: number, more: Partial<Traits> = {}): Traits => ({
  kind: 'vanished stop end any',
  best: 'stop',
  said: Math.log(said / (1 - said)),
  margin: 3,
  holds: [],
  ...more,
});

test('calibrated: a stop at the end of a line of prose is believed more than in a cell of a table', () => {
  const [prose, cell] = (['prose', 'cell'] as const).map((trait) => calibrated(candidate(0.85, { holds: [trait] })));
  assert.ok((prose ?? 0) > (cell ?? 1));
});

test('calibrated: what is more probable stays so in every kind, and no probability leaves its bounds', () => {
  for (const kind of [...Object.keys(calibration.kinds), 'of none'])
    for (const best of Object.keys(calibration.best) as Best[]) {
      if (kind !== 'of none' && !kind.includes(` ${best} `)) continue;
      const steps = [0.3, 0.5, 0.8, 0.9, 0.99, 0.9999].map((said) => calibrated(candidate(said, { kind, best })));
      assert.deepEqual(
        steps,
        steps.toSorted((a, b) => a - b),
        `${kind} ${best}`,
      );
      assert.ok(steps.every((p) => p >= 0 && p <= 1));
    }
});

test('calibrated: what stands elsewhere on the page is believed more', () => {
  const han = { kind: 'vanished han mid any', best: 'han' } as const;
  assert.ok(calibrated(candidate(0.7, { ...han, holds: ['on page'] })) > calibrated(candidate(0.7, han)));
});
