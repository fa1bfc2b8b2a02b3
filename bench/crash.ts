import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyRelease } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import { releaseChecker, type ReleaseChecker } from './crash/check-releases.ts';
import { tags, type ItemWish, type OfficeMessage } from './crash/messages.ts';
import { ask, startReaders, type Page, type ReadCount } from './crash/readers.ts';
import { inFolder } from './folder.ts';
import { quantile, zero, type Bench, type Measure } from './measure.ts';
import { startPortalProcess, type PortalProcess } from './portal-process.ts';
import { randomOf, type Random } from './tamper/random.ts';
import { withPostgres } from './with-postgres.ts';

/** The back office is killed again and again while it publishes and citizens read. */
export const crash: Bench = {
  name: 'crash',
  about:
    'kill -9 of the back office (ledger, press, seal) at random moments of publishing, while a portal process serves: every release is read, every acknowledged approval looked for',
  run: async ({ quick, say }) => {
    const runs = [await withPostgres((url) => runWith('PostgreSQL', url, quick ? 12 : 900, say))];
    runs.push(await runWith('embedded database', '', quick ? 3 : 100, say));
    return runs.flatMap(measuresOf);
  },
};

interface Run {
  readonly name: string;
  kills: number;
  /** Kills before the office had caught up after its start. */
  early: number;
  acknowledged: number;
  readonly lost: string[];
  readonly problems: string[];
  readonly releases: ReleaseChecker;
  reads: ReadCount;
  /** Milliseconds from the start of the office until all that was approved is live. */
  readonly restarts: number[];
  /** What has been said of it so far. */
  readonly told: Set<string>;
}

/** What an item may look like: as last acknowledged, or as has been asked for since. */
type Expected = Map<string, { path: string; states: ItemWish[] }>;

interface Town {
  readonly data: string;
  readonly database: string;
  readonly random: Random;
  readonly run: Run;
  readonly expected: Expected;
}

function runWith(name: string, database: string, kills: number, say: (text: string) => void): Promise<Run> {
  return inFolder(async (data) => {
    say(`${name}: a small city`);
    const releases = join(data, 'releases', 'linjiang');
    const key = (): string => readFileSync(join(data, 'keys', 'seal.vkey'), 'utf8');
    const checker = releaseChecker(() => folderStore(releases), key);
    const none = { requests: 0, dropped: 0, problems: [] };
    const run: Run = {
      name,
      kills: 0,
      early: 0,
      acknowledged: 0,
      lost: [],
      problems: [],
      releases: checker,
      reads: none,
      restarts: [],
      told: new Set(),
    };
    const town: Town = { data, database, random: randomOf(kills), run, expected: new Map() };
    const first = startOffice(town, 0);
    await first.settled;
    const portal = await startPortalProcess({ releases, key: key().trim(), articles: 0 });
    const readers = startReaders(portal.port);
    run.reads = readers.count;
    try {
      await killSoon(first, town);
      for (let generation = 1; generation <= kills; generation++) {
        if (generation % 50 === 0) say(progressOf(run, kills));
        for (const fault of newFaults(run)) say(fault);
        await checker.check();
        for (const path of await oneLife(town, generation, portal)) readers.paths.add(path);
      }
      await lastLife(town, kills + 1, portal);
    } finally {
      await readers.stop();
      if (portalEnded(portal)) run.problems.push('the portal ended');
      await portal.stop();
    }
    await checker.check();
    const report = await verifyRelease({ store: folderStore(releases, { blocking: true }), key: key() });
    for (const { where, problem } of report.problems) checker.broken.push(`${where}: ${problem}`);
    return run;
  });
}

function progressOf({ name, kills, releases, lost, reads, problems }: Run, of: number): string {
  const found = `${releases.broken.length} broken, ${releases.mixed.length} mixed, ${lost.length} lost, ${reads.dropped} dropped, ${problems.length} other`;
  return `${name}: ${kills} of ${of} kills, ${releases.size()} releases; ${found}`;
}

/** Each fault once, when it was found: a run of hours may be ended before its table. */
function newFaults(run: Run): readonly string[] {
  const { releases, lost, reads, problems } = run;
  const all = [...releases.broken, ...releases.mixed, ...lost, ...reads.problems, ...problems];
  const found = all.filter((fault) => !run.told.has(fault));
  for (const fault of found) run.told.add(fault);
  return found;
}

function portalEnded({ pid }: PortalProcess): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

interface OfficeProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** False where it ended before. */
  readonly settled: Promise<boolean>;
}

