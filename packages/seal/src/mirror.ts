import {
  blobsOf,
  checkContinues,
  checkpointName,
  decodeEntry,
  encodeEntries,
  encodePage,
  hashOf,
  inParallel,
  lookup,
  mapPageName,
  neededTiles,
  noPrunings,
  followedKeys,
  openFollowed,
  keyStatementName,
  readKeyStatements,
  pageReader,
  parseLeaf,
  parseHeld,
  pendingCheckpoint,
  pendingHeld,
  pendingPrefix,
  pendingPruning,
  pruningHash,
  pruningName,
  readHead,
  readPrunings,
  ReleaseError,
  tileName,
  tileWidth,
  trusted,
  type Entry,
  type HashText,
  type Leaf,
  type LogHead,
  type MapRef,
  type PageReader,
  type Prunings,
  type ReadStore,
  type ReleaseHead,
  type Trust,
} from '@chengmen/release';
import { LruMap } from 'toad-cache';
import { createBudget, type Budget } from './budget.ts';
import type { MirrorSource } from './mirror-source.ts';
import { pruningNote, readPruningNote } from './pruning-note.ts';
import { announcement } from './recover.ts';
import { sweep, type Swept } from './sweep.ts';
import type { StoredFile, WriteStore } from './types.ts';

/** Where a crash is interesting. In this order; `checkpoint-written` is the promotion. */
export type MirrorStep = 'noted' | 'pulled' | 'log-written' | 'checkpoint-written' | 'finished';

export interface MirrorOptions extends Trust {
  readonly from: MirrorSource;
  readonly to: WriteStore;
  /** Only the newest release, not the older ones of the log. A source that has no older ones makes it so. */
  readonly newest?: boolean;
  /**
   * What the source has recorded as pruned is taken away here too, and with `newest` all but the newest release.
   * Otherwise a mirror keeps what it has. What was erased goes in any case.
   */
  readonly prune?: boolean;
  /** Bytes of new releases from which, with `prune` and `newest`, the older ones go. Default 64 MB; whatever the first brings. */
  readonly sweepFrom?: number;
  /** Ends a pulling between two files, with the signal's reason; it can be made again. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MirrorProgress) => void;
  /** Called at each step; what it throws ends the pulling there, as a crash would. */
  readonly onStep?: (step: MirrorStep) => void | Promise<void>;
}

/** Counted over one `pull`. */
export interface MirrorProgress {
  /** Releases looked through, of how many. */
  readonly releases: number;
  readonly of: number;
  /** Files written and their bytes. */
  readonly files: number;
  readonly bytes: number;
}

export interface Mirrored {
  /** False where everything was there already. */
  readonly changed: boolean;
  /** Number of releases in the log. */
  readonly size: number;
  /** Map root and number of paths of the newest release. */
  readonly root: HashText;
  readonly paths: number;
  readonly files: number;
  readonly bytes: number;
  /** What was taken away; absent where nothing was to be. */
  readonly swept?: Swept;
}

export interface Mirror {
  /**
   * Pulls what is missing and promotes the newest release. Calls are not to overlap.
   * Throws ReleaseError: `rolled-back`, `forked`, `checkpoint-invalid`, `missing`, `damaged`, `no-release` for what the source has,
   * `invalid` for the key and for a target that is a sealer's; and what the stores throw.
   */
  pull(): Promise<Mirrored>;
}

/** The newest checkpoint that was accepted, while the release it stands for is not yet whole in the mirror. */
const seenNote = `${pendingPrefix}seen`;

/** Beginnings over again because the source had gone on meanwhile, without anything new being pulled in between. */
const mostAttempts = 5;

/**
 * Keeps a store the same as a source, which is not trusted: nothing is written that does not verify below the checkpoint.
 * A page of the map is written after everything below it, so a page that is there tells that its whole subtree is: what is
 * missing is found by walking down from the root past what is there, and a pulling that was cut off goes on where it was.
 * There may be one writer for a store at a time; the caller sees to that.
 */
