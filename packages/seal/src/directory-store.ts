import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inParallel, ReleaseError, temporaryPrefix } from '@chengmen/release';
import { checkStoreName } from './store-name.ts';
import type { StoredFile, WriteStore } from './types.ts';

/**
 * A store in a folder of this machine; the folder is made when it is missing.
 * A file is written beside, synced, renamed into place, and its folder synced: after a crash it is there whole or not at all.
 */
export class DirectoryStore implements WriteStore {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#path(name));
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const name of this.#walk(folder)) if (name.startsWith(prefix)) yield name;
  }

  async has(name: string): Promise<boolean> {
    try {
      return (await stat(this.#path(name))).isFile();
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  async put(files: Iterable<StoredFile>): Promise<void> {
    const folders = new Set<string>();
    await inParallel(files, 8, async ([name, bytes]) => {
      const before = await this.get(name);
      if (before && Buffer.compare(before, bytes) !== 0)
        throw new ReleaseError('damaged', name, 'other bytes stand under this name already');
      if (!before) await this.#write(name, bytes, folders);
      // Also for a file that is there already: a killed writer may not have come to syncing its folder.
      folders.add(dirname(this.#path(name)));
    });
    await inParallel(folders, 8, syncFolder);
  }

  async replace([name, bytes]: StoredFile): Promise<void> {
    const folders = new Set([dirname(this.#path(name))]);
    await this.#write(name, bytes, folders);
    for (const folder of folders) await syncFolder(folder);
  }

  async remove(names: Iterable<string>): Promise<void> {
    for (const name of names) {
      try {
        await unlink(this.#path(name));
      } catch (error) {
        if (!isAbsence(error)) throw error;
      }
    }
  }

  /** Every file is synced when it is put. */
  sync(): Promise<void> {
    return Promise.resolve();
  }

  async #write(name: string, bytes: Uint8Array, folders: Set<string>): Promise<void> {
    const path = this.#path(name);
    const temporary = join(this.root, temporaryPrefix, randomBytes(8).toString('hex'));
    await this.#makeFolder(dirname(temporary), folders);
    await this.#makeFolder(dirname(path), folders);
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** A folder is as durable as the entry in the one above it. */
  async #makeFolder(folder: string, folders: Set<string>): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) folders.add(dirname(made));
  }

  async *#walk(folder: string): AsyncGenerator<string> {
    try {
      for await (const one of await opendir(join(this.root, folder))) {
        if (one.isDirectory()) yield* this.#walk(`${folder}${one.name}/`);
        else yield `${folder}${one.name}`;
      }
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }

  #path(name: string): string {
    checkStoreName(name);
    return join(this.root, name);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle for syncing a folder; renaming is ordered there by the file system's own log.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
