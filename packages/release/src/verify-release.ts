import { checkpointName, type Checkpoint } from './checkpoint.ts';
import { blobsOf, decodeEntry } from './entry.ts';
import {
  followedKeys,
  keyStatementName,
  openFollowed,
  readKeyStatements,
  trusted,
  type FollowedKeys,
  type Trust,
} from './follow-keys.ts';
import { entryName } from './head.ts';
import { hashOf } from './hashing.ts';
import { inParallel } from './in-parallel.ts';
import { mapPageName } from './map-page.ts';
import { pageReader, walkPages } from './map-reader.ts';
import { recordHash, treeHash } from './merkle.ts';
import { openLog } from './log-reader.ts';
import { isReleaseFile, parsePending, pendingHeld, pendingPrefix, pendingPruning, temporaryPrefix } from './pending.ts';
import {
  noPrunings,
  pruningName,
  readPrunings,
  type ErasedRecord,
  type PrunedRecord,
  type Prunings,
} from './prunings.ts';
import { problemOf, ReleaseError } from './release-error.ts';
import { parseLeaf } from './release-leaf.ts';
import {
  decodeEntries,
  encodeEntries,
  levelLength,
  parseTileName,
  rightEdge,
  tileName,
  tileWidth,
  type Tile,
} from './tiles.ts';
import { emptyHash } from './trie.ts';
import type { HashText, Inventory, LogHead, MapRef, Problem, ReadStore, ReleaseLeaf } from './types.ts';

export interface ReleaseReport {
  /** Nothing was found that does not match. */
  readonly ok: boolean;
  /** Number of releases in the log. */
  readonly size: number;
  /** Map root of the newest release. */
  readonly root: HashText;
  /** Number of paths in the newest release. */
  readonly paths: number;
  /** Number of files that were read and found right. */
  readonly files: number;
  readonly problems: readonly Problem[];
  /**
   * Files of a release being sealed, or left by a sealing that was cut off or by a pruning that was: in no release,
   * served to nobody.
   */
  readonly pending: readonly string[];
  /** Stretches of releases that were taken away by a rule, as the store's signed records say. */
  readonly pruned: readonly PrunedStretch[];
  /** Files that releases name and that were taken away by an order. */
  readonly erased: readonly ErasedFile[];
}

/** Releases `from` to `to`, taken away in one pruning. */
export type PrunedStretch = Pick<PrunedRecord, 'number' | 'at' | 'by' | 'rule'> & {
  readonly from: number;
  readonly to: number;
};

/** `where` is a file of the store. */
export type ErasedFile = Pick<ErasedRecord, 'number' | 'at' | 'by' | 'why'> & { readonly where: string };

export interface VerifyOptions extends Trust {
  readonly store: ReadStore;
  /** The newest head this verifier has seen before: the log must continue it. */
  readonly lastSeen?: LogHead | undefined;
  /** Only the newest release and the log: for a store that does not hold the older ones. */
  readonly newest?: boolean;
  /** Files read at the same time. */
  readonly parallel?: number;
}

/**
 * Checks a whole store: signature, log, every page of the map and every blob of every release in the log, and that no other file is there.
 * A release promoted meanwhile is no problem: the check is then made again.
 * Throws `invalid` for a key that cannot be read; everything else is in the report.
 */
export async function verifyRelease(options: VerifyOptions): Promise<ReleaseReport> {
  trusted(options);
  for (let attempt = 1; ; attempt++) {
    const before = await options.store.get(checkpointName);
    const report = await verifyOnce(options);
    const after = await options.store.get(checkpointName);
    const moved = hashOf(before ?? new Uint8Array()) !== hashOf(after ?? new Uint8Array());
    if (report.ok || !moved || attempt === 3) return report;
  }
}

interface Check {
  readonly options: VerifyOptions;
  readonly problems: Problem[];
  /** Told of every file that belongs to a release. */
  readonly inventory: Inventory;
  /** Subtrees of maps already checked with their blobs. */
  readonly walked: Set<HashText>;
  readonly checked: { files: number };
  readonly erased: ErasedFile[];
  prunings: Prunings;
}

