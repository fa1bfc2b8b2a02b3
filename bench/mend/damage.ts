/**
 * The bench's own simulator of damage, written apart from the one it judges. Every received byte knows which bytes of the
 * source it comes from, so that what a repair claims can be held against what was there.
 */

/** Received bytes; byte i comes from source bytes `from[i]` … `to[i]` − 1. */
export interface Traced {
  readonly bytes: Uint8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly events: readonly Event[];
}

/** A character of the source that was hurt, with the sign that was swallowed, by byte offsets of the source. */
export interface Event {
  readonly kind: 'minus-one' | 'question-tag' | 'question' | 'vanished';
  readonly start: number;
  readonly end: number;
  /** The loss can be told from the pairing even where no byte of it is left. */
  readonly provable: boolean;
  /** No other pair of its character was lost: what is left names it. */
  readonly alone: boolean;
}

export type Filter = 'php52' | 'php54' | 'php82';

const gbk = new TextDecoder('gb18030');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export function untouched(source: string): Traced {
  const bytes = encoder.encode(source);
  const from = Int32Array.from(bytes.keys());
  return { bytes, from, to: from.map((at) => at + 1), events: [] };
}

interface Writer {
  readonly bytes: number[];
  readonly from: number[];
  readonly to: number[];
}

const writer = (): Writer => ({ bytes: [], from: [], to: [] });

function write(out: Writer, byte: number, from: number, to: number): void {
  out.bytes.push(byte);
  out.from.push(from);
  out.to.push(to);
}

const finish = ({ bytes, from, to }: Writer, events: readonly Event[]): Traced => ({
  bytes: Uint8Array.from(bytes),
  from: Int32Array.from(from),
  to: Int32Array.from(to),
  events,
});

/** A pair CP936 has no character for, besides the user-defined ones. */
function isEmpty(lead: number, trail: number): boolean {
  if (isUserDefined(lead, trail)) return false;
  const code = gbk.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
  return code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) || laterPairs.has((lead << 8) | trail);
}

const laterPairs = new Set<number>([0xa2e3, 0xa8bf, 0xa8bc]);
for (let trail = 0xd9; trail <= 0xdf; trail++) laterPairs.add(0xa600 | trail);
for (const trail of [0xec, 0xed, 0xf3]) laterPairs.add(0xa600 | trail);
for (let trail = 0x89; trail <= 0x95; trail++) laterPairs.add(0xa900 | trail);
for (let trail = 0x50; trail <= 0xfe; trail++) laterPairs.add(0xfe00 | trail);

function isUserDefined(lead: number, trail: number): boolean {
  if (lead >= 0xaa && lead <= 0xaf) return trail >= 0xa1;
  if (lead >= 0xf8 && lead <= 0xfe) return trail >= 0xa1;
  return lead >= 0xa1 && lead <= 0xa7 && trail >= 0x40 && trail <= 0xa0;
}

/** GBK to Unicode and back over bytes that are UTF-8, as PHP's mbstring did it in three generations. */
export function roundTrip(source: string, filter: Filter): Traced {
  const bytes = encoder.encode(source);
  const out = writer();
  const events: Event[] = [];
  const closesPair = new Uint8Array(bytes.length + 1);
  const isLost = new Uint8Array(bytes.length + 1);
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x81 || lead === 0xff) {
      write(out, lead, at, at + 1);
      at++;
      continue;
    }
    const next = bytes[at + 1];
    closesPair[at + 1] = 1;
    if (next !== undefined && next >= 0x40 && next !== 0x7f && next !== 0xff) {
      if (filter === 'php52' && isUserDefined(lead, next)) {
        write(out, 0x3f, at, at + 2);
        isLost.fill(1, at, at + 2);
      } else {
        write(out, lead, at, at + 1);
        write(out, next, at + 1, at + 2);
      }
    } else {
      const alone = isLost.subarray(startOf(bytes, at), at).every((lost) => lost === 0);
      events.push(...hurt(out, bytes, at, filter, closesPair).map((event) => ({ ...event, alone })));
    }
    at += 2;
  }
  return finish(out, events);
}

/** Where the character begins that a byte belongs to. */
function startOf(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}

/** `closesPair` is 1 for bytes that were the second of a pair: where a character begins so, the walk was open before it. */
function hurt(
  out: Writer,
  bytes: Uint8Array,
  at: number,
  filter: Filter,
  closesPair: Uint8Array,
): Omit<Event, 'alone'>[] {
  const lead = bytes[at] ?? 0;
  const next = bytes[at + 1];
  const start = startOf(bytes, at);
  const provable = closesPair[start] === 1;
  const event = (kind: Event['kind'], end: number): Omit<Event, 'alone'>[] => [{ kind, start, end, provable }];
  if (filter === 'php82') {
    write(out, 0x3f, at, Math.min(at + 2, bytes.length));
    return event(next === 0x3c ? 'question-tag' : 'question', Math.min(at + 2, bytes.length));
  }
  if (next === undefined) return event('vanished', at + 1);
  if (next <= 0x20 || next === 0x7f) {
    write(out, next, at + 1, at + 2);
    return event('vanished', at + 1);
  }
  if (
    next >= 0x3a &&
    next <= 0x3e &&
    lead > 0x81 &&
    !isEmpty(lead - 1, next + 0xc0) &&
    !isUserDefined(lead - 1, next + 0xc0)
  ) {
    write(out, lead - 1, at, at + 1);
    write(out, next + 0xc0, at + 1, at + 2);
    return event('minus-one', at + 2);
  }
  write(out, 0x3f, at, at + 2);
  return event(next === 0x3c ? 'question-tag' : 'question', at + 2);
}

