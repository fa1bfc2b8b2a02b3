import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ChengmenError, sha256 } from '@chengmen/model';
import { Tinypool } from 'tinypool';
import { FifoMap } from 'toad-cache';
import { announcedAhead } from './announced-ahead.ts';
import type { PageRead, ReadDone, ReadJob } from './read-job.ts';
import type { MeansDone, SourceMeans } from './source-means.ts';

/** Mends and reads pages, on threads those that are announced. */
export interface Readers {
  /** Begins to read a page on a thread; the answer is when that is done. Never throws. */
  readonly ahead: (job: ReadJob) => Promise<void>;
  /** The page as it was read ahead, else read now. Throws what `readPage` and `parseDecisions` throw. */
  readonly read: (job: ReadJob) => Promise<PageRead>;
  /** Decodes and unpacks sources on threads. */
  readonly means: SourceMeans;
  readonly close: () => Promise<void>;
}

/** Pages that were announced and not asked for: a run that was broken off leaves some. */
const mostAhead = Math.max(64, 2 * announcedAhead);
/** A thread may hold this much; a page that needs more fails alone. */
const threadMegabytes = 1024;
const idleMilliseconds = 30_000;

/** Threads are started by the first announcement, end when nothing is left to do, and keep no process alive. */
export function openReaders(): Readers {
  const ahead = new FifoMap<Promise<ReadDone>>(mostAhead);
  let pool: Tinypool | undefined;
  const threads = (): Tinypool =>
    (pool ??= new Tinypool({
      filename: join(import.meta.dirname, 'read-worker.ts'),
      minThreads: 0,
      maxThreads: availableParallelism(),
      idleTimeout: idleMilliseconds,
      resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
    }));
  const onThread = (job: ReadJob): Promise<ReadDone> =>
    (threads().run(job) as Promise<ReadDone>).catch((error: unknown) => died(job, error));
  const means = async <T>(file: string, run: () => Promise<unknown>): Promise<T> => {
    const done = (await run().catch((error: unknown) => ({
      failed: { code: 'file-unreadable', parameters: { file, problem: String(error) } },
    }))) as MeansDone<T>;
    if ('failed' in done) throw new ChengmenError(done.failed.code, done.failed.parameters);
    return done.done;
  };
  return {
    means: {
      text: (name, bytes) => means(name, () => threads().run({ name, bytes }, { name: 'text' })),
      sheet: (file, sheet) => means(file, () => threads().run({ file, sheet }, { name: 'sheet' })),
    },
    close: async () => {
      await pool?.destroy();
    },
    async ahead(job) {
      const key = keyOf(job);
      const reading = ahead.get(key) ?? onThread(job);
      ahead.set(key, reading);
      await reading;
    },
    async read(job) {
      const key = keyOf(job);
      const reading = ahead.get(key);
      ahead.delete(key);
      const done = reading === undefined ? await readHere(job) : await reading;
      if ('failed' in done) throw new ChengmenError(done.failed.code, done.failed.parameters);
      return done.read;
    },
  };
}

/** Loaded by who reads a page: all that mends is a fifth of the house. */
async function readHere(job: ReadJob): Promise<ReadDone> {
  const { readJob } = await import('./read-job.ts');
  return readJob(job);
}

const keyOf = ({ name, bytes, address, decisions, decided, whole, channels }: ReadJob): string =>
  JSON.stringify([sha256(bytes), name, address, decisions, decided, whole, channels]);

/** A thread that dies takes its page with it, and only that. */
const died = ({ name }: ReadJob, error: unknown): ReadDone => ({
  failed: {
    code: 'nothing-to-take-in',
    parameters: {
      file: name,
      problem: `处理线程中止 / the thread that read it died: ${error instanceof Error ? error.message : String(error)}`,
    },
  },
});
