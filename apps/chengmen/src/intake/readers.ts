import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { ChengmenError, sha256 } from '@chengmen/model';
import { Tinypool } from 'tinypool';
import { FifoMap } from 'toad-cache';
import { announcedAhead } from './announced-ahead.ts';
import { byteMemory } from './byte-memory.ts';
import type { PageRead, ReadDone, ReadJob } from './read-job.ts';
import type { MeansDone, SourceMeans } from './source-means.ts';

/** Mends and reads pages, on threads those that are announced. */
export interface Readers {
  /** Begins to read a page on a thread; the answer is when that is done. Never throws. */
  readonly ahead: (job: ReadJob) => Promise<void>;
  /** The page as it was read ahead, else read now. Throws what `readPage` and `parseDecisions` throw. */
  readonly read: (job: ReadJob) => Promise<PageRead>;
  /**
   * The page with all that a person judges the repair by, as quickly as can be: on a thread of its own, behind no run, with what
   * was asked for last remembered. Throws as `read` does.
   */
  readonly look: (job: ReadJob) => Promise<PageRead>;
  /** Decodes and unpacks sources on threads. */
  readonly means: SourceMeans;
  readonly close: () => Promise<void>;
}

/** Pages that were announced and not asked for: a run that was broken off leaves some. */
const mostAhead = Math.max(64, 2 * announcedAhead);
/** A thread may hold this much; a page that needs more fails alone. */
const threadMegabytes = 1024;
const idleMilliseconds = 30_000;
/** Whoever decides place by place thinks longer than that between two. */
const lookIdleMilliseconds = 600_000;
const lookedBytes = 16 * 1024 * 1024;

/** Threads are started by the first announcement, end when nothing is left to do, and keep no process alive. */
export function openReaders(): Readers {
  const ahead = new FifoMap<Promise<ReadDone>>(mostAhead);
  const looked = byteMemory(lookedBytes);
  let pool: Tinypool | undefined;
  let lookPool: Tinypool | undefined;
  const threads = (): Tinypool => (pool ??= openPool('read-worker.ts', availableParallelism(), idleMilliseconds));
  const lookThread = (): Tinypool => (lookPool ??= openPool('look-worker.ts', 1, lookIdleMilliseconds));
  const onThread = (job: ReadJob): Promise<ReadDone> =>
    (threads().run(job) as Promise<ReadDone>).catch((error: unknown) => died(job, error));
  const look = async (job: ReadJob): Promise<ReadDone> => {
    // Who decided and when changes nothing of what is shown.
    const plain = { ...job, ...(job.decided ? { decided: { ...job.decided, record: [] } } : {}) };
    const key = `${keyOf(plain)} ${sha256(Buffer.from(JSON.stringify(job.references)))}`;
    const known = looked.get(key);
    if (known) return deserialize(known) as ReadDone;
    const bytes = (await lookThread().run(plain)) as Uint8Array;
    looked.set(key, bytes);
    return deserialize(bytes) as ReadDone;
  };
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
      await Promise.all([pool?.destroy(), lookPool?.destroy()]);
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
      return readOf(reading === undefined ? await readHere(job) : await reading);
    },
    look: async (job) => readOf(await look(job).catch((error: unknown) => died(job, error))),
  };
}

const openPool = (file: string, maxThreads: number, idleTimeout: number): Tinypool =>
  new Tinypool({
    ...{ filename: join(import.meta.dirname, file), minThreads: 0, maxThreads, idleTimeout },
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
  });

function readOf(done: ReadDone): PageRead {
  if ('failed' in done) throw new ChengmenError(done.failed.code, done.failed.parameters);
  return done.read;
}

/** Loaded by who reads a page: all that mends is a fifth of the house. */
async function readHere(job: ReadJob): Promise<ReadDone> {
  const { readJob } = await import('./read-job.ts');
  return readJob(job);
}

const keyOf = ({ name, bytes, address, decisions, decided, channels }: ReadJob): string =>
  JSON.stringify([sha256(bytes), name, address, decisions, decided, channels]);

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
