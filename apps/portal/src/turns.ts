import { LruMap } from 'toad-cache';

export interface Turns {
  /** Takes a turn; answers 0, or how many seconds to wait when there are none left. */
  take(who: string): number;
}

/** As many addresses are remembered; those that came longest ago are forgotten first, as if they had been quiet. */
const remembered = 20_000;

/** So many turns at once and then so many a second, for each address by itself. Times in milliseconds. */
export function createTurns({
  most,
  perSecond,
  now = () => performance.now(),
}: {
  readonly most: number;
  readonly perSecond: number;
  readonly now?: () => number;
}): Turns {
  const known = new LruMap<{ readonly left: number; readonly at: number }>(remembered);
  return {
    take(who) {
      const at = now();
      const before = known.get(who);
      const left = before ? Math.min(most, before.left + ((at - before.at) / 1000) * perSecond) : most;
      known.set(who, { left: left >= 1 ? left - 1 : left, at });
      return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
    },
  };
}
