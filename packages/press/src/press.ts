import {
  ChengmenError,
  type Hash,
  type LiveItem,
  type Output,
  type PagePath,
  type ReadKey,
  type Source,
  type TargetId,
  type Theme,
} from '@chengmen/model';
import { answerHash } from './answer-hash.ts';
import type { City } from './city.ts';
import type { TargetRecord } from './memory.ts';
import { readAgain, readKey } from './read-key.ts';
import { createTraces, type Traces } from './traces.ts';
import { trackReads } from './track-reads.ts';

/** Why a target was rendered. */
export type Why =
  | { readonly cause: 'everything' }
  | { readonly cause: 'theme'; readonly before: Hash; readonly after: Hash }
  | { readonly cause: 'new'; readonly touched?: ReadKey }
  | { readonly cause: 'read'; readonly reads: readonly ChangedRead[] };

export interface ChangedRead {
  readonly key: ReadKey;
  readonly before: Hash;
  readonly after: Hash;
}

/** What stands at an address from now on, and canonical JSON that says what it was made from. */
export interface Page {
  readonly output: Output;
  readonly provenance: Uint8Array;
}

export type PageChange = readonly [PagePath, Page | null];

export interface PressOptions {
  readonly city: City;
  readonly theme: Theme;
  readonly traces: Traces;
  /**
   * - subjects that may have changed, as `City.apply` gives them;
   * - `recheck`: every remembered read is made again (nothing is rendered whose answers are the same);
   * - `everything`: every target is rendered.
   */
  readonly touched: Iterable<ReadKey> | 'recheck' | 'everything';
  /** Called before each target is rendered, with how many are done and how many there are. */
  readonly onTarget?: (done: number, total: number) => void;
}

export interface Pressed {
  /** The version of the theme all of it was made with. */
  readonly theme: Hash;
  /** May be gone through more than once, until the traces have taken it in. */
  readonly records: Iterable<TargetRecord>;
  readonly removed: readonly TargetId[];
  /** The records are all there are. */
  readonly replace: boolean;
  /** All records, where they are all there are: of a whole site they are kept as traces from the first on. */
  readonly whole?: Traces;
  /** Number of targets rendered. */
  readonly rendered: number;
  /** Why the page at an address was made again; undefined where it was not. */
  readonly why: (path: PagePath) => { readonly target: TargetId; readonly why: Why } | undefined;
}

/** What is to be rendered, and the targets nothing stands for any more. */
export interface Plan {
  readonly targets: ReadonlyMap<TargetId, Why>;
  readonly gone: readonly TargetId[];
  /** The targets are all there are. */
  readonly replace: boolean;
}

/** What a target gave, and what it was made from. */
export interface Rendered {
  readonly outputs: readonly Output[];
  readonly record: TargetRecord;
  readonly provenance: Uint8Array;
}

/** Puts together what was rendered of a plan, in whatever order and wherever that was done. */
export interface Gathering {
  /** Throws `address-conflict` where another target claimed one of the addresses. */
  readonly take: (record: TargetRecord) => void;
  /** The same of several that came together. */
  readonly takeAll: (records: readonly TargetRecord[]) => void;
  /** When all is taken: the addresses nothing stands at any more, and what was done. */
  readonly end: () => { readonly left: readonly PagePath[]; readonly pressed: Pressed };
}

/** Renders what must be rendered, all at once. For a whole site, draw from `pressPages` instead. */
export function press(options: PressOptions): Pressed & { readonly changes: ReadonlyMap<PagePath, Page | null> } {
  const changes = new Map<PagePath, Page | null>();
  const pages = pressPages(options);
  for (let step = pages.next(); ; step = pages.next()) {
    if (step.done === true) return { ...step.value, changes };
    changes.set(...step.value);
  }
}

/**
 * Renders what must be rendered, page by page as it is drawn, so that a whole site needs no more memory than its
 * records. Each address comes once; addresses nothing stands at any more come last, with null.
 * The traces stay as they are: give the result to `Traces.commit` when it is safely kept.
 * Throws `address-conflict` where two targets claim one address.
 */
export function* pressPages(
  options: PressOptions,
  plan: Plan = planPress(options),
): Generator<PageChange, Pressed, undefined> {
  const gathering = gather(plan, options.traces, options.theme);
  let done = 0;
  for (const target of plan.targets.keys()) {
    options.onTarget?.(done++, plan.targets.size);
    const rendered = renderTarget(target, options.theme, options.city);
    gathering.take(rendered.record);
    for (const output of rendered.outputs) yield [output.path, { output, provenance: rendered.provenance }];
  }
  const { left, pressed } = gathering.end();
  for (const path of left) yield [path, null];
  return pressed;
}