async function verifyOnce(options: VerifyOptions): Promise<ReleaseReport> {
  const check: Check = {
    options,
    problems: [],
    inventory: (await options.store.takeInventory?.()) ?? plainInventory(options.store),
    walked: new Set(),
    checked: { files: 0 },
    erased: [],
    prunings: noPrunings,
  };
  check.inventory.need(checkpointName);
  check.inventory.need(pendingPruning);
  check.inventory.need(pendingHeld);
  const checkpoint = await checkCheckpoint(check);
  const leaves = (checkpoint && (await checkLog(check, checkpoint))) ?? [];
  if (checkpoint) await checkPrunings(check, checkpoint);
  const kept = leaves.filter((_, at) => !check.prunings.prunedBy(at + 1));
  const wanted = options.newest === true ? leaves.slice(-1) : kept.reverse();
  let taken = 0;
  for (const leaf of wanted) taken += await checkMap(check, leaf.map);
  await checkTaken(check, taken);
  const newest = leaves.at(-1);
  // Without the log nobody knows which files belong to a release, so none can be called stray.
  const pending = newest ? await findStrays(check) : [];
  return {
    ok: check.problems.length === 0,
    size: checkpoint?.size ?? 0,
    root: newest?.map.hash ?? emptyHash,
    paths: newest?.map.count ?? 0,
    files: check.checked.files,
    problems: check.problems,
    pending,
    pruned: stretchesOf(check.prunings),
    erased: check.erased,
  };
}

/** In the order of the releases. */
export function stretchesOf({ records }: Prunings): PrunedStretch[] {
  return records
    .flatMap((record) =>
      record.kind === 'pruned'
        ? record.releases.map(([from, to]) => {
            const { number, at, by, rule } = record;
            return { from, to, number, at, by, rule };
          })
        : [],
    )
    .sort((one, other) => one.from - other.from);
}

/** What was taken away must be signed for; a record that is not makes what is gone as good as lost. */
async function checkPrunings(check: Check, checkpoint: Checkpoint): Promise<void> {
  const { store } = check.options;
  let followed: FollowedKeys;
  try {
    followed = await followedKeys(store, check.options);
    check.prunings = await readPrunings(store, followed, { log: openLog(store, checkpoint) });
  } catch (error) {
    check.problems.push(problemOf(error, pruningName(1)));
    return;
  }
  for (const { number } of check.prunings.records) check.inventory.need(pruningName(number));
  check.checked.files += check.prunings.records.length;
}

async function checkCheckpoint(check: Check): Promise<Checkpoint | undefined> {
  const { store, lastSeen } = check.options;
  try {
    const bytes = await store.get(checkpointName);
    if (!bytes) throw new ReleaseError('no-release', checkpointName, 'nothing has been published');
    const followed = await followedKeys(store, check.options);
    const checkpoint = openFollowed(bytes, followed);
    await knowStatements(check, followed.statements.length);
    check.checked.files++;
    if (lastSeen && checkpoint.size < lastSeen.size) {
      const problem = `size ${checkpoint.size}; ${lastSeen.size} was seen before`;
      check.problems.push({ code: 'rolled-back', where: checkpointName, problem });
    }
    if (checkpoint.size > 0) return checkpoint;
    throw new ReleaseError('no-release', checkpointName, 'the log is empty');
  } catch (error) {
    check.problems.push(problemOf(error, checkpointName));
    return undefined;
  }
}

/** A statement that nobody trusted has signed belongs to no release. */
async function knowStatements(check: Check, believed: number): Promise<void> {
  const notes = await readKeyStatements(check.options.store);
  const followed = await followedKeys(
    { get: () => Promise.resolve(undefined) },
    { ...check.options, statements: notes },
  );
  if (believed === 0 || followed.statements.length < notes.length) return;
  for (const number of notes.keys()) check.inventory.need(keyStatementName(number + 1));
  check.checked.files += notes.length;
}

/** All entries of the log and every tile over them; returns what the entries say, or undefined when they cannot be trusted. */
async function checkLog(check: Check, checkpoint: Checkpoint): Promise<ReleaseLeaf[] | undefined> {
  const bundles = await readBundles(check, checkpoint.size);
  if (!bundles) return undefined;
  const entries = bundles.flat();
  const hashes = entries.map(recordHash);
  if (treeHash(hashes) !== checkpoint.root) {
    await blameBundles(check, bundles);
    return undefined;
  }
  const { lastSeen } = check.options;
  if (lastSeen && lastSeen.size <= hashes.length && treeHash(hashes, 0, lastSeen.size) !== lastSeen.root) {
    const problem = `not a continuation of the log of size ${lastSeen.size} seen before`;
    check.problems.push({ code: 'forked', where: checkpointName, problem });
  }
  await checkTiles(check, entries, levelsOf(hashes));
  try {
    return readLeaves(entries);
  } catch (error) {
    check.problems.push(problemOf(error, checkpointName));
    return undefined;
  }
}