/** Puts GBK bytes over text nodes after the round trip, each found as `>name<`. */
export function inject(
  hurtPage: Traced,
  source: string,
  names: readonly { readonly was: string; readonly keyword: Uint8Array }[],
): Traced {
  const bytes = encoder.encode(source);
  const out = writer();
  const ranges = names.map(({ was, keyword }) => {
    const at = encoder.encode(source.slice(0, source.indexOf(`>${was}<`) + 1)).length;
    return { start: at, end: at + encoder.encode(was).length, keyword };
  });
  for (let i = 0; i < hurtPage.bytes.length; i++) {
    const from = hurtPage.from[i] ?? 0;
    const range = ranges.find(({ start, end }) => from >= start && from < end);
    if (range === undefined) write(out, hurtPage.bytes[i] ?? 0, from, hurtPage.to[i] ?? 0);
    else if (out.to.at(-1) !== range.end) for (const byte of range.keyword) write(out, byte, range.start, range.end);
  }
  if (bytes.length === 0) throw new RangeError('inject: an empty page');
  const events = hurtPage.events.filter(
    ({ start }) => !ranges.some((range) => start >= range.start && start < range.end),
  );
  return finish(out, events);
}

/** What a reader keeps: only well-formed UTF-8, or U+FFFD for each part that is not. */
export function sink(page: Traced, how: 'drop' | 'replace'): Traced {
  const out = writer();
  for (let at = 0; at < page.bytes.length;) {
    const size = wellFormed(page.bytes, at);
    if (size > 0)
      for (let i = at; i < at + size; i++) write(out, page.bytes[i] ?? 0, page.from[i] ?? 0, page.to[i] ?? 0);
    const length = size || illFormed(page.bytes, at);
    if (size === 0 && how === 'replace') {
      for (const byte of [0xef, 0xbf, 0xbd]) write(out, byte, page.from[at] ?? 0, page.to[at + length - 1] ?? 0);
    }
    at += length;
  }
  return finish(out, page.events);
}

function wellFormed(bytes: Uint8Array, at: number): number {
  for (let size = 1; size <= 4 && at + size <= bytes.length; size++) {
    const text = utf8.decode(bytes.subarray(at, at + size));
    if (!text.includes('\ufffd')) return size;
  }
  // U+FFFD itself is well-formed.
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd ? 3 : 0;
}

/** Length of the maximal part that one U+FFFD stands for. */
function illFormed(bytes: Uint8Array, at: number): number {
  let length = 1;
  while (length < 3 && at + length < bytes.length && utf8.decode(bytes.subarray(at, at + length + 1)) === '\ufffd')
    length++;
  return length;
}

/** Unicode's NFKC, character by character. */
export const nfkc = (page: Traced): Traced => byCharacter(page, (char) => char.normalize('NFKC'));

/** UTF-8 read as another encoding and written as UTF-8, `mark` for what could not be read. */
export function readAs(page: Traced, encoding: 'gb18030' | 'windows-1252' | 'latin1', mark: string): Traced {
  const out = writer();
  const decoder = encoding === 'latin1' ? undefined : new TextDecoder(encoding);
  for (let at = 0; at < page.bytes.length;) {
    const size = encoding === 'gb18030' ? gbkSize(page.bytes, at) : 1;
    const part = page.bytes.subarray(at, at + size);
    const read = decoder ? decoder.decode(part) : String.fromCharCode(part[0] ?? 0);
    const isEmptyCode = encoding === 'windows-1252' && /[\u0080-\u009f]/.test(read);
    for (const byte of encoder.encode(read.includes('\ufffd') || isEmptyCode ? mark : read)) {
      write(out, byte, page.from[at] ?? 0, page.to[at + size - 1] ?? 0);
    }
    at += size;
  }
  return finish(out, page.events);
}

function gbkSize(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead <= 0x80 || lead === 0xff) return 1;
  const four = bytes.subarray(at, at + 4);
  if (four.length === 4 && !gbk.decode(four).includes('\ufffd') && [...gbk.decode(four)].length === 1) return 4;
  const trail = bytes[at + 1] ?? 0;
  return trail >= 0x40 && trail !== 0x7f && trail !== 0xff ? 2 : 1;
}

function byCharacter(page: Traced, change: (char: string) => string): Traced {
  const out = writer();
  let at = 0;
  for (const char of utf8.decode(page.bytes)) {
    const size = encoder.encode(char).length;
    for (const byte of encoder.encode(change(char))) write(out, byte, page.from[at] ?? 0, page.to[at + size - 1] ?? 0);
    at += size;
  }
  return finish(out, page.events);
}
