import {
  blobsOf,
  checkedPruning,
  checkpointName,
  decodeEntries,
  decodeEntry,
  decodePage,
  encodeEntries,
  hashOf,
  inParallel,
  levelLength,
  levelsOf,
  mapPageName,
  neededTiles,
  followedKeys,
  openFollowed,
  openLog,
  parseLeaf,
  parseTileName,
  pendingCheckpoint,
  problemOf,
  pruningName,
  pruningsOf,
  recordHash,
  ReleaseError,
  tileName,
  tileWidth,
  treeHash,
  trusted,
  walkPages,
  type Checkpoint,
  type HashText,
  type LogHead,
  type LogReader,
  type MapRef,
  type Problem,
  type PruningRecord,
  type Prunings,
  type ReadStore,
  type Tile,
  type Trust,
} from '@chengmen/release';
import type { WriteStore } from './types.ts';

export interface ScrubOptions extends Trust {
  readonly store: WriteStore;
  /** Other stores of the same releases, asked in this order. None of them is trusted: only bytes that verify are taken. */
  readonly from?: readonly Pick<ReadStore, 'get'>[];
  /** The newest head seen before: an older checkpoint is never put back. */
  readonly lastSeen?: LogHead | undefined;
  /** Files read at the same time; default 16. */
  readonly parallel?: number;
  /** Called after each file. */
  readonly onProgress?: (progress: ScrubProgress) => void;
}

export interface ScrubProgress {
  /** Files found right so far. */
  readonly files: number;
  readonly found: number;
  readonly repaired: number;
}

export interface ScrubReport {
  /** All the releases need is there and right, now. */
  readonly ok: boolean;
  /** Number of releases in the log; 0 where no checkpoint can be trusted. */
  readonly size: number;
  /** Files found right. */
  readonly files: number;
  /** Files that were missing or had other bytes, whether repaired or not. */
  readonly found: readonly Problem[];
  /** Names of those that are right again, durably. */
  readonly repaired: readonly string[];
  /** Those nothing right could be found for, and those that could not be read; left as they were. */
  readonly unrepairable: readonly Problem[];
  /** Releases that were taken away by a rule, and files that were by an order: nothing is put back of either. */
  readonly pruned: number;
  readonly erased: number;
}

/**
 * Reads every file that a release of the log needs, and puts back from other stores what is missing or rotten.
 * Nothing is written that does not verify against the signed checkpoint; files no release needs are not looked at (verifyRelease names them).
 * It writes, so no sealer may be at work on the store. A store that cannot be read is no damage: its files are told and not touched.
 * Throws `invalid` for the key, and what the store throws when it is written.
 */
export async function scrub(options: ScrubOptions): Promise<ScrubReport> {
  trusted(options);
  const work = createWork(options);
  const checkpoint = await scrubCheckpoint(work);
  const leaves = checkpoint ? await scrubLog(work, checkpoint.head) : [];
  const prunings = await scrubPrunings(work);
  const kept = leaves.filter(({ number }) => !prunings.prunedBy(number));
  const walk: MapWalk = { walked: new Set(), known: new Set(), prunings, erased: 0 };
  for (const { map } of kept.reverse()) await scrubMap(work, map, walk);
  // Putting it back brings the release into force: last, and only over a whole one.
  await work.settle();
  if (checkpoint?.missing) {
    if (work.unrepairable.length === 0) await work.write(checkpointName, checkpoint.bytes, checkpoint.missing);
    else work.give(checkpoint.missing, 'not put back over releases that are not whole');
    await work.settle();
  }
  return {
    ok: work.unrepairable.length === 0,
    size: checkpoint?.head.size ?? 0,
    files: work.progress.files,
    found: work.found,
    repaired: work.repaired,
    unrepairable: work.unrepairable,
    pruned: leaves.length - kept.length,
    erased: walk.erased,
  };
}

/** Reads bytes as what they should be. Throws ReleaseError for any others. */
type Reading<T> = (bytes: Uint8Array) => T;

