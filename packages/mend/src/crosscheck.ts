import { split } from './assemble.ts';
import { simulate } from './simulate.ts';
import type { MendResult, Place } from './types.ts';
import { fromBytes, toBytes } from './utf8.ts';

/** How many characters after a place are damaged again with it. */
const reach = 40;

/**
 * Damages a proposed text again, together with the words round it, and compares with what was received. Gives what is
 * wrong, or undefined where the text is consistent or nothing can be said (`unchecked`).
 */
export function crosscheck(result: MendResult, index: number, text: string): string | undefined {
  const place = result.plan[index];
  if (place === undefined || !canBeSimulated(result, place)) return undefined;
  const around = surroundings(result, index);
  const received = concat(around.leftReceived, fromHex(place.before));
  const consistent = around.leftOriginals.some((left) => {
    const again = damage(result, left + text + around.right);
    return startsWith(again, received) && agrees(again.subarray(received.length), toBytes(around.right));
  });
  return consistent ? undefined : `“${text}” damaged again is not what was received / “${text}”再次受损后与收到的不符`;
}

const canBeSimulated = (result: MendResult, place: Place): boolean =>
  result.encoding.mechanism.startsWith('cp936-round-trip') && !['foreign-name', 'not-utf-8', 'byte-dropped'].includes(place.rule);

function damage(result: MendResult, text: string): Uint8Array {
  const { sink, nfkc, mechanism } = result.encoding;
  const filter = mechanism === 'cp936-round-trip-php8' ? 'php8' : 'php54';
  return simulate(toBytes(text), { sink, nfkc, filter });
}

interface Surroundings {
  /** What may have stood before the place since the pairing was last aligned: with marks widened, and as they are. */
  readonly leftOriginals: readonly string[];
  readonly leftReceived: Uint8Array;
  readonly right: string;
}

/** After every damaged place, and after `>` and line feeds, the pairing is aligned: the words since then suffice. */
function surroundings(result: MendResult, index: number): Surroundings {
  const pieces = split(result);
  let first = index;
  while (first > 0 && result.plan[first - 1]?.rule === 'width') first--;
  let widened = pieces[first] ?? '';
  let narrow = widened;
  for (let i = first; i < index; i++) {
    const place = result.plan[i];
    widened += (place?.candidates[0]?.text ?? place?.after ?? '') + (pieces[i + 1] ?? '');
    narrow += fromBytes(fromHex(place?.before ?? '')) + (pieces[i + 1] ?? '');
  }
  const left = [sinceAligned(widened), sinceAligned(narrow)];
  return {
    leftOriginals: left,
    leftReceived: toBytes(sinceAligned(narrow)),
    right: [...(pieces[index + 1] ?? '')].slice(0, reach).join(''),
  };
}

const sinceAligned = (text: string): string => text.slice(Math.max(text.lastIndexOf('>'), text.lastIndexOf('\n')) + 1);

/** The last character is left out of the comparison: what is cut off after it would have decided its fate. */
function agrees(again: Uint8Array, right: Uint8Array): boolean {
  const length = Math.max(0, Math.min(again.length, right.length) - 4);
  return startsWith(again, right.subarray(0, length));
}

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean => prefix.every((byte, i) => bytes[i] === byte);

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array => Uint8Array.of(...a, ...b);

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
