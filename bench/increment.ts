import { pageReader, walkLeaves } from '@chengmen/release';
import { MemoryStore } from '@chengmen/seal';
import { createTraces } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import { cityLife, type CityLife } from './city-life.ts';
import { advance, openLine, type Line } from './line.ts';
import { zero, type Bench, type Measure } from './measure.ts';

/** After random commands the release made by increments is byte for byte the one made from nothing. */
export const increment: Bench = {
  name: 'increment',
  about:
    'random commands of all kinds on a city, the press started anew now and then; each sequence beside a release from nothing',
  run: async ({ quick, say }) => {
    const [articles, sequences, commands] = quick ? [300, 12, 25] : [10_000, 5, 200];
    const life = cityLife(articles, 20_261_120);
    const store = new MemoryStore();
    let line = openLine(life.items(), store, { bytes: life.bytes });
    await advance(line, 'everything');
    const counts: Counts = { commands: 0, targets: 0, wide: 0, mismatches: 0, paths: 0 };
    for (let sequence = 1; sequence <= sequences; sequence++) {
      say(`sequence ${sequence} of ${sequences}, ${articles} articles, ${commands} commands`);
      for (let at = 0; at < commands; at++) {
        await command(line, life, counts);
        if (at === commands >> 1) line = await restarted(line, life, store);
      }
      counts.mismatches += await differences(line, life, store, say, counts);
    }
    return measures(articles, counts);
  },
};

interface Counts {
  commands: number;
  targets: number;
  /** Commands that rendered every tenth target or more. */
  wide: number;
  mismatches: number;
  /** Addresses compared. */
  paths: number;
}

async function command(line: Line, life: CityLife, counts: Counts): Promise<void> {
  const { changed } = life.next();
  const all = [...line.traces.targets()].length;
  const { rendered } = await advance(line, line.city.apply(changed));
  counts.commands++;
  if (rendered * 10 > all) counts.wide++;
  else counts.targets += rendered;
}

/** A press that begins anew with what one remembers, and looks at all of it. */
async function restarted({ traces }: Line, life: CityLife, store: MemoryStore): Promise<Line> {
  const records = [...traces.targets()].flatMap((target) => traces.record(target) ?? []);
  const again = openLine(life.items(), store, { bytes: life.bytes });
  const line = { ...again, traces: createTraces({ theme: createTheme().version, records }) };
  await advance(line, 'recheck');
  return line;
}

/** 0 where the roots are the same; else the number of addresses that differ, told one by one. */
async function differences(
  line: Line,
  life: CityLife,
  store: MemoryStore,
  say: (text: string) => void,
  counts: Counts,
): Promise<number> {
  const scratchStore = new MemoryStore();
  const scratch = openLine(life.items(), scratchStore, { bytes: life.bytes });
  await advance(scratch, 'everything');
  const [ours, theirs] = [await line.sealer.state(), await scratch.sealer.state()];
  if (!ours || !theirs) throw new Error('increment: nothing was sealed');
  counts.paths += theirs.map.count;
  if (ours.map.hash === theirs.map.hash) return 0;
  const [mine, fresh] = [await leaves(store, ours.map), await leaves(scratchStore, theirs.map)];
  const different = [...new Set([...mine.keys(), ...fresh.keys()])].filter(
    (path) => mine.get(path) !== fresh.get(path),
  );
  for (const path of different.slice(0, 20)) say(`differs: ${path}`);
  return Math.max(1, different.length);
}

async function leaves(store: MemoryStore, map: Parameters<typeof walkLeaves>[1]): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const { path, text } of walkLeaves(pageReader(store), map)) all.set(path, text);
  return all;
}

function measures(articles: number, { commands, targets, wide, mismatches, paths }: Counts): Measure[] {
  const name = (what: string): string => `${articles} articles: ${what}`;
  return [
    { measure: name('commands'), value: commands, unit: '' },
    { measure: name('of them site-wide'), value: wide, unit: '' },
    { measure: name('targets a command rendered, mean without those'), value: targets / (commands - wide), unit: '' },
    { measure: name('addresses compared with a release from nothing'), value: paths, unit: '' },
    zero(name('mismatches'), mismatches),
  ];
}