export function createMirror(options: MirrorOptions): Mirror {
  const { from, to, onProgress } = options;
  trusted(options);
  /** Of older ones a mirror of the newest release may hold any number when it is begun. */
  const unswept = { bytes: Infinity };
  /** What the source offered and the mirror then held, whole, with the older releases where they are wanted. */
  let whole: Whole | undefined;

  const pull = async (): Promise<Mirrored> => {
    const own = whole && (await noteAt(to)) === whole.held;
    if (whole && own && (await noteAt(from)) === whole.offered && !(await hasNewRecord(from, whole.prunings)))
      return whole.told;
    // As long as nobody else has promoted anything here, the turn is still ours.
    if (own !== true) await to.takeTurn();
    const ours = whole && own ? whole.told.size : 0;
    const prunings = whole && own ? whole.prunings : undefined;
    whole = undefined;
    if (await to.has(pendingCheckpoint))
      throw new ReleaseError('invalid', pendingCheckpoint, 'the target is the store of a sealer that was cut off');
    const counts = { releases: 0, of: 0, files: 0, bytes: 0 };
    const work = createWork(options, () => onProgress?.({ ...counts }), { counts, ours, prunings, unswept });
    for (let attempt = 1, before = 0; ; attempt++) {
      const offered = await noteAt(from);
      try {
        const told = await pullOnce(work);
        const held = await noteAt(to);
        const { size, root, paths } = told;
        const idle = { changed: false, size, root, paths, files: 0, bytes: 0 };
        whole = { offered: offered ?? '', held, told: idle, prunings: work.prunings ?? noPrunings };
        return told;
      } catch (error) {
        if (!(error instanceof ReleaseError)) throw error;
        // A site has no more of a release once it has gone on to the next: then that one is wanted.
        if (attempt >= mostAttempts && counts.files === before) throw error;
        before = counts.files;
        // Nor of an older one that has been pruned meanwhile: that was recorded before anything went.
        const same = (await noteAt(from)) === offered;
        if (same && !(await hasNewRecord(from, work.prunings ?? noPrunings))) throw error;
      }
    }
  };
  return {
    async pull() {
      const told = await pull();
      await carryHeld(options);
      return told;
    },
  };
}

/** What the source tells of a hold goes along, unverified as it is; a running site tells nothing of it. */
async function carryHeld({ from, to }: MirrorOptions): Promise<void> {
  const there = await to.get(pendingHeld);
  const told = from.older ? await from.get(pendingHeld) : undefined;
  if (parseHeld(told) === parseHeld(there)) return;
  if (told && parseHeld(told) !== undefined) await to.replace([pendingHeld, told]);
  else await to.remove([pendingHeld]);
}

interface Whole {
  readonly offered: string;
  readonly held: string | undefined;
  readonly told: Mirrored;
  readonly prunings: Prunings;
}

async function hasNewRecord(from: MirrorSource, { notes }: Prunings): Promise<boolean> {
  return (await from.get(pruningName(notes.length + 1))) !== undefined;
}

interface Work {
  readonly options: MirrorOptions;
  readonly counts: { releases: number; of: number; files: number; bytes: number };
  /** Size of the log that this very mirror has made whole; 0 where what is there has to be looked at first. */
  readonly ours: number;
  /** What the mirror knows to be taken away; undefined until it has been read. */
  prunings: Prunings | undefined;
  /** Written since what is not wanted was last taken away. */
  readonly unswept: { bytes: number };
  readonly budget: Budget;
  /** Blobs under way, by name: several paths may have the same. */
  readonly underWay: Map<string, Promise<void>>;
  tell(): void;
  put(files: readonly StoredFile[]): Promise<void>;
  step(name: MirrorStep): Promise<void>;
}

function createWork(
  options: MirrorOptions,
  tell: () => void,
  { counts, ours, prunings, unswept }: Pick<Work, 'counts' | 'ours' | 'prunings' | 'unswept'>,
): Work {
  return {
    options,
    counts,
    ours,
    prunings,
    unswept,
    budget: createBudget(budgetBytes),
    underWay: new Map(),
    tell,
    async put(files) {
      options.signal?.throwIfAborted();
      if (files.length === 0) return;
      await options.to.put(files);
      counts.files += files.length;
      for (const [, bytes] of files) {
        counts.bytes += bytes.length;
        unswept.bytes += bytes.length;
      }
      tell();
    },
    step: async (name) => {
      await options.onStep?.(name);
    },
  };
}

