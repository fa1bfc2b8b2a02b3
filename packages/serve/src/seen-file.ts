import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Seen } from './types.ts';

/** Keeps the newest checkpoint seen in a file of its own: written beside, synced, renamed. */
export function seenFile(path: string): Seen {
  const keys = `${path}.keys`;
  return {
    read: () => readText(path),
    write: (checkpoint) => writeDurably(path, checkpoint),
    async readKeys() {
      const text = await readText(keys);
      if (text === undefined) return [];
      const statements: unknown = JSON.parse(text);
      if (!Array.isArray(statements) || !statements.every((one) => typeof one === 'string'))
        throw new TypeError(`${keys}: not a list of statements`);
      return statements;
    },
    writeKeys: (statements) => writeDurably(keys, JSON.stringify(statements)),
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Remembers for as long as the process runs. */
export function seenInMemory(checkpoint?: string): Seen {
  let newest = checkpoint;
  let keys: readonly string[] = [];
  return {
    read: () => Promise.resolve(newest),
    write: (next) => {
      newest = next;
      return Promise.resolve();
    },
    readKeys: () => Promise.resolve(keys),
    writeKeys: (statements) => {
      keys = statements;
      return Promise.resolve();
    },
  };
}
