import { close, open, read, readSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackFiles } from '@chengmen/release';

const openFile = promisify(open);
const closeFile = promisify(close);
const readFile = promisify(read);

/** Files held open at a time. */
const openAtOnce = 48;

export interface PackFolderFiles extends PackFiles {
  /** Lets go of a file that is taken away. */
  forget(name: string): void;
  /** Lets go of all; what is read afterwards is opened again. */
  close(): void;
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
    const held = known ?? { descriptor: openFile(join(folder, name), 'r'), users: 0, leaving: false };
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
    async read(name, offset, length) {
      const held = hold(name);
      held.users++;
      try {
        const descriptor = await held.descriptor;
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

export function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
