import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TargetRecord } from '@chengmen/press';
import { createTextFile } from '@chengmen/press-app';
import { DirectoryStore, generateKey } from '@chengmen/seal';
import { cityOf } from './city.ts';
import { advance, openLine, type Line } from './line.ts';
import { sealStandIns } from './stand-ins.ts';

/** A city with its release, and the keys it is signed with. */
export interface KeptCity {
  readonly line: Line;
  readonly releases: string;
  readonly skey: string;
  readonly vkey: string;
  /** Root of the release as it was built. */
  readonly root: string;
  /** Seconds the building took; undefined where it was there already. */
  readonly built?: number;
  readonly close: () => void;
}

export interface KeptCityOptions {
  readonly folder: string;
  readonly articles: number;
  /**
   * `plain`: the first release has no compressed forms; edits have them all the same. `stand-ins`: its article pages are not
   * rendered, see `stand-ins.ts`. Both make a large one sooner.
   */
  readonly first?: 'whole' | 'plain' | 'stand-ins';
  readonly promoted?: () => void;
  readonly say: (text: string) => void;
}

/**
 * Builds the release of a city into a folder, or takes up the one that is there: what the press remembers of it lies in
 * `records`, a line for each target, so that a large city is rendered once for many runs.
 */
export async function openKeptCity({
  folder,
  articles,
  first = 'whole',
  promoted,
  say,
}: KeptCityOptions): Promise<KeptCity> {
  mkdirSync(folder, { recursive: true });
  const [records, note] = [join(folder, 'records'), join(folder, 'built.json')];
  const known = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Note) : undefined;
  const there = known?.articles === articles ? known : undefined;
  const { skey, vkey } = there ?? generateKey('www.linjiang.example');
  const releases = join(folder, 'releases');
  if (!there) rmSync(releases, { recursive: true, force: true });
  const texts = createTextFile(join(folder, `texts-${process.pid}`));
  const options = { skey, texts, ...(promoted ? { promoted } : {}) };
  const line = openLine(counted(cityOf(articles), articles, say), new DirectoryStore(releases), options);
  if (there) {
    say('taking up what is remembered');
    await remember(line, records);
    return { line, releases, skey, vkey, root: there.root, close: texts.close };
  }
  const start = performance.now();
  const told = (done: number, total: number): void => {
    if (done % 20_000 === 0) say(`${done} of ${total} targets`);
  };
  const sealer = first === 'whole' ? line.sealer : openLine([], line.store, { skey, compress: false }).sealer;
  if (first === 'stand-ins') await sealStandIns({ ...line, sealer }, told);
  else await advance({ ...line, sealer }, 'everything', told);
  const built = (performance.now() - start) / 1000;
  const root = (await line.sealer.state())?.map.hash ?? '';
  writeRecords(line, records);
  writeFileSync(note, JSON.stringify({ articles, skey, vkey, root } satisfies Note));
  return { line, releases, skey, vkey, root, built, close: texts.close };
}

interface Note {
  readonly articles: number;
  readonly skey: string;
  readonly vkey: string;
  readonly root: string;
}

function* counted<T>(items: Iterable<T>, total: number, say: KeptCityOptions['say']): Generator<T> {
  let done = 0;
  for (const item of items) {
    if (++done % 100_000 === 0) say(`${done} of ${total} articles`);
    yield item;
  }
}

function writeRecords({ traces }: Line, path: string): void {
  const file = openSync(path, 'w');
  let lines: string[] = [];
  const flush = (): void => {
    writeSync(file, lines.join(''));
    lines = [];
  };
  for (const target of traces.targets()) {
    lines.push(`${JSON.stringify(traces.record(target))}\n`);
    if (lines.length >= 1000) flush();
  }
  flush();
  writeSync(file, `${JSON.stringify(traces.theme())}\n`);
  closeSync(file);
}

async function remember({ traces }: Line, path: string): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const one = JSON.parse(line) as TargetRecord | string;
    if (typeof one === 'string') traces.commit({ theme: one, records: [], removed: [] });
    else traces.commit({ theme: '', records: [one], removed: [] });
  }
}
