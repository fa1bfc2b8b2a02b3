import { isUtf8 } from 'node:buffer';
import { isCommonPair } from './charset.ts';
import type { Finding } from './finding.ts';
import type { Alarm } from './types.ts';
import { characterLength, toHex } from './utf8.ts';

/** A file put together from parts in UTF-8 and parts in GBK. */
export interface MixedFile {
  /** The encoding of most of it. */
  readonly used: 'utf-8' | 'gb18030';
  /** The parts in the other one, each with its reading. */
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
}

interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly kind: 'utf-8' | 'gbk';
  /** Characters above 7F. */
  readonly codes: number;
  /** Everyday ones among those of GBK. */
  readonly common: number;
  /** It holds a sentence in GBK. */
  readonly sentence: boolean;
}

/** A sentence of so many characters was written there; what is shorter, or has no stop, was put over a name. */
const sentenceCodes = 12;

/**
 * Recognises a file whose lines and text nodes are each honest, some in UTF-8, some in GBK. Undefined when some are neither,
 * or when the GBK in a UTF-8 page is no more than names: that is a hijack, not a mixture.
 */
export function mixedFile(bytes: Uint8Array): MixedFile | undefined {
  const chunks = chunksOf(bytes);
  if (chunks === undefined || !isEverydayGbk(chunks)) return undefined;
  const codes = (kind: Chunk['kind']): number =>
    chunks.reduce((sum, chunk) => sum + (chunk.kind === kind ? chunk.codes : 0), 0);
  const used = codes('utf-8') >= codes('gbk') ? 'utf-8' : 'gb18030';
  const parts = groups(chunks, used === 'utf-8' ? 'gbk' : 'utf-8').filter(
    (part) => used !== 'utf-8' || isWritten(part),
  );
  if (parts.length === 0) return undefined;
  const decoder = new TextDecoder(used === 'utf-8' ? 'gb18030' : 'utf-8', { ignoreBOM: true });
  const read = parts.map(({ start, end }) => ({ start, end, text: decoder.decode(bytes.subarray(start, end)) }));
  return {
    used,
    findings: read.map(({ start, end, text }) => ({
      at: start,
      length: end - start,
      class: 'proved',
      rule: 'other-encoding',
      text,
      prior: 1,
    })),
    alarms: read.map(({ start, end, text }) => ({
      kind: 'foreign-encoding',
      at: start,
      evidence: toHex(bytes.subarray(start, Math.min(end, start + 48))),
      readings: [text.slice(0, 200)],
    })),
  };
}

/** Lines and text nodes with bytes above 7F; undefined as soon as some is neither UTF-8 nor everyday GBK. */
function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = at;
    let high = false;
    for (; end < bytes.length && !isBorder(bytes[end] ?? 0); end++) high ||= (bytes[end] ?? 0) >= 0x80;
    if (high) {
      const chunk = chunkAt(bytes, at, end);
      if (chunk === undefined) return undefined;
      chunks.push(chunk);
    }
    at = end + 1;
  }
  return chunks;
}

function isEverydayGbk(chunks: readonly Chunk[]): boolean {
  const gbk = chunks.filter(({ kind }) => kind === 'gbk');
  const codes = gbk.reduce((sum, chunk) => sum + chunk.codes, 0);
  return gbk.reduce((sum, chunk) => sum + chunk.common, 0) >= codes * 0.8;
}

const isBorder = (byte: number): boolean => byte === 0x3c || byte === 0x3e || byte === 0x0a || byte === 0x22;

function chunkAt(bytes: Uint8Array, start: number, end: number): Chunk | undefined {
  const part = bytes.subarray(start, end);
  const gbk = gbkCodes(part);
  if (isUtf8(part)) {
    const { long, short } = utf8Codes(part);
    // Two bytes of GBK can be UTF-8 too; nobody writes Chinese in Latin letters with accents.
    if (long === 0 && gbk !== undefined) return { start, end, kind: 'gbk', ...gbk };
    return { start, end, kind: 'utf-8', codes: long + short, common: 0, sentence: false };
  }
  return gbk === undefined ? undefined : { start, end, kind: 'gbk', ...gbk };
}

function utf8Codes(bytes: Uint8Array): { long: number; short: number } {
  let [long, short] = [0, 0];
  for (let at = 0; at < bytes.length;) {
    const size = characterLength(bytes, at) || 1;
    if (size > 2) long++;
    else if (size === 2) short++;
    at += size;
  }
  return { long, short };
}

/** Characters of an everyday GBK text, or undefined when the bytes are not one. */
function gbkCodes(bytes: Uint8Array): { codes: number; common: number; sentence: boolean } | undefined {
  let [codes, common] = [0, 0];
  let sentence = false;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const trail = bytes[at + 1] ?? 0;
    if (lead === 0x80 || lead === 0xff || trail < 0x40 || trail === 0x7f || trail === 0xff) return undefined;
    codes++;
    if (isCommonPair(lead, trail, 'gb18030')) common++;
    sentence ||= (lead === 0xa1 && trail === 0xa3) || (lead === 0xa3 && trail === 0xac);
    at += 2;
  }
  // A name may be of rare characters; so many of them together are UTF-8 that was hurt.
  return common * 2 >= codes || codes < 5 ? { codes, common, sentence: sentence && codes >= sentenceCodes } : undefined;
}

/** Neighbouring chunks of one kind with nothing of the other kind between them. */
function groups(chunks: readonly Chunk[], kind: Chunk['kind']): Chunk[] {
  const found: Chunk[] = [];
  let open: Chunk | undefined;
  for (const chunk of chunks) {
    if (chunk.kind !== kind) {
      if (open) found.push(open);
      open = undefined;
    } else {
      open = open ? joined(open, chunk) : chunk;
    }
  }
  return open ? [...found, open] : found;
}

const joined = (a: Chunk, b: Chunk): Chunk => ({
  ...a,
  end: b.end,
  codes: a.codes + b.codes,
  common: a.common + b.common,
  sentence: a.sentence || b.sentence,
});

const isWritten = ({ sentence }: Chunk): boolean => sentence;

/** The same bytes with the parts blanked, for those who look at the rest. */
export function withoutParts(bytes: Uint8Array, findings: readonly Finding[]): Uint8Array {
  const rest = bytes.slice();
  for (const { at, length } of findings) rest.fill(0x20, at, at + length);
  return rest;
}