/** See `Gathering`. The traces stay as they are. */
export function gather(plan: Plan, traces: Traces, theme: Theme): Gathering {
  return plan.replace ? gatherAll(plan, traces, theme) : gatherSome(plan, traces, theme);
}

function gatherSome({ targets, gone }: Plan, traces: Traces, theme: Theme): Gathering {
  const claimed = new Map<PagePath, TargetId>();
  const records: TargetRecord[] = [];
  const removed = [...gone];
  const take = (record: TargetRecord): void => {
    for (const path of record.paths) {
      refuseClaimed(path, record.target, claimed.get(path));
      claimed.set(path, record.target);
      refuseTaken(path, record.target, traces, targets);
    }
    if (record.paths.length > 0) records.push(record);
    else if (traces.has(record.target)) removed.push(record.target);
  };
  return {
    take,
    takeAll: (some) => {
      some.forEach(take);
    },
    end: () => {
      const left = leftPaths([...targets.keys(), ...gone], traces, (path) => claimed.has(path));
      const why = (path: PagePath): ReturnType<Pressed['why']> => {
        const target = claimed.get(path) ?? left.get(path);
        const why = target === undefined ? undefined : targets.get(target);
        return target === undefined || why === undefined ? undefined : { target, why };
      };
      const pressed = { theme: theme.version, records, removed, replace: false, rendered: targets.size, why };
      return { left: [...left.keys()], pressed };
    },
  };
}

/** Of a whole site nothing is kept but what is remembered of it: of a million pages the rest would be a gigabyte. */
function gatherAll({ targets, gone }: Plan, traces: Traces, theme: Theme): Gathering {
  const whole = createTraces();
  const rendered = targets.size;
  const [cause] = targets.values();
  const takeAll = (records: readonly TargetRecord[]): void => {
    const claimed = new Map<PagePath, TargetId>();
    for (const { target, paths } of records)
      for (const path of paths) {
        refuseClaimed(path, target, claimed.get(path) ?? whole.ownerOf(path));
        claimed.set(path, target);
      }
    whole.append(records.filter(({ paths }) => paths.length > 0));
  };
  return {
    take: (record) => {
      takeAll([record]);
    },
    takeAll,
    end: () => {
      const removed = [...gone];
      for (const target of targets.keys()) if (!whole.has(target) && traces.has(target)) removed.push(target);
      const left = leftPaths(traces.targets(), traces, (path) => whole.ownerOf(path) !== undefined);
      const why = (path: PagePath): ReturnType<Pressed['why']> => {
        const target = whole.ownerOf(path) ?? left.get(path);
        return target === undefined || !cause ? undefined : { target, why: cause };
      };
      const pressed = { theme: theme.version, records: recordsOf(whole), removed, replace: true, whole, rendered, why };
      return { left: [...left.keys()], pressed };
    },
  };
}

function recordsOf(traces: Traces): Iterable<TargetRecord> {
  return {
    *[Symbol.iterator]() {
      for (const target of traces.targets()) {
        const record = traces.record(target);
        if (record) yield record;
      }
    },
  };
}

/** Readers looked at between two steps of planning. */
const readersAtOnce = 500;

