import {
  checkpointName,
  formatPending,
  inParallel,
  isReleaseFile,
  openCheckpoint,
  openLog,
  parsePending,
  parseTileName,
  pendingCheckpoint,
  pendingPrefix,
  readHead,
  ReleaseError,
  temporaryPrefix,
  tileWidth,
  trusted,
  type LogHead,
  type PendingList,
  type ReleaseHead,
  type Trust,
} from '@chengmen/release';
import type { WriteStore } from './types.ts';

/**
 * What a sealing in progress has to remember. Before files are written their names are announced in `pending/`, durably,
 * so that a sealing that was cut off can be cleared away; the next checkpoint waits there signed, so that it is never
 * signed a second time with other contents: a log whose key has signed two roots for one size is broken for ever.
 */
export interface PendingFiles {
  /** Finishes or undoes what was cut off, and returns the newest release; undefined before the first. */
  recover(lastSeen: LogHead | undefined): Promise<ReleaseHead | undefined>;
  /** Says that these files are about to be written. Returns those that are not in the store yet. */
  announce(names: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Removes what was announced for the release in the making, now or before a crash, and is not in it. Only before promotion. */
  settle(kept: ReadonlySet<string>): Promise<void>;
  /** Forgets; the files stay. */
  clear(): Promise<void>;
}

export function createPendingFiles(store: WriteStore, trust: Trust): PendingFiles {
  let next = 1;
  let lists = 0;

  return {
    async recover(lastSeen) {
      let head = await newest(store, trust, lastSeen);
      if (await promoteStaged(store, trust, head)) head = await newest(store, trust, lastSeen);
      const size = head?.checkpoint.size ?? 0;
      next = size + 1;
      lists = 0;
      for (const { file, list } of await readLists(store)) {
        lists = Math.max(lists, Number(file.slice(pendingPrefix.length)) || 0);
        // What was announced for a release that is in force belongs to it. Otherwise only the tiles must go: nobody was
        // promised that log, and the next attempt may need other bytes there. The rest may be of use to it.
        if (list.size <= size) await store.remove([file]);
        else await store.remove(list.names.filter((name) => isBeyond(name, size)));
      }
      await store.remove([pendingCheckpoint]);
      return head;
    },

    async announce(names) {
      const fresh = new Set(names);
      for (const name of fresh)
        if (!isReleaseFile(name)) throw new ReleaseError('invalid', name, 'not the name of a file of a release');
      await inParallel([...fresh], 16, async (name) => {
        if (await store.has(name)) fresh.delete(name);
      });
      if (fresh.size === 0) return fresh;
      lists++;
      const file = `${pendingPrefix}${String(lists).padStart(6, '0')}`;
      await store.replace([file, formatPending({ size: next, names: [...fresh] })]);
      return fresh;
    },

    async settle(kept) {
      const announced = (await readLists(store)).flatMap(({ list }) => (list.size === next ? list.names : []));
      await store.remove(announced.filter((name) => !kept.has(name)));
      await store.remove(await namesIn(store, temporaryPrefix));
    },

    async clear() {
      await store.remove(await namesIn(store, pendingPrefix));
      lists = 0;
    },
  };
}

async function readLists(store: WriteStore): Promise<{ readonly file: string; readonly list: PendingList }[]> {
  const files = (await namesIn(store, pendingPrefix)).filter((file) => file !== pendingCheckpoint);
  const lists = files.map(async (file) => ({ file, list: parsePending((await store.get(file)) ?? new Uint8Array()) }));
  return Promise.all(lists);
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
  const staged = openCheckpoint(bytes, trusted(trust));
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
