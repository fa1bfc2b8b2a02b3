import { brotliDecompressSync } from 'node:zlib';
import { counts } from './model-data/counts.ts';

/** Counts of one, two and three characters in running Chinese text, as probabilities. */
export interface LanguageModel {
  /** The characters the counts know, the most frequent first. */
  readonly characters: readonly string[];
  readonly idOf: (char: string) => number;
  /** The characters counted after another, in no particular order. */
  readonly followers: (char: string) => readonly string[];
  /** Natural logarithm of the probability of a character (by id) after two others. Id 0 is an unknown character. */
  readonly logProbability: (before2: number, before1: number, id: number) => number;
}

let model: LanguageModel | undefined;

/** The shipped model; unpacked at first use. */
export function languageModel(): LanguageModel {
  model ??= unpack(brotliDecompressSync(Buffer.from(counts, 'base64')));
  return model;
}

interface Grams {
  readonly keys: Float64Array;
  readonly counts: Float32Array;
}

/** The part of a count that goes to sequences never seen (absolute discounting). */
const discount = 0.75;

function unpack(bytes: Uint8Array): LanguageModel {
  const reader = { bytes, at: 0 };
  const characters = [...new TextDecoder().decode(take(reader, readLength(reader)))];
  const singles = Float32Array.from(take(reader, characters.length), unquantise);
  const pairs = readGrams(reader);
  const triples = readGrams(reader);
  const size = characters.length + 1;
  const ids = new Map(characters.map((char, index) => [char, index + 1]));
  const total = singles.reduce((sum, count) => sum + count, 0);
  const unknown = 0.5 / total;
  const pairRest = rests(pairs, size, (id) => singles[id - 1] ?? 0);
  const tripleRest = restsOfPairs(triples, pairs, size);
  const one = (id: number): number => (id === 0 ? unknown : (singles[id - 1] ?? 0) / total);
  const two = (before: number, id: number): number => {
    if (before === 0) return one(id);
    const found = id === 0 ? -1 : find(pairs.keys, before * size + id);
    const seen = found < 0 ? 0 : Math.max((pairs.counts[found] ?? 0) - discount, 0) / (singles[before - 1] ?? 1);
    return seen + (pairRest[before] ?? 1) * one(id);
  };
  const three = (before2: number, before1: number, id: number): number => {
    const pair = before2 === 0 || before1 === 0 ? -1 : find(pairs.keys, before2 * size + before1);
    if (pair < 0) return two(before1, id);
    const found = id === 0 ? -1 : find(triples.keys, (before2 * size + before1) * size + id);
    const seen = found < 0 ? 0 : Math.max((triples.counts[found] ?? 0) - discount, 0) / (pairs.counts[pair] ?? 1);
    return seen + (tripleRest[pair] ?? 1) * two(before1, id);
  };
  return {
    characters,
    idOf: (char) => ids.get(char) ?? 0,
    followers: (char) => followers(pairs.keys, (ids.get(char) ?? 0) * size, size).map((id) => characters[id - 1] ?? ''),
    logProbability: (before2, before1, id) => Math.log(three(before2, before1, id)),
  };
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

function readGrams(reader: Reader): Grams {
  const length = readLength(reader);
  const packed = take(reader, readLength(reader));
  const keys = new Float64Array(length);
  let at = 0;
  let last = 0;
  for (let i = 0; i < length; i++) {
    let [delta, factor] = [0, 1];
    for (let more = true; more; factor *= 128) {
      const byte = packed[at++] ?? 0;
      delta += (byte & 127) * factor;
      more = byte >= 128;
    }
    last += delta;
    keys[i] = last;
  }
  return { keys, counts: Float32Array.from(take(reader, length), unquantise) };
}

/** For each first character, the share of its count that no kept pair accounts for. */
function rests(grams: Grams, size: number, countOf: (id: number) => number): Float32Array {
  const left = new Float32Array(size).fill(1);
  grams.keys.forEach((key, i) => {
    const first = Math.floor(key / size);
    left[first] = (left[first] ?? 1) - Math.max((grams.counts[i] ?? 0) - discount, 0) / Math.max(countOf(first), 1);
  });
  return left.map((share) => Math.max(share, 0.001));
}

function restsOfPairs(triples: Grams, pairs: Grams, size: number): Float32Array {
  const left = new Float32Array(pairs.keys.length).fill(1);
  let pair = 0;
  triples.keys.forEach((key, i) => {
    const before = Math.floor(key / size);
    while ((pairs.keys[pair] ?? Infinity) < before) pair++;
    if (pairs.keys[pair] !== before) return;
    left[pair] = (left[pair] ?? 1) - Math.max((triples.counts[i] ?? 0) - discount, 0) / (pairs.counts[pair] ?? 1);
  });
  return left.map((share) => Math.max(share, 0.001));
}

/** The second members of the pairs whose keys lie in one block. */
function followers(keys: Float64Array, from: number, size: number): number[] {
  const found: number[] = [];
  for (let i = lowerBound(keys, from); i < keys.length && (keys[i] ?? 0) < from + size; i++)
    found.push((keys[i] ?? 0) - from);
  return found;
}

function lowerBound(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function find(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = keys[middle] ?? 0;
    if (value === key) return middle;
    if (value < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
