import type { Found } from '../finding.ts';
import type { Content, FieldText, TextLine } from '../read-content.ts';
import { bankCard } from './bank-card.ts';
import { isIdentityNumber, isOldIdentityNumber } from './identity-number.ts';

/** Fields that say how an office or its people at work are reached: to be public is what they are for. */
const publicNumbers = new Set(['phone', 'hours', 'place', 'address']);

/** Numbers of persons in all texts: identity numbers, bank cards, mobile phones (PII-01, PII-03). */
export function personalData(content: Content): Found[] {
  return content.texts.filter(({ field }) => !publicNumbers.has(field)).flatMap(personalDataIn);
}

export function personalDataIn(text: FieldText): Found[] {
  return text.lines.flatMap((line) => numbersIn(line, text.field));
}

interface Piece {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** A run of digits that is whole: no letter, no decimals, no star of a number that is masked already, no path beside it. */
const pieces =
  /(?<![A-Za-z0-9*＊_=&%#@])(?<!\d[.．])(?<![A-Za-z.~]\/)(?<![A-Za-z]-)\+?\d(?:\d*[\dXx])?(?![A-Za-z0-9*＊_@%=])(?![.．]\d)/g;
/** Longer than any number of a person. */
const longest = 24;
/** Written in groups, a number is parted by single spaces or hyphens. */
const mostGroups = 6;

function numbersIn(line: TextLine, field: string): Found[] {
  const text = asciiDigits(line.text);
  if (!/\d{3}/.test(text)) return [];
  const all = piecesOf(text);
  const found: Found[] = [];
  for (let from = 0; from < all.length;) {
    const number = numberFrom(all, from, text, line, field);
    if (number) found.push(number.found);
    from += number?.groups ?? 1;
  }
  return found;
}

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(pieces)].map(({ 0: digits, index }) => ({
    digits: digits.replace('+', ''),
    start: index,
    end: index + digits.length,
  }));
}

/** The number that begins with a group, the longest reading first. */
function numberFrom(
  all: readonly Piece[],
  from: number,
  text: string,
  line: TextLine,
  field: string,
): { found: Found; groups: number } | undefined {
  let last = from;
  while (last + 1 < all.length && last + 1 - from < mostGroups && isJoint(text, all[last], all[last + 1])) last++;
  for (let to = last; to >= from; to--) {
    const digits = all
      .slice(from, to + 1)
      .map((piece) => piece.digits)
      .join('');
    const [start, end] = [all[from]?.start ?? 0, all[to]?.end ?? 0];
    const found = classify(digits, { text, start, end, line, field });
    if (found) return { found, groups: to + 1 - from };
  }
  return undefined;
}

const isJoint = (text: string, one: Piece | undefined, next: Piece | undefined): boolean =>
  one !== undefined && next !== undefined && next.start === one.end + 1 && ' \u00a0-'.includes(text[one.end] ?? '');

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: TextLine;
  readonly field: string;
}

const wordsForIdentity = /身份证|证件号|公民身份号码/;
const wordsForCard = /卡号|银行卡|储蓄卡|信用卡|账号|帐号|账户/;
const wordsForContact = /联系|咨询|电话|热线|举报|报名|监督|值班|传真|手机/;

function classify(digits: string, place: Place): Found | undefined {
  const { text, start, end, line, field } = place;
  if (digits.length > longest) return undefined;
  const quote = line.text.slice(start, end);
  const at = { field, quote, offset: line.offset + start };
  const before = text.slice(Math.max(0, start - 20), start);
  if (isIdentityNumber(digits) || (isOldIdentityNumber(digits) && wordsForIdentity.test(before)))
    return {
      ...at,
      rule: 'id-number',
      shown: masked(digits, 6, 4),
      zh: '这是一个有效的公民身份号码，公开前须去标识化。',
      en: 'This is a valid identity number of a citizen; mask it before it is published.',
      suggestion: masked(digits, 6, 4),
    };
  const card = bankCard(digits);
  if (card === 'card' || (card === 'maybe' && wordsForCard.test(before)))
    return {
      ...at,
      rule: 'bank-card',
      shown: masked(digits, 4, 4),
      zh: '这像是一个银行卡号（校验位相符），公开前须去标识化。',
      en: 'This looks like the number of a bank card (its check digit fits); mask it before it is published.',
      suggestion: masked(digits, 4, 4),
    };
  const mobile = /^(?:86)?(1[3-9]\d{9})$/.exec(digits)?.[1];
  if (mobile === undefined || /^1(\d)\1{9}$/.test(mobile)) return undefined;
  // In a sentence a number beside such a word was put there to be called; in a table it is one person's of many.
  const meant = !line.cell && wordsForContact.test(before);
  return {
    ...at,
    rule: 'phone-number',
    shown: masked(mobile, 3, 4),
    zh: meant ? '公开了一个手机号码，请确认本人同意，或改用办公电话。' : '这是一个手机号码，公开前须去标识化。',
    en: meant
      ? 'A mobile number is given as a contact: make sure its owner agrees, or give an office number.'
      : 'This is a mobile number; mask it before it is published.',
    ...(meant ? { severity: 'should' as const } : { suggestion: masked(mobile, 3, 4) }),
  };
}

/** As 去标识化 asks for it: head and tail stay. */
function masked(digits: string, head: number, tail: number): string {
  return `${digits.slice(0, head)}${'*'.repeat(digits.length - head - tail)}${digits.slice(-tail)}`;
}

const wide = /[０-９Ｘｘ]/g;

/** Full-width digits as the ASCII ones, unit for unit. */
function asciiDigits(text: string): string {
  return text.replace(wide, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}
