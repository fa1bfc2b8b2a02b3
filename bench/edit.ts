import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskRun, EditRun, EditWork, WideRun } from './edit-child.ts';
import { inFolder } from './folder.ts';
import { buildWithHugo, hugoVersion, writeHugoSite } from './hugo.ts';
import { atLeast, atMost, quantile, type Bench, type BenchOptions, type Measure } from './measure.ts';
import { withPostgres } from './with-postgres.ts';

/** An approved edit until a citizen is served it, beside the least that takes, in turn in one run. */
export const edit: Bench = {
  name: 'edit',
  about:
    'a committed edit until the portal, a process of its own, serves it with its lists, feeds and site map, also while the whole site changes; beside one commit, rendering, two syncs, a signature and a request',
  run: async (options) => {
    const { quick, say } = options;
    const sizes = options.articles ?? (quick ? [500, 2000] : [10_000, 100_000]);
    const edits = quick ? 60 : 400;
    const runs: EditRun[] = [];
    for (const articles of sizes) runs.push(await withPostgres((url) => lineRun(options, { articles, edits, url })));
    const articles = quick ? 500 : 10_000;
    const desk = await withPostgres((url) =>
      inFolder((folder) => ended<DeskRun>({ kind: 'desk', articles, edits: edits / 2, folder, url }, say)),
    );
    const wide = await wideRun(options, sizes.at(-1) ?? articles);
    return [
      ...measures(runs),
      ...deskMeasures(desk),
      ...wideMeasures(wide),
      ...(quick ? [] : await besideHugo(runs.at(-1), say)),
    ];
  },
};

/** Never fewer than make a change a site-wide one, nor so many that filling the tables takes longer than all else. */
function wideRun({ quick, say }: BenchOptions, size: number): Promise<WideRun> {
  const articles = Math.min(100_000, Math.max(5000, size));
  const edits = quick ? 80 : articles > 10_000 ? 900 : 300;
  return withPostgres((url) =>
    inFolder((folder) => ended<WideRun>({ kind: 'wide', articles, edits, folder, url }, say)),
  );
}

function lineRun({ folder, say }: BenchOptions, work: Pick<EditWork, 'articles' | 'edits' | 'url'>): Promise<EditRun> {
  const run = (folder: string): Promise<EditRun> => ended<EditRun>({ ...work, kind: 'line', folder }, say);
  if (folder === undefined) return inFolder(run);
  const kept = join(folder, String(work.articles));
  mkdirSync(kept, { recursive: true });
  return run(kept);
}

/** As `chengmen start` runs the back office, and beyond that room for a large city. */
const execArgv = ['--min-semi-space-size=32', '--max-semi-space-size=32'];

/** The press works in a process of its own: what it leaves behind is not to be cleared away during the next size. */
async function ended<T>(work: EditWork, say: BenchOptions['say']): Promise<T> {
  const child = fork(join(import.meta.dirname, 'edit-child.ts'), [JSON.stringify(work)], { execArgv });
  let run: T | undefined;
  child.on('message', (message: { readonly say?: string; readonly run?: T }) => {
    if (message.say !== undefined) say(message.say);
    if (message.run !== undefined) run = message.run;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (!run) throw new Error(`the process of the press ended with ${String(code)}`);
  return run;
}

function measures(runs: readonly EditRun[]): Measure[] {
  const [small, large] = [runs[0], runs.at(-1)];
  if (!small || !large || small === large) return runs.flatMap(measuresOf);
  const growth = quantile(large.ours, 0.5) / quantile(small.ours, 0.5);
  return [...runs.flatMap(measuresOf), atMost(`p50 at ${large.articles} ÷ at ${small.articles}`, growth, 1.5)];
}

const milliseconds = (measure: string, samples: readonly number[], share: number): Measure => ({
  measure,
  value: quantile(samples, share),
  unit: 'ms',
});

function measuresOf(run: EditRun): Measure[] {
  const { articles, addresses, ours, pressing, sealing, fresh, backDated, floor, heap, rest } = run;
  const base = quantile(floor, 0.5);
  const name = (what: string): string => `${articles} articles: ${what}`;
  return [
    { measure: name('addresses an edit changes, mean'), value: addresses, unit: '' },
    milliseconds(name('floor p50'), floor, 0.5),
    milliseconds(name('edit to served p50'), ours, 0.5),
    milliseconds(name('edit to served p99'), ours, 0.99),
    milliseconds(name('of it pressing p50'), pressing, 0.5),
    milliseconds(name('of it sealing p50'), sealing, 0.5),
    milliseconds(name('a new article to served p50'), fresh, 0.5),
    milliseconds(name('a new article of an earlier day to served p50'), backDated, 0.5),
    { measure: name('press: heap after collection'), value: heap / 1e6, unit: 'MB' },
    { measure: name('press: outside the heap'), value: rest / 1e6, unit: 'MB' },
    atMost(name('p50 beside the floor'), quantile(ours, 0.5) / base, 4),
    atMost(name('p99 beside the floor’s p50'), quantile(ours, 0.99) / base, 12),
  ];
}

function deskMeasures({ articles, ours, committing, floor }: DeskRun): Measure[] {
  const base = quantile(floor, 0.5);
  const name = (what: string): string => `through the desk’s command, ${articles} articles: ${what}`;
  return [
    milliseconds(name('floor p50'), floor, 0.5),
    milliseconds(name('final approval to served p50'), ours, 0.5),
    milliseconds(name('final approval to served p99'), ours, 0.99),
    milliseconds(name('of it the command p50'), committing, 0.5),
    { measure: name('p50 beside the floor'), value: quantile(ours, 0.5) / base, unit: '×' },
    { measure: name('p99 beside the floor’s p50'), value: quantile(ours, 0.99) / base, unit: '×' },
  ];
}

function wideMeasures({ articles, change, beside, atSwitch }: WideRun): Measure[] {
  const name = (what: string): string => `while the site settings change, ${articles} articles: ${what}`;
  return [
    { measure: name('the change itself to served'), value: change / 1000, unit: 's' },
    { measure: name('edits meanwhile'), value: beside.length, unit: '' },
    milliseconds(name('final approval to served p50'), beside, 0.5),
    milliseconds(name('final approval to served p99'), beside, 0.99),
    milliseconds(name('final approval to served, slowest'), beside, 1),
    { measure: name('slowest of those at its switch'), value: atSwitch, unit: 'ms' },
  ];
}

/** Hugo’s time grows at least as its site does: a smaller one, reckoned up, is in its favour. */
const hugoArticles = 20_000;

async function besideHugo(run: EditRun | undefined, say: BenchOptions['say']): Promise<Measure[]> {
  if (!run) return [];
  const articles = Math.min(hugoArticles, run.articles);
  say(`${articles} articles for Hugo ${hugoVersion()}`);
  const { seconds } = await inFolder((folder) => {
    writeHugoSite(folder, articles);
    return buildWithHugo(folder);
  });
  const whole = (seconds * run.articles) / articles;
  return [
    { measure: `Hugo, ${articles} articles built again`, value: seconds, unit: 's' },
    atLeast(
      `Hugo, reckoned up to ${run.articles} articles, beside an edit of ours p50`,
      (whole * 1000) / quantile(run.ours, 0.5),
      500,
    ),
  ];
}
