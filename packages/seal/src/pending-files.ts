import {
  checkpointName,
  formatPending,
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
  /** Says that these files are about to be written; names that are in the store already are left out. Returns the new ones. */
  announce(names: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Removes announced files but those in `kept`, and all that was remembered. */
  clear(kept: ReadonlySet<string>): Promise<void>;
}

export function createPendingFiles(store: WriteStore, trust: Trust): PendingFiles {
  let lists = 0;

  const remembered = async (): Promise<{ readonly files: string[]; readonly announced: Set<string> }> => {
    const files: string[] = [];
    const announced = new Set<string>();
    for await (const name of store.list(pendingPrefix)) {
      files.push(name);
      if (name === pendingCheckpoint) continue;
      for (const one of parsePending((await store.get(name)) ?? new Uint8Array())) announced.add(one);
    }
    return { files, announced };
  };

  return {
    async recover(lastSeen) {
      let head = await newest(store, trust, lastSeen);
      if (await promoteStaged(store, trust, head)) head = await newest(store, trust, lastSeen);
      const { files, announced } = await remembered();
      lists = files.length;
      await store.remove(files.includes(pendingCheckpoint) ? [pendingCheckpoint] : []);
      await store.remove([...announced].filter((name) => isBeyond(name, head?.checkpoint.size ?? 0)));
      return head;
    },

    async announce(names) {
      const fresh = new Set<string>();
      for (const name of names) {
        if (!isReleaseFile(name)) throw new ReleaseError('invalid', name, 'not the name of a file of a release');
        if (!fresh.has(name) && !(await store.has(name))) fresh.add(name);
      }
      lists++;
      const list = `${pendingPrefix}${String(lists).padStart(6, '0')}`;
      if (fresh.size > 0) await store.replace([list, formatPending([...fresh])]);
      return fresh;
    },

    async clear(kept) {
      const { files, announced } = await remembered();
      const temporary: string[] = [];
      for await (const name of store.list(temporaryPrefix)) temporary.push(name);
      await store.remove([...temporary, ...[...announced].filter((name) => !kept.has(name))]);
      await store.remove(files);
      lists = 0;
    },
  };
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

/** A tile of a log longer than the signed one: nobody was promised it, and the next attempt may need other bytes there. */
function isBeyond(name: string, size: number): boolean {
  const tile = parseTileName(name);
  if (!tile) return false;
  const level = tile.level === 'entries' ? 0 : tile.level;
  return (tile.index * tileWidth + tile.width) * tileWidth ** level > size;
}
