import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { openSmallCity } from '../tests/support/small-city.ts';
import { signIn, type Person } from './desk/sign-in.ts';
import { inFolder } from './folder.ts';
import type { OfficeReady } from './intake-desk/messages.ts';
import { heldOf } from './intake/held-of.ts';
import { writeOldSite } from './intake/old-site.ts';
import { atMost, quantile, zero, type Bench, type BenchOptions, type Measure } from './measure.ts';
import { CorpusMissing } from './mend.ts';
import { corpusFolder } from './mend/pages.ts';
import { usageOf } from './processes.ts';
import { withPostgres } from './with-postgres.ts';

/** Milliseconds within which 19 of 20 answers must be there. */
const most = 200;

/** A whole old site through the desk's own forms: read, decided about by rule, handed over, the process killed in the middle of both. */
export const intakeDesk: Bench = {
  name: 'intake-desk',
  about:
    'a folder of damaged pages through the forms of the desk: read, decided about by rule, handed over, kill -9 within reading and handing over; its screens meanwhile and afterwards, over HTTP',
  run: (options) => {
    const corpus = corpusFolder();
    if (corpus === undefined) throw new CorpusMissing();
    return withPostgres((url) => inFolder((folder) => measured(options, { url, folder, corpus })));
  },
};

interface Place {
  readonly url: string;
  readonly folder: string;
  readonly corpus: string;
}

async function measured(
  { quick, say, articles }: BenchOptions,
  { url, folder, corpus }: Place,
): Promise<readonly Measure[]> {
  const count = articles?.at(-1) ?? (quick ? 240 : 10_000);
  say(`an old site of ${count} pages`);
  const [data, allowed] = [join(folder, 'data'), join(folder, 'old-sites')];
  mkdirSync(allowed);
  const pages = writeOldSite(join(allowed, 'old'), corpus, count);
  process.env['CHENGMEN_SMALL_CITY_DATABASE_URL'] = url;
  const database = new Client({ connectionString: url });
  await database.connect();
  const desk = deskProcess(data, allowed);
  const measures: Measure[] = [{ measure: 'pages', value: count, unit: '' }];
  /** Pages of the run, by how they stand. */
  const standing = async (): Promise<Standing> => {
    const { rows } = await database.query<Standing>(
      `select (select state from intake_run) as run, count(*)::int as pages, count(*) filter (where stale)::int as stale,
         count(*) filter (where state = 'handing')::int as handing, count(*) filter (where state = 'known')::int as known,
         count(*) filter (where state = 'refused')::int as refused, count(*) filter (where state = 'read')::int as read
       from intake_page`,
    );
    return rows[0] ?? { run: null, pages: 0, stale: 0, handing: 0, known: 0, refused: 0, read: 0 };
  };
  /** Until a phase is over: asks for the lists all the while, as somebody who watches does. */
  const until = async (phase: string, isOver: (now: Standing) => boolean, dies?: (now: Standing) => boolean) => {
    const [started, times] = [performance.now(), [] as number[]];
    const before = desk.used().seconds;
    for (let round = 0, killed = dies === undefined; ; round++) {
      const now = await standing();
      if (!killed && dies?.(now)) {
        killed = true;
        await desk.kill();
        say(`${phase}: killed, ${JSON.stringify(now)}`);
        await desk.start();
      }
      if (isOver(now)) break;
      times.push(await desk.timed(watched[round % watched.length] ?? ''));
      await setTimeout(500);
    }
    const seconds = (performance.now() - started) / 1000;
    measures.push(
      { measure: `${phase}`, value: seconds, unit: 's' },
      {
        measure: `${phase}: processor of the desk for a page`,
        value: ((desk.used().seconds - before) / count) * 1000,
        unit: 'ms',
      },
      { measure: `${phase}: lists meanwhile p50`, value: quantile(times, 0.5), unit: 'ms' },
      { measure: `${phase}: lists meanwhile p95`, value: quantile(times, 0.95), unit: 'ms' },
    );
    say(`${phase}: ${seconds.toFixed(0)} s, ${JSON.stringify(await standing())}`);
  };
  try {
    await desk.start();
    const channels = '/xw/ → headlines\n/gg/ → notices';
    await desk.post('/intake/folder', { folder: 'old', name: '旧站', channels, channel: 'restored' });
    await until(
      'reading',
      ({ run }) => run === 'read',
      ({ pages: read }) => read > count / 3,
    );
    const readOnce = await standing();
    await screens(desk, measures, quick ? 15 : 60, count);
    await decisions(desk, measures, quick ? 20 : 60);
    await desk.post('/intake/1/1/rule', { rule: '', percent: '90', scope: 'run', action: 'accept' });
    await until('read again by a rule of the run', ({ stale }) => stale === 0);
    await desk.post('/intake/1/hand', { action: 'all-draft' });
    await until(
      'handing over',
      ({ run }) => run === 'read',
      ({ handing }) => handing < (count * 2) / 3,
    );
    await screens(desk, measures, quick ? 15 : 60, count, 'handed over: ');
    const { known, read, refused } = await standing();
    measures.push(
      { measure: 'resident memory of the desk at most', value: desk.used().megabytes, unit: 'MB' },
      zero('pages that were not read', Math.abs(readOnce.pages - count) + readOnce.refused),
      zero('pages left after all were handed over', read + refused),
    );
    await desk.kill();
    say('what the database holds');
    const office = await openSmallCity(data);
    measures.push(...(await heldOf(office, pages, known)));
    await office.close();
  } finally {
    await desk.kill();
    await database.end();
  }
  return measures;
}

