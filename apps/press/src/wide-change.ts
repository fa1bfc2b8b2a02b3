import { setImmediate } from 'node:timers/promises';
import { ChengmenError, type Hash, type LiveItem, type PagePath, type ReadKey, type TargetId } from '@chengmen/model';
import {
  createTraces,
  gather,
  planPress,
  planSteps,
  readKey,
  renderTarget,
  type City,
  type MemoryDelta,
  type Plan,
  type Pressed,
  type TargetRecord,
  type Traces,
  type Why,
} from '@chengmen/press';
import { createFaces, isFace, type Face, type Faces } from './faces.ts';
import { releaseChange } from './release-change.ts';
import type { Beside, ReleaseChange } from './releases.ts';
import { areThreadsOfUse, renderOnThreads } from './render-threads.ts';
import type { PressRoundOptions, Standing } from './press-round.ts';

/** From so many targets on, a change of site settings or of channels is made beside the live release. */
const wideByDefault = 2000;

/**
 * A site-wide change that is made beside the live release, in a city of its own, while items go on being pressed as if
 * it had not been approved yet (decision 25).
 */
export interface WideChange {
  /** What comes into force with it. */
  readonly faces: Faces;
  /** What came later and cannot come into force before it, nor with it. */
  readonly waiting: Faces;
  /** The event after which the first thing came that waits. */
  waitsFrom: number | undefined;
  /** The last event that the live release held when it began, and all before it. */
  readonly since: number;
  /** The live city as it was when it began, with the change; of what came later, what is no longer `behind`. */
  readonly city: City;
  /** In the live city, and not in that one yet. */
  behind: LiveItem[];
  /** Subjects touched in `city` and not planned yet. */
  readonly touched: Set<ReadKey>;
  /** What was pressed meanwhile: what targets had been at the beginning, and the answers of what they read then or now. */
  readonly before: Map<TargetId, TargetRecord | undefined>;
  readonly answersBefore: Map<ReadKey, Hash | undefined>;
  readonly beside: Beside;
  /** Of the release that is being made. */
  readonly traces: Traces;
  /** All that was rendered for it, and why. */
  readonly plans: Plan[];
  /** What the memory must be told of it: targets that read or stand elsewhere, reads with other answers. */
  readonly changedTargets: Set<TargetId>;
  readonly changedReads: Set<ReadKey>;
  /** When it began, in milliseconds since 1970, and how many targets have been rendered. */
  readonly began: number;
  made: number;
  state: 'working' | 'ready' | 'failed' | 'dropped';
  working: Promise<void>;
}

/** What goes into the live city of what has come in. The rest comes with a site-wide change, or after it. */
export async function putOff(
  options: PressRoundOptions,
  standing: Standing,
  items: readonly LiveItem[],
): Promise<readonly LiveItem[]> {
  const { wide } = standing;
  return wide ? goOnBeside(options, standing, wide, items) : beginWideChange(options, standing, items);
}

function goOnBeside(
  { wideFrom = wideByDefault }: PressRoundOptions,
  { city, traces, seq }: Standing,
  wide: WideChange,
  items: readonly LiveItem[],
): readonly LiveItem[] {
  const { faces, waiting, behind } = wide;
  const live: LiveItem[] = [];
  const wait = (): void => {
    wide.waitsFrom ??= seq;
  };
  let now = items.filter(isFace).map((after): Face => {
    const before = faces.get(after.id)?.after ?? waiting.get(after.id)?.before ?? city.item(after.id);
    return { before, after };
  });
  const waits = (face: Face): boolean =>
    faces.affect(face.after) || waiting.affect(face.after) || mostReaders(traces, face) >= wideFrom;
  const isMerging = now.some(isMerge);
  // Again, as a channel waits with the one above it, which may come after it here.
  for (let some = now.filter(waits); some.length > 0; some = now.filter(waits)) {
    const late = new Set(isMerging ? now : some);
    for (const face of late) waiting.set(face);
    now = now.filter((face) => !late.has(face));
    wait();
  }
  for (const { after } of now) {
    live.push(after);
    behind.push(after);
  }
  for (const item of items) {
    if (isFace(item)) continue;
    const without = waiting.affect(item) ? undefined : faces.without(item, () => city.item(item.id));
    if (without) {
      live.push(without);
      behind.push(item);
    } else wait();
  }
  return live;
}

