/** Finds texts that are nearly the same as one seen before. */
export interface NearDuplicates {
  /** The name of a text nearly the same as this one, which is then remembered too. */
  readonly seen: (name: string, text: string) => string | undefined;
}

const shingle = 5;
const bits = 64;
/** Fingerprints of the same article, a word changed, differ in fewer bits than this. */
const nearest = 3;
/** Two fingerprints that differ in three bits agree in one of four quarters. */
const quarters = 4;
const fewestCharacters = 80;

/** By fingerprints of five-character shingles (simhash). Memory grows by some hundred bytes a text. */
export function nearDuplicates(): NearDuplicates {
  const bands = Array.from({ length: quarters }, () => new Map<bigint, { name: string; print: bigint }[]>());
  return {
    seen: (name, text) => {
      const words = text.replace(/[\s\p{P}]+/gu, '');
      if (words.length < fewestCharacters) return undefined;
      const print = fingerprint(words);
      let found: string | undefined;
      bands.forEach((band, i) => {
        const key = (print >> BigInt(i * 16)) & 0xffffn;
        const others = band.get(key) ?? [];
        found ??= others.find((other) => distance(other.print, print) <= nearest)?.name;
        others.push({ name, print });
        band.set(key, others);
      });
      return found;
    },
  };
}

function fingerprint(words: string): bigint {
  const sums = new Int32Array(bits);
  for (let from = 0; from + shingle <= words.length; from++) {
    let [low, high] = [0, 0];
    for (let i = from; i < from + shingle; i++) {
      const unit = words.charCodeAt(i);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x9e3779b1);
    }
    count(sums, 0, mixed(low));
    count(sums, bits / 2, mixed(high));
  }
  let print = 0n;
  for (let bit = 0; bit < bits; bit++) if ((sums[bit] ?? 0) > 0) print |= 1n << BigInt(bit);
  return print;
}

/** Each bit of a number counts for or against the same bit of the fingerprint. */
function count(sums: Int32Array, from: number, hash: number): void {
  for (let bit = 0; bit < bits / 2; bit++) sums[from + bit] = (sums[from + bit] ?? 0) + ((hash >> bit) & 1 ? 1 : -1);
}

/** The last step of MurmurHash3: each bit of what goes in turns half of those that come out. */
function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

function distance(a: bigint, b: bigint): number {
  let count = 0;
  for (let rest = a ^ b; rest > 0n; rest &= rest - 1n) count++;
  return count;
}
