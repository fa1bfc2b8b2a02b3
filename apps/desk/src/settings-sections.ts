import { several } from './desk-forms.ts';
import type { ChannelCardOf } from './settings-routes.ts';
import type { FieldsOf } from '@chengmen/model';
import type { Section } from './section-forms.ts';
import type { TypedField } from './typed-form.ts';

type Site = FieldsOf<'site'>;
type Values = Record<string, unknown>;

/** A part of the site's settings that is edited by itself. */
export interface SettingsSection extends Section {
  /** As it stands in the form. */
  readonly from: (site: Site, top: readonly ChannelCardOf[]) => Values;
  /** The settings with what was typed. */
  readonly with: (site: Site, values: Values) => Record<string, unknown>;
}

const line = (name: keyof Site, zh: string, hint?: string): TypedField => ({
  ...{ name, zh, as: 'line', required: true },
  ...(hint === undefined ? {} : { hint }),
});

/** Fields of the settings that are typed as they are; what is left empty is taken out. */
function plain(fields: readonly TypedField[]): Pick<SettingsSection, 'fields' | 'from' | 'with'> {
  const names = fields.map(({ name }) => name);
  return {
    fields,
    from: (site) => Object.fromEntries(names.map((name) => [name, site[name as keyof Site]])),
    with: (site, values) => ({ ...without(site, names), ...values }),
  };
}

const without = (site: Site, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(site).filter(([name]) => !names.includes(name)));

/** Main colours by their place on the wheel; the theme moves each in lightness until its contrast holds. */
export const hues: readonly (readonly [hue: string, zh: string])[] = [
  ['12', '绛红'],
  ['28', '朱砂'],
  ['55', '琥珀'],
  ['95', '秋香'],
  ['135', '竹青'],
  ['160', '松绿'],
  ['185', '水绿'],
  ['215', '江青（默认）'],
  ['240', '湖蓝'],
  ['262', '靛蓝'],
  ['295', '紫藤'],
  ['345', '玫红'],
];

const links: readonly TypedField[] = [
  {
    ...{ name: 'links', zh: '链接', as: 'rows', most: 20 },
    parts: [
      { name: 'name', zh: '名称', as: 'line', required: true },
      { name: 'address', zh: '地址', as: 'address', required: true },
    ],
  },
];