interface Work {
  readonly options: ScrubOptions;
  readonly progress: { files: number; found: number; repaired: number };
  readonly found: Problem[];
  readonly repaired: string[];
  readonly unrepairable: Problem[];
  /**
   * The file of the store as `read` takes it, repaired where needed; undefined where that failed.
   * `right`: its bytes, where they are known without asking another store.
   */
  heal<T>(name: string, read: Reading<T>, right?: Uint8Array): Promise<T | undefined>;
  note(problem: Problem): void;
  /** A file that is right. */
  count(): void;
  /** Notes that nothing could be done. */
  give(problem: Problem, why: string): void;
  /** Puts verified bytes in the place of what `problem` tells. */
  write(name: string, bytes: Uint8Array, problem: Problem): Promise<void>;
  /** Makes what was written durable. */
  settle(): Promise<void>;
}

function createWork(options: ScrubOptions): Work {
  const { store, from = [], onProgress } = options;
  const progress = { files: 0, found: 0, repaired: 0 };
  const found: Problem[] = [];
  const repaired: string[] = [];
  const unrepairable: Problem[] = [];
  const tell = (): void => onProgress?.({ ...progress });
  const note = (problem: Problem): void => {
    found.push(problem);
    progress.found++;
  };
  const give = (problem: Problem, why: string): void => {
    unrepairable.push({ ...problem, problem: `${problem.problem}; ${why}` });
    tell();
  };
  const count = (): void => {
    progress.files++;
    tell();
  };

  const writeNow = async (name: string, bytes: Uint8Array, problem: Problem): Promise<void> => {
    if (name === checkpointName) await store.replace([name, bytes]);
    else {
      // `put` would refuse other bytes under the name. After a crash in between the file is missing instead of rotten.
      await store.remove([name]);
      await store.put([[name, bytes]]);
    }
    const kept = await store.get(name);
    if (!kept || Buffer.compare(kept, bytes) !== 0) {
      give(problem, 'the store does not keep the right bytes');
      return;
    }
    repaired.push(name);
    progress.repaired++;
    tell();
  };

  // A store has one writer, who does one thing after another.
  let last: Promise<void> = Promise.resolve();
  const write: Work['write'] = (name, bytes, problem) => (last = last.then(() => writeNow(name, bytes, problem)));

  const heal: Work['heal'] = async (name, read, right) => {
    const own = await readOne(store, name, read);
    if ('value' in own) {
      count();
      return own.value;
    }
    note(own.problem);
    if (!own.replaceable) {
      give(own.problem, 'not touched');
      return undefined;
    }
    if (right) {
      await write(name, right, own.problem);
      return read(right);
    }
    const refusals: string[] = [];
    for (const [at, other] of from.entries()) {
      const outcome = await readOne(other, name, read);
      if ('value' in outcome) {
        await write(name, outcome.bytes, own.problem);
        return outcome.value;
      }
      refusals.push(`store ${at + 1}: ${outcome.problem.problem}`);
    }
    give(own.problem, refusals.join('; ') || 'there is no other store');
    return undefined;
  };

  return {
    options,
    progress,
    found,
    repaired,
    unrepairable,
    heal,
    note,
    count,
    give,
    write,
    settle: () => store.sync(),
  };
}

type Outcome<T> =
  | { readonly value: T; readonly bytes: Uint8Array }
  /** `replaceable`: the store answered, and what it has is not right. */
  | { readonly problem: Problem; readonly replaceable: boolean };

async function readOne<T>(store: Pick<ReadStore, 'get'>, name: string, read: Reading<T>): Promise<Outcome<T>> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await store.get(name);
  } catch (error) {
    // A store with its own idea of rotten bytes says so; anything else may be the line, not the file.
    const replaceable = error instanceof ReleaseError && error.code === 'damaged';
    const { problem } = problemOf(error, name);
    return { problem: { code: 'damaged', where: name, problem }, replaceable };
  }
  if (!bytes) return { problem: { code: 'missing', where: name, problem: 'it is not there' }, replaceable: true };
  try {
    return { value: read(bytes), bytes };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { problem: { code: 'damaged', where: name, problem: error.problem }, replaceable: true };
  }
}

