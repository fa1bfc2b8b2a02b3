import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import type { Revisions } from './create-revisions.ts';
import { keepLooking, longestWait, type Looking } from './keep-looking.ts';
import { scheduleActor } from './keep-schedule.ts';
import {
  isFiguresLate,
  nextDue,
  openFigures,
  standingOrder,
  type DueFigures,
  type StandingOrder,
} from './standing-order.ts';

/** `late`: still not published long after its time, with what holds it up where that is known; or published late. */
export interface StandingAlarm extends DueFigures {
  readonly done: boolean;
  readonly problem: string | undefined;
}

export interface KeepStandingOptions {
  readonly ledger: Ledger;
  readonly revisions: Pick<Revisions, 'publishStanding'>;
  readonly site: SiteId;
  readonly clock: () => Date;
  /** The figures up to a day. Rejects while they cannot be known: what is on air then stays, and it is asked again in a minute. */
  readonly figures: (
    order: StandingOrder,
    upTo: string,
  ) => Promise<readonly { readonly item: ItemId; readonly fields: object }[]>;
  /** How many minutes after its time something is late. */
  readonly lateMinutes: number;
  /** Once for each day and outcome, as long as this process runs. */
  readonly onAlarm?: (alarm: StandingAlarm) => void;
  readonly onError?: (error: unknown) => void;
  /** Calls back after so many milliseconds, and answers how to call that off. For tests. */
  readonly wait?: (milliseconds: number, then: () => void) => () => void;
}

/**
 * Publishes what the site settings order, each day at its time. As `keepSchedule`, it remembers nothing but what stands in the
 * database and counts no time down: each minute, and where the settings change, it asks clock and database anew. What was missed
 * while nobody was there is in the next.
 */
export function keepStanding(options: KeepStandingOptions): Looking {
  const { ledger, site, clock, onError, wait } = options;
  const told = new Set<string>();

  const looking = keepLooking({
    turn: async () => {
      const order = await standingOrder(ledger.db, site);
      if (!order) return longestWait;
      const due = openFigures(order, clock());
      if (due) await publish(options, order, due, told);
      return Math.max(1000, nextDue(order, clock()).getTime() - clock().getTime());
    },
    onError,
    wait,
  });
  const stop = ledger.onCommit((committed, touched) => {
    if (committed === site && touched.includes('site')) void looking.look();
  });
  return {
    look: looking.look,
    close: () => {
      stop();
      return looking.close();
    },
  };
}

async function publish(
  options: KeepStandingOptions,
  order: StandingOrder,
  due: DueFigures,
  told: Set<string>,
): Promise<void> {
  const { ledger, revisions, site, clock, lateMinutes, figures, onAlarm, onError } = options;
  const tell = (done: boolean, problem?: string): void => {
    const key = `${due.upTo} ${done}`;
    if (told.has(key) || !isFiguresLate(due, order, { now: clock(), lateMinutes })) return;
    told.add(key);
    onAlarm?.({ ...due, done, problem });
  };
  try {
    const found = await figures(order, due.upTo);
    await ledger.execute(revisions.publishStanding, scheduleActor(site), { upTo: due.upTo, figures: found });
    tell(true);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    tell(false, problem);
    if (!told.has(`${due.upTo} ${problem}`)) onError?.(error);
    told.add(`${due.upTo} ${problem}`);
  }
}
