import {
  close,
  closeSync,
  fstat,
  fstatSync,
  open,
  openSync,
  read,
  readdirSync,
  readSync,
  statSync,
  type BigIntStats,
} from 'node:fs';
import { stat } from 'node:fs/promises';
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
  /** Known at once where it was opened without giving way. */
  readonly number?: number;
  /** Reads under way: a file that is let go closes after the last. */
  users: number;
  leaving: boolean;
}

export interface ReadingOptions {
  /**
   * Waits for the disk without giving way. Twice as fast for a program that has nothing else to do, as long as the files
   * are in the memory of the system; a server must not. `short`: only up to 64 KB, which takes some microseconds there.
   */
  readonly blocking?: boolean | 'short';
}

/** Bytes that are read without giving way by who asks for `short`. */
const shortRead = 64 * 1024;

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
    const held = known ?? { ...opened(join(folder, name), blocking !== false), users: 0, leaving: false };
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
    // A few names in one folder, asked for once a release: giving way takes longer.
    async names() {
      await Promise.resolve();
      try {
        return readdirSync(folder);
      } catch (error) {
        if (isAbsence(error)) return [];
        throw error;
      }
    },
    async size(name) {
      await Promise.resolve();
      try {
        return statSync(join(folder, name)).size;
      } catch (error) {
        if (isAbsence(error)) return 0;
        throw error;
      }
    },
    async version(name) {
      try {
        return versionOf(await stat(join(folder, name), { bigint: true }));
      } catch (error) {
        if (isAbsence(error)) return '';
        throw error;
      }
    },
    async openVersion(name) {
      const held = hold(name);
      held.users++;
      try {
        return versionOf(fstatSync(await held.descriptor, { bigint: true }));
      } catch {
        // A pipe or nothing at all: whatever comes in its place is another version.
        return '';
      } finally {
        held.users--;
        closeUnused(held);
      }
    },
    async read(name, offset, length, lately = false) {
      const held = hold(name);
      held.users++;
      try {
        const descriptor = held.number ?? (await held.descriptor);
        if (length > unquestioned && (await statFile(descriptor)).size < offset + length) return Buffer.alloc(0);
        const bytes = Buffer.allocUnsafe(length);
        const atOnce = blocking === true || ((lately || blocking === 'short') && length <= shortRead);
        let at = 0;
        while (at < length) {
          const bytesRead = atOnce
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

function opened(path: string, blocking: boolean): Pick<Held, 'descriptor' | 'number'> {
  if (!blocking) return { descriptor: openRegular(path) };
  try {
    const number = openSync(path, openFlags);
    try {
      checkRegular(fstatSync(number), path);
    } catch (error) {
      closeSync(number);
      throw error;
    }
    return { number, descriptor: Promise.resolve(number) };
  } catch (error) {
    const descriptor = Promise.reject<number>(error as Error);
    descriptor.catch(() => undefined);
    return { descriptor };
  }
}

function versionOf({ dev, ino, size, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, ctimeNs].join(' ');
}

export function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
