import { open, type FileHandle } from 'node:fs/promises';

const chunkSize = 64 * 1024;

/** Reads a file piece by piece; nothing holds it whole. */
export interface FileParts {
  readonly size: number;
  /** Up to `length` bytes from `from`. */
  at(from: number, length: number): Promise<Buffer>;
  chunks(): AsyncGenerator<Buffer>;
}

export async function withFileParts<T>(path: string, work: (parts: FileParts) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(await partsOf(file));
  } finally {
    await file.close();
  }
}

async function partsOf(file: FileHandle): Promise<FileParts> {
  const { size } = await file.stat();
  const at = async (from: number, length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  };
  return {
    size,
    at,
    async *chunks() {
      for (let from = 0; from < size; from += chunkSize) yield at(from, chunkSize);
    },
  };
}
