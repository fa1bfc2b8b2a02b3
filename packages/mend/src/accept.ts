import { ChengmenError } from '@chengmen/model';
import { rearrange } from './assemble.ts';
import type { MendResult, Place } from './types.ts';

export interface AcceptOptions {
  /** Least probability of a candidate, 0 … 1. */
  readonly atLeast: number;
  /** What a person chose of likely places, in order: the last that fits a place counts. */
  readonly choices?: readonly Choice[];
}

/** What a person chose, of one place or of all that a rule made. */
export type Choice = PlaceChoice | RuleChoice;

export interface PlaceChoice {
  /** Offset and length in bytes, as in the plan. */
  readonly at: number;
  readonly length: number;
  /** One of the place's candidates; null: none of them. */
  readonly text: string | null;
}

export interface RuleChoice {
  /** Whichever rule when absent. */
  readonly rule?: string | undefined;
  /** The best candidate is put in from this probability on, */
  readonly from?: number | undefined;
  /** or left out up to this one. */
  readonly upTo?: number | undefined;
}

/**
 * The same result with the best candidate of every likely place at or above a probability put in, and then what a person chose.
 * Throws `decisions-invalid` when a choice names no likely place, or a text that is no candidate of it.
 */
export function accept(result: MendResult, { atLeast, choices = [] }: AcceptOptions): MendResult {
  const rules: readonly RuleChoice[] = [{ from: atLeast }, ...choices.flatMap((one) => ('at' in one ? [] : [one]))];
  const places = new Map(choices.flatMap((one) => ('at' in one ? [[keyOf(one), one]] : [])));
  const plan = result.plan.map((place) => {
    const chosen = places.get(keyOf(place));
    if (place.class !== 'likely' || chosen === undefined) return byRules(place, rules);
    places.delete(keyOf(place));
    return chosen.text === null ? open(place) : put(place, chosen.text, result.input.name);
  });
  for (const { at } of places.values()) throw refused(result.input.name, `no likely place at ${at} / 没有这一处`);
  return rearrange(result, plan);
}

const keyOf = ({ at, length }: { readonly at: number; readonly length: number }): string => `${at}+${length}`;

function byRules(place: Place, rules: readonly RuleChoice[]): Place {
  const [best] = place.candidates;
  if (place.class !== 'likely' || best === undefined) return place;
  const last = rules.findLast(
    ({ rule, from = Infinity, upTo = -Infinity }) =>
      (rule === undefined || rule === place.rule) && (best.probability >= from || best.probability <= upTo),
  );
  if (last === undefined) return place;
  return last.from !== undefined && best.probability >= last.from
    ? { ...place, after: best.text, accepted: best.probability }
    : open(place);
}

function put(place: Place, text: string, file: string): Place {
  const candidate = place.candidates.find((one) => one.text === text);
  if (!candidate) throw refused(file, `no candidate of the place at ${place.at} / 不是这一处的候选`);
  return { ...place, after: text, accepted: candidate.probability };
}

function open(place: Place): Place {
  const copy: { -readonly [K in keyof Place]: Place[K] } = { ...place, after: place.open };
  delete copy.accepted;
  return copy;
}

const refused = (file: string, problem: string): ChengmenError =>
  new ChengmenError('decisions-invalid', { file, problem });
