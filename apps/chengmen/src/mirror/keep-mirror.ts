import type { Mirror, Mirrored } from '@chengmen/seal';

export interface KeepMirrorOptions {
  readonly mirror: Mirror;
  /** Ends the keeping. */
  readonly signal: AbortSignal;
  /** Told of each release that is whole in the mirror now, and of the first look that finds nothing new. */
  readonly pulled: (mirrored: Mirrored) => void;
  /** Told of what stands in the way; of the same thing once, until it is gone. `delay`: milliseconds until the next attempt. */
  readonly failed: (error: unknown, delay: number) => void;
  /** Milliseconds between two looks. Default 1000. */
  readonly period?: number;
}

export interface KeptMirror {
  /** Looks at once: there may be something new. */
  look(): void;
  /** Resolves after the signal; true when the last look found all in order. */
  readonly ended: Promise<boolean>;
}

const longest = 60_000;

/** Milliseconds to wait after so many failures in a row: doubling to a minute, less a random part so that mirrors do not come in step. */
export function retryDelay(failures: number, period: number, random: number): number {
  return Math.min(longest, period * 2 ** Math.min(failures, 16)) * (1 - random / 2);
}

/** Pulls for as long as it is let: each second a look at the checkpoint, after failures less often. */
export function keepMirror({ mirror, signal, pulled, failed, period = 1000 }: KeepMirrorOptions): KeptMirror {
  let wake: () => void = () => undefined;
  let asked = false;
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (asked || signal.aborted) wake();
    });
  signal.addEventListener('abort', () => wake());

  const keep = async (): Promise<boolean> => {
    let failures = 0;
    let said: string | undefined = '';
    while (!signal.aborted) {
      asked = false;
      let delay = period;
      try {
        const mirrored = await mirror.pull();
        if (mirrored.changed || said !== undefined) pulled(mirrored);
        failures = 0;
        said = undefined;
      } catch (error) {
        if (signal.aborted) break;
        delay = retryDelay(++failures, period, Math.random());
        const now = String(error);
        if (now !== said) failed(error, delay);
        said = now;
      }
      await wait(delay);
    }
    return failures === 0;
  };
  return {
    look() {
      asked = true;
      wake();
    },
    ended: keep(),
  };
}
