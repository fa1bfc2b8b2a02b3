import { blockKindOf, blockKinds, type Block, type BlockKind } from '@chengmen/model';
import { typedOf, valuesIn, type SingleField, type TypedField, type TypedGroup } from './typed-form.ts';

const title: SingleField = { name: 'title', zh: '标题', as: 'line', required: true };
const ownTitle: SingleField = { name: 'title', zh: '标题（不写用原名）', as: 'line' };
const channel = (name: string, zh: string, required = true): SingleField => ({ name, zh, as: 'channel', required });
const count = (zh: string, most = 12): SingleField => ({
  name: 'count',
  zh: `${zh}（1–${most}）`,
  as: 'number',
  required: true,
});

/** How each kind of block is typed, and what it is for. */
export const blockForms: Readonly<
  Record<BlockKind, { readonly hint: string; readonly fields: readonly TypedField[] }>
> = {
  focus: {
    hint: '最新的要闻，有图的一条放大，其余并列。',
    fields: [channel('channel', '栏目（不选用本页的）', false)],
  },
  channel: {
    hint: '一个栏目里最新的几条，按那个栏目的模板。',
    fields: [channel('channel', '栏目'), count('条数'), ownTitle],
  },
  services: {
    hint: '办事指南按生活事件归类，每类一块。',
    fields: [channel('channel', '办事栏目'), count('生活事件数'), ownTitle],
  },
  policies: {
    hint: '政策文件和政策解读并排。',
    fields: [channel('policies', '政策栏目'), channel('interpretations', '解读栏目'), count('条数')],
  },
  interaction: {
    hint: '写信、查进度、纠错的入口，和由已公开来信算出的数字。',
    fields: [
      channel('letters', '来信栏目'),
      channel('consultations', '征集栏目', false),
      channel('questions', '问答栏目', false),
    ],
  },
  items: {
    hint: '手工挑选的条目，按这里的次序。',
    fields: [
      title,
      {
        name: 'as',
        zh: '样式',
        as: 'choice',
        choices: [
          ['lines', '一行一条'],
          ['cards', '图片卡片'],
        ],
      },
      {
        ...{ name: 'items', zh: '条目', as: 'rows', most: 12, flat: true, required: true },
        parts: [{ name: 'item', zh: '条目', as: 'document' }],
      },
    ],
  },
  text: {
    hint: '几段文字。',
    fields: [title, { name: 'paragraphs', zh: '正文（一行一段）', as: 'paragraphs', required: true }],
  },
  pictures: {
    hint: '只有一张时是横幅。文字说明（替代文字）用媒体库里的；有链接的要写图说。',
    fields: [
      { ...title, required: false },
      {
        ...{ name: 'pictures', zh: '图片', as: 'rows', most: 12, required: true },
        parts: [
          { name: 'picture', zh: '图片', as: 'picture', required: true },
          { name: 'caption', zh: '图说', as: 'line' },
          { name: 'address', zh: '链接', as: 'address' },
        ],
      },
    ],
  },
  links: {
    hint: '醒目的入口。通往政府网站以外的，页面上会注明。',
    fields: [
      title,
      {
        ...{ name: 'links', zh: '链接', as: 'rows', most: 12, required: true },
        parts: [
          { name: 'name', zh: '名称', as: 'line', required: true },
          { name: 'note', zh: '说明', as: 'line' },
          { name: 'address', zh: '地址', as: 'address', required: true },
        ],
      },
    ],
  },
  facts: {
    hint: '一项一行，名称和数字都手填。',
    fields: [
      title,
      {
        ...{ name: 'facts', zh: '数字', as: 'rows', most: 12, required: true },
        parts: [
          { name: 'name', zh: '名称', as: 'line', required: true },
          { name: 'value', zh: '数字', as: 'line', required: true },
        ],
      },
    ],
  },
  figures: {
    hint: '从数据集里取数，数据集更新，这里也更新。',
    fields: [
      { name: 'dataset', zh: '数据集', as: 'dataset', required: true },
      {
        ...{ name: 'by', zh: '取哪些数', as: 'choice', required: true },
        choices: [
          ['column', '最后一行，每列一个数'],
          ['row', '第一个数字列，每行一个数'],
        ],
      },
      count('个数', 8),
      ownTitle,
    ],
  },
  timeline: {
    hint: '按日期排的节点，已完成的打勾。',
    fields: [
      title,
      {
        ...{ name: 'events', zh: '节点', as: 'rows', most: 40, required: true },
        parts: [
          { name: 'date', zh: '日期', as: 'date', required: true },
          { name: 'text', zh: '内容', as: 'line', required: true },
          { name: 'done', zh: '完成', as: 'yes' },
        ],
      },
    ],
  },
  list: {
    hint: '这个栏目自己的内容，按它的模板。没有这一块，栏目页上就只有其他版块（按月归档还在）。',
    fields: [{ name: 'title', zh: '标题（可不写）', as: 'line' }],
  },
};

export const isBlockKind = (name: string): name is BlockKind => Object.hasOwn(blockKinds, name);

/** A block as it stands in the form. */
export interface TypedBlock {
  readonly key: string;
  readonly show: BlockKind;
  readonly typed: TypedGroup;
}

export function typedBlock(block: Block, key: string): TypedBlock {
  const show = blockKindOf(block);
  return { key, show, typed: typedOf(blockForms[show].fields, block) };
}

/** What was typed as a block; the model says whether it is one. */
export function blockIn({ show, typed }: TypedBlock): Record<string, unknown> {
  return { show, ...valuesIn(blockForms[show].fields, typed) };
}

/** What a new block begins with. */
export function emptyBlock(show: BlockKind, key: string): TypedBlock {
  const numbers = show === 'services' ? '8' : '4';
  const begun = typedOf(blockForms[show].fields, { by: 'column', as: 'lines' });
  const withRows = Object.fromEntries(
    blockForms[show].fields.map((field) => [
      field.name,
      field.as === 'rows' && field.parts[0]?.as !== 'document' ? [{ key: 'r1', typed: {} }] : (begun[field.name] ?? ''),
    ]),
  );
  return { key, show, typed: 'count' in withRows ? { ...withRows, count: numbers } : withRows };
}
