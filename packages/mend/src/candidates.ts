import { isAssigned } from './cp936.ts';
import { characterLength, fromBytes } from './utf8.ts';

/** The characters whose UTF-8 form is these bytes and one more. */
export const encodedCharacters = remembered((prefix) => complete(prefix, prefix.length));

/** The characters that one dropped byte, the last or one before it, leaves as these bytes. */
export const truncatedCharacters = remembered((rest) => {
  const found = new Set(complete(rest, rest.length));
  for (let gap = 1; gap < rest.length; gap++) for (const char of complete(rest, gap)) found.add(char);
  return [...found];
});

/** The characters whose UTF-8 form ends in these two bytes. */
export const headlessCharacters = remembered((tail) =>
  Array.from({ length: 16 }, (_, i) => Uint8Array.of(0xe0 + i, ...tail))
    .filter((whole) => characterLength(whole, 0) === 3)
    .map(fromBytes),
);

/** The characters whose UTF-8 form is these bytes and a pair without a character in CP936. */
export const characterOfLostPair = remembered((prefix) =>
  completePair(prefix, new Uint8Array(0), emptyPairs(0x80, 0xbf)),
);

/** Two characters that have a pair without a character in CP936 across their border, between these bytes of theirs. */
export const charactersRoundLostPair = (prefix: Uint8Array, suffix: Uint8Array): readonly string[] =>
  roundLostPair(Uint8Array.of(prefix.length, ...prefix, ...suffix));

const roundLostPair = remembered((key) => {
  const border = 1 + (key[0] ?? 0);
  return completePair(key.subarray(1, border), key.subarray(border), emptyPairs(0xc2, 0xf4));
});

/** So many answers are kept; the bound is for hostile pages. */
const mostRemembered = 50_000;

/** The same function, each answer worked out once: a page has the same stumps over and over. Keys are short. */
function remembered(work: (bytes: Uint8Array) => readonly string[]): (bytes: Uint8Array) => readonly string[] {
  const answers = new Map<number, readonly string[]>();
  return (bytes) => {
    let key = 1;
    for (const byte of bytes) key = key * 256 + byte;
    const answer = answers.get(key) ?? work(bytes);
    if (answers.size < mostRemembered) answers.set(key, answer);
    return answer;
  };
}

function complete(rest: Uint8Array, gap: number): string[] {
  const found: string[] = [];
  const whole = new Uint8Array(rest.length + 1);
  whole.set(rest.subarray(0, gap));
  whole.set(rest.subarray(gap), gap + 1);
  for (let byte = 0x80; byte <= 0xbf; byte++) {
    whole[gap] = byte;
    if (characterLength(whole, 0) === whole.length) found.push(fromBytes(whole));
  }
  return found;
}

function completePair(prefix: Uint8Array, suffix: Uint8Array, pairs: readonly (readonly [number, number])[]): string[] {
  const whole = Uint8Array.of(...prefix, 0, 0, ...suffix);
  return pairs.flatMap((pair) => {
    whole.set(pair, prefix.length);
    const first = characterLength(whole, 0);
    if (first === 0 || (first < whole.length && first + characterLength(whole, first) !== whole.length)) return [];
    return [fromBytes(whole)];
  });
}

const pairsBy = new Map<number, readonly (readonly [number, number])[]>();

/** Pairs of UTF-8 bytes without a character in CP936: a continuation byte and a byte of the given range. */
function emptyPairs(from: number, to: number): readonly (readonly [number, number])[] {
  const known = pairsBy.get(from);
  if (known) return known;
  const pairs: [number, number][] = [];
  for (let lead = 0x81; lead <= 0xbf; lead++) {
    for (let trail = from; trail <= to; trail++) if (!isAssigned(lead, trail)) pairs.push([lead, trail]);
  }
  pairsBy.set(from, pairs);
  return pairs;
}
