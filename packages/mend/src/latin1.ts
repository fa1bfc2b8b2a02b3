/** The characters windows-1252 puts on 80..9F; the five empty codes stay control characters. */
const decoder = new TextDecoder('windows-1252');
const codes = new Map<number, number>();
for (let byte = 0x80; byte <= 0xff; byte++) codes.set(decoder.decode(Uint8Array.of(byte)).charCodeAt(0), byte);

/** The byte that windows-1252 (Latin-1 where that is empty) shows as this code, or undefined. */
export function windows1252Byte(code: number): number | undefined {
  const byte = code < 0xa0 ? (codes.get(code) ?? code) : codes.get(code);
  return byte === undefined || byte > 0xff ? undefined : byte;
}

/** The bytes a text was wrongly read from as Latin-1 or windows-1252, or undefined when it was not. */
export function latin1Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = windows1252Byte(text.charCodeAt(i));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}
