import { encodeEntry, decodeEntry } from './entry.ts';
import { digest, isHash } from './hashing.ts';
import type { PageReader } from './map-reader.ts';
import { bitOf, emptyHash, foldRefs, innerHash, keyOf, leafHash, splitAt, trieHash, type Leaf } from './trie.ts';
import type { Entry, HashText, MapRef } from './types.ts';

/** That a path stands in a map with this very entry, or does not stand in it at all. */
export interface MapProof {
  readonly path: string;
  /** The entry; without it the proof is one of absence. */
  readonly entry?: Entry;
  /** For absence: the one leaf that stands where the path would. Without it the place is empty. */
  readonly other?: { readonly key: HashText; readonly entryHash: HashText };
  /** The hashes beside the way, from the root down. */
  readonly siblings: readonly HashText[];
}

/** Proves what a map says of a path. O(log n) pages are read. */
export async function proveInMap(read: PageReader, root: MapRef, path: string): Promise<MapProof> {
  const key = keyOf(path);
  const siblings: HashText[] = [];
  const { leaf } = await descend(read, root, key, siblings);
  if (leaf?.key === key) return { path, entry: decodeEntry(leaf.text), siblings };
  if (!leaf) return { path, siblings };
  return { path, other: { key: leaf.key, entryHash: digest(Buffer.from(leaf.text)).toString('hex') }, siblings };
}

/** True when the proof holds for the map root. Reads nothing. */
export function verifyMapProof(root: HashText, proof: MapProof): boolean {
  const { path, entry, other, siblings } = proof;
  if (siblings.length > 256 || !siblings.every(isHash)) return false;
  const key = keyOf(path);
  let hash = emptyHash;
  if (entry) hash = leafHash(key, digest(Buffer.from(encodeEntry(entry))));
  else if (other) {
    if (!isHash(other.key) || !isHash(other.entryHash) || other.key === key) return false;
    for (const depth of siblings.keys()) if (bitOf(other.key, depth) !== bitOf(key, depth)) return false;
    hash = leafHash(other.key, Buffer.from(other.entryHash, 'hex'));
  }
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    const sibling = siblings[depth] ?? emptyHash;
    hash = bitOf(key, depth) === 1 ? innerHash(sibling, hash) : innerHash(hash, sibling);
  }
  return hash === root;
}

async function descend(read: PageReader, root: MapRef, key: HashText, siblings: HashText[]): Promise<{ leaf?: Leaf }> {
  let ref = root;
  for (let nibbles = 0; ref.count > 0; nibbles++) {
    const page = await read(key.slice(0, nibbles), ref);
    if ('leaves' in page) return descendList(page.leaves, key, nibbles * 4, siblings);
    const { child, nibble } = descendBranch(page.children, key, nibbles * 4, siblings);
    if (child.count === 1) return singleLeaf(read, key.slice(0, nibbles) + nibble, child);
    ref = child;
  }
  return {};
}

/** A subtree with one leaf ends the way, even when that leaf lies in another nibble than the key. */
async function singleLeaf(read: PageReader, prefix: string, ref: MapRef): Promise<{ leaf?: Leaf }> {
  const page = await read(prefix, ref);
  const leaf = 'leaves' in page ? page.leaves[0] : undefined;
  return leaf ? { leaf } : {};
}

function descendBranch(
  children: readonly MapRef[],
  key: HashText,
  depth: number,
  siblings: HashText[],
): { readonly child: MapRef; readonly nibble: string } {
  let from = 0;
  let refs = children;
  for (let bit = depth; refs.length > 1; bit++) {
    const whole = foldRefs(refs);
    if (whole.count <= 1) break;
    const half = refs.length / 2;
    const right = bitOf(key, bit) === 1;
    siblings.push(foldRefs(right ? refs.slice(0, half) : refs.slice(half)).hash);
    refs = right ? refs.slice(half) : refs.slice(0, half);
    if (right) from += half;
  }
  const index = Math.max(
    0,
    refs.findIndex(({ count }) => count > 0),
  );
  return { child: refs[index] ?? { hash: emptyHash, count: 0 }, nibble: (from + index).toString(16) };
}

function descendList(leaves: readonly Leaf[], key: HashText, depth: number, siblings: HashText[]): { leaf?: Leaf } {
  let from = 0;
  let to = leaves.length;
  for (let bit = depth; to - from > 1; bit++) {
    const middle = splitAt(leaves, bit, from, to);
    const right = bitOf(key, bit) === 1;
    siblings.push(right ? trieHash(leaves, bit + 1, from, middle) : trieHash(leaves, bit + 1, middle, to));
    if (right) from = middle;
    else to = middle;
  }
  const leaf = from < to ? leaves[from] : undefined;
  return leaf ? { leaf } : {};
}
