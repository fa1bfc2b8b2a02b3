import { Agent, request, type RequestOptions } from 'node:http';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { articleAt, numberAt } from './city.ts';
import { inFolder } from './folder.ts';
import { openKeptCity } from './kept-city.ts';
import { atMost, quantile, type Bench, type BenchOptions, type Measure } from './measure.ts';
import { startPortalProcess } from './portal-process.ts';

/** Resident memory of the portal of a large site beside that of a small one, after far more pages were asked for than it keeps. */
export const memory: Bench = {
  name: 'memory',
  about: 'resident memory of the portal after random pages in all forms, of a large site beside a small one',
  run: async (options) => {
    const sizes = options.articles ?? (options.quick ? [2000, 20_000] : [10_000, 1_000_000]);
    const seconds = options.quick ? 6 : 60;
    const runs: Run[] = [];
    for (const articles of sizes) runs.push(await runWith(articles, seconds, options));
    const [small, large] = [runs[0], runs.at(-1)];
    if (!small || !large) return [];
    return [
      ...runs.flatMap(measuresOf),
      atMost(`resident memory at ${large.articles} ÷ at ${small.articles}`, large.resident / small.resident, 1.3),
      atMost(`resident memory at ${large.articles}`, large.resident / 1e6, 300, 'MB'),
    ];
  },
};

interface Run {
  readonly articles: number;
  readonly resident: number;
  readonly before: number;
  readonly asked: number;
  readonly times: readonly number[];
}

function runWith(articles: number, seconds: number, options: BenchOptions): Promise<Run> {
  const { folder, say } = options;
  const run = async (folder: string): Promise<Run> => {
    say(`${articles} articles; release`);
    const first = articles > 200_000 ? 'stand-ins' : options.quick ? 'plain' : 'whole';
    const city = await openKeptCity({ folder, articles, first, say });
    city.close();
    const portal = await startPortalProcess({ releases: city.releases, key: city.vkey, articles });
    try {
      const before = portal.residentMemory();
      say(`${seconds} s of random pages`);
      const times = await ask(portal.port, articles, seconds * 1000);
      return { articles, resident: portal.residentMemory(), before, asked: times.length, times };
    } finally {
      await portal.stop();
    }
  };
  if (folder === undefined) return inFolder(run);
  const kept = join(folder, String(articles));
  mkdirSync(kept, { recursive: true });
  return run(kept);
}

const connections = 16;
const codings = ['gzip', 'br', 'identity'] as const;

/** Asks for random articles in random codings over some connections; gives what each answer took, in milliseconds. */
async function ask(port: number, articles: number, duration: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const end = performance.now() + duration;
  const one = async (seed: number): Promise<void> => {
    for (let at = 0; performance.now() < end; at++) {
      const { path } = articleAt(numberAt(seed, at, articles));
      const start = performance.now();
      await get({ port, path, agent, headers: { 'accept-encoding': codings[at % codings.length] ?? 'gzip' } });
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, seed) => one(seed)));
  agent.destroy();
  return times;
}

function get(options: RequestOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, host: '127.0.0.1' }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${String(response.statusCode)}`));
      response.on('error', reject).on('end', resolve).resume();
    });
    asked.on('error', reject).end();
  });
}

function measuresOf({ articles, resident, before, asked, times }: Run): Measure[] {
  const name = (what: string): string => `${articles} articles: ${what}`;
  return [
    { measure: name('portal before the first request'), value: before / 1e6, unit: 'MB' },
    { measure: name('random pages answered'), value: asked, unit: '' },
    { measure: name('answer p50'), value: quantile(times, 0.5), unit: 'ms' },
    { measure: name('answer p99'), value: quantile(times, 0.99), unit: 'ms' },
    { measure: name('portal afterwards'), value: resident / 1e6, unit: 'MB' },
  ];
}