function readLeaves(entries: readonly Uint8Array[]): ReleaseLeaf[] {
  const leaves = entries.map((entry, index) => parseLeaf(entry, entryName(index + 1)));
  const sites = new Set(leaves.map(({ site }) => site));
  if (sites.size > 1) throw new ReleaseError('damaged', checkpointName, `one log for ${[...sites].join(' and ')}`);
  return leaves;
}

async function readBundles(check: Check, size: number): Promise<Uint8Array[][] | undefined> {
  const bundles: Uint8Array[][] = [];
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth);
    const name = tileName({ level: 'entries', index, width });
    try {
      const bytes = await check.options.store.get(name);
      if (!bytes) throw new ReleaseError('missing', name, 'the log is not complete');
      const bundle = decodeEntries(bytes, name);
      if (bundle.length !== width) throw new ReleaseError('damaged', name, `${bundle.length} entries, not ${width}`);
      bundles.push(bundle);
    } catch (error) {
      check.problems.push(problemOf(error, name));
      return undefined;
    }
  }
  return bundles;
}

/** The entries do not make the root that was signed: name the bundles that disagree with their tiles, or else the log as a whole. */
async function blameBundles(check: Check, bundles: readonly (readonly Uint8Array[])[]): Promise<void> {
  let blamed = false;
  for (const [index, bundle] of bundles.entries()) {
    const tile = await check.options.store.get(tileName({ level: 0, index, width: bundle.length }));
    const own = Buffer.from(bundle.map(recordHash).join(''), 'hex');
    if (tile && Buffer.compare(tile, own) === 0) continue;
    blamed = true;
    const where = tileName({ level: 'entries', index, width: bundle.length });
    check.problems.push({ code: 'damaged', where, problem: 'not the entries the log names' });
  }
  const problem = 'the log in the store does not have this root';
  if (!blamed) check.problems.push({ code: 'damaged', where: checkpointName, problem });
}

/** Hashes of each level of tiles over the leaves. */
export function levelsOf(leaves: readonly HashText[]): (readonly HashText[])[] {
  const levels = [leaves];
  for (let below = leaves; below.length >= tileWidth;) {
    const above = Array.from({ length: Math.floor(below.length / tileWidth) }, (_, at) =>
      treeHash(below, at * tileWidth, (at + 1) * tileWidth),
    );
    levels.push(above);
    below = above;
  }
  return levels;
}

async function checkTiles(
  check: Check,
  entries: readonly Uint8Array[],
  levels: readonly (readonly HashText[])[],
): Promise<void> {
  const { store } = check.options;
  const expected = ({ level, index, width }: Tile): Buffer =>
    level === 'entries'
      ? encodeEntries(entries.slice(index * tileWidth, index * tileWidth + width))
      : Buffer.from((levels[level] ?? []).slice(index * tileWidth, index * tileWidth + width).join(''), 'hex');
  const present = new Set<string>();
  for await (const name of check.inventory.names('tile/')) {
    const tile = parseTileName(name);
    // Partial tiles of earlier sizes stay as long as they agree with what they grew into.
    if (!tile || tile.index * tileWidth + tile.width > levelLength(tile.level, entries.length)) continue;
    present.add(name);
    check.inventory.need(name);
    const bytes = await store.get(name);
    if (bytes && Buffer.compare(bytes, expected(tile)) === 0) check.checked.files++;
    else check.problems.push({ code: 'damaged', where: name, problem: 'not what the log holds there' });
  }
  for (const name of neededTiles(entries.length).map(tileName)) {
    if (present.has(name)) continue;
    check.problems.push({ code: 'missing', where: name, problem: 'the log is not complete' });
  }
}

/** The tiles and bundles that make up a log of `size` entries, without the partial ones of earlier sizes. */
export function neededTiles(size: number): Tile[] {
  const edge = rightEdge(size).flatMap((tile): Tile[] =>
    tile.level === 0 ? [tile, { ...tile, level: 'entries' }] : [tile],
  );
  return edge.flatMap((last) => [
    ...Array.from({ length: last.index }, (_, index): Tile => ({ level: last.level, index, width: tileWidth })),
    last,
  ]);
}

