import type { TargetId } from '@chengmen/model';
import { createCity, renderTarget, type City, type KeptItem } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import Tinypool from 'tinypool';
import { createPacking, type RenderedChunk } from './rendered-chunk.ts';
import { textReader } from './text-file.ts';

/** What each thread is given at its start. */
export interface RenderData {
  /** Lines of JSON, a `KeptItem` each. */
  readonly items: readonly SharedArrayBuffer[];
  /** Number of the open file in which they lie. */
  readonly file: number | undefined;
}

const theme = createTheme();
let city: City | undefined;

/** What a thread does with what it is sent. */
export default function renderChunk(targets: readonly TargetId[]): RenderedChunk {
  city ??= openCity();
  const packing = createPacking();
  const refused: TargetId[] = [];
  for (const target of targets) {
    try {
      packing.add(renderTarget(target, theme, city));
    } catch (error) {
      if (!needsBytes(error)) throw error;
      refused.push(target);
    }
  }
  return moved({ ...packing.end(), refused });
}

/** The bytes change hands; they are not copied. */
function moved(chunk: RenderedChunk): RenderedChunk {
  const { transferableSymbol, valueSymbol } = Tinypool;
  return Tinypool.move({ [transferableSymbol]: [chunk.bytes.buffer], [valueSymbol]: chunk } as never) as never;
}

const noBytes = new Error('render: threads have no bytes of media');

function needsBytes(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at === noBytes) return true;
  return false;
}

function openCity(): City {
  const { items, file } = Tinypool.workerData as RenderData;
  const none = (): never => {
    throw new Error('render: threads only read texts');
  };
  return createCity({
    items: [],
    kept: keptItems(items),
    ...(file === undefined ? {} : { texts: { keep: none, read: textReader(file) } }),
    bytes: () => {
      throw noBytes;
    },
  });
}

function* keptItems(parts: readonly SharedArrayBuffer[]): Generator<KeptItem> {
  for (const part of parts)
    for (const line of Buffer.from(part).toString().split('\n')) if (line !== '') yield JSON.parse(line) as KeptItem;
}