interface Standing {
  readonly run: string | null;
  readonly pages: number;
  readonly stale: number;
  readonly handing: number;
  readonly known: number;
  readonly refused: number;
  readonly read: number;
}

const watched = ['/intake', '/intake?run=1', '/intake?run=1&verdict=gaps', '/items', '/'];

/** What an editor asks for once a run stands. */
async function screens(
  desk: DeskProcess,
  measures: Measure[],
  rounds: number,
  count: number,
  when = '',
): Promise<void> {
  const asked: Readonly<Record<string, (round: number) => string>> = {
    'runs and newest pages': () => '/intake',
    'a run': () => '/intake?run=1',
    'a run, its last pages': () => `/intake?run=1&page=${Math.floor(count / 50)}`,
    'a run, those with gaps': () => '/intake?run=1&verdict=gaps',
    'a run, those with an alarm': () => '/intake?run=1&alarm=any',
    'a run, most undecided first': () => '/intake?run=1&sort=-undecided',
    'a run by title': () => '/intake?run=1&sort=title',
    'a run, with words': (round) => `/intake?run=1&words=${encodeURIComponent(`第${round * 7}号材料`)}`,
    'a page’s report': (round) => `/intake/1/${1 + ((round * 37) % count)}`,
  };
  for (const [name, path] of Object.entries(asked)) {
    const times: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const took = await desk.timed(path(round + 3));
      if (round >= 0) times.push(took);
    }
    measures.push(
      { measure: `${when}${name}: p50`, value: quantile(times, 0.5), unit: 'ms' },
      atMost(`${when}${name}: p95`, quantile(times, 0.95), most, 'ms'),
    );
  }
}

const mostPlaces = 5;
const mostAfter = 50;

/** Pages that nobody has looked at are looked at, and place after place of them is decided about; the page is asked for again after each. */
async function decisions(desk: DeskProcess, measures: Measure[], pages: number): Promise<void> {
  const told = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const [started, before] = [performance.now(), desk.used().seconds];
    await work();
    const taken = (times[name] ??= { wall: [], seconds: 0 });
    taken.wall.push(performance.now() - started);
    taken.seconds += desk.used().seconds - before;
  };
  const times: Record<string, { readonly wall: number[]; seconds: number }> = {};
  for (let number = 1; number <= pages; number++) {
    const path = `/intake/1/${number}`;
    const open = `${path}?show=open`;
    let html = '';
    await told('first look at a page’s report', async () => (html = await desk.get(open)));
    for (const [, place = '', length = ''] of [...html.matchAll(likelyPlace)].slice(0, mostPlaces)) {
      const form = { show: 'open', from: '0', place, length, act: 'refuse' };
      await told('a decision about a place', () => desk.post(`${path}/decide`, form));
      await told('a page’s report after it', () => desk.get(open));
    }
  }
  for (const [name, { wall, seconds }] of Object.entries(times))
    measures.push(
      { measure: `${name}: p50`, value: quantile(wall, 0.5), unit: 'ms' },
      atMost(`${name}: p95`, quantile(wall, 0.95), name.startsWith('first') ? most : mostAfter, 'ms'),
      { measure: `${name}: processor of the desk`, value: (seconds / wall.length) * 1000, unit: 'ms' },
    );
}

/** Of a form with candidates. */
const likelyPlace =
  /class="candidates">(?:(?!<\/form>)[\s\S])*?name="place" value="(\d+)"(?:(?!<\/form>)[\s\S])*?name="length"\s+value="(\d+)"/g;

interface DeskProcess {
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Of all its processes so far: the sum of their time, the most memory of one. */
  readonly used: () => { readonly seconds: number; readonly megabytes: number };
  /** Throws for an answer that is none. */
  readonly get: (path: string) => Promise<string>;
  /** Milliseconds to a whole answer. */
  readonly timed: (path: string) => Promise<number>;
  readonly post: (path: string, form: Readonly<Record<string, string>>) => Promise<void>;
}

function deskProcess(data: string, allowed: string): DeskProcess {
  let [child, port] = [undefined as ChildProcess | undefined, 0];
  let person: Person | undefined;
  let token = '';
  let past = { seconds: 0, megabytes: 0 };
  let latest = { seconds: 0, megabytes: 0 };
  const used = (): typeof past => {
    latest = usageOf(child?.pid) ?? latest;
    return {
      seconds: past.seconds + latest.seconds,
      megabytes: Math.max(past.megabytes, latest.megabytes),
    };
  };
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie: person?.cookie ?? '' } });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return text;
  };
  return {
    ...{ used, get },
    async start() {
      child = fork(join(import.meta.dirname, 'intake-desk', 'office.ts'), [data, allowed], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const [ready] = (await once(child, 'message')) as [OfficeReady];
      port = ready.port;
      if (!ready.person) return;
      person = { ...ready.person, key: undefined, cookie: '' };
      await signIn(port, person);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      past = used();
      latest = { seconds: 0, megabytes: 0 };
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    async timed(path) {
      const started = performance.now();
      await get(path);
      used();
      return performance.now() - started;
    },
    async post(path, form) {
      // One for the session.
      if (token === '') [, token = ''] = /name="_token" value="([^"]*)"/.exec(await get('/intake/new')) ?? [];
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ _token: token, ...form }) },
        headers: { cookie: person?.cookie ?? '' },
      });
      if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
  };
}
