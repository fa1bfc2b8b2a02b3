import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ChengmenError, sha256, type Hash } from '@chengmen/model';

/** Bytes by their SHA-256 in a folder: `ab/abcdef…`. Written once, synced before it is acknowledged, never changed. */
export interface ByteStore {
  put(bytes: Uint8Array): Promise<Hash>;
  /** undefined when there is none; throws `data-damaged` when the bytes are not the ones that were put. */
  get(hash: Hash): Promise<Uint8Array | undefined>;
  getSync(hash: Hash): Uint8Array | undefined;
}

export function openByteStore(folder: string): ByteStore {
  const path = (hash: Hash): string => join(folder, hash.slice(0, 2), hash);
  const checked = (hash: Hash, bytes: Uint8Array): Uint8Array => {
    const actual = sha256(bytes);
    if (actual !== hash) throw new ChengmenError('data-damaged', { what: path(hash), problem: `sha256 ${actual}` });
    return bytes;
  };
  return {
    async put(bytes) {
      const hash = sha256(bytes);
      if (await read(path(hash))) return hash;
      const temporary = `${path(hash)}.${process.pid}.part`;
      await mkdir(dirname(path(hash)), { recursive: true });
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path(hash));
      await syncFolder(dirname(path(hash)));
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
  };
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
