import { setImmediate } from 'node:timers/promises';
import { ChengmenError, type Hash, type ItemId, type LiveItem, type ReadKey, type TargetId } from '@chengmen/model';
import {
  createCity,
  createTraces,
  planPress,
  renderTarget,
  type City,
  type MemoryDelta,
  type Plan,
  type Pressed,
  type TargetRecord,
  type Traces,
} from '@chengmen/press';
import { releaseChange } from './release-change.ts';
import type { Beside, ReleaseChange } from './releases.ts';
import { areThreadsOfUse, renderOnThreads } from './render-threads.ts';
import type { PressRoundOptions, Standing } from './press-round.ts';

/** From so many targets on, a change of site settings or of a channel's face is made beside the live release. */
const wideByDefault = 2000;

/** Items that wait, as the live release has them and as they shall be. */
interface Deferred {
  readonly before: LiveItem;
  readonly after: LiveItem;
}

/**
 * A site-wide change that is made beside the live release, from the city as it was at one moment, while items go on
 * being pressed as if it had not been approved yet (decision 25).
 */
export interface WideChange {
  readonly deferred: ReadonlyMap<ItemId, Deferred>;
  /** The last event that the live release holds, and all before it. */
  readonly since: number;
  /** What was pressed meanwhile: what each target had been at the beginning, and all keys that were read. */
  readonly before: Map<TargetId, TargetRecord | undefined>;
  readonly liveKeys: Set<ReadKey>;
  /** Subjects touched meanwhile. */
  readonly touched: Set<ReadKey>;
  readonly plan: Plan;
  readonly beside: Beside;
  /** Of the release that is being made. */
  readonly traces: Traces;
  /** What the memory must be told of it: targets that read or stand elsewhere, reads with other answers. */
  readonly changedTargets: Set<TargetId>;
  readonly changedReads: Set<ReadKey>;
  /** Targets that need the city itself: made at the end. */
  readonly late: Set<TargetId>;
  state: 'working' | 'ready' | 'failed' | 'dropped';
  working: Promise<void>;
}

/**
 * Items whose new version may come into force later than what is approved after it: site settings, and channels that
 * stay where and what they are. Any mixture of their old and new versions with other items is a state the city could
 * have had, had they been approved later.
 */
export function deferrable(city: City, items: readonly LiveItem[]): ReadonlyMap<ItemId, Deferred> {
  const found = new Map<ItemId, Deferred>();
  for (const after of items) {
    if (after.kind !== 'site' && after.kind !== 'channel') continue;
    const before = city.item(after.id);
    if (before && before.hash !== after.hash && standsAsBefore(before, after)) found.set(after.id, { before, after });
  }
  return found;
}

function standsAsBefore(before: LiveItem, after: LiveItem): boolean {
  const parent = (item: LiveItem): unknown => ('parent' in item.fields ? item.fields.parent : null);
  return (
    before.kind === after.kind &&
    before.state === 'live' &&
    after.state === 'live' &&
    before.path === after.path &&
    before.formerPaths.join() === after.formerPaths.join() &&
    parent(before) === parent(after)
  );
}

const sides = (deferred: ReadonlyMap<ItemId, Deferred>, side: keyof Deferred): LiveItem[] =>
  [...deferred.values()].map((one) => one[side]);

/**
 * Takes what is site-wide out of what was just applied, and begins to make it beside the live release. Does nothing
 * where nothing is, or where what remains would be site-wide too.
 */
