import { gapLabel, html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, Source } from '@chengmen/model';
import { english } from './words/english.ts';

/** A text of the theme's own, by what it is in Chinese. The table of English has them all, so none can be forgotten. */
export type Phrase = keyof typeof english;
type Value = string | number;

/**
 * The theme's own words in the language of a page, with its dates and numbers. In Chinese a phrase is itself.
 * `{n}` is put in; `{n:page|pages}` is one of two by the rules of the language for numbers, `{n:one=…|few=…|other=…}` one of more.
 */
export interface Words {
  (phrase: Phrase, values?: Readonly<Record<string, Value>>): string;
  /** The same with markup in its places. */
  readonly rich: (phrase: Phrase, values: Readonly<Record<string, Value | SafeHtml>>) => SafeHtml;
  /** What may be a phrase: the value of a field that is one of a few. Else as it is. */
  readonly known: (text: string) => string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** Where the edition stands, without a closing slash: `/en`; empty for the main one. */
  readonly root: string;
  /** Chinese is another language on this page, and is marked as such. */
  readonly foreign: boolean;
  /** `2026-11-20`, or what begins so, as a date of this language. */
  readonly day: (civil: string) => string;
  /** `2026-11-20 09:30`. */
  readonly minute: (civil: string) => string;
  /** `2026-11` with its year, and without. */
  readonly month: (month: string) => string;
  readonly monthAlone: (month: string) => string;
  readonly number: (value: number) => string;
  readonly list: (texts: readonly string[]) => string;
}

const place = /\{(\w+)(?::([^}]*))?\}/g;

/** Chinese: what stands in the templates. */
export const chinese: Words = Object.assign(
  (phrase: Phrase, values?: Readonly<Record<string, Value>>): string =>
    values ? phrase.replace(place, (_, name: string) => String(values[name] ?? '')) : phrase,
  {
    rich: (phrase: Phrase, values: Readonly<Record<string, Value | SafeHtml>>) => filled(phrase, values),
    known: (text: string) => text,
    language: 'zh-Hans',
    direction: 'ltr',
    root: '',
    foreign: false,
    day: (civil: string) => civil.slice(0, 10),
    minute: (civil: string) => civil,
    month: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
    monthAlone: (month: string) => `${Number(month.slice(5))} 月`,
    number: String,
    list: (texts: readonly string[]) => texts.join('、'),
  } as const,
);

export interface Language {
  readonly language: string;
  readonly root: string;
  readonly direction?: 'ltr' | 'rtl' | undefined;
  /** By their Chinese text; those missing are English. */
  readonly words?: Readonly<Record<string, string>> | undefined;
}

/** Languages in which Han characters are not Chinese. */
const withHan = /^(?:ja|ko|yue|wuu|nan|hak)\b/;