async function pullOnce(work: Work): Promise<Mirrored> {
  const { from, to, key, origin } = work.options;
  const own = await ownCheckpoint(to, { key, origin });
  // What the mirror has come to believe of the keys comes before what the source says of them.
  const head = await readHead(from, { key, origin, statements: await readKeyStatements(to) });
  for (const seen of [own.promoted, own.seen]) if (seen) await checkContinues(head.log, seen);
  await to.put(head.statements.map((note, at) => [keyStatementName(at + 1), Buffer.from(note)]));
  await pullPrunings(work, head);
  const promote = (await noteAt(to)) !== head.note;
  if (promote && own.seen?.size !== head.checkpoint.size) {
    await to.replace([seenNote, Buffer.from(head.note)]);
    await work.step('noted');
  }
  const written = work.counts.files;
  await pullMaps(work, head, own.promoted?.size ?? 0);
  await pullAgain(work, head.leaf.map);
  await work.step('pulled');
  await pullLog(work, head, promote ? (own.promoted?.size ?? 0) : undefined);
  await work.step('log-written');
  if (promote) await to.replace([checkpointName, Buffer.from(head.note)]);
  else if (work.counts.files > written) await to.sync();
  await work.step('checkpoint-written');
  await to.remove(await pendingNames(work, head.checkpoint.size));
  await work.step('finished');
  const { files, bytes } = work.counts;
  const { map } = head.leaf;
  // Only now: what the portal served until now may have been of use to it.
  const swept = await carryOut(work, head, own.promoted);
  const changed = promote || files > 0;
  const told = { changed, size: head.checkpoint.size, root: map.hash, paths: map.count, files, bytes };
  return swept ? { ...told, swept } : told;
}

/** The records of what was taken away: those of the mirror first, then what the source has signed since. */
async function pullPrunings(work: Work, { log, checkpoint }: ReleaseHead): Promise<void> {
  const { from, to, key, origin } = work.options;
  const followed = await followedKeys(to, { key, origin });
  const own = work.prunings ?? (await readPrunings(to, followed));
  const last = own.notes.length;
  const offered = last > 0 ? await from.get(pruningName(last)) : undefined;
  if (offered && pruningHash(Buffer.from(offered).toString('utf8')) !== pruningHash(own.notes[last - 1] ?? ''))
    throw new ReleaseError('forked', pruningName(last), 'not the record this mirror has seen before');
  const all = await readPrunings(from, followed, { log, known: own });
  const fresh = all.records.slice(last);
  const early = fresh.find((record) => record.log.size > checkpoint.size);
  if (early)
    throw new ReleaseError('missing', checkpointName, `record ${early.number} is of a release that was sealed since`);
  await to.put(all.notes.slice(last).map((note, at) => [pruningName(last + at + 1), Buffer.from(note)]));
  work.prunings = all;
}

/**
 * What was erased may have been published once more, just as it was: then a page of the map that is there tells nothing
 * of whether its bytes are.
 */
async function pullAgain(work: Work, map: MapRef): Promise<void> {
  const { to } = work.options;
  const erased = work.prunings?.records.flatMap((record) => (record.kind === 'erased' ? record.paths : [])) ?? [];
  for (const path of new Set(erased)) {
    const entry = await lookup(pageReader(to), map, path);
    for (const blob of entry ? blobsOf(entry) : []) {
      if (!work.prunings?.erasedBy(blob.hash) || (await to.has(blob.name))) continue;
      const bytes = await readBlob(work, path, entry as Entry, blob);
      if (bytes) await work.put([[blob.name, bytes]]);
    }
  }
}

const defaultSweep = 64 * 1024 * 1024;

/** What was recorded as taken away goes here too, as far as it is wanted. */
async function carryOut(work: Work, head: ReleaseHead, before: LogHead | undefined): Promise<Swept | undefined> {
  const { to, newest = false, prune = false, sweepFrom = defaultSweep, from } = work.options;
  const prunings = work.prunings ?? noPrunings;
  const { state, carriedOut } = await readPruningNote(to);
  const alone = newest || !from.older;
  const due = prunings.records.slice(carriedOut).some(({ kind }) => prune || kind === 'erased');
  // Nobody records that an older release is not wanted in a mirror of the newest.
  const full = alone && prune && before !== undefined && work.unswept.bytes >= sweepFrom;
  if (!due && !full && state === 'done') return undefined;
  work.unswept.bytes = 0;
  const last = before && parseLeaf(await head.log.entry(before.size - 1), `entry ${before.size}`).map;
  return sweep({
    store: to,
    between: (run) => run(head),
    prunings,
    newest: alone,
    onlyErased: !prune,
    // A portal serves it until it looks again.
    keep: last && prune && alone ? [last] : [],
  });
}

