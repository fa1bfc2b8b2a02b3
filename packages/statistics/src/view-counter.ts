import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '@chengmen/ledger';
import { deviceOf, isRobot, originOf, viewedPage, type Device, type SiteId } from '@chengmen/model';
import { FifoMap } from 'toad-cache';
import { civilDay } from './civil-day.ts';
import { keepCounts } from './commands/keep-counts.ts';
import { countHit, createTally, type Tally } from './count-hits.ts';
import { hitPath } from './hit.ts';
import { openHitLog, type HitLog, type Segment } from './hit-log.ts';
import { pageViews, rolledUp } from './queries/view-totals.ts';
import { createVisitors } from './visitors.ts';

/** The stated rules: times in seconds. What readers are told of them stands on the page of the visit statistics. */
export const viewRules = {
  /** The same page opened again by the same visitor within so long is a reload. */
  reload: 30,
  /** How long after its first attempt a view may be told again. */
  retries: 90,
  /** How long ids are remembered at least, and segments that hold them kept. */
  remembered: 120,
  /** How often hits are added to the totals. */
  rollUp: 60,
} as const;

export interface ViewCounterOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  /** Where segments wait to be added to the totals; this process alone writes there. */
  readonly folder: string;
  readonly clock?: () => Date;
  /** Milliseconds that only ever go forward. */
  readonly now?: () => number;
  readonly rules?: Partial<Record<keyof typeof viewRules, number>>;
  /** The disk failed: end the process, so that it is started again. */
  readonly onFailed: (error: unknown) => void;
  /** Adding to the totals failed, and is tried again; or a segment has batches whose sum does not hold, and they are left out. */
  readonly onError?: (error: unknown) => void;
}

/** A view as the page tells of it, and who brought it. */
export interface View {
  readonly id: string;
  /** As it stands in the browser's address line, without query. */
  readonly path: string;
  /** Host of the page before; empty where none was told. */
  readonly from: string;
  readonly agent: string;
  /** Address of the visitor; looked at and let go. */
  readonly client: string;
  /** Host under which the page was read. */
  readonly host: string;
}

export type ViewOutcome = 'counted' | 'again' | 'reload' | 'robot' | 'busy' | 'invalid';

