import { Worker } from 'node:worker_threads';
import { sniffFile, type ByteStore } from '@chengmen/media';
import { ChengmenError } from '@chengmen/model';
import { unpackWord, unreadable, type UnpackLimits } from './unpack-word.ts';
import type { WordLosses } from './word-losses.ts';

export interface WordLimits extends UnpackLimits {
  /** Bytes of the file. */
  readonly size: number;
  /** Megabytes of the thread's heap. */
  readonly memory: number;
  /** Milliseconds. */
  readonly patience: number;
}

const megabyte = 1024 * 1024;
export const wordLimits: WordLimits = {
  size: 20 * megabyte,
  xml: 12 * megabyte,
  pictures: 20 * megabyte,
  memory: 768,
  patience: 30_000,
};

export interface ReadWordOptions {
  readonly name: string;
  /** Where the file lies while it is read; nothing of it stays. */
  readonly store: ByteStore;
  readonly limits?: Partial<WordLimits>;
}

export interface WordText {
  /** Markup as it came: not clean yet, pictures as `data:` addresses. */
  readonly html: string;
  readonly losses: WordLosses;
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let running: Promise<unknown> = Promise.resolve();

/**
 * The text of a `.docx` as markup that is still to be cleaned. The file is looked at like any that is handed in (macros,
 * passwords, bombs, path names), unpacked within fixed sizes, and read in a thread with bounds on memory and time, one
 * document after another. Throws `file-…`, `word-too-large`, `word-unreadable`.
 *
 * @example
 * const { html } = await readWord(createReadStream('通知.docx'), { name: '通知.docx', store });
 */
export async function readWord(bytes: AsyncIterable<Uint8Array>, options: ReadWordOptions): Promise<WordText> {
  const { name, store } = options;
  const limits = { ...wordLimits, ...options.limits };
  const received = await store.receive(bytes, { name, limit: limits.size });
  try {
    const sniffed = await sniffFile(received.file, name);
    if (sniffed.kind !== 'file' || sniffed.type !== docx)
      throw new ChengmenError('word-unreadable', { name, problem: '不是 .docx 文件 (not a .docx file)' });
    const turn = running.then(async () => {
      const parts = await unpackWord(received.file, name, limits);
      return inThread(parts, name, limits);
    });
    running = turn.catch(() => undefined);
    return await turn;
  } finally {
    await received.drop();
  }
}

function inThread(parts: ReadonlyMap<string, Uint8Array>, name: string, limits: WordLimits): Promise<WordText> {
  const worker = new Worker(new URL('word-worker.ts', import.meta.url), {
    workerData: parts,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  return new Promise<WordText>((resolve, reject) => {
    const timer = setTimeout(() => {
      const problem = `${limits.patience / 1000} 秒内没有读完 (not read in that many seconds)`;
      reject(new ChengmenError('word-too-large', { name, problem }));
      void worker.terminate();
    }, limits.patience);
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new ChengmenError('word-too-large', { name, problem: `内存超过 ${limits.memory} MB (memory)` })
          : unreadable(name, error),
      );
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(unreadable(name, '没有读出内容 (nothing was read)'));
    });
  });
}