/** What the mirror has accepted before. Its own checkpoint was verified when it was written, but the disk may have changed it. */
async function ownCheckpoint(
  to: WriteStore,
  trust: Trust,
): Promise<{ readonly promoted: LogHead | undefined; readonly seen: LogHead | undefined }> {
  const promoted = await to.get(checkpointName);
  const seen = await to.get(seenNote);
  const followed = await followedKeys(to, trust);
  const open = (bytes: Uint8Array): LogHead => openFollowed(bytes, followed);
  let accepted: LogHead | undefined;
  try {
    accepted = seen && open(seen);
  } catch {
    // Torn off, or of a key that counts no more: the promoted one still holds.
  }
  try {
    return { promoted: promoted && open(promoted), seen: accepted };
  } catch (error) {
    const problem = error instanceof ReleaseError ? error.problem : String(error);
    throw new ReleaseError('checkpoint-invalid', 'the checkpoint of the mirror', problem, { cause: error });
  }
}

/** All maps that are wanted, oldest first: each is pulled as what differs from the one before. */
async function pullMaps(work: Work, { log, leaf, checkpoint }: ReleaseHead, held: number): Promise<void> {
  const { newest, from } = work.options;
  const mapOf = async (index: number): Promise<MapRef> => parseLeaf(await log.entry(index), `entry ${index}`).map;
  const pruned = (index: number): boolean => work.prunings?.prunedBy(index + 1) !== undefined;
  if (newest === true || !from.older) {
    work.counts.of = 1;
    await pullMap(work, leaf.map, held > 0 ? await mapOf(held - 1) : undefined);
    work.counts.releases = 1;
    return;
  }
  work.counts.of = checkpoint.size;
  let before = work.ours > 0 && !pruned(work.ours - 1) ? await mapOf(work.ours - 1) : undefined;
  for (let bundle = Math.floor(work.ours / tileWidth); bundle * tileWidth < checkpoint.size; bundle++) {
    const entries = await log.entries(bundle);
    for (const [at, entry] of entries.entries()) {
      const index = bundle * tileWidth + at;
      if (index < work.ours || pruned(index)) continue;
      const { map } = parseLeaf(entry, `entry ${index}`);
      await pullMap(work, map, before);
      before = map;
      work.counts.releases = index + 1;
    }
  }
  work.tell();
}

/** Bytes of blobs under way at the same time, and what one counts at least. */
const budgetBytes = 64 * 1024 * 1024;
const leastCost = budgetBytes / 32;

/** Blobs larger than this are asked for at the mirror before they are pulled; to pull a smaller one again costs no more than asking. */
const readAhead = 16_384;

/** Pages of a list pulled at the same time, and subtrees of a branch: those multiply from level to level. */
const listWidth = 16;
const branchWidth = 2;

async function pullMap(work: Work, map: MapRef, before: MapRef | undefined): Promise<void> {
  const { from, to } = work.options;
  const known = before && knownLeaves(pageReader(to), before);
  const subtree = async (prefix: string, ref: MapRef): Promise<void> => {
    if (ref.count === 0 || (await to.has(mapPageName(ref.hash)))) return;
    const page = await from.page(prefix, ref);
    if ('children' in page) {
      const children = page.children.map((child, nibble) => [prefix + nibble.toString(16), child] as const);
      await inParallel(children, branchWidth, ([at, child]) => subtree(at, child));
    } else await inParallel(page.leaves, listWidth, (leaf) => pullLeaf(work, leaf, known));
    // Only now: whoever finds this page asks no more for what is below it.
    await work.put([[mapPageName(ref.hash), encodePage(page)]]);
  };
  await subtree('', map);
}

