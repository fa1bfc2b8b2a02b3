import { isDocument, type Kind } from '@chengmen/model';
import type { Found } from '../finding.ts';
import type { Content } from '../read-content.ts';

const labels: readonly (readonly [field: string, zh: string, en: string])[] = [
  ['title', '标题（ArticleTitle）', 'title (ArticleTitle)'],
  ['date', '发布时间（PubDate）', 'publication date (PubDate)'],
  ['source', '来源（ContentSource）', 'source (ContentSource)'],
  ['channel', '栏目（ColumnName）', 'channel (ColumnName)'],
];

/** What programs and templates leave where a value should be (META-L2: seen are `null` and texts of templates). */
const placeholder =
  /^(?:null|undefined|nan|none|n\/a|todo|test|测试|标题|来源|待定|暂无|无|请输入.*|请填写.*|[xX×*＊\-—_.。…?？]+|\{\{?.*\}?\}|\$\{.*\})$/i;

/** The labels every page must carry (META-04 … META-10, PAGE-08): there, and not the text of a template. */
export function missingLabels({ kind, fields }: Content): Found[] {
  if (!isDocument(kind)) return [];
  return labels.flatMap(([field, zh, en]) => {
    const value = fields[field];
    const text = typeof value === 'string' ? value.trim() : '';
    if (text !== '' && !placeholder.test(text)) return [];
    const what = text === '' ? ['没有填写', 'is empty'] : [`是“${text}”`, `is “${text}”`];
    return [
      {
        rule: 'label-missing',
        field,
        quote: text,
        offset: 0,
        zh: `${zh}${what[0] ?? ''}。网站检查要求每页都有。`,
        en: `The ${en} ${what[1] ?? ''}; every page must have it.`,
      },
    ];
  });
}

/** Labels a page may do without and is better with (META-11, META-13). */
export function wantingLabels({ kind, fields, texts }: Content): Found[] {
  if (!wordy.includes(kind)) return [];
  const found: Found[] = [];
  const body = texts.find(({ field }) => field === 'body')?.words ?? '';
  const want = (field: string, zh: string, en: string): void => {
    found.push({ rule: 'label-wanting', field, quote: '', offset: 0, zh, en });
  };
  if (!Array.isArray(fields['keywords']) || fields['keywords'].length === 0)
    want(
      'keywords',
      '没有关键词（Keywords），读者不易检索到。',
      'There are no keywords (Keywords): readers find it less easily.',
    );
  if (String(fields['summary'] ?? '').trim() === '' && body.length > longBody)
    want(
      'summary',
      '没有摘要（Description），列表和分享时只能截取开头。',
      'There is no summary (Description): lists show the beginning only.',
    );
  return found;
}

/** Kinds whose pages are found by what they say; the others are found by their names. */
const wordy: readonly Kind[] = ['article', 'policy', 'interpretation', 'service'];
/** Below this the beginning says it all. */
const longBody = 400;

/** 发文字号: 〔2026〕12号 in hexagonal brackets, without a zero or 第 before the number (POL-04). */
export function documentNumbers({ texts }: Content): Found[] {
  return texts.flatMap(({ field, words }) =>
    [...words.matchAll(looseNumber)].flatMap(({ 0: quote, index, 1: office = '', 2: year = '', 3: number = '' }) => {
      const suggestion = `${office}〔${year}〕${number}号`;
      if (quote === suggestion) return [];
      return [
        {
          rule: 'document-number' as const,
          field,
          quote,
          offset: index,
          zh: `发文字号应写作“${suggestion}”：年份用六角括号，序号不编虚位、不加“第”。`,
          en: `Write the document number “${suggestion}”: hexagonal brackets, no leading zero, no 第.`,
          suggestion,
        },
      ];
    }),
  );
}

const looseNumber =
  /([\p{sc=Han}]{1,8}[发办函字规告令呈通])[ ]?[〔[［【(（〈﹝]((?:19|20)\d\d)(?:年)?[〕\]］】)）〉﹞][ ]?第?0*([1-9]\d{0,4})[ ]?号/gu;
