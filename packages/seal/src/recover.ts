import {
  checkpointName,
  formatPending,
  followedKeys,
  openFollowed,
  openLog,
  parseCheckpoint,
  parsePending,
  parseTileName,
  pendingCheckpoint,
  pendingHeld,
  pendingPartial,
  pendingPrefix,
  pendingPruning,
  pendingUnsigned,
  readHead,
  ReleaseError,
  temporaryPrefix,
  tileWidth,
  type LogHead,
  type ReleaseHead,
  type Trust,
} from '@chengmen/release';
import type { StoredFile, WriteStore } from './types.ts';

/**
 * What a sealing that was cut off has to leave in order: the next checkpoint waits in `pending/`, signed, so that it is
 * never signed a second time with other contents. A log whose key has signed two roots for one size is broken for ever.
 */
export async function recover(
  store: WriteStore,
  trust: Trust,
  lastSeen: LogHead | undefined,
  sign: SignCheckpoint,
): Promise<ReleaseHead | undefined> {
  await store.takeTurn();
  let head = await newest(store, trust, lastSeen);
  await signWaiting(store, head, sign);
  if (await promoteStaged(store, trust, head)) head = await newest(store, trust, lastSeen);
  const size = head?.checkpoint.size ?? 0;
  const stays = new Set([pendingHeld, pendingPartial, pendingPruning]);
  const files = (await namesIn(store, pendingPrefix)).filter((name) => !stays.has(name));
  for (const file of files.filter((name) => name !== pendingCheckpoint)) {
    const list = parsePending((await store.get(file)) ?? new Uint8Array());
    // Tiles announced for a log that was not signed must go: nobody was promised it, and the next one may need other
    // bytes there. Content and pages of the map are named by their hashes and may be of use to it.
    if (list.size > size) await store.remove(list.names.filter((name) => isBeyond(name, size)));
  }
  await store.remove([...files, ...(await namesIn(store, temporaryPrefix))]);
  return head;
}

export type SignCheckpoint = (text: string, head: LogHead) => Promise<string>;

/** The signer may have signed it before we were cut off, and would sign no other: it is signed now, whoever asked first. */
async function signWaiting(store: WriteStore, head: ReleaseHead | undefined, sign: SignCheckpoint): Promise<void> {
  const bytes = await store.get(pendingUnsigned);
  if (!bytes || (await store.has(pendingCheckpoint))) return;
  const text = Buffer.from(bytes).toString('utf8');
  const next = parseCheckpoint(text);
  const size = head?.checkpoint.size ?? 0;
  if (next.size <= size) return;
  const log = openLog(store, next);
  if (next.size !== size + 1 || (head && (await log.rootAt(size)) !== head.checkpoint.root))
    throw new ReleaseError('forked', pendingUnsigned, 'it does not follow the checkpoint in force');
  await log.entry(next.size - 1);
  await store.replace([pendingCheckpoint, Buffer.from(await sign(text, next))]);
}

/** Says which tiles are about to be written for the log of a size, so that a sealing cut off can be cleared away. */
export function announcement(size: number, tiles: Iterable<string>): StoredFile {
  return [`${pendingPrefix}${String(size).padStart(6, '0')}`, formatPending({ size, names: [...tiles] })];
}

async function newest(
  store: WriteStore,
  trust: Trust,
  lastSeen: LogHead | undefined,
): Promise<ReleaseHead | undefined> {
  try {
    return await readHead(store, trust, lastSeen);
  } catch (error) {
    if (error instanceof ReleaseError && error.code === 'no-release' && !lastSeen) return undefined;
    throw error;
  }
}

/** A checkpoint that was signed is brought into force: all it stands for was durable before it was signed. */
async function promoteStaged(store: WriteStore, trust: Trust, head: ReleaseHead | undefined): Promise<boolean> {
  const bytes = await store.get(pendingCheckpoint);
  if (!bytes) return false;
  const staged = openFollowed(bytes, await followedKeys(store, trust));
  const size = head?.checkpoint.size ?? 0;
  if (staged.size <= size) return false;
  const log = openLog(store, staged);
  if (staged.size !== size + 1 || (head && (await log.rootAt(size)) !== head.checkpoint.root))
    throw new ReleaseError('forked', pendingCheckpoint, 'the signed checkpoint does not follow the one in force');
  await log.entry(staged.size - 1);
  await store.replace([checkpointName, bytes]);
  return true;
}

/** A tile of a log longer than the signed one. */
function isBeyond(name: string, size: number): boolean {
  const tile = parseTileName(name);
  if (!tile) return false;
  const level = tile.level === 'entries' ? 0 : tile.level;
  return (tile.index * tileWidth + tile.width) * tileWidth ** level > size;
}

async function namesIn(store: WriteStore, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names;
}
