/** Keeps what was used lately, up to a number of bytes. */
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

/** A bounded cache; see isKept. What was used since it was last looked at gets another turn before it is dropped. */
export function createByteCache<T>(limit: number): ByteCache<T> {
  const held = new Map<string, Held<T>>();
  let total = 0;
  const drop = (key: string): void => {
    total -= held.get(key)?.bytes ?? 0;
    held.delete(key);
  };
  return {
    get(key) {
      const found = held.get(key);
      if (!found) return undefined;
      found.used = true;
      return found.value;
    },
    set(key, value, bytes) {
      drop(key);
      if (!isKept(bytes, limit)) return;
      held.set(key, { value, bytes, used: true });
      total += bytes;
      // A Map iterates in order of insertion: what is put back comes last, within this loop too.
      for (const [oldest, one] of held) {
        if (total <= limit) break;
        if (one.used) {
          held.delete(oldest);
          held.set(oldest, { ...one, used: false });
        } else drop(oldest);
      }
    },
    size: () => total,
  };
}

interface Held<T> {
  readonly value: T;
  readonly bytes: number;
  used: boolean;
}
