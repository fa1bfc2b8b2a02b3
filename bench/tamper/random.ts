/** Numbers that look random and are the same for a seed: 0 ≤ n < below. */
export type Random = (below: number) => number;

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[random(choices.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}
