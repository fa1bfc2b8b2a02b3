import { byteLength } from './byte-length.ts';
import { headlessCharacters } from './candidates.ts';
import { bytesOf, commonCharacters } from './codecs.ts';
import type { CodePage } from './codecs.ts';
import type { Finding } from './finding.ts';
import { windows1252Byte } from './latin1.ts';
import { questionSigns, swallowedTail } from './swallowed-tail.ts';
import { characterLength, fromBytes, isContinuation } from './utf8.ts';

/** How UTF-8 was wrongly read. */
export type WrongReading = 'latin1' | CodePage;

/** A text that was UTF-8 once, read wrongly and written down: the places where a byte was lost on the way. */
export interface Reread {
  readonly findings: readonly Finding[];
  /** Characters above 7F that came back whole, and those that did not. */
  readonly whole: number;
  readonly broken: number;
  /** Those of the broken ones that miss one byte only. */
  readonly almost: number;
  /** Sequences of three and four bytes among the whole ones: hardly ever there by chance. */
  readonly long: number;
  /** Everyday Chinese characters among the whole ones. */
  readonly common: number;
  /** What the reader put for bytes it could not read. */
  readonly sink: 'bytes' | 'drop' | 'replace';
}

/** A byte that is not known. */
const hole = -1;
/** The five that windows-1252 leaves empty; Latin-1 leaves 80..9F to control characters, which get lost all together. */
const emptyBytes: readonly number[] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
const controlBytes: readonly number[] = Array.from({ length: 32 }, (_, i) => 0x80 + i);

interface Walk {
  readonly text: string;
  readonly reading: WrongReading;
  /** The bytes the text was read from, or `hole`; for each the offset in the input of the character it stands in. */
  readonly units: Int16Array;
  readonly from: Int32Array;
  /** Index in `text` of the same character. */
  readonly index: Int32Array;
  /** Where a received character can come from two pairs: `chosen` the one that fits, or `either` as good. */
  readonly twice: Uint8Array;
  length: number;
  /** What a lost byte may have been. */
  readonly lost: readonly number[];
  readonly findings: HeldFinding[];
  whole: number;
  broken: number;
  almost: number;
  long: number;
  common: number;
  /** Broken characters by what stands for the lost byte: a question mark, U+FFFD, nothing. */
  questions: number;
  marks: number;
  dropped: number;
  /** Lost bytes that took the `<` of a tag with them, and those before a `<` that is still there. */
  swallowed: number;
  kept: number;
}

/** After so many broken characters, `hopeless` times as many as whole ones, the text was not read so. */
const mostBroken = 5000;
const hopeless = 8;

/**
 * Turns a text back into the bytes it was read from and reads them as UTF-8. Undefined when some character cannot have
 * come from that reading, or hardly any comes back whole. Input offsets are those of the text in UTF-8. Linear.
 */
export function reread(text: string, reading: WrongReading): Reread | undefined {
  const units = unpack(text, reading);
  if (units.length < 0) return undefined;
  const counts = {
    whole: 0,
    broken: 0,
    almost: 0,
    long: 0,
    common: 0,
    questions: 0,
    marks: 0,
    dropped: 0,
    swallowed: 0,
    kept: 0,
  };
  const walk: Walk = { ...units, ...counts, text, reading, lost: lostBytes(text, reading), findings: [] };
  let group: Character[] = [];
  let state: Tag = { inTag: false };
  for (let at = 0; at < walk.length;) {
    const value = walk.units[at] ?? 0;
    if (value >= 0 && value < 0x80 && group.length === 0) {
      state = tagAfter(walk, at, state);
      at++;
      continue;
    }
    const character = characterAt(walk, at, state);
    group.push(character);
    at = character.end;
    if (character.tail === '<') state = { inTag: true };
    if (at >= walk.length || walk.index[at] !== walk.index[at - 1]) {
      settle(walk, group);
      group = [];
      if (walk.broken > mostBroken && walk.broken > walk.whole * hopeless) return undefined;
    }
  }
  settle(walk, group);
  const { findings, whole, broken, almost, long, common } = walk;
  const sink = walk.questions + walk.marks > 0 ? 'replace' : walk.dropped > 0 ? 'drop' : 'bytes';
  return {
    findings: walk.swallowed > walk.kept ? findings.map(withSigns) : findings,
    whole,
    broken,
    almost,
    long,
    common,
    sink,
  };
}

