import type { Kind } from '@chengmen/model';
import type { CheckContext } from './context.ts';
import type { Finding, Found } from './finding.ts';
import { findingsOf } from './check-content.ts';
import { readContent, readPlainText, type Content } from './read-content.ts';
import { ruleTable } from './rule-table.ts';
import { hostOf, isInside } from './rules/hosts.ts';
import { damageInLine } from './rules/damage.ts';
import { personalDataIn } from './rules/personal-data.ts';

/** An item that a text points at, as it is now; undefined where there is none. */
export interface Target {
  readonly title: string;
  readonly kind: Kind;
  readonly state: 'never' | 'live' | 'withdrawn';
}

/** Another item that says nearly the same. */
export interface SimilarText {
  readonly item: string;
  readonly title: string;
  /** `2026-11-20 09:30` */
  readonly date: string;
  /** 0 to 1. */
  readonly likeness: number;
}

/** What was read of a file. */
export interface CheckedFile {
  readonly item: string;
  readonly name: string;
  readonly hash: string;
  /** Undefined where its type cannot be read. */
  readonly words:
    | {
        readonly lines: readonly { readonly text: string; readonly cell: boolean; readonly place: string }[];
        readonly complete: boolean;
      }
    | undefined;
}

/** What somebody with a database, files and a network has found out about a text. Each may be missing: then nothing is said of it. */
export interface OutsideFacts {
  readonly targets?: ReadonlyMap<string, Target | undefined>;
  readonly similar?: readonly SimilarText[];
  readonly files?: readonly CheckedFile[];
  /** Links that leave the site and were asked: the reason why they are dead, or null. */
  readonly links?: ReadonlyMap<string, string | null>;
}

/** What the world says about an item, as findings like the others. */
export function checkOutside(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  facts: OutsideFacts,
  context: CheckContext,
): readonly Finding[] {
  const content = readContent(kind, fields);
  const found = [
    ...deadTargets(content, facts),
    ...deadLinks(content, facts),
    ...oldNews(content, facts),
    ...fileData(kind, facts),
  ];
  return findingsOf(found, content, context);
}

/** Items that links, pictures and attachments name. */
export function targetsOf(kind: Kind, fields: Readonly<Record<string, unknown>>): string[] {
  return [...new Set(namedItems(readContent(kind, fields)).map(({ item }) => item))];
}

/** Addresses outside that could be asked, each once. */
export function linksOutOf(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  { ownHosts }: CheckContext,
): string[] {
  const outside = readContent(kind, fields).links.filter(({ href }) => {
    const host = hostOf(href);
    return host !== undefined && !isInside(host) && !ownHosts.includes(host);
  });
  return [...new Set(outside.map(({ href }) => href))];
}

interface NamedItem {
  readonly item: string;
  readonly field: string;
  readonly quote: string;
  readonly offset: number;
}

function namedItems({ links, pictures, fields }: Content): NamedItem[] {
  const named = (address: string): string | undefined => /^(?:item|media):([a-z0-9][a-z0-9-]*)$/i.exec(address)?.[1];
  const inTexts = [
    ...links.map(({ href, words, field, offset }) => ({ item: named(href), field, quote: words.trim(), offset })),
    ...pictures.map(({ src, alt, field, offset }) => ({ item: named(src), field, quote: alt.trim(), offset })),
  ].filter((one): one is NamedItem => one.item !== undefined);
  const given = namingFields.flatMap((field) =>
    idsIn(fields[field]).map((item) => ({ item, field, quote: '', offset: 0 })),
  );
  return [...inTexts, ...given];
}

/** Fields that name items, alone, in lists, or in records of lists. */
const namingFields = ['image', 'attachments', 'pictures', 'video', 'captions', 'blocks'];
const namingKeys = ['picture', 'items', 'channel'];

function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  return namingKeys.flatMap((key) => idsIn((value as Readonly<Record<string, unknown>>)[key]));
}

function deadTargets(content: Content, { targets }: OutsideFacts): Found[] {
  if (!targets) return [];
  return namedItems(content).flatMap(({ item, field, quote, offset }): Found[] => {
    if (!targets.has(item)) return [];
    const target = targets.get(item);
    const [zh, en] =
      target === undefined
        ? [`没有条目“${item}”。`, `There is no item “${item}”.`]
        : target.state === 'withdrawn'
          ? [`“${target.title}”已撤回，链接会落空。`, `“${target.title}” is withdrawn.`]
          : [];
    if (zh === undefined || en === undefined) return [];
    return [{ rule: 'link-dead', field, quote, offset, shown: target?.title ?? item, subject: item, zh, en }];
  });
}

