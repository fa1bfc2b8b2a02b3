import { isDocument, type FieldsOf, type ItemId, type LiveItem, type PagePath, type Source } from '@chengmen/model';
import { exampleBytes, exampleItems } from './example-city.ts';
import { exampleTemplates } from './example-templates.ts';
import { createMemorySource, live } from './memory-source.ts';

type Edition = NonNullable<FieldsOf<'channel'>['edition']>;

/** Values of fields that are one of a few: the theme has words for them. */
const oneOfFew = new Set(
  '有效 失效 废止 部分失效 尚未生效 个人 企业 个人和企业 前期 在建 竣工 满意 基本满意 不满意 未评价'.split(' '),
);
const words = 'The river town keeps its word and says so plainly on every page of this site';

/** A value with every Chinese text in it replaced by an English one of about its length: what is Chinese afterwards is the theme's own. */
function inEnglish(value: unknown): unknown {
  if (typeof value === 'string')
    return /\p{Script=Han}/u.test(value) && !oneOfFew.has(value) ? englishFor(value) : value;
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inEnglish(member)]));
}

/** Markup keeps its tags. */
function englishFor(text: string): string {
  return text.replaceAll(/<[^>]*>|[^<]+/g, (piece) => {
    if (piece.startsWith('<')) return piece.replaceAll(/"[^"]*\p{Script=Han}[^"]*"/gu, '"A picture of the town"');
    if (!/\p{Script=Han}/u.test(piece)) return piece;
    const year = /^\d{4}/.exec(piece)?.[0] ?? '';
    return `${year}${words.slice(0, Math.max(8, Math.min(70, piece.length * 2))).trim()}`;
  });
}

const edition: Edition = {
  language: 'en',
  languageName: 'English',
  missing: 'This page has not been translated into English.',
  name: 'Linjiang Municipal People’s Government',
  shortName: 'Linjiang',
  sponsor: 'General Office of the Linjiang Municipal People’s Government',
  organiser: 'Linjiang Data Bureau',
  copyright: 'Linjiang Municipal People’s Government',
  address: '1 Wangjiang Road, Chengbei District, Linjiang',
  demonstration: 'Demonstration: Linjiang does not exist.',
  home: {
    focus: 'en-headlines',
    words: ['bridge', 'port'],
    blocks: [
      { show: 'focus' },
      { channel: 'en-services', count: 8 },
      { channel: 'en-notices', count: 6 },
      { channel: 'en-pictures', count: 2 },
      { show: 'policies', policies: 'en-policies', interpretations: 'en-interpretations', count: 4 },
      { show: 'interaction', letters: 'en-letters', consultations: 'en-consultations' },
      { channel: 'en-topics', count: 2 },
      { channel: 'en-projects', count: 3 },
      { channel: 'en-opendata', count: 3 },
      { show: 'links', title: 'Elsewhere', links: [{ name: 'Rail tickets', address: 'https://rail.example/' }] },
    ],
  },
};

/** Right to left, with a few words of its own: what is not given is English. */
const arabic: Edition = {
  ...edition,
  language: 'ar',
  direction: 'rtl',
  languageName: 'العربية',
  missing: 'لا توجد نسخة عربية من هذه الصفحة.',
  name: 'حكومة مدينة لينجيانغ',
  shortName: 'لينجيانغ',
  sponsor: 'مكتب الحكومة',
  organiser: 'مكتب البيانات',
  copyright: 'حكومة مدينة لينجيانغ',
  address: 'شارع وانغجيانغ رقم 1، لينجيانغ',
  demonstration: 'موقع تجريبي: هذه المدينة غير موجودة.',
  home: { focus: 'ar-news', blocks: [{ show: 'focus' }, { channel: 'ar-news', count: 4 }] },
  words: {
    首页: 'الرئيسية',
    更多: 'المزيد',
    搜索: 'بحث',
    '发布时间：{time}': 'نُشر في {time}',
    '来源：{source}': 'المصدر: {source}',
    '{n} 篇': '{n} {n:zero=مواد|one=مادة|two=مادتان|few=مواد|many=مادة|other=مادة}',
  },
};

