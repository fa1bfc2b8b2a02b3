import { decodeEntry } from './entry.ts';
import { decodePage, mapPageName, type MapPage } from './map-page.ts';
import { ReleaseError } from './release-error.ts';
import { keyOf, type Leaf } from './trie.ts';
import type { Entry, MapRef, ReadStore } from './types.ts';

/** Gives the verified page of the subtree `ref` at `prefix`. Throws `missing` and `damaged`. */
export type PageReader = (prefix: string, ref: MapRef) => Promise<MapPage>;

/** Reads pages from a store, each checked against the name its parent gave it. */
export function pageReader(store: Pick<ReadStore, 'get'>): PageReader {
  return async (prefix, ref) => {
    const name = mapPageName(ref.hash);
    const bytes = await store.get(name);
    if (!bytes) throw new ReleaseError('missing', name, `the page of the map at “${prefix}” is not there`);
    return decodePage(bytes, prefix, ref, name);
  };
}

/** The entry at a path; undefined where the map holds none. Reads one page for each level: O(log n). */
export async function lookup(read: PageReader, root: MapRef, path: string): Promise<Entry | undefined> {
  const key = keyOf(path);
  let ref = root;
  for (let depth = 0; ref.count > 0; depth++) {
    const page = await read(key.slice(0, depth), ref);
    if ('leaves' in page) {
      const leaf = page.leaves.find((one) => one.key === key);
      return leaf && decodeEntry(leaf.text);
    }
    ref = childAt(page.children, key, depth);
  }
  return undefined;
}

/** The page at a prefix, with the name the map gives it; undefined where that subtree is empty or inside a list. */
export async function pageAt(
  read: PageReader,
  root: MapRef,
  prefix: string,
): Promise<{ readonly ref: MapRef; readonly page: MapPage } | undefined> {
  let ref = root;
  for (let depth = 0; ref.count > 0; depth++) {
    const page = await read(prefix.slice(0, depth), ref);
    if (depth === prefix.length) return { ref, page };
    if ('leaves' in page) return undefined;
    ref = childAt(page.children, prefix, depth);
  }
  return undefined;
}

export interface WalkedPage {
  readonly prefix: string;
  readonly ref: MapRef;
  readonly page: MapPage;
}

/**
 * All pages of a map from the root down. A page that does not verify is given to `onProblem` and not entered;
 * a subtree for which `skip` says so is left out.
 */
export async function* walkPages(
  read: PageReader,
  root: MapRef,
  options: {
    readonly skip?: (ref: MapRef) => boolean;
    readonly onProblem?: (error: unknown, ref: MapRef) => void;
  } = {},
): AsyncGenerator<WalkedPage> {
  const waiting: { prefix: string; ref: MapRef }[] = [{ prefix: '', ref: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { prefix, ref } = next;
    if (ref.count === 0 || options.skip?.(ref) === true) continue;
    let page: MapPage;
    try {
      page = await read(prefix, ref);
    } catch (error) {
      if (!options.onProblem) throw error;
      options.onProblem(error, ref);
      continue;
    }
    yield { prefix, ref, page };
    if ('children' in page)
      for (const [nibble, child] of page.children.entries())
        waiting.push({ prefix: prefix + nibble.toString(16), ref: child });
  }
}

/** All leaves of a map, in no particular order. Throws at the first page that does not verify. */
export async function* walkLeaves(read: PageReader, root: MapRef): AsyncGenerator<Leaf> {
  for await (const { page } of walkPages(read, root)) if ('leaves' in page) yield* page.leaves;
}

function childAt(children: readonly MapRef[], key: string, depth: number): MapRef {
  const child = children[Number.parseInt(key[depth] ?? '', 16)];
  if (!child) throw new RangeError(`no subtree for “${key}” at ${depth}`);
  return child;
}
