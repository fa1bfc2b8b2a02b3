import { isReleasePath } from './entry.ts';
import { isHash } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import { emptyHash, foldRefs, leafOf, trieHash, type Leaf } from './trie.ts';
import type { HashText, MapRef } from './types.ts';

/** A subtree with more paths than this is kept as 16 smaller ones. */
export const pageLimit = 32;

/** A page that lists its paths, sorted by key. */
export interface ListPage {
  readonly leaves: readonly Leaf[];
}

/** A page that names the sixteen subtrees below it, by the next nibble of the key. */
export interface BranchPage {
  readonly children: readonly MapRef[];
}

export type MapPage = ListPage | BranchPage;

const listHead = 'chengmen.map/v1 list';
const branchHead = 'chengmen.map/v1 branch';

/** Name of the file that holds the page of a subtree. */
export function mapPageName(hash: HashText): string {
  return `map/${hash.slice(0, 2)}/${hash}`;
}

/** The one text of a page. docs/formats/release.md, “Map page”. */
export function encodePage(page: MapPage): Buffer {
  const lines =
    'leaves' in page
      ? [listHead, ...page.leaves.map(({ path, text }) => `${path} ${text}`)]
      : [branchHead, ...page.children.map(({ hash, count }) => `${hash} ${count}`)];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** What a subtree at a prefix (nibbles of the key, hexadecimal) with this page is called. */
export function pageRef(page: MapPage, prefix: string): MapRef {
  if ('children' in page) return foldRefs(page.children);
  return { hash: trieHash(page.leaves, prefix.length * 4), count: page.leaves.length };
}

/**
 * Reads a page that must be the subtree `ref` at `prefix`.
 * Throws `damaged` at `where` unless every byte is as encodePage would write it and hash and count come out.
 */
export function decodePage(bytes: Uint8Array, prefix: string, ref: MapRef, where: string): MapPage {
  const damaged = (problem: string): ReleaseError => new ReleaseError('damaged', where, problem);
  const lines = splitLines(bytes);
  const head = lines?.shift();
  if (!lines || (head !== listHead && head !== branchHead)) throw damaged('not a page of a map');
  let page: MapPage;
  try {
    page = head === listHead ? readList(lines, prefix) : readBranch(lines);
  } catch (error) {
    throw damaged(error instanceof ReleaseError ? error.problem : String(error));
  }
  const is = pageRef(page, prefix);
  if (is.hash !== ref.hash) throw damaged(`its contents hash to ${is.hash}, not ${ref.hash}`);
  if (is.count !== ref.count) throw damaged(`it holds ${is.count} paths, not ${ref.count}`);
  if ('leaves' in page !== is.count <= pageLimit) throw damaged('the wrong kind of page for its number of paths');
  if (Buffer.compare(encodePage(page), bytes) !== 0) throw damaged('not in canonical form');
  return page;
}

function splitLines(bytes: Uint8Array): string[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.endsWith('\n') ? text.slice(0, -1).split('\n') : undefined;
}

function readList(lines: readonly string[], prefix: string): ListPage {
  const leaves = lines.map((line) => {
    const space = line.indexOf(' ');
    const path: string = line.slice(0, Math.max(space, 0));
    if (!isReleasePath(path)) throw new ReleaseError('damaged', 'page', `not a path: ${line.slice(0, 80)}`);
    // Whoever uses the entry decodes it; here its hash tells that it is the one that was sealed.
    return leafOf(path, line.slice(space + 1));
  });
  for (const [index, { key, path }] of leaves.entries()) {
    const before = leaves[index - 1];
    if (!key.startsWith(prefix)) throw new ReleaseError('damaged', 'page', `${path} does not belong here`);
    if (before && before.key >= key) throw new ReleaseError('damaged', 'page', `${path} is out of order`);
  }
  return { leaves };
}

function readBranch(lines: readonly string[]): BranchPage {
  const children = lines.map((line) => {
    const [, hash = '', digits = ''] = /^([0-9a-f]{64}) (0|[1-9][0-9]{0,14})$/.exec(line) ?? [];
    const count = Number(digits);
    if (!isHash(hash) || (count === 0) !== (hash === emptyHash))
      throw new ReleaseError('damaged', 'page', `not a subtree: ${line.slice(0, 100)}`);
    return { hash, count };
  });
  if (children.length !== 16) throw new ReleaseError('damaged', 'page', `${children.length} subtrees, not 16`);
  return { children };
}
