import { characterOfLostPair, charactersRoundLostPair } from './candidates.ts';
import type { Finding } from './finding.ts';
import { afterByte, aligned, open } from './pairing.ts';
import { isMinusOne } from './simulate.ts';
import { swallowedTail } from './swallowed-tail.ts';
import { isContinuation } from './utf8.ts';

export interface LostPair {
  readonly finding: Finding;
  /** The pairing behind it. */
  readonly states: number;
}

export interface Position {
  readonly bytes: Uint8Array;
  /** One character for each byte. */
  readonly marks: string;
  readonly at: number;
  readonly states: number;
  readonly inTag: boolean;
}

/**
 * What PHP 5.2's filter leaves of a run where a pair has no character in CP936: `?` between the bytes before and after it.
 * The pair lies within one character, whose first byte stands before the `?` (E8 3F), or across the border of two
 * (E4 B8 3F BB BD). `stump` is the number of bytes of an unfinished character here. Undefined where this is something else.
 */
export function lostPair(position: Position, stump: number): LostPair | undefined {
  const { bytes, at, states } = position;
  const first = bytes[at] ?? 0;
  if (states === open && first >= 0xe0 && first <= 0xef && bytes[at + 1] === 0x3f) return within(position);
  if (stump === 0 || bytes[at + stump] !== 0x3f || !isContinuation(bytes[at + stump + 1] ?? 0)) return undefined;
  return statesAfter(states, bytes.subarray(at, at + stump)) === aligned ? across(position, stump) : undefined;
}

const statesAfter = (states: number, bytes: Uint8Array): number => bytes.reduce(afterByte, states);

function within({ bytes, at }: Position): LostPair {
  const characters = characterOfLostPair(bytes.subarray(at, at + 1));
  return { finding: findingOf(at, 2, characters), states: aligned };
}

function across(position: Position, stump: number): LostPair | undefined {
  const { bytes, at } = position;
  const suffixAt = at + stump + 1;
  let end = suffixAt + 1;
  while (end < suffixAt + 3 && isContinuation(bytes[end] ?? 0)) end++;
  const prefix = bytes.subarray(at, at + stump);
  const suffix = bytes.subarray(suffixAt, end);
  const states = statesAfter(aligned, suffix);
  const alone = suffix.length === 1 && states === aligned;
  const cut = alone ? cutShort(position, end) : states === open ? hurtAgain(position, prefix, suffix) : undefined;
  if (cut) return { finding: cut, states: aligned };
  const characters = charactersRoundLostPair(prefix, suffix);
  return characters.length === 0 ? undefined : { finding: findingOf(at, end - at, characters), states };
}

/** The second character of the two has an open end and was hurt by the sign after it: as minus-one. */
function hurtAgain({ bytes, at }: Position, prefix: Uint8Array, suffix: Uint8Array): Finding | undefined {
  const end = at + prefix.length + 1 + suffix.length;
  const last = (suffix.at(-1) ?? 0) + 1;
  const sign = (bytes[end] ?? 0) - 0xc0;
  if (last > 0xbf || !isMinusOne(last, sign)) return undefined;
  const original = Uint8Array.of(...suffix.subarray(0, -1), last);
  const characters = charactersRoundLostPair(prefix, original);
  if (characters.length === 0) return undefined;
  return { ...findingOf(at, end + 1 - at, characters), tail: String.fromCharCode(sign) };
}

/**
 * The second character lost its last byte, as `。` does before white space and signs: 80 stands alone, 82 is open. Thousands
 * of pairs of characters are possible.
 */
function cutShort({ bytes, marks, at, inTag }: Position, end: number): Finding | undefined {
  const next = bytes[end] ?? 0x0a;
  if (next > 0x20 && next !== 0x7f && next !== 0x3f) return undefined;
  const lost = { at, class: 'lost', rule: 'pair-lost', prior: 1 } as const;
  if (next !== 0x3f) return { ...lost, length: end - at };
  const { tail } = swallowedTail(marks, end + 1, inTag);
  return { ...lost, length: end + 1 - at, ...(tail === '' ? {} : { tail }) };
}

const findingOf = (at: number, length: number, characters: readonly string[]): Finding => ({
  at,
  length,
  class: 'likely',
  rule: 'pair-lost',
  letters: { kind: 'known', characters },
  prior: 1,
});
