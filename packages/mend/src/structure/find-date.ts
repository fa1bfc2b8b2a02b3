import { dateLabels } from './labels.ts';
import { gapMark } from './marked-page.ts';
import type { PageLine, PageView } from './page-lines.ts';

export interface FoundDate {
  /** `YYYY-MM-DD HH:MM`. */
  readonly minute: string;
  readonly hasTime: boolean;
  /** A digit of it was a gap, and only one year fits. */
  readonly inferred: boolean;
  /** Its line, where it was found in one. */
  readonly line?: PageLine;
  readonly labelled: boolean;
}

const [firstYear, lastYear] = [1990, 2099];
const time = `(?:[T\\s]+(\\d{1,2})[:：](\\d{2}))?`;
/** Before two digits no third was lost: the gap is the sign alone. */
const signLost = `${gapMark}(?=\\d{2}(?!\\d))`;
const datePattern = new RegExp(
  `([\\d${gapMark}]{3,6})\\s*(?:[-/.年]|${signLost})\\s*(\\d{1,2})\\s*(?:[-/.月]|${signLost})\\s*(\\d{1,2})(?!\\d)(?:\\s*[日${gapMark}])?${time}`,
  'g',
);
const metaNames = ['pubdate', 'publishdate', 'article:published_time', 'dc.date', 'date'];

/** The date of publication: by the page's labels, then its head, then any date beside its title. */
export function findDate(view: PageView): FoundDate | undefined {
  for (const label of dateLabels) {
    for (const line of view.lines) {
      const at = label.exec(line.text);
      const found = at && datesIn(line.text.slice(at.index + at[0].length, at.index + at[0].length + 40))[0];
      if (found) return { ...found, line, labelled: true };
    }
  }
  return dateInHead(view) ?? bareDate(view.lines);
}

function dateInHead({ meta }: PageView): FoundDate | undefined {
  for (const name of metaNames) {
    const found = datesIn(meta[name] ?? '')[0];
    if (found) return { ...found, labelled: true };
  }
  return undefined;
}

/** A short line that holds little but a date. */
function bareDate(lines: readonly PageLine[]): FoundDate | undefined {
  for (const line of lines) {
    if (line.text.length > 60 || line.linked > line.text.length / 2) continue;
    const found = datesIn(line.text)[0];
    if (found) return { ...found, line, labelled: false };
  }
  return undefined;
}

/** Where the date stands in its line, the label before it included. */
export function dateStretch(
  html: string,
  { line }: FoundDate,
): { readonly start: number; readonly end: number } | undefined {
  if (!line) return undefined;
  const [found] = html.slice(line.start, line.end).matchAll(datePattern);
  return { start: line.start, end: found ? line.start + found.index + found[0].length : line.end };
}

type PlainDate = Pick<FoundDate, 'minute' | 'hasTime' | 'inferred'>;

export function datesIn(given: string): PlainDate[] {
  const text = given.replace(chineseDate, inDigits);
  return [...text.matchAll(datePattern)].flatMap(([, year = '', month = '', day = '', hour, minute]) => {
    const whole = yearOf(year);
    const date = whole && civil(whole.year, Number(month), Number(day));
    if (!date) return [];
    const clock = clockOf(hour, minute);
    return [{ minute: `${date} ${clock ?? '00:00'}`, hasTime: clock !== undefined, inferred: whole.inferred }];
  });
}

/** `二〇二〇年三月十四日`, as documents write it. */
const chineseDate = /([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/g;
const chineseDigits = '〇一二三四五六七八九';

function inDigits(_whole: string, year: string, month: string, day: string): string {
  const digits = [...year].map((sign) => (/[○零]/.test(sign) ? 0 : chineseDigits.indexOf(sign))).join('');
  return `${digits}年${upToNinetyNine(month)}月${upToNinetyNine(day)}日`;
}

function upToNinetyNine(words: string): number {
  const [tens, ones = ''] = words.includes('十') ? words.split('十') : ['', words];
  const digit = (sign: string): number => Math.max(0, chineseDigits.indexOf(sign || '〇'));
  return (words.includes('十') ? (tens === '' ? 1 : digit(tens ?? '')) * 10 : 0) + digit(ones);
}

/** A gap in the year stands for one digit, and perhaps for a sign before it: `〓020` can only be 2020. */
function yearOf(given: string): { year: number; inferred: boolean } | undefined {
  const signs = given.slice(-4);
  if (signs.length < 4) return undefined;
  if (!signs.includes(gapMark))
    return given.length === 4 || given[0] === gapMark ? plainYear(Number(signs)) : undefined;
  const pattern = new RegExp(`^${signs.replaceAll(gapMark, '\\d')}$`);
  const fitting = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index).filter((year) =>
    pattern.test(String(year)),
  );
  const [year, other] = fitting;
  return year === undefined || other !== undefined ? undefined : { year, inferred: true };
}

const plainYear = (year: number): { year: number; inferred: boolean } | undefined =>
  year >= firstYear && year <= lastYear ? { year, inferred: false } : undefined;

function civil(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}

function clockOf(hour: string | undefined, minute: string | undefined): string | undefined {
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}
