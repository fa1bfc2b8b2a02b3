import { startPostgres } from '../tools/support/start-postgres.ts';
import { ToolMissing } from './tool-missing.ts';

/** A PostgreSQL of its own that syncs as a real one does, as long as the work lasts. Throws ToolMissing. */
export async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startPostgres({ fsync: true });
  if ('reason' in postgres)
    throw new ToolMissing(
      'PostgreSQL is not on this machine: install it (Debian: apt-get install postgresql) and run again',
    );
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
