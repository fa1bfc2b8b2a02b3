import { digest, hashOf } from './hashing.ts';
import type { HashText, MapRef } from './types.ts';

/** One path of the map, with everything its hash needs. */
export interface Leaf {
  /** SHA-256 of the path, hexadecimal: 64 nibbles from the root down. */
  readonly key: HashText;
  readonly path: string;
  /** The canonical text of its entry. */
  readonly text: string;
  readonly hash: HashText;
}

export const emptyHash: HashText = '0'.repeat(64);
export const emptyMap: MapRef = { hash: emptyHash, count: 0 };

// A map is millions of these hashes: both are put together in the same stretch of memory each time.
const leafInput = Buffer.alloc(65, 0);
const innerInput = Buffer.alloc(65, 1);

/** Key of a path in the map. */
export function keyOf(path: string): HashText {
  return hashOf(path);
}

/** H(0x00 ‖ key ‖ H(entry)). */
export function leafHash(key: HashText, entryHash: Uint8Array): HashText {
  leafInput.write(key, 1, 'hex');
  leafInput.set(entryHash, 33);
  return hashOf(leafInput);
}

/** H(0x01 ‖ left ‖ right). */
export function innerHash(left: HashText, right: HashText): HashText {
  innerInput.write(left, 1, 'hex');
  innerInput.write(right, 33, 'hex');
  return hashOf(innerInput);
}

/** A leaf from a path and the canonical text of its entry. */
export function leafOf(path: string, text: string): Leaf {
  const key = keyOf(path);
  return { key, path, text, hash: leafHash(key, digest(text)) };
}

/** Bit `depth` of a key, counted from its most significant. */
export function bitOf(key: HashText, depth: number): 0 | 1 {
  const nibble = Number.parseInt(key[depth >> 2] ?? '0', 16);
  return ((nibble >> (3 - (depth & 3))) & 1) === 1 ? 1 : 0;
}

/** Hash of the subtree at `depth` that holds exactly these leaves, which are sorted by key and share its prefix. */
export function trieHash(leaves: readonly Leaf[], depth: number, from = 0, to: number = leaves.length): HashText {
  if (to === from) return emptyHash;
  if (to - from === 1) return leaves[from]?.hash ?? emptyHash;
  const middle = splitAt(leaves, depth, from, to);
  return innerHash(trieHash(leaves, depth + 1, from, middle), trieHash(leaves, depth + 1, middle, to));
}

/** First index whose key has bit `depth` set. */
export function splitAt(leaves: readonly Leaf[], depth: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    const leaf = leaves[middle];
    if (leaf && bitOf(leaf.key, depth) === 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Joins neighbouring subtrees, a power of two of them, into the one above.
 * A subtree with one leaf has that leaf's hash at every height, which is why the counts are needed.
 */
export function foldRefs(refs: readonly MapRef[]): MapRef {
  const [first, second] = refs;
  if (refs.length === 1 && first) return first;
  if (refs.length > 2) {
    const half = refs.length / 2;
    return foldRefs([foldRefs(refs.slice(0, half)), foldRefs(refs.slice(half))]);
  }
  if (!first || !second) throw new RangeError('foldRefs: the number of subtrees is no power of two');
  const count = first.count + second.count;
  if (count === 0) return emptyMap;
  if (count === 1) return first.count === 1 ? first : second;
  return { hash: innerHash(first.hash, second.hash), count };
}
