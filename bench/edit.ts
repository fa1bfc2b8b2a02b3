import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryStore } from '@chengmen/seal';
import { articleAt, cityOf, sentence } from './city.ts';
import { inFolder } from './folder.ts';
import { advance, openLine } from './line.ts';
import { quantile, type Bench, type Measure } from './measure.ts';

/** One edited article until its pages and lists stand in a signed release, beside the syncs that needs at least. */
export const edit: Bench = {
  name: 'edit',
  about: 'an edited title until page, lists, feed and site map are in a signed, promoted release on disk; no database',
  run: ({ quick, say }) =>
    inFolder(async (folder) => {
      const articles = quick ? 500 : 5000;
      const edits = quick ? 60 : 300;
      say(`${articles} articles; first release`);
      const line = openLine(cityOf(articles), new DirectoryStore(join(folder, 'release')));
      await advance(line, 'everything');
      say(`${edits} edits, each beside its floor`);
      const ours: number[] = [];
      const floor: number[] = [];
      const press: number[] = [];
      let pages = 0;
      for (let at = 0; at < edits; at++) {
        floor.push(await millisecondsOf(() => leastWork(folder)));
        const edited = articleAt((at * 7919) % articles, { title: sentence(1_000_000 + at) });
        ours.push(
          await millisecondsOf(async () => {
            const done = await advance(line, line.city.apply([edited]));
            pages += done.pages;
            press.push(done.pressing);
          }),
        );
      }
      return measures({ ours, press, floor, pages: pages / edits, articles });
    }),
};

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const { privateKey } = generateKeyPairSync('ed25519');
const page = Buffer.from(Array.from({ length: 60 }, (_, at) => sentence(at)).join('\n'));

/** Hash a page, sync it, sign, sync the signature, put it in place. */
async function leastWork(folder: string): Promise<void> {
  const hash = createHash('sha256').update(page).digest();
  await writeSynced(join(folder, 'page'), page);
  await writeSynced(join(folder, 'next'), sign(null, hash, privateKey));
  await rename(join(folder, 'next'), join(folder, 'signed'));
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
}

interface Samples {
  readonly ours: readonly number[];
  readonly press: readonly number[];
  readonly floor: readonly number[];
  readonly pages: number;
  readonly articles: number;
}

function measures({ ours, press, floor, pages, articles }: Samples): Measure[] {
  const base = quantile(floor, 0.5);
  const [p50, p99] = [quantile(ours, 0.5), quantile(ours, 0.99)];
  return [
    { measure: 'articles', value: articles, unit: '' },
    { measure: 'addresses an edit changes, mean', value: pages, unit: '' },
    { measure: 'floor (hash, 2 fsyncs, sign) p50', value: base, unit: 'ms' },
    { measure: 'of it rendering with recorded reads p50', value: quantile(press, 0.5), unit: 'ms' },
    { measure: 'edit to sealed p50', value: p50, unit: 'ms' },
    { measure: 'edit to sealed p99', value: p99, unit: 'ms' },
    { measure: 'p50 beside the floor', value: p50 / base, unit: '×', bar: '≤ 4', reached: p50 <= 4 * base },
    { measure: 'p99 beside the floor’s p50', value: p99 / base, unit: '×', bar: '≤ 12', reached: p99 <= 12 * base },
  ];
}
