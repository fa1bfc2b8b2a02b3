import { ChengmenError } from '@chengmen/model';
import type { LogHead, MapRef, Prunings, ReadStore, ReleaseHead } from '@chengmen/release';
import {
  keptMaps,
  namesOfHash,
  nextPruning,
  pruningsIn,
  recordPruning,
  sweep,
  withPruning,
  type Between,
  type NewPruning,
  type Sealer,
  type Swept,
  type SweepStep,
  type WriteStore,
} from '@chengmen/seal';
import { findErasable, type Erasable } from './find-erasable.ts';
import { planRetention, stretchesBy, type PlannedRelease } from './plan-retention.ts';
import type { RetentionRules } from './retention-rules.ts';

export interface PruneRequest {
  readonly rules: RetentionRules;
  /** Newest checkpoint each portal and mirror was found to have. */
  readonly served: readonly ({ readonly place: string } & LogHead)[];
  /** Checkpoints of proofs that were handed out. */
  readonly proofs: readonly ({ readonly file: string } & LogHead)[];
  readonly dryRun: boolean;
  readonly by: string;
  /** In place of all rules: bytes that are to go, by their hash or the path of a page, and by what order. */
  readonly erase?: { readonly what: string; readonly why: string };
}

export interface Pruned {
  readonly dryRun: boolean;
  /** Number of releases in the log. */
  readonly size: number;
  /** Each release that was still there. Empty for an erasure. */
  readonly planned: readonly PlannedRelease[];
  /** Numbers of releases that are gone by earlier prunings. */
  readonly gone: number;
  readonly erasable: Erasable | null;
  /** The record that was made; null where nothing new was to be taken away, and in a dry run. */
  readonly record: number | null;
  readonly swept: Swept;
}

export interface PruneMeans {
  readonly store: WriteStore;
  readonly sealer: Sealer;
  /** Verifier keys, one a line. */
  readonly key: string;
  /** Holds off other processes that seal into the same store. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** When releases went live. */
  readonly times: () => Promise<ReadonlyMap<number, Date>>;
  readonly clock: () => Date;
  readonly onStep?: (step: SweepStep | 'recorded') => void | Promise<void>;
}

/**
 * Plans what goes, records it, and takes it away: in this order, so that whatever moment it is cut off at, what is gone is
 * signed for. Throws `no-release`, `erase-live`, `not-found`, `served-unknown`; ReleaseError where the store is not whole.
 */
export async function pruneReleases(means: PruneMeans, request: PruneRequest): Promise<Pruned> {
  const { store, sealer, key } = means;
  const between: Between = (work) => means.exclusively(() => sealer.between(work));
  const { head, prunings } = await between(async (now) => {
    if (!now) throw new ChengmenError('no-release');
    return { head: now, prunings: await pruningsIn(store, { key }, now) };
  });
  const { planned, erasable, what } = request.erase
    ? await toErase(store, head, prunings, request.erase)
    : await toPrune(means, head, prunings, request);
  const about = { at: means.clock(), by: request.by };
  let after = prunings;
  if (what && request.dryRun) after = withPruning(prunings, nextPruning(prunings, head, { ...what, ...about }));
  else if (what)
    after = await between(async (now) =>
      recordPruning({
        store,
        trust: { key },
        sign: (text) => sealer.signRecord(text),
        prunings,
        record: nextPruning(prunings, now ?? head, { ...what, ...about }),
      }),
    );
  await means.onStep?.('recorded');
  const swept = await sweep({
    store,
    between,
    prunings: after,
    dryRun: request.dryRun,
    onlyErased: request.erase !== undefined,
    share: request.rules.share,
    ...(means.onStep ? { onStep: means.onStep } : {}),
  });
  const size = head.checkpoint.size;
  return {
    dryRun: request.dryRun,
    size,
    planned,
    gone: request.erase ? 0 : size - planned.length,
    erasable,
    record: what && !request.dryRun ? after.notes.length : null,
    swept,
  };
}

interface Decided {
  readonly planned: readonly PlannedRelease[];
  readonly erasable: Erasable | null;
  readonly what: NewPruning | undefined;
}

async function toPrune(
  { times, clock }: PruneMeans,
  { log, checkpoint }: ReleaseHead,
  prunings: Prunings,
  { rules, served, proofs }: PruneRequest,
): Promise<Decided> {
  const { size } = checkpoint;
  for (const { place, ...seen } of served) await checkOurs(log, seen, place);
  const planned = planRetention({
    rules,
    now: clock(),
    size,
    isPruned: (release) => prunings.prunedBy(release) !== undefined,
    times: await times(),
    served: served.map((one) => ({ place: one.place, release: one.size })),
    proofs: proofs.map((one) => ({ file: one.file, release: one.size })),
  });
  const going = planned.filter(({ stays }) => !stays);
  const releases = stretchesBy(going, { number: (one) => one.number, said: () => '' }).map(
    ({ from, to }) => [from, to] as const,
  );
  const what =
    releases.length === 0 ? undefined : ({ kind: 'pruned', rule: rules.name, rules: rules.hash, releases } as const);
  return { planned, erasable: null, what };
}

/** What a place serves must be a release of this log: else nobody knows what it needs. */
async function checkOurs(log: ReleaseHead['log'], { size, root }: LogHead, place: string): Promise<void> {
  const refuse = (problem: string): ChengmenError => new ChengmenError('served-unknown', { place, problem });
  if (size > log.head.size) throw refuse(`第 ${size} 版，这里只有 ${log.head.size} 版 (it is ahead of this store)`);
  if ((await log.rootAt(size)) !== root) throw refuse('不是这个网站的日志 (it is of another log)');
}

async function toErase(
  store: ReadStore,
  { log, leaf }: ReleaseHead,
  prunings: Prunings,
  { what, why }: NonNullable<PruneRequest['erase']>,
): Promise<Decided> {
  const maps: MapRef[] = [];
  for await (const map of keptMaps(log, prunings)) maps.push(map);
  const found = await findErasable(store, { what, maps, newest: leaf.map });
  const gone = await Promise.all(found.blobs.map((hash) => isGone(store, prunings, hash)));
  const erasable = { ...found, blobs: found.blobs.filter((_, at) => gone[at] !== true) };
  if (erasable.blobs.length === 0) {
    if (erasable.live > 0 && found.blobs.length === 0) throw new ChengmenError('erase-live', { what });
    throw new ChengmenError('not-found', { what: '可清除的旧版 (an older version to erase)', id: what });
  }
  const { paths, blobs } = erasable;
  return { planned: [], erasable, what: { kind: 'erased', why, paths, blobs } };
}

/** Erased before, and not put there again. */
async function isGone(store: ReadStore, prunings: Prunings, hash: string): Promise<boolean> {
  if (!prunings.erasedBy(hash)) return false;
  const bytes = await Promise.all(namesOfHash(hash).map((name) => store.get(name)));
  return bytes.every((one) => one === undefined);
}
