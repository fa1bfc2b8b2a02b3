import type { Hash } from '@chengmen/model';
import type { PageAlarmKind } from './alarms/page-alarm.ts';
import type { SiblingFurniture } from './sibling-furniture.ts';

/** Printed where something is missing and has not been restored: the typographers' sign for a missing glyph. */
export const gapSign = '〓';

/**
 * How a page's characters were hurt. `none` is honest text. `cp936-round-trip` is the filter of PHP 5.4 … 8.0, with
 * `-php52` the one before it and with `-php8` the later one. `X-read-as-Y`: text of encoding X was read as Y on its way and
 * written down so. `gbk-replaced` and `gbk-replaced-twice`: GBK was read as UTF-8 and all that is not became U+FFFD, which
 * was read as GBK again (锟斤拷). `foreign-stretches` are names in another encoding put into a sound page,
 * `mixed-encodings` whole parts of a file in another encoding.
 */
export type Mechanism =
  | 'none'
  | 'cp936-round-trip'
  | 'cp936-round-trip-php52'
  | 'cp936-round-trip-php8'
  | 'utf-8-read-as-latin1'
  | 'utf-8-read-as-gbk'
  | 'utf-8-read-as-gb18030'
  | 'utf-8-read-as-big5'
  | 'gbk-read-as-latin1'
  | 'gbk-read-as-big5'
  | 'big5-read-as-latin1'
  | 'big5-read-as-gbk'
  | 'gbk-replaced'
  | 'gbk-replaced-twice'
  | 'foreign-stretches'
  | 'mixed-encodings'
  | 'unknown';

/** What the keeper of the bytes did to those that are not UTF-8. */
export type Sink = 'bytes' | 'drop' | 'replace';

/**
 * One step of decoding, from bytes to text. Replay applies them in order to every untouched stretch: an encoding reads
 * bytes; `…-bytes` turns text back into the bytes it was wrongly read from (`latin1-bytes`: windows-1252).
 */
export type Step =
  'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be' | 'latin1-bytes' | 'gb18030-bytes' | 'big5-bytes';

export interface Encoding {
  /** The label the page itself gives, lower-case, or null. */
  readonly declared: string | null;
  readonly used: string;
  readonly steps: readonly Step[];
  readonly mechanism: Mechanism;
  readonly sink: Sink;
  /** The text went through Unicode's NFKC, which takes the width from punctuation. */
  readonly nfkc: boolean;
  /** 0 … 1, how sure the identification is. */
  readonly confidence: number;
}

/**
 * `proved`: exactly one original is possible under the identified mechanism. `likely`: candidates with probabilities.
 * `lost`: marked, never filled. `stated`: a person said it, with the source.
 */
export type PlaceClass = 'proved' | 'likely' | 'lost' | 'stated';

export interface Candidate {
  readonly text: string;
  readonly probability: number;
}

/** One place where `html` differs from the plainly decoded input. Places are sorted by `at` and do not overlap. */
export interface Place {
  /** Offset and length in bytes of the input; length 0 where something vanished without trace. */
  readonly at: number;
  readonly length: number;
  /** The bytes of the input there, in hexadecimal. */
  readonly before: string;
  /** What stands in `html` instead of them. */
  readonly after: string;
  /** Code-point offset of `after` in `html`. */
  readonly out: number;
  readonly class: PlaceClass;
  readonly rule: string;
  /** Best first. The texts replace what the gap sign in `open` stands for, or `after` whole. */
  readonly candidates: readonly Candidate[];
  /**
   * What `after` is while nothing is accepted: the gap sign, with a swallowed sign of markup put back after it where that
   * is certain (`〓<`). Candidates include that sign. For a width place it is the character as received.
   */
  readonly open: string;
  /** Where else in the input the repair is stated, or the source of a person's decision. */
  readonly evidence?: string;
  /** Set once a likely candidate has been accepted: its probability. */
  readonly accepted?: number;
}

/** Something a person must look at: bytes of another encoding, lost text, traces of a hijack in the source. */
export interface Alarm {
  readonly kind: 'foreign-encoding' | 'replacement-characters' | PageAlarmKind;
  /** Offset in bytes of the input. */
  readonly at: number;
  readonly evidence: string;
  /** Possible readings, the most likely first. */
  readonly readings: readonly string[];
}

export interface MendResult {
  readonly input: { readonly name: string; readonly bytes: number; readonly sha256: Hash };
  readonly encoding: Encoding;
  /** `clean`: nothing to do. `mended`: no gap is left. `gaps`: at least one `〓` stands in `html`. */
  readonly verdict: 'clean' | 'mended' | 'gaps';
  /** The whole source, otherwise untouched. */
  readonly html: string;
  /** The text of `html` without markup. */
  readonly text: string;
  readonly plan: readonly Place[];
  readonly alarms: readonly Alarm[];
}

/** What a person knows about a gap, and from where. Exactly one of `at` and `context` names the gap. */
export interface Decision {
  /** Byte offset of the place, as in the plan. */
  readonly at?: number;
  /** Its length, where two places begin at one byte. */
  readonly length?: number;
  /** Some characters round the gap as they stand in `html`, the gap itself as `〓`: `今〓·28`. Must match once. */
  readonly context?: string;
  /** What stands in the gap's place, without a sign of markup that is already put back: `年9`. */
  readonly text: string;
  /** From where this is known. */
  readonly source: string;
}

export type KnownEncoding = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

export interface MendInput {
  /** A file name or address, for the record only. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is known of the encoding from elsewhere (an HTTP header, a person); recognised from the bytes when absent. */
  readonly encoding?: KnownEncoding;
  /** What other pages of the same site have in common with this one; see `learnSiblings`. */
  readonly siblings?: SiblingFurniture;
  /** Applied after mending; see `decide`. */
  readonly decisions?: readonly Decision[];
}
