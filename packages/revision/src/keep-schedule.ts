import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type Actor, type SiteId } from '@chengmen/model';
import { failSchedule } from './commands/fail-schedule.ts';
import type { Revisions } from './create-revisions.ts';
import { keepLooking, longestWait, type Looking } from './keep-looking.ts';
import { dueSchedules, isLate, nextSchedule, schedules, type Scheduled } from './queries/schedules.ts';

/** What a person should hear of: `late` when it happened or still waits long after its time, `failed` when it could not be done. */
export interface ScheduleAlarm extends Scheduled {
  readonly alarm: 'late' | 'failed';
}

export interface KeepScheduleOptions {
  readonly ledger: Ledger;
  readonly revisions: Pick<Revisions, 'carryOutSchedule'>;
  readonly site: SiteId;
  readonly clock: () => Date;
  /** How many minutes after its time something is late. */
  readonly lateMinutes: number;
  /** Once for each act and kind of alarm, as long as this process runs. */
  readonly onAlarm?: (alarm: ScheduleAlarm) => void;
  /** The database did not answer; it is asked again. */
  readonly onError?: (error: unknown) => void;
  /** Calls back after so many milliseconds, and answers how to call that off. For tests. */
  readonly wait?: (milliseconds: number, then: () => void) => () => void;
}

/**
 * Carries out what is due. Nothing is remembered but in the database, and no time is ever counted down: at each commit,
 * at the time of the next act and each minute it asks the clock and the database anew. So it does not matter whether
 * the machine slept, the clock was set, or another process was faster.
 */
export function keepSchedule(options: KeepScheduleOptions): Looking {
  const { ledger, site, clock, onError, wait } = options;
  const told = new Set<string>();
  let begun: Date | undefined;

  const looking = keepLooking({
    turn: async () => {
      const next = await nextSchedule(ledger.db, site);
      const now = clock();
      const isDue = next !== undefined && next <= now;
      if (isDue) await carryOutDue(options);
      const first = begun === undefined;
      begun ??= now;
      if (first || isDue) await tellAlarms(options, told, begun);
      return isDue ? 0 : next ? next.getTime() - now.getTime() : longestWait;
    },
    onError,
    wait,
  });
  // What touches a page sets no time: an edit on its way need not wait for our question.
  const stop = ledger.onCommit((committed, touched) => {
    if (committed === site && touched.length === 0) void looking.look();
  });
  return {
    look: looking.look,
    close: () => {
      stop();
      return looking.close();
    },
  };
}

/** Each act once, in order of time; what cannot be done yet is tried again as long as others succeed, for it may stand on them. */
async function carryOutDue(options: KeepScheduleOptions): Promise<void> {
  const { ledger, site, clock } = options;
  let left = await dueSchedules(ledger.db, site, clock());
  for (;;) {
    const refused = new Map<number, ChengmenError>();
    for (const id of left) {
      const refusal = await carryOut(options, id);
      if (refusal) refused.set(id, refusal);
    }
    if (refused.size === 0) return;
    if (refused.size === left.length) return giveUp(options, refused);
    left = [...refused.keys()];
  }
}

async function carryOut(
  { ledger, revisions, site }: KeepScheduleOptions,
  id: number,
): Promise<ChengmenError | undefined> {
  try {
    await ledger.execute(revisions.carryOutSchedule, scheduleActor(site), { id });
    return undefined;
  } catch (error) {
    if (error instanceof ChengmenError) return error;
    throw error;
  }
}

async function giveUp(
  { ledger, site, clock }: KeepScheduleOptions,
  refused: ReadonlyMap<number, ChengmenError>,
): Promise<void> {
  const stillDue = new Set(await dueSchedules(ledger.db, site, clock()));
  for (const [id, error] of refused) {
    const { zh, en } = explainError(error);
    if (stillDue.has(id)) await ledger.execute(failSchedule, scheduleActor(site), { id, problem: `${zh} ${en}` });
  }
}

async function tellAlarms(options: KeepScheduleOptions, told: Set<string>, begun: Date): Promise<void> {
  const { ledger, site, clock, lateMinutes, onAlarm } = options;
  if (!onAlarm) return;
  for (const one of await schedules(ledger.db, site)) {
    const alarm = one.state === 'failed' ? 'failed' : isLate(one, { now: clock(), lateMinutes }) ? 'late' : undefined;
    // What an earlier process did late it has told itself.
    if (one.state === 'done' && (one.endedAt ?? '') < begun.toISOString()) continue;
    const key = `${alarm} ${one.id} ${one.at}`;
    if (alarm === undefined || told.has(key)) continue;
    told.add(key);
    onAlarm({ ...one, alarm });
  }
}

/** Nobody's account: it can carry out what people have approved and set, at its time. */
export function scheduleActor(site: SiteId): Actor {
  return { account: scheduleAccount, name: '定时', site, roles: ['operator'] };
}

/** What it writes, it writes by a standing order. */
export const scheduleAccount = 'system-schedule';
