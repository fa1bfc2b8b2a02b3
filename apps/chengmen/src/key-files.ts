import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A secret of this installation: made once, 0600, synced before it is used. */
export function secretFile(
  folder: string,
  name: string,
  make: () => string = () => randomBytes(32).toString('base64url'),
): string {
  const path = join(folder, name);
  if (!existsSync(path)) writeDurably(path, make(), 0o600);
  return readFileSync(path, 'utf8').trim();
}

/** Writes a small file so that after a crash it is there whole or not at all. */
export function writeDurably(path: string, text: string, mode: number): void {
  const temporary = `${path}.part`;
  const file = openSync(temporary, 'w', mode);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