interface FoundCheckpoint {
  readonly head: Checkpoint;
  readonly bytes: Uint8Array;
  /** What is wrong with the store's own. */
  readonly missing?: Problem;
}

/**
 * The store's own checkpoint, or the newest of the others where that is gone.
 * One that may be older than what was lost is not taken: the next sealing would sign another root for a size already signed.
 */
async function scrubCheckpoint(work: Work): Promise<FoundCheckpoint | undefined> {
  const { store, from = [], lastSeen } = work.options;
  const followed = await followedKeys(store, work.options);
  const read: Reading<Checkpoint> = (bytes) => {
    const head = openFollowed(bytes, followed);
    if (head.size === 0) throw new ReleaseError('damaged', checkpointName, 'the log is empty');
    return head;
  };
  const own = await readOne(store, checkpointName, read);
  if ('value' in own) {
    work.count();
    return { head: own.value, bytes: own.bytes };
  }
  const { problem } = own;
  work.note(problem);
  const fail = (why: string): undefined => {
    work.give(problem, why);
  };
  if (!own.replaceable) return fail('not touched');
  let newest: FoundCheckpoint | undefined;
  for (const other of from) {
    const outcome = await readOne(other, checkpointName, read);
    if ('value' in outcome && outcome.value.size > (newest?.head.size ?? 0))
      newest = { head: outcome.value, bytes: outcome.bytes, missing: problem };
  }
  if (!newest) return fail('no other store has one that is signed');
  const { size } = newest.head;
  if (lastSeen && lastSeen.size > size) return fail(`size ${size} elsewhere; ${lastSeen.size} was seen before`);
  if (await store.get(pendingCheckpoint)) return fail('a signed one waits in the store: the next sealing decides');
  for await (const name of store.list('tile/')) {
    const tile = parseTileName(name);
    if (tile && isBeyond(tile, size)) return fail(`size ${size} elsewhere, and the store has ${name} of a longer log`);
  }
  return newest;
}

function isBeyond({ level, index, width }: Tile, size: number): boolean {
  return index * tileWidth + width > levelLength(level, size);
}

/** The maps of all releases whose entries could be had. With all entries every tile can be made again without another store. */
async function scrubLog(work: Work, head: Checkpoint): Promise<{ readonly number: number; readonly map: MapRef }[]> {
  const bundles = await findBundles(work, head);
  const entries = bundles.flatMap((bundle) => bundle ?? []);
  if (bundles.every((bundle) => bundle !== undefined)) {
    const hashes = entries.map(recordHash);
    checkSeen(work, hashes);
    await scrubTiles(work, entries, hashes);
  }
  return bundles.flatMap((bundle, index) =>
    (bundle ?? []).map((entry, at) => ({
      number: index * tileWidth + at + 1,
      map: parseLeaf(entry, checkpointName).map,
    })),
  );
}

function checkSeen(work: Work, hashes: readonly HashText[]): void {
  const { lastSeen } = work.options;
  if (!lastSeen) return;
  const accuse = (code: Problem['code'], problem: string): void => {
    work.note({ code, where: checkpointName, problem });
    work.give({ code, where: checkpointName, problem }, 'not a matter of rotten files');
  };
  if (hashes.length < lastSeen.size) accuse('rolled-back', `size ${hashes.length}; ${lastSeen.size} was seen before`);
  else if (treeHash(hashes, 0, lastSeen.size) !== lastSeen.root)
    accuse('forked', `not a continuation of the log of size ${lastSeen.size} seen before`);
}

type Bundle = readonly Uint8Array[];

