import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LiveItem } from '@chengmen/model';
import { createCity, type City } from '@chengmen/press';
import { DirectoryStore } from '@chengmen/seal';
import { cityOf } from './city.ts';
import { inFolder } from './folder.ts';
import { advance, openLine, renderAll } from './line.ts';
import { secondsOf, type Bench, type Measure } from './measure.ts';

/** A whole release from nothing, beside the least a program can do with the same bytes. */
export const build: Bench = {
  name: 'build',
  about: 'a whole release of a generated city: render, hash, gzip and brotli, write, map, sign; from items in memory',
  run: async ({ quick, say }) => {
    const articles = quick ? 1000 : 10_000;
    const items = [...cityOf(articles)];
    const city = createCity({ items, bytes: () => undefined });
    say(`${articles} articles; warming up`);
    const bytes = warmUp(city);
    say('render');
    const render = await secondsOf(() => void renderAll(city, () => undefined));
    const pages = bytes.length;
    say('floor: one hashed pack with gzip');
    const floor = await inFolder((folder) => secondsOf(() => writePack(join(folder, 'pack'), bytes)));
    say('press and seal');
    const whole = await inFolder((folder) => wholeBuild(items, folder));
    return measures({ articles, pages, render, floor, whole });
  },
};

function warmUp(city: City): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  renderAll(city, (_path, body) => bytes.push(body));
  return bytes;
}

/** Each page hashed, compressed with gzip 6 and appended to one file; one sync at the end. */
function writePack(file: string, pages: readonly Uint8Array[]): void {
  const pack = openSync(file, 'w');
  for (const page of pages) {
    createHash('sha256').update(page).digest();
    writeSync(pack, gzipSync(page, { level: 6 }));
  }
  fsyncSync(pack);
  closeSync(pack);
}

function wholeBuild(items: readonly LiveItem[], folder: string): Promise<number> {
  return secondsOf(async () => {
    await advance(openLine(items, new DirectoryStore(folder)), 'everything');
  });
}

interface Times {
  readonly articles: number;
  readonly pages: number;
  readonly render: number;
  readonly floor: number;
  readonly whole: number;
}

function measures({ articles, pages, render, floor, whole }: Times): Measure[] {
  const share = floor / whole;
  return [
    { measure: 'articles', value: articles, unit: '' },
    { measure: 'pages', value: pages, unit: '' },
    { measure: 'render with recorded reads', value: pages / render, unit: 'pages/s' },
    { measure: 'floor: hash, gzip, one pack', value: pages / floor, unit: 'pages/s' },
    { measure: 'press and seal (gzip, brotli, files synced)', value: pages / whole, unit: 'pages/s' },
    { measure: 'press and seal beside the floor', value: share, unit: '×', bar: '≥ 0.85', reached: share >= 0.85 },
  ];
}
