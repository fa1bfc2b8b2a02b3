import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ChengmenError } from '@chengmen/model';

export interface FolderLock {
  release(): void;
}

const busy = 5;

/**
 * One process at a time in a data folder: the embedded database takes no lock of its own, and two processes would spoil it silently.
 * SQLite's exclusive lock is one the operating system holds and gives back however the process ends, on every platform.
 * Nothing else in this process may open `lock.db`: closing any handle on it would give the lock away.
 * Throws `folder-locked`, `folder-not-writable`.
 */
export function lockFolder(folder: string): FolderLock {
  const holder = join(folder, 'lock.pid');
  const database = takeLock(folder, holder);
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

function takeLock(folder: string, holder: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, 'lock.db'));
    database.exec('pragma busy_timeout = 0; begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    const { errcode, message } = error as Error & { errcode?: number };
    if (errcode === busy) throw new ChengmenError('folder-locked', { folder, holder: readHolder(holder) });
    throw new ChengmenError('folder-not-writable', { folder, problem: `lock.db: ${message}` });
  }
}

function readHolder(path: string): string {
  try {
    return `pid ${readFileSync(path, 'utf8').trim()}`;
  } catch {
    return '?';
  }
}
