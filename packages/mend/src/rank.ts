import { isAssigned, isLead } from './cp936.ts';
import { border, isUnknown } from './context.ts';
import type { LanguageModel } from './language-model.ts';
import { toBytes } from './utf8.ts';

/** What a line is by its words before a gap: with a mark among them; or without, by their number. */
export type LineKind = 'prose' | 'label' | 'heading' | 'long';

export interface Words {
  /** At least two characters before the gap and two after it; borders are line feeds. */
  readonly before: string;
  readonly after: string;
  readonly lineKind?: LineKind;
  /** It begins with the cell of a table or the item of a list. */
  readonly isCell?: boolean;
  /** The line is a few words without a mark so far: a name in a menu, a label. */
  readonly isShortLine?: boolean;
  /** A few characters behind a bar or a space: a label. */
  readonly isLabel?: boolean;
  /** The name of a person stands here. */
  readonly isName?: boolean;
  /** A letter of a label whose letters are set apart. */
  readonly isApart?: boolean;
  /** The page has articles or items at the beginning of lines. */
  readonly isLaw?: boolean;
  /** What the rest of the line closes; see `closedLater`. */
  readonly later?: string;
  /** Brackets of the same line that are still open; see `openBrackets`. */
  readonly open?: string;
  /** What stands before it of the text of a link that the gap ends. */
  readonly link?: string | undefined;
  /** What the line says of a full stop at its end, as the logarithm of a factor; undefined in headings. */
  readonly atEnd?: number | undefined;
  /** Bold words end with the gap. */
  readonly endsBold?: boolean;
  /** The line before ends in `；`. */
  readonly isListed?: boolean;
  /** The line ends with the gap, and the next one is the first item of a list. */
  readonly announces?: boolean;
  /** A name stands before it and a few words that are no sentence behind it: a fact and its name. */
  readonly isNamed?: boolean;
  /** A tag begins right behind it. */
  readonly isTagNext?: boolean;
  /** As what the line goes on behind the white space after the gap. */
  readonly goesOn?: 'heading' | 'sentence' | undefined;
}

/**
 * The three characters before a gap and the three after it, as ids; beyond a border, where
 * another text stands, and beyond another gap none. */
export interface Around {
  readonly before3: number;
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
  const [before1 = 0, before2 = 0, before3 = 0] = [...words.before].slice(-3).reverse().map(model.idOf);
  const after = [...words.after].slice(0, 3);
  const gap = after.findIndex(isUnknown);
  const line = after.indexOf(border);
  const known = Math.min(gap < 0 ? after.length : gap, line < 0 ? after.length : line + 1);
  const rest = after.slice(0, known).map(model.idOf);
  return words.before.endsWith(border)
    ? { before3: 0, before2: 0, before1, after: rest }
    : { before3, before2, before1, after: rest };
}

/**
 * What a third character on either side says of a text in a gap, on top of what the nearer ones say. Beyond the border of a
 * block another text begins, which says nothing.
 */
export function farther(model: LanguageModel, { before3, before2, before1, after }: Around, text: string): number {
  const line = model.idOf(border);
  let [a, b, c, sum] = [before2 === line ? 0 : before3, before2, before1, 0];
  const add = (id: number): void => {
    sum += b === line || c === line ? 0 : model.fourth(a, b, c, id);
    [a, b, c] = [b, c, id];
  };
  for (const char of text) add(model.idOf(char));
  for (const id of after) {
    add(id);
    if (id === line) break;
  }
  return sum;
}

/** Scores texts in a gap by what stands on both sides of it, two characters on each. */
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
 * The best characters for a gap by the words round it, at most so many, the best first. `allowed` has a 1 for every
 * character, by id, that may stand there.
 */
export function likelyCharacters(model: LanguageModel, place: Around, allowed: Uint8Array, most = shortlist): Scored[] {
  return best(model, place, allowed, most).map(({ id, score }) => ({ text: model.characters[id] ?? '', score }));
}

interface ScoredId {
  readonly id: number;
  readonly score: number;
}

function best(
  model: LanguageModel,
  { before2, before1, after: [after1, after2] }: Around,
  allowed: Uint8Array,
  count: number,
): ScoredId[] {
  tried.length = 0;
  const earlier = model.pair(before2, before1);
  const column = after1 === undefined ? undefined : model.column(after1, after2 ?? 0);
  const look = (id: number, pair: number, two: number): void => {
    if (allowed[id] !== 1) return;
    let probability = model.given(earlier, id, two);
    if (column !== undefined && after1 !== undefined) probability *= model.given(pair, after1, column.first[id] ?? 0);
    const end = column !== undefined && after2 !== undefined ? (column.second[id] ?? 0) : 0;
    tried.add(id, Math.log(probability) + end);
  };
  const followers = model.followers(before1);
  const first = model.firstPair(before1);
  const twos = model.followersTwo(before1);
  if (followers.length < fewestFollowers)
    for (let id = 1; id < model.characters.length; id++) look(id, model.pair(before1, id), model.two(before1, id));
  else {
    for (let i = 0; i < followers.length; i++) look(followers[i] ?? 0, first + i, twos[i] ?? 0);
    for (const id of marks(model)) if (!followers.includes(id)) look(id, -1, model.two(before1, id));
  }
  return tried.best(count).map((i) => ({ id: tried.keys[i] ?? 0, score: tried.scores[i] ?? 0 }));
}

