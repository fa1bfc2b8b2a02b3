import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planRetention, type PlannedRelease, type RetentionFacts } from './plan-retention.ts';
import { defaultRetention, readRetention, type RetentionRules } from './retention-rules.ts';

const now = new Date('2026-11-28T04:00:00Z');
const day = 86_400_000;
const rules = (text: object): RetentionRules => readRetention(JSON.stringify({ name: '样例', ...text }), 'rules.json');

/** One release every so many hours, the newest now. */
function hourly(size: number, hours: number): Map<number, Date> {
  return new Map(
    Array.from({ length: size }, (_, at) => [size - at, new Date(now.getTime() - at * hours * 3_600_000)]),
  );
}

const plan = (facts: Partial<RetentionFacts> & Pick<RetentionFacts, 'rules' | 'size'>): readonly PlannedRelease[] =>
  planRetention({ now, isPruned: () => false, times: new Map(), served: [], proofs: [], ...facts });

const kept = (planned: readonly PlannedRelease[]): number[] =>
  planned.flatMap(({ number, stays }) => (stays ? [number] : []));
const kindOf = (planned: readonly PlannedRelease[], number: number): string | undefined =>
  planned.find((one) => one.number === number)?.stays?.kind;

test('planRetention: every release for some days, then the last of each day by China’s clocks, then nothing', () => {
  const planned = plan({
    rules: rules({ every: '2d', then: [{ one: 'day', until: '6d' }] }),
    size: 60,
    times: hourly(60, 4),
  });
  // Ten days of six a day. Noon in China is hour 4 of UTC: a day of China ends at hour 16.
  for (const { number, at, stays } of planned) {
    assert.ok(at);
    const age = now.getTime() - at.getTime();
    if (number === 60) assert.equal(stays?.kind, 'newest');
    else if (age < 2 * day) assert.equal(stays?.kind, 'every');
    else if (age >= 6 * day) assert.equal(stays, undefined);
    else assert.equal(stays?.kind, at.getUTCHours() === 12 ? 'one' : undefined, at.toISOString());
  }
  assert.equal(planned.filter(({ stays }) => stays?.kind === 'one').length, 4);
});

test('planRetention: pruned again later, the same rules keep what they kept', () => {
  const text = rules({
    every: '3d',
    then: [
      { one: 'day', until: '20d' },
      { one: 'week', until: '1y' },
    ],
  });
  const times = hourly(2000, 5);
  const gone = new Set<number>();
  let before: number[] = [];
  for (let later = 0; later < 60; later += 3) {
    const at = new Date(now.getTime() + later * day);
    const planned = plan({ rules: text, size: 2000, times, now: at, isPruned: (one) => gone.has(one) });
    for (const { number, stays } of planned) if (!stays) gone.add(number);
    const stay = kept(planned);
    assert.ok(before.length === 0 || stay.every((one) => before.includes(one)));
    before = stay;
  }
  // What is older than a year goes, and of weeks past there is one release each.
  const weeks = before.filter((one) => (times.get(one) as Date).getTime() < now.getTime() - 21 * day);
  assert.ok(weeks.length >= 40 && weeks.length <= 42, `${weeks.length}`);
});

test('planRetention: newest, served, held, named and proved releases stay however old', () => {
  const planned = plan({
    rules: rules({
      every: '1d',
      hold: [{ releases: [3, [5, 6]], why: '行政诉讼' }],
      keep: [{ releases: [8], why: '年报引用' }],
    }),
    size: 40,
    times: hourly(40, 24),
    served: [{ place: '/srv/mirror', release: 11 }],
    proofs: [{ file: 'a.proof', release: 2 }],
  });
  assert.deepEqual(kept(planned), [2, 3, 5, 6, 8, 11, 40]);
  assert.deepEqual(
    [2, 3, 8, 11, 40].map((one) => kindOf(planned, one)),
    ['proof', 'hold', 'keep', 'served', 'newest'],
  );
});

test('planRetention: a release nobody knows the time of stays; one between others is taken for the next', () => {
  const times = hourly(40, 24);
  for (const one of [1, 2, 3, 20]) times.delete(one);
  const planned = plan({ rules: rules({ every: '5d' }), size: 40, times });
  assert.deepEqual(
    [1, 2, 3, 4].map((one) => kindOf(planned, one)),
    ['unknown-time', 'unknown-time', 'unknown-time', undefined],
  );
  assert.equal(planned.find(({ number }) => number === 20)?.at?.getTime(), times.get(21)?.getTime());
  assert.deepEqual(
    plan({ rules: rules({ every: '1d' }), size: 3 }).map(({ stays }) => stays?.kind),
    ['unknown-time', 'unknown-time', 'newest'],
  );
});

test('planRetention: a clock that was set back makes nothing older', () => {
  const times = hourly(10, 1);
  times.set(9, new Date('2001-01-01T00:00:00Z'));
  assert.equal(kindOf(plan({ rules: rules({ every: '1d' }), size: 10, times }), 9), 'every');
});

test('defaultRetention: ten years of every release, thirty of days, and a month for ever', () => {
  const years = (count: number): Date => new Date(now.getTime() - count * 365.25 * day);
  const times = new Map([
    [1, years(60)],
    [2, years(60 - 1 / 400)],
    [3, years(20)],
    [4, new Date(years(20).getTime() + 1000)],
    [5, years(9)],
    [6, years(9)],
    [7, now],
  ]);
  assert.deepEqual(kept(plan({ rules: defaultRetention(), size: 7, times })), [2, 4, 5, 6, 7]);
});

for (const [problem, text] of [
  ['no JSON', '{'],
  ['an unknown member', '{"name":"a","every":"1y","until":1}'],
  ['no name', '{"every":"1y"}'],
  ['a span that is none', '{"name":"a","every":"10"}'],
  ['no days at all', '{"name":"a","every":"0d"}'],
  ['a shorter span after a longer', '{"name":"a","every":"2y","then":[{"one":"day","until":"1y"}]}'],
  ['something after for ever', '{"name":"a","every":"forever","then":[{"one":"day","until":"forever"}]}'],
  ['an interval that is none', '{"name":"a","every":"1y","then":[{"one":"hour","until":"2y"}]}'],
  ['a stretch that runs backwards', '{"name":"a","every":"1y","hold":[{"releases":[[5,3]],"why":"b"}]}'],
  ['a hold without a reason', '{"name":"a","every":"1y","hold":[{"releases":[5]}]}'],
] as const)
  test(`readRetention: refuses ${problem}, by the file’s name`, () => {
    assert.throws(
      () => readRetention(text, '/etc/rules.json'),
      (error: Error & { code?: string; message: string }) => {
        assert.equal(error.code, 'retention-invalid');
        assert.match(JSON.stringify(error), /rules\.json/);
        return true;
      },
    );
  });