/** What may stand in one bundle. Several only where no tile could be trusted to choose. */
interface Choice {
  readonly name: string;
  readonly own: Outcome<Bundle>;
  readonly bundles: readonly Bundle[];
  /** A tile below the signed root names it. */
  readonly verified: boolean;
}

/** Ways of putting a log together from several rotten ones that are tried at most. */
const combinationLimit = 4_096;

/** Each bundle as the signed root wants it, from whichever store has it; undefined where none has. */
async function findBundles(work: Work, head: Checkpoint): Promise<readonly (Bundle | undefined)[]> {
  const { store, from = [] } = work.options;
  const stores = [store, ...from];
  const logs = stores.map((one) => openLog(one, head));
  const choices: Choice[] = [];
  for (let index = 0; index * tileWidth < head.size; index++)
    choices.push(await findChoice(stores, logs, index, Math.min(tileWidth, head.size - index * tileWidth)));
  const chosen =
    combine(choices, head.root) ?? choices.map(({ verified, bundles }) => (verified ? bundles[0] : undefined));
  for (const [index, choice] of choices.entries()) await settleBundle(work, choice, chosen[index]);
  return chosen;
}

async function findChoice(
  stores: readonly Pick<ReadStore, 'get'>[],
  logs: readonly LogReader[],
  index: number,
  width: number,
): Promise<Choice> {
  const name = tileName({ level: 'entries', index, width });
  const read: Reading<Bundle> = (bytes) => {
    const bundle = decodeEntries(bytes, name);
    if (bundle.length !== width) throw new ReleaseError('damaged', name, `${bundle.length} entries, not ${width}`);
    return bundle;
  };
  const outcomes = await Promise.all(stores.map((one) => readOne(one, name, read)));
  const bundles = outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
  const own = outcomes[0] as Outcome<Bundle>;
  for (const log of logs) {
    const hashes = await log.tile(0, index).catch(() => undefined);
    if (!hashes) continue;
    const right = bundles.find((bundle) => bundle.every((entry, at) => recordHash(entry) === hashes[at]));
    return { name, own, bundles: right ? [right] : [], verified: right !== undefined };
  }
  const distinct = new Map(bundles.map((bundle) => [hashOf(encodeEntries(bundle)), bundle]));
  return { name, own, bundles: [...distinct.values()], verified: false };
}

/** The one way to choose that gives the signed root. */
function combine(choices: readonly Choice[], root: HashText): readonly Bundle[] | undefined {
  const ways = choices.reduce((product, { bundles }) => product * bundles.length, 1);
  for (let way = 0; way < Math.min(ways, combinationLimit); way++) {
    let rest = way;
    const bundles = choices.flatMap(({ bundles }) => {
      const bundle = bundles[rest % bundles.length];
      rest = Math.floor(rest / bundles.length);
      return bundle ? [bundle] : [];
    });
    if (treeHash(bundles.flat().map(recordHash)) === root) return bundles;
  }
  return undefined;
}

async function settleBundle(work: Work, { name, own }: Choice, bundle: Bundle | undefined): Promise<void> {
  const bytes = bundle && encodeEntries(bundle);
  if (bytes && 'value' in own && Buffer.compare(own.bytes, bytes) === 0) {
    work.count();
    return;
  }
  const problem: Problem =
    'value' in own ? { code: 'damaged', where: name, problem: 'not the entries the log names' } : own.problem;
  work.note(problem);
  if (!bytes) work.give(problem, 'no store has the entries that were signed');
  else if ('problem' in own && !own.replaceable) work.give(problem, 'not touched');
  else await work.write(name, bytes, problem);
}

