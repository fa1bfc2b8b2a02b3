import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ChengmenError } from '@chengmen/model';

export interface FolderLock {
  release(): void;
}

/**
 * One process at a time in a data folder: the embedded database takes no lock of its own, and two processes would spoil it silently.
 * SQLite's exclusive lock is one the operating system holds and gives back however the process ends, on every platform.
 * Throws `folder-locked`.
 */
export function lockFolder(folder: string): FolderLock {
  const holder = join(folder, 'lock.pid');
  const database = new DatabaseSync(join(folder, 'lock.db'));
  try {
    database.exec('pragma busy_timeout = 0; begin exclusive');
  } catch {
    database.close();
    throw new ChengmenError('folder-locked', { folder, holder: readHolder(holder) });
  }
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release: () => {
      database.close();
    },
  };
}

function readHolder(path: string): string {
  try {
    return `pid ${readFileSync(path, 'utf8').trim()}`;
  } catch {
    return '?';
  }
}