async function pullLeaf(work: Work, { path, text }: Leaf, known: KnownLeaves | undefined): Promise<void> {
  const { to } = work.options;
  const entry = decodeEntry(text);
  const there = await known?.(path);
  const pullBlob = async (blob: Blob): Promise<void> => {
    if ((blob.size ?? 0) > readAhead && (await to.has(blob.name))) return;
    await work.budget.spend(Math.max(leastCost, blob.size ?? 0), async () => {
      const bytes = await readBlob(work, path, entry, blob);
      // The source has it still, or again: which of both is looked at when all is here.
      if (bytes && work.prunings?.erasedBy(blob.hash))
        await to.replace(pruningNote({ state: 'running', carriedOut: 0 }));
      if (bytes) await work.put([[blob.name, bytes]]);
    });
  };
  const isThere = ({ name, hash }: Blob): boolean =>
    there?.has(name) === true && work.prunings?.erasedBy(hash) === undefined;
  const wanted = blobsOf(entry).filter((blob) => !isThere(blob));
  await inParallel(wanted, wanted.length, (blob) => {
    const pulling = work.underWay.get(blob.name) ?? pullBlob(blob);
    work.underWay.set(blob.name, pulling);
    return pulling.finally(() => work.underWay.delete(blob.name));
  });
}

type Blob = ReturnType<typeof blobsOf>[number];

/** undefined for bytes that were erased. */
async function readBlob(work: Work, path: string, entry: Entry, blob: Blob): Promise<Uint8Array | undefined> {
  const bytes = await work.options.from.blob({ path, entry, name: blob.name });
  const erased = work.prunings?.erasedBy(blob.hash);
  if (erased && (!bytes || hashOf(bytes) !== blob.hash)) return undefined;
  const refuse = (code: 'missing' | 'damaged', problem: string): ReleaseError =>
    new ReleaseError(code, blob.name, `${problem} (${path})`);
  if (!bytes) throw refuse('missing', 'it is not there');
  if (blob.size !== undefined && bytes.length !== blob.size)
    throw refuse('damaged', `${bytes.length} bytes, not ${blob.size}`);
  const is = hashOf(bytes);
  if (is !== blob.hash) throw refuse('damaged', `its bytes hash to ${is}`);
  return bytes;
}

/** Names of the blobs a path has in a map that is whole in the mirror; none where it has none. */
type KnownLeaves = (path: string) => Promise<ReadonlySet<string> | undefined>;

/** Pages kept: those on the way to one list, with room for lists side by side. */
const pagesKept = 64;

function knownLeaves(read: PageReader, map: MapRef): KnownLeaves {
  const pages = new LruMap<ReturnType<PageReader>>(pagesKept);
  const remember: PageReader = (prefix, ref) => {
    const page = pages.get(ref.hash) ?? read(prefix, ref);
    pages.set(ref.hash, page);
    return page;
  };
  return async (path) => {
    // Where the mirror's own page cannot be read, each blob is asked for by its name.
    const entry = await lookup(remember, map, path).catch(() => undefined);
    return entry && new Set(blobsOf(entry).map(({ name }) => name));
  };
}

/** The tiles the log is made of, as they were verified below its checkpoint. `from`: the size in force, where that is to grow. */
async function pullLog(work: Work, { log }: ReleaseHead, from: number | undefined): Promise<void> {
  const { to } = work.options;
  const files: StoredFile[] = [];
  const there = new Set(neededTiles(work.ours).map(tileName));
  for (const tile of neededTiles(log.head.size)) {
    const name = tileName(tile);
    if (there.has(name) || (await to.has(name))) continue;
    const { level, index } = tile;
    files.push([
      name,
      level === 'entries'
        ? encodeEntries(await log.entries(index))
        : Buffer.from((await log.tile(level, index)).join(''), 'hex'),
    ]);
  }
  if (from !== undefined) {
    // A log that goes on beyond its checkpoint is a fault, unless it was announced.
    const before = new Set(neededTiles(from).map(tileName));
    const fresh = neededTiles(log.head.size).map(tileName);
    await to.put([
      announcement(
        log.head.size,
        fresh.filter((name) => !before.has(name)),
      ),
    ]);
  }
  await work.put(files);
}

/** What is superfluous after a promotion. What a pulling left that was cut off is looked for once: a list reads all names. */
async function pendingNames({ options: { to }, ours }: Work, size: number): Promise<string[]> {
  const [announced] = announcement(size, []);
  if (ours > 0) return [seenNote, announced];
  const names: string[] = [];
  for await (const name of to.list(pendingPrefix))
    if (name !== pendingPruning && name !== pendingHeld) names.push(name);
  return names;
}

async function noteAt(store: Pick<ReadStore, 'get'>): Promise<string | undefined> {
  const bytes = await store.get(checkpointName);
  return bytes && Buffer.from(bytes).toString('utf8');
}
