/** Tells which of two numbers comes first: below 0 the first. */
export type Compare = (one: number, other: number) => number;

/** Where `key` stands in a sorted row, or would stand: the number of smaller ones. */
export function positionOf(keys: readonly number[], key: number, compare: Compare): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(keys[middle] ?? 0, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a number in its place; false where it was there already. */
export function insertKey(keys: number[], key: number, compare: Compare): boolean {
  const last = keys.at(-1);
  if (last === undefined || compare(last, key) < 0) {
    keys.push(key);
    return true;
  }
  const position = positionOf(keys, key, compare);
  if (keys[position] === key) return false;
  keys.splice(position, 0, key);
  return true;
}

/** Takes a number out; false where it was not there. */
export function removeKey(keys: number[], key: number, compare: Compare): boolean {
  const position = positionOf(keys, key, compare);
  if (keys[position] !== key) return false;
  keys.splice(position, 1);
  return true;
}
