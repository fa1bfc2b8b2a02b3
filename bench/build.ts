import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCity } from '@chengmen/press';
import type { Built } from './build-child.ts';
import { cityOf } from './city.ts';
import { inFolder } from './folder.ts';
import { buildWithHugo, hugoVersion, writeHugoSite, type HugoBuilt } from './hugo.ts';
import { renderAll } from './line.ts';
import { quantile, secondsOf, type Bench, type Measure } from './measure.ts';
import { withPostgres } from './with-postgres.ts';

/** A whole release from nothing, beside Hugo on the same articles and the least a program can do with the same bytes. */
export const build: Bench = {
  name: 'build',
  about:
    'a whole release of a generated city, from a ready Source and from PostgreSQL, with lists, feeds, site map, hashes, proofs; and verifying it',
  run: async ({ quick, say }) => {
    const articles = quick ? 2000 : 100_000;
    const builtByHugo = (): Promise<HugoBuilt> => {
      say(`${articles} articles for Hugo ${hugoVersion()}`);
      return inFolder((folder) => {
        writeHugoSite(folder, articles);
        settleDisk();
        return buildWithHugo(folder);
      });
    };
    const ours = async (what: string, ...flags: string[]): Promise<Built> => {
      say(`ours, ${what}`);
      return flags.includes('database')
        ? withPostgres((url) => inFolder((folder) => builtBy(folder, articles, [...flags, url])))
        : inFolder((folder) => builtBy(folder, articles, flags));
    };
    // Between ours, because its time swings with the state of the disk.
    const byHugo = [await builtByHugo()];
    const plain = await ours('from a ready Source, without compressed forms', 'plain');
    byHugo.push(await builtByHugo());
    const whole = await ours('with gzip and brotli; and verified', 'verify');
    const plainFromDatabase = await ours('from PostgreSQL, without compressed forms', 'plain', 'database');
    byHugo.push(await builtByHugo());
    const wholeFromDatabase = await ours('from PostgreSQL, with gzip and brotli', 'database');
    const hugo = {
      seconds: quantile(
        byHugo.map(({ seconds }) => seconds),
        0.5,
      ),
      memory: Math.max(...byHugo.map(({ memory }) => memory)),
    };
    say('floor: hash, gzip, one pack, of as many pages as fit in memory');
    const floor = await floorOf(Math.min(articles, 5000));
    return measures({ articles, hugo, plain, whole, plainFromDatabase, wholeFromDatabase, floor });
  },
};

/** Room for young objects as the back office has it. */
const backOfficeFlags = ['--max-old-space-size=800', '--min-semi-space-size=32', '--max-semi-space-size=32'];

/** What was written or taken away before must not weigh on what is measured next. */
function settleDisk(): void {
  spawnSync('sync');
}

function builtBy(folder: string, articles: number, flags: readonly string[]): Built {
  settleDisk();
  const script = join(import.meta.dirname, 'build-child.ts');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...backOfficeFlags, script, join(folder, 'release'), String(articles), ...flags],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the build failed: ${stderr.slice(-800)}`);
  return JSON.parse(stdout) as Built;
}

/** Pages a second that are hashed, compressed with gzip 6 and appended to one file, with one sync, on one core. */
function floorOf(articles: number): Promise<number> {
  const pages: Uint8Array[] = [];
  renderAll(createCity({ items: [...cityOf(articles)], bytes: () => undefined }), (_path, body) => pages.push(body));
  return inFolder(async (folder) => {
    const seconds = await secondsOf(() => {
      const pack = openSync(join(folder, 'pack'), 'w');
      for (const page of pages) {
        createHash('sha256').update(page).digest();
        writeSync(pack, gzipSync(page, { level: 6 }));
      }
      fsyncSync(pack);
      closeSync(pack);
    });
    return pages.length / seconds;
  });
}

interface Times {
  readonly articles: number;
  readonly hugo: { readonly seconds: number; readonly memory: number };
  readonly plain: Built;
  readonly whole: Built;
  readonly plainFromDatabase: Built;
  readonly wholeFromDatabase: Built;
  readonly floor: number;
}

function measures(times: Times): Measure[] {
  const { articles, hugo, plain, whole, plainFromDatabase, wholeFromDatabase, floor } = times;
  const bar = (measure: string, value: number, least: number): Measure => ({
    measure,
    value,
    unit: '×',
    bar: `≥ ${least}`,
    reached: value >= least,
  });
  const most = (measure: string, value: number, limit: number): Measure => ({
    measure,
    value,
    unit: '×',
    bar: `≤ ${limit}`,
    reached: value <= limit,
  });
  const seconds = (measure: string, built: { readonly seconds: number }): Measure => ({
    measure,
    value: built.seconds,
    unit: 's',
  });
  const verifying = whole.verifying ?? Number.NaN;
  return [
    { measure: 'articles', value: articles, unit: '' },
    { measure: 'addresses of ours', value: plain.pages, unit: '' },
    seconds('Hugo, median of three', hugo),
    { measure: 'Hugo, peak memory', value: hugo.memory / 1e6, unit: 'MB' },
    seconds('(a) from a ready Source, uncompressed', plain),
    seconds('(a) from a ready Source, gzip and brotli', whole),
    seconds('(b) from PostgreSQL, uncompressed', plainFromDatabase),
    seconds('(b) from PostgreSQL, gzip and brotli', wholeFromDatabase),
    { measure: 'ours, pages a second with gzip and brotli', value: whole.pages / whole.seconds, unit: 'pages/s' },
    { measure: 'floor: hash, gzip, one pack, one core', value: floor, unit: 'pages/s' },
    { measure: 'ours, peak memory, from a ready Source', value: plain.memory / 1e6, unit: 'MB' },
    { measure: 'ours, peak memory, from PostgreSQL', value: plainFromDatabase.memory / 1e6, unit: 'MB' },
    bar('(a) uncompressed: speed beside Hugo', hugo.seconds / plain.seconds, 4),
    bar('(a) gzip and brotli: speed beside Hugo', hugo.seconds / whole.seconds, 1.5),
    bar('(b) uncompressed: speed beside Hugo', hugo.seconds / plainFromDatabase.seconds, 2.5),
    bar('(b) gzip and brotli: speed beside Hugo', hugo.seconds / wholeFromDatabase.seconds, 1.2),
    most('peak memory beside Hugo', plain.memory / hugo.memory, 0.2),
    { measure: 'verify the whole release', value: verifying, unit: 's' },
    most('verify beside build', verifying / whole.seconds, 0.25),
  ];
}
