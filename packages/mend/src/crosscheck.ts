import { split } from './assemble.ts';
import { widen } from './pairing.ts';
import { simulate } from './simulate.ts';
import type { Filter } from './simulate.ts';
import type { Mechanism, MendResult, Place } from './types.ts';
import { fromBytes, toBytes } from './utf8.ts';

/** The characters after a place that are damaged again with it: one run, ASCII or not, for its end may be hurt in turn. */
const firstRun = (text: string): string => /^(?:[\0-\x7f]{1,12}|[^\0-\x7f]{1,12})/.exec(text)?.[0] ?? '';

/**
 * Damages a proposed text again, together with the words round it, and compares with what was received. Gives what is
 * wrong, or undefined where the text is consistent or nothing can be said (`unchecked`).
 */
export function crosscheck(result: MendResult, index: number, text: string): string | undefined {
  const place = result.plan[index];
  if (place === undefined || !canBeSimulated(result, place)) return undefined;
  const here = toBytes(text);
  const received = fromHex(place.before);
  const { lefts, right } = surroundings(result, index);
  const consistent = lefts.some((left) => {
    const again = damage(result, concat(left.original, here, right));
    const expected = concat(left.received, received);
    return startsWith(again, expected) && agrees(again.subarray(expected.length), right);
  });
  const isFirst = isSplit(result, index) && startsWith(damage(result, concat(here, firstByte)), received);
  return consistent || isFirst
    ? undefined
    : `“${text}” damaged again is not what was received / “${text}”再次受损后与收到的不符`;
}

/** What is left of a character after its last byte and the first byte of the next one became a `?`. */
const firstByte = Uint8Array.of(0xe3);

/** Two places side by side: the pair across their border may be lost. */
const isSplit = ({ encoding, plan }: MendResult, index: number): boolean => {
  const [one, two] = [plan[index], plan[index + 1]];
  return encoding.mechanism === 'cp936-round-trip-php52' && one !== undefined && one.at + one.length === two?.at;
};

/** A name put over another, bytes of an unknown filter, and marks whose width NFKC took with that of the spaces after them. */
const unchecked: readonly string[] = ['foreign-name', 'not-utf-8', 'byte-dropped', 'width'];

const canBeSimulated = (result: MendResult, place: Place): boolean =>
  result.encoding.mechanism.startsWith('cp936-round-trip') && !unchecked.includes(place.rule);

const filters: Partial<Record<Mechanism, Filter>> = {
  'cp936-round-trip-php52': 'php52',
  'cp936-round-trip-php8': 'php8',
};

function damage(result: MendResult, bytes: Uint8Array): Uint8Array {
  const { sink, nfkc, mechanism } = result.encoding;
  const filter = filters[mechanism] ?? 'php54';
  return simulate(bytes, { sink, nfkc, filter });
}

interface Surroundings {
  /** What may have stood before the place since the pairing was last aligned, and what was received of it. */
  readonly lefts: readonly { readonly original: Uint8Array; readonly received: Uint8Array }[];
  readonly right: Uint8Array;
}

const pieces = new WeakMap<MendResult, readonly string[]>();

function piecesOf(result: MendResult): readonly string[] {
  const known = pieces.get(result) ?? split(result);
  pieces.set(result, known);
  return known;
}

/** The longest chain of narrowed marks that is followed back; no line of a page has more. */
const longestChain = 200;

/** After every damaged place, after `>` and white space, the pairing is aligned: the words since then suffice. */
function surroundings(result: MendResult, index: number): Surroundings {
  const stretches = piecesOf(result);
  let first = index;
  const goesOn = (): boolean => result.plan[first - 1]?.rule === 'width' && !/[>\s]/.test(stretches[first] ?? '');
  while (first > 0 && index - first < longestChain && goesOn()) first--;
  let widened = stretches[first] ?? '';
  let narrow = widened;
  for (let i = first; i < index; i++) {
    const place = result.plan[i];
    widened += (place?.candidates[0]?.text ?? place?.after ?? '') + (stretches[i + 1] ?? '');
    narrow += fromBytes(fromHex(place?.before ?? '')) + (stretches[i + 1] ?? '');
  }
  const received = toBytes(sinceAligned(narrow));
  const lefts = ways(widened, narrow, result.encoding.nfkc).map((left) => {
    return { original: toBytes(sinceAligned(left)), received };
  });
  const reachesBack = sinceAligned(narrow).length === narrow.length && first > 0;
  return {
    lefts: reachesBack ? [...lefts, ...afterLostPair(result, lefts)] : lefts,
    right: toBytes(firstRun(stretches[index + 1] ?? '')),
  };
}

/** A lead byte that is kept with any second one, and one that is lost with it. */
const keptLead = Uint8Array.of(0x81);
const lostLead = Uint8Array.of(0xaa);

/** After a lost pair the walk may be open; and the first byte here may have gone with the last one of the place before. */
function afterLostPair(result: MendResult, lefts: Surroundings['lefts']): Surroundings['lefts'] {
  const { mechanism, sink } = result.encoding;
  if (mechanism !== 'cp936-round-trip-php52') return [];
  const seen = sink === 'bytes' ? keptLead : sink === 'drop' ? new Uint8Array(0) : toBytes('\ufffd');
  return lefts.flatMap(({ original, received }) => [
    { original: concat(keptLead, original), received: concat(seen, received) },
    { original: concat(lostLead, original), received: concat(question, received) },
  ]);
}

const question = toBytes('?');

const ways = (widened: string, narrow: string, nfkc: boolean): string[] =>
  nfkc ? [widened, narrow, widenBeside(narrow), widenAll(narrow)] : [narrow];

const widenMark = (marks: string): string =>
  marks.replace(/./g, (mark) => String.fromCodePoint(widen(mark.charCodeAt(0))));
/** Every mark beside a wide character made full-width. */
const widenBeside = (text: string): string =>
  text.replace(/(?<=[\u2e80-\uffef])[,:;!()?]+|[,:;!()?]+(?=[\u2e80-\uffef])/g, widenMark);
const widenAll = (text: string): string => text.replace(/[,:;!()?]+/g, widenMark);

/** White space leaves the pairing aligned whether it is wide or not. */
function sinceAligned(text: string): string {
  let at = text.length;
  while (at > 0 && !/[>\s\u3000]/.test(text[at - 1] ?? '')) at--;
  return text.slice(at);
}

/** The last character is left out of the comparison: what is cut off after it would have decided its fate. */
function agrees(again: Uint8Array, right: Uint8Array): boolean {
  const length = Math.max(0, Math.min(again.length, right.length) - 4);
  return startsWith(again, right.subarray(0, length));
}

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean => prefix.every((byte, i) => bytes[i] === byte);

const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
