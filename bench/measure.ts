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
  run(options: { readonly quick: boolean; readonly say: (text: string) => void }): Promise<readonly Measure[]>;
}

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
