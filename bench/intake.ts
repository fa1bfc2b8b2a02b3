import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { verifyEvents } from '@chengmen/ledger';
import { sha256 } from '@chengmen/model';
import { siteId, type BackOffice } from 'chengmen';
import { sql } from 'kysely';
import { foundCity, openSmallCity } from '../tests/support/small-city.ts';
import { inFolder } from './folder.ts';
import { zero, type Bench, type Measure } from './measure.ts';
import { processorTime } from './processes.ts';
import { nfkc, readAs, roundTrip, sink, untouched, type Traced } from './mend/damage.ts';
import { corpusFolder, makePages, type Page } from './mend/pages.ts';
import { CorpusMissing } from './mend.ts';
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

interface OldPage {
  readonly path: string;
  readonly hash: string;
  readonly channel: string;
}

const folders: readonly (readonly [folder: string, channel: string])[] = [
  ['xw', 'headlines'],
  ['gg', 'notices'],
  ['zt', 'restored'],
];

const mapping = {
  channels: [
    { address: '/xw/', channel: 'headlines' },
    { address: '/gg/', channel: 'notices' },
  ],
};

const damages: readonly ((source: string) => Traced)[] = [
  (source) => roundTrip(source, 'php54'),
  (source) => sink(roundTrip(source, 'php54'), 'drop'),
  (source) => nfkc(sink(roundTrip(source, 'php54'), 'drop')),
  (source) => sink(roundTrip(source, 'php82'), 'replace'),
  (source) => readAs(untouched(source), 'gb18030', '\ufffd'),
  untouched,
];

/** Pages of which no two say the same, in every kind of damage. */
function writeOldSite(root: string, corpus: string, count: number): OldPage[] {
  const models = makePages(corpus, Math.min(count, 240)).filter((page) => lineOf(page) !== undefined);
  return Array.from({ length: count }, (_, i) => {
    const model = models[i % models.length];
    const [folder = '', channel = ''] = folders[i % folders.length] ?? [];
    const first = model && lineOf(model);
    const source = first === undefined ? '' : (model?.source.replaceAll(first, `第${String(i)}号材料${first}`) ?? '');
    const bytes = damages[Math.floor(i / models.length + i) % damages.length]?.(source).bytes ?? new Uint8Array();
    const path = `/${folder}/${String(2000 + (i % 20))}/art_${String(i)}.html`;
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), bytes);
    return { path, hash: sha256(bytes), channel };
  });
}

/** A line of the body that stands in the page as it is. */
const lineOf = ({ body, source }: Page): string | undefined =>
  body.split('\n').find((line) => line.length > 12 && source.includes(line));

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
  let [taken, usage] = [0, usageOf(child)];
  for await (const line of createInterface({ input: child.stdout })) {
    const { outcome } = JSON.parse(line) as { outcome: string };
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    taken++;
    if (taken % 20 === 0) usage = usageOf(child) ?? usage;
    if (taken >= killAt) {
      child.kill('SIGKILL');
      break;
    }
  }
  const code = await ended;
  const seconds = (performance.now() - started) / 1000;
  return { code, taken, outcomes, seconds, processor: usage?.seconds ?? 0, memory: usage?.megabytes ?? 0 };
}

/** Processor and most memory of a process and its threads so far, by Linux. */
function usageOf({ pid }: ChildProcess): { seconds: number; megabytes: number } | undefined {
  if (pid === undefined) return undefined;
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { seconds: processorTime(pid) / 1000, megabytes: Number(peak ?? 0) / 1024 };
  } catch {
    return undefined;
  }
}

/**
 * Every page is in once, whole, under its old address, in its channel; nothing else is. A page whose words another one has
 * is in by its address alone.
 */
async function heldOf(
  { ledger, received }: BackOffice,
  pages: readonly OldPage[],
  duplicates: number,
): Promise<Measure[]> {
  const { rows } = await sql<{ hash: string; item: string; fields: string | null; plan: string }>`
    select intake.received_hash as hash, intake.item, revision.fields, intake.plan
    from intake
    left join revision on revision.site = intake.site and revision.item = intake.item and revision.number = intake.number
    where intake.site = ${siteId}`.execute(ledger.db);
  const addresses = await sql<{ path: string; item: string }>`
    select path, item from address where site = ${siteId} and not current`.execute(ledger.db);
  const drafts = await sql<{ count: string }>`
    select count(*) as count from revision where site = ${siteId} and item like 'restored-%'`.execute(ledger.db);
  const byHash = Map.groupBy(rows, ({ hash }) => hash);
  const items = new Set(rows.map(({ item }) => item));
  const owners = new Map(addresses.rows.map(({ path, item }) => [path, item]));
  const of = (page: OldPage) => byHash.get(page.hash) ?? [];
  const isHalf = ({ fields, plan }: (typeof rows)[number]): boolean =>
    fields === null || !Array.isArray(JSON.parse(plan));
  let bytesLost = 0;
  for (const { hash } of pages) if ((await received.get(hash)) === undefined) bytesLost++;
  const { events, broken } = await verifyEvents(ledger.db, siteId);
  const channelOf = (fields: string | null): string | undefined =>
    (JSON.parse(fields ?? '{}') as { channel?: string }).channel;
  const elsewhere = pages.filter((page) =>
    of(page).some(({ item, fields }) => owners.get(page.path) !== item || channelOf(fields) !== page.channel),
  );
  const without = pages.filter((page) => of(page).length === 0);
  return [
    { measure: 'pages whose words another has', value: without.length, unit: '' },
    zero('of them not told as such', Math.abs(without.length - duplicates)),
    zero(
      'pages whose old address leads nowhere',
      pages.filter(({ path }) => !items.has(owners.get(path) ?? '')).length,
    ),
    zero('pages twice', pages.filter((page) => of(page).length > 1).length),
    zero('pages half: without revision or plan', rows.filter(isHalf).length),
    zero('revisions without a page', Math.abs(Number(drafts.rows[0]?.count ?? 0) - rows.length)),
    zero('pages under another address or in another channel', elsewhere.length),
    zero('received bytes lost', bytesLost),
    zero('breaks in the event log', broken === null ? 0 : 1),
    { measure: 'events', value: events, unit: '' },
  ];
}
