import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCity } from '@chengmen/press';
import type { Built } from './build-child.ts';
import { cityOf } from './city.ts';
import { inFolder } from './folder.ts';
import { buildWithHugo, hugoVersion, writeHugoSite } from './hugo.ts';
import { renderAll } from './line.ts';
import { secondsOf, type Bench, type Measure } from './measure.ts';

/** A whole release from nothing, beside Hugo on the same articles and the least a program can do with the same bytes. */
export const build: Bench = {
  name: 'build',
  about:
    'a whole release of a generated city from items in memory, with lists, feeds, site map, hashes, proofs; and verifying it',
  run: async ({ quick, say }) => {
    const articles = quick ? 2000 : 100_000;
    say(`${articles} articles for Hugo ${hugoVersion()}`);
    const hugo = await inFolder((folder) => {
      writeHugoSite(folder, articles);
      return buildWithHugo(folder);
    });
    say('ours, without compressed forms');
    const plain = await inFolder((folder) => builtBy(folder, articles, 'plain'));
    say('ours, with gzip and brotli; and verified');
    const whole = await inFolder((folder) => builtBy(folder, articles, 'verify'));
    say('floor: hash, gzip, one pack, of as many pages as fit in memory');
    const floor = await floorOf(Math.min(articles, 5000));
    return measures({ articles, hugo, plain, whole, floor });
  },
};

function builtBy(folder: string, articles: number, flag: string): Built {
  const script = join(import.meta.dirname, 'build-child.ts');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--max-old-space-size=12000', script, join(folder, 'release'), String(articles), flag],
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
  readonly floor: number;
}

function measures({ articles, hugo, plain, whole, floor }: Times): Measure[] {
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
  const verifying = whole.verifying ?? Number.NaN;
  return [
    { measure: 'articles', value: articles, unit: '' },
    { measure: 'pages of ours', value: plain.pages, unit: '' },
    { measure: 'Hugo', value: hugo.seconds, unit: 's' },
    { measure: 'Hugo, peak memory', value: hugo.memory / 1e6, unit: 'MB' },
    { measure: 'ours, uncompressed', value: plain.seconds, unit: 's' },
    { measure: 'of it rendering with recorded reads', value: plain.rendering, unit: 's' },
    { measure: 'ours, with gzip and brotli', value: whole.seconds, unit: 's' },
    { measure: 'ours, pages a second with gzip and brotli', value: whole.pages / whole.seconds, unit: 'pages/s' },
    { measure: 'floor: hash, gzip, one pack, one core', value: floor, unit: 'pages/s' },
    { measure: 'ours, peak memory', value: plain.memory / 1e6, unit: 'MB' },
    bar('(a) from memory, uncompressed: speed beside Hugo', hugo.seconds / plain.seconds, 4),
    bar('(a) from memory, gzip and brotli: speed beside Hugo', hugo.seconds / whole.seconds, 1.5),
    most('peak memory beside Hugo', plain.memory / hugo.memory, 0.2),
    { measure: 'verify the whole release', value: verifying, unit: 's' },
    most('verify beside build', verifying / whole.seconds, 0.25),
  ];
}