/** Every tile is made from the entries, so it needs no other store. */
async function scrubTiles(work: Work, entries: Bundle, hashes: readonly HashText[]): Promise<void> {
  const { store } = work.options;
  const levels = levelsOf(hashes);
  const tiles = new Map(neededTiles(entries.length).map((tile) => [tileName(tile), tile]));
  for await (const name of store.list('tile/')) {
    const tile = parseTileName(name);
    // Partial tiles of earlier sizes may be gone, but where they are they must be right.
    if (tile && !isBeyond(tile, entries.length)) tiles.set(name, tile);
  }
  const last = Math.floor((entries.length - 1) / tileWidth);
  for (const [name, { level, index, width }] of tiles) {
    const from = index * tileWidth;
    const newest = level === 'entries' && (width === tileWidth || (index === last && from + width === entries.length));
    if (newest) continue;
    const right =
      level === 'entries'
        ? encodeEntries(entries.slice(from, from + width))
        : Buffer.from((levels[level] ?? []).slice(from, from + width).join(''), 'hex');
    await work.heal(name, sameBytes(name, right), right);
  }
}

function sameBytes(name: string, right: Uint8Array): Reading<void> {
  return (bytes) => {
    if (Buffer.compare(bytes, right) !== 0) throw new ReleaseError('damaged', name, 'not what the log holds there');
  };
}

/** Thrown at the walker for a page that could not be had; it has been told already. */
const unhealed = new Error('unhealed');

/** What is remembered from one map to the next. */
interface MapWalk {
  readonly walked: Set<HashText>;
  readonly known: Set<string>;
  readonly prunings: Prunings;
  erased: number;
}

/** The records of what was taken away. One that is gone or rotten is put back like any other file: without it pruned is lost. */
async function scrubPrunings(work: Work): Promise<Prunings> {
  const { store, from = [] } = work.options;
  const followed = await followedKeys(store, work.options);
  const [records, notes]: [PruningRecord[], string[]] = [[], []];
  for (;;) {
    const name = pruningName(notes.length + 1);
    const read = (bytes: Uint8Array): ReturnType<typeof checkedPruning> => checkedPruning(bytes, followed, notes);
    const others = await Promise.all(from.map((other) => readOne(other, name, read)));
    const there = await readOne(store, name, read);
    // Whether there is a further one is known by whoever has it.
    if (!('value' in there) && there.problem.code === 'missing' && others.every((one) => !('value' in one))) break;
    const healed = await work.heal(name, read);
    if (!healed) break;
    records.push(healed.record);
    notes.push(healed.note);
  }
  return pruningsOf(records, notes);
}

async function scrubMap(work: Work, root: MapRef, walk: MapWalk): Promise<void> {
  const { walked, known, prunings } = walk;
  const pages = walkPages(
    async (prefix, ref) => {
      const name = mapPageName(ref.hash);
      const page = await work.heal(name, (bytes) => decodePage(bytes, prefix, ref, name));
      if (!page) throw unhealed;
      return page;
    },
    root,
    {
      skip: ({ hash }) => {
        const seen = walked.has(hash);
        walked.add(hash);
        return seen;
      },
      onProblem: (error) => {
        if (error !== unhealed) throw error;
      },
    },
  );
  await inParallel(newBlobs(pages, known), work.options.parallel ?? 16, async ({ name, hash, size }) => {
    if (prunings.erasedBy(hash) && !(await work.options.store.get(name))) {
      walk.erased++;
      return;
    }
    await work.heal(name, (bytes) => {
      const is = hashOf(bytes);
      if (is !== hash) throw new ReleaseError('damaged', name, `its bytes hash to ${is}`);
      if (size !== undefined && size !== bytes.length)
        throw new ReleaseError('damaged', name, `${bytes.length} bytes, not ${size}`);
    });
  });
}

async function* newBlobs(
  pages: ReturnType<typeof walkPages>,
  known: Set<string>,
): AsyncGenerator<ReturnType<typeof blobsOf>[number]> {
  for await (const { page } of pages) {
    if ('children' in page) continue;
    for (const { text } of page.leaves) {
      for (const blob of blobsOf(decodeEntry(text))) {
        if (known.has(blob.name)) continue;
        known.add(blob.name);
        yield blob;
      }
    }
  }
}