/** The words of another language: those given, else the theme's own English. Dates are civil days in Asia/Shanghai. */
export function wordsIn({ language, root, direction = 'ltr', words: given = {} }: Language): Words {
  const table = new Map<string, string>(Object.entries({ ...english, ...given }));
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const format = (options: Intl.DateTimeFormatOptions): ((date: Date) => string) => {
    const made = new Intl.DateTimeFormat(locale(language), { timeZone: 'UTC', calendar: 'gregory', ...options });
    return (date) => made.format(date);
  };
  const day = format({ year: 'numeric', month: 'long', day: 'numeric' });
  const minute = format({
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const month = format({ year: 'numeric', month: 'long' });
  const monthAlone = format({ month: 'long' });
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
  const shown = (value: Value): string => (typeof value === 'number' ? numbers.format(value) : value);
  const chosen = (forms: string, value: Value): string => formOf(forms, rules.select(Number(value)));
  const textOf = (phrase: string): string => table.get(phrase) ?? phrase;
  return Object.assign(
    (phrase: Phrase, values?: Readonly<Record<string, Value>>): string =>
      values
        ? textOf(phrase).replace(place, (_, name: string, forms?: string) =>
            forms === undefined ? shown(values[name] ?? '') : chosen(forms, values[name] ?? ''),
          )
        : textOf(phrase),
    {
      rich: (phrase: Phrase, values: Readonly<Record<string, Value | SafeHtml>>) =>
        filled(textOf(phrase), values, { shown, chosen }),
      known: textOf,
      language,
      direction,
      root,
      foreign: !withHan.test(language),
      day: (civil: string) => day(dateOf(civil)),
      minute: (civil: string) => minute(dateOf(civil)),
      month: (civil: string) => month(dateOf(`${civil}-01`)),
      monthAlone: (civil: string) => monthAlone(dateOf(`${civil}-01`)),
      number: (value: number) => numbers.format(value),
      list: (texts: readonly string[]) => list.format(texts),
    } as const,
  );
}

/** English of nowhere writes the month first; this is the order of most who read English here. */
const locale = (language: string): string => (language === 'en' ? 'en-GB' : language);

const dateOf = (civil: string): Date => new Date(`${civil.slice(0, 10)}T${civil.slice(11, 16) || '00:00'}:00Z`);

interface Forms {
  readonly shown: (value: Value) => string;
  readonly chosen: (forms: string, value: Value) => string;
}

function filled(
  text: string,
  values: Readonly<Record<string, Value | SafeHtml>>,
  { shown, chosen }: Forms = { shown: String, chosen: String },
): SafeHtml {
  const parts: (string | SafeHtml)[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: forms, index } of text.matchAll(place)) {
    const value = values[name] ?? '';
    parts.push(text.slice(from, index));
    if (typeof value === 'object') parts.push(value);
    else parts.push(forms === undefined ? shown(value) : chosen(forms, value));
    from = index + whole.length;
  }
  return html`${parts}${text.slice(from)}`;
}

/** `page|pages`, or by name: `one=…|few=…|other=…`. */
function formOf(forms: string, rule: Intl.LDMLPluralRule): string {
  const all = forms.split('|');
  if (!forms.includes('=')) return (rule === 'one' ? all[0] : all.at(-1)) ?? '';
  const named = new Map(all.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
  return named.get(rule) ?? named.get('other') ?? '';
}

const known = new WeakMap<FieldsOf<'site'>, Words>();

/** Words for pages that are printed with these settings; Chinese where nothing else was said. */
export function wordsFor(site: FieldsOf<'site'>): Words {
  return known.get(site) ?? chinese;
}

/** Words in the language of the page that is being printed. */
export function wordsOf(source: Source): Words {
  return wordsFor(source.site().fields);
}

/** From now on, pages printed with these settings are in this language. */
export function speak<S extends FieldsOf<'site'>>(site: S, words: Words): S {
  known.set(site, words);
  return site;
}

/** Han characters, and the numbers and Chinese marks between them. */
const han =
  /\p{Script=Han}(?:[\p{Script=Han}A-Za-z0-9０-９·、，。；：（）《》“”「」—－-]*[\p{Script=Han}）》”」。])?/gu;
const alone = /\/>$|^<(?:br|img|hr|col|wbr|input|source|track)\b/;

/**
 * Chinese on a page of another language, marked so that it is spoken and set as Chinese (WCAG 3.1.2): in the texts of
 * well-formed markup, never in its tags, and not where a language is said already or no markup may stand.
 */
export function markChinese(markup: string, t: Words): string {
  if (!t.foreign || markup.search(han) < 0) return markup;
  let inside = 0;
  const heard = markup.replaceAll(gapLabel, t(gapLabel));
  return heard.replace(/<[^>]*>|[^<]+/g, (piece) => {
    if (!piece.startsWith('<'))
      return inside > 0 ? piece : piece.replace(han, (found) => `<span lang="zh-Hans">${found}</span>`);
    const begins = inside > 0 || /\slang="zh|^<(?:option|textarea|title|script)\b/.test(piece);
    if (piece.startsWith('<img') && piece.search(han) >= 0) return `<img lang="zh-Hans"${piece.slice(4)}`;
    if (begins && !alone.test(piece)) inside += piece.startsWith('</') ? -1 : 1;
    return piece;
  });
}
