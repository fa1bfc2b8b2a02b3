import { checkpointName, type Checkpoint } from './checkpoint.ts';
import { followedKeys, openFollowed, trusted, type Trust } from './follow-keys.ts';
import { openLog, type LogReader } from './log-reader.ts';
import { verifiedNote } from './note.ts';
import { parseLeaf } from './release-leaf.ts';
import { ReleaseError } from './release-error.ts';
import { tileName, tileWidth } from './tiles.ts';
import type { LogHead, ReadStore, ReleaseLeaf } from './types.ts';

/** The newest release of a store: signed, in the log, and in no contradiction to what was seen before. */
export interface ReleaseHead {
  /** The note with the signatures that were checked, and no others. */
  readonly note: string;
  /** Statements about keys that led from the pinned ones to those of now. To be remembered. */
  readonly statements: readonly string[];
  readonly checkpoint: Checkpoint;
  readonly log: LogReader;
  readonly leaf: ReleaseLeaf;
}

/**
 * Reads the checkpoint of a store and the last entry of its log.
 * Throws `no-release`, `checkpoint-invalid`, `rolled-back`, `forked`, `missing`, `damaged`; `invalid` for the key.
 */
export async function readHead(store: Pick<ReadStore, 'get'>, trust: Trust, lastSeen?: LogHead): Promise<ReleaseHead> {
  trusted(trust);
  const bytes = await store.get(checkpointName);
  if (!bytes) throw new ReleaseError('no-release', checkpointName, 'nothing has been published');
  const followed = await followedKeys(store, trust);
  const checkpoint = openFollowed(bytes, followed);
  if (checkpoint.size === 0) throw new ReleaseError('no-release', checkpointName, 'the log is empty');
  const log = openLog(store, checkpoint);
  if (lastSeen) await checkContinues(log, lastSeen);
  const entry = await log.entry(checkpoint.size - 1);
  return {
    note: verifiedNote(bytes, followed.keysFor(checkpoint.size)),
    statements: followed.statements,
    checkpoint,
    log,
    leaf: parseLeaf(entry, entryName(checkpoint.size)),
  };
}

/** Throws `rolled-back` or `forked` unless the log is the continuation of what was seen. */
export async function checkContinues(log: LogReader, seen: LogHead): Promise<void> {
  if (log.head.size < seen.size)
    throw new ReleaseError('rolled-back', checkpointName, `size ${log.head.size}; ${seen.size} was seen before`);
  if ((await log.rootAt(seen.size)) !== seen.root)
    throw new ReleaseError('forked', checkpointName, `not a continuation of the log of size ${seen.size} seen before`);
}

/** File that holds the last entry of a log of `size` entries. */
export function entryName(size: number): string {
  const index = Math.floor((size - 1) / tileWidth);
  return tileName({ level: 'entries', index, width: size - index * tileWidth });
}