/** A reader that took `<` away with a lost byte took digits and other signs too. */
const withSigns = (finding: HeldFinding): Finding =>
  finding.rule === 'reread-byte-lost' && finding.tail === undefined && finding.maySwallow === true
    ? { ...finding, signs: questionSigns }
    : finding;

interface HeldFinding extends Finding {
  readonly maySwallow?: boolean;
}

interface Tag {
  readonly inTag: boolean;
}

function tagAfter(walk: Walk, at: number, state: Tag): Tag {
  const value = walk.units[at];
  if (value === 0x3c) return { inTag: /[a-z/!]/i.test(walk.text[(walk.index[at] ?? 0) + 1] ?? '') };
  return value === 0x3e ? { inTag: false } : state;
}

/** The bytes of a text; length −1 when it has a character that the reading cannot give. */
function unpack(text: string, reading: WrongReading): Pick<Walk, 'units' | 'from' | 'index' | 'twice' | 'length'> {
  const most = text.length * (reading === 'latin1' ? 1 : 4);
  const units = new Int16Array(most);
  const from = new Int32Array(most + 1);
  const index = new Int32Array(most + 1);
  const twice = new Uint8Array(most + 1);
  let [length, byte, open] = [0, 0, 0];
  const put = (unit: number, at: number): void => {
    units[length] = unit;
    from[length] = byte;
    index[length++] = at;
    open = openAfter(open, unit);
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code < 0x80) put(code, at);
    else if (code === 0xfffd) put(hole, at);
    else if (reading === 'gb18030' && code === euro && open === 1 && isMiddle(text, at + 1)) {
      twice[length] = chosen;
      for (const value of euroPair) put(value, at);
    } else if (reading === 'latin1') {
      const value = windows1252Byte(code);
      if (value === undefined) return { units, from, index, twice, length: -1 };
      put(value, at);
    } else {
      const bytes = bytesOf(reading, code);
      if (bytes === undefined) return { units, from, index, twice, length: -1 };
      if (reading === 'gb18030' && code === 0x3000 && open === 2) twice[length] = either;
      for (const value of bytes) put(value, at);
    }
    byte += byteLength(code);
    if (code > 0xffff) at++;
  }
  from[length] = byte;
  index[length] = text.length;
  return { units, from, index, twice, length };
}

/** Bytes that a character still needs after a unit. */
function openAfter(open: number, unit: number): number {
  if (unit === hole || isContinuation(unit)) return Math.max(0, open - 1);
  return unit >= 0xf0 ? 3 : unit >= 0xe0 ? 2 : unit >= 0xc2 ? 1 : 0;
}

/** The standard's decoder reads 80 and A2 E3 as the euro sign, A1 A1 and A3 A0 as the wide space; no others are read alike. */
const euro = 0x20ac;
const euroPair: readonly number[] = [0xa2, 0xe3];
const wideSpaces: readonly (readonly number[])[] = [
  [0xa1, 0xa1],
  [0xa3, 0xa0],
];
const chosen = 1;
const either = 2;

/** What comes next cannot begin a character: so the first byte of one stands before it. */
function isMiddle(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  return code >= 0x80 && code !== 0xfffd && isContinuation(bytesOf('gb18030', code)?.[0] ?? 0);
}