/** What reads each name by itself knows: the names it was told of. */
function plainInventory(store: ReadStore): Inventory {
  const known = new Set<string>();
  return {
    names: (prefix) => store.list(prefix),
    need: (name) => {
      if (known.has(name)) return 'again';
      known.add(name);
      return 'open';
    },
    wrong: () => Promise.resolve([]),
    rest: async function* () {
      for await (const name of store.list('')) if (!known.has(name)) yield name;
    },
  };
}

type Blob = ReturnType<typeof blobsOf>[number];

/**
 * Every page of a map and every blob its entries name, unless a newer release had them already. Gives how many blobs
 * the inventory answers for.
 */
async function checkMap(check: Check, root: MapRef): Promise<number> {
  const { store, parallel = 16 } = check.options;
  const count = { taken: 0 };
  const pages = walkPages(pageReader(store), root, {
    skip: ({ hash }) => {
      const seen = check.walked.has(hash);
      check.walked.add(hash);
      return seen;
    },
    onProblem: (error, { hash }) => {
      check.inventory.need(mapPageName(hash));
      check.problems.push(problemOf(error, mapPageName(hash)));
    },
  });
  await inParallel(openBlobs(check, pages, count), parallel, (blob) => checkBlob(check, blob));
  return count.taken;
}

async function checkBlob(check: Check, { name, hash, size }: Blob): Promise<void> {
  const { options, problems, checked, prunings } = check;
  const bytes = await options.store.get(name);
  const erased = bytes ? undefined : prunings.erasedBy(hash);
  if (erased) {
    const { number, at, by, why } = erased;
    check.erased.push({ where: name, number, at, by, why });
  } else if (!bytes) problems.push({ code: 'missing', where: name, problem: 'a page of the release needs it' });
  else if (hashOf(bytes) !== hash)
    problems.push({ code: 'damaged', where: name, problem: `its bytes hash to ${hashOf(bytes)}` });
  else if (size !== undefined && bytes.length !== size)
    problems.push({ code: 'damaged', where: name, problem: `${bytes.length} bytes, not ${size}` });
  else checked.files++;
}

/** Blobs that nobody has checked or will check. */
async function* openBlobs(
  check: Check,
  pages: ReturnType<typeof walkPages>,
  count: { taken: number },
): AsyncGenerator<Blob> {
  for await (const { ref, page } of pages) {
    check.inventory.need(mapPageName(ref.hash));
    check.checked.files++;
    if ('children' in page) continue;
    for (const leaf of page.leaves) {
      for (const blob of blobsOf(decodeEntry(leaf.text))) {
        const need = check.inventory.need(blob.name, blob.size);
        if (need === 'open') yield blob;
        else if (need === 'taken') count.taken++;
      }
    }
  }
}

/** What the inventory answers for is right, but for what it names; that is read once more, by itself. */
async function checkTaken(check: Check, taken: number): Promise<void> {
  const wrong = await check.inventory.wrong();
  check.checked.files += taken - wrong.length;
  for (const { name, size } of wrong) {
    const hash = /[0-9a-f]{64}/.exec(name)?.[0] ?? '';
    await checkBlob(check, { name, hash, ...(size === undefined ? {} : { size }) });
  }
}

/**
 * Names every file that no release holds. Content and pages of the map that belong to none are harmless, for nobody is
 * led to them by their hash; a tile that nobody announced is a log that went on beyond its checkpoint.
 */
async function findStrays(check: Check): Promise<string[]> {
  const { store } = check.options;
  const announced = new Set<string>();
  const left: string[] = [];
  for await (const name of check.inventory.rest()) {
    left.push(name);
    if (!name.startsWith(pendingPrefix)) continue;
    for (const one of parsePending((await store.get(name)) ?? new Uint8Array()).names) announced.add(one);
  }
  const harmless = (name: string): boolean =>
    name.startsWith(pendingPrefix) ||
    name.startsWith(temporaryPrefix) ||
    announced.has(name) ||
    (isReleaseFile(name) && !name.startsWith('tile/'));
  for (const name of left)
    if (!harmless(name)) check.problems.push({ code: 'stray', where: name, problem: 'belongs to no release' });
  return left.filter(harmless).sort();
}