/** Which targets must be rendered, and why. */
export function planPress(options: PressOptions): Plan {
  const steps = planSteps(options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** The same a little at a time; after each step, how many targets are known so far. */
export function* planSteps({ city, theme, traces, touched }: PressOptions): Generator<number, Plan, undefined> {
  const before = traces.theme();
  if (touched === 'everything' || before === undefined) return planAll(city, theme, traces, { cause: 'everything' });
  if (before !== theme.version) return planAll(city, theme, traces, { cause: 'theme', before, after: theme.version });
  const targets = new Map<TargetId, Why>();
  for (const key of touched === 'recheck' ? traces.keys() : touchedKeys(touched, traces))
    yield* addReaders(key, city, traces, targets);
  const candidates = touched === 'recheck' ? recheckCandidates(city, theme) : newCandidates(touched, city, theme);
  let looked = 0;
  for (const [target, why] of candidates) {
    if (!traces.has(target) && !targets.has(target)) targets.set(target, why);
    if (++looked % readersAtOnce === 0) yield targets.size;
  }
  return { targets, gone: [], replace: false };
}

function planAll(city: City, theme: Theme, traces: Traces, why: Why): Plan {
  const targets = new Map([...allTargets(city, theme)].map((target): [TargetId, Why] => [target, why]));
  return { targets, gone: [...traces.targets()].filter((target) => !targets.has(target)), replace: true };
}

function* touchedKeys(touched: Iterable<ReadKey>, traces: Traces): Generator<ReadKey> {
  for (const subject of touched) yield* traces.keysOf(subject);
}

/** The early cut-off: a read that gives the same answer as before makes nobody render. */
function* addReaders(key: ReadKey, city: City, traces: Traces, targets: Map<TargetId, Why>): Generator<number> {
  const before = traces.hashOf(key);
  const after = answerHash(key, readAgain(city, key));
  yield targets.size;
  if (before === undefined || before === after) return;
  const changed: ChangedRead = { key, before, after };
  let added = 0;
  for (const target of traces.readersOf(key)) {
    const known = targets.get(target);
    targets.set(target, { cause: 'read', reads: [...(known?.cause === 'read' ? known.reads : []), changed] });
    if (++added % readersAtOnce === 0) yield targets.size;
  }
}

function* newCandidates(touched: Iterable<ReadKey>, city: City, theme: Theme): Generator<[TargetId, Why]> {
  for (const key of touched)
    for (const target of theme.targetsOf(key, city)) yield [target, { cause: 'new', touched: key }];
}

function* recheckCandidates(city: City, theme: Theme): Generator<[TargetId, Why]> {
  for (const target of allTargets(city, theme)) yield [target, { cause: 'new' }];
}

/** What begins with each item, and with the site and its months. Neighbours stand beside each other: what one reads, the next has. */
function* allTargets(city: City, theme: Theme): Generator<TargetId> {
  const outlined: Source = { ...city, item: city.outline };
  for (const id of city.inOrder()) yield* theme.targetsOf(readKey.item(id), outlined);
  yield* theme.targetsOf(readKey.site(), outlined);
  for (const { month } of city.months(null)) yield* theme.targetsOf(readKey.month(null, month, 0), outlined);
}

/** Renders one target, writing down what it reads. */
export function renderTarget(target: TargetId, theme: Theme, city: City): Rendered {
  const { source, reads, items } = trackReads(city);
  const outputs = outputsOf(target, theme, source);
  const sorted = [...reads].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    outputs,
    record: { target, reads: sorted, paths: outputs.map(({ path }) => path) },
    provenance: provenance(target, theme.version, sorted, items),
  };
}

function outputsOf(target: TargetId, theme: Theme, source: Source): readonly Output[] {
  try {
    return theme.render(target, source);
  } catch (cause) {
    throw new Error(`press: the target ${target} cannot be rendered`, { cause });
  }
}

/** Nothing here depends on when or in which order pages were made: the same reads give the same bytes. */
function provenance(
  target: TargetId,
  theme: Hash,
  reads: TargetRecord['reads'],
  items: ReadonlySet<LiveItem>,
): Uint8Array {
  const revisions = [...items]
    .map(({ id, revision, hash }) => [id, revision, hash] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // Canonical JSON as it stands: its members are in order, and none of them holds an object.
  return Buffer.from(JSON.stringify({ reads, revisions, target, theme }));
}

function refuseClaimed(path: PagePath, target: TargetId, other: TargetId | undefined): void {
  if (other !== undefined) throw new ChengmenError('address-conflict', { path, one: other, other: target });
}

/** An address may pass from a target that is rendered in the same press; not from one that keeps it. */
function refuseTaken(path: PagePath, target: TargetId, traces: Traces, planned: ReadonlyMap<TargetId, Why>): void {
  const owner = traces.ownerOf(path);
  if (owner !== undefined && owner !== target && !planned.has(owner))
    throw new ChengmenError('address-conflict', { path, one: owner, other: target });
}

/** Addresses where some targets stood and nothing stands now. */
function leftPaths(
  targets: Iterable<TargetId>,
  traces: Traces,
  isClaimed: (path: PagePath) => boolean,
): Map<PagePath, TargetId> {
  const left = new Map<PagePath, TargetId>();
  for (const target of targets)
    for (const path of traces.record(target)?.paths ?? []) if (!isClaimed(path)) left.set(path, target);
  return left;
}
