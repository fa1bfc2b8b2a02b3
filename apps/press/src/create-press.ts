import { wakesPress } from '@chengmen/content';
import type { Ledger } from '@chengmen/ledger';
import type { PagePath, SiteId } from '@chengmen/model';
import type { ReadStore } from '@chengmen/release';
import type { Sealer } from '@chengmen/seal';
import { createLedgerFeed, type LedgerFeedOptions } from './ledger-feed.ts';
import { heldRound, type Held } from './held-round.ts';
import { dropWideChange } from './wide-change.ts';
import {
  pressRound,
  takeStand,
  type PressRoundOptions,
  type RoundResult,
  type Standing,
  type WhyPressed,
} from './press-round.ts';
import { createPressRecorder, type PressRecorder, type PressView } from './press-view.ts';
import { previewPages, type PreviewedPages } from './preview-pages.ts';
import type { PreviewReading } from './rehearsed-city.ts';
import { removedPages, type RemovedPages } from './removed-pages.ts';
import { createReleases, type Release } from './releases.ts';

export interface Press {
  /**
   * Waits until everything committed before the call is in the live release. `changed` tells whether a release was
   * made since the call. Rejects where a round fails meanwhile; the press goes on trying by itself.
   */
  readonly settle: () => Promise<Settled>;
  /** Why the page at an address was made again in the last round that rendered anything. */
  readonly why: (path: PagePath) => WhyPressed;
  /** Whether a site-wide change is being made beside the live release. */
  readonly isMakingBeside: () => boolean;
  /**
   * What would be served if items were live as `read` answers them, rendered as a round would; the city itself stays as it is.
   * Takes a few hundred bytes an item of the whole site while it works. Rejects as `read` and the theme do.
   */
  readonly preview: (read: PreviewReading) => Promise<PreviewedPages>;
  /** Which addresses would go, and which be made again, if items were as `read` answers them. As `preview`, it changes nothing. */
  readonly removal: (read: PreviewReading) => Promise<RemovedPages>;
  /** What it is at now, and why; and why it made the releases it has made since it began. */
  readonly view: () => PressView;
  /** Ends after the round at work. */
  readonly close: () => Promise<void>;
}

export interface Settled {
  /** undefined while there are no site settings. */
  readonly release: Release | undefined;
  readonly changed: boolean;
  /** Targets rendered since the call. */
  readonly rendered: number;
}

export interface PressLoopOptions extends PressRoundOptions {
  /** Calls back after each commit; returns a function that stops it. */
  readonly onCommit: (wake: () => void) => () => void;
  /** A round failed; it is tried again after so many milliseconds. */
  readonly onError?: (error: unknown, retryAfter: number) => void;
  /** Milliseconds to wait after so many failures in a row. */
  readonly retryAfter?: (failures: number) => number;
}

export interface CreatePressOptions
  extends Omit<PressLoopOptions, 'feed' | 'onCommit' | 'releases'>, Omit<LedgerFeedOptions, 'ledger' | 'site'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly sealer: Sealer;
  /** Where the sealer writes. */
  readonly store: ReadStore;
}

/** The press of one site, from the ledger's outbox to the sealed release. Begins at once. */
export function createPress(options: CreatePressOptions): Press {
  const { ledger, site } = options;
  const onCommit = (wake: () => void): (() => void) =>
    ledger.onCommit((committed, touched, command) => {
      if (committed === site && (touched.length > 0 || wakesPress(command))) wake();
    });
  return createPressLoop({ ...options, feed: createLedgerFeed(options), releases: createReleases(options), onCommit });
}

interface Waiter {
  readonly ticket: number;
  readonly resolve: (settled: Settled) => void;
  readonly reject: (error: unknown) => void;
  changed: boolean;
  rendered: number;
}

interface Loop {
  readonly recorder: PressRecorder;
  /** Wakes counted, and how many of them a finished round has answered. */
  asked: number;
  answered: number;
  failures: number;
  closed: boolean;
  standing: Standing | undefined;
  /** What stands in force while the site is held. */
  held: Held | undefined;
  last: RoundResult | undefined;
  working: Promise<void> | undefined;
  retry: NodeJS.Timeout | undefined;
  waiters: Waiter[];
}

const second = 1000;
const defaultRetry = (failures: number): number => Math.min(30 * second, (second / 4) * 2 ** failures);

