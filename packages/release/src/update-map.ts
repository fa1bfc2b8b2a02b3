import { encodeEntry, isReleasePath } from './entry.ts';
import { encodePage, mapPageName, pageLimit, pageRef, type MapPage } from './map-page.ts';
import type { PageReader } from './map-reader.ts';
import { ReleaseError } from './release-error.ts';
import { emptyMap, keyOf, leafOf, type Leaf } from './trie.ts';
import type { Entry, MapRef } from './types.ts';

/** A path that gets a new leaf, or loses the one it has. */
interface KeyChange {
  readonly key: string;
  readonly leaf: Leaf | null;
}

/** What shall stand at a path: an entry, or its leaf where that is made already; null: nothing. */
export type MapChange = readonly [path: string, entry: Entry | Leaf | null];

export interface UpdatedMap {
  readonly root: MapRef;
  /** Pages that differ from those of the old map, by file name. Some may be in the store from an earlier release. */
  readonly pages: ReadonlyMap<string, Buffer>;
}

/** Takes pages that are done, by file name, before the others are. */
export type PutPages = (pages: ReadonlyMap<string, Buffer>) => Promise<void>;

/**
 * The map `root` with some paths set (an entry) or cleared (null). Reads and writes O(k log n) pages.
 * The result depends on the contents alone, never on the order or number of updates that led there.
 * With `put`, some thousand pages at a time are handed over on the way and are not in the result: changes to a map of a
 * million paths touch nearly all of its pages, which together are larger than the changes.
 * Throws `invalid` for a path or entry that is not well formed, `missing` and `damaged` for the old map's pages.
 */
export async function updateMap(
  read: PageReader,
  root: MapRef,
  changes: Iterable<MapChange>,
  put?: PutPages,
): Promise<UpdatedMap> {
  const made = new Map<string, MapPage>();
  const updated = await updateSubtree({ read, made, put }, '', root, sortedChanges(changes));
  return { root: updated, pages: encoded(made) };
}

interface Work {
  readonly read: PageReader;
  readonly made: Map<string, MapPage>;
  readonly put: PutPages | undefined;
}

const handedOver = 1024;

const encoded = (made: ReadonlyMap<string, MapPage>): Map<string, Buffer> =>
  new Map([...made].map(([name, page]) => [name, encodePage(page)]));

/**
 * To be called where a subtree has become a branch: then no subtree that holds it becomes a list, so that none of the
 * pages made so far will be swallowed.
 */
async function handOver({ made, put }: Work): Promise<void> {
  if (!put || made.size < handedOver) return;
  const pages = encoded(made);
  made.clear();
  await put(pages);
}

/** The leaf of an entry. Throws `invalid` for a path or entry that is not well formed. */
export function entryLeaf(path: string, entry: Entry): Leaf {
  if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
  return leafOf(path, encodeEntry(entry));
}

function sortedChanges(changes: Iterable<MapChange>): KeyChange[] {
  const byKey = new Map<string, KeyChange>();
  for (const [path, entry] of changes) {
    if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
    const leaf = entry && ('key' in entry ? entry : entryLeaf(path, entry));
    const key = leaf?.key ?? keyOf(path);
    byKey.set(key, { key, leaf });
  }
  // Texts alone sort several times as fast as what has them.
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

async function updateSubtree(work: Work, prefix: string, ref: MapRef, changes: readonly KeyChange[]): Promise<MapRef> {
  if (changes.length === 0) return ref;
  const page: MapPage = ref.count === 0 ? { leaves: [] } : await work.read(prefix, ref);
  if ('leaves' in page) return buildSubtree(work, prefix, applied(page.leaves, changes));
  const groups = byNibble(changes, prefix.length);
  const children: MapRef[] = [];
  for (const [nibble, child] of page.children.entries())
    children.push(await updateSubtree(work, prefix + nibble.toString(16), child, groups[nibble] ?? []));
  const total = children.reduce((sum, child) => sum + child.count, 0);
  // A subtree that has become small enough is a list again, as if it had never been larger.
  if (total <= pageLimit) return buildSubtree(work, prefix, await leavesOf(work, prefix, children));
  await handOver(work);
  return emit(work, prefix, { children });
}

function applied(leaves: readonly Leaf[], changes: readonly KeyChange[]): Leaf[] {
  if (leaves.length === 0) return changes.flatMap(({ leaf }) => leaf ?? []);
  const byKey = new Map(leaves.map((leaf) => [leaf.key, leaf]));
  for (const { key, leaf } of changes) {
    if (leaf) byKey.set(key, leaf);
    else byKey.delete(key);
  }
  return [...byKey.values()].sort(byKeyOrder);
}

/** The subtree of sorted leaves, those `from` to `to`. */
function buildSubtree(
  work: Work,
  prefix: string,
  leaves: readonly Leaf[],
  from = 0,
  to: number = leaves.length,
): MapRef {
  if (from === to) return emptyMap;
  if (to - from <= pageLimit) return emit(work, prefix, { leaves: leaves.slice(from, to) });
  const children: MapRef[] = [];
  for (let nibble = 0, start = from; nibble < 16; nibble++) {
    const below = prefix + nibble.toString(16);
    const end = nibble === 15 ? to : firstFrom(leaves, prefix + (nibble + 1).toString(16), start, to);
    children.push(buildSubtree(work, below, leaves, start, end));
    start = end;
  }
  return emit(work, prefix, { children });
}

/** First of the leaves `from` to `to` whose key is not less than `key`. */
function firstFrom(leaves: readonly Leaf[], key: string, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((leaves[middle]?.key ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function leavesOf(work: Work, prefix: string, children: readonly MapRef[]): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  for (const [nibble, child] of children.entries()) {
    if (child.count === 0) continue;
    const page = await swallow(work, prefix + nibble.toString(16), child);
    if ('children' in page) throw new ReleaseError('damaged', mapPageName(child.hash), 'a small subtree with branches');
    leaves.push(...page.leaves);
  }
  return leaves;
}

/** A child made in this very update is not in the store yet, and need not come there: its parent swallows it. */
async function swallow(work: Work, prefix: string, ref: MapRef): Promise<MapPage> {
  const name = mapPageName(ref.hash);
  const made = work.made.get(name);
  work.made.delete(name);
  return made ?? (await work.read(prefix, ref));
}

function emit(work: Work, prefix: string, page: MapPage): MapRef {
  const ref = pageRef(page, prefix);
  work.made.set(mapPageName(ref.hash), page);
  return ref;
}

function byNibble<T extends { readonly key: string }>(items: readonly T[], depth: number): T[][] {
  const groups: T[][] = Array.from({ length: 16 }, () => []);
  for (const item of items) groups[Number.parseInt(item.key[depth] ?? '0', 16)]?.push(item);
  return groups;
}

function byKeyOrder(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : 1;
}
