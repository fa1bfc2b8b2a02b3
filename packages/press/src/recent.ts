/** Some values by their keys: those put in last, up to a number of them. */
export interface Recent<K, V> {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => void;
  readonly delete: (key: K) => void;
  readonly clear: () => void;
}

export function createRecent<K, V>(most: number): Recent<K, V> {
  const values = new Map<K, V>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
    },
    delete: (key) => {
      values.delete(key);
    },
    clear: () => {
      values.clear();
    },
  };
}