/** Rounds one after another, each for all that has come in since the last. */
export function createPressLoop(options: PressLoopOptions): Press {
  const loop: Loop = {
    recorder: createPressRecorder(),
    asked: 1,
    answered: 0,
    failures: 0,
    closed: false,
    standing: undefined,
    held: undefined,
    last: undefined,
    working: undefined,
    retry: undefined,
    waiters: [],
  };
  const stop = options.onCommit(() => {
    wake(loop, options);
  });
  work(loop, options);
  const settle = (): Promise<Settled> =>
    new Promise((resolve, reject) => {
      loop.waiters.push({ ticket: ++loop.asked, resolve, reject, changed: false, rendered: 0 });
      work(loop, options);
    });
  const standing = async (): Promise<Standing> => {
    if (!loop.standing) await settle();
    if (!loop.standing) throw new Error('the press stands nowhere');
    return loop.standing;
  };
  return {
    settle,
    preview: async (read) => previewPages(options, await standing(), read),
    removal: async (read) => removedPages(options, await standing(), read),
    why: (path) => loop.last?.why(path),
    view: () => loop.recorder.view(loop.standing?.wide),
    isMakingBeside: () => loop.standing?.wide !== undefined,
    close: async () => {
      loop.closed = true;
      stop();
      clearTimeout(loop.retry);
      await loop.working;
      await dropWideChange(loop.standing);
      rejectAll(loop, new Error('the press is closed'));
    },
  };
}

function wake(loop: Loop, options: PressLoopOptions): void {
  loop.asked++;
  if (!loop.retry) work(loop, options);
}

function work(loop: Loop, options: PressLoopOptions): void {
  clearTimeout(loop.retry);
  loop.retry = undefined;
  if (loop.closed) rejectAll(loop, new Error('the press is closed'));
  else
    loop.working ??= rounds(loop, options).finally(() => {
      loop.working = undefined;
      // Whoever asked while the last round was ending found it still at work.
      if (loop.answered < loop.asked && !loop.retry) work(loop, options);
    });
}

async function rounds(loop: Loop, options: PressLoopOptions): Promise<void> {
  while (loop.answered < loop.asked && !loop.closed) {
    const ticket = loop.asked;
    try {
      const result = await oneRound(loop, options);
      loop.failures = 0;
      loop.answered = ticket;
      resolve(loop, ticket, result);
    } catch (error) {
      failed(loop, options, error);
      return;
    }
  }
}

async function oneRound(loop: Loop, options: PressLoopOptions): Promise<RoundResult> {
  const { feed } = options;
  const result = await feed.exclusively(async () => {
    const hold = await feed.hold();
    if (hold) {
      const { standing, held, result } = await heldRound(options, { ...loop, hold });
      Object.assign(loop, { standing, held });
      await options.releases.noteHeld?.(hold.release);
      return result;
    }
    loop.held = undefined;
    await options.releases.noteHeld?.(0);
    if (loop.standing && (await isStale(options, loop.standing))) {
      void dropWideChange(loop.standing);
      loop.standing = undefined;
    }
    loop.standing ??= await takeStand(options);
    return pressRound(recorded(loop, options), loop.standing);
  });
  if (result.rendered > 0) loop.last = result;
  loop.recorder.ended(result.changed ? result.release?.size : undefined);
  return result;
}

function recorded(loop: Loop, options: PressLoopOptions): PressRoundOptions {
  return {
    ...options,
    began: performance.now(),
    wake: () => wake(loop, options),
    onPlan: (targets) => loop.recorder.planned(targets),
    onProgress: (progress) => {
      loop.recorder.progress(progress.done);
      options.onProgress?.(progress);
    },
  };
}

/** Another process may have pressed this site between two rounds. */
async function isStale({ feed }: PressLoopOptions, { saved }: Standing): Promise<boolean> {
  const state = await feed.state();
  return state?.seq !== saved?.seq || state?.root !== saved?.root;
}

/** After a fault nothing in memory is trusted: the next round begins as a new process would. */
function failed(loop: Loop, options: PressLoopOptions, error: unknown): void {
  const { onError, retryAfter = defaultRetry } = options;
  void dropWideChange(loop.standing);
  Object.assign(loop, { standing: undefined, held: undefined });
  const wait = retryAfter(++loop.failures);
  if (!loop.closed) loop.retry = setTimeout(() => work(loop, options), wait).unref();
  loop.recorder.failed(wait);
  rejectAll(loop, error);
  onError?.(error, wait);
}

function resolve(loop: Loop, ticket: number, result: RoundResult): void {
  const isAnswered = ({ ticket: asked }: Waiter): boolean => asked <= ticket && !result.pending;
  for (const waiter of loop.waiters) {
    waiter.changed ||= result.changed;
    waiter.rendered += result.rendered;
    const { changed, rendered } = waiter;
    if (isAnswered(waiter)) waiter.resolve({ release: result.release, changed, rendered });
  }
  loop.waiters = loop.waiters.filter((waiter) => !isAnswered(waiter));
}

function rejectAll(loop: Loop, error: unknown): void {
  for (const waiter of loop.waiters.splice(0)) waiter.reject(error);
}
