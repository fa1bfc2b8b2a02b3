import { isHash, pendingPartial, type MapRef, type ReadStore } from '@chengmen/release';
import type { StoredFile } from './types.ts';

/** Notes the map of what a long sealing has written so far; all it stands for must be written before. */
export function partialNote({ hash, count }: MapRef): StoredFile {
  return [pendingPartial, Buffer.from(`partial\n${count}\n${hash}\n`)];
}

/** The map a sealing that was cut off has left; undefined where there is none, or nothing that could be one. */
export async function readPartial(store: ReadStore): Promise<MapRef | undefined> {
  const bytes = await store.get(pendingPartial);
  const [sign, count = '', hash, ...rest] = Buffer.from(bytes ?? '')
    .toString()
    .split('\n');
  if (sign !== 'partial' || !/^[1-9][0-9]{0,14}$/.test(count) || !isHash(hash) || rest.join() !== '') return undefined;
  return { hash, count: Number(count) };
}
