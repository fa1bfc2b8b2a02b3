import { fold, foldPlaces } from './fold.ts';
import { gramPhrase, markOf } from './grams.ts';
import { initialsOf } from './initials.ts';
import { nearWords } from './near-words.ts';
import type { IndexedPage, SearchIndex } from './open-index.ts';
import { statement } from './statement.ts';

const looked = 60;

/** Titles to offer while somebody types: those that begin so first, the newer before the older. */
export function suggest(index: SearchIndex, typed: string, limit = 8): readonly string[] {
  const folded = index.folding.fold([...typed.toWellFormed().normalize('NFC')].slice(0, 40).join(''));
  if (folded === '') return [];
  const pages = titlesWith(index, folded);
  const begins = ({ folded: title, initials }: IndexedPage): boolean =>
    title.startsWith(folded) || initials.startsWith(folded);
  const inOrder = [...pages.filter(begins), ...pages.filter((page) => !begins(page))];
  return [...new Set(inOrder.map(({ title }) => title))].slice(0, limit);
}

function titlesWith(index: SearchIndex, folded: string): IndexedPage[] {
  if ([...folded].length < 2) return matching(index, `marks : "${markOf('s', folded)}"`);
  const phrase = gramPhrase(folded);
  return matching(index, /^[a-z0-9]+$/.test(folded) ? `{title initials} : ${phrase}` : `title : ${phrase}`);
}

function matching(index: SearchIndex, match: string): IndexedPage[] {
  return statement(
    index,
    'SELECT pages.* FROM (SELECT rowid AS found FROM grams WHERE grams MATCH ? ORDER BY rowid DESC LIMIT ?) JOIN pages ON id = found ORDER BY id DESC',
  ).all(match, looked) as unknown as IndexedPage[];
}

/**
 * What somebody may have meant who found nothing: parts of titles that sound alike (公鸡金 → 公积金), then whole titles that
 * have most of the same pairs of characters. Where words are told apart, the words that are spelled nearly so.
 */
export function meant(index: SearchIndex, query: string, limit = 3): readonly string[] {
  const text = [...query.toWellFormed().normalize('NFC')].slice(0, 40).join('');
  if (index.folding.words) return nearWords(index, text);
  const letters = [...fold(text)];
  if (letters.length < 2) return [];
  const offered = new Set<string>([...soundingAlike(index, text, letters), ...alike(index, letters)]);
  return [...offered].slice(0, limit);
}

function soundingAlike(index: SearchIndex, text: string, letters: readonly string[]): string[] {
  const initials = initialsOf(text);
  if (letters.length < 3 || !/^[a-z]+$/.test(initials)) return [];
  const near: { part: string; same: number }[] = [];
  for (const { title, initials: known } of matching(index, `initials : ${gramPhrase(initials)}`)) {
    // In characters, as the places are.
    const at = [...known.slice(0, known.indexOf(initials))].length;
    const places = foldPlaces(title);
    const part = title.slice(places.starts[at], places.ends[at + letters.length - 1]);
    const same = letters.filter((letter, step) => places.letters[at + step] === letter).length;
    if (same < letters.length && same >= letters.length / 2) near.push({ part, same });
  }
  return [...new Set(near.sort((a, b) => b.same - a.same).map(({ part }) => part))].slice(0, 2);
}

function alike(index: SearchIndex, letters: readonly string[]): string[] {
  const pairs = [...new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`))].slice(0, 12);
  const match = `title : (${pairs.map(gramPhrase).join(' OR ')})`;
  return matching(index, match)
    .map(({ title, folded }) => ({ title, share: pairs.filter((pair) => folded.includes(pair)).length / pairs.length }))
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ title }) => title);
}
