import { updateClasses, isPlayedType, type FieldsOf, type Kind } from '@chengmen/model';
import { layoutNames, updateNames } from './pages/channel.ts';
import type { Section } from './section-forms.ts';
import type { TypedField } from './typed-form.ts';

type Values = Record<string, unknown>;

/** A part of an item that is no document, with how it is read into the form and out of it. */
export interface ItemSection extends Section {
  readonly values: Values;
  /** The item with what was typed; what the form does not show is as it was. */
  readonly with: (values: Values) => Values;
}

/** A language that pictures are described in besides Chinese. */
export interface Language {
  readonly tag: string;
  readonly name: string;
}

/** The parts in which an item is edited, by their names in the address; none of a kind that has a form of its own. */
export function itemSections(
  { kind, fields }: { readonly kind: Kind; readonly fields: object },
  { languages, live }: { readonly languages: readonly Language[]; /** The public has it. */ readonly live: boolean },
): Readonly<Record<string, ItemSection>> {
  if (kind === 'media') return { media: mediaSection(fields as FieldsOf<'media'>, languages) };
  if (kind !== 'channel') return {};
  const channel = fields as FieldsOf<'channel'>;
  const place = {
    place: plain(channel, placeFields, { zh: '地址和位置', en: 'Address and place', about: '开通以前可以在这里改。' }),
  };
  return {
    channel: plain(channel, channelFields, {
      zh: '栏目',
      en: 'Channel',
      about: '名称、说明和版式。版块在“版面”里改。',
    }),
    // Once it is open, moving it has a screen that tells which addresses go along.
    ...(live
      ? {}
      : { place: { ...place.place, with: (values: Values) => ({ parent: null, ...place.place.with(values) }) } }),
    ...(channel.parent === null ? { edition: editionSection(channel) } : {}),
  };
}

