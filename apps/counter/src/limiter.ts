export interface Limiter {
  /** Takes one turn; answers 0, or how many milliseconds to wait when there are none left. */
  take(who: string): number;
}

/** So many turns within so long, for each address by itself. Forgets addresses that have been quiet. */
export function createLimiter(options: {
  readonly most: number;
  readonly within: number;
  readonly clock: () => Date;
}): Limiter {
  const { most, within, clock } = options;
  const turns = new Map<string, number[]>();
  return {
    take(who) {
      const now = clock().getTime();
      if (turns.size > 10_000)
        for (const [name, times] of turns) if ((times.at(-1) ?? 0) <= now - within) turns.delete(name);
      const recent = (turns.get(who) ?? []).filter((time) => time > now - within);
      const [oldest] = recent;
      if (recent.length >= most && oldest !== undefined) return oldest + within - now;
      turns.set(who, [...recent, now]);
      return 0;
    },
  };
}