/** So many texts are scored for one gap at most: every character, or the pairs of `likelyPairs`. */
const mostTried = 8192;

/** What is being scored, in one room for all gaps: millions of texts are tried for a page. */
const tried = {
  keys: new Float64Array(mostTried),
  scores: new Float64Array(mostTried),
  sorted: new Float64Array(mostTried),
  length: 0,
  add(key: number, score: number): void {
    this.keys[this.length] = key;
    this.scores[this.length] = score;
    if (this.length + 1 < mostTried) this.length++;
  },
  /** Where the `count` best ones stand, the best first. */
  best(count: number): number[] {
    const { scores, sorted, length } = this;
    sorted.set(scores.subarray(0, length));
    const least = length <= count ? -Infinity : (sorted.subarray(0, length).sort()[length - count] ?? -Infinity);
    const found: number[] = [];
    for (let i = 0; i < length; i++) if ((scores[i] ?? 0) >= least) found.push(i);
    return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, count);
  },
};

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
  const { before1, after } = place;
  const tails = tailsOf(model, after, second);
  const size = model.characters.length;
  const firsts = likelyFirsts(model, place, Math.floor(most * firstShare));
  tried.length = 0;
  for (const { id: one, score: start } of firsts) {
    const earlier = model.pair(before1, one);
    const tail = tails(one);
    const followers = usualFollowers(model, one);
    for (let i = 0; i < followers.length && i < most; i++) {
      const [end, follower] = [tail[i] ?? -Infinity, followers[i]];
      if (end === -Infinity || follower === undefined) continue;
      const { next, probability, log } = follower;
      tried.add(
        one * size + next,
        start + end + (earlier < 0 ? log : Math.log(model.given(earlier, next, probability))),
      );
    }
  }
  return tried.best(most).map((i) => {
    const key = tried.keys[i] ?? 0;
    const text = (model.characters[Math.floor(key / size)] ?? '') + (model.characters[key % size] ?? '');
    return { text, score: tried.scores[i] ?? 0 };
  });
}

let lastFirsts: { readonly key: string; readonly firsts: readonly ScoredId[] } | undefined;

/** The first characters of lost pairs by the words before them; each form of a gap asks for the same ones. */
function likelyFirsts(model: LanguageModel, place: Around, most: number): readonly ScoredId[] {
  const key = `${place.before2} ${place.before1} ${most}`;
  if (lastFirsts?.key === key) return lastFirsts.firsts;
  const firsts = best(model, { ...place, after: [] }, beforeLostPair(model), most);
  lastFirsts = { key, firsts };
  return firsts;
}

type Tails = (one: number) => Float64Array;

let lastTails: { readonly key: string; readonly second: Uint8Array; readonly tails: Tails } | undefined;

/**
 * What the two characters after a gap say of each usual follower of its first character; −∞ where it cannot be the second.
 * The last answers are kept: a gap is ranked anew for every candidate of the one before it.
 */
function tailsOf(model: LanguageModel, after: readonly number[], second: Uint8Array): Tails {
  const key = after.slice(0, 2).join(' ');
  if (lastTails?.key === key && lastTails.second === second) return lastTails.tails;
  const known = new Map<number, Float64Array>();
  const [after1, after2] = after;
  const column = after1 === undefined ? undefined : model.column(after1, after2 ?? 0);
  const { first, last } = spelling(model);
  const tails = (one: number): Float64Array => {
    const earlier = known.get(one);
    if (earlier) return earlier;
    const followers = usualFollowers(model, one);
    const found = new Float64Array(followers.length).fill(-Infinity);
    for (let i = 0; i < followers.length; i++) {
      const { next = 0, pair = -1 } = followers[i] ?? {};
      if (second[next] !== 1 || isAssigned(last[one] ?? 0, first[next] ?? 0)) continue;
      const end = column === undefined || after2 === undefined ? 0 : (column.second[next] ?? 0);
      found[i] =
        column === undefined || after1 === undefined
          ? end
          : Math.log(model.given(pair, after1, column.first[next] ?? 0)) + end;
    }
    known.set(one, found);
    return found;
  };
  lastTails = { key, second, tails };
  return tails;
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

interface Follower {
  readonly next: number;
  readonly pair: number;
  readonly probability: number;
  readonly log: number;
}

const usual = new Map<number, readonly Follower[]>();

function usualFollowers(model: LanguageModel, id: number): readonly Follower[] {
  const known = usual.get(id);
  if (known) return known;
  const first = model.firstPair(id);
  const twos = model.followersTwo(id);
  const found = Array.from(model.followers(id), (next, i): Follower => {
    const probability = twos[i] ?? 0;
    return { next, pair: first + i, probability, log: Math.log(probability) };
  })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostSecond);
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
