import { isHash } from './hashing.ts';
import { parseTileName } from './tiles.ts';

/** Folder for what a sealing in progress has to remember; empty between sealings. */
export const pendingPrefix = 'pending/';
/** The next checkpoint, signed but not yet in force. */
export const pendingCheckpoint = 'pending/checkpoint';
/** Folder of files being written; each gets its real name when it is whole. */
export const temporaryPrefix = 'tmp/';

/** A list of files about to be written. */
export function formatPending(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\n`).join(''));
}

/** The well-formed names in such a list, which a crash may have cut short. */
export function parsePending(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1).filter(isReleaseFile);
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
