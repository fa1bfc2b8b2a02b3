import { accessRecords, isView } from '@chengmen/portal';
import { deviceOf, isRobot, originOf, viewedPage } from '@chengmen/model';
import { civilDay, countHit, createTally, replaceFromLog, viewsByDay } from '@chengmen/statistics';
import type { BackOffice } from '../back-office.ts';

/** A day as it was counted, and as the access log has it. */
export interface RecomputedDay {
  readonly day: string;
  /** Views the pages told of; null where none were. */
  readonly counted: number | null;
  /** Pages the portal showed to those who do not say that they are programs. */
  readonly people: number;
  readonly robots: number;
}

export interface Recomputed {
  readonly days: readonly RecomputedDay[];
  /** Lines that are no records. */
  readonly unreadable: number;
}

/**
 * Counts views again from access logs, and keeps them beside those that were counted. They differ: the log has readers without
 * scripts, pages that were never looked at, reloads and hidden robots; it lacks what caches before the portal answered; and
 * it cannot tell visitors.
 */
export async function recomputeStatistics(office: BackOffice, folders: readonly string[]): Promise<Recomputed> {
  const { ledger } = office;
  const site = await office.siteSettings();
  const own = site === undefined ? [] : [site.domain, new URL(site.origin).host];
  const tally = createTally();
  const people = new Map<string, number>();
  const robots = new Map<string, number>();
  let unreadable = 0;
  for (const folder of folders)
    for await (const record of accessRecords(folder)) {
      if (!record) unreadable++;
      if (!record || !isView(record)) continue;
      const { time, agent, referrer } = record;
      const day = civilDay(time);
      const robot = isRobot(agent);
      const of = robot ? robots : people;
      of.set(day, (of.get(day) ?? 0) + 1);
      if (robot) tally.add(day, 'left-out', 'robot');
      else
        countHit(tally, {
          ...{ id: '', time, first: false, ...viewedPage(record.path) },
          ...{ device: deviceOf(agent), origin: originOf(referrer, own) },
        });
    }
  await replaceFromLog(ledger, office.site, tally.counts());
  const days = [...new Set([...people.keys(), ...robots.keys()])].sort();
  const span = { from: days[0] ?? '', to: days.at(-1) ?? '' };
  const counted = new Map(
    (await viewsByDay(ledger.db, office.site, { dimension: 'views', ...span })).map(({ day, count }) => [day, count]),
  );
  return {
    days: days.map((day) => ({
      day,
      counted: counted.get(day) ?? null,
      people: people.get(day) ?? 0,
      robots: robots.get(day) ?? 0,
    })),
    unreadable,
  };
}