export async function deferWideChange(
  options: PressRoundOptions,
  standing: Standing,
  deferred: ReadonlyMap<ItemId, Deferred>,
): Promise<void> {
  const { theme, releases, wideFrom = wideByDefault } = options;
  const { city, traces, touched, saved } = standing;
  if (deferred.size === 0 || typeof touched === 'string' || !saved || !releases.beside) return;
  if (traces.theme() !== theme.version || !city.ready()) return;
  const plan = planPress({ city, theme, traces, touched });
  if (plan.targets.size < wideFrom) return;
  for (const key of city.apply(sides(deferred, 'before'))) touched.add(key);
  const rest = planPress({ city, theme, traces, touched });
  city.apply(sides(deferred, 'after'));
  if (rest.targets.size >= wideFrom) return;
  const render = renderer(options, city, plan);
  const wide: WideChange = {
    deferred,
    since: saved.seq,
    before: new Map(),
    liveKeys: new Set(),
    touched: new Set(touched),
    plan,
    beside: await releases.beside(),
    traces: createTraces({ theme: theme.version, records: [] }),
    changedTargets: new Set(),
    changedReads: new Set(),
    late: new Set(),
    state: 'working',
    working: Promise.resolve(),
  };
  const rendered = render((target) => wide.late.add(target));
  // Drawn from once before the city goes back: from here on it works from the city as it is now.
  const first = rendered.next();
  city.apply(sides(deferred, 'before'));
  standing.wide = wide;
  wide.working = make(wide, standing.traces, rendered, first).then(
    () => finish(wide, 'ready', options),
    (error: unknown) => {
      if (wide.state === 'working') options.onWideError?.(error);
      finish(wide, 'failed', options);
    },
  );
}

function finish(wide: WideChange, state: 'ready' | 'failed', { wake }: PressRoundOptions): void {
  if (wide.state !== 'working') return;
  wide.state = state;
  wake?.();
}

interface Made {
  readonly record: TargetRecord;
  readonly changes: readonly ReleaseChange[];
}
type Rendering = AsyncGenerator<Iterable<Made>>;

function renderer(
  { theme, texts, bytes }: PressRoundOptions,
  city: City,
  { targets }: Plan,
): (onRefused: (target: TargetId) => void) => Rendering {
  const kept = texts ? { texts } : {};
  if (areThreadsOfUse({ theme }, targets.keys()))
    return (onRefused) => renderOnThreads({ city, theme, ...kept, frozen: true, onRefused }, () => targets.keys());
  const frozen = createCity({ items: [...city.ids()].flatMap((id) => city.item(id) ?? []), bytes });
  return () => renderHere(frozen, theme, targets.keys());
}

const atOnce = 16;

async function* renderHere(city: City, theme: PressRoundOptions['theme'], targets: Iterable<TargetId>): Rendering {
  let some: Made[] = [];
  for (const target of targets) {
    const { outputs, record, provenance } = renderTarget(target, theme, city);
    some.push({ record, changes: outputs.map((output) => releaseChange([output.path, { output, provenance }])) });
    if (some.length < atOnce) continue;
    yield some;
    some = [];
    await setImmediate();
  }
  yield some;
}

/** Renders and writes all that is planned, a little at a time; whatever else happens in this process comes between. */
async function make(
  wide: WideChange,
  live: Traces,
  rendered: Rendering,
  first: ReturnType<Rendering['next']>,
): Promise<void> {
  try {
    for (let step = await first; step.done !== true; step = await rendered.next()) {
      if (wide.state === 'dropped') return;
      const changes: ReleaseChange[] = [];
      for (const one of step.value) {
        remember(wide, live, one.record);
        changes.push(...one.changes);
      }
      await wide.beside.write(changes);
    }
    await takeOver(wide, live);
    await wide.beside.fold();
  } finally {
    await rendered.return(undefined);
  }
}

/** What a target was when the change began. */
function startRecord(wide: WideChange, live: Traces, target: TargetId): TargetRecord | undefined {
  return wide.before.has(target) ? wide.before.get(target) : live.record(target);
}

function remember(wide: WideChange, live: Traces, record: TargetRecord): void {
  const { traces, changedTargets, changedReads } = wide;
  for (const path of record.paths) {
    const owner = traces.ownerOf(path);
    if (owner !== undefined && owner !== record.target)
      throw new ChengmenError('address-conflict', { path, one: owner, other: record.target });
  }
  if (!sameShape(startRecord(wide, live, record.target), record)) changedTargets.add(record.target);
  for (const [key, hash] of record.reads) if (live.hashOf(key) !== hash) changedReads.add(key);
  if (record.paths.length > 0) commit(traces, record);
}

function commit(traces: Traces, record: TargetRecord): void {
  traces.commit({ theme: traces.theme() ?? '', records: [record], removed: [] });
}