const channelFields = (
  name: string,
  segment: string,
  position: number,
  more: Partial<FieldsOf<'channel'>>,
): FieldsOf<'channel'> => ({
  ...{ name, segment, position, parent: null, type: name, description: name, keywords: [name] },
  ...{ layout: 'landing', navigation: true },
  ...more,
});

const foreignOf = (id: ItemId): ItemId => `en-${id}`;
const channels = exampleItems.filter((item): item is LiveItem<'channel'> => item.kind === 'channel');
const documents = exampleItems.filter(({ kind }) => isDocument(kind));
const own = new Set([...channels, ...documents].map(({ id }) => id));

/** What points to the example city's items points to those of the edition. */
const pointed = (value: unknown): unknown =>
  typeof value === 'string' && own.has(value)
    ? foreignOf(value)
    : Array.isArray(value)
      ? value.map(pointed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, pointed(member)]))
        : value;

function translated<K extends LiveItem['kind']>(item: LiveItem<K>, more: object): LiveItem<K> {
  const fields = { ...(pointed(inEnglish(item.fields)) as object), ...more } as FieldsOf<K>;
  return {
    ...live(item.kind, foreignOf(item.id), item.path && `/en${item.path}`, fields, { state: item.state }),
    ...(item.editions ? { editions: item.editions } : {}),
    ...(item.withdrawal ? { withdrawal: { ...item.withdrawal, reason: 'It named somebody.' } } : {}),
  };
}

/** All of the example city once more in English, each item beside its original, some of it in Arabic, and one English item of its own. */
export const foreignItems: readonly LiveItem[] = [
  ...exampleItems,
  live('channel', 'english', '/en/', channelFields('English', 'en', 900, { edition })),
  live('channel', 'arabic', '/ar/', channelFields('العربية', 'ar', 901, { edition: arabic })),
  ...channels.map((item) =>
    translated(item, {
      parent: item.fields.parent === null ? 'english' : foreignOf(item.fields.parent),
      segment: item.fields.segment,
      translates: item.id,
    }),
  ),
  ...documents.map((item) => translated(item, { translates: item.id })),
  live('article', 'en-own', '/en/news/notices/2026/11/19/en-own.html', {
    title: 'Where 临江市 is',
    channel: 'en-notices',
    date: '2026-11-19 09:00',
    source: 'Linjiang Data Bureau',
    summary: 'There is no Chinese page that says this.',
    body: '<p>The name is written 临江市 and means “city by the river”. Nothing else here is Chinese.</p>',
  }),
  live(
    'channel',
    'ar-news',
    '/ar/news/',
    channelFields('الأخبار', 'news', 1, { parent: 'arabic', layout: 'list', translates: 'headlines' }),
  ),
  live('article', 'ar-1', '/ar/news/2026/11/20/ar-1.html', {
    title: 'اكتمال البرج الشمالي لجسر لانشوي الثالث',
    channel: 'ar-news',
    date: '2026-11-20 09:30',
    source: 'مكتب البيانات',
    summary: 'يبلغ ارتفاع البرج 168 مترا.',
    body: '<p>اكتمل البرج الشمالي للجسر، ويكتمل الجسر عام 2028. واسم المدينة بالصينية 临江市.</p><table><tbody><tr><th scope="row">الارتفاع</th><td>168</td></tr></tbody></table>',
    translates: 'news-1',
  }),
];

/** One address for each template in English, and the few in Arabic. */
export function foreignPaths(): readonly PagePath[] {
  const english = Object.values(exampleTemplates).filter((path) => !path.startsWith('/elder/'));
  const own = foreignItems.filter(({ id }) => ['arabic', 'ar-news', 'ar-1', 'en-own'].includes(id));
  return [...english.map((path) => `/en${path}`), ...own.flatMap(({ path }) => path ?? [])];
}

/** The example city with editions in two other languages. */
export function foreignCity(): Source {
  return createMemorySource({ items: foreignItems, bytes: exampleBytes });
}