/** One character of the original and the units it was read from. */
interface Character {
  readonly start: number;
  readonly end: number;
  /** The character, where all its bytes are there. */
  readonly text?: string;
  readonly letters?: readonly string[];
  readonly tail?: string;
  /** A question mark stands for the lost byte, and perhaps for a sign after it. */
  readonly maySwallow?: boolean;
  /** Not what the plain way back gives. */
  readonly isChosen?: boolean;
  /** No byte is lost, but two characters were read alike. */
  readonly isEither?: boolean;
}

function characterAt(walk: Walk, at: number, state: Tag): Character {
  const first = walk.units[at] ?? 0;
  if (first >= 0 && first < 0x80) return { start: at, end: at + 1, text: String.fromCharCode(first) };
  const size = first === hole ? 0 : first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (size === 0 || first > 0xf4) return headless(walk, at, first === hole);
  const known: number[] = [first];
  const missing: number[] = [];
  let end = at + 1;
  for (; end < Math.min(at + size, walk.length); end++) {
    const unit = walk.units[end] ?? 0;
    if (isHole(walk, end)) missing.push(known.length);
    else if (!isContinuation(unit)) break;
    known.push(unit);
  }
  if (known.length === size && missing.length === 0) return wholeCharacter(walk, at, end, known);
  return incomplete(walk, { start: at, end }, known, missing, size, state);
}

/** U+FFFD, or a question mark where a byte must stand. */
const isHole = (walk: Walk, at: number): boolean => walk.units[at] === hole || walk.units[at] === 0x3f;

function wholeCharacter(walk: Walk, start: number, end: number, known: readonly number[]): Character {
  const bytes = Uint8Array.from(known);
  if (characterLength(bytes, 0) !== bytes.length) return { start, end, letters: [] };
  const text = fromBytes(bytes);
  if (text === '\ufffd') return { start, end, letters: [] };
  if (bytes.length > 2) walk.long++;
  if (text >= '\u3400' && commonCharacters()[text.charCodeAt(0)] === 1) walk.common++;
  const twice = walk.twice.subarray(start, end);
  const other = twice.indexOf(either);
  if (other > 0) {
    const letters = wideSpaces.map((pair) => withSpace(known.slice(0, other), pair));
    return { start, end, letters, isEither: true };
  }
  return twice.includes(chosen) ? { start, end, text, isChosen: true } : { start, end, text };
}

const withSpace = (before: readonly number[], pair: readonly number[]): string =>
  fromBytes(Uint8Array.of(...before, ...pair));

function incomplete(
  walk: Walk,
  extent: { readonly start: number; readonly end: number },
  known: readonly number[],
  missing: readonly number[],
  size: number,
  state: Tag,
): Character {
  const letters = lettersOf(walk, known, missing, size);
  if (missing.at(-1) !== size - 1) return { ...extent, letters };
  const next = (walk.index[extent.end - 1] ?? 0) + 1;
  const { tail } = swallowedTail(walk.text, next, state.inTag);
  if (tail === '<') walk.swallowed++;
  else if (walk.text[next] === '<') walk.kept++;
  if (tail !== '') return { ...extent, letters, tail };
  return { ...extent, letters, ...(walk.units[extent.end - 1] === 0x3f ? { maySwallow: true } : {}) };
}

/** Characters with the lost bytes filled in; none where more is gone than can be told. */
function lettersOf(
  { lost }: Walk,
  known: readonly number[],
  [first, second, ...more]: readonly number[],
  size: number,
): readonly string[] {
  if (known.length < size) return first === undefined && known.length === size - 1 ? fillAnywhere(known, lost) : [];
  if (first === undefined || more.length > 0) return [];
  if (second === undefined) return fill(known, first, lost);
  if (lost.length > emptyBytes.length) return [];
  return lost.flatMap((byte) => fill([...known.slice(0, first), byte, ...known.slice(first + 1)], second, lost));
}

/** Where the lost byte left no mark it may have stood behind the first or any later one. */
const fillAnywhere = (known: readonly number[], bytes: readonly number[]): string[] => [
  ...new Set(known.flatMap((_, i) => fill([...known.slice(0, i + 1), hole, ...known.slice(i + 1)], i + 1, bytes))),
];

