import { createMultibyteDecoder } from '@exodus/bytes/multi-byte.js';

/**
 * Double-byte code pages both ways, as the Encoding standard has them: which pair is which character, and which bytes a
 * character was read from. Made at first use.
 */
export type CodePage = 'gb18030' | 'big5';

interface Pages {
  /** First code point of a pair (lead × 256 + trail); 0 where the page has none. */
  readonly decode: Uint32Array;
  readonly encode: ReadonlyMap<number, number>;
}

const gb18030 = new TextDecoder('gb18030', { ignoreBOM: true });
/** Node's own Big5 lacks the Hong Kong characters and more; this one is the standard's. */
const big5 = createMultibyteDecoder('big5', true);

/** Bytes to text; U+FFFD for what is not of the code page. */
export const decodeCodePage = (page: CodePage, bytes: Uint8Array): string =>
  page === 'big5' ? big5(bytes) : gb18030.decode(bytes);

const made = new Map<CodePage, Pages>();

function pages(page: CodePage): Pages {
  const known = made.get(page);
  if (known) return known;
  const decode = new Uint32Array(65536);
  const encode = new Map<number, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const text = decodeCodePage(page, Uint8Array.of(lead, trail));
      const code = text.codePointAt(0) ?? 0xfffd;
      if (text.includes('\ufffd')) continue;
      const pair = (lead << 8) | trail;
      decode[pair] = code;
      // Four pairs of Big5 are a letter with a combining mark.
      const isOne = text.length === (code > 0xffff ? 2 : 1);
      if (isOne && (!encode.has(code) || (page === 'big5' && lastWins(code, encode.get(code) ?? 0)))) {
        encode.set(code, pair);
      }
    }
  }
  if (page === 'gb18030') for (const [code, pair] of olderCodes) encode.set(code, pair);
  const result = { decode, encode };
  made.set(page, result);
  return result;
}

/** The euro sign's byte in the standard, and what decoders of GB18030-2000 have where the standard has a space and a letter. */
const olderCodes: readonly (readonly [code: number, pair: number])[] = [
  [0x20ac, 0x80],
  [0xe5e5, 0xa3a0],
  [0xe7c7, 0xa8bc],
];

/** The standard's encoder avoids the Hong Kong block, and for six characters takes the last of two pairs. */
const lastWins = (code: number, before: number): boolean =>
  before < 0xa100 || [0x2550, 0x255e, 0x2561, 0x256a, 0x5341, 0x5345].includes(code);

/** Whether a pair stands for a character of the code page. */
export const isPair = (page: CodePage, lead: number, trail: number): boolean =>
  pages(page).decode[(lead << 8) | trail] !== 0;

let fourBytes: ReadonlyMap<number, number> | undefined;

/** GB18030's four-byte codes of the basic plane, by their linear number. */
function fourByteCodes(): ReadonlyMap<number, number> {
  if (fourBytes) return fourBytes;
  const decoder = new TextDecoder('gb18030');
  const found = new Map<number, number>();
  for (let linear = 0; linear < 39_420; linear++) {
    const code = decoder.decode(fourByteForm(linear)).codePointAt(0) ?? 0xfffd;
    if (code !== 0xfffd) found.set(code, linear);
  }
  fourBytes = found;
  return found;
}

const fourByteForm = (linear: number): Uint8Array =>
  Uint8Array.of(
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  );

/**
 * The bytes a code point above 7F was read from, or undefined where
 * the code page does not have it.
 */
export function bytesOf(page: CodePage, code: number): Uint8Array | undefined {
  const pair = pages(page).encode.get(code);
  if (pair !== undefined) return pair < 0x100 ? Uint8Array.of(pair) : Uint8Array.of(pair >> 8, pair & 0xff);
  if (page === 'big5' || code === 0xfffd) return undefined;
  if (code > 0xffff) return fourByteForm(code - 0x10000 + 189_000);
  const linear = fourByteCodes().get(code);
  return linear === undefined ? undefined : fourByteForm(linear);
}

/** The bytes of a text in a code page, or undefined where it has a character the page lacks. */
export function codePageBytes(page: CodePage, text: string): Uint8Array | undefined {
  const out = new Uint8Array(text.length * 4);
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) {
      out[length++] = code;
      continue;
    }
    const bytes = bytesOf(page, code);
    if (bytes === undefined) return undefined;
    for (const byte of bytes) out[length++] = byte;
  }
  return out.subarray(0, length);
}

let common: Uint8Array | undefined;

/**
 * Flags by UTF-16 code unit: 1 for the characters that make up nearly all of honest Chinese text, Simplified (GB 2312, first
 * level) and Traditional (Big5, first level), and their punctuation.
 */
export function commonCharacters(): Uint8Array {
  if (common) return common;
  const flags = new Uint8Array(65536);
  const mark = (page: CodePage, from: number, to: number): void => {
    const { decode } = pages(page);
    for (let pair = from; pair <= to; pair++) {
      const code = decode[pair] ?? 0;
      if (code > 0 && code < 0x10000) flags[code] = 1;
    }
  };
  mark('gb18030', 0xb0a1, 0xd7f9);
  mark('big5', 0xa440, 0xc67e);
  for (let code = 0x3000; code <= 0x3015; code++) flags[code] = 1;
  for (let code = 0xff01; code <= 0xff5e; code++) flags[code] = 1;
  for (const char of '—…“”‘’·') flags[char.charCodeAt(0)] = 1;
  common = flags;
  return flags;
}
