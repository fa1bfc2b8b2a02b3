import { gapSign } from './types.ts';

/** Where else in the same page the words round a gap stand whole. */
export interface Statement {
  readonly text: string;
  /** The words there, quoted. */
  readonly evidence: string;
}

/** How many characters before a gap must stand elsewhere too. */
const leftLength = 4;
const mostPlaces = 8;

/** Finds, for a page, what stands after the same four characters elsewhere in it. One pass over the page. */
export function statementIndex(plain: string, keys: readonly string[]): (left: string) => readonly number[] {
  const wanted = new Map(keys.filter((key) => isTelling(key)).map((key) => [key, [] as number[]]));
  if (wanted.size > 0) {
    for (let i = 0; i + leftLength <= plain.length; i++) {
      const places = wanted.get(plain.slice(i, i + leftLength));
      if (places && places.length < mostPlaces) places.push(i + leftLength);
    }
  }
  return (left) => wanted.get(left) ?? [];
}

/** Four Han characters or punctuation marks inside one line. */
export const isTelling = (words: string): boolean =>
  words.length === leftLength && /^[\u2e80-\u9fff“”《》]{4}$/.test(words);

export const leftOf = (words: string): string => words.slice(-leftLength);

/** What the page says elsewhere between these words, if it says one thing only. */
export function statedText(
  plain: string,
  places: readonly number[],
  gap: { readonly length: number; readonly after: string; readonly fits: (text: string) => boolean },
): Statement | undefined {
  const said = new Map<string, number>();
  for (const place of places) {
    const text = plain.slice(place, place + gap.length);
    const after = plain.slice(place + gap.length, place + gap.length + gap.after.length);
    if (text.length === gap.length && after === gap.after && gap.fits(text)) said.set(text, place);
  }
  const only = [...said][0];
  if (only === undefined || said.size > 1) return undefined;
  const [text, place] = only;
  return { text, evidence: plain.slice(place - leftLength, place + gap.length + gap.after.length) };
}

/** So many characters before a gap, from where the name begins, say what follows them, whatever stands behind the gap. */
const longLeft = 6;

/** What stands elsewhere after the same words, whole names of six characters or more, if it is one Han wherever they stand. */
export function statedAfter(
  plain: string,
  places: readonly number[],
  line: string,
  fits: (char: string) => boolean,
): Statement | undefined {
  let found: { place: number; length: number } | undefined;
  for (const place of places) {
    const length = sameBefore(plain, place, line);
    const char = plain[place] ?? '\n';
    const isWhole = /[\s>《“（【：:|/-]/.test(line[line.length - 1 - length] ?? '\n');
    if (length < (isWhole ? longLeft : longestLeft) || char === gapSign) continue;
    if (!fits(char) || !isHan(char) || (found !== undefined && plain[found.place] !== char)) return undefined;
    if (found === undefined || length > found.length) found = { place, length };
  }
  if (found === undefined) return undefined;
  const { place, length } = found;
  return { text: plain[place] ?? '', evidence: plain.slice(place - length, place + 1) };
}

/** How many characters before an offset are those at the end of a line; gaps end the comparison. */
function sameBefore(plain: string, place: number, line: string): number {
  let length = 0;
  while (length < longestLeft) {
    const char = line[line.length - 1 - length];
    if (char === undefined || char === gapSign || char !== plain[place - 1 - length]) break;
    length++;
  }
  return length;
}

const longestLeft = 12;

const isHan = (char: string): boolean => /\p{Script=Han}/u.test(char);
