import {
  accessibilityResultNames,
  type Block,
  type FieldsOf,
  type Kind,
  type PictureArea,
  type PictureForm,
} from '@chengmen/model';
import { blockName } from './difference/compare-blocks.ts';
import { kindFields, typedField } from './kind-fields.ts';

const labels: Readonly<Record<string, string>> = {
  title: '标题',
  name: '名称',
  channel: '栏目',
  date: '发布时间',
  source: '来源',
  author: '作者',
  summary: '摘要',
  keywords: '关键词',
  image: '题图',
  attachments: '附件',
  body: '正文',
  translates: '译自',
  edition: '外文版',
  altIn: '文字说明（其他语言）',
  pinned: '置顶',
  original: '原地址',
  archived: '归档',
  mending: '修复说明',
  alt: '文字说明',
  crop: '裁剪',
  focus: '焦点',
  uncropped: '未裁剪的原图',
  forms: '各种大小',
  type: '类型',
  size: '字节数',
  hash: '内容哈希',
  owner: '所属栏目',
  parent: '上级栏目',
  segment: '地址段',
  position: '排序',
  description: '说明',
  layout: '版式',
  navigation: '在导航中',
  update: '更新要求',
  mergedInto: '并入栏目',
  captions: '字幕',
  transcript: '文字稿',
  checkedOn: '检验日期',
  facts: '检验结果',
  limits: '已知的不足',
  contact: '联系办法',
  signedBy: '签署人',
  signedOn: '签署日期',
  blocks: '版块',
  words: '常搜词',
  shortName: '简称',
  englishName: '英文名称',
  domain: '域名',
  origin: '网址',
  identificationCode: '网站标识码',
  icp: 'ICP备案号',
  policeFiling: '公安备案号',
  conac: '党政机关网站标识编号',
  sponsor: '主办单位',
  organiser: '承办单位',
  copyright: '版权所有',
  phone: '电话',
  email: '电子邮箱',
  address: '地址',
  postcode: '邮编',
  counter: '窗口网址',
  demonstration: '演示说明',
  hue: '主色',
  logo: '标志',
  footer: '页脚',
  elder: '长者版',
  statistics: '访问统计每天公布',
  security: '安全联络',
  search: '检索',
  traditional: '繁体版',
  home: '首页默认',
  from: '从',
  to: '到',
  note: '备注',
};

/** What a field is called on the desk's pages. */
export function labelOf(kind: Kind, name: string): string {
  const own = kindFields[kind]?.find((one) => one.name === name)?.zh.replace(/（.*）$/, '');
  return own ?? labels[name] ?? name;
}

/** A field's value as a text for people, as it is typed where it can be typed. */
export function fieldText(kind: Kind, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const own = kindFields[kind]?.find((one) => one.name === name && one.name !== 'blocks');
  if (own?.as === 'table') return rowLines(value as readonly (readonly unknown[])[]);
  if (own) return typedField(own, value);
  if (name === 'blocks' && Array.isArray(value)) return blockLines(value as Block[]);
  if (typeof value === 'string') return value;
  if (kind === 'statement') return statementText(name, value);
  if (kind === 'media' && typeof value === 'object') return pictureText(name, value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('、');
  return listed(value) ?? told(value);
}

/** Members of what has several, by what they are called. */
const members: Readonly<Record<string, string>> = {
  language: '语言代码',
  direction: '书写方向',
  languageName: '语言名',
  missing: '没有译文时说',
  variant: '用字',
  names: '固定写法',
  simplified: '简',
  traditional: '繁',
  at: '时间',
  department: '部门',
  expires: '有效到',
  policy: '漏洞处理办法',
  synonyms: '同义词',
  links: '链接',
  focus: '要闻栏目',
  on: '日期',
  why: '理由',
};

/** Whatever it is, in words: a member a line, and what is within one in a row. Blocks are told by themselves. */
function told(value: unknown, within = false): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const parts = Array.isArray(value)
    ? (value as readonly unknown[]).map((one) => told(one, true))
    : Object.entries(value)
        .filter(([name]) => name !== 'blocks')
        .map(([name, one]) => `${members[name] ?? labels[name] ?? name}：${told(one, true)}`);
  return parts.join(within ? '；' : '\n');
}

const rowLines = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => row.map((cell) => String(cell ?? '')).join('｜')).join('\n');

/** Of a picture how it is cut and in which sizes it is kept; its bytes stand beside. */
function pictureText(name: string, value: object): string {
  const size = ({ width, height }: Pick<PictureForm, 'width' | 'height'>): string => `${width} × ${height}`;
  if (name === 'crop') {
    const { left, top, ...area } = value as PictureArea;
    return `从左 ${left}、从上 ${top} 起，${size(area)} 像素`;
  }
  if (name === 'focus') {
    const { x, y } = value as NonNullable<FieldsOf<'media'>['focus']>;
    return `从左 ${x}%、从上 ${y}%`;
  }
  if (name === 'uncropped') return size(value as PictureForm);
  if (name === 'forms') return (value as readonly PictureForm[]).map(size).join('、');
  return told(value);
}

function statementText(name: string, value: unknown): string {
  if (name === 'facts')
    return (value as FieldsOf<'statement'>['facts'])
      .map(({ criterion, zh, result, left }) =>
        [
          `${criterion} ${zh}：${accessibilityResultNames[result].zh}`,
          ...(left === undefined ? [] : [`须由人判断：${left}`]),
        ].join('；'),
      )
      .join('\n');
  const members = Array.isArray(value) ? (value as object[]) : [value as object];
  return members.map((one) => Object.values(one).join('｜')).join('\n');
}

/** Records a line each; of what holds one list alone, that list. */
function listed(value: unknown): string | undefined {
  const [only, ...others] =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [value];
  if (others.length > 0 || !Array.isArray(only)) return undefined;
  const lines = only.map((one: unknown) => (typeof one === 'object' && one !== null ? Object.values(one) : [one]));
  return lines.every((parts) => parts.every((part) => typeof part === 'string'))
    ? lines.map((parts) => parts.join('｜')).join('\n')
    : undefined;
}

/** A block a line, as it is called among others. */
const blockLines = (blocks: readonly Block[]): string =>
  blocks.map((block, at) => `${at + 1}. ${blockName(block).replace(/\{([a-z0-9-]+)\}/, '$1')}`).join('\n');
