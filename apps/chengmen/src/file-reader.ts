import { wordsOfFile, type ByteStore, type FileWords } from '@chengmen/media';
import type { ReadFile } from '@chengmen/proofreading';
import { LruMap } from 'toad-cache';

/** Bytes name what is written in them, so what was read once is known. */
const mostKept = 50;

/** Reads the words of kept files, each once while it is remembered. */
export function fileReader(store: Pick<ByteStore, 'get'>): ReadFile {
  // What a command had read beforehand is there when it asks again.
  const kept = new LruMap<Promise<FileWords | undefined>>(mostKept);
  return ({ hash, type, charset }) => {
    const known = kept.get(hash);
    if (known) return known;
    const reading = read(store, { hash, type, charset });
    kept.set(hash, reading);
    reading.catch(() => kept.delete(hash));
    return reading;
  };
}

async function read(
  store: Pick<ByteStore, 'get'>,
  { hash, type, charset }: Parameters<ReadFile>[0],
): Promise<FileWords | undefined> {
  const bytes = await store.get(hash);
  return bytes && wordsOfFile({ bytes, type, charset });
}
