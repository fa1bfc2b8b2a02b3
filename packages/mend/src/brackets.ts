import { border } from './context.ts';
import { gapSign, type Candidate } from './types.ts';

const pairs: Readonly<Record<string, string>> = {
  '】': '【',
  '〗': '〖',
  '”': '“',
  '’': '‘',
  '》': '《',
  '）': '（',
  '〕': '〔',
  '〉': '〈',
  '」': '「',
  '』': '『',
};
const closing = new Set(Object.keys(pairs));
const opening = new Set(Object.values(pairs));

/** How much less probable a closing mark is where none was opened, and any other end of a block where one was. */
const lessWithout = Math.log(0.02);
const lessInside = Math.log(0.05);
/** Of 113 lines with a round bracket open before their last character 87 close it there, 23 (all of laws) end in a stop. */
const moreAtEnd = Math.log(3);
/** Words in brackets hardly have a space: where one comes next, they end. */
const moreAtSpace = Math.log(30);
/** A title that was begun in a line without gaps ends in it. */
const lessInTitle = Math.log(0.002);
/** Heavy brackets stand round buttons and headings, which the counts hardly know; they always close. */
const heavy = '【〖';
const lessInHeavy = Math.log(0.002);
const moreInHeavy = Math.log(1000);

/** The number of an item: what is lost behind it closed the bracket. */
const numbered = /[（(][一二三四五六七八九十]{1,3}〓/g;

/** The brackets of a stretch whose other ones are not in it. */
function unpaired(text: string): { readonly open: string; readonly closed: string } {
  const open: string[] = [];
  let closed = '';
  for (const char of text) {
    if (opening.has(char)) open.push(char);
    else if (closing.has(char) && open.at(-1) === pairs[char]) open.pop();
    else if (closing.has(char)) closed += char;
  }
  return { open: open.join(''), closed };
}

/** What brackets the rest of a line closes that it did not open, and a gap sign where it has gaps, which may hold others. */
export const closedLater = (rest: string): string => unpaired(rest).closed + (rest.includes(gapSign) ? gapSign : '');

/** How much more probable one mark of a pair is where the line has the other one only. */
const moreInPair = Math.log(30);

/** What the rest of a line says of a mark in the gap before it, as `closedLater` tells it. */
export function pairFactor(open: string, text: string, later: string): number {
  const mark = [...text].find((char) => closing.has(char) || opening.has(char));
  if (mark === undefined) return 0;
  const hasGaps = open.endsWith(gapSign) || later.endsWith(gapSign);
  if (opening.has(mark)) {
    const isClosed = [...later].some((char) => pairs[char] === mark);
    return isClosed ? (open.includes(mark) ? 0 : moreInPair) : hasGaps ? 0 : lessWithout;
  }
  if (!open.includes(pairs[mark] ?? '')) return 0;
  if (later.includes(mark)) return lessInside;
  if (open.endsWith(gapSign)) return 0;
  return hasGaps ? moreInPair / 2 : moreInPair;
}

/**
 * The opening marks of a line that are not closed in it, and a gap sign where a gap behind the last of them may have held
 * others or closed it.
 */
export function openBrackets(line: string): string {
  const words = line.replace(numbered, '');
  const { open } = unpaired(words);
  const isSure = words.lastIndexOf(open.at(-1) ?? gapSign) > words.lastIndexOf(gapSign);
  return open + (line.includes(gapSign) && !isSure ? gapSign : '');
}

/**
 * What open brackets say of a text behind them, as the logarithm of a factor: a closing mark wants an opening one, and where
 * the block ends behind the text, or a space comes next, what was opened wants closing.
 */
export function bracketFactor(open: string, text: string, after: string): number {
  const ends = after.startsWith(border);
  const mark = [...text].find((char) => closing.has(char));
  const last = open.replace(gapSign, '').at(-1) ?? '';
  if (ends && isHeavy(last)) return pairs[mark ?? ''] === last ? moreInHeavy : lessInHeavy;
  if (mark !== undefined && ends && pairs[mark] === last && !open.endsWith(gapSign)) return moreAtEnd;
  if (mark !== undefined && after.startsWith(' ') && pairs[mark] === last && !open.endsWith(gapSign))
    return moreAtSpace;
  if (mark !== undefined) return open.includes(pairs[mark] ?? '') || open.endsWith(gapSign) ? 0 : lessWithout;
  if (!ends || open === '' || open === gapSign) return 0;
  return open === '《' || open === '〈' ? lessInTitle : lessInside;
}

/**
 * A bracket round buttons is closed by the mark that goes with the opening one, and is no surer than that one is where it
 * stands in a gap itself: `inGap` tells what the gap at an offset of `before` is taken for.
 */
export function closedAsOpened(
  filling: Candidate | undefined,
  before: string,
  inGap: (at: number) => Candidate | undefined,
): Candidate | undefined {
  if (filling === undefined || !isHeavy(pairs[filling.text])) return filling;
  for (let at = before.length - 1; at >= 0; at--) {
    const gap = before[at] === gapSign ? inGap(at) : undefined;
    const mark = gap?.text ?? before[at] ?? '';
    if (isHeavy(pairs[mark])) return filling;
    const closing = isHeavy(mark) ? Object.keys(pairs).find((one) => pairs[one] === mark) : undefined;
    if (closing !== undefined) return { text: closing, probability: filling.probability * (gap?.probability ?? 1) };
  }
  return filling;
}

const isHeavy = (mark: string | undefined): boolean => mark !== undefined && mark !== '' && heavy.includes(mark);
