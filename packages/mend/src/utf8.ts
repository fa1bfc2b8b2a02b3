/** Length in bytes of the well-formed UTF-8 character at an offset, or 0 (Unicode 15, table 3-7). */
export function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[at + 1] ?? 0;
  if (first < 0xe0) return isContinuation(second) ? 2 : 0;
  if (!isContinuation(bytes[at + 2] ?? 0)) return 0;
  if (first < 0xf0) return second >= lowest3(first) && second <= (first === 0xed ? 0x9f : 0xbf) ? 3 : 0;
  if (!isContinuation(bytes[at + 3] ?? 0)) return 0;
  return second >= (first === 0xf0 ? 0x90 : 0x80) && second <= (first === 0xf4 ? 0x8f : 0xbf) ? 4 : 0;
}

export const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

const lowest3 = (first: number): number => (first === 0xe0 ? 0xa0 : 0x80);

/** The bytes that stand in well-formed characters, in order; the others are left out. */
export function dropInvalid(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length;) {
    const size = characterLength(bytes, at);
    for (let i = 0; i < size; i++) kept[length++] = bytes[at + i] ?? 0;
    at += size || 1;
  }
  return kept.subarray(0, length);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const toBytes = (text: string): Uint8Array => encoder.encode(text);
/** UTF-8 to text; what is not well-formed becomes U+FFFD, a byte order mark is kept. */
export const fromBytes = (bytes: Uint8Array): string => decoder.decode(bytes);
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
