import { rearrange } from './assemble.ts';
import type { MendResult, Place } from './types.ts';

export interface AcceptOptions {
  /** Least probability of a candidate, 0 … 1. */
  readonly atLeast: number;
}

/** The same result with the best candidate of every likely place at or above a probability put in. */
export function accept(result: MendResult, options: AcceptOptions): MendResult {
  return rearrange(
    result,
    result.plan.map((place) => accepted(place, options.atLeast)),
  );
}

function accepted(place: Place, atLeast: number): Place {
  const best = place.candidates[0];
  if (place.class !== 'likely' || best === undefined || best.probability < atLeast) return place;
  return { ...place, after: best.text, accepted: best.probability };
}