function deadLinks({ links }: Content, { links: asked }: OutsideFacts): Found[] {
  return links.flatMap(({ href, words, field, offset }): Found[] => {
    const why = asked?.get(href);
    if (why === undefined || why === null) return [];
    return [
      {
        rule: 'link-dead',
        field,
        quote: words.trim(),
        offset,
        shown: href,
        subject: href,
        zh: `链接打不开：${why}。`,
        en: `The link does not open: ${why}.`,
      },
    ];
  });
}

/** From this on two texts are the same, a word changed. */
const same = 0.8;

function oldNews({ fields }: Content, { similar = [] }: OutsideFacts): Found[] {
  const own = String(fields['date'] ?? '').slice(0, 10);
  return similar
    .filter(({ date, likeness }) => likeness >= same && date.slice(0, 10) !== own)
    .map(({ item, title, date, likeness }) => ({
      rule: 'old-news' as const,
      field: 'body',
      quote: '',
      offset: 0,
      shown: `${date.slice(0, 10)} ${title}`,
      subject: `${item} ${own}`,
      zh: `与 ${date.slice(0, 10)} 的《${title}》约有 ${Math.round(likeness * 100)}% 相同，发布日期却不同。旧稿重发会被判为单项否决，定期发布的同类信息请注明理由。`,
      en: `About ${Math.round(likeness * 100)}% the same as “${title}” of ${date.slice(0, 10)}, with another date. If it comes out regularly, say so as the reason.`,
    }));
}

/** Persons' numbers and what damage has left, by file: one finding a rule, since a file is mended or let pass as a whole. */
function fileData(kind: Kind, { files = [] }: OutsideFacts): Found[] {
  return files.flatMap(({ item, name, hash, words }): Found[] => {
    const at = { field: kind === 'media' ? 'file' : 'attachments', quote: '', offset: 0 };
    const subject = `${hash} ${kind === 'media' ? '' : item}`;
    const numbers = words
      ? [...numbersOf(name, words.lines, at, subject, kind), ...damageOf(name, words.lines, at, subject)]
      : [];
    if (words?.complete) return numbers;
    const [zh, en] = words
      ? [
          `“${name}”过大或不完整，只检查了一部分，请人工核对。`,
          `Only part of “${name}” could be read: look yourself for personal data.`,
        ]
      : [
          `“${name}”不是能自动检查的格式，请人工核对其中有无个人信息。`,
          `“${name}” is of a type that cannot be read here: look yourself for personal data.`,
        ];
    return [...numbers, { ...at, rule: 'file-unread', shown: name, subject, zh, en }];
  });
}

function numbersOf(
  name: string,
  lines: NonNullable<CheckedFile['words']>['lines'],
  at: Pick<Found, 'field' | 'quote' | 'offset'>,
  subject: string,
  kind: Kind,
): Found[] {
  const found = lines.flatMap(({ text, cell, place }) =>
    personalDataIn(readPlainText('file', [text], cell)).map((one) => ({ ...one, place })),
  );
  return [...Map.groupBy(found, ({ rule }) => rule).values()].flatMap((group): Found[] => {
    const [first] = group;
    if (!first) return [];
    const places = group.slice(0, 3).map(({ place, shown }) => `${place} ${shown ?? ''}`);
    const { zh, en } = ruleTable[first.rule];
    return [
      {
        ...at,
        rule: first.rule,
        shown: `${name}：${places.join('；')}`,
        subject,
        zh: `“${name}”里有 ${group.length} 处${zh}：${places.join('；')}${group.length > 3 ? ' 等' : ''}。隐藏的行列和批注也会随附件公开。`,
        en: `“${name}” holds ${group.length} of this kind (${en}). Hidden rows, columns and comments go along with the file.`,
        // A document is not held back by its files: each was, or will be, when it was submitted itself.
        ...(kind === 'media'
          ? group.every(({ severity }) => severity === 'should')
            ? { severity: 'should' as const }
            : {}
          : { severity: 'should' as const }),
      },
    ];
  });
}

/** Never more than a piece of advice: a file can hold what looks damaged and is as it was handed in. */
function damageOf(
  name: string,
  lines: NonNullable<CheckedFile['words']>['lines'],
  at: Pick<Found, 'field' | 'quote' | 'offset'>,
  subject: string,
): Found[] {
  const found = lines.flatMap(({ text, place }) => damageInLine(text).map((quote) => `${place} ${quote.slice(0, 12)}`));
  if (found.length === 0) return [];
  const places = found.slice(0, 3).join('；');
  return [
    {
      ...at,
      ...{ rule: 'damage-leftover', shown: `${name}：${places}`, subject, severity: 'should' },
      zh: `“${name}”里有 ${found.length} 处乱码或丢失的字：${places}${found.length > 3 ? ' 等' : ''}。`,
      en: `“${name}” holds ${found.length} garbled or lost places: ${places}.`,
    },
  ];
}
