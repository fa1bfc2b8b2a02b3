/** Keeps what was used last, up to a number of bytes. */
export interface ByteCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, bytes: number): void;
  /** Bytes held. */
  size(): number;
}

/** Whether a cache of that limit keeps a value of so many bytes: one attachment must not drive out all pages. */
export function isKept(bytes: number, limit: number): boolean {
  return bytes <= limit / 8;
}

/** A bounded cache; see isKept. */
export function createByteCache<T>(limit: number): ByteCache<T> {
  const held = new Map<string, { readonly value: T; readonly bytes: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= held.get(key)?.bytes ?? 0;
    held.delete(key);
  };
  return {
    get(key) {
      const found = held.get(key);
      if (!found) return undefined;
      // A Map iterates in order of insertion: what is put back last is dropped last.
      held.delete(key);
      held.set(key, found);
      return found.value;
    },
    set(key, value, bytes) {
      drop(key);
      if (!isKept(bytes, limit)) return;
      held.set(key, { value, bytes });
      total += bytes;
      for (const oldest of held.keys()) {
        if (total <= limit) break;
        drop(oldest);
      }
    },
    size: () => total,
  };
}
