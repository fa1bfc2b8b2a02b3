/**
 * Numbers by keys that are whole numbers from 0 below 2^53 and spread by themselves, as hashes are. Sixteen bytes a place,
 * outside the heap that is collected: a Map of as many takes three times as long, because each of its numbers is an object.
 */
export interface NumberTable {
  get(key: number): number | undefined;
  set(key: number, value: number): void;
  size(): number;
}

/** An empty table with room for so many before it first grows. */
export function createNumberTable(room = 512): NumberTable {
  let places = 2 ** Math.ceil(Math.log2(2 * Math.max(room, 1)));
  // 0 is a free place, so a key stands there as one more.
  let keys = new Float64Array(places);
  let values = new Float64Array(places);
  let size = 0;
  /** The place that holds a key, or the free one in its stead. */
  const placeOf = (held: number): number => {
    let at = (held ^ (held / 2 ** 20)) & (places - 1);
    while (keys[at] !== 0 && keys[at] !== held) at = (at + 1) & (places - 1);
    return at;
  };
  const put = (held: number, value: number): void => {
    const at = placeOf(held);
    if (keys[at] === 0) size++;
    keys[at] = held;
    values[at] = value;
  };
  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values];
    places *= 2;
    [keys, values, size] = [new Float64Array(places), new Float64Array(places), 0];
    oldKeys.forEach((held, at) => {
      if (held !== 0) put(held, oldValues[at] ?? 0);
    });
  };
  return {
    get(key) {
      const at = placeOf(key + 1);
      return keys[at] === 0 ? undefined : values[at];
    },
    set(key, value) {
      put(key + 1, value);
      if (2 * size > places) grow();
    },
    size: () => size,
  };
}
