import { isAssigned, isLead } from './cp936.ts';
import type { LostForm } from './finding.ts';
import type { LanguageModel } from './language-model.ts';
import { beforeLostPair, likelyCharacters, likelyPairs, spelling } from './rank.ts';
import type { Around, Scored } from './rank.ts';
import { isMinusOne } from './simulate.ts';

export interface FormPlace {
  readonly place: Around;
  /** The sign after it, where it was swallowed and is known. */
  readonly tail: string | undefined;
  /** How many texts are tried. */
  readonly most: number;
}

/** The likeliest texts of a form in a gap. */
export function scoredForm(model: LanguageModel, form: LostForm, { place, tail, most }: FormPlace): Scored[] {
  const mask = maskOf(model, form, tail);
  if (form === 'whole' || form === 'gone' || form === 'cut') return likelyPairs(model, place, mask, most);
  return likelyCharacters(model, place, mask, most).map(({ text, score }) => ({
    text,
    score: score + (form === 'first' ? cutAfter(model, text) : 0),
  }));
}

const cuts = new Map<string, number>();

/** Logarithm of the probability that a character of the form `second` stands after another one. */
function cutAfter(model: LanguageModel, char: string): number {
  const known = cuts.get(char);
  if (known !== undefined) return known;
  const id = model.idOf(char);
  let sum = 0;
  maskOf(model, 'second', undefined).forEach((fits, next) => {
    if (fits === 1) sum += Math.exp(model.logProbability(0, id, next));
  });
  cuts.set(char, Math.log(sum));
  return Math.log(sum);
}

const masks = new Map<string, Uint8Array>();

function maskOf(model: LanguageModel, form: LostForm, tail: string | undefined): Uint8Array {
  const key = form + (tail ?? '');
  const known = masks.get(key);
  if (known) return known;
  const { first, middle, last } = spelling(model);
  const made =
    form === 'first'
      ? beforeLostPair(model)
      : first.map((byte, id) => (byte !== 0 && fits(form, tail, middle[id] ?? 0, last[id] ?? 0) ? 1 : 0));
  masks.set(key, made);
  return made;
}

/** Whether the bytes of a character behind its first one suit a form. 80 stands alone, and what is after it waits. */
function fits(form: LostForm, tail: string | undefined, middle: number, last: number): boolean {
  if (form === 'whole') return middle === 0x80 || isAssigned(middle, last);
  if (form === 'within' || form === 'gone') return middle !== 0x80 && !isAssigned(middle, last);
  return middle === 0x80 && isLead(last) && (tail !== '<' || isMinusOne(last, 0x3c));
}
