import { parentPort, workerData } from 'node:worker_threads';
import type { TargetId } from '@chengmen/model';
import { createCity, renderTarget, type City, type SharedCity } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import { createPacking, type PackingOptions, type RenderedChunk } from './rendered-chunk.ts';
import { textReader } from './text-file.ts';

/** What each thread is given at its start. */
export interface RenderData {
  readonly city: SharedCity;
  /** Number of the open file in which its items lie. */
  readonly file: number;
  readonly packing: PackingOptions;
}

/** What a thread is to do next. */
export interface RenderWork {
  readonly targets: readonly TargetId[];
  /** Memory it gave away with a chunk that is written by now. */
  readonly room?: ArrayBuffer | undefined;
}

/** A card is shown by some six pages, not all of them soon after each other; it takes half a kilobyte. */
const cards = 60_000;

const { city: shared, file, packing: options } = workerData as RenderData;
const theme = createTheme();
const noBytes = new Error('render: threads have no bytes of media');
const city = openCity();
const packing = createPacking(options);

parentPort?.on('message', ({ targets, room }: RenderWork) => {
  if (room) packing.takeBack(room);
  const chunk = renderChunk(targets);
  // The bytes change hands; they are not copied.
  parentPort?.postMessage(chunk, [chunk.bytes.buffer]);
});

function renderChunk(targets: readonly TargetId[]): RenderedChunk {
  const refused: TargetId[] = [];
  for (const target of targets) {
    try {
      packing.add(renderTarget(target, theme, city));
    } catch (error) {
      if (!needsBytes(error)) throw error;
      refused.push(target);
    }
  }
  return { ...packing.end(), refused };
}

function needsBytes(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at === noBytes) return true;
  return false;
}

function openCity(): City {
  const none = (): never => {
    throw new Error('render: threads only read texts');
  };
  return createCity({
    items: [],
    shared,
    cards,
    texts: { keep: none, read: textReader(file) },
    bytes: () => {
      throw noBytes;
    },
  });
}
