import {
  encodeIndexHead,
  indexBits,
  indexEntry,
  indexFile,
  keyPrefix,
  writeIndexEntry,
  type Location,
  type PackKey,
} from '@chengmen/release';

/** Entries made into bytes at a time. */
const step = 16_384;

/**
 * The file of an index over packs with these numbers. Entries come in the order of their keys, each once; they are
 * held as bytes, 48 for each name.
 */
export async function indexBytes(
  entries: AsyncIterable<{ readonly key: PackKey } & Location>,
  numbers: readonly number[],
): Promise<{ readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }> {
  const chunks: Buffer[] = [];
  const counts = new Uint32Array(65_536);
  let count = 0;
  for await (const entry of entries) {
    const at = count % step;
    if (at === 0) chunks.push(Buffer.alloc(step * indexEntry));
    writeIndexEntry(chunks.at(-1) ?? Buffer.alloc(0), at * indexEntry, entry.key, entry);
    counts[keyPrefix(entry.key, 16)] = (counts[keyPrefix(entry.key, 16)] ?? 0) + 1;
    count++;
  }
  const bits = indexBits(count);
  const last = chunks.pop();
  if (last) chunks.push(last.subarray(0, (((count - 1) % step) + 1) * indexEntry));
  const all = [encodeIndexHead({ count, bits }), tableOf(counts, bits), ...chunks];
  return {
    name: indexFile(Math.min(...numbers), Math.max(...numbers)),
    chunks: (async function* () {
      await Promise.resolve();
      yield* all;
    })(),
  };
}

/** How many entries have a key below each prefix of so many bits. */
function tableOf(counts: Uint32Array, bits: number): Buffer {
  const places = 2 ** bits;
  const table = Buffer.alloc((places + 1) * 4);
  const width = 65_536 / places;
  let sum = 0;
  for (let at = 0; at <= places; at++) {
    table.writeUInt32BE(sum, at * 4);
    for (let one = at * width; one < (at + 1) * width; one++) sum += counts[one] ?? 0;
  }
  return table;
}
