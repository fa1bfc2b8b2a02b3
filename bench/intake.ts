import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BackOffice } from 'chengmen';
import { foundCity, openSmallCity } from '../tests/support/small-city.ts';
import { inFolder } from './folder.ts';
import { heldOf } from './intake/held-of.ts';
import { writeOldSite } from './intake/old-site.ts';
import { zero, type Bench, type Measure } from './measure.ts';
import { corpusFolder } from './mend/pages.ts';
import { CorpusMissing } from './mend.ts';
import { usageOf } from './processes.ts';
import { randomOf } from './tamper/random.ts';
import { withPostgres } from './with-postgres.ts';

/** Damaged pages of a whole site into PostgreSQL by the command itself, killed on the way and run again. */
export const intake: Bench = {
  name: 'intake',
  about:
    '`chengmen intake` of damaged pages into PostgreSQL, kill -9 on the way, run again: nothing lost, twice or half, each in its channel',
  run: async ({ quick, say }) => {
    const corpus = corpusFolder();
    if (corpus === undefined) throw new CorpusMissing();
    return withPostgres((url) =>
      inFolder(async (folder) => {
        say('an old site');
        const pages = writeOldSite(join(folder, 'old'), corpus, quick ? 240 : 10_000);
        const place = { data: join(folder, 'data'), database: url, folder };
        process.env['CHENGMEN_SMALL_CITY_DATABASE_URL'] = url;
        await withOffice(place.data, foundCity);
        const { measures, duplicates } = await untilDone(place, quick ? 2 : 4, pages.length, say);
        say('what the database holds');
        const held = await withOffice(place.data, (office) => heldOf(office, pages, duplicates));
        return [...measures, ...held];
      }),
    );
  },
};

const mapping = {
  channels: [
    { address: '/xw/', channel: 'headlines' },
    { address: '/gg/', channel: 'notices' },
  ],
};

async function withOffice<T>(data: string, work: (office: BackOffice) => Promise<T>): Promise<T> {
  const office = await openSmallCity(data);
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

interface Place {
  readonly folder: string;
  readonly data: string;
  readonly database: string;
}

/** Runs the command until it ends by itself; the first few runs are killed after a random number of pages. */
async function untilDone(
  place: Place,
  kills: number,
  pages: number,
  say: (text: string) => void,
): Promise<{ readonly measures: readonly Measure[]; readonly duplicates: number }> {
  const random = randomOf(pages);
  writeFileSync(join(place.folder, 'mapping.json'), JSON.stringify(mapping));
  let told = 0;
  for (let run = 0; run < kills; run++) {
    const until = told + 1 + random(Math.floor(pages / (kills + 1)));
    const { taken } = await oneRun(place, until);
    told = taken;
    say(`killed when ${String(taken)} pages were told`);
  }
  const last = await oneRun(place, Number.POSITIVE_INFINITY);
  const { seconds, processor, memory } = last;
  const fresh = last.outcomes.get('taken') ?? 0;
  const measures: Measure[] = [
    { measure: 'pages', value: pages, unit: '' },
    { measure: 'kills', value: kills, unit: '' },
    zero('the last run did not end by itself', last.code === null || last.code === 2 ? 1 : 0),
    { measure: 'last run: pages told as in already', value: last.outcomes.get('again') ?? 0, unit: '' },
    { measure: 'last run: pages taken in', value: fresh, unit: '' },
    { measure: 'last run: pages refused', value: last.outcomes.get('refused') ?? 0, unit: '' },
    { measure: 'last run', value: seconds, unit: 's' },
    { measure: 'last run: pages a second, those already in among them', value: pages / seconds, unit: '/s' },
    { measure: 'last run: processor for a page taken in', value: (processor / Math.max(1, fresh)) * 1000, unit: 'ms' },
    { measure: 'last run: resident memory at most', value: memory, unit: 'MB' },
  ];
  return { measures, duplicates: last.outcomes.get('duplicate') ?? 0 };
}

interface RunDone {
  readonly code: number | null;
  /** Pages that were told, of all outcomes. */
  readonly taken: number;
  readonly outcomes: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly processor: number;
  readonly memory: number;
}

async function oneRun({ folder, data, database }: Place, killAt: number): Promise<RunDone> {
  const args = ['intake', join(folder, 'old'), '--json', '--mapping', join(folder, 'mapping.json')];
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../apps/chengmen/bin/chengmen.js'),
      ...args,
      '--data',
      data,
      '--database-url',
      database,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const started = performance.now();
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const outcomes = new Map<string, number>();
  let [taken, usage] = [0, usageOf(child.pid)];
  for await (const line of createInterface({ input: child.stdout })) {
    const { outcome } = JSON.parse(line) as { outcome: string };
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    taken++;
    if (taken % 20 === 0) usage = usageOf(child.pid) ?? usage;
    if (taken >= killAt) {
      child.kill('SIGKILL');
      break;
    }
  }
  const code = await ended;
  const seconds = (performance.now() - started) / 1000;
  return { code, taken, outcomes, seconds, processor: usage?.seconds ?? 0, memory: usage?.megabytes ?? 0 };
}
