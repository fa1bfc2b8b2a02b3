import { fold, foldPlaces, type FoldedPlaces } from './fold.ts';
import { otherBeginnings, smallWords } from './english-words.ts';

/** How the texts of an index are compared. */
export interface Folding {
  readonly fold: (text: string) => string;
  readonly places: (text: string) => FoldedPlaces;
  /** Found from the beginning of a word, not from anywhere within. */
  readonly words: boolean;
  /** Narrows nothing beside something longer. */
  readonly isSmall: (folded: string) => boolean;
  /** What stands for a word as well: `ferries` for `ferry`. */
  readonly others: (folded: string) => readonly string[];
  /** Parts of a query a page must have, at most. */
  readonly mostTerms: number;
}

/** Chinese, and whatever is written without spaces: any two characters that stand side by side. */
export const byCharacters: Folding = {
  fold,
  places: foldPlaces,
  words: false,
  isSmall: (folded) => [...folded].length < 2,
  others: () => [],
  mostTerms: 8,
};

const withoutSpaces = /^(?:zh|ja|ko|th|lo|km|my|bo|yue|wuu|nan|hak)\b/;
const english = /^en\b/;

/** The folding for texts of a language (BCP 47). */
export function foldingOf(language: string): Folding {
  if (withoutSpaces.test(language)) return byCharacters;
  const isEnglish = english.test(language);
  return {
    fold: foldWords,
    places: wordPlaces,
    words: true,
    isSmall: (folded) => folded.length < 3 || (isEnglish && smallWords.has(folded.slice(1))),
    others: (folded) => (isEnglish ? otherBeginnings(folded.slice(1)).map((word) => ` ${word}`) : []),
    mostTerms: 16,
  };
}

/** Letters and digits with an apostrophe within: `people’s`. */
const word = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
/** Written without spaces between: each is a word of its own. */
const alone = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const known = new Map<string, string>();

/** In lower case, without accents; empty for marks. */
function foldLetter(letter: string): string {
  const before = known.get(letter);
  if (before !== undefined) return before;
  const folded = letter
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/\p{M}/gu, '');
  if (known.size < 5000) known.set(letter, folded);
  return folded;
}

/** `The People’s Park` is ` the peoples park`: a space before each word, so that a word is found from its beginning. */
function foldWords(text: string): string {
  let folded = '';
  for (const [found] of text.matchAll(word)) {
    let own = '';
    for (const letter of found) own += `${alone.test(letter) && own !== '' ? ' ' : ''}${foldLetter(letter)}`;
    if (own !== '') folded += ` ${own}`;
  }
  return folded;
}

/** The space before a word stands where the word begins, and has no width. */
function wordPlaces(text: string): FoldedPlaces {
  const [letters, starts, ends]: [string[], number[], number[]] = [[], [], []];
  const put = (letter: string, start: number, end: number): void => {
    letters.push(letter);
    starts.push(start);
    ends.push(end);
  };
  for (const { 0: found, index } of text.matchAll(word)) {
    let at = index;
    let begun = false;
    for (const letter of found) {
      const folded = foldLetter(letter);
      if (folded !== '' && (!begun || alone.test(letter))) {
        put(' ', at, at);
        begun = true;
      }
      for (const one of folded) put(one, at, at + letter.length);
      at += letter.length;
    }
  }
  return { letters, starts, ends };
}
