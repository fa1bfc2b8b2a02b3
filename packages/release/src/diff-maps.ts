import type { PageReader } from './map-reader.ts';
import type { Leaf } from './trie.ts';
import type { MapRef } from './types.ts';

/** A path at which two maps differ; one of both is absent where the path stands in the other alone. */
export interface MapDifference {
  readonly path: string;
  readonly before: Leaf | undefined;
  readonly after: Leaf | undefined;
}

/**
 * Where two maps differ, in the order of the keys. Subtrees of the same hash are not read, so k changes among n paths cost
 * O(k log n). Throws where a page of either cannot be read.
 */
export async function* diffMaps(read: PageReader, from: MapRef, to: MapRef): AsyncGenerator<MapDifference> {
  const waiting = [{ prefix: '', from, to }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { prefix } = next;
    if (next.from.hash === next.to.hash && next.from.count === next.to.count) continue;
    const [before, after] = [await childrenOf(read, prefix, next.from), await childrenOf(read, prefix, next.to)];
    if (before.children && after.children) {
      // What is put there last is looked at first.
      for (const [nibble, child] of [...after.children.entries()].reverse()) {
        const other = before.children[nibble];
        if (other) waiting.push({ prefix: prefix + nibble.toString(16), from: other, to: child });
      }
    } else if (after.children) yield* longer(read, prefix, next.to, before.leaves, (one, other) => [other, one]);
    else if (before.children) yield* longer(read, prefix, next.from, after.leaves, (one, other) => [one, other]);
    else yield* listed(before.leaves, after.leaves);
  }
}

type Sides = readonly [before: Leaf | undefined, after: Leaf | undefined];

/** One of them is a list, and short; the other may be long, and is read as it goes. */
async function* longer(
  read: PageReader,
  prefix: string,
  long: MapRef,
  short: readonly Leaf[],
  sides: (one: Leaf | undefined, other: Leaf | undefined) => Sides,
): AsyncGenerator<MapDifference> {
  const known = byPath(short);
  for await (const leaf of leavesOf(read, prefix, long)) {
    yield* differing(leaf.path, ...sides(leaf, known.get(leaf.path)));
    known.delete(leaf.path);
  }
  for (const leaf of known.values()) yield* differing(leaf.path, ...sides(undefined, leaf));
}

function* listed(before: readonly Leaf[], after: readonly Leaf[]): Generator<MapDifference> {
  const known = byPath(before);
  for (const leaf of after) {
    yield* differing(leaf.path, known.get(leaf.path), leaf);
    known.delete(leaf.path);
  }
  for (const leaf of known.values()) yield { path: leaf.path, before: leaf, after: undefined };
}

function* differing(path: string, before: Leaf | undefined, after: Leaf | undefined): Generator<MapDifference> {
  if (before?.text !== after?.text) yield { path, before, after };
}

const byPath = (leaves: readonly Leaf[]): Map<string, Leaf> => new Map(leaves.map((leaf) => [leaf.path, leaf]));

async function childrenOf(
  read: PageReader,
  prefix: string,
  ref: MapRef,
): Promise<{ readonly children?: readonly MapRef[]; readonly leaves: readonly Leaf[] }> {
  if (ref.count === 0) return { leaves: [] };
  const page = await read(prefix, ref);
  return 'leaves' in page ? page : { children: page.children, leaves: [] };
}

async function* leavesOf(read: PageReader, prefix: string, ref: MapRef): AsyncGenerator<Leaf> {
  const { children = [], leaves } = await childrenOf(read, prefix, ref);
  yield* leaves;
  for (const [nibble, child] of children.entries()) yield* leavesOf(read, prefix + nibble.toString(16), child);
}
