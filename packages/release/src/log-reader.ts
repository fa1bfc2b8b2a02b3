import { nodeHash, recordHash, splitPoint, treeHash, type RangeHash } from './merkle.ts';
import { ReleaseError } from './release-error.ts';
import { decodeEntries, levelLength, rightEdge, tileName, tileWidth } from './tiles.ts';
import type { HashText, LogHead, ReadStore } from './types.ts';

/** A log whose every answer has been checked against the root of its head. */
export interface LogReader {
  readonly head: LogHead;
  /** The hashes of a tile at its widest in this log. Throws `missing`, `damaged`. */
  tile(level: number, index: number): Promise<readonly HashText[]>;
  /** The entries of a bundle at its widest in this log. Throws `missing`, `damaged`. */
  entries(index: number): Promise<readonly Uint8Array[]>;
  /** One entry. Throws `invalid` where there is none, `missing`, `damaged`. */
  entry(index: number): Promise<Uint8Array>;
  /** MTH of the entries `from` to `to`, for ranges as the proofs of RFC 6962 use them. */
  hash: RangeHash;
  /** Root of the log when it had `size` entries. */
  rootAt(size: number): Promise<HashText>;
}

/**
 * Opens the log below a checkpoint. Nothing is read yet.
 * Trust goes down from the root: the last tile of each level together make the root, any other tile is named by the one above it.
 */
export function openLog(store: Pick<ReadStore, 'get'>, head: LogHead): LogReader {
  const known = new Map<string, Promise<readonly HashText[]>>();
  let edge: Promise<ReadonlyMap<number, readonly HashText[]>> | undefined;

  const tile = (level: number, index: number): Promise<readonly HashText[]> => {
    const key = `${level}/${index}`;
    const found = known.get(key) ?? loadTile(level, index);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
  const loadTile = async (level: number, index: number): Promise<readonly HashText[]> => {
    const length = levelLength(level, head.size);
    const last = Math.floor((length - 1) / tileWidth);
    if (index < 0 || length === 0 || index > last)
      throw new ReleaseError('invalid', `tile ${level}/${index}`, 'not in the log');
    if (index === last) {
      edge ??= readEdge(store, head);
      edge.catch(() => (edge = undefined));
      return (await edge).get(level) ?? [];
    }
    const name = tileName({ level, index, width: tileWidth });
    const hashes = await readTile(store, name, tileWidth);
    const above = await tile(level + 1, Math.floor(index / tileWidth));
    if (treeHash(hashes) !== above[index % tileWidth])
      throw new ReleaseError('damaged', name, 'not the tile the log names');
    return hashes;
  };
  const entries = async (index: number): Promise<readonly Uint8Array[]> => {
    const hashes = await tile(0, index);
    const name = tileName({ level: 'entries', index, width: hashes.length });
    const bundle = decodeEntries(await must(store, name), name);
    if (bundle.length !== hashes.length || bundle.some((entry, at) => recordHash(entry) !== hashes[at]))
      throw new ReleaseError('damaged', name, 'not the entries the log names');
    return bundle;
  };
  const hash: RangeHash = async (from, to) => {
    const width = to - from;
    if (isPowerOfTwo(width) && from % width === 0) return aligned(tile, from, width);
    const middle = from + splitPoint(width);
    return nodeHash(await hash(from, middle), await hash(middle, to));
  };
  return {
    head,
    tile,
    entries,
    async entry(index) {
      const entry = (await entries(Math.floor(index / tileWidth)))[index % tileWidth];
      if (!entry) throw new ReleaseError('invalid', `entry ${index}`, 'not in the log');
      return entry;
    },
    hash,
    rootAt: async (size) => (size === 0 ? treeHash([]) : hash(0, size)),
  };
}

/** A perfect subtree: some hashes of one tile, at the highest level that is not above it. */
async function aligned(tile: LogReader['tile'], from: number, width: number): Promise<HashText> {
  const level = Math.floor(Math.log2(width) / 8);
  const unit = tileWidth ** level;
  const first = from / unit;
  const hashes = await tile(level, Math.floor(first / tileWidth));
  const at = first % tileWidth;
  return treeHash(hashes, at, at + width / unit);
}

async function readEdge(
  store: Pick<ReadStore, 'get'>,
  head: LogHead,
): Promise<ReadonlyMap<number, readonly HashText[]>> {
  const edge = rightEdge(head.size);
  const tiles = await Promise.all(edge.map((tile) => readTile(store, tileName(tile), tile.width)));
  const levels = new Map(edge.map(({ level }, at) => [Number(level), tiles[at] ?? []]));
  if (edgeRoot(levels, head.size) !== head.root)
    throw new ReleaseError(
      'damaged',
      edge.map(tileName).join(', '),
      'the log does not have the root of the checkpoint',
    );
  // A full last tile is no part of the root itself: the tile above names it.
  for (const [level, hashes] of levels)
    if (hashes.length === tileWidth && treeHash(hashes) !== levels.get(level + 1)?.at(-1))
      throw new ReleaseError(
        'damaged',
        edge
          .filter((tile) => tile.level === level)
          .map(tileName)
          .join(),
        'not the tile the log names',
      );
  return levels;
}

/** The root, from the last tile of each level: the perfect subtrees of the binary digits of `size`, joined from the right. */
export function edgeRoot(levels: ReadonlyMap<number, readonly HashText[]>, size: number): HashText {
  let root: HashText | undefined;
  for (const [level, hashes] of [...levels].sort(([a], [b]) => a - b)) {
    const width = levelLength(level, size) % tileWidth;
    if (width === 0) continue;
    const own = hashes.slice(0, width);
    // The digits of one level, smallest subtree first.
    for (let end = width, bit = 1; end > 0; bit *= 2) {
      if ((end & bit) === 0) continue;
      const subtree = treeHash(own, end - bit, end);
      root = root === undefined ? subtree : nodeHash(subtree, root);
      end -= bit;
    }
  }
  return root ?? treeHash([]);
}

async function readTile(store: Pick<ReadStore, 'get'>, name: string, width: number): Promise<HashText[]> {
  const bytes = Buffer.from(await must(store, name));
  if (bytes.length !== width * 32) throw new ReleaseError('damaged', name, `${bytes.length} bytes, not ${width * 32}`);
  return Array.from({ length: width }, (_, at) => bytes.toString('hex', at * 32, at * 32 + 32));
}

async function must(store: Pick<ReadStore, 'get'>, name: string): Promise<Uint8Array> {
  const bytes = await store.get(name);
  if (!bytes) throw new ReleaseError('missing', name, 'the log is not complete');
  return bytes;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}
