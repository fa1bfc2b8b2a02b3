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
  yield* differences(read, '', from, to);
}

async function* differences(read: PageReader, prefix: string, from: MapRef, to: MapRef): AsyncGenerator<MapDifference> {
  if (from.hash === to.hash && from.count === to.count) return;
  const [before, after] = [await childrenOf(read, prefix, from), await childrenOf(read, prefix, to)];
  if (before.children && after.children) {
    for (const [nibble, child] of after.children.entries()) {
      const other = before.children[nibble];
      if (other) yield* differences(read, prefix + nibble.toString(16), other, child);
    }
    return;
  }
  // One of them is a list, and short; the other may be long, and is read as it goes.
  if (after.children) {
    const known = byPath(before.leaves);
    for await (const leaf of leavesOf(read, prefix, to)) {
      yield* differing(leaf.path, known.get(leaf.path), leaf);
      known.delete(leaf.path);
    }
    for (const leaf of known.values()) yield { path: leaf.path, before: leaf, after: undefined };
    return;
  }
  const wanted = byPath(after.leaves);
  for await (const leaf of leavesOf(read, prefix, from)) {
    yield* differing(leaf.path, leaf, wanted.get(leaf.path));
    wanted.delete(leaf.path);
  }
  for (const leaf of wanted.values()) yield { path: leaf.path, before: undefined, after: leaf };
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
