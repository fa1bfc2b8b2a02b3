import { createReadStream, statSync } from 'node:fs';
import { mend } from '@chengmen/mend';
import { ChengmenError, type ErrorCode, type ErrorParameters } from '@chengmen/model';
import { Unzip, UnzipInflate } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { cellText, type Cells } from './cell-text.ts';

/** What is heavy about sources, done here or on a thread. */
export interface SourceMeans {
  /** The text of bytes in whatever encoding. */
  readonly text: (name: string, bytes: Uint8Array) => Promise<string>;
  /** The rows of a sheet of a workbook, of the first without a name. Throws `file-unreadable`. */
  readonly sheet: (file: string, sheet: string | undefined) => Promise<readonly Cells[]>;
}

/** What crosses from a thread. */
export type MeansDone<T> =
  { readonly done: T } | { readonly failed: { readonly code: ErrorCode; readonly parameters: ErrorParameters } };

export async function meansDone<T>(working: Promise<T>): Promise<MeansDone<T>> {
  try {
    return { done: await working };
  } catch (error) {
    if (!(error instanceof ChengmenError)) throw error;
    return { failed: { code: error.code, parameters: error.parameters } };
  }
}

/** A workbook is read whole, and takes several times what it unpacks to. */
const mostUnpacked = 128 * 1024 * 1024;

export const plainMeans: SourceMeans = {
  text: (name, bytes) => Promise.resolve(mend({ name, bytes }).html),
  async sheet(file, named) {
    try {
      await refuseBomb(file);
      const sheets = await readWorkbook(file);
      const found = named === undefined ? sheets[0] : sheets.find((one) => one.sheet === named);
      const [head = [], ...rows] = found?.data ?? [];
      const names = head.map(cellText);
      return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, cellText(row[i])])));
    } catch (error) {
      throw unreadable(file, error instanceof Error ? error.message : String(error));
    }
  },
};

/** Unpacks without keeping, and counts: what an archive says of itself counts for nothing. */
async function refuseBomb(file: string): Promise<void> {
  if (statSync(file).size > mostUnpacked) throw new Error(tooLarge);
  let size = 0;
  const unzip = new Unzip((entry) => {
    entry.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      if (size > mostUnpacked) throw new Error(tooLarge);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of createReadStream(file, { highWaterMark: 16_384 }))
    unzip.push(new Uint8Array(chunk as Buffer));
  unzip.push(new Uint8Array(0), true);
}

const tooLarge = `解开后超过 ${mostUnpacked / 1024 / 1024} MB，请分成几个文件 (unpacks to too much: split it)`;

const unreadable = (file: string, problem: string): ChengmenError =>
  new ChengmenError('file-unreadable', { file, problem });
