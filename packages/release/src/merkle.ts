import { digestOf, isHash } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import type { HashText, LogHead } from './types.ts';

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

/** Root of the empty tree: SHA-256 of nothing. */
export const emptyLogRoot: HashText = digestOf(new Uint8Array()).toString('hex');

/** RFC 6962 §2.1: MTH of one leaf. */
export function recordHash(data: Uint8Array): HashText {
  return digestOf(leafPrefix, data).toString('hex');
}

/** A log that has grown by an entry has nearly all the nodes it had before: those of a tile or two are kept. */
const nodes = new Map<string, HashText>();
const mostNodes = 2048;

/** RFC 6962 §2.1: hash of an inner node. */
export function nodeHash(left: HashText, right: HashText): HashText {
  const key = left + right;
  const known = nodes.get(key);
  if (known !== undefined) return known;
  const hash = digestOf(nodePrefix, Buffer.from(left, 'hex'), Buffer.from(right, 'hex')).toString('hex');
  if (nodes.size >= mostNodes) nodes.clear();
  nodes.set(key, hash);
  return hash;
}

/** MTH over leaf hashes `from` to `to`. */
export function treeHash(leaves: readonly HashText[], from = 0, to: number = leaves.length): HashText {
  if (from === to) return emptyLogRoot;
  if (to - from === 1) return leaves[from] ?? emptyLogRoot;
  const middle = from + splitPoint(to - from);
  return nodeHash(treeHash(leaves, from, middle), treeHash(leaves, middle, to));
}

/** The hash of the leaves `from` to `to`, wherever it comes from. */
export type RangeHash = (from: number, to: number) => Promise<HashText>;

/** RFC 6962 §2.1.1: the audit path of leaf `index` in a tree of `size` leaves, from the leaf's sibling up. */
export async function inclusionProof(hash: RangeHash, index: number, size: number): Promise<HashText[]> {
  if (index < 0 || index >= size) throw new ReleaseError('invalid', `entry ${index}`, 'not in the log');
  const path = async (from: number, to: number): Promise<HashText[]> => {
    if (to - from === 1) return [];
    const middle = from + splitPoint(to - from);
    return index < middle
      ? [...(await path(from, middle)), await hash(middle, to)]
      : [...(await path(middle, to)), await hash(from, middle)];
  };
  return path(0, size);
}

/** RFC 6962 §2.1.2: proves that the tree of `size` leaves continues that of `old` leaves. */
export async function consistencyProof(hash: RangeHash, old: number, size: number): Promise<HashText[]> {
  if (old < 0 || old > size) throw new ReleaseError('invalid', `tree of ${old}`, 'larger than the log');
  if (old === 0 || old === size) return [];
  const path = async (from: number, to: number, whole: boolean): Promise<HashText[]> => {
    if (old === to) return whole ? [] : [await hash(from, to)];
    const middle = from + splitPoint(to - from);
    return old <= middle
      ? [...(await path(from, middle, whole)), await hash(middle, to)]
      : [...(await path(middle, to, false)), await hash(from, middle)];
  };
  return path(0, size, true);
}

/** True when the audit path leads from the leaf to the root of the head. */
export function verifyInclusion(head: LogHead, index: number, leaf: HashText, proof: readonly HashText[]): boolean {
  if (index < 0 || index >= head.size || !proof.every(isHash)) return false;
  const rest = [...proof];
  const climb = (from: number, to: number): HashText | undefined => {
    if (to - from === 1) return leaf;
    const middle = from + splitPoint(to - from);
    const sibling = rest.pop();
    if (sibling === undefined) return undefined;
    const below = index < middle ? climb(from, middle) : climb(middle, to);
    if (below === undefined) return undefined;
    return index < middle ? nodeHash(below, sibling) : nodeHash(sibling, below);
  };
  return climb(0, head.size) === head.root && rest.length === 0;
}

/** True when the proof shows that `head` continues `old`. */
export function verifyConsistency(old: LogHead, head: LogHead, proof: readonly HashText[]): boolean {
  if (old.size > head.size || !proof.every(isHash)) return false;
  if (old.size === head.size) return old.root === head.root && proof.length === 0;
  if (old.size === 0) return old.root === emptyLogRoot && proof.length === 0;
  const rest = [...proof];
  // Both roots are rebuilt at once: the old one from the part of the proof that lies within it.
  const climb = (from: number, to: number, whole: boolean): { old: HashText; now: HashText } | undefined => {
    if (old.size === to) {
      const hash = whole ? old.root : rest.pop();
      return hash === undefined ? undefined : { old: hash, now: hash };
    }
    const middle = from + splitPoint(to - from);
    const sibling = rest.pop();
    if (sibling === undefined) return undefined;
    const left = old.size <= middle;
    const below = left ? climb(from, middle, whole) : climb(middle, to, false);
    if (!below) return undefined;
    return left
      ? { old: below.old, now: nodeHash(below.now, sibling) }
      : { old: nodeHash(sibling, below.old), now: nodeHash(sibling, below.now) };
  };
  const roots = climb(0, head.size, true);
  return roots !== undefined && rest.length === 0 && roots.old === old.root && roots.now === head.root;
}

/** The largest power of two smaller than `size`. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
