import type { PlaceClass } from './types.ts';

/** A damaged place before its candidates are ranked and its offset in the result is known. */
export interface Finding {
  readonly at: number;
  readonly length: number;
  readonly class: PlaceClass;
  readonly rule: string;
  /** The repair, where it is proved. */
  readonly text?: string;
  /** A swallowed sign of markup that certainly stands after the gap: `<`, `&`, `"`. */
  readonly tail?: string;
  /** Which characters may have stood here. */
  readonly letters?: Letters;
  /** What PHP 5.2's filter may have lost here besides; see `LostForm`. */
  readonly forms?: readonly LostForm[];
  /** Which signs may have been swallowed with the character; absent when none was, or when `tail` says it. */
  readonly signs?: readonly string[];
  /** Ready candidates, where they do not come from `letters` and `signs`. */
  readonly candidates?: readonly { readonly text: string; readonly probability: number }[];
  /** What stands there until something is accepted, where that is not a gap. */
  readonly asReceived?: string;
  /** What stands here if nothing is missing after all; only for doubtful places. */
  readonly intact?: string;
  /** How probable it is, before looking at the words, that something is missing here at all. 1 when it is certain. */
  readonly prior: number;
  /** How far the place itself is to be trusted, where another reading of what was received is left. 1 when absent. */
  readonly trust?: number;
  readonly evidence?: string;
}

/**
 * `known`: the surviving bytes name at most 64 characters. `any`: whatever leaves the pairing as it was found, but for the
 * characters in `without`. A `<` swallowed as minus-one would have left another trace, unless `anyByte` says that the
 * filter at work knows no minus-one.
 */
export type Letters =
  | { readonly kind: 'known'; readonly characters: readonly string[] }
  | { readonly kind: 'any'; readonly states: number; readonly without?: string; readonly anyByte?: boolean };

/**
 * What loses a pair that has no character in CP936. `within`: a character whose last two bytes are one. `whole`: two
 * characters, the last byte of the first and the first byte of the second one; `gone`: and the rest of the second another;
 * `cut`: and the rest of the second, 80 and a last byte, was hurt by the sign after it. `first` is the first of two such
 * characters, `second` the second one of `cut`, where each has marks of its own.
 */
export type LostForm = 'within' | 'whole' | 'gone' | 'cut' | 'first' | 'second';
