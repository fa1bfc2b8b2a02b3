/**
 * Makes or renews a case from its `source.html` and `how.json`:
 *
 *   node packages/mend/tools/make-case.ts packages/mend/cases/KIND/NAME…
 *
 * Writes `received` (the bytes) and `expected.json` with `expected.html` (what the mender gives, likely places accepted
 * at 0.98). Read what it wrote before keeping it: the test only compares.
 */
import { Console } from 'node:console';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { accept, mend } from '../src/index.ts';
import { hurt } from './case.ts';
import type { How } from './case.ts';

const out = new Console(process.stdout);

for (const folder of process.argv.slice(2)) {
  const source = readFileSync(join(folder, 'source.html'), 'utf8');
  const received = hurt(source, JSON.parse(readFileSync(join(folder, 'how.json'), 'utf8')) as How);
  const result = mend({ name: basename(folder), bytes: received });
  const accepted = accept(result, { atLeast: 0.98 });
  const of = (name: string): number => result.plan.filter((place) => place.class === name).length;
  const expected = {
    mechanism: result.encoding.mechanism,
    verdict: result.verdict,
    proved: of('proved'),
    likely: of('likely'),
    lost: of('lost'),
    accepted: accepted.plan.filter((place) => place.accepted !== undefined).length,
    readings: result.alarms.map((alarm) => alarm.readings[0] ?? ''),
  };
  writeFileSync(join(folder, 'received'), received);
  writeFileSync(join(folder, 'expected.html'), accepted.html);
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  out.log(basename(folder), expected);
}
