import type { Hash, PagePath, TargetId, Theme } from '@chengmen/model';
import {
  createCity,
  createTraces,
  gather,
  planPress,
  pressPages,
  unread,
  type City,
  type Gathering,
  type Plan,
  type Pressed,
  type PressOptions,
  type PressState,
  type Remembered,
  type TargetRecord,
  type Traces,
} from '@chengmen/press';
import type { ReadyPages } from '@chengmen/seal';
import type { Changes, Feed } from './feed.ts';
import { releaseChange } from './release-change.ts';
import type { ReleaseChange, ReleaseChanges, Release, Releases } from './releases.ts';
import { areThreadsOfUse, renderOnThreads, renderReadyOnThreads } from './render-threads.ts';
import type { TextFile } from './text-file.ts';
import { noteBeside, planSwitch, putOff, switchDelta, type WideChange } from './wide-change.ts';

/** The points at which a process may die; each is called when the step named is done. */
export const pressSteps = ['loaded', 'applied', 'rendered', 'sealed', 'remembered'] as const;
export type PressStep = (typeof pressSteps)[number];

export interface PressRoundOptions {
  readonly feed: Feed;
  readonly theme: Theme;
  readonly releases: Releases;
  readonly bytes: (hash: Hash) => Uint8Array | undefined;
  /** Where bodies are kept while no page needs them. Without it, in memory. */
  readonly texts?: TextFile;
  /** Called after each step; what it throws stops the round there. */
  readonly onStep?: (step: PressStep) => void;
  /** From so many targets on, a change is made beside the live release where it can be. */
  readonly wideFrom?: number;
  /** Asks for another round. Without it, or where the releases cannot, nothing is made beside. */
  readonly wake?: () => void;
  /** What was to be made beside the live release could not be, and will be pressed like anything else. */
  readonly onWideError?: (error: unknown) => void;
  /** What is to be rendered, and why. */
  readonly onPlan?: (targets: Plan['targets']) => void;
  /** When the round began, by `performance.now()`: the memory notes how long it took. */
  readonly began?: number;
  /** How many pages are rendered of how many there are to render. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export type WhyPressed = ReturnType<Pressed['why']>;

/** What a round left behind. */
export interface RoundResult {
  /** The live release; undefined while there are no site settings to press with. */
  readonly release: Release | undefined;
  /** Whether this round made a new release. */
  readonly changed: boolean;
  /** Something committed is not in it yet: a site-wide change is being made beside it. */
  readonly pending: boolean;
  readonly rendered: number;
  readonly why: (path: PagePath) => WhyPressed;
}

/** Where the press stands between rounds. */
export interface Standing {
  city: City;
  traces: Traces;
  /** A site-wide change that is being made beside the live release; the city and the traces are without it. */
  wide: WideChange | undefined;
  /** What comes next is made as any other, however wide: it could not be made beside. */
  plain: boolean;
  /** The city holds everything up to this event, but for what is put off. */
  seq: number;
  /** What has to be looked at since the last release. */
  touched: Set<string> | 'recheck' | 'everything';
  saved: PressState | undefined;
  release: Release | undefined;
}

/**
 * Reads what is live and what is remembered. The same for a first start, a second one, and one after a crash:
 * - nothing remembered, or the release is not the one remembered (deleted, restored, sealed but not remembered), or its
 *   compressed forms are another compressor's: everything is rendered, and the release is made to hold that and nothing else;
 * - events after the remembered one: every remembered read is checked, since what stood where before is not known;
 * - else nothing.
 */
export async function takeStand({ feed, releases, bytes, texts, onStep }: PressRoundOptions): Promise<Standing> {
  const city = createCity({ items: [], bytes, ...(texts ? { texts } : {}) });
  const { seq, remembered } = await feed.snapshot((items) => {
    city.load(items);
  });
  const release = await releases.current();
  const standing: Standing = {
    city,
    traces: tracesOf(remembered),
    wide: undefined,
    plain: false,
    seq,
    touched: touchedAtStart(seq, remembered?.state, release, releases),
    saved: remembered?.state,
    release,
  };
  onStep?.('loaded');
  return standing;
}

function tracesOf(remembered: Remembered | undefined): Traces {
  return remembered ? createTraces({ theme: remembered.state.theme, records: remembered.records }) : createTraces();
}

function touchedAtStart(
  seq: number,
  saved: PressState | undefined,
  release: Release | undefined,
  { compressor }: Releases,
): Standing['touched'] {
  if (saved === undefined || release?.root !== saved.root || saved.compressor !== compressor) return 'everything';
  return seq === saved.seq ? new Set() : 'recheck';
}

/** Brings the release up to the present: outbox → city → pages → release → memory. */
export async function pressRound(options: PressRoundOptions, standing: Standing): Promise<RoundResult> {
  if (standing.wide?.state === 'failed') giveUpWideChange(standing, standing.wide);
  await applyChanges(options, standing);
  options.onStep?.('applied');
  if (standing.wide?.state === 'ready') return switchOver(options, standing, standing.wide);
  if (!standing.city.ready() || upToDate(options, standing)) return result(standing, false);
  const ready = standing.touched === 'everything' ? await options.releases.wantsReady?.() : undefined;
  const drawn = draw(pressOptions(options, standing), {
    ...(ready ? { ready } : {}),
    ...(options.texts ? { texts: options.texts } : {}),
    ...(options.onPlan ? { onPlan: options.onPlan } : {}),
    onEnd: () => options.onStep?.('rendered'),
  });
  const { release, changed } = await seal(options.releases, drawn, standing);
  options.onStep?.('sealed');
  const pressed = drawn.pressed();
  await remember(options, standing, pressed, release);
  options.onStep?.('remembered');
  return result(standing, changed, pressed);
}

/** Brings the city up to the present, and begins a site-wide change where one has come. */
async function applyChanges(options: PressRoundOptions, standing: Standing): Promise<void> {
  const changes = await options.feed.changesAfter(standing.seq, (changed) => standing.city.dependents(changed));
  if (changes) takeIn(standing, { ...changes, items: await putOff(options, standing, changes.items) });
  standing.plain = false;
}

/** Puts changes into the city. */
export function takeIn(standing: Standing, { items, seq }: Changes): void {
  for (const key of standing.city.apply(items)) if (typeof standing.touched !== 'string') standing.touched.add(key);
  standing.seq = seq;
}

/** What could not be made beside the live release is asked for once more and pressed like anything else. */
function giveUpWideChange(standing: Standing, { since }: WideChange): void {
  Object.assign(standing, { wide: undefined, plain: true, seq: since });
}

/** The site-wide change is whole: the last of what came in meanwhile is rendered once more in its light, and all of it is promoted at once. */
async function switchOver(options: PressRoundOptions, standing: Standing, wide: WideChange): Promise<RoundResult> {
  const { releases, feed, theme } = options;
  const { city, traces, waitsFrom } = wide;
  const drawn = drawPlan({ ...pressOptions(options, standing), city, traces }, planSwitch(options, wide), {
    ...(options.onPlan ? { onPlan: options.onPlan } : {}),
    onEnd: () => options.onStep?.('rendered'),
  });
  const { root, size, changed } = await wide.beside.promote(drawn.changes ?? []);
  options.onStep?.('sealed');
  const pressed = drawn.pressed();
  const live = standing.traces;
  traces.commit(pressed);
  // What waits is asked for once more.
  const seq = waitsFrom ?? standing.seq;
  const saved: PressState = { seq, theme: theme.version, root, compressor: releases.compressor };
  const made = wide.plans.reduce((sum, { targets }) => sum + targets.size, 0);
  const took = { ms: Date.now() - wide.began, rendered: made };
  await feed.save({ ...switchDelta(wide, live, pressed), replace: false, state: saved, release: size, took });
  const touched = new Set<string>();
  Object.assign(standing, { city, traces, wide: undefined, touched, seq, saved, release: { root, size } });
  options.onStep?.('remembered');
  if (waitsFrom !== undefined) options.wake?.();
  const why = (path: PagePath): WhyPressed => pressed.why(path) ?? whyWide(wide, path);
  return { ...result(standing, changed), pending: waitsFrom !== undefined, rendered: made, why };
}

function whyWide({ traces, plans }: WideChange, path: PagePath): WhyPressed {
  const target = traces.ownerOf(path);
  const why =
    target === undefined ? undefined : plans.findLast(({ targets }) => targets.has(target))?.targets.get(target);
  return target === undefined || !why ? undefined : { target, why };
}

/** Nothing has to be looked at. */
export function upToDate(
  { theme }: Pick<PressRoundOptions, 'theme'>,
  { touched, traces, seq, saved, wide }: Standing,
): boolean {
  if (typeof touched === 'string' || touched.size > 0) return false;
  return traces.theme() === theme.version && (wide !== undefined || seq === saved?.seq);
}

/** What is to be pressed from where the press stands. */
export function pressOptions(
  { theme, onProgress }: Pick<PressRoundOptions, 'theme' | 'onProgress'>,
  { city, traces, touched }: Standing,
): PressOptions {
  const onTarget = onProgress && ((done: number, total: number) => onProgress({ done, total }));
  return { city, theme, traces, touched, ...(onTarget ? { onTarget } : {}) };
}

/** What a press changes, rendered as it is drawn from. */
export interface Drawn {
  /** undefined where no page changes. */
  readonly changes: ReleaseChanges | undefined;
  /** Known once `changes` is drawn to its end. */
  readonly pressed: () => Pressed;
}

export interface DrawOptions {
  /** Where the city keeps its bodies, if not in memory. */
  readonly texts?: TextFile;
  /** Where the sealer holds nothing yet: threads make the pages ready to be written. */
  readonly ready?: { readonly forms: boolean };
  readonly onPlan?: PressRoundOptions['onPlan'];
  readonly onEnd?: () => void;
}

/** Renders a few pages here, many on threads. */
export function draw(options: PressOptions, drawing: DrawOptions = {}): Drawn {
  // Of a whole site it is known that there is much to do before it is known what: threads start meanwhile.
  if (options.touched === 'everything' && areThreadsOfUse(options, options.city.ids()))
    return drawOnThreads(options, () => whole(planPress(options), drawing), drawing);
  const plan = planPress(options);
  return drawPlan(options, plan, drawing);
}

function whole(plan: Plan, { onPlan }: DrawOptions): Plan {
  onPlan?.(plan.targets);
  return plan;
}

function drawPlan(options: PressOptions, plan: Plan, drawing: DrawOptions): Drawn {
  if (plan.targets.size > 0) drawing.onPlan?.(plan.targets);
  return areThreadsOfUse(options, plan.targets.keys())
    ? drawOnThreads(options, () => plan, drawing)
    : drawHere(options, plan, drawing.onEnd);
}

function drawHere(options: PressOptions, plan: Plan, onEnd?: () => void): Drawn {
  const pages = pressPages(options, plan);
  let step = pages.next();
  const pressed = (): Pressed => {
    if (step.done !== true) throw new Error('press: the releases did not take all changes');
    return step.value;
  };
  const changes = function* (): Generator<ReleaseChange> {
    for (; step.done !== true; step = pages.next()) yield releaseChange(step.value);
    onEnd?.();
  };
  return { changes: step.done === true ? undefined : changes(), pressed };
}

function drawOnThreads(options: PressOptions, planned: () => Plan, { texts, ready, onEnd }: DrawOptions): Drawn {
  const { city, theme, traces, onTarget } = options;
  const threads = { city, theme, forms: ready?.forms ?? false, ...(texts ? { texts } : {}) };
  let pressed: Pressed | undefined;
  const changes = async function* (): AsyncGenerator<readonly ReleaseChange[] | ReadyPages> {
    let plan: Plan | undefined;
    let gathering: Gathering | undefined;
    let done = 0;
    const targets = (): Iterable<TargetId> => {
      plan = planned();
      gathering = gather(plan, traces, theme);
      return plan.targets.keys();
    };
    const take = (records: readonly TargetRecord[]): void => {
      onTarget?.(done, plan?.targets.size ?? 0);
      done += records.length;
      gathering?.takeAll(records);
    };
    if (ready) {
      for await (const { records, pages } of renderReadyOnThreads(threads, targets)) {
        take(records);
        yield pages;
      }
    } else {
      for await (const some of renderOnThreads(threads, targets)) {
        const all = [...some];
        take(all.map(({ record }) => record));
        yield all.flatMap(({ changes }) => changes);
      }
    }
    if (!gathering) throw new Error('press: the threads never asked for what is to be rendered');
    const { left, pressed: whole } = gathering.end();
    yield left.map((path) => ({ path, entry: null }));
    pressed = whole;
    onEnd?.();
  };
  return {
    changes: changes(),
    pressed: () => {
      if (!pressed) throw new Error('press: the releases did not take all changes');
      return pressed;
    },
  };
}

async function seal(
  releases: Releases,
  { changes }: Drawn,
  { release, touched }: Standing,
): Promise<{ release: Release; changed: boolean }> {
  if (!changes && release) return { release, changed: false };
  // Only what is remembered of a release can be altered one by one; a strange one is replaced.
  const { root, size, changed } = await releases.seal(changes ?? [], { replace: touched === 'everything' });
  return { release: { root, size }, changed };
}

async function remember(
  { feed, releases, began }: PressRoundOptions,
  standing: Standing,
  pressed: Pressed,
  release: Release,
): Promise<void> {
  const { compressor } = releases;
  const { wide } = standing;
  // As long as something is deferred, whoever begins anew has to look at all that came after.
  const state: PressState = { seq: wide?.since ?? standing.seq, theme: pressed.theme, root: release.root, compressor };
  const { records, removed, replace, whole } = pressed;
  const gone = replace ? [] : unread(standing.traces, pressed);
  const took = began !== undefined && { ms: Math.round(performance.now() - began), rendered: pressed.rendered };
  await feed.save({
    ...{ records, removed, replace, unread: gone, state, release: release.size },
    ...(whole ? { answers: whole.answers() } : {}),
    ...(took ? { took } : {}),
  });
  if (wide) noteBeside(wide, standing.traces, pressed);
  standing.traces.commit(pressed);
  standing.touched = new Set();
  standing.saved = state;
  standing.release = release;
}

function result({ release, wide }: Standing, changed: boolean, pressed?: Pressed): RoundResult {
  return {
    release,
    pending: wide !== undefined,
    changed,
    rendered: pressed?.rendered ?? 0,
    why: (path) => pressed?.why(path),
  };
}
