import { createHash } from 'node:crypto';

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
  for (let i = 0; i + shingle <= words.length; i++) {
    const digest = createHash('md5')
      .update(words.slice(i, i + shingle))
      .digest();
    for (let bit = 0; bit < bits; bit++)
      sums[bit] = (sums[bit] ?? 0) + (((digest[bit >> 3] ?? 0) >> (bit & 7)) & 1 ? 1 : -1);
  }
  let print = 0n;
  for (let bit = 0; bit < bits; bit++) if ((sums[bit] ?? 0) > 0) print |= 1n << BigInt(bit);
  return print;
}

function distance(a: bigint, b: bigint): number {
  let count = 0;
  for (let rest = a ^ b; rest > 0n; rest &= rest - 1n) count++;
  return count;
}
