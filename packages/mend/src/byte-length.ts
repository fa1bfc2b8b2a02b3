/** Bytes of a character in UTF-8, by its code point. */
export const byteLength = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
