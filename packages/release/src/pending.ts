import { isHash } from './hashing.ts';
import { parseTileName } from './tiles.ts';

/** Folder for what a sealing in progress has to remember; empty between sealings. */
export const pendingPrefix = 'pending/';
/** The next checkpoint, signed but not yet in force. */
export const pendingCheckpoint = 'pending/checkpoint';
/** Text of the next checkpoint, where the signer may have signed it without our hearing of it: nothing else is signed before. */
export const pendingUnsigned = 'pending/unsigned';
/** Map of what a long sealing has written so far; a sealing that was cut off goes on from there. */
export const pendingPartial = 'pending/partial';
/**
 * Tells of the last pruning: another since shows whoever writes for long that what was there may be gone. Its name is too
 * long for a pack: as a file of its own it is seen by whoever looks, also where another process has written it.
 */
export const pendingPruning = 'pending/the-last-pruning-of-this-store';
/**
 * Tells the release the site is held at, for portals that nobody else tells. A hint: it is not signed, and nothing is served by it.
 * Too long a name for a pack, as above.
 */
export const pendingHeld = 'pending/the-release-this-site-is-held-at';
/** Folder of files being written; each gets its real name when it is whole. */
export const temporaryPrefix = 'tmp/';

/** Files that a sealing is about to write, for the release that will be number `size` of the log. */
export interface PendingList {
  readonly size: number;
  readonly names: readonly string[];
}

/** First line the size, then a name a line. */
export function formatPending({ size, names }: PendingList): Buffer {
  return Buffer.from([`${size}`, ...names].map((line) => `${line}\n`).join(''));
}

/** Reads such a list; names that no release could hold are left out, and bytes that are no list give an empty one. */
export function parsePending(bytes: Uint8Array): PendingList {
  const [size = '', ...names] = Buffer.from(bytes).toString('utf8').split('\n');
  if (!/^[1-9][0-9]{0,14}$/.test(size)) return { size: 0, names: [] };
  return { size: Number(size), names: names.filter(isReleaseFile) };
}

/** `release`: counted from 1; 0 where approvals go live. */
export function formatHeld(release: number): Buffer {
  return Buffer.from(`held\n${release}\n`);
}

/** Reads such a note; undefined for bytes that are none. */
export function parseHeld(bytes: Uint8Array | undefined): number | undefined {
  if (!bytes || bytes.length > 32) return undefined;
  const [, release] = /^held\n(0|[1-9][0-9]{0,14})\n$/.exec(Buffer.from(bytes).toString('utf8')) ?? [];
  return release === undefined ? undefined : Number(release);
}

/** True for a name that a file of a release can have. */
export function isReleaseFile(name: string): boolean {
  if (parseTileName(name)) return true;
  const [, shard = '', hash = '', ending = ''] = /^(?:blob|map)\/([^/]*)\/([^.]*)(\..*)?$/.exec(name) ?? [];
  return (
    isHash(hash) &&
    hash.startsWith(shard) &&
    shard.length === 2 &&
    endings.has(name.startsWith('map/') ? `map${ending}` : ending)
  );
}

const endings = new Set(['', '.gz', '.br', 'map']);
