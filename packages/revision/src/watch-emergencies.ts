import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { keepLooking, longestWait, type Looking } from './keep-looking.ts';
import { emergencies, isOverdue, type Emergency } from './queries/emergencies.ts';

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

/** Asks the clock and the database each minute, and tells of reviews that are overdue. */
export function watchEmergencies({ ledger, site, clock, onLate, onError, wait }: WatchEmergencies): Looking {
  const told = new Set<string>();
  return keepLooking({
    turn: async () => {
      for (const one of await emergencies(ledger.db, site)) {
        const open = one.state === 'waiting' || one.state === 'refused';
        if (!open || !isOverdue(one, clock()) || told.has(one.revision)) continue;
        told.add(one.revision);
        onLate(one);
      }
      return longestWait;
    },
    onError,
    wait,
  });
}
