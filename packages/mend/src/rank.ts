import { isAssigned, isLead } from './cp936.ts';
import { isUnknown } from './context.ts';
import type { LanguageModel } from './language-model.ts';
import { toBytes } from './utf8.ts';

export interface Words {
  /** At least two characters before the gap and two after it; borders are line feeds. */
  readonly before: string;
  readonly after: string;
  /** The line is a few words without a mark so far: a name in a menu, a label. */
  readonly isShortLine?: boolean;
  /** Brackets of the same line that are still open; see `openBrackets`. */
  readonly open?: string;
  /** What stands before it of the text of a link that the gap ends. */
  readonly link?: string | undefined;
  /** As what the line goes on behind the white space after the gap. */
  readonly goesOn?: 'heading' | 'sentence' | undefined;
}

/** The two characters before a gap and the two after it, as ids; fewer after it where the next gap is near. */
export interface Around {
  readonly before2: number;
  readonly before1: number;
  readonly after: readonly number[];
}

export interface Scored {
  readonly text: string;
  /** Natural logarithm of the probability of the text and of the two characters after it, given the words before it. */
  readonly score: number;
}

export function around(model: LanguageModel, words: Words): Around {
  const [before2 = 0, before1 = 0] = [...words.before].slice(-2).map(model.idOf);
  const after = [...words.after].slice(0, 2);
  const gap = after.findIndex(isUnknown);
  return { before2, before1, after: (gap < 0 ? after : after.slice(0, gap)).map(model.idOf) };
}

/** Scores texts in a gap by what stands on both sides of it. */
export function score(model: LanguageModel, { before2, before1, after }: Around, text: string): number {
  let [a, b, sum] = [before2, before1, 0];
  const add = (id: number): void => {
    sum += model.logProbability(a, b, id);
    [a, b] = [b, id];
  };
  for (const char of text) add(model.idOf(char));
  for (const id of after) add(id);
  return sum;
}

/** How many texts are tried where nothing but the words says what stood there. */
export const shortlist = 160;

/**
 * The best characters for a gap by the words round it, at most so many. `allowed` has a 1 for every character, by id, that
 * may stand there.
 */
export function likelyCharacters(model: LanguageModel, place: Around, allowed: Uint8Array, most = shortlist): string[] {
  return best(model, place, allowed, most).map((id) => model.characters[id] ?? '');
}

function best(
  model: LanguageModel,
  { before2, before1, after: [after1, after2] }: Around,
  allowed: Uint8Array,
  count: number,
): number[] {
  const found: { id: number; score: number }[] = [];
  const look = (id: number): void => {
    if (allowed[id] !== 1) return;
    let sum = model.logProbability(before2, before1, id);
    if (after1 !== undefined) sum += model.logProbability(before1, id, after1);
    if (after1 !== undefined && after2 !== undefined) sum += model.logProbability(id, after1, after2);
    found.push({ id, score: sum });
  };
  const followers = model.followers(before1);
  if (followers.length < fewestFollowers) for (let id = 1; id < model.characters.length; id++) look(id);
  else {
    followers.forEach(look);
    for (const id of marks(model)) if (!followers.includes(id)) look(id);
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ id }) => id);
}

let closingMarks: readonly number[] | undefined;

/** Stops and closing brackets may follow any character, counted or not. */
const marks = (model: LanguageModel): readonly number[] =>
  (closingMarks ??= [...'。，、；：！？”’》】）〗〕…'].map(model.idOf).filter((id) => id !== 0));

/** Where fewer characters were counted after the last one before the gap, all are tried. */
const fewestFollowers = 20;

/** The bytes of the counted characters, by id; 0 in `first` where a character has not three of them. */
interface Spelling {
  readonly first: Uint8Array;
  readonly middle: Uint8Array;
  readonly last: Uint8Array;
}

let spelt: Spelling | undefined;

export function spelling({ characters }: LanguageModel): Spelling {
  if (spelt) return spelt;
  const size = characters.length;
  spelt = { first: new Uint8Array(size), middle: new Uint8Array(size), last: new Uint8Array(size) };
  for (const [id, char] of characters.entries()) {
    const [first = 0, middle = 0, last = 0, more] = toBytes(char);
    if (last === 0 || more !== undefined) continue;
    spelt.first[id] = first;
    spelt.middle[id] = middle;
    spelt.last[id] = last;
  }
  return spelt;
}

/** How many second characters are tried at most; of first ones, three tenths of what is to be tried. */
const mostSecond = 96;
const firstShare = 0.3;

/**
 * Two characters, the last byte of the first and the first byte of the second a pair without a character in CP936. `second`
 * has a 1 for every character, by id, that may be the second one.
 */
export function likelyPairs(model: LanguageModel, place: Around, second: Uint8Array, most = shortlist): Scored[] {
  const { first, last } = spelling(model);
  const { before2, before1, after } = place;
  const [after1, after2] = after;
  const found: Scored[] = [];
  for (const one of best(model, { ...place, after: [] }, beforeLostPair(model), most * firstShare)) {
    const start = model.logProbability(before2, before1, one);
    for (const two of usualFollowers(model, one).slice(0, most)) {
      if (second[two] !== 1 || isAssigned(last[one] ?? 0, first[two] ?? 0)) continue;
      let sum = start + model.logProbability(before1, one, two);
      if (after1 !== undefined) sum += model.logProbability(one, two, after1);
      if (after1 !== undefined && after2 !== undefined) sum += model.logProbability(two, after1, after2);
      found.push({ text: (model.characters[one] ?? '') + (model.characters[two] ?? ''), score: sum });
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, most);
}

let firsts: Uint8Array | undefined;

/** Characters whose last byte makes a pair without a character with some first byte. */
export function beforeLostPair(model: LanguageModel): Uint8Array {
  firsts ??= spelling(model).last.map((last) => {
    for (let first = 0xe2; isLead(last) && first <= 0xef; first++) if (!isAssigned(last, first)) return 1;
    return 0;
  });
  return firsts;
}

const usual = new Map<number, readonly number[]>();

function usualFollowers(model: LanguageModel, id: number): readonly number[] {
  const known = usual.get(id);
  if (known) return known;
  const found = Array.from(model.followers(id), (next) => ({ next, score: model.logProbability(0, id, next) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSecond)
    .map(({ next }) => next);
  usual.set(id, found);
  return found;
}

/** The `count` best as probabilities, which sum to one with all the others. `sharpness` below 1 takes confidence away. */
export function probabilities(
  scored: readonly Scored[],
  sharpness: number,
  count: number,
): { text: string; probability: number }[] {
  let top = -Infinity;
  for (const { score } of scored) top = Math.max(top, score);
  let sum = 0;
  const least = leastOfBest(scored, count);
  for (const { score } of scored) sum += Math.exp((score - top) * sharpness);
  return scored
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ text, score }) => ({ text, probability: Math.exp((score - top) * sharpness) / sum }));
}

/** The score of the last of the `count` best ones. */
function leastOfBest(scored: readonly Scored[], count: number): number {
  const best = new Float64Array(count).fill(-Infinity);
  for (const { score } of scored) {
    let at = count - 1;
    if (score <= (best[at] ?? 0)) continue;
    for (; at > 0 && (best[at - 1] ?? 0) < score; at--) best[at] = best[at - 1] ?? 0;
    best[at] = score;
  }
  return best[count - 1] ?? -Infinity;
}
