/** A sorted array of distinct strings, by code unit. */
export type SortedKeys = string[];

/** Where `key` stands, or would stand: the number of smaller keys. */
export function positionOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a key in its place; false where it was there already. */
export function insertKey(keys: SortedKeys, key: string): boolean {
  const last = keys.at(-1);
  if (last === undefined || last < key) {
    keys.push(key);
    return true;
  }
  const position = positionOf(keys, key);
  if (keys[position] === key) return false;
  keys.splice(position, 0, key);
  return true;
}

/** Takes a key out; false where it was not there. */
export function removeKey(keys: SortedKeys, key: string): boolean {
  const position = positionOf(keys, key);
  if (keys[position] !== key) return false;
  keys.splice(position, 1);
  return true;
}
