export interface Quota {
  /** False where nothing is left in this span. */
  take(who: string): boolean;
}

/** So many in each span of time, for each address by itself; with the span everything is forgotten. Milliseconds. */
export function createQuota(options: {
  readonly most: number;
  readonly within: number;
  readonly now: () => number;
}): Quota {
  const { most, within, now } = options;
  let taken = new Map<string, number>();
  let end = Number.NEGATIVE_INFINITY;
  return {
    take(who) {
      const at = now();
      if (at >= end) {
        taken = new Map();
        end = at + within;
      }
      const count = (taken.get(who) ?? 0) + 1;
      taken.set(who, count);
      return count <= most;
    },
  };
}
