/** One line of a bench's table. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** What is asked for, in words: `≥ 0.85 × floor`. */
  readonly bar?: string;
  /** Whether the bar is reached; absent where there is none. */
  readonly reached?: boolean;
}

export interface Bench {
  readonly name: string;
  /** One line: what is built, what it is measured beside. */
  readonly about: string;
  run(options: BenchOptions): Promise<readonly Measure[]>;
}

export interface BenchOptions {
  readonly quick: boolean;
  readonly say: (text: string) => void;
  /** Sizes of city to measure with in place of the bench's own; benches that know one size leave it be. */
  readonly articles?: readonly number[];
  /** Sets of pages and families of damage to keep to; benches that know none leave them be. */
  readonly sets?: readonly string[];
  readonly families?: readonly string[];
  /** Where built cities are kept from run to run; without it they are built anew and taken away. */
  readonly folder?: string;
}

export const atMost = (measure: string, value: number, most: number, unit = '×'): Measure => ({
  measure,
  value,
  unit,
  bar: `≤ ${most}`,
  reached: value <= most,
});

export const atLeast = (measure: string, value: number, least: number, unit = '×'): Measure => ({
  measure,
  value,
  unit,
  bar: `≥ ${least}`,
  reached: value >= least,
});

/** A count of what there must be none of. */
export const zero = (measure: string, value: number): Measure => ({
  measure,
  value,
  unit: '',
  bar: '0',
  reached: value === 0,
});

/** Seconds that work takes. */
export async function secondsOf(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The value below which a share of the sorted samples lies: nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
