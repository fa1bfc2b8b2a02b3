import { openBrackets } from './brackets.ts';
import { gapSign } from './types.ts';

/** The line that a gap stands in, as words without markup, and the line after it. */
export interface GapLine {
  /** The words of the line before the gap. */
  readonly line: string;
  /** The words of the line after the gap, at least as many as matter here. */
  readonly rest: string;
  readonly next: string;
  /** Items of lists on this page are seen to end in `；`. */
  readonly itemsEndInSemicolon: boolean;
  /** The page has articles or items at the beginning of lines. */
  readonly isLaw?: boolean;
  /** The line, longer than what is told of it, is an item of a list. */
  readonly isLongItem?: boolean;
}

interface LineRule {
  readonly text: string;
  readonly probability: number;
  readonly holds: (gap: GapLine) => boolean;
}

const articleNumber = /^[ \u3000]*第[一二三四五六七八九十百零〇\d〓]{1,7}$/;
const ordinal = /^[ \u3000]*第([一二三四五六七八九十]{1,3})(?=[条〓 ]|$)/;
/** The beginning of an article, its number or the word behind it perhaps in gaps. */
const article = /^[ \u3000]*[第〓][一二三四五六七八九十百零〇\d〓]{0,6}[条〓] \S/;
/** Headings of chapters are short and without a mark; articles are sentences. */
const longestHeading = 25;
/** Words with which a law says what holds; none stands in a heading. */
const saysWhatHolds = /应当|可以|不得|必须|所称|是指|适用于/;
const isSentence = (rest: string): boolean =>
  /[，。；：]/.test(rest) || rest.length > longestHeading || saysWhatHolds.test(rest);

const item = /^[ \u3000]*(?:\d{1,3}[、.．] ?)?[（(〓][一二三四五六七八九十百〓\d]{1,3}[）)〓]/;
const firstItem = /^[ \u3000]*(?:\d{1,3}[、.．] ?)?(?:[（(〓]一[）)〓]|一[、〓]|1[、.．〓]|第一[，、：〓])/;
const announcesList = /(?:下列|以下|如下|之一的)[^，。；：]{0,14}$/;
/** A year, and a month and a day after it, each perhaps with the sign before it in a gap. */
const date = /(?:(?:^|\D)[12]\d{3}|〓\d{3})(?:年\d|〓)\d?(?:月\d|〓)\d?$/;
/** How often a page was looked at. */
const count = /(?:[点〓] ?击|[浏〓] ?览|[阅〓] ?读|[访〓] ?问|[点浏阅访] ?〓)[^，。；\d]{0,4}\d{1,7} ?$/;

