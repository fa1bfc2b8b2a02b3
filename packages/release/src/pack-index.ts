import {
  decodeIndexHead,
  encodeIndexHead,
  indexBits,
  indexEntry,
  indexFile,
  indexHeader,
  removed,
  tableLength,
  writeIndexEntry,
  type Location,
  type PackKey,
} from './pack-format.ts';

/** Bytes of a key in an entry; what an index is ordered by. */
const keyBytes = 33;
/** Where the length stands in an entry. */
const lengthAt = 44;
/** So many places fit beside the first four bytes of a key in what a double holds exactly. */
const sortedAtOnce = 2 ** 20;

/** The entries of a pack that has no index yet, in the order of their keys, 48 bytes each. */
export function entriesOfNames(names: ReadonlyMap<PackKey, Location>): Buffer {
  const sorted: Buffer[] = [];
  let some: [PackKey, Location][] = [];
  for (const name of names) {
    if (some.push(name) < sortedAtOnce) continue;
    sorted.push(sortedEntries(some));
    some = [];
  }
  return mergedEntryBytes([...sorted, sortedEntries(some)]);
}

function sortedEntries(names: readonly (readonly [PackKey, Location])[]): Buffer {
  const given = Buffer.alloc(names.length * indexEntry);
  const order = new Float64Array(names.length);
  for (const [at, [key, location]] of names.entries()) {
    writeIndexEntry(given, at * indexEntry, key, location);
    order[at] = given.readUInt32BE(at * indexEntry) * sortedAtOnce + at;
  }
  // Numbers sort ten times as fast as keys; the few keys that begin alike are put in order afterwards.
  order.sort();
  const entries = Buffer.allocUnsafe(given.length);
  for (const [at, place] of order.entries()) {
    const from = (place % sortedAtOnce) * indexEntry;
    given.copy(entries, at * indexEntry, from, from + indexEntry);
    for (let one = at; one > 0 && compareAt(entries, one - 1, entries, one) > 0; one--) swapWithNext(entries, one - 1);
  }
  return entries;
}

function swapWithNext(entries: Buffer, at: number): void {
  const kept = Buffer.from(entries.subarray(at * indexEntry, (at + 1) * indexEntry));
  entries.copyWithin(at * indexEntry, (at + 1) * indexEntry, (at + 2) * indexEntry);
  kept.copy(entries, (at + 1) * indexEntry);
}

function compareAt(some: Buffer, one: number, others: Buffer, other: number): number {
  const [left, right] = [one * indexEntry, other * indexEntry];
  return (
    some.readUInt32BE(left) - others.readUInt32BE(right) ||
    some.compare(others, right, right + keyBytes, left, left + keyBytes)
  );
}

/** Entries of several sources in one order, of each key the newest. Sources newest first. */
export function mergedEntryBytes(sources: readonly Buffer[]): Buffer {
  if (sources.length <= 1) return sources[0] ?? Buffer.alloc(0);
  const half = sources.length >> 1;
  return merged(mergedEntryBytes(sources.slice(0, half)), mergedEntryBytes(sources.slice(half)));
}

/** Entries without those that say a name was taken away: for an index of all packs from the first on. */
export function withoutRemoved(entries: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(entries.length);
  let end = 0;
  for (let at = 0; at < entries.length; at += indexEntry)
    if (entries.readUInt32BE(at + lengthAt) !== removed) end += entries.copy(kept, end, at, at + indexEntry);
  return kept.subarray(0, end);
}

function merged(newer: Buffer, older: Buffer): Buffer {
  const out = Buffer.allocUnsafe(newer.length + older.length);
  const [newerCount, olderCount] = [newer.length / indexEntry, older.length / indexEntry];
  let [one, other, end] = [0, 0, 0];
  while (one < newerCount && other < olderCount) {
    const order = compareAt(newer, one, older, other);
    const at = order <= 0 ? one++ : other;
    if (order >= 0) other++;
    end += (order <= 0 ? newer : older).copy(out, end, at * indexEntry, (at + 1) * indexEntry);
  }
  end += newer.copy(out, end, one * indexEntry);
  end += older.copy(out, end, other * indexEntry);
  return out.subarray(0, end);
}

/** The file of an index over packs with these numbers, from its entries. */
export function indexBytes(
  entries: Buffer,
  numbers: readonly number[],
): { readonly name: string; readonly parts: readonly Buffer[] } {
  const count = entries.length / indexEntry;
  return {
    name: indexFile(Math.min(...numbers), Math.max(...numbers)),
    parts: [encodeIndexHead({ count, bits: indexBits(count) }), tableOf(entries), entries],
  };
}

/**
 * The entries of an index that is exactly as it was written: whoever looks a name up in it finds what stands here and
 * nothing else. Undefined for any other bytes.
 */
export function exactEntries(file: Buffer): Buffer | undefined {
  try {
    const { count, bits } = decodeIndexHead(file);
    const start = indexHeader + tableLength(bits);
    const entries = file.subarray(start);
    if (entries.length !== count * indexEntry || tableOf(entries).compare(file, indexHeader, start) !== 0)
      return undefined;
    for (let at = 1; at < count; at++) if (compareAt(entries, at - 1, entries, at) >= 0) return undefined;
    return entries;
  } catch {
    return undefined;
  }
}

/** Where the entry of a key stands among entries in their order; −1 where there is none. */
export function findEntry(entries: Buffer, key: Buffer): number {
  let low = 0;
  let high = entries.length / indexEntry;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = entries.compare(key, 0, keyBytes, middle * indexEntry, middle * indexEntry + keyBytes);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** How many entries have a key below each prefix, and one beyond. */
function tableOf(entries: Buffer): Buffer {
  const bits = indexBits(entries.length / indexEntry);
  const counts = new Uint32Array(2 ** bits);
  for (let at = 0; at < entries.length; at += indexEntry) {
    const prefix = entries.readUInt16BE(at) >>> (16 - bits);
    counts[prefix] = (counts[prefix] ?? 0) + 1;
  }
  const table = Buffer.alloc(tableLength(bits));
  let sum = 0;
  for (let at = 0; at <= counts.length; at++) {
    table.writeUInt32BE(sum, at * 4);
    sum += counts[at] ?? 0;
  }
  return table;
}
