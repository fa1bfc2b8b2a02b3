import { characterLength, fromBytes } from './utf8.ts';

/** The characters whose UTF-8 form is these bytes and one more. */
export function encodedCharacters(prefix: Uint8Array): string[] {
  return complete(prefix, prefix.length);
}

/** The characters that one dropped byte, the last or one before it, leaves as these bytes. */
export function truncatedCharacters(rest: Uint8Array): string[] {
  const found = new Set(complete(rest, rest.length));
  for (let gap = 1; gap < rest.length; gap++) for (const char of complete(rest, gap)) found.add(char);
  return [...found];
}

/** The characters whose UTF-8 form ends in these two bytes. */
export function headlessCharacters(tail: Uint8Array): string[] {
  return Array.from({ length: 16 }, (_, i) => Uint8Array.of(0xe0 + i, ...tail))
    .filter((whole) => characterLength(whole, 0) === 3)
    .map(fromBytes);
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
