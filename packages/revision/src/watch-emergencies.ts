import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { emergencies, isOverdue, type Emergency } from './queries/emergencies.ts';
import { waitByTimer } from './wait-by-timer.ts';

export interface WatchEmergencies {
  readonly ledger: Pick<Ledger, 'db'>;
  readonly site: SiteId;
  readonly clock: () => Date;
  /** Once for each that is on air and past its time, as long as this process runs. */
  readonly onLate: (emergency: Emergency) => void;
  readonly onError?: (error: unknown) => void;
  /** Calls back after so many milliseconds, and answers how to call that off. For tests. */
  readonly wait?: (milliseconds: number, then: () => void) => () => void;
}

const minute = 60_000;

/** Asks the clock and the database each minute, and tells of reviews that are overdue. */
export function watchEmergencies(options: WatchEmergencies): {
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
} {
  const { ledger, site, clock, onLate, onError, wait = waitByTimer } = options;
  const told = new Set<string>();
  let stop = (): void => undefined;
  let closed = false;
  let looking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    try {
      for (const one of await emergencies(ledger.db, site)) {
        const open = one.state === 'waiting' || one.state === 'refused';
        if (!open || !isOverdue(one, clock()) || told.has(one.revision)) continue;
        told.add(one.revision);
        onLate(one);
      }
    } catch (error) {
      if (!closed) onError?.(error);
    }
  };
  const look = (): Promise<void> => {
    stop();
    looking ??= ask().finally(() => {
      looking = undefined;
      if (!closed) stop = wait(minute, () => void look());
    });
    return looking;
  };
  void look();
  return {
    look,
    close: async () => {
      closed = true;
      stop();
      await looking;
    },
  };
}
