import { LruMap } from 'toad-cache';

/** What was used last, up to a number of bytes. */
export interface ByteMemory {
  readonly get: (key: string) => Uint8Array | undefined;
  /** More than all that may be kept is not kept. */
  readonly set: (key: string, bytes: Uint8Array) => void;
}

export function byteMemory(limit: number): ByteMemory {
  const kept = new LruMap<Uint8Array>(0);
  let total = 0;
  return {
    get: (key) => kept.get(key),
    set(key, bytes) {
      if (bytes.byteLength > limit) return;
      total += bytes.byteLength - (kept.get(key)?.byteLength ?? 0);
      kept.set(key, bytes);
      while (total > limit) {
        total -= (kept.first as { readonly value: Uint8Array }).value.byteLength;
        kept.evict();
      }
    },
  };
}
