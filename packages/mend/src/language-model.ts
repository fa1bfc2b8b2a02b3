import { brotliDecompressSync } from 'node:zlib';
import { counts } from './model-data/counts.ts';

/** Counts of one, two and three characters in running Chinese text, as probabilities. Characters go by their ids. */
export interface LanguageModel {
  /** The characters the counts know by id, the most frequent first; id 0 is an unknown character. */
  readonly characters: readonly string[];
  readonly idOf: (char: string) => number;
  /** The ids counted after another, ascending. */
  readonly followers: (id: number) => Uint16Array;
  /** Natural logarithm of the probability of a character after two others. */
  readonly logProbability: (before2: number, before1: number, id: number) => number;
}

let model: LanguageModel | undefined;

/** The shipped model; unpacked at first use. */
export function languageModel(): LanguageModel {
  model ??= unpack(brotliDecompressSync(Buffer.from(counts, 'base64')));
  return model;
}

/** What was counted after each of a number of beginnings: the rows lie one after the other, their ids ascending. */
interface Rows {
  /** Where each row begins; one more than there are rows. */
  readonly starts: Uint32Array;
  readonly ids: Uint16Array;
  readonly counts: Float32Array;
  /** For each row, the share of its beginning's count that no kept entry accounts for. */
  readonly rest: Float32Array;
}

/** The part of a count that goes to sequences never seen (absolute discounting). */
const discount = 0.75;

function unpack(bytes: Uint8Array): LanguageModel {
  const reader = { bytes, at: 0 };
  const characters = ['', ...new TextDecoder().decode(take(reader, readLength(reader)))];
  const size = characters.length;
  const singles = Float32Array.of(0, ...Float32Array.from(take(reader, size - 1), unquantise));
  const total = singles.reduce((sum, count) => sum + count, 0);
  const pairs = readRows(reader, size, size, Float64Array.from(singles.keys()), singles);
  const triples = readRows(reader, size, pairs.ids.length, pairKeys(pairs, size), pairs.counts);
  const ids = new Map(characters.map((char, id) => [char, id]));
  ids.delete('');
  const unknown = 0.5 / total;
  const one = (id: number): number => (id === 0 ? unknown : (singles[id] ?? 0) / total);
  const two = (before: number, id: number): number =>
    before === 0 ? one(id) : seen(pairs, before, id, singles[before] ?? 1) + (pairs.rest[before] ?? 1) * one(id);
  const three = (before2: number, before1: number, id: number): number => {
    const pair = before2 === 0 || before1 === 0 ? -1 : find(pairs, before2, before1);
    if (pair < 0) return two(before1, id);
    return seen(triples, pair, id, pairs.counts[pair] ?? 1) + (triples.rest[pair] ?? 1) * two(before1, id);
  };
  return {
    characters,
    idOf: (char) => ids.get(char) ?? 0,
    followers: (id) => pairs.ids.subarray(pairs.starts[id], pairs.starts[id + 1]),
    logProbability: (before2, before1, id) => Math.log(three(before2, before1, id)),
  };
}

function seen(rows: Rows, row: number, id: number, whole: number): number {
  const found = find(rows, row, id);
  return found < 0 ? 0 : Math.max((rows.counts[found] ?? 0) - discount, 0) / whole;
}

function pairKeys({ starts, ids }: Rows, size: number): Float64Array {
  const keys = new Float64Array(ids.length);
  for (let row = 0; row < size; row++)
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) keys[i] = row * size + (ids[i] ?? 0);
  return keys;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function take(reader: Reader, length: number): Uint8Array {
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

function readLength(reader: Reader): number {
  const [a = 0, b = 0, c = 0, d = 0] = take(reader, 4);
  return a + b * 256 + c * 65536 + d * 16777216;
}

const unquantise = (byte: number): number => 2 ** (byte / 8);

/** `keys` names the beginning of each row, ascending, `wholes` how often that was counted. */
function readRows(reader: Reader, size: number, rows: number, keys: Float64Array, wholes: Float32Array): Rows {
  const length = readLength(reader);
  const packed = take(reader, readLength(reader));
  const starts = new Uint32Array(rows + 1);
  const ids = new Uint16Array(length);
  const counts = Float32Array.from(take(reader, length), unquantise);
  const rest = new Float32Array(rows).fill(1);
  let [at, key, row] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    for (let factor = 1, more = true; more; factor *= 128) {
      const byte = packed[at++] ?? 0;
      key += (byte & 127) * factor;
      more = byte >= 128;
    }
    const before = Math.floor(key / size);
    while (row < rows && (keys[row] ?? 0) < before) starts[++row] = i;
    ids[i] = key - before * size;
    if (keys[row] === before)
      rest[row] = (rest[row] ?? 1) - Math.max((counts[i] ?? 0) - discount, 0) / Math.max(wholes[row] ?? 1, 1);
  }
  while (row < rows) starts[++row] = length;
  return { starts, ids, counts, rest: rest.map((share) => Math.max(share, 0.001)) };
}

/** Where a row holds an id, or −1. */
function find({ starts, ids }: Rows, row: number, id: number): number {
  let low = starts[row] ?? 0;
  let high = (starts[row + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = ids[middle] ?? 0;
    if (value === id) return middle;
    if (value < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
