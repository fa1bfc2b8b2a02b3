/** Builds a release of a city of so many articles in a process of its own and prints what it took. */
import { verifyRelease } from '@chengmen/release';
import { createTextFile } from '@chengmen/press-app';
import { DirectoryStore } from '@chengmen/seal';
import { folderStore } from '@chengmen/serve';
import { cityOf } from './city.ts';
import { advance, benchKey, openLine } from './line.ts';
import { secondsOf } from './measure.ts';

export interface Built {
  readonly pages: number;
  /** Seconds from items in memory to the signed release, and of them rendering. */
  readonly seconds: number;
  readonly rendering: number;
  /** Seconds to verify the whole release, if asked for. */
  readonly verifying?: number;
  /** Largest resident memory, bytes. */
  readonly memory: number;
}

const [folder = '', articles = '0', ...flags] = process.argv.slice(2);
const texts = createTextFile(`${folder}.texts`);
const line = openLine(cityOf(Number(articles)), new DirectoryStore(folder), {
  compress: !flags.includes('plain'),
  texts,
});
let built = { pages: 0, pressing: 0 };
const seconds = await secondsOf(async () => {
  built = await advance(line, 'everything');
});
const memory = process.resourceUsage().maxRSS * 1024;
const verifying = flags.includes('verify')
  ? await secondsOf(async () => {
      const report = await verifyRelease({ store: folderStore(folder, { blocking: true }), key: benchKey.vkey });
      if (!report.ok) throw new Error(JSON.stringify(report.problems.slice(0, 3)));
    })
  : undefined;
texts.close();
const result: Built = {
  pages: built.pages,
  seconds,
  rendering: built.pressing / 1000,
  memory,
  ...(verifying === undefined ? {} : { verifying }),
};
console.log(JSON.stringify(result));
