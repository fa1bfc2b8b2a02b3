import { ChengmenError, type ErrorCode, type ErrorParameters } from '@chengmen/model';
import { cellText, type Cells } from './cell-text.ts';
import { refuseBomb } from './refuse-bomb.ts';

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

export const plainMeans: SourceMeans = {
  async text(name, bytes) {
    const { mend } = await import('@chengmen/mend');
    return mend({ name, bytes }).html;
  },
  async sheet(file, named) {
    try {
      await refuseBomb(file);
      const { default: readWorkbook } = await import('read-excel-file/node');
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

const unreadable = (file: string, problem: string): ChengmenError =>
  new ChengmenError('file-unreadable', { file, problem });