/** The signs that windows-1252 puts on 80..9F. */
const windowsSigns = /[\u0152-\u2122]/;

const lostBytes = (text: string, reading: WrongReading): readonly number[] =>
  reading !== 'latin1' ? continuations : windowsSigns.test(text) ? emptyBytes : controlBytes;

const continuations: readonly number[] = Array.from({ length: 64 }, (_, i) => 0x80 + i);

function fill(known: readonly number[], at: number, bytes: readonly number[]): string[] {
  const whole = Uint8Array.from(known.map((unit) => Math.max(unit, 0)));
  return bytes.flatMap((byte) => {
    whole[at] = byte;
    return characterLength(whole, 0) === whole.length ? [fromBytes(whole)] : [];
  });
}

/** A byte that begins nothing: the rest of a character whose first byte is gone. */
function headless(walk: Walk, start: number, marked: boolean): Character {
  let end = start + 1;
  const rest: number[] = marked ? [] : [walk.units[start] ?? 0];
  while (end < walk.length && rest.length < 2 && isContinuation(Math.max(0, walk.units[end] ?? 0))) {
    rest.push(walk.units[end] ?? 0);
    end++;
  }
  const isTail = rest.length === 2 && rest.every(isContinuation);
  return { start, end, letters: isTail ? headlessCharacters(Uint8Array.from(rest)) : [] };
}

/** Puts a group of characters that begin and end together with received ones into the plan, if any of them is hurt. */
function settle(walk: Walk, group: readonly Character[]): void {
  const hurt = group.some(({ text, isChosen }) => text === undefined || isChosen === true);
  let at = walk.from[group[0]?.start ?? 0] ?? 0;
  for (const [i, character] of group.entries()) {
    count(walk, character);
    if (!hurt) continue;
    const end = i === group.length - 1 ? endOf(walk, character) : coverage(walk, character, at);
    walk.findings.push(findingOf(character, at, end - at));
    at = end;
  }
}

function count(walk: Walk, { text, start, end, letters = [], isEither }: Character): void {
  if (text !== undefined || isEither === true) {
    if (text === undefined || text > '\u007f') walk.whole++;
    return;
  }
  walk.broken++;
  if (letters.length > 0) walk.almost++;
  const units = walk.units.subarray(start, end);
  if (units.includes(hole)) walk.marks++;
  else if (units.includes(0x3f)) walk.questions++;
  else walk.dropped++;
}

const endOf = (walk: Walk, { end }: Character): number => walk.from[end] ?? 0;

/** The bytes of the input up to the end of the received character that holds the last unit. */
function coverage(walk: Walk, { end }: Character, at: number): number {
  let next = end;
  while (next < walk.length && walk.index[next] === walk.index[end - 1]) next++;
  return Math.max(at, walk.from[next] ?? 0);
}

function findingOf(
  { text, letters = [], tail, maySwallow, isEither }: Character,
  at: number,
  length: number,
): HeldFinding {
  const [only = ''] = letters;
  if (text !== undefined) return { at, length, class: 'proved', rule: 'reread', text, prior: 1 };
  if (letters.length === 1 && maySwallow !== true) {
    return { at, length, class: 'proved', rule: 'reread', text: only + (tail ?? ''), prior: 1 };
  }
  if (letters.length === 0)
    return { at, length, class: 'lost', rule: 'reread-lost', prior: 1, ...(tail === undefined ? {} : { tail }) };
  return {
    at,
    length,
    class: 'likely',
    rule: isEither === true ? 'reread-two-ways' : 'reread-byte-lost',
    letters: { kind: 'known', characters: letters },
    prior: 1,
    ...(tail === undefined ? {} : { tail }),
    ...(maySwallow === undefined ? {} : { maySwallow }),
  };
}
