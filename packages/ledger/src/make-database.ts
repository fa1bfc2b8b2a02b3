import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { syncFolder, syncTree } from './synced-node-fs.ts';

/**
 * Makes an empty database where there is none. It is made beside its place and takes it whole, so that a start which is
 * cut short leaves nothing that looks like a damaged database. Throws where the place holds something else.
 */
export async function makeDatabase(folder: string): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error('PG_VERSION is missing');
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  await makeUnsynced(making);
  await syncTree(making);
  rmSync(folder, { recursive: true, force: true });
  renameSync(making, folder);
  await syncFolder(dirname(folder));
}

/** An empty database that a power cut may still take away. */
export async function makeUnsynced(folder: string): Promise<void> {
  const database = await PGlite.create({ dataDir: folder });
  await database.close();
}
