import { pinyin } from 'pinyin-pro';
import { foldCharacter } from './fold.ts';

/**
 * The first letter of each syllable, one for each character of the folded text: 住房公积金 is `zfgjj`. What is not Chinese
 * stays as it is.
 */
export function initialsOf(text: string): string {
  const characters = [...text];
  const read = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'spaced' });
  const fits = read.length === characters.length;
  let initials = '';
  for (const [at, character] of characters.entries()) {
    const folded = foldCharacter(character);
    const [one = folded] = fits ? [read[at]] : pinyin(character, { pattern: 'first', toneType: 'none', type: 'array' });
    initials += /^[a-z]$/.test(one) && /\p{sc=Han}/u.test(character) ? one : folded;
  }
  return initials;
}
