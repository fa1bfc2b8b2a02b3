import { waitByTimer } from './wait-by-timer.ts';

export interface KeepLooking {
  /** Does what is due, and answers for how many milliseconds nothing more will be; 0 to be asked again at once. */
  readonly turn: () => Promise<number>;
  /** It did not come to an end; there is another turn after a minute at most. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Calls back after so many milliseconds, and answers how to call that off. For tests. */
  readonly wait?: ((milliseconds: number, then: () => void) => () => void) | undefined;
}

export interface Looking {
  /** Takes a turn, begun after this was called, and resolves when it is done. */
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const longestWait = 60_000;

/**
 * One turn after another, never two at once: now, when it is asked for, when something is due, and each minute. What was counted
 * down before says nothing, so it does not matter whether the machine slept or the clock was set.
 */
export function keepLooking({ turn, onError, wait = waitByTimer }: KeepLooking): Looking {
  let stopWaiting = (): void => undefined;
  let closed = false;
  let asked = false;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    let pause = longestWait;
    try {
      do {
        asked = false;
        const idle = await turn();
        if (idle === 0) asked = true;
        else pause = Math.min(longestWait, idle);
      } while (asked && !closed);
    } catch (error) {
      if (!closed) onError?.(error);
    }
    if (!closed) stopWaiting = wait(pause, () => void look());
  };
  const look = (): Promise<void> => {
    asked = true;
    if (closed) return Promise.resolve();
    stopWaiting();
    working ??= work().finally(() => {
      working = undefined;
      if (asked && !closed) void look();
    });
    return working;
  };
  void look();
  return {
    look,
    close: async () => {
      closed = true;
      stopWaiting();
      await working;
    },
  };
}
