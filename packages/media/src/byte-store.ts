import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ChengmenError, sha256, type Hash } from '@chengmen/model';

/** Bytes by their SHA-256 in a folder: `ab/abcdef…`. Written once, synced before it is acknowledged, never changed. */
export interface ByteStore {
  put(bytes: Uint8Array): Promise<Hash>;
  /** undefined when there is none; throws `data-damaged` when the bytes are not the ones that were put. */
  get(hash: Hash): Promise<Uint8Array | undefined>;
  getSync(hash: Hash): Uint8Array | undefined;
  /**
   * Writes bytes as they come to a file aside, hashing them on the way; they are not in the store until they are kept.
   * Throws `file-empty`, and `file-too-large` beyond `limit` bytes; then nothing is left of them.
   */
  receive(
    bytes: AsyncIterable<Uint8Array>,
    about: { readonly name: string; readonly limit: number },
  ): Promise<Received>;
}

/** Bytes handed in and not yet kept. */
export interface Received {
  /** Where they lie until they are kept or dropped. */
  readonly file: string;
  readonly hash: Hash;
  readonly size: number;
  keep(): Promise<void>;
  /** Nothing when they were kept. */
  drop(): Promise<void>;
}

/** What was left half received longer ago than this belongs to no process that still runs. */
const forgotten = 24 * 60 * 60 * 1000;

export function openByteStore(folder: string): ByteStore {
  const path = (hash: Hash): string => join(folder, hash.slice(0, 2), hash);
  const aside = join(folder, 'received');
  const checked = (hash: Hash, bytes: Uint8Array): Uint8Array => {
    const actual = sha256(bytes);
    if (actual !== hash) throw new ChengmenError('data-damaged', { what: path(hash), problem: `sha256 ${actual}` });
    return bytes;
  };
  const moveIn = async (file: string, hash: Hash): Promise<void> => {
    const folder = dirname(path(hash));
    if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(dirname(folder));
    await rename(file, path(hash));
    await syncFolder(folder);
  };
  return {
    async put(bytes) {
      const hash = sha256(bytes);
      if (await read(path(hash))) return hash;
      await mkdir(aside, { recursive: true });
      const temporary = join(aside, randomName());
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await moveIn(temporary, hash);
      return hash;
    },
    async get(hash) {
      const bytes = await read(path(hash));
      return bytes && checked(hash, bytes);
    },
    getSync(hash) {
      try {
        return checked(hash, readFileSync(path(hash)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async receive(bytes, { name, limit }) {
      await mkdir(aside, { recursive: true });
      await sweep(aside);
      const file = join(aside, randomName());
      try {
        const { hash, size } = await write(file, bytes, limit);
        if (size === 0) throw new ChengmenError('file-empty', { name });
        if (size > limit) throw new ChengmenError('file-too-large', { name, limit: Math.floor(limit / 1024 / 1024) });
        return {
          file,
          hash,
          size,
          keep: () => moveIn(file, hash),
          drop: () => rm(file, { force: true }),
        };
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
  };
}

const randomName = (): string => `${randomBytes(12).toString('hex')}.part`;

/**
 * What is beyond the limit is read and not written, up to as much again: a stream that is one of several in a request
 * must come to its end, or those after it never begin.
 */
async function write(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ hash: Hash; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limit * 2) break;
      if (size > limit) continue;
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: hash.digest('hex'), size };
}

/** Takes away what a process that was cut off left behind. */
async function sweep(aside: string): Promise<void> {
  for (const name of await readdir(aside)) {
    const file = join(aside, name);
    const found = await stat(file).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > forgotten) await rm(file, { force: true, recursive: true });
  }
}

async function read(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A new name is durable only when its folder is. Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
