import { encodeGbk, isAssigned, isLead, isTrail } from './cp936.ts';
import type { Sink } from './types.ts';
import { dropInvalid, fromBytes, toBytes } from './utf8.ts';

/** A name put over another between the two conversions, as link hijackers do. */
export interface Injection {
  /** The text node to replace, whole, as it stands in the source. */
  readonly was: string;
  /** What is put there, as GBK bytes. */
  readonly keyword: string;
}

export interface SimulateOptions {
  /** What the reader does with bytes that are not UTF-8: keeps them (default), drops them, or shows U+FFFD. */
  readonly sink?: Sink;
  /** Normalise the text to NFKC afterwards. Needs a sink that gives text (`drop` or `replace`). */
  readonly nfkc?: boolean;
  readonly inject?: readonly Injection[];
  /** Which generation of the filter did it; PHP 5.4's when absent. */
  readonly filter?: Filter;
}

/**
 * `php54`: mbstring of PHP 5.4 … 8.0 (libmbfl since August 2011). `php52`: PHP 5.2 and 5.3 (libmbfl of 2006 … 2010), which
 * hurts as that does and also writes `?` for every pair without a character in CP936, user-defined ones among them.
 * `php8`: the rewritten filter, as PHP 8.2.36 has it, which writes `?` for every pair that is not whole; it is not known
 * with which release before that it came.
 */
export type Filter = 'php52' | 'php54' | 'php8';

/**
 * Damages a UTF-8 page as PHP 5.4's mbstring does when it is converted from "GBK" to UTF-8 and back:
 * the bytes are walked as CP936 pairs, and an ASCII byte after an open lead byte is hurt together with it.
 * Input and result are bytes. Linear in the length of the input.
 */
export function simulate(bytes: Uint8Array, options: SimulateOptions = {}): Uint8Array {
  const sink = options.sink ?? 'bytes';
  const hurt = inject(bytes, options.inject ?? [], options.filter ?? 'php54');
  if (sink === 'bytes') return hurt;
  const text = sink === 'drop' ? dropInvalid(hurt) : toBytes(fromBytes(hurt));
  return options.nfkc ? toBytes(fromBytes(text).normalize('NFKC')) : text;
}

/**
 * The two conversions in one walk. A pair or a lone byte comes out as it went in, unless its second byte is below 40 or the
 * filter is the first one and has no character for it.
 */
export function roundTrip(bytes: Uint8Array, filter: Filter = 'php54'): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (!isLead(lead)) {
      out[length++] = lead === 0xff && filter === 'php52' ? 0x3f : lead;
      continue;
    }
    at++;
    if (at >= bytes.length) {
      if (filter === 'php8') out[length++] = 0x3f;
      break;
    }
    const next = bytes[at] ?? 0;
    if (filter === 'php52' && isTrail(next) && !isAssigned(lead, next)) {
      out[length++] = 0x3f;
    } else if (isTrail(next)) {
      out[length++] = lead;
      out[length++] = next;
    } else if (filter === 'php8') {
      out[length++] = 0x3f;
    } else {
      length = hurtPair(out, length, lead, next);
    }
  }
  return out.subarray(0, length);
}

/** What becomes of an open lead byte and the byte after it that cannot close it. Returns the new length. */
function hurtPair(out: Uint8Array, length: number, lead: number, next: number): number {
  if (next <= 0x20 || next === 0x7f) {
    out[length++] = next;
  } else if (isMinusOne(lead, next)) {
    // mbfilter_cp936.c computes the table index without a lower bound on the second byte, so it falls in the row before.
    out[length++] = lead - 1;
    out[length++] = next + 0xc0;
  } else {
    out[length++] = 0x3f;
  }
  return length;
}

/** Whether `lead` and a following `: ; < = >` come out as the pair (lead − 1, next + C0). */
export function isMinusOne(lead: number, next: number): boolean {
  return next >= 0x3a && next <= 0x3e && lead > 0x81 && isAssigned(lead - 1, next + 0xc0);
}

/** The keywords are foreign to the conversion: a neutral ASCII mark goes through it in their place. */
function inject(bytes: Uint8Array, injections: readonly Injection[], filter: Filter): Uint8Array {
  if (injections.length === 0) return roundTrip(bytes, filter);
  let source = fromBytes(bytes);
  const marks = injections.map((injection, index) => {
    const mark = `\u0001${index}\u0001`;
    source = replaceNode(source, injection.was, mark);
    return { mark: toBytes(mark), keyword: encodeGbk(injection.keyword) };
  });
  return marks.reduce(
    (hurt, { mark, keyword }) => replaceBytes(hurt, mark, keyword),
    roundTrip(toBytes(source), filter),
  );
}

const replaceNode = (source: string, was: string, mark: string): string => source.replaceAll(`>${was}<`, `>${mark}<`);

function replaceBytes(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length;) {
    if (from.every((byte, i) => bytes[at + i] === byte)) {
      out.push(...to);
      at += from.length;
    } else {
      out.push(bytes[at++] ?? 0);
    }
  }
  return Uint8Array.from(out);
}
