/** A stretch of GBK inside a UTF-8 page: bytes put in by someone else. */
export interface ForeignNode {
  readonly at: number;
  readonly length: number;
  readonly reading: string;
}

export interface ForeignSearch {
  readonly found?: ForeignNode;
  /** Where the text node that was searched ends. */
  readonly end: number;
}

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** Longer text nodes are not read as one injected name. */
const longest = 4096;

/**
 * Looks whether the text node round a broken byte is GBK as a whole: it decodes without a fault, and few of its bytes
 * make sense as UTF-8. White space at its ends is left out.
 */
export function foreignNode(
  bytes: Uint8Array,
  marks: string,
  start: number,
  at: number,
  inTag: boolean,
): ForeignSearch {
  const end = nodeEnd(marks, at, inTag);
  if (end - start > longest) return { end };
  const [from, to] = trimmed(marks, start, end);
  const whole = readGbk(bytes.subarray(from, to));
  if (whole !== undefined && !looksLikeUtf8(bytes, from, to))
    return { end, found: { at: from, length: to - from, reading: whole } };
  const [left, right] = word(marks, from, at, to);
  const part = readGbk(bytes.subarray(left, right));
  if (part === undefined || looksLikeUtf8(bytes, left, right)) return { end };
  return { end: right, found: { at: left, length: right - left, reading: part } };
}

function nodeEnd(marks: string, at: number, inTag: boolean): number {
  const stop = inTag ? /[<>\n"]/g : /[<>\n]/g;
  stop.lastIndex = at;
  return stop.exec(marks)?.index ?? marks.length;
}

function trimmed(marks: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  while (from < to && isSpace(marks, from)) from++;
  while (to > from && isSpace(marks, to - 1)) to--;
  return [from, to];
}

const isSpace = (marks: string, at: number): boolean => marks.charCodeAt(at) <= 0x20;

/** The stretch without white space round an offset, in text that has no markup to bound it. */
function word(marks: string, from: number, at: number, to: number): [number, number] {
  let [left, right] = [at, at];
  while (left > from && !isSpace(marks, left - 1)) left--;
  while (right < to && !isSpace(marks, right)) right++;
  return [left, right];
}

function readGbk(bytes: Uint8Array): string | undefined {
  try {
    const text = gb18030.decode(bytes);
    return /\p{Script=Han}/u.test(text) && !/[\p{Co}\p{Cn}\u0000-\u0008]/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
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