export interface ViewCounter {
  /** Resolves when the view is on the disk, or is one that does not count. */
  count(view: View): Promise<ViewOutcome>;
  /** Views of a page, ever: those in the totals and those on their way. */
  viewsOf(path: string): number | Promise<number>;
  /** Notes a view that a limit kept out. */
  leftOut(why: string): void;
  /** Adds what has waited long enough to the totals; `all`: whatever there is. */
  rollUp(all?: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Counts views: durable before acknowledged, each once, added to daily totals in the ledger's database. */
export async function openViewCounter(options: ViewCounterOptions): Promise<ViewCounter> {
  const { ledger, site, folder, clock = () => new Date(), now = () => performance.now(), onFailed, onError } = options;
  const rules = { ...viewRules, ...options.rules };
  mkdirSync(folder, { recursive: true });
  const counter = await nameOf(folder);
  const done = await rolledUp(ledger.db, site, counter);
  const { log, segments } = await openHitLog({ folder, after: done, onFailed });
  const waiting: { readonly segment: Segment; readonly since: number }[] = [];
  const pending = createPending();
  for (const segment of segments) {
    if (segment.number > done) for await (const { path } of log.read(segment.number)) pending.add(path, 1);
    if (segment.damaged > 0) onError?.(new Error(`${folder}: segment ${segment.number}: ${segment.damaged} damaged`));
    waiting.push({ segment, since: now() });
  }
  const visitors = createVisitors({ clock, now, reload: rules.reload * 1000 });
  const totals = createKnownTotals((path) => pageViews(ledger.db, site, path));
  const agents = createKnownAgents();
  let leftOut = createTally();

  const notCounted = (why: string): void => leftOut.add(civilDay(clock().getTime()), 'left-out', why);
  const one = async ({ segment }: (typeof waiting)[number]): Promise<void> => {
    const { tally, pages } = await tallyOf(log, segment.number);
    const out = leftOut;
    leftOut = createTally();
    const counts = [...tally.counts(), ...out.counts()];
    let fresh = false;
    try {
      fresh = await keepCounts(ledger, site, { counter, segment: segment.number, counts });
    } finally {
      if (!fresh) for (const { day, value, count } of out.counts()) leftOut.add(day, 'left-out', value, count);
    }
    if (fresh) for (const [path, count] of pages) totals.moved(path, () => pending.add(path, -count));
    await log.remove(segment.number);
  };
  const roll = async (all: boolean): Promise<void> => {
    const ended = await log.rotate();
    if (ended) waiting.push({ segment: ended, since: now() });
    for (let next = waiting[0]; next && (all || now() - next.since >= rules.remembered * 1000); next = waiting[0]) {
      await one(next);
      waiting.shift();
    }
  };
  let rolling = Promise.resolve();
  const rollUp = (all = false): Promise<void> => {
    rolling = rolling.catch(() => undefined).then(() => roll(all));
    return rolling;
  };
  const timers = [
    setInterval(() => void rollUp().catch((error: unknown) => onError?.(error)), rules.rollUp * 1000),
    setInterval(() => log.forget(), rules.remembered * 1000),
  ];
  for (const timer of timers) timer.unref();

  return {
    count({ id, path: seen, from, agent, client, host }) {
      const { robot, device } = agents(agent);
      if (robot) {
        notCounted('robot');
        return Promise.resolve('robot');
      }
      const before = log.known(id);
      if (before) return before.then(() => 'again');
      const { path, edition } = viewedPage(seen);
      if (!hitPath.test(path)) return Promise.resolve('invalid');
      // Before the visitor is noted: a view that is told again because there was no room is no reload.
      if (log.isFull()) return Promise.resolve('busy');
      const { reload, first } = visitors.see({ client, agent, path });
      if (reload) {
        notCounted('reload');
        return Promise.resolve('reload');
      }
      const origin = originOf(from, [host]);
      const taken = log.take({ id, time: clock().getTime(), path, edition, device, origin, first });
      if (!taken) return Promise.resolve('busy');
      pending.add(path, 1);
      return taken.durable.then(() => 'counted');
    },
    viewsOf(path) {
      const page = viewedPage(path).path;
      const total = totals.of(page);
      return typeof total === 'number' ? total + pending.of(page) : total.then((views) => views + pending.of(page));
    },
    leftOut: notCounted,
    rollUp,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await log.close();
      await rolling.catch(() => undefined);
    },
  };
}

async function tallyOf(log: HitLog, segment: number): Promise<{ tally: Tally; pages: Map<string, number> }> {
  const tally = createTally();
  const pages = new Map<string, number>();
  for await (const hit of log.read(segment)) {
    countHit(tally, hit);
    pages.set(hit.path, (pages.get(hit.path) ?? 0) + 1);
  }
  return { tally, pages };
}

/** Views on their way to the totals, by page. */
function createPending(): { add(path: string, count: number): void; of(path: string): number } {
  const counts = new Map<string, number>();
  return {
    add(path, count) {
      const sum = (counts.get(path) ?? 0) + count;
      if (sum === 0) counts.delete(path);
      else counts.set(path, sum);
    },
    of: (path) => counts.get(path) ?? 0,
  };
}

/** What is told of browsers, looked at once for each of them. */
function createKnownAgents(): (agent: string) => { readonly robot: boolean; readonly device: Device } {
  const known = new FifoMap<{ readonly robot: boolean; readonly device: Device }>(1000);
  return (agent) => {
    const before = known.get(agent);
    if (before) return before;
    const found = { robot: isRobot(agent), device: deviceOf(agent) };
    known.set(agent, found);
    return found;
  };
}

const mostKnown = 20_000;

/** What the totals say of pages that were asked for of late. */
function createKnownTotals(read: (path: string) => Promise<number>): {
  of(path: string): number | Promise<number>;
  /** Views of a page are in the totals now: what is kept of it goes, in one step with `settle`. */
  moved(path: string, settle: () => void): void;
} {
  const known = new FifoMap<number>(mostKnown);
  const reading = new Map<string, Promise<number>>();
  const ask = (path: string): Promise<number> => {
    const asked = read(path).then((views) => {
      // Where something moved while it was read, it may be old.
      if (reading.get(path) === asked) known.set(path, views);
      return views;
    });
    reading.set(path, asked);
    void asked.catch(() => undefined).then(() => reading.get(path) === asked && reading.delete(path));
    return asked;
  };
  return {
    of: (path) => known.get(path) ?? reading.get(path) ?? ask(path),
    moved(path, settle) {
      known.delete(path);
      reading.delete(path);
      settle();
    },
  };
}

/** Tells this folder's segments from those of others; a new folder is another counter. */
async function nameOf(folder: string): Promise<string> {
  const path = join(folder, 'name');
  try {
    const name = readFileSync(path, 'utf8').trim();
    if (/^[0-9a-f]{16}$/.test(name)) return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const name = randomBytes(8).toString('hex');
  const file = await open(path, 'w', 0o640);
  try {
    await file.writeFile(`${name}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return name;
}
