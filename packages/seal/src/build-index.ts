import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  entriesOfNames,
  indexBytes,
  indexEntry,
  indexHeader,
  mergedEntryBytes,
  openIndex,
  packFolder,
  parsePackFile,
  readOn,
  tableLength,
  temporaryPrefix,
  withoutRemoved,
  type OpenIndex,
  type OpenPack,
} from '@chengmen/release';
import { packFiles, type PackFolderFiles } from '@chengmen/serve';

/** What an index shall be over; both newest first. */
export interface Indexed {
  readonly packs: readonly OpenPack[];
  readonly indexes: readonly OpenIndex[];
  /** These are all there are, from the first pack on: what was taken away need not be told. */
  readonly whole?: boolean;
}

/** The same in words a thread can be told. */
export interface IndexWork {
  readonly root: string;
  readonly packs: readonly { readonly number: number; readonly end: number }[];
  readonly indexes: readonly string[];
  readonly whole: boolean;
}

/** From so many entries on, starting a thread costs the one that writes less than putting them in order. */
export const worthThread = 100_000;

/** Writes one index over packs and older indexes of a store; when it resolves, it outlives a power cut. */
export async function buildIndex(root: string, { packs, indexes, whole = false }: Indexed): Promise<void> {
  const files = packFiles(join(root, packFolder), { blocking: 'short' });
  const numbers = [...packs.map(({ number }) => number), ...indexes.flatMap(({ from, to }) => [from, to])];
  const temporary = join(root, temporaryPrefix, randomBytes(8).toString('hex'));
  try {
    const older = await Promise.all(indexes.map((index) => entriesOfIndex(files, index)));
    const merged = mergedEntryBytes([...packs.map(({ names }) => entriesOfNames(names)), ...older]);
    const entries = whole ? withoutRemoved(merged) : merged;
    const { name, parts } = indexBytes(entries, numbers);
    await mkdir(join(root, temporaryPrefix), { recursive: true });
    const file = await open(temporary, 'wx', 0o644);
    try {
      for (const part of parts) await file.writeFile(part);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(root, packFolder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    files.close();
  }
}

async function entriesOfIndex(files: PackFolderFiles, { file, bits, count }: OpenIndex): Promise<Buffer> {
  const bytes = await files.read(file, indexHeader + tableLength(bits), count * indexEntry);
  if (bytes.length !== count * indexEntry) throw new Error(`the index ${file} breaks off`);
  return bytes;
}

/** The same on a thread of its own, which reads the names from the packs again. */
export async function indexOnThread(root: string, { packs, indexes, whole = false }: Indexed): Promise<void> {
  const workerData: IndexWork = {
    root,
    packs: packs.map(({ number, end }) => ({ number, end })),
    indexes: indexes.map(({ file }) => file),
    whole,
  };
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL('./index-worker.ts', import.meta.url), { workerData });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the thread that makes an index ended with code ${code}`));
    });
  });
}

/** What the thread does. */
export async function indexWork({ root, packs, indexes, whole }: IndexWork): Promise<void> {
  const files = packFiles(join(root, packFolder), { blocking: true });
  const opened = await Promise.all(
    packs.map(async ({ number, end }) => {
      const pack: OpenPack = { number, end: 0, names: new Map() };
      await readOn(files, pack);
      if (pack.end < end) throw new Error(`pack ${number} can be read up to ${pack.end} of ${end} bytes`);
      return pack;
    }),
  );
  const older = await Promise.all(
    indexes.map(async (file) => {
      const range = parsePackFile(file);
      const index = range && 'from' in range ? await openIndex(files, file, range.from, range.to) : undefined;
      if (!index) throw Object.assign(new Error(`the index ${file} cannot be read`), { code: 'ENOENT' });
      return index;
    }),
  );
  files.close();
  await buildIndex(root, { packs: opened, indexes: older, whole });
}