const rules: readonly LineRule[] = [
  {
    text: '条',
    probability: 0.985,
    holds: ({ line, rest, next, isLaw }) =>
      (articleNumber.test(line) && /^ /.test(rest) && (isSentence(rest) || isFollowedBy(line, next))) ||
      (isLaw === true && /^[ \u3000]*〓$/.test(line) && /^ \S/.test(rest) && isSentence(rest)),
  },
  {
    text: '。',
    probability: 0.97,
    holds: ({ line, rest, next, isLaw }) =>
      rest === '' &&
      isLaw === true &&
      article.test(next) &&
      !announcesList.test(line) &&
      isProse(line) &&
      openBrackets(line).replace(gapSign, '') === '',
  },
  { text: '日', probability: 0.98, holds: ({ line, rest }) => date.test(line) && /^ |^$/.test(rest) },
  { text: '次', probability: 0.96, holds: ({ line, rest }) => count.test(line) && rest === '' },
  {
    text: '：',
    probability: 0.985,
    holds: ({ line, rest, next }) => rest === '' && item.test(next) && announcesList.test(line) && !item.test(line),
  },
  {
    text: '；',
    probability: 0.96,
    holds: ({ line, rest, next, itemsEndInSemicolon, isLongItem }) =>
      itemsEndInSemicolon &&
      rest === '' &&
      (anyItem.test(line) || isLongItem === true) &&
      anyItem.test(next) &&
      !/^[ \u3000]*[（(]一/.test(next),
  },
];

/**
 * Words of an article, an item or a paragraph, not those of a heading, with which no article ends. Of 6203 items of laws before
 * an article 6196 end in a stop.
 */
const isProse = (line: string): boolean =>
  (/[，。；]/.test(line) && line.length > longestHeading) ||
  (article.test(line) && line.length > longestTitle) ||
  anyItem.test(line);
const longestTitle = 15;

const digits = '一二三四五六七八九';
const numberOf = (numeral: string): number =>
  numeral.includes('十')
    ? (digits.indexOf(numeral[0] ?? '') + 1 || 1) * 10 + digits.indexOf(numeral.split('十')[1] ?? '-') + 1
    : digits.indexOf(numeral) + 1;

/** The next line has the next number: chapters do not follow each other so. */
function isFollowedBy(line: string, next: string): boolean {
  const [here, there] = [line, next].map((words) => numberOf(ordinal.exec(words)?.[1] ?? ''));
  return here !== undefined && here > 0 && there === here + 1;
}

/** What may stand in a gap before white space by what its line and the next one are: articles, lists, dates. */
export const lineFillings = (gap: GapLine): { readonly text: string; readonly probability: number }[] =>
  rules.filter(({ holds }) => holds(gap)).map(({ text, probability }) => ({ text, probability }));

/** Whether a line that goes on like this behind the number of a chapter or an article is a heading. */
export const isHeadingLine = (rest: string): boolean => /^ \S/.test(rest) && !isSentence(rest);

/** Whether a line is seen to begin a list: the line before it announces it. */
export const beginsList = (next: string): boolean => firstItem.test(next);

/** Whether the last line of some words begins as an item of a list does. */
export const beginsItem = (words: string): boolean => anyItem.test(words.split('\n').at(-1) ?? '');

/**
 * Whether an item of a list is seen to end in `；` before the next one, or the page counts articles: of 39 172 items of laws
 * before another one 37 056 end so.
 */
export const itemsEndInSemicolon = (plain: string): boolean =>
  /；\n[ \u3000]*(?:\d{1,3}[、.．] ?)?[（(][一二三四五六七八九十〓\d]/.test(plain) ||
  (plain.match(/(?:^|\n)[ \u3000]*第[一二三四五六七八九十百零]{1,6}[条〓][ \u3000]/g)?.length ?? 0) >= fewestArticles;

/**
 * How much more probable a full stop is at the end of a line than the characters round it say, as the logarithm of a factor.
 * Of 60 000 lines of articles with a comma 99 in 100 end in one, of 12 000 of ten to thirty characters without a mark seven;
 * in laws, whose items are lines, half of those without a mark end in a stop.
 */
export function stopAtEnd(line: string, next: string, isLaw: boolean): number {
  if (isLaw && anyItem.test(next)) return 0;
  const words = line.replace(/^[\s\u3000]+/, '');
  if (/[，。；,]/.test(words)) return Math.log(isLaw ? 6 : 40);
  if (isLaw || words.length >= longLine) return 0;
  return Math.log(words.length < shortHeading ? 0.1 : 0.07);
}

const anyItem = /^[ \u3000]*(?:\d{1,3}[、.．] ?)?[（(][一二三四五六七八九十〓\d]{1,3}/;
const longLine = 32;
const shortHeading = 10;

/** Whether a page counts articles of a law or items of a list at the beginning of lines. */
export const hasArticles = (plain: string): boolean =>
  (plain.match(
    /(?:^|\n)[ \u3000]*(?:第[一二三四五六七八九十百零〓]{1,6}[条章〓]|〓[一二三四五六七八九十〓]{0,3}[条〓] \S|[（(][一二三四五六七八九十]{1,3}[）)])/g,
  )?.length ?? 0) >= fewestArticles;

const fewestArticles = 3;