const without = (fields: object, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Fields that are typed as they are; what is left empty is taken out. */
function plain(fields: object, form: readonly TypedField[], said: Pick<Section, 'zh' | 'en' | 'about'>): ItemSection {
  const names = form.map(({ name }) => name);
  return { ...said, fields: form, values: { ...fields }, with: (values) => ({ ...without(fields, names), ...values }) };
}

function mediaSection(fields: FieldsOf<'media'>, languages: readonly Language[]): ItemSection {
  const { altIn = {}, type } = fields;
  const named = new Map([
    ...Object.keys(altIn).map((tag) => [tag, tag] as const),
    ...languages.map(({ tag, name }) => [tag, name] as const),
  ]);
  const inLanguages = [...named].map(([tag, name]): TypedField => ({
    ...{ name: `alt-${tag}`, zh: `文字说明（${name}）`, en: `Description in ${name}`, as: 'text' },
  }));
  const form = [
    ...mediaFields,
    ...inLanguages,
    ...(isPlayedType(type) ? playedFields : []),
    ...(type.startsWith('video/') ? [poster] : []),
  ];
  const names = [...form.map(({ name }) => name), 'altIn'];
  return {
    ...{ zh: '图片附件', en: 'Picture or file', fields: form },
    about: '名称、说明和归属。换文件、裁剪另有界面。',
    values: { ...fields, ...Object.fromEntries(Object.entries(altIn).map(([tag, alt]) => [`alt-${tag}`, alt])) },
    with: (values) => {
      const said = inLanguages.flatMap(({ name }) =>
        values[name] === undefined ? [] : [[name.slice('alt-'.length), values[name]] as const],
      );
      return {
        ...without(fields, names),
        ...{
          alt: '',
          ...without(
            values,
            inLanguages.map(({ name }) => name),
          ),
        },
        ...(said.length > 0 ? { altIn: Object.fromEntries(said) } : {}),
      };
    },
  };
}

const mediaFields: readonly TypedField[] = [
  { name: 'title', zh: '名称', en: 'Name', as: 'line', required: true },
  {
    ...{ name: 'alt', zh: '文字说明（替代文字）', en: 'Description', as: 'text' },
    hint: '图中是什么，给看不到图的人；图片没有它通不过终审。',
  },
  { name: 'owner', zh: '所属栏目', en: 'Channel', as: 'channel', hint: '在那里有角色的人可以改它；不选就是全站的。' },
  { name: 'name', zh: '保存时的文件名', en: 'File name', as: 'line', hint: '读者下载时看到的名字，带扩展名。' },
];
const playedFields: readonly TypedField[] = [
  { name: 'captions', zh: '字幕', en: 'Captions', as: 'captions', hint: '先把 WebVTT 文件（.vtt）上传到媒体库。' },
  { name: 'transcript', zh: '文字稿', en: 'Transcript', as: 'text', hint: '说的和看到的，一行一段。' },
];
const poster: TypedField = {
  ...{ name: 'image', zh: '封面', en: 'Poster', as: 'picture', hint: '播放以前显示的图片。' },
};

const named = (names: Readonly<Record<string, string>>): (readonly [string, string])[] => Object.entries(names);

const channelFields: readonly TypedField[] = [
  { name: 'name', zh: '名称', en: 'Name', as: 'line', required: true },
  { name: 'type', zh: '栏目类别（ColumnType）', en: 'Column type', as: 'line', required: true },
  { name: 'description', zh: '栏目说明（ColumnDescription）', en: 'Description', as: 'line', required: true },
  { name: 'keywords', zh: '关键词（用、隔开）', en: 'Keywords', as: 'words', required: true },
  { name: 'layout', zh: '模板', en: 'Template', as: 'choice', required: true, choices: named(layoutNames) },
  {
    ...{ name: 'update', zh: '更新要求', en: 'Kept up to date', as: 'choice' },
    choices: [['', '未设'], ...updateClasses.map((one) => [one, updateNames[one]] as const)],
  },
  { name: 'navigation', zh: '在导航里', en: 'In the navigation', as: 'yes' },
  {
    ...{ name: 'translates', zh: '对应的中文栏目', en: 'Stands for', as: 'channel' },
    hint: '只有外文版里的栏目填：它对应中文版的哪一个。',
  },
];
const placeFields: readonly TypedField[] = [
  { name: 'segment', zh: '地址段（小写字母、数字、-）', en: 'Address', as: 'line', required: true },
  { name: 'parent', zh: '上级栏目', en: 'Below', as: 'channel', hint: '不选就在首页之下。' },
  { name: 'position', zh: '序号（同级中从小到大）', en: 'Position', as: 'number', required: true },
];

/** 外文版: what its pages say of the site in their language, and what stands on its home page besides the blocks. */
function editionSection(channel: FieldsOf<'channel'>): ItemSection {
  const { edition } = channel;
  const phrases = Object.entries(edition?.words ?? {});
  const kept = phrases.filter((one) => !isLine(one));
  const { home } = edition ?? {};
  return {
    ...{ zh: '外文版', en: 'Edition in another language', fields: editionFields },
    about: '这个栏目和下面的都是这种语言；都空着就不是外文版。首页版块在“版面”里改。',
    paths: { 'edition.words': 'phrases', 'edition.home.words': 'words' },
    values: {
      ...edition,
      ...{ focus: home?.focus, words: home?.words },
      phrases: phrases.filter(isLine).map(([zh, said]) => `${zh}=${said}`),
    },
    with: ({ focus, words, phrases: lines = [], ...said }) => {
      const rest = without(channel, ['edition']);
      const spoken = [...kept, ...spokenIn(lines as readonly string[])];
      if ([focus, words, ...spoken, ...Object.values(said)].every((value) => value === undefined)) return rest;
      return {
        ...rest,
        edition: {
          ...said,
          home: {
            blocks: home?.blocks ?? [],
            ...(focus === undefined ? {} : { focus }),
            ...(words === undefined ? {} : { words }),
          },
          ...(spoken.length === 0 ? {} : { words: Object.fromEntries(spoken) }),
        },
      };
    },
  };
}

/** Whether a line says it as it is. */
const isLine = ([zh, said]: readonly [string, string]): boolean =>
  ![zh, said].some((text) => /[\r\n]/.test(text) || text !== text.trim()) && !/[=＝]/.test(zh);

/** What has no second half, or was said before, is left empty for the model to refuse. */
function spokenIn(lines: readonly string[]): (readonly [string, string])[] {
  const said = new Map<string, string>();
  for (const line of lines) {
    const [, zh = line, text = ''] = /^([^=＝]*)[=＝]([^]*)$/.exec(line) ?? [];
    said.set(zh.trim(), said.has(zh.trim()) ? '' : text.trim());
  }
  return [...said];
}

const editionLine = (name: string, zh: string, en: string, required = true, hint?: string): TypedField => ({
  ...{ name, zh, en, as: 'line', required },
  ...(hint === undefined ? {} : { hint }),
});
const editionFields: readonly TypedField[] = [
  editionLine('language', '语言代码', 'Language tag', true, 'BCP 47：en、fr、ar、pt-BR。'),
  {
    ...{ name: 'direction', zh: '书写方向', en: 'Direction', as: 'choice' },
    choices: [
      ['', '默认（从左到右）'],
      ['ltr', '从左到右'],
      ['rtl', '从右到左'],
    ],
  },
  editionLine('languageName', '语言名（用它自己的文字）', 'Name of the language', true, '切换处显示，例如 English。'),
  editionLine('missing', '没有译文时说的话', 'Said where there is no translation', true, '用这种语言写。'),
  editionLine('name', '网站名称', 'Name of the site'),
  editionLine('shortName', '简称', 'Short name'),
  editionLine('sponsor', '主办单位', 'Sponsor'),
  editionLine('organiser', '承办单位', 'Organiser'),
  editionLine('copyright', '版权所有', 'Copyright'),
  editionLine('address', '地址', 'Address'),
  editionLine('phone', '电话', 'Telephone', false, '空着用网站的。'),
  editionLine('email', '电子邮箱', 'Email', false, '空着用网站的。'),
  editionLine('demonstration', '演示网站的说明', 'Note on a demonstration', false, '正式网站不写。'),
  { name: 'focus', zh: '要闻栏目', en: 'Channel of the headlines', as: 'channel', required: true },
  { name: 'words', zh: '常搜词（用、隔开，最多 8 个）', en: 'Words often looked for', as: 'words' },
  {
    ...{ name: 'phrases', zh: '页面用语（一行一个，中文=译文）', en: 'Words of the pages', as: 'paragraphs' },
    hint: '例如 更多=More。没有写的用英文；一句只写一次。',
  },
];
