import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, type FieldsOf } from '@chengmen/model';
import { fieldProblems } from './field-problems.ts';
import { itemSections } from './item-sections.ts';
import { typedOf, valuesIn, type TypedGroup } from './typed-form.ts';

const hash = 'a'.repeat(64);
const form = { hash, type: 'image/webp', width: 20, height: 10, size: 5 } as const;
const film: FieldsOf<'media'> = {
  ...{ title: '江堤', owner: 'news', hash, type: 'video/mp4', alt: '', size: 9, name: '江堤.mp4', image: 'tu-1' },
  ...{
    captions: 'zimu',
    transcript: '播音员：\n水涨了。',
    altIn: { en: 'The dyke', 'pt-BR': 'O dique' },
    madeBy: 'x 1',
  },
  ...{ width: 20, height: 10, focus: { x: 10, y: 20 }, crop: { left: 0, top: 0, width: 5, height: 5 } },
  ...{ forms: [form], uncropped: form },
};
const channel: FieldsOf<'channel'> = {
  ...{
    name: 'English',
    segment: 'en',
    parent: null,
    position: 1.5,
    type: '外文版',
    description: '英文',
    layout: 'landing',
  },
  ...{ keywords: ['甲', '乙'], navigation: false, update: 'year', mergedInto: 'other', translates: 'news' },
  blocks: [{ show: 'text', title: '丁', paragraphs: ['戊'] }],
  edition: {
    ...{
      language: 'en',
      direction: 'ltr',
      languageName: 'English',
      missing: 'Not yet.',
      name: 'City',
      shortName: 'City',
    },
    ...{
      sponsor: 'Office',
      organiser: 'Bureau',
      copyright: 'City',
      address: 'Road 1',
      phone: '+86',
      email: 'a@a.example',
    },
    demonstration: 'No real city',
    home: { focus: 'en-news', words: ['Tax'], blocks: [{ show: 'focus' }] },
    words: { 更多: 'More = all', '一=二': 'kept', '两行\n': 'a\nb' },
  },
};
const around = { languages: [{ tag: 'en', name: 'English' }], live: false };
const partOf = (kind: 'media' | 'channel', fields: object, part: string) =>
  itemSections({ kind, fields }, around)[part] ?? assert.fail(part);

test('itemSections: each part, typed as it stands, leaves the item as it was, with all the form does not show', () => {
  for (const [kind, fields] of [
    ['media', film],
    ['channel', channel],
    ['media', { title: '表', hash, type: 'text/csv', alt: '', size: 3, charset: 'gb18030' }],
    ['channel', { ...channel, parent: 'news', edition: undefined }],
  ] as const) {
    const item = JSON.parse(JSON.stringify(fields)) as object;
    assert.equal(kinds[kind].safeParse(item).error, undefined);
    const parts = Object.entries(itemSections({ kind, fields: item }, around));
    assert.ok(parts.length > 0);
    for (const [name, { fields: asked, values, with: into }] of parts)
      assert.deepEqual(into(valuesIn(asked, typedOf(asked, values))), item, `${kind} ${name}`);
  }
  assert.deepEqual(Object.keys(itemSections({ kind: 'channel', fields: channel }, { ...around, live: true })), [
    'channel',
    'edition',
  ]);
  assert.deepEqual(itemSections({ kind: 'redirect', fields: {} }, around), {});
});

test('itemSections: every field of a picture and of a channel is typed in a form, or said here to be made elsewhere', () => {
  const elsewhere = {
    media: [
      'hash',
      'type',
      'width',
      'height',
      'size',
      'charset',
      'forms',
      'madeBy',
      'crop',
      'uncropped',
      'focus',
      'altIn',
    ],
    channel: ['blocks', 'mergedInto', 'edition'],
  };
  for (const kind of ['media', 'channel'] as const) {
    const parts = itemSections({ kind, fields: kind === 'media' ? film : channel }, around);
    const asked = Object.entries(parts)
      .filter(([name]) => name !== 'edition')
      .flatMap(([, { fields }]) => fields.map(({ name }) => name))
      .filter((name) => !name.startsWith('alt-'));
    assert.deepEqual([...asked, ...elsewhere[kind]].sort(), Object.keys(kinds[kind].shape).sort());
  }
  const { fields } = partOf('channel', channel, 'edition');
  const shape = kinds.channel.shape.edition.unwrap().shape;
  const names = [...Object.keys(shape).filter((name) => name !== 'home'), 'focus', 'phrases'];
  assert.deepEqual(fields.map(({ name }) => name).sort(), names.sort());
});

test('itemSections: an edition that is emptied is none; words without a second half, or said twice, are refused where they stand', () => {
  const { fields, values, with: into, paths = {} } = partOf('channel', channel, 'edition');
  const plain = { ...channel, edition: { ...channel.edition, words: { 更多: 'More' } } };
  assert.equal('edition' in partOf('channel', plain, 'edition').with({}), false);
  const problems = (changed: TypedGroup): string[] => {
    const typed = { ...typedOf(fields, values), ...changed };
    return fieldProblems('channel', into(valuesIn(fields, typed)), { form: fields, typed, paths }).map(
      ({ input, called, zh }) => `${input} ${called} ${zh}`,
    );
  };
  assert.deepEqual(problems({}), []);
  assert.deepEqual(problems({ phrases: '更多=More\n上一页' }), ['phrases 页面用语“上一页” 不合要求']);
  assert.deepEqual(problems({ phrases: '更多=More\n更多=Mehr' }), ['phrases 页面用语“更多” 不合要求']);
  assert.deepEqual(problems({ language: 'zh', name: ' ', words: '九'.repeat(201), focus: '' }), [
    'language 语言代码 不合要求',
    'name 网站名称 没有填',
    'focus 要闻栏目 没有填',
    'words 常搜词 太长或太多',
  ]);
});
