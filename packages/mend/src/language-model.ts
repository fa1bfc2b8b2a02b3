import { brotliDecompressSync } from 'node:zlib';
import { counts } from './model-data/counts.ts';

/** Counts of one to four characters in running Chinese text, as probabilities. Characters go by their ids. */
export interface LanguageModel {
  /** The characters the counts know by id, the most frequent first; id 0 is an unknown character. */
  readonly characters: readonly string[];
  readonly idOf: (char: string) => number;
  /** The ids counted after another, ascending. */
  readonly followers: (id: number) => Uint16Array;
  /** Natural logarithm of the probability of a character after two others. */
  readonly logProbability: (before2: number, before1: number, id: number) => number;
  /** The logarithm of the factor by which one more character before makes the last of four more or less probable. */
  readonly fourth: (before3: number, before2: number, before1: number, id: number) => number;
  /** Where two characters that were counted side by side are kept, or −1; the followers of a character lie side by side. */
  readonly pair: (before: number, id: number) => number;
  readonly firstPair: (before: number) => number;
  /** Whether three characters were counted side by side. */
  readonly hasThree: (before2: number, before1: number, id: number) => boolean;
  /** The probability of each of the followers of a character after it. */
  readonly followersTwo: (before: number) => Float64Array;
  /** The probability of a character after another. */
  readonly two: (before: number, id: number) => number;
  /** The probability of a character after a pair, or after none (−1), given that after the second character alone. */
  readonly given: (pair: number, id: number, two: number) => number;
  /** What two characters after a gap say of every character that may stand before them. */
  readonly column: (after1: number, after2: number) => Column;
}

/** By the id of a character: the probability of the first one after it, and the logarithm of that of the second one then. */
export interface Column {
  readonly first: Float64Array;
  readonly second: Float64Array;
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
  const singles = Float32Array.of(0, ...unquantised(take(reader, size - 1)));
  const total = singles.reduce((sum, count) => sum + count, 0);
  const keys = Float64Array.from(singles.keys());
  const pairs = readRows(reader, size, size, keys, singles);
  const pairKeys = keysOf(pairs, keys, size);
  const triples = readRows(reader, size, pairs.ids.length, pairKeys, pairs.counts);
  const fours = readRows(reader, size, triples.ids.length, keysOf(triples, pairKeys, size), triples.counts);
  const ids = new Map(characters.map((char, id) => [char, id]));
  ids.delete('');
  const unknown = 0.5 / total;
  const one = (id: number): number => (id === 0 ? unknown : (singles[id] ?? 0) / total);
  const two = (before: number, id: number): number =>
    before === 0 ? one(id) : seen(pairs, before, id, singles[before] ?? 1) + (pairs.rest[before] ?? 1) * one(id);
  const given = (pair: number, id: number, after: number): number =>
    pair < 0 ? after : seen(triples, pair, id, pairs.counts[pair] ?? 1) + (triples.rest[pair] ?? 1) * after;
  const pair = (before: number, id: number): number => (before === 0 || id === 0 ? -1 : find(pairs, before, id));
  const fourth = (before3: number, before2: number, before1: number, id: number): number => {
    const first = pair(before3, before2);
    const triple = first < 0 ? -1 : find(triples, first, before1);
    if (triple < 0 || fours.starts[triple] === fours.starts[triple + 1]) return 0;
    const three = given(pair(before2, before1), id, two(before1, id));
    const four = seen(fours, triple, id, triples.counts[triple] ?? 1) + (fours.rest[triple] ?? 1) * three;
    return Math.log(four / three);
  };
  const followers = (id: number): Uint16Array => pairs.ids.subarray(pairs.starts[id], pairs.starts[id + 1]);
  const followersTwo: Float64Array[] = [];
  const before = beforeEach(pairs, size);
  const firstColumn = lastColumns((after1: number): Float64Array => {
    const base = one(after1);
    const first = new Float64Array(size);
    for (let id = 0; id < size; id++) first[id] = (pairs.rest[id] ?? 1) * base;
    first[0] = base;
    for (const at of before(after1)) {
      const id = before.rows[at] ?? 0;
      first[id] = (first[id] ?? 0) + share(pairs, at, singles[id] ?? 1);
    }
    return first;
  });
  const column = lastColumns((key: number): Column => {
    const [after1, after2] = [Math.floor(key / size), key % size];
    const alone = two(after1, after2);
    const second = new Float64Array(size).fill(Math.log(alone));
    for (const at of before(after1)) second[before.rows[at] ?? 0] = Math.log(given(at, after2, alone));
    return { first: firstColumn(after1), second };
  });
  return {
    characters,
    idOf: (char) => ids.get(char) ?? 0,
    followers,
    logProbability: (before2, before1, id) => Math.log(given(pair(before2, before1), id, two(before1, id))),
    fourth,
    pair,
    firstPair: (id) => pairs.starts[id] ?? 0,
    hasThree: (before2, before1, id) => {
      const first = pair(before2, before1);
      return first >= 0 && id !== 0 && find(triples, first, id) >= 0;
    },
    followersTwo: (id) => (followersTwo[id] ??= Float64Array.from(followers(id), (next) => two(id, next))),
    two,
    given,
    column: (after1, after2) => column(after1 * size + after2),
  };
}

