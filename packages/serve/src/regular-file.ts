import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * A pipe or a device in place of a file would be read for ever: opening does not wait for a writer, and only regular
 * files are read. Windows knows no such flag and no such files.
 */
export const openFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/** The bytes of a regular file. Throws EINVAL for anything else, EFBIG for one longer than `limit`. */
export async function readRegularFile(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, openFlags);
  try {
    checkRegular(await file.stat(), path, limit);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The same without giving way. */
export function readRegularFileNow(path: string, limit: number): Uint8Array {
  const descriptor = openSync(path, openFlags);
  try {
    checkRegular(fstatSync(descriptor), path, limit);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Throws EINVAL for what is no regular file, EFBIG for one that is too long. */
export function checkRegular(stats: Stats, path: string, limit = Infinity): void {
  if (stats.isDirectory()) throw fault('EISDIR', path);
  if (!stats.isFile()) throw fault('EINVAL', path);
  if (stats.size > limit) throw fault('EFBIG', path);
}

function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: not a file that can be read, ${path}`), { code });
}
