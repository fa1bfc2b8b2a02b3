import { availableParallelism } from 'node:os';
import type { TargetId, Theme } from '@chengmen/model';
import { renderTarget, type City } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import { Tinypool } from 'tinypool';
import { createPacking, unpack, type RenderedChunk, type Unpacked } from './rendered-chunk.ts';
import type { RenderData } from './render-worker.ts';
import type { TextFile } from './text-file.ts';

/** From so many targets on, starting threads and telling them the city costs less than they save. */
const worthThreads = 2000;

/** Targets a thread is given at a time. */
const chunkSize = 32;

export interface ThreadsOptions {
  readonly city: City;
  readonly theme: Theme;
  /** Where the city keeps its bodies, if not in memory. */
  readonly texts?: TextFile;
  readonly threads?: number;
}

/** Whether rendering so many targets on threads pays, and is possible: they know the house's own theme only. */
export function areThreadsOfUse({ theme }: Pick<ThreadsOptions, 'theme'>, targets: number): boolean {
  return targets >= worthThreads && theme.version === createTheme().version;
}

/**
 * Renders targets on threads, each with a city of its own over the same texts, and hashes what comes of it there.
 * Gives them as they get done, in no order. A thread that fails ends it all with its error.
 */
export async function* renderOnThreads(
  options: ThreadsOptions,
  targets: Iterable<TargetId>,
): AsyncGenerator<Iterable<Unpacked>> {
  const { city, theme, texts, threads = availableParallelism() } = options;
  texts?.flush();
  const pool = new Tinypool({
    filename: new URL('./render-worker.ts', import.meta.url).href,
    workerData: { items: [...linesOf(city)], file: texts?.file } satisfies RenderData,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
  });
  const sharedText = createSharedTexts();
  const chunks = inChunks(targets);
  const atWork = new Map<number, Promise<readonly [number, RenderedChunk]>>();
  let begun = 0;
  const begin = (): void => {
    const next = chunks.next();
    if (next.done === true) return;
    const number = begun++;
    const task = pool.run(next.value) as Promise<RenderedChunk>;
    atWork.set(
      number,
      task.then((chunk) => [number, chunk] as const),
    );
  };
  try {
    // One more for each thread than it is busy with: it need not wait until this one has taken the last.
    for (let at = 0; at < threads * 2; at++) begin();
    while (atWork.size > 0) {
      const [number, chunk] = await Promise.race(atWork.values());
      atWork.delete(number);
      begin();
      yield unpack(chunk, sharedText);
      // One at a time: each may hold the bytes of an attachment.
      for (const target of chunk.refused) yield unpack(renderedHere(target, theme, city), sharedText);
    }
  } finally {
    const left = Promise.allSettled(atWork.values());
    await pool.destroy();
    await left;
  }
}

function renderedHere(target: TargetId, theme: Theme, city: City): Omit<RenderedChunk, 'refused'> {
  const packing = createPacking();
  packing.add(renderTarget(target, theme, city));
  return packing.end();
}

/** Most addresses are read by many pages; one text for each saves most of the memory of what is remembered. */
function createSharedTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first !== undefined) return first;
    known.set(text, text);
    return text;
  };
}

const partSize = 8 * 1024 * 1024;

/** The items, a line of JSON each, in memory that all threads see. */
function* linesOf(city: City): Generator<SharedArrayBuffer> {
  let lines: string[] = [];
  let length = 0;
  const part = (): SharedArrayBuffer => {
    const bytes = Buffer.from(lines.join(''));
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    lines = [];
    length = 0;
    return shared;
  };
  for (const item of city.kept()) {
    const line = `${JSON.stringify(item)}\n`;
    lines.push(line);
    length += line.length;
    if (length >= partSize) yield part();
  }
  if (length > 0) yield part();
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
