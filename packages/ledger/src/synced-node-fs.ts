import { fsyncSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface OpenFile {
  readonly nfd: number;
}

/**
 * The embedded database's file system with a sync that reaches the disk. As it comes, its calls to `fsync` end nowhere;
 * with this and `syncedParameters` PostgreSQL's own order holds: log before answer, data before checkpoint.
 */
export class SyncedNodeFs extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...given);
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      ({ NODEFS }: { NODEFS: unknown }): void => {
        (NODEFS as { stream_ops: { fsync?: (file: OpenFile) => number } }).stream_ops.fsync = ({ nfd }) => {
          fsyncSync(nfd);
          return 0;
        };
      },
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/** Without `-F` PostgreSQL syncs; of its methods only plain `fsync` arrives at the file system above. */
export const syncedParameters: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** Brings a folder with all that is in it to the disk. Many at once, so that the disk's journal takes them together. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return syncTree(path);
      return entry.isFile() ? syncPath(path, 'r+') : undefined;
    }),
  );
  await syncFolder(folder);
}

/** Brings the names in a folder to the disk; on Windows the file system does so by itself and folders cannot be opened. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await syncPath(folder, 'r');
}

async function syncPath(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
