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
  /** Pages that differ from those of the old map, by file name, but for those handed over. Some may be in the store already. */
  readonly pages: ReadonlyMap<string, Buffer>;
}

/** For a change of many paths. */
export interface UpdateOptions {
  /** Takes pages that are made, some hundred at a time, so that they are not all in memory. */
  readonly handOver?: (pages: ReadonlyMap<string, Buffer>) => Promise<void>;
  /** Called after every few milliseconds of work: lets others have their turn. */
  readonly breathe?: () => Promise<void>;
}

/**
 * The map `root` with some paths set (an entry) or cleared (null). Reads and writes O(k log n) pages.
 * The result depends on the contents alone, never on the order or number of updates that led there.
 * Throws `invalid` for a path or entry that is not well formed, `missing` and `damaged` for the old map's pages.
 */
export async function updateMap(
  read: PageReader,
  root: MapRef,
  changes: Iterable<MapChange>,
  options: UpdateOptions = {},
): Promise<UpdatedMap> {
  const work: Work = { ...options, read, made: new Map(), steps: 0 };
  const updated = await updateSubtree(work, '', root, await lastOfEach(work, changes));
  return { root: updated, pages: encoded(work.made) };
}

interface Work extends UpdateOptions {
  readonly read: PageReader;
  readonly made: Map<string, MapPage>;
  steps: number;
}

/** Pages made, or so many times as many changes looked at, before others have their turn. */
const stepsAtOnce = 64;

async function step({ breathe }: Work, steps: number): Promise<void> {
  if (steps % stepsAtOnce === 0) await breathe?.();
}

function encoded(made: ReadonlyMap<string, MapPage>): Map<string, Buffer> {
  return new Map([...made].map(([name, page]) => [name, encodePage(page)]));
}

/** The leaf of an entry. Throws `invalid` for a path or entry that is not well formed. */
export function entryLeaf(path: string, entry: Entry): Leaf {
  if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
  return leafOf(path, encodeEntry(entry));
}

/** Of the changes of one path the last. */
async function lastOfEach(work: Work, changes: Iterable<MapChange>): Promise<KeyChange[]> {
  const byKey = new Map<string, KeyChange>();
  let looked = 0;
  for (const [path, entry] of changes) {
    if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
    const leaf = entry && ('key' in entry ? entry : entryLeaf(path, entry));
    const key = leaf?.key ?? keyOf(path);
    byKey.set(key, { key, leaf });
    if (++looked % stepsAtOnce === 0) await step(work, looked / stepsAtOnce);
  }
  return [...byKey.values()];
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
  return branch(work, prefix, children);
}

function applied(leaves: readonly Leaf[], changes: readonly KeyChange[]): Leaf[] {
  if (leaves.length === 0) return changes.flatMap(({ leaf }) => leaf ?? []);
  const byKey = new Map(leaves.map((leaf) => [leaf.key, leaf]));
  for (const { key, leaf } of changes) {
    if (leaf) byKey.set(key, leaf);
    else byKey.delete(key);
  }
  return [...byKey.values()];
}

/** The subtree of leaves in any order. */
async function buildSubtree(work: Work, prefix: string, leaves: readonly Leaf[]): Promise<MapRef> {
  if (leaves.length === 0) return emptyMap;
  if (leaves.length <= pageLimit) return emit(work, prefix, { leaves: leaves.toSorted(byKeyOrder) });
  const children: MapRef[] = [];
  for (const [nibble, group] of byNibble(leaves, prefix.length).entries())
    children.push(await buildSubtree(work, prefix + nibble.toString(16), group));
  return branch(work, prefix, children);
}

/** Pages made until they are handed over. */
const pagesAtOnce = 256;

async function branch(work: Work, prefix: string, children: readonly MapRef[]): Promise<MapRef> {
  const ref = await emit(work, prefix, { children });
  // All that holds this subtree is too large to be a list: nothing made so far will be swallowed any more.
  if (work.handOver && work.made.size >= pagesAtOnce) {
    const pages = encoded(work.made);
    work.made.clear();
    await work.handOver(pages);
  }
  return ref;
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

async function emit(work: Work, prefix: string, page: MapPage): Promise<MapRef> {
  const ref = pageRef(page, prefix);
  work.made.set(mapPageName(ref.hash), page);
  await step(work, ++work.steps);
  return ref;
}

function byNibble<T extends { readonly key: string }>(items: readonly T[], depth: number): T[][] {
  const groups: T[][] = Array.from({ length: 16 }, () => []);
  for (const item of items) groups[nibbleOf(item.key.charCodeAt(depth))]?.push(item);
  return groups;
}

/** Of a hexadecimal digit, as keys have them: `0` to `9`, `a` to `f`. */
const nibbleOf = (digit: number): number => (digit < 0x40 ? digit - 0x30 : digit - 0x57);

function byKeyOrder(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : 1;
}
