import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CorpusMissing } from './mend.ts';
import type { Bench, Measure } from './measure.ts';
import type { FuzzPart } from './mend/fuzz-worker.ts';
import { corpusFolder, makePages } from './mend/pages.ts';

/** Random and mutated inputs through mending, accepting, replaying and reading the structure, on all cores. */
export const mendFuzz: Bench = {
  name: 'mend-fuzz',
  about: 'random and mutated inputs: nothing throws, every plan replays, its offsets are right',
  run: async ({ quick, say }) => {
    const folder = corpusFolder();
    if (folder === undefined) throw new CorpusMissing();
    const sources = makePages(folder, 24).map(({ source }) => source);
    const inputs = quick ? 20_000 : 1_000_000;
    const threads = availableParallelism();
    const seed = 20_201_204;
    say(`${inputs} inputs on ${threads} threads, seed ${seed}`);
    const latest = new Map<number, FuzzPart>();
    const news = (thread: number, part: FuzzPart): void => {
      latest.set(thread, part);
      const so = [...latest.values()];
      const faulty = so.flatMap(({ faults }) => faults).reduce((sum, { times }) => sum + times, 0);
      const slow = Math.max(...so.map(({ slowest }) => slowest));
      say(`${sumOf(so, 'inputs')} inputs, ${faulty} faults, slowest ${slow.toFixed(0)} ms`);
    };
    const parts = await Promise.all(
      Array.from({ length: threads }, (_, i) =>
        run({ seed: seed + i, count: Math.ceil(inputs / threads), sources }, (part) => news(i, part)),
      ),
    );
    const faults = parts.flatMap((part) => part.faults);
    for (const { problem, times, first } of faults) say(`${times} × ${problem}: ${first}`);
    const again = sumOf(parts, 'again');
    const slowest = Math.max(...parts.map((part) => part.slowest));
    return [
      { measure: 'inputs', value: inputs, unit: '' },
      bar(
        'faults: throws, replay, offsets',
        faults.reduce((sum, { times }) => sum + times, 0),
        0,
      ),
      { measure: 'inputs whose mended text is changed by mending again', value: again, unit: '' },
      { measure: 'slowest input, all of it twice, processor', value: slowest, unit: 'ms' },
    ];
  },
};

const bar = (measure: string, value: number, most: number): Measure => ({
  measure,
  value,
  unit: '',
  bar: `≤ ${most}`,
  reached: value <= most,
});

const sumOf = (parts: readonly FuzzPart[], what: 'inputs' | 'again'): number =>
  parts.reduce((sum, part) => sum + part[what], 0);

interface FuzzData {
  readonly seed: number;
  readonly count: number;
  readonly sources: readonly string[];
}

function run(data: FuzzData, news: (part: FuzzPart) => void): Promise<FuzzPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'mend/fuzz-worker.ts'), { workerData: data });
    worker.on('message', (part: FuzzPart) => {
      news(part);
      if (part.inputs === data.count) resolve(part);
    });
    worker.once('error', reject);
  });
}
