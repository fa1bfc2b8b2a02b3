import { close, fstat, open, read, readSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackFiles } from '@chengmen/release';
import { checkRegular, openFlags } from './regular-file.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const readFile = promisify(read);
const statFile = promisify(fstat);

/** Room for more bytes is only made where the file has as many: the number may come from a damaged index. */
const unquestioned = 1024 * 1024;

/** Files held open at a time. */
const openAtOnce = 48;

export interface PackFolderFiles extends PackFiles {
  /** Lets go of a file that is taken away. */
  forget(name: string): void;
}

interface Held {
  readonly descriptor: Promise<number>;
  /** Reads under way: a file that is let go closes after the last. */
  users: number;
  leaving: boolean;
}

export interface ReadingOptions {
  /**
   * Waits for the disk without giving way. Twice as fast for a program that has nothing else to do, as long as the files
   * are in the memory of the system; a server must not.
   */
  readonly blocking?: boolean;
}

/** A folder of packs on this machine. Files that were read last stay open. */
export function packFiles(folder: string, { blocking = false }: ReadingOptions = {}): PackFolderFiles {
  const files = new Map<string, Held>();
  const closeUnused = (held: Held): void => {
    if (!held.leaving || held.users > 0) return;
    held.descriptor.then((descriptor) => closeFile(descriptor)).catch(() => undefined);
  };
  const letGo = (name: string): void => {
    const held = files.get(name);
    files.delete(name);
    if (!held) return;
    held.leaving = true;
    closeUnused(held);
  };
  const hold = (name: string): Held => {
    const known = files.get(name);
    const held = known ?? { descriptor: openRegular(join(folder, name)), users: 0, leaving: false };
    // A Map iterates in order of insertion: what was read last goes last.
    files.delete(name);
    files.set(name, held);
    if (!known) {
      held.descriptor.catch(() => {
        if (files.get(name) === held) files.delete(name);
      });
      for (const oldest of files.keys()) {
        if (files.size <= openAtOnce) break;
        letGo(oldest);
      }
    }
    return held;
  };
  return {
    async names() {
      try {
        return await readdir(folder);
      } catch (error) {
        if (isAbsence(error)) return [];
        throw error;
      }
    },
    async size(name) {
      try {
        return (await stat(join(folder, name))).size;
      } catch (error) {
        if (isAbsence(error)) return 0;
        throw error;
      }
    },
    async version(name) {
      try {
        const { dev, ino, size, ctimeNs } = await stat(join(folder, name), { bigint: true });
        return [dev, ino, size, ctimeNs].join(' ');
      } catch (error) {
        if (isAbsence(error)) return '';
        throw error;
      }
    },
    async read(name, offset, length) {
      const held = hold(name);
      held.users++;
      try {
        const descriptor = await held.descriptor;
        if (length > unquestioned && (await statFile(descriptor)).size < offset + length) return Buffer.alloc(0);
        const bytes = Buffer.allocUnsafe(length);
        let at = 0;
        while (at < length) {
          const bytesRead = blocking
            ? readSync(descriptor, bytes, at, length - at, offset + at)
            : (await readFile(descriptor, bytes, at, length - at, offset + at)).bytesRead;
          if (bytesRead === 0) break;
          at += bytesRead;
        }
        return bytes.subarray(0, at);
      } finally {
        held.users--;
        closeUnused(held);
      }
    },
    forget: letGo,
    close() {
      for (const name of [...files.keys()]) letGo(name);
    },
  };
}

async function openRegular(path: string): Promise<number> {
  const descriptor = await openFile(path, openFlags);
  try {
    checkRegular(await statFile(descriptor), path);
    return descriptor;
  } catch (error) {
    await closeFile(descriptor);
    throw error;
  }
}

export function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
