import { border } from './context.ts';
import { gapSign } from './types.ts';

/** A label set in letters apart round a gap, as one word; without the spaces that stand for nothing. */
export interface SetApart {
  readonly before: string;
  readonly after: string;
}

const longestLabel = 6;
/** What a label stands between: markup, marks, wide or double spaces. */
const start = /[<>：:|｜·【】[\]\u3000]|[ \t\r\n]{2,}|[\r\n]/;

/** The label that a gap is a letter of: `项 〓 编 号`. Undefined where the letters are not all set apart by single spaces. */
export function setApart(before: string, after: string): SetApart | undefined {
  return twoLetters(plainSpaces(before), plainSpaces(after)) ?? letters(before, after);
}

/** Two letters with white space of any width between them and a colon behind, no third one before them: `地　点：`. */
function twoLetters(before: string, after: string): SetApart | undefined {
  const [, second] = /^[ \u3000]{1,6}(\p{Script=Han})[ \u3000]{0,2}[：:]/u.exec(after) ?? [];
  if (second !== undefined && begins.test(before)) return { before: border, after: `${second}：` };
  const [, rest = '', first = ''] = /^(.*?)(\p{Script=Han})[ \u3000]{1,6}$/su.exec(before) ?? [];
  return first !== '' && begins.test(rest) && /^[ \u3000]{0,2}[：:]/.test(after)
    ? { before: border + first, after: '：' }
    : undefined;
}

/** A line begins, or a word of two letters and more has ended. */
const begins = /(?:[>\r\n]|^|[^\s\u3000<>]{2}[ \u3000])[\s\u3000]*$/;

function letters(before: string, after: string): SetApart | undefined {
  const left = plainSpaces(before.slice(-24)).split(start).at(-1)?.trimStart() ?? '';
  const rest = plainSpaces(after.slice(0, 24));
  const [right = ''] = rest.split(start);
  const label = `${left}${gapSign}${right}`.trim();
  const apart = label.split(' ');
  if (apart.length < 2 || apart.length > longestLabel || !apart.every(isLetter)) return undefined;
  const ends = /^\s*[：:]/.test(rest.slice(right.length)) ? '：' : border;
  return { before: border + left.replaceAll(' ', ''), after: right.replaceAll(' ', '') + ends };
}

const isLetter = (text: string): boolean => /^[\p{Script=Han}〓]$/u.test(text);

/** The spaces that markup names, as spaces. */
export const plainSpaces = (text: string): string => text.replace(/&(?:nbsp|emsp|ensp);/g, ' ');
