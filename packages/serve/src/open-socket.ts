import { chmodSync, rmSync } from 'node:fs';

/**
 * Listens at a local socket that only the account running this may open (or `mode`): it is made under that mode, so there is no
 * moment in which others can. A file that is there is a dead process's. Windows has pipes without modes.
 * Rejects with what `listen` rejects with.
 */
export async function openSocket(socket: string, listen: () => Promise<unknown>, mode = 0o600): Promise<void> {
  const hasModes = process.platform !== 'win32';
  if (hasModes) rmSync(socket, { force: true });
  const mask = process.umask(0o177);
  try {
    await listen();
  } finally {
    process.umask(mask);
  }
  if (hasModes) chmodSync(socket, mode);
}
