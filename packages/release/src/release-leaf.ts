import { isHash } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import { emptyHash } from './trie.ts';
import type { ReleaseLeaf } from './types.ts';

const head = 'chengmen.release/v1';

/** What the log holds of one release: nothing but its contents, so that the same contents give the same text. */
export function formatLeaf({ site, map }: ReleaseLeaf): Buffer {
  return Buffer.from(`${head}\n${site}\n${map.hash}\n${map.count}\n`);
}

/** Reads an entry of the log. Throws `damaged` at `where` for anything but the one text of a leaf. */
export function parseLeaf(entry: Uint8Array, where: string): ReleaseLeaf {
  const [first, site = '', hash = '', count = ''] = Buffer.from(entry).toString('utf8').split('\n');
  const leaf: ReleaseLeaf = { site, map: { hash, count: Number(count) } };
  const good =
    first === head &&
    isSiteId(site) &&
    isHash(hash) &&
    /^(?:0|[1-9][0-9]{0,14})$/.test(count) &&
    (leaf.map.count === 0) === (hash === emptyHash) &&
    Buffer.compare(formatLeaf(leaf), entry) === 0;
  if (!good) throw new ReleaseError('damaged', where, 'not an entry of a release log');
  return leaf;
}

export function isSiteId(site: string): boolean {
  return /^[a-z][a-z0-9-]{1,31}$/.test(site);
}
