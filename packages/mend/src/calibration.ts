import { calibration } from './model-data/calibration.ts';

/** What the best candidate of a gap is: a stop, another mark, a character and a sign, or characters alone. */
export type Best = 'stop' | 'mark' | 'sign' | 'han';

/**
 * What may hold of a gap and its best candidate. `label`, `heading` and `prose` are lines that end with the gap, `law` one of a
 * page of articles and items, `item next` one of them before an item, `listed` one behind a `；`; `doubted` is a place that may be none.
 */
export type Trait =
  | 'label'
  | 'heading'
  | 'prose'
  | 'few words'
  | 'law'
  | 'item next'
  | 'listed'
  | 'doubted'
  | 'cell'
  | 'link'
  | 'aside'
  | 'name'
  | 'apart'
  | 'bracket'
  | 'before unknown'
  | 'after unknown'
  | 'figure before'
  | 'figure after'
  | 'border before'
  | 'space after'
  | 'on page'
  | 'two on page'
  | 'ahead on page'
  | 'left counted'
  | 'between counted'
  | 'right counted';

/** What calibration asks of the best candidate of a gap. */
export interface Traits {
  /** The rule, what the candidate is, whether the line ends there, and what is known of the character. */
  readonly kind: string;
  readonly best: Best;
  /** The logarithm of the odds that ranking gives it. */
  readonly said: number;
  /** The logarithm of how much more probable it is than the second one, 6 at most. */
  readonly margin: number;
  readonly holds: readonly Trait[];
}

/** The logarithm of the odds that a best candidate is right: `shift + slope × said + margin × its margin`, and its traits. */
export interface Weights {
  readonly shift: number;
  readonly slope: number;
  readonly margin: number;
  readonly traits: Readonly<Partial<Record<Trait, number>>>;
}

/** Fitted by `bench/mend/calibrate.ts`; see `docs/decisions/0056-fitted-calibration.md`. */
export interface Calibration {
  readonly best: Readonly<Record<Best, Weights>>;
  /** Kinds of which enough was seen: what is added to shift and slope. */
  readonly kinds: Readonly<Record<string, readonly [shift: number, slope: number]>>;
  /** What is taken off the odds, by rule and candidate, so that what is accepted is right on layouts that were left out. */
  readonly caution: { readonly kinds: Readonly<Record<string, number>>; readonly otherwise: number };
}

/** The rule and what the candidate is, of a kind. */
export const cautionKind = (kind: string): string => kind.split(' ', 2).join(' ');

/** The logarithm of the odds that the best candidate of a gap is right, by what ranking says and what was seen of such gaps. */
export function oddsOf(
  { kind, best, said, margin, holds }: Traits,
  { best: all, kinds }: Omit<Calibration, 'caution'>,
): number {
  const weights = all[best];
  const [shift, slope] = kinds[kind] ?? [0, 0];
  const sum = holds.reduce((whole, trait) => whole + (weights.traits[trait] ?? 0), 0);
  return weights.shift + shift + (weights.slope + slope) * said + weights.margin * margin + sum;
}

/** What is taken off these odds. */
export const cautionOf = ({ kind }: Traits, { kinds, otherwise }: Calibration['caution']): number =>
  kinds[cautionKind(kind)] ?? otherwise;

/** The probability that the best candidate of a gap is right. */
export function calibrated(traits: Traits): number {
  return 1 / (1 + Math.exp(cautionOf(traits, calibration.caution) - oddsOf(traits, calibration)));
}
