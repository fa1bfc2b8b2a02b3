import { accessibilityResultNames, type FieldsOf, type Kind } from '@chengmen/model';
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
};

/** What a field is called on the desk's pages. */
export function labelOf(kind: Kind, name: string): string {
  const own = kindFields[kind]?.find((one) => one.name === name)?.zh.replace(/（.*）$/, '');
  return own ?? labels[name] ?? name;
}

/** A field's value as a text for people, as it is typed where it can be typed. */
export function fieldText(kind: Kind, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const own = kindFields[kind]?.find((one) => one.name === name);
  if (own) return typedField(own, value);
  if (typeof value === 'string') return value;
  if (kind === 'statement') return statementText(name, value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('、');
  return JSON.stringify(value, null, 1);
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
