import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Seen } from './types.ts';

/** Keeps the newest checkpoint seen in a file of its own: written beside, synced, renamed. */
export function seenFile(path: string): Seen {
  return {
    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(checkpoint) {
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${randomBytes(4).toString('hex')}`;
      try {
        const file = await open(temporary, 'wx');
        try {
          await file.writeFile(checkpoint);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } finally {
        await rm(temporary, { force: true });
      }
    },
  };
}

/** Remembers for as long as the process runs. */
export function seenInMemory(checkpoint?: string): Seen {
  let newest = checkpoint;
  return {
    read: () => Promise.resolve(newest),
    write: (next) => {
      newest = next;
      return Promise.resolve();
    },
  };
}
