import { isDocument } from '@chengmen/model';
import type { Found } from '../finding.ts';
import type { Content } from '../read-content.ts';

/** Found in files too, where the others are signs of their own: a gap is spoken of, bullets are private-use characters, markup is data. */
const garbled: readonly (readonly [pattern: RegExp, zh: string, en: string])[] = [
  [/\ufffd+/g, '解码失败的字符。', 'Characters that could not be decoded.'],
  [
    /(?:锟斤拷|锟斤|烫烫烫|屯屯屯|锘匡豢)+/g,
    '乱码：文字曾按错误的编码转换。',
    'Garbled: the text went through a wrong encoding.',
  ],
  [
    /(?:Ã[\u0080-\u00bf]|â€[\u0080-\u2122]|ï»¿){1,20}|(?:[äåæçèé][\u0080-\u00bf\u0152-\u0192\u2013-\u203a]{1,2}){2,50}/g,
    '乱码：UTF-8 文字被当作西文读过。',
    'Garbled: UTF-8 was read as Latin text.',
  ],
  [
    /(?<=\p{sc=Han})\?{3,}|(?<!\?)\?{3,}(?=\p{sc=Han})/gu,
    '连续的问号：原来的字可能丢失了。',
    'Question marks in a row: what stood here may be lost.',
  ],
];

const leftovers: readonly (readonly [pattern: RegExp, zh: string, en: string])[] = [
  // One in quotes is spoken of.
  [
    /(?<![“‘「『〓])〓+(?![”’」』〓])/g,
    '缺字符号“〓”：原文此处缺损。',
    'The sign of a gap: something is missing here.',
  ],
  ...garbled,
  [/[\ue000-\uf8ff]+/g, '私用区字符，多数设备显示为方框。', 'Private-use characters, boxes on most devices.'],
  [
    /&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|middot|#\d{2,5});/g,
    '转义过两次的字符实体，会原样显示出来。',
    'A character reference that was escaped twice and will show as it is.',
  ],
  [
    /<\/?(?:p|div|span|br|strong|table|td|tr|font|img|a)(?:\s[^<>]{0,200})?\/?>/gi,
    '正文里露出了标签源码。',
    'Markup shows in the text.',
  ],
  [/__kindeditor_bookmark\w*|o:p>|mso-[a-z-]+:/g, '编辑器残留。', 'Left behind by an editor.'],
];

/** What damage has left in a line of a file. */
export function damageInLine(line: string): string[] {
  return garbled.flatMap(([pattern]) => [...line.matchAll(pattern)].map(([quote]) => quote));
}

/** What damage and bad conversions leave in a text (SEC-10). A gap that the page's note tells the reader of is only shown. */
export function damageLeftovers({ kind, texts, fields }: Content): Found[] {
  const told = fields['mending'] !== undefined || !isDocument(kind);
  return texts.flatMap(({ field, words }) =>
    leftovers.flatMap(([pattern, zh, en]) =>
      [...words.matchAll(pattern)].map(({ 0: quote, index }) => ({
        rule: 'damage-leftover' as const,
        field,
        quote,
        offset: index,
        zh,
        en,
        ...(told && quote.startsWith('〓') ? { severity: 'hint' as const } : {}),
      })),
    ),
  );
}