/** Also those it had: a channel that another was merged into has the other's. */
const addresses = ({ path, formerPaths }: LiveItem): string => [path, ...formerPaths].join();

/** A channel that goes, and the one that gets its addresses: neither without the other. */
const isMerge = ({ before, after }: Face): boolean =>
  before !== undefined && before.path !== null && 'mergedInto' in after.fields && after.path === null;

/** An over-estimate of how many targets a change of site settings or of a channel makes. */
function mostReaders(traces: Traces, { before, after }: Face): number {
  if (before && before.hash === after.hash && before.state === after.state && addresses(before) === addresses(after))
    return 0;
  const parents = [before, after].flatMap((one) => (one && 'parent' in one.fields ? [one.fields.parent] : []));
  const keys = [readKey.item(after.id), ...[...new Set(parents)].map((parent) => readKey.channels(parent))];
  if (after.kind === 'site') keys.push(readKey.site());
  return keys.reduce((sum, key) => sum + traces.countOf(key), 0);
}

/** So many items that come with a change are taken in before it is known whether it is wide; more make it so. */
const fewItems = 200;

/** Begins to make what is site-wide beside the live release. Where nothing is, all that has come in goes into the live city. */
async function beginWideChange(
  options: PressRoundOptions,
  standing: Standing,
  items: readonly LiveItem[],
): Promise<readonly LiveItem[]> {
  const { theme, releases, wideFrom = wideByDefault } = options;
  const { city, traces, touched, saved, plain } = standing;
  if (plain || typeof touched === 'string' || !saved || !releases.beside) return items;
  if (traces.theme() !== theme.version || !city.ready()) return items;
  const faces = createFaces();
  let most = 0;
  for (const after of items.filter(isFace)) {
    const face = { before: city.item(after.id), after };
    const readers = mostReaders(traces, face);
    if (readers > 0) faces.set(face);
    most += readers;
  }
  if (faces.size() === 0) return items;
  const change = items.filter((item) => faces.affect(item));
  if (most + change.length < wideFrom) return items;
  const wide = createWideChange(standing, { faces, since: saved.seq, beside: await releases.beside() });
  const few = change.length <= fewItems;
  if (few) apply(wide, change);
  const planning = few ? startPlanning(options, traces, wide) : undefined;
  if (planning?.atLeast(wideFrom) === false) return items;
  standing.wide = wide;
  wide.working = make(options, traces, wide, planning ?? change).then(
    () => finish(wide, 'ready', options),
    (error: unknown) => {
      if (wide.state === 'working') options.onWideError?.(error);
      finish(wide, 'failed', options);
    },
  );
  const changing = new Set(change);
  wide.behind = items.filter((item) => !changing.has(item));
  return items.flatMap((item) => faces.without(item, () => city.item(item.id)) ?? []);
}

function createWideChange(
  { city, traces }: Standing,
  given: Pick<WideChange, 'faces' | 'since' | 'beside'>,
): WideChange {
  return {
    ...given,
    waiting: createFaces(),
    waitsFrom: undefined,
    city: city.copy(),
    behind: [],
    touched: new Set(),
    before: new Map(),
    answersBefore: new Map(),
    traces: createTraces({ theme: traces.theme() ?? '', records: [] }),
    plans: [],
    changedTargets: new Set(),
    changedReads: new Set(),
    began: Date.now(),
    made: 0,
    state: 'working',
    working: Promise.resolve(),
  };
}

function apply({ city, touched }: WideChange, items: readonly LiveItem[]): void {
  for (const key of city.apply(items)) touched.add(key);
}

interface Planning {
  readonly atLeast: (targets: number) => boolean;
  /** The whole plan; whatever else happens in this process comes between. */
  readonly whole: () => Promise<Plan>;
}

/** Plans the change as it is from the traces as they were when it began. */
function startPlanning({ theme }: PressRoundOptions, live: Traces, wide: WideChange): Planning {
  const { city, answersBefore } = wide;
  const hashOf = (key: ReadKey): Hash | undefined =>
    answersBefore.has(key) ? answersBefore.get(key) : live.hashOf(key);
  const touched = new Set(wide.touched);
  wide.touched.clear();
  const record = (target: TargetId): TargetRecord | undefined => startRecord(wide, live, target);
  const steps = planSteps({ city, theme, traces: { ...live, hashOf, record }, touched });
  let step = steps.next();
  return {
    atLeast: (targets) => {
      while (step.done !== true && step.value < targets) step = steps.next();
      return step.done !== true || step.value.targets.size >= targets;
    },
    whole: async () => {
      for (; step.done !== true; step = steps.next()) await setImmediate();
      return withEdited(step.value, wide);
    },
  };
}

