import { newTally } from './tally.ts';

/** Something the sanitiser took out, how often, and the beginning of the first one. */
export interface Removal {
  readonly what: string;
  /** The same in English. */
  readonly english: string;
  readonly count: number;
  readonly sample: string;
}

const names = {
  kindeditor: ['KindEditor 编辑器残留', 'KindEditor residue'],
  ueditor: ['UEditor 编辑器残留', 'UEditor residue'],
  ckeditor: ['CKEditor 编辑器残留', 'CKEditor residue'],
  word: ['Word、WPS 残留', 'Word and WPS residue'],
  hidden: ['不显示的内容', 'hidden content'],
  script: ['脚本', 'script'],
  style: ['样式表', 'style sheet'],
  embedded: ['嵌入的内容', 'embedded content'],
  address: ['不允许的链接地址', 'link with a refused address'],
  picture: ['无法引用的图片', 'picture with a refused address'],
  handler: ['事件脚本属性', 'event handler'],
  attribute: ['样式和其他属性', 'styling and other attributes'],
  comment: ['注释', 'comment'],
  element: ['不支持的标签（文字保留）', 'unsupported element (its text is kept)'],
  layout: ['排版用的表格框（内容保留）', 'layout table (its content is kept)'],
  invisible: ['不可见字符', 'invisible character'],
  indent: ['段首段尾空白', 'blank space at the ends of a paragraph'],
  empty: ['空段落', 'empty paragraph'],
} as const;

export type RemovalName = keyof typeof names;

export interface Removals {
  note(name: RemovalName, sample: string): void;
  list(): Removal[];
}

export function newRemovals(): Removals {
  const tally = newTally<RemovalName>(names);
  return {
    note: tally.note,
    list: () => tally.list().map(({ zh, ...counted }) => ({ what: zh, ...counted })),
  };
}