export const sections: Readonly<Record<string, SettingsSection>> = {
  identity: {
    ...{ zh: '基本信息', en: 'Identity' },
    about: '网站名称、主办单位和备案号，显示在每一页。',
    ...plain([
      line('name', '网站名称'),
      line('shortName', '简称'),
      line('englishName', '英文名称'),
      line('domain', '域名'),
      line('origin', '网址（https://…，末尾不带 /）'),
      line('identificationCode', '网站标识码'),
      line('icp', 'ICP备案号'),
      line('policeFiling', '公安备案号'),
      line('conac', '党政机关网站标识编号'),
      line('sponsor', '主办单位'),
      line('organiser', '承办单位'),
      line('copyright', '版权所有'),
      line('phone', '电话'),
      line('email', '电子邮箱'),
      line('address', '地址'),
      line('postcode', '邮编'),
      { name: 'counter', zh: '窗口（写信、纠错）的网址', as: 'line' },
      { name: 'demonstration', zh: '演示网站的说明（正式网站不写）', as: 'line' },
    ]),
  },
  look: {
    ...{ zh: '颜色与标志', en: 'Look' },
    about: '一个主色，其余颜色由它推出并保证对比度；标志显示在页头和浏览器标签上。',
    fields: [
      { name: 'hue', zh: '主色', as: 'choice', choices: [['', '默认'], ...hues] },
      { name: 'logo', zh: '标志（媒体库里的图片）', as: 'picture' },
    ],
    from: ({ hue, logo }) => ({ hue: hue === undefined ? '' : String(hue), logo }),
    with: (site, { hue, logo }) => ({
      ...without(site, ['hue', 'logo']),
      ...(hue === undefined ? {} : { hue: Number(hue) }),
      ...(logo === undefined ? {} : { logo }),
    }),
  },
  navigation: {
    ...{ zh: '导航', en: 'Navigation' },
    about: '页头的一行，按这里的次序；每项选一个一级栏目，或写名称和地址。全部删去就按栏目自己的“在导航里”。',
    fields: [
      {
        ...{ name: 'navigation', zh: '导航项', as: 'rows', most: 16 },
        parts: [
          { name: 'channel', zh: '一级栏目', as: 'channel' },
          { name: 'name', zh: '或：名称', as: 'line' },
          { name: 'address', zh: '地址', as: 'address' },
        ],
      },
    ],
    from: ({ navigation }, top) => ({
      navigation: navigation ?? top.filter((channel) => channel.navigation).map(({ id }) => ({ channel: id })),
    }),
    with: (site, { navigation }) => ({
      ...without(site, ['navigation']),
      ...(navigation === undefined ? {} : { navigation: (navigation as Values[]).map(entryOf) }),
    }),
  },
  footer: {
    ...{ zh: '页脚', en: 'Footer' },
    about: '联系我们、网站地图等五个固定链接之后的链接。主办单位、备案号等在“基本信息”。',
    fields: links,
    from: ({ footer }) => ({ links: footer?.links ?? [] }),
    with: (site, { links: all }) => ({
      ...without(site, ['footer']),
      ...(all === undefined ? {} : { footer: { links: all } }),
    }),
  },
  elder: {
    ...{ zh: '长者版', en: 'Version for older readers' },
    about: '有大字简版的栏目，按这里的次序显示在长者版首页。一个也不选就没有长者版。',
    fields: [
      {
        ...{ name: 'channels', zh: '栏目', as: 'rows', most: 100, flat: true },
        parts: [{ name: 'channel', zh: '栏目', as: 'channel', required: true }],
      },
    ],
    from: ({ elder }) => ({ channels: elder?.channels ?? [] }),
    with: (site, { channels }) => ({
      ...without(site, ['elder']),
      ...(channels === undefined ? {} : { elder: { channels } }),
    }),
  },
  statistics: {
    ...{ zh: '访问统计每天公布', en: 'Visit statistics, each day' },
    about: '三审通过这些设置，就是同意访问统计的数字每天到时自动公布，不再逐次审签。三项都空着就不自动公布。',
    fields: [
      { name: 'at', zh: '时间（北京时间）', as: 'line', hint: '03:10；不早于 00:05。' },
      { name: 'channel', zh: '数据集所在的栏目', as: 'channel' },
      { name: 'department', zh: '发布的部门', as: 'document' },
    ],
    from: ({ statistics }) => ({ ...statistics }),
    with: (site, values) => ({
      ...without(site, ['statistics']),
      ...(Object.keys(values).length === 0 ? {} : { statistics: values }),
    }),
  },
  traditional: {
    ...{ zh: '繁体版', en: 'Traditional edition' },
    about: '每一页都有繁体的一份，按词转换。转换不该动的名字（人名、地名、品牌）和转错了的说法写在这里，全站照此。',
    fields: [
      {
        name: 'variant',
        zh: '用字',
        as: 'choice',
        choices: [
          ['', '没有繁体版'],
          ['hk', '香港'],
          ['tw', '台湾'],
        ],
      },
      { name: 'names', zh: '固定写法（一行一个，简体=繁體）', as: 'paragraphs', hint: '例如 于谦=于謙' },
    ],
    from: ({ traditional }) => ({
      variant: traditional?.variant,
      names: (traditional?.names ?? []).map((name) => `${name.simplified}=${name.traditional}`),
    }),
    with: (site, { variant, names }) => ({
      ...without(site, ['traditional']),
      ...(variant === undefined && names === undefined ? {} : { traditional: { variant, ...namesOf(names) } }),
    }),
  },
  security: {
    ...{ zh: '安全联络', en: 'Security contact' },
    about:
      '发现安全漏洞的人往哪里报告，公布在 /.well-known/security.txt。期满以前要改一次日期，表示还有人管；都空着就不公布。',
    fields: [
      { name: 'contact', zh: '邮箱或网址（https://…）', as: 'line' },
      { name: 'expires', zh: '有效到', as: 'date', hint: '不超过一年为好。' },
      { name: 'policy', zh: '漏洞处理办法的网址', as: 'line' },
    ],
    from: ({ security }) => ({ ...security }),
    with: (site, values) => ({
      ...without(site, ['security']),
      ...(Object.keys(values).length === 0 ? {} : { security: values }),
    }),
  },
  home: {
    ...{ zh: '要闻栏目', en: 'Channel of the headlines' },
    about: '首页的“要闻”版块没有写栏目时，取这一个栏目的。',
    fields: [{ name: 'focus', zh: '要闻栏目', en: 'Channel of the headlines', as: 'channel', required: true }],
    from: ({ home }) => ({ focus: home.focus }),
    with: (site, { focus }) => ({ ...site, home: { ...site.home, focus } }),
  },
  search: {
    ...{ zh: '检索同义词', en: 'Synonyms of the search' },
    about: '一行一组，组里的词互相找得到。',
    fields: [
      {
        ...{ name: 'synonyms', zh: '同义词（一行一组，用、隔开）', as: 'paragraphs' },
      },
    ],
    from: ({ search }) => ({ synonyms: (search?.synonyms ?? []).map((group) => group.join('、')) }),
    with: (site, { synonyms }) => ({
      ...without(site, ['search']),
      ...(synonyms === undefined ? {} : { search: { ...site.search, synonyms: (synonyms as string[]).map(several) } }),
    }),
  },
};

/** What a site that has no settings needs to have any: who it is, and from which channel its headlines come. */
export const firstSettings: SettingsSection = {
  ...{ zh: '首次设置', en: 'First settings' },
  about: '这个网站还没有设置。填好这一页，三审通过后才有网页；其余设置以后再加。要闻栏目要先建好。',
  fields: [...(sections['identity']?.fields ?? []), ...(sections['home']?.fields ?? [])],
  from: () => ({}),
  with: (_, { focus, ...identity }) => ({ ...identity, home: { focus, blocks: [] } }),
};

/** What has no second form is left for the model to refuse. */
const namesOf = (lines: unknown): Values =>
  lines === undefined
    ? {}
    : {
        names: (lines as string[]).map((line) => {
          const [simplified = '', ...rest] = line.split(/[=＝]/);
          return { simplified: simplified.trim(), traditional: rest.join('=').trim() };
        }),
      };

/** A channel, or a link of its own. */
const entryOf = ({ channel, name, address }: Values): Values =>
  channel === undefined
    ? { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) }
    : { channel };