/** What edits made meanwhile may no longer read what it read when the change began. */
function withEdited(plan: Plan, { before }: WideChange): Plan {
  const edited = [...before].flatMap(([target, record]): [TargetId, Why][] =>
    record && !plan.targets.has(target) ? [[target, { cause: 'new' }]] : [],
  );
  return edited.length === 0 ? plan : { ...plan, targets: new Map([...plan.targets, ...edited]) };
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

/** What is planned, a little at a time, from the city of a wide change, which stays as it is meanwhile. */
function renderAll(
  { theme, texts }: PressRoundOptions,
  { city, beside }: WideChange,
  { targets }: Plan,
): AsyncIterable<Iterable<Made>> {
  if (!areThreadsOfUse({ theme }, targets.keys())) return renderHere(city, theme, targets.keys());
  const forms = beside.takesForms === true;
  return renderOnThreads({ city, theme, forms, ...(texts ? { texts } : {}) }, () => targets.keys());
}

const atOnce = 16;

async function* renderHere(
  city: City,
  theme: PressRoundOptions['theme'],
  targets: Iterable<TargetId>,
): AsyncGenerator<Made[]> {
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

/** So few targets are left for the switch. */
const fewLeft = 64;
/** Rounds of catching up. Where they come to no end, the switch takes longer. */
const mostRounds = 10;

const isDropped = ({ state }: WideChange): boolean => state === 'dropped';

/** Renders and writes the change, then what was approved meanwhile, until little of that is left. All the time edits come between. */
async function make(
  options: PressRoundOptions,
  live: Traces,
  wide: WideChange,
  begun: Planning | readonly LiveItem[],
): Promise<void> {
  if (!('whole' in begun)) await applyAll(wide, begun);
  const plan = await ('whole' in begun ? begun : startPlanning(options, live, wide)).whole();
  wide.plans.push(plan);
  await writeAll(options, wide, plan, (record) => {
    remember(wide, live, record);
  });
  if (isDropped(wide)) return;
  await takeOver(wide, live, plan);
  await wide.beside.fold();
  for (let round = 0; round < mostRounds && !isDropped(wide); round++) {
    const rest = planRest(options, wide);
    if (rest.targets.size <= fewLeft) return;
    await makeRest(options, wide, rest);
  }
}

/** Renders what is planned and writes it; ends early where the change is dropped. */
async function writeAll(
  options: PressRoundOptions,
  wide: WideChange,
  plan: Plan,
  take: (record: TargetRecord) => void,
): Promise<void> {
  for await (const some of renderAll(options, wide, plan)) {
    if (isDropped(wide)) return;
    const changes: ReleaseChange[] = [];
    for (const one of some) {
      take(one.record);
      wide.made++;
      changes.push(...one.changes);
    }
    await wide.beside.write(changes);
  }
}

/** Channels first: what stands in them is put on their shelves. */
async function applyAll(wide: WideChange, items: readonly LiveItem[]): Promise<void> {
  const sorted = [...items.filter(isFace), ...items.filter((item) => !isFace(item))];
  for (let at = 0; at < sorted.length; at += fewItems) {
    apply(wide, sorted.slice(at, at + fewItems));
    await setImmediate();
  }
}

/** Takes in what was approved meanwhile; what is still to be rendered because of it. */
function planRest({ theme }: PressRoundOptions, wide: WideChange): Plan {
  apply(wide, wide.behind.splice(0));
  const { city, traces, touched } = wide;
  return planPress({ city, theme, traces, touched });
}

/** Renders and writes what was planned of the rest, as any press does but for the promotion. */
async function makeRest(options: PressRoundOptions, wide: WideChange, plan: Plan): Promise<void> {
  const { traces, beside, touched } = wide;
  touched.clear();
  wide.plans.push(plan);
  const gathering = gather(plan, traces, options.theme);
  await writeAll(options, wide, plan, gathering.take);
  if (isDropped(wide)) return;
  const { left, pressed } = gathering.end();
  await beside.write(left.map((path) => ({ path, entry: null })));
  noteMade(wide, pressed);
  traces.commit(pressed);
  await beside.fold();
}

function noteMade({ changedTargets, changedReads }: WideChange, { records, removed }: Pressed): void {
  for (const target of removed) changedTargets.add(target);
  for (const { target, reads } of records) {
    changedTargets.add(target);
    for (const [key] of reads) changedReads.add(key);
  }
}

/** What a target was when the change began. */
function startRecord(wide: WideChange, live: Traces, target: TargetId): TargetRecord | undefined {
  return wide.before.has(target) ? wide.before.get(target) : live.record(target);
}

function remember(wide: WideChange, live: Traces, record: TargetRecord): void {
  const { traces, changedTargets, changedReads } = wide;
  for (const path of record.paths) refuseTaken(wide, path, record.target);
  if (!sameShape(startRecord(wide, live, record.target), record)) changedTargets.add(record.target);
  for (const [key, hash] of record.reads) if (live.hashOf(key) !== hash) changedReads.add(key);
  if (record.paths.length > 0) commit(traces, record);
}

function refuseTaken({ traces }: WideChange, path: PagePath, other: TargetId): void {
  const one = traces.ownerOf(path);
  if (one !== undefined && one !== other) throw new ChengmenError('address-conflict', { path, one, other });
}

function commit(traces: Traces, record: TargetRecord): void {
  traces.commit({ theme: traces.theme() ?? '', records: [record], removed: [] });
}

/** Targets the change leaves as they are, and addresses nothing stands at any more. */
async function takeOver(wide: WideChange, live: Traces, plan: Plan): Promise<void> {
  const { traces, before, beside } = wide;
  let done = 0;
  const breathe = async (): Promise<void> => {
    if (++done % 500 === 0) await setImmediate();
  };
  for (const target of new Set([...live.targets(), ...before.keys()])) {
    const record = plan.targets.has(target) ? undefined : startRecord(wide, live, target);
    if (record) {
      for (const path of record.paths) refuseTaken(wide, path, target);
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
  const noteAnswer = (key: ReadKey): void => {
    if (!wide.answersBefore.has(key)) wide.answersBefore.set(key, live.hashOf(key));
  };
  const note = (target: TargetId): void => {
    const before = live.record(target);
    for (const [key] of before?.reads ?? []) noteAnswer(key);
    if (!wide.before.has(target)) wide.before.set(target, before);
  };
  for (const target of removed) note(target);
  for (const record of records) {
    note(record.target);
    for (const [key] of record.reads) noteAnswer(key);
  }
}

/** What is to be rendered at the switch. */
export function planSwitch(options: PressRoundOptions, wide: WideChange): Plan {
  const plan = planRest(options, wide);
  wide.plans.push(plan);
  return plan;
}

/** What the memory must be told, so that it holds what the new traces hold; it holds what the live ones do. */
export function switchDelta(
  wide: WideChange,
  live: Traces,
  { records, removed }: Pressed,
): Pick<MemoryDelta, 'records' | 'removed' | 'answers' | 'unread'> {
  const { traces, changedTargets, changedReads, before, answersBefore } = wide;
  const targets = new Set([...changedTargets, ...before.keys(), ...removed]);
  const keys = new Set([...changedReads, ...answersBefore.keys()]);
  for (const record of records) {
    targets.add(record.target);
    for (const [key] of record.reads) keys.add(key);
  }
  const answers = [...keys].flatMap((key): [ReadKey, Hash][] => {
    const hash = traces.hashOf(key);
    return hash === undefined ? [] : [[key, hash]];
  });
  const now = [...targets].map((target) => ({ target, record: traces.record(target) }));
  const read = [...targets].flatMap((target) => live.record(target)?.reads ?? []);
  const unread = [...new Set(read.map(([key]) => key))].filter((key) => traces.hashOf(key) === undefined);
  return {
    records: now.flatMap(({ target, record }) => (record && !sameShape(live.record(target), record) ? [record] : [])),
    removed: now.flatMap(({ target, record }) => (!record && live.record(target) ? [target] : [])),
    answers,
    unread,
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