/** Targets the change leaves as they are, and addresses nothing stands at any more. */
async function takeOver(wide: WideChange, live: Traces): Promise<void> {
  const { plan, traces, before, beside } = wide;
  let done = 0;
  const breathe = async (): Promise<void> => {
    if (++done % 500 === 0) await setImmediate();
  };
  for (const target of new Set([...live.targets(), ...before.keys()])) {
    const record = plan.targets.has(target) ? undefined : startRecord(wide, live, target);
    if (record) {
      for (const path of record.paths) {
        const owner = traces.ownerOf(path);
        if (owner !== undefined) throw new ChengmenError('address-conflict', { path, one: owner, other: target });
      }
      commit(traces, record);
    }
    await breathe();
  }
  const left: ReleaseChange[] = [];
  for (const target of plan.targets.keys()) {
    for (const path of startRecord(wide, live, target)?.paths ?? [])
      if (traces.ownerOf(path) === undefined) left.push({ path, entry: null });
    await breathe();
  }
  await beside.write(left);
}

/** Keeps what the wide change has to know of a press that went on beside it; before the traces take that in. */
export function noteBeside(wide: WideChange, live: Traces, { records, removed }: Pressed): void {
  const note = (target: TargetId): void => {
    if (!wide.before.has(target)) wide.before.set(target, live.record(target));
  };
  for (const target of removed) note(target);
  for (const record of records) {
    note(record.target);
    for (const [key] of record.reads) wide.liveKeys.add(key);
  }
}

/** Whether what has been committed now cannot come into force before the wide change. */
export function mustWait(wide: WideChange | undefined, items: readonly LiveItem[]): boolean {
  return wide !== undefined && items.some(({ id }) => wide.deferred.has(id));
}

/** Puts what was deferred into the city: from here on it is pressed like anything else. */
export function bringIn(standing: Standing, wide: WideChange): readonly ReadKey[] {
  return standing.city.apply(sides(wide.deferred, 'after'));
}

/** What is still to be rendered when the wide change is whole: what was touched meanwhile, and what needs the city itself. */
export function planSwitch({ theme }: PressRoundOptions, { city }: Standing, wide: WideChange): Plan {
  const { traces, touched, late, plan } = wide;
  const { targets } = planPress({ city, theme, traces, touched });
  const all = new Map(targets);
  for (const target of late) all.set(target, plan.targets.get(target) ?? { cause: 'new' });
  return { targets: all, gone: [], replace: false };
}

/** What the memory must be told, so that it holds what the new traces hold; it holds what the live ones do. */
export function switchDelta(
  wide: WideChange,
  live: Traces,
  { records, removed }: Pressed,
): Pick<MemoryDelta, 'records' | 'removed'> & { readonly answers: readonly (readonly [ReadKey, Hash])[] } {
  const { traces, changedTargets, changedReads, before, liveKeys } = wide;
  const targets = new Set([...changedTargets, ...before.keys(), ...removed]);
  const keys = new Set([...changedReads, ...liveKeys]);
  for (const record of records) {
    targets.add(record.target);
    for (const [key] of record.reads) keys.add(key);
  }
  const answers = [...keys].flatMap((key): [ReadKey, Hash][] => {
    const hash = traces.hashOf(key);
    return hash === undefined ? [] : [[key, hash]];
  });
  const now = [...targets].map((target) => ({ target, record: traces.record(target) }));
  return {
    records: now.flatMap(({ target, record }) => (record && !sameShape(live.record(target), record) ? [record] : [])),
    removed: now.flatMap(({ target, record }) => (!record && live.record(target) ? [target] : [])),
    answers,
  };
}

/** Whether a target reads the same and stands in the same places, whatever the answers. */
function sameShape(one: TargetRecord | undefined, other: TargetRecord): boolean {
  return (
    one !== undefined &&
    one.paths.join('\n') === other.paths.join('\n') &&
    one.reads.length === other.reads.length &&
    one.reads.every(([key], at) => key === other.reads[at]?.[0])
  );
}

export async function dropWideChange(standing: Standing | undefined): Promise<void> {
  const wide = standing?.wide;
  if (!wide) return;
  wide.state = 'dropped';
  await wide.working;
}
