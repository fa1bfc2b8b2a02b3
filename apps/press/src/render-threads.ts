import { randomUUID } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TargetId, Theme } from '@chengmen/model';
import { createCity, renderTarget, type City } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import {
  createPacking,
  unpack,
  unpackReady,
  type Packed,
  type PackingOptions,
  type RenderedChunk,
  type Unpacked,
} from './rendered-chunk.ts';
import type { RenderData, RenderWork } from './render-worker.ts';
import { createTextFile, type TextFile } from './text-file.ts';

/** From so many targets on, starting threads and telling them the city costs less than they save. */
const worthThreads = 2000;

/** Targets a thread is given at a time. */
const chunkSize = 64;

export interface ThreadsOptions {
  readonly city: City;
  readonly theme: Theme;
  /** Where the city keeps its bodies, if not in memory. */
  readonly texts?: TextFile;
  /** Makes the compressed forms too. */
  readonly forms?: boolean;
  readonly threads?: number;
}

/** Whether rendering so many targets on threads pays, and is possible: they know the house's own theme only. */
export function areThreadsOfUse({ theme }: Pick<ThreadsOptions, 'theme'>, targets: Iterable<unknown>): boolean {
  const counted = targets[Symbol.iterator]();
  let missing = worthThreads;
  while (missing > 0 && counted.next().done !== true) missing--;
  return missing === 0 && theme.version === createTheme().version;
}

/**
 * Renders targets on threads, each with a city of its own over the same texts, and hashes what comes of it there, so
 * that this thread only writes. Gives them as they get done, in no order. A thread that fails ends it all with its error.
 */
export async function* renderOnThreads(
  options: ThreadsOptions,
  targets: () => Iterable<TargetId>,
): AsyncGenerator<Iterable<Unpacked>> {
  for await (const chunk of chunksOnThreads(options, targets, false)) yield unpack(chunk);
}

/** The same for a store that holds nothing yet: what comes of the targets is ready to be written. */
export async function* renderReadyOnThreads(
  options: ThreadsOptions,
  targets: () => Iterable<TargetId>,
): AsyncGenerator<ReturnType<typeof unpackReady>> {
  for await (const chunk of chunksOnThreads(options, targets, true)) yield unpackReady(chunk);
}

async function* chunksOnThreads(
  options: ThreadsOptions,
  targets: () => Iterable<TargetId>,
  ready: boolean,
): AsyncGenerator<Packed> {
  const { city, forms = false, threads: count = availableParallelism() } = options;
  const packing = { forms, ready };
  const texts = options.texts ?? createTextFile(join(tmpdir(), `chengmen-${randomUUID()}`));
  const shared = (options.texts ? city : copyOver(city, texts)).share();
  texts.flush();
  const threads = startThreads(count, { city: shared, file: texts.file, packing });
  try {
    // They are known while the threads start.
    threads.begin(inChunks(targets()));
    for (let chunk = await threads.next(); chunk; chunk = await threads.next()) {
      yield chunk;
      if (ready) threads.takeBack(chunk.bytes.buffer);
      // One at a time: each may hold the bytes of an attachment.
      for (const target of chunk.refused) yield renderedHere(target, options, packing);
    }
  } finally {
    await threads.stop();
    if (!options.texts) texts.close();
  }
}

/** A city that is in memory, with its items where threads can read them. */
function copyOver(city: City, texts: TextFile): City {
  const items = [...city.ids()].flatMap((id) => city.item(id) ?? []);
  return createCity({ items, texts, bytes: city.bytes, partSizes: city.share().partSizes });
}

/** Pages are short-lived; with room for some hundred of them little has to be copied out of the way. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

interface Threads {
  readonly begin: (chunks: Iterator<readonly TargetId[]>) => void;
  /** The next chunk that is done; undefined after the last. */
  readonly next: () => Promise<RenderedChunk | undefined>;
  /** The memory of a chunk that is needed no more: new memory for each makes all threads collect garbage in vain. */
  readonly takeBack: (room: ArrayBuffer) => void;
  readonly stop: () => Promise<void>;
}

function startThreads(count: number, workerData: RenderData): Threads {
  let chunks: Iterator<readonly TargetId[]> = [].values();
  const done: { readonly chunk: RenderedChunk; readonly from: Worker }[] = [];
  const rooms: ArrayBuffer[] = [];
  let atWork = 0;
  let failed: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  const fail = (error: unknown): void => {
    failed ??= { error };
    wake();
  };
  const give = (worker: Worker): void => {
    const next = chunks.next();
    if (next.done === true) return;
    atWork++;
    const room = rooms.pop();
    worker.postMessage({ targets: next.value, room } satisfies RenderWork, room ? [room] : []);
  };
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url), { workerData, resourceLimits });
    worker.on('message', (chunk: RenderedChunk) => {
      done.push({ chunk, from: worker });
      wake();
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`a thread that renders ended with code ${code}`)));
    return worker;
  });
  return {
    begin: (all) => {
      chunks = all;
      // One more for each than it is busy with: it need not wait until this thread has taken the last.
      for (let round = 0; round < 2; round++) for (const worker of workers) give(worker);
    },
    next: async () => {
      while (done.length === 0 && atWork > 0 && !failed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failed) throw failed.error;
      const next = done.shift();
      if (!next) return undefined;
      atWork--;
      give(next.from);
      return next.chunk;
    },
    takeBack: (room) => {
      rooms.push(room);
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function renderedHere(target: TargetId, { theme, city }: ThreadsOptions, options: PackingOptions): Packed {
  const packing = createPacking(options);
  packing.add(renderTarget(target, theme, city));
  return packing.end();
}

function* inChunks(targets: Iterable<TargetId>): Generator<TargetId[]> {
  let chunk: TargetId[] = [];
  for (const target of targets) {
    chunk.push(target);
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
