import type { Hash, PagePath, TargetId, Theme } from '@chengmen/model';
import {
  createCity,
  createTraces,
  gather,
  planPress,
  pressPages,
  type City,
  type Gathering,
  type PageChange,
  type Plan,
  type Pressed,
  type PressOptions,
  type PressState,
  type Remembered,
  type Traces,
} from '@chengmen/press';
import type { Feed } from './feed.ts';
import type { ReleaseChange, Release, Releases } from './releases.ts';
import { areThreadsOfUse, renderOnThreads } from './render-threads.ts';
import type { TextFile } from './text-file.ts';

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
  readonly rendered: number;
  readonly why: (path: PagePath) => WhyPressed;
}

/** Where the press stands between rounds. */
export interface Standing {
  readonly city: City;
  readonly traces: Traces;
  /** The city holds everything up to this event. */
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
  await applyChanges(options.feed, standing);
  options.onStep?.('applied');
  if (!standing.city.ready() || upToDate(options, standing)) return result(standing, false);
  const forms = standing.touched === 'everything' && (await options.releases.wantsForms?.()) === true;
  const drawn = draw(pressOptions(options, standing), {
    forms,
    ...(options.texts ? { texts: options.texts } : {}),
    onEnd: () => options.onStep?.('rendered'),
  });
  const { release, changed } = await seal(options.releases, drawn, standing);
  options.onStep?.('sealed');
  const pressed = drawn.pressed();
  await remember(options, standing, pressed, release);
  options.onStep?.('remembered');
  return result(standing, changed, pressed);
}

/** Brings the city up to the present. */
export async function applyChanges(feed: Feed, standing: Standing): Promise<void> {
  const changes = await feed.changesAfter(standing.seq, (changed) => standing.city.dependents(changed));
  if (!changes) return;
  const touched = standing.city.apply(changes.items);
  if (typeof standing.touched !== 'string') for (const key of touched) standing.touched.add(key);
  standing.seq = changes.seq;
}

/** Nothing has to be looked at. */
export function upToDate(
  { theme }: Pick<PressRoundOptions, 'theme'>,
  { touched, traces, seq, saved }: Standing,
): boolean {
  return typeof touched !== 'string' && touched.size === 0 && traces.theme() === theme.version && seq === saved?.seq;
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
  readonly changes: Iterable<ReleaseChange> | AsyncIterable<readonly ReleaseChange[]> | undefined;
  /** Known once `changes` is drawn to its end. */
  readonly pressed: () => Pressed;
}

export interface DrawOptions {
  /** Where the city keeps its bodies, if not in memory. */
  readonly texts?: TextFile;
  /** Whether the sealer has none of the compressed forms yet: then threads make them with the pages. */
  readonly forms?: boolean;
  readonly onEnd?: () => void;
}

/** Renders a few pages here, many on threads. */
export function draw(options: PressOptions, drawing: DrawOptions = {}): Drawn {
  // Of a whole site it is known that there is much to do before it is known what: threads start meanwhile.
  if (options.touched === 'everything' && areThreadsOfUse(options, options.city.ids()))
    return drawOnThreads(options, () => planPress(options), drawing);
  const plan = planPress(options);
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

function drawOnThreads(
  options: PressOptions,
  planned: () => Plan,
  { texts, forms = false, onEnd }: DrawOptions,
): Drawn {
  const { city, theme, traces, onTarget } = options;
  const threads = { city, theme, forms, ...(texts ? { texts } : {}) };
  let pressed: Pressed | undefined;
  const changes = async function* (): AsyncGenerator<readonly ReleaseChange[]> {
    let plan: Plan | undefined;
    let gathering: Gathering | undefined;
    let done = 0;
    const targets = (): Iterable<TargetId> => {
      plan = planned();
      gathering = gather(plan, traces, theme);
      return plan.targets.keys();
    };
    for await (const some of renderOnThreads(threads, targets)) {
      const batch: ReleaseChange[] = [];
      for (const { record, changes } of some) {
        onTarget?.(done++, plan?.targets.size ?? 0);
        gathering?.take(record);
        batch.push(...changes);
      }
      yield batch;
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

function releaseChange([path, page]: PageChange): ReleaseChange {
  if (!page) return { path, entry: null };
  const { status, type, body, location } = page.output;
  return {
    path,
    entry: {
      status,
      type,
      body: typeof body === 'string' ? Buffer.from(body) : body,
      ...(location === undefined ? {} : { location }),
      provenance: page.provenance,
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
  { feed, releases }: PressRoundOptions,
  standing: Standing,
  pressed: Pressed,
  release: Release,
): Promise<void> {
  const { compressor } = releases;
  const state: PressState = { seq: standing.seq, theme: pressed.theme, root: release.root, compressor };
  const { records, removed, replace } = pressed;
  await feed.save({ records, removed, replace, state });
  standing.traces.commit(pressed);
  standing.touched = new Set();
  standing.saved = state;
  standing.release = release;
}

function result({ release }: Standing, changed: boolean, pressed?: Pressed): RoundResult {
  return {
    release,
    changed,
    rendered: pressed?.rendered ?? 0,
    why: (path) => pressed?.why(path),
  };
}
