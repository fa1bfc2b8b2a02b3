import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IntakeTray } from '@chengmen/desk';
import { ChengmenError } from '@chengmen/model';

/** Bytes of one file, and of all that one form hands in. Tables and feeds are held whole while they are read. */
export const trayLimits = { page: 4 << 20, table: 16 << 20, archive: 256 << 20, whole: 512 << 20, files: 500 } as const;

const kinds: readonly (readonly [RegExp, number])[] = [
  [/\.(?:html?|shtml|xhtml|txt)$/i, trayLimits.page],
  [/\.(?:csv|tsv|xlsx|jsonl|ndjson|rss|atom|xml)$/i, trayLimits.table],
  [/\.warc(?:\.gz)?$/i, trayLimits.archive],
];

/** The most bytes of a source by its name; undefined for what is none. */
export const limitOf = (name: string): number | undefined => kinds.find(([ending]) => ending.test(name))?.[1];

export async function openTray(folder: string): Promise<IntakeTray> {
  const id = randomBytes(12).toString('hex');
  const place = join(folder, id);
  await mkdir(place, { recursive: true });
  const files: string[] = [];
  let left: number = trayLimits.whole;
  return {
    id,
    files,
    async add(given, bytes) {
      const name = safeName(given, files);
      const limit = limitOf(name);
      if (limit === undefined) throw new ChengmenError('intake-file', { name });
      if (files.length >= trayLimits.files)
        throw new ChengmenError('intake-too-many', { name, limit: trayLimits.files });
      const most = Math.min(limit, left);
      const file = join(place, name);
      let size = 0;
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of bytes) {
          size += chunk.length;
          if (size > most) throw new ChengmenError('file-too-large', { name, limit: Math.floor(most / 1024 / 1024) });
          yield chunk;
        }
      };
      try {
        await pipeline(Readable.from(counted()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
        if (size === 0) throw new ChengmenError('file-empty', { name });
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
      left -= size;
      files.push(name);
    },
    drop: () => rm(place, { recursive: true, force: true }),
  };
}

/** Takes away all trays but some: of runs that have ended, and those a break left without a run. */
export async function sweepTrays(folder: string, kept: readonly string[]): Promise<void> {
  const trays = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const tray of trays)
    if (/^[0-9a-f]{24}$/.test(tray) && !kept.includes(tray))
      await rm(join(folder, tray), { recursive: true, force: true });
}

/** The last part of the given name without what file systems or terminals trip over; told apart from others by a number. */
function safeName(given: string, taken: readonly string[]): string {
  const last = given.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const plain =
    last
      .replace(/[\p{C}<>:"|?*]/gu, '')
      .replace(/^[.\s]+/, '')
      .slice(-120) || 'x';
  if (!taken.includes(plain)) return plain;
  for (let number = 2; ; number++) {
    const name = `${number}-${plain}`;
    if (!taken.includes(name)) return name;
  }
}
