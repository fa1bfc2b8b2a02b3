import type { CheckedWord, CheckSettings, SetPhrase } from '../context.ts';
import type { Found } from '../finding.ts';
import type { FieldText } from '../read-content.ts';
import { builtInPhrases, builtInWords } from './word-list.ts';

/** Looks at a text for words that are wrong and phrases that are nearly right. Time grows with the text, not with the lists. */
export interface WordFinder {
  readonly words: (text: FieldText) => Found[];
  readonly phrases: (text: FieldText) => Found[];
}

const finders = new WeakMap<CheckSettings, WordFinder>();

/** Made once for each state of the settings. */
export function wordFinder(settings: CheckSettings): WordFinder {
  const known = finders.get(settings) ?? makeFinder(settings);
  finders.set(settings, known);
  return known;
}

function makeFinder({ words, phrases, without }: CheckSettings): WordFinder {
  const unwanted = new Set(without);
  const own = new Set(words.map(({ wrong }) => wrong));
  // What the site says about a word takes the place of what we say.
  const allWords = [...words, ...builtInWords.filter(({ wrong }) => !unwanted.has(wrong) && !own.has(wrong))];
  const allPhrases = [...phrases, ...builtInPhrases.filter(({ phrase }) => !unwanted.has(phrase))];
  const wordIndex = indexed(allWords, ({ wrong }) => wrong);
  const seedIndex = indexed(allPhrases.flatMap(halved), ({ seed }) => seed);
  return {
    words: (text) => findWords(text, wordIndex),
    phrases: (text) => findPhrases(text, seedIndex),
  };
}

/** By their first two units: a text is asked once at each place. */
type Index<T> = ReadonlyMap<string, readonly T[]>;

const indexed = <T>(entries: readonly T[], wordOf: (entry: T) => string): Index<T> =>
  Map.groupBy(entries, (entry) => wordOf(entry).slice(0, 2));

function findWords({ field, words: text }: FieldText, index: Index<CheckedWord>): Found[] {
  const found: Found[] = [];
  for (let at = 0; at + 1 < text.length; at++)
    for (const entry of index.get(text.slice(at, at + 2)) ?? []) {
      const { wrong, right, note, severity, except = [] } = entry;
      if (!text.startsWith(wrong, at) || except.some((longer) => standsIn(text, at, wrong, longer))) continue;
      found.push({
        rule: 'word',
        field,
        quote: wrong,
        offset: at,
        zh: `${right === undefined ? `请斟酌“${wrong}”` : `“${wrong}”应为“${right}”`}${note ? `：${note}` : ''}。`,
        en: `${right === undefined ? `Think about “${wrong}”` : `“${wrong}” should be “${right}”`}${note ? `: ${note}` : ''}.`,
        ...(right === undefined ? {} : { suggestion: right }),
        ...(severity === undefined ? {} : { severity }),
      });
    }
  return found;
}

/** Whether the word at a place is part of a longer one that is right. */
function standsIn(text: string, at: number, word: string, longer: string): boolean {
  for (let inside = longer.indexOf(word); inside >= 0; inside = longer.indexOf(word, inside + 1))
    if (text.startsWith(longer, at - inside)) return true;
  return false;
}

/** Half of a phrase that is there, and the other half that may be wrong in one character. */
interface Half {
  readonly phrase: string;
  readonly except: readonly string[];
  readonly seed: string;
  readonly rest: string;
  readonly isFirst: boolean;
}

function halved({ phrase, except = [] }: SetPhrase): Half[] {
  const middle = Math.floor(phrase.length / 2);
  const [first, second] = [phrase.slice(0, middle), phrase.slice(middle)];
  return [
    { phrase, except, seed: first, rest: second, isFirst: true },
    { phrase, except, seed: second, rest: first, isFirst: false },
  ];
}

function findPhrases({ field, words: text }: FieldText, index: Index<Half>): Found[] {
  const found = new Map<number, Found>();
  for (let at = 0; at + 1 < text.length; at++)
    for (const half of index.get(text.slice(at, at + 2)) ?? []) {
      if (!text.startsWith(half.seed, at)) continue;
      const near = nearMiss(text, at, half);
      if (
        !near ||
        half.except.some((longer) =>
          text.slice(Math.max(0, near.at - longer.length), near.at + 2 * longer.length).includes(longer),
        )
      )
        continue;
      const quote = text.slice(near.at, near.at + near.length);
      found.set(near.at, {
        rule: 'set-phrase',
        field,
        quote,
        offset: near.at,
        zh: `“${quote}”与固定表述“${half.phrase}”只差一字，请核对。`,
        en: `“${quote}” is one character off the set phrase “${half.phrase}”.`,
        suggestion: half.phrase,
      });
    }
  return [...found.values()];
}

const han = /^\p{sc=Han}+$/u;

/** The phrase with one character replaced, left out, doubled or changed round with its neighbour; undefined when it is whole or something else. */
function nearMiss(text: string, at: number, { seed, rest, isFirst }: Half): { at: number; length: number } | undefined {
  const beside = (length: number): string =>
    isFirst ? text.slice(at + seed.length, at + seed.length + length) : text.slice(Math.max(0, at - length), at);
  if (beside(rest.length) === rest) return undefined;
  for (const length of [rest.length, rest.length - 1, rest.length + 1]) {
    const there = beside(length);
    if (there.length !== length || !han.test(there) || !isOneOff(there, rest, isFirst)) continue;
    return isFirst ? { at, length: seed.length + length } : { at: at - length, length: length + seed.length };
  }
  return undefined;
}

/**
 * One slip of the keyboard apart. A character that was only put in beside the others is an honest other wording (的), unless it
 * is doubled; and where only the outermost is another, it is mostly another phrase (习近平主持, 全面从严治军).
 */
function isOneOff(there: string, right: string, isFirst: boolean): boolean {
  const [given, wanted] = isFirst ? [there, right] : [reversed(there), reversed(right)];
  let start = 0;
  while (start < Math.min(given.length, wanted.length) && given[start] === wanted[start]) start++;
  const [left, due] = [given.slice(start), wanted.slice(start)];
  if (left.length === due.length)
    return (
      due.length > 1 &&
      (left.slice(1) === due.slice(1) || (left[0] === due[1] && left[1] === due[0] && left.slice(2) === due.slice(2)))
    );
  if (left.length < due.length) return left !== '' && left === due.slice(1);
  return left.slice(1) === due && left[0] === (start > 0 ? given[start - 1] : due[0]);
}

const reversed = (text: string): string => [...text].reverse().join('');