function startOffice({ data, database, run, expected }: Town, generation: number): OfficeProcess {
  const script = join(import.meta.dirname, 'crash', 'office.ts');
  const started = performance.now();
  const child = fork(script, [data, String(generation)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      CHENGMEN_SMALL_CITY_DATABASE_URL: database,
      NODE_COMPILE_CACHE: join(data, '..', 'chengmen-bench-compiled'),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const settled = new Promise<boolean>((resolve) => {
    child.on('message', (message: OfficeMessage) => {
      if (message.type === 'settled') {
        run.restarts.push(performance.now() - started);
        resolve(true);
      } else if (message.type === 'failed') run.problems.push(message.problem);
      else if (message.type === 'intends') {
        const held = expected.get(message.item);
        // Before the first approval there is nothing that could be lost.
        if (held) held.states.push(message.state);
      } else {
        run.acknowledged++;
        expected.set(message.item, { path: message.path, states: [message.state] });
      }
    });
    void ended.then(() => {
      resolve(false);
    });
  });
  return { child, ended, settled };
}

/** At any moment of its work, writing, approving, pressing and sealing at once. */
async function killSoon({ child, ended }: OfficeProcess, { random, run }: Town, working = true): Promise<void> {
  if (working) await pause(random(500));
  run.kills++;
  child.kill('SIGKILL');
  await ended;
}

/** A start, a look at what the portal shows by then, some work, the end. One in five is killed while it starts. */
async function oneLife(town: Town, generation: number, portal: PortalProcess): Promise<readonly string[]> {
  const office = startOffice(town, generation);
  const usual = quantile(town.run.restarts, 0.5);
  let up = false;
  if (town.random(5) === 0) {
    await pause(town.random(Math.ceil(usual)));
    up = await Promise.race([office.settled, pause(0).then(() => false)]);
    if (!up) town.run.early++;
  } else up = await office.settled;
  const shown = up ? await lookForApprovals(town, portal) : [];
  await killSoon(office, town, up);
  return shown;
}

async function lastLife(town: Town, generation: number, portal: PortalProcess): Promise<void> {
  const office = startOffice(town, generation);
  if (await office.settled) await lookForApprovals(town, portal);
  else town.run.problems.push('it did not start any more');
  office.child.kill('SIGKILL');
  await office.ended;
}

/**
 * Each item is live as it was last acknowledged, or as was asked for since; answers the addresses of those that are.
 * The portal is told of a release within a second.
 */
async function lookForApprovals({ expected, run }: Town, portal: PortalProcess): Promise<readonly string[]> {
  const shown: string[] = [];
  for (const [item, before] of [...expected]) {
    for (let attempt = 0; ; attempt++) {
      const page = await ask(portal.port, before.path);
      // What was acknowledged meanwhile is as good.
      const states = [...before.states, ...(expected.get(item)?.states ?? [])];
      if (states.some((state) => shows(page, item, state))) {
        shown.push(before.path);
        break;
      }
      if (attempt === 60) {
        run.lost.push(`${item}: ${states.join(' or ')} was wanted, ${page.status} ${tagsIn(page.text)} is shown`);
        break;
      }
      await pause(50);
    }
  }
  return shown;
}

function shows({ status, text }: Page, item: string, state: ItemWish): boolean {
  if (state === 'withdrawn') return status === 410;
  return status === 200 && text.includes(`〔${item}v${state}〕`);
}

const tagsIn = (text: string): string => [...new Set([...text.matchAll(tags)].map(([tag]) => tag))].join(' ');

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function measuresOf({ name, ...run }: Run): Measure[] {
  const none = (measure: string, found: readonly string[]): Measure => {
    for (const one of found.slice(0, 20)) console.error(`  ${measure}: ${one}`);
    return zero(`${name}: ${measure}`, found.length);
  };
  const number = (measure: string, value: number, unit = ''): Measure => ({
    measure: `${name}: ${measure}`,
    value,
    unit,
  });
  return [
    number('kills', run.kills),
    number('of them while it started', run.early),
    number('approvals and withdrawals acknowledged', run.acknowledged),
    number('releases', run.releases.size()),
    number('requests answered by the portal', run.reads.requests - run.reads.dropped),
    number('start until all is live p50', quantile(run.restarts, 0.5), 'ms'),
    none('broken releases', run.releases.broken),
    none('mixed releases', run.releases.mixed),
    none('lost approvals', run.lost),
    none('dropped requests', run.reads.problems),
    none('other faults', run.problems),
  ];
}