const mostColumns = 128;

/** The same function, its last answers kept: gaps side by side, and each form of a gap, ask for one again and again. */
function lastColumns<T>(work: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    if (known.size >= mostColumns) known.clear();
    const answer = work(key);
    known.set(key, answer);
    return answer;
  };
}

/** The pairs that end in a character, and the character that each pair begins with. */
function beforeEach({ starts, ids }: Rows, size: number) {
  const rows = new Uint16Array(ids.length);
  const ends = new Uint32Array(size + 1);
  for (const id of ids) ends[id + 1] = (ends[id + 1] ?? 0) + 1;
  for (let id = 0; id < size; id++) ends[id + 1] = (ends[id + 1] ?? 0) + (ends[id] ?? 0);
  const next = ends.slice();
  const sorted = new Uint32Array(ids.length);
  for (let row = 0; row < size; row++) {
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const id = ids[at] ?? 0;
      rows[at] = row;
      const place = next[id] ?? 0;
      sorted[place] = at;
      next[id] = place + 1;
    }
  }
  const before = (id: number): Uint32Array => sorted.subarray(ends[id], ends[id + 1]);
  return Object.assign(before, { rows });
}

const seen = (rows: Rows, row: number, id: number, whole: number): number => share(rows, find(rows, row, id), whole);

const share = (rows: Rows, place: number, whole: number): number =>
  place < 0 ? 0 : Math.max((rows.counts[place] ?? 0) - discount, 0) / whole;

/** The keys of all entries, ascending; `beginnings` are those of the rows. */
function keysOf({ starts, ids }: Rows, beginnings: Float64Array, size: number): Float64Array {
  const keys = new Float64Array(ids.length);
  for (let row = 0; row + 1 < starts.length; row++)
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++)
      keys[i] = (beginnings[row] ?? 0) * size + (ids[i] ?? 0);
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

const powers = Float32Array.from({ length: 256 }, (_, byte) => 2 ** (byte / 8));

function unquantised(bytes: Uint8Array): Float32Array {
  const counts = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) counts[i] = powers[bytes[i] ?? 0] ?? 1;
  return counts;
}

/** `keys` names the beginning of each row, ascending, `wholes` how often that was counted. */
function readRows(reader: Reader, size: number, rows: number, keys: Float64Array, wholes: Float32Array): Rows {
  const length = readLength(reader);
  const packed = take(reader, readLength(reader));
  const starts = new Uint32Array(rows + 1);
  const ids = new Uint16Array(length);
  const counts = unquantised(take(reader, length));
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
