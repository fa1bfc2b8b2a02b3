import { commonCharacters, isPair } from './codecs.ts';
import type { CodePage } from './codecs.ts';
import type { Finding } from './finding.ts';

/** An honest page in an older encoding, and the bytes of it that this encoding cannot explain. */
export interface Charset {
  readonly used: 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';
  readonly findings: readonly Finding[];
}

/** So much of a text must be everyday characters before an encoding is believed for it. */
const everyday = 0.55;
/** One broken code in so many is still an honest page: it was cut, or a script counted bytes. */
const brokenShare = 0.02;

/** The double-byte encoding in which bytes that are not UTF-8 make an honest text, or undefined. */
export function doubleByteCharset(bytes: Uint8Array, declared: string | null): Charset | undefined {
  const reading = (page: CodePage): Reading => walk(bytes, page);
  const [gbk, big5] = [reading('gb18030'), reading('big5')];
  const prior = declaredAs(declared);
  const better = scoreOf(big5) + (prior === 'big5' ? 0.08 : 0) > scoreOf(gbk) + (prior === 'big5' ? 0 : 0.08);
  const [best, used] = better ? ([big5, 'big5'] as const) : ([gbk, 'gb18030'] as const);
  if (best.codes === 0 || best.broken.length > Math.max(1, best.codes * brokenShare)) return undefined;
  if (best.broken.length > 0 && scoreOf(best) < everyday) return undefined;
  return { used, findings: best.broken };
}

/** The page as it is in an encoding that is known; what that cannot explain is lost. */
export const knownCharset = (bytes: Uint8Array, used: Charset['used']): Charset => ({
  used,
  findings: used === 'gb18030' || used === 'big5' ? walk(bytes, used).broken : brokenUnits(bytes, used),
});

function declaredAs(declared: string | null): CodePage | undefined {
  if (declared === null) return undefined;
  return /big5|950/.test(declared) ? 'big5' : /^(?:x-)?(?:gb|cp936|hz)/.test(declared) ? 'gb18030' : undefined;
}

interface Reading {
  /** Codes of more than one byte, those of them that are everyday characters, and what no code explains. */
  readonly codes: number;
  readonly common: number;
  readonly broken: readonly Finding[];
}

const scoreOf = ({ codes, common, broken }: Reading): number =>
  codes === 0 ? 0 : (common - 4 * broken.length) / codes;

/** Broken bytes side by side are one place. */
function addBroken(broken: Finding[], at: number, length: number, page: CodePage): void {
  const last = broken.at(-1);
  if (last && last.at + last.length === at) broken[broken.length - 1] = { ...last, length: last.length + length };
  else broken.push({ at, length, class: 'lost', rule: `not-${page}`, prior: 1 });
}

function walk(bytes: Uint8Array, page: CodePage): Reading {
  const broken: Finding[] = [];
  let [codes, common] = [0, 0];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = codeLength(bytes, at, page);
    if (length === 0) {
      // As the Encoding standard has it, an ASCII byte after a lead byte is not part of what is broken.
      const size = lead > 0x80 && lead < 0xff && (bytes[at + 1] ?? 0) >= 0x80 ? 2 : 1;
      addBroken(broken, at, size, page);
      at += size - 1;
    } else if (length > 1) {
      codes++;
      if (isCommonPair(lead, bytes[at + 1] ?? 0, page)) common++;
    }
    at += length || 1;
  }
  return { codes, common, broken };
}

/** Length of the code at an offset, 0 where there is none. */
function codeLength(bytes: Uint8Array, at: number, page: CodePage): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (page === 'gb18030') {
    if (lead === 0x80) return 1;
    if (lead === 0xff) return 0;
    if (second >= 0x30 && second <= 0x39) return isFourByte(bytes, at) ? 4 : 0;
  }
  return isPair(page, lead, second) ? 2 : 0;
}

function isFourByte(bytes: Uint8Array, at: number): boolean {
  const [third, fourth] = [bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
  return third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39;
}

/** First-level characters and punctuation of GB 2312 and of Big5. */
export function isCommonPair(lead: number, trail: number, page: CodePage): boolean {
  if (page === 'big5') return lead >= 0xa1 && (lead < 0xc6 || (lead === 0xc6 && trail <= 0x7e));
  return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3);
}

/** UTF-16 by its mark, by the zero bytes of markup, or by the everyday characters it gives; undefined for anything else. */
export function utf16Charset(bytes: Uint8Array): Charset | undefined {
  const used = utf16Order(bytes);
  return used === undefined ? undefined : { used, findings: brokenUnits(bytes, used) };
}

type Order = 'utf-16le' | 'utf-16be';
const sampled = 65_536;
/** Text is nearly all everyday units; pictures and archives are not. */
const leastText = 0.85;

function utf16Order(bytes: Uint8Array): Order | undefined {
  if (bytes.length < 2) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 8) return undefined;
  const little = textShare(bytes, 0, 1);
  const big = textShare(bytes, 1, 0);
  if (Math.max(little, big) < leastText || Math.abs(little - big) < 0.3) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** Share of 16-bit units that are ASCII text, Latin letters or everyday Chinese. */
function textShare(bytes: Uint8Array, low: number, high: number): number {
  const flags = commonCharacters();
  const units = Math.min(sampled, bytes.length - 1) >> 1;
  let text = 0;
  for (let i = 0; i < units; i++) {
    const code = (bytes[2 * i + low] ?? 0) | ((bytes[2 * i + high] ?? 0) << 8);
    if ((code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d || code === 0x09) text++;
    else if (flags[code] === 1 || (code >= 0xa0 && code < 0x250)) text++;
  }
  return text / Math.max(1, units);
}

/** Halves of surrogate pairs that stand alone, and a byte left over at the end. */
function brokenUnits(bytes: Uint8Array, order: Order): Finding[] {
  const [low, high] = order === 'utf-16le' ? [0, 1] : [1, 0];
  const unit = (at: number): number => (bytes[at + low] ?? 0) | ((bytes[at + high] ?? 0) << 8);
  const lost = (at: number, length: number): Finding => ({ at, length, class: 'lost', rule: 'not-utf-16', prior: 1 });
  const broken: Finding[] = [];
  const end = bytes.length - (bytes.length % 2);
  for (let at = 0; at < end; at += 2) {
    const code = unit(at);
    // U+FFFD says that something was lost before.
    if (code === 0xfffd) broken.push(lost(at, 2));
    if ((code & 0xf800) !== 0xd800) continue;
    const isWhole = code < 0xdc00 && at + 2 < end && (unit(at + 2) & 0xfc00) === 0xdc00;
    if (isWhole) at += 2;
    else broken.push(lost(at, 2));
  }
  if (end < bytes.length) broken.push(lost(end, 1));
  return broken;
}
