import { isHash, pendingPartial, type MapRef, type ReadStore } from '@chengmen/release';
import type { StoredFile } from './types.ts';

/** Notes the map of what a long sealing has written so far, and by what it was compressed; all of it must be written before. */
export function partialNote({ hash, count }: MapRef, compressor: string): StoredFile {
  return [pendingPartial, Buffer.from(`partial\n${count}\n${hash}\n${compressor}\n`)];
}

/**
 * The map a sealing that was cut off has left; undefined where there is none, nothing that could be one, or one of
 * another compressor.
 */
export async function readPartial(store: ReadStore, compressor: string): Promise<MapRef | undefined> {
  const partial = await readAnyPartial(store);
  return partial?.by === compressor ? partial.map : undefined;
}

/** The same, whoever compressed it. */
export async function readAnyPartial(
  store: Pick<ReadStore, 'get'>,
): Promise<{ readonly map: MapRef; readonly by: string } | undefined> {
  const bytes = await store.get(pendingPartial);
  const [sign, count = '', hash, by = '', ...rest] = Buffer.from(bytes ?? '')
    .toString()
    .split('\n');
  if (sign !== 'partial' || !/^[1-9][0-9]{0,14}$/.test(count) || !isHash(hash)) return undefined;
  return rest.join() === '' ? { map: { hash, count: Number(count) }, by } : undefined;
}
