import { isLead, isTrail } from './cp936.ts';
import { tagRemainder } from './tag-remainder.ts';

/** A stretch of GBK inside a UTF-8 page: bytes put in by someone else. */
export interface ForeignNode {
  readonly at: number;
  readonly length: number;
  readonly reading: string;
  /** The name took the `<` of the tag behind it with it: what stood there before had swallowed it. */
  readonly tail?: '<';
}

export interface ForeignSearch {
  readonly found?: ForeignNode;
  /** Up to where it need not be searched again. */
  readonly end: number;
}

type Extent = readonly [from: number, to: number];

const gb18030 = new TextDecoder('gb18030');

/** Longer text nodes are not read as one injected name. */
const longest = 4096;

/**
 * Looks whether the text node or attribute value round a broken byte is GBK as a whole: it decodes without a fault, and few
 * of its bytes make sense as UTF-8. White space at its ends is left out. Where it is not, the word round the byte is tried,
 * then what stands between Chinese in UTF-8. `damageEnd` is where the last damaged place before it ends.
 */
export function foreignNode(
  bytes: Uint8Array,
  marks: string,
  start: number,
  at: number,
  inTag: boolean,
  damageEnd: number,
): ForeignSearch {
  const [first, end] = inTag ? valueExtent(marks, start, at) : [start, nodeEnd(marks, at, /[<>\n]/g)];
  if (end - first > longest) return { end };
  const cut = inTag || marks[end] !== '>' ? end : remainderStart(bytes, marks, at, end);
  const [from, to] = trimmed(marks, first, cut);
  const [left, right] = word(marks, from, at, to);
  const middle = between(bytes, at, Math.max(left, damageEnd), right, damageEnd);
  const tries: readonly Extent[] = [[from, to], [left, right], middle];
  for (const [a, b] of tries) {
    if (b - a < (a > left || b < right ? fewestBytes : 2) || holdsChinese(bytes, a, b)) continue;
    const takesTag = b === to && cut < end;
    const nameEnd = takesTag && bytes[b - 1] === swallowedSign && !isPairs(bytes, a, b) ? b - 1 : b;
    const reading = readGbk(bytes, a, nameEnd);
    if (reading === undefined || looksLikeUtf8(bytes, a, nameEnd)) continue;
    const tail = takesTag ? { tail: '<' as const } : {};
    return { end: b, found: { at: a, length: b - a, reading, ...tail } };
  }
  return { end: middle[1] > at ? middle[1] : end };
}

/** What a `<` became together with the last byte of the name that stood there before: the name was put over that byte alone. */
const swallowedSign = 0x3c + 0xc0;

function nodeEnd(marks: string, at: number, stop: RegExp): number {
  stop.lastIndex = at;
  return stop.exec(marks)?.index ?? marks.length;
}

/** The attribute's value: between its quotes, or from `=` to white space. */
function valueExtent(marks: string, start: number, at: number): Extent {
  let first = at;
  while (first > start && !/["'=]/.test(marks[first - 1] ?? '')) first--;
  const before = marks[first - 1];
  const stop = before === "'" ? /[<>\n']/g : before === '=' ? /[<>\s"]/g : /[<>\n"]/g;
  return [first, nodeEnd(marks, at, stop)];
}

/** A text node that ends in `>` ends in a tag that lost its `<`: where that begins, else the end of the node. */
function remainderStart(bytes: Uint8Array, marks: string, at: number, end: number): number {
  const closing = /\/[a-z][a-z0-9:]{0,15}\s{0,8}$/i.exec(marks.slice(Math.max(at, end - 32), end));
  if (closing && tagRemainder(marks, end - closing[0].length) > 0) return end - closing[0].length;
  let last = end - 1;
  while (last > at && (bytes[last] ?? 0) < 0x80) last--;
  for (const begin of [last + 1, last + 2]) if (begin + tagRemainder(marks, begin) === end + 1) return begin;
  return end;
}

function trimmed(marks: string, start: number, end: number): Extent {
  let [from, to] = [start, end];
  while (from < to && isSpace(marks, from)) from++;
  while (to > from && isSpace(marks, to - 1)) to--;
  return [from, to];
}

const isSpace = (marks: string, at: number): boolean => marks.charCodeAt(at) <= 0x20;

/** The stretch without white space round an offset, in text that has no markup to bound it. */
function word(marks: string, from: number, at: number, to: number): Extent {
  let [left, right] = [at, at];
  while (left > from && !isSpace(marks, left - 1)) left--;
  while (right < to && !isSpace(marks, right)) right++;
  return [left, right];
}

/** Two Chinese characters in UTF-8 side by side bound a name; signs beside them are theirs. */
function between(bytes: Uint8Array, at: number, from: number, to: number, damageEnd: number): Extent {
  let left = from;
  for (let i = from; i < at; i++) {
    if (!isHan(bytes, i)) continue;
    if (isHan(bytes, i + 3)) left = i + 6;
    else if (i === left && i === damageEnd) left = i + 3;
  }
  left = Math.min(left, at);
  let right = at;
  while (right < to && !(isHan(bytes, right) && isHan(bytes, right + 3))) right++;
  while (left > from && left < at && isSign(bytes[left] ?? 0)) left++;
  while (right < to && right > at && isSign(bytes[right - 1] ?? 0)) right--;
  return [left, right];
}

/** Less than three characters are no evidence of a name in the midst of other text. */
const fewestBytes = 6;

const isHan = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] ?? 0) >= 0xe3 &&
  (bytes[at] ?? 0) <= 0xe9 &&
  ((bytes[at + 1] ?? 0) & 0xc0) === 0x80 &&
  ((bytes[at + 2] ?? 0) & 0xc0) === 0x80;

/** Whether two Chinese characters in UTF-8 stand there side by side. */
function holdsChinese(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at + 6 <= to; at++) if (isHan(bytes, at) && isHan(bytes, at + 3)) return true;
  return false;
}

const isSign = (byte: number): boolean => (byte > 0x20 && byte < 0x30) || byte === 0x5f || byte === 0x7c;

function readGbk(bytes: Uint8Array, from: number, to: number): string | undefined {
  if (!isPairs(bytes, from, to)) return undefined;
  const text = gb18030.decode(bytes.subarray(from, to));
  return /\p{Script=Han}/u.test(text) && !/[\ufffd\p{Co}\p{Cn}\u0000-\u0008]/u.test(text) ? text : undefined;
}

function isPairs(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (!isLead(byte) || !isTrail(bytes[++at] ?? 0)) return false;
  }
  return at === to;
}

/** Whether most bytes above 7F begin or end a three-byte character: damaged UTF-8, not GBK. */
function looksLikeUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  let high = 0;
  let explained = 0;
  for (let at = from; at < to;) {
    const size = stumpOrCharacter(bytes, at, to);
    if ((bytes[at] ?? 0) >= 0x80) high += Math.max(size, 1);
    explained += (bytes[at] ?? 0) >= 0x80 ? size : 0;
    at += Math.max(size, 1);
  }
  return explained * 10 >= high * 7;
}

/** Length of a three-byte character or of its first two bytes, 0 for anything else. */
function stumpOrCharacter(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xe2 || first > 0xef || at + 1 >= to || ((bytes[at + 1] ?? 0) & 0xc0) !== 0x80) return 0;
  return at + 2 < to && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80 ? 3 : 2;
}
