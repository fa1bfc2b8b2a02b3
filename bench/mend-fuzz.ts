import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CorpusMissing } from './mend.ts';
import type { Bench, Measure } from './measure.ts';
import type { FuzzFault } from './mend/fuzz-worker.ts';
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
    const parts = await Promise.all(
      Array.from({ length: threads }, (_, i) => run({ seed: seed + i, count: Math.ceil(inputs / threads), sources })),
    );
    const faults = parts.flatMap((part) => part.faults);
    for (const { problem, times, first } of faults) say(`${times} × ${problem}: ${first}`);
    const again = parts.reduce((sum, part) => sum + part.again, 0);
    const slowest = Math.max(...parts.map((part) => part.slowest));
    return [
      { measure: 'inputs', value: inputs, unit: '' },
      bar(
        'faults: throws, replay, offsets',
        faults.reduce((sum, { times }) => sum + times, 0),
        0,
      ),
      { measure: 'inputs whose mended text is changed by mending again', value: again, unit: '' },
      { measure: 'slowest input, all of it twice', value: slowest, unit: 'ms' },
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

interface Part {
  readonly faults: readonly FuzzFault[];
  readonly again: number;
  readonly slowest: number;
}

function run(data: { seed: number; count: number; sources: readonly string[] }): Promise<Part> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'mend/fuzz-worker.ts'), { workerData: data });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
