import type { ChainedCommands, Editor } from '@tiptap/core';

/** What a dialog or a bar is open for. */
export type Asking =
  'link' | 'picture' | 'attachment' | 'note' | 'number' | 'caption' | 'shortcuts' | 'find' | 'import';

/** Something an editor can do, once for the bar, the keys and their overview. */
export interface Action {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** As `Mod-Alt-2`; Mod is Ctrl, on a Mac ⌘. */
  readonly keys?: string;
  readonly run: (editor: Editor, ask: (what: Asking) => void) => void;
  readonly active?: (editor: Editor) => boolean;
  readonly can?: (editor: Editor) => boolean;
}

type Step = (chain: ChainedCommands) => ChainedCommands;

const doing =
  (step: Step): Action['run'] =>
  (editor) => {
    step(editor.chain().focus()).run();
  };
const able =
  (step: Step): Required<Action>['can'] =>
  (editor) =>
    step(editor.can().chain()).run();
const both = (step: Step): Pick<Action, 'run' | 'can'> => ({ run: doing(step), can: able(step) });
const asking =
  (what: Asking): Action['run'] =>
  (_editor, ask) => {
    ask(what);
  };
const mark = (id: string, zh: string, en: string, keys?: string): Action => ({
  ...{ id, zh, en },
  ...(keys === undefined ? {} : { keys }),
  run: doing((chain) => chain.toggleMark(id)),
  active: (editor) => editor.isActive(id),
});

export const levels = [
  { level: 0, zh: '正文', en: 'Text' },
  { level: 2, zh: '一级标题', en: 'Heading 1' },
  { level: 3, zh: '二级标题', en: 'Heading 2' },
  { level: 4, zh: '三级标题', en: 'Heading 3' },
] as const;

const level = ({ level, zh, en }: (typeof levels)[number]): Action => ({
  id: `level-${level}`,
  ...{ zh, en },
  keys: `Mod-Alt-${level === 0 ? 0 : level - 1}`,
  run: doing((chain) => (level === 0 ? chain.setParagraph() : chain.setHeading({ level }))),
  active: (editor) => (level === 0 ? editor.isActive('paragraph') : editor.isActive('heading', { level })),
});

export const headings: readonly Action[] = levels.map(level);

/** The bar, in groups. */
export const bar: readonly (readonly Action[])[] = [
  [
    { id: 'undo', zh: '撤销', en: 'Undo', keys: 'Mod-z', ...both((chain) => chain.undo()) },
    { id: 'redo', zh: '重做', en: 'Redo', keys: 'Mod-Shift-z', ...both((chain) => chain.redo()) },
  ],
  [
    mark('bold', '加粗', 'Bold', 'Mod-b'),
    mark('italic', '倾斜', 'Italic', 'Mod-i'),
    mark('sup', '上标', 'Superscript', 'Mod-.'),
    mark('sub', '下标', 'Subscript', 'Mod-,'),
    {
      ...{ id: 'plain', zh: '清除格式', en: 'Clear formatting', keys: 'Mod-\\' },
      run: doing((chain) => chain.unsetAllMarks()),
    },
  ],
  [
    {
      ...{ id: 'bullets', zh: '项目', en: 'Bullets', keys: 'Mod-Shift-8' },
      run: doing((chain) => chain.toggleBulletList()),
      active: (editor) => editor.isActive('bulletList'),
    },
    {
      ...{ id: 'numbers', zh: '编号', en: 'Numbers', keys: 'Mod-Shift-7' },
      run: doing((chain) => chain.toggleOrderedList()),
      active: (editor) => editor.isActive('orderedList'),
    },
    {
      ...{ id: 'quotation', zh: '引文', en: 'Quotation', keys: 'Mod-Shift-b' },
      run: doing((chain) => chain.toggleBlockquote()),
      active: (editor) => editor.isActive('blockquote'),
    },
    { id: 'rule', zh: '分隔线', en: 'Rule', ...both((chain) => chain.setHorizontalRule()) },
  ],
  [
    {
      ...{ id: 'link', zh: '链接', en: 'Link', keys: 'Mod-k' },
      run: asking('link'),
      active: (editor) => editor.isActive('link'),
    },
    { id: 'picture', zh: '图片', en: 'Picture', keys: 'Mod-Alt-p', run: asking('picture') },
    { id: 'attachment', zh: '附件', en: 'Attachment', keys: 'Mod-Alt-a', run: asking('attachment') },
    {
      ...{ id: 'table', zh: '表格', en: 'Table', keys: 'Mod-Alt-t' },
      run: doing((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
      can: (editor) => !editor.isActive('table'),
    },
    {
      ...{ id: 'note', zh: '脚注', en: 'Footnote', keys: 'Mod-Alt-f' },
      run: asking('note'),
      active: (editor) => editor.isActive('note'),
    },
    { id: 'number', zh: '文号〔〕', en: 'Document number', keys: 'Mod-Alt-n', run: asking('number') },
  ],
  [
    { id: 'import', zh: '导入 Word', en: 'Import Word', keys: 'Mod-Alt-o', run: asking('import') },
    { id: 'find', zh: '查找替换', en: 'Find and replace', keys: 'Mod-f', run: asking('find') },
    { id: 'shortcuts', zh: '快捷键', en: 'Keys', keys: 'Mod-/', run: asking('shortcuts') },
  ],
];

/** Offered while the caret stands in a table. */
export const tableBar: readonly Action[] = [
  { id: 'row-before', zh: '上方加行', en: 'Row above', ...both((chain) => chain.addRowBefore()) },
  { id: 'row-after', zh: '下方加行', en: 'Row below', ...both((chain) => chain.addRowAfter()) },
  { id: 'row-gone', zh: '删行', en: 'Delete row', ...both((chain) => chain.deleteRow()) },
  { id: 'column-before', zh: '左边加列', en: 'Column before', ...both((chain) => chain.addColumnBefore()) },
  { id: 'column-after', zh: '右边加列', en: 'Column after', ...both((chain) => chain.addColumnAfter()) },
  { id: 'column-gone', zh: '删列', en: 'Delete column', ...both((chain) => chain.deleteColumn()) },
  { id: 'merge', zh: '合并单元格', en: 'Merge cells', ...both((chain) => chain.mergeCells()) },
  { id: 'split', zh: '拆分单元格', en: 'Split cell', ...both((chain) => chain.splitCell()) },
  { id: 'head-row', zh: '表头行', en: 'Header row', ...both((chain) => chain.toggleHeaderRow()) },
  { id: 'head-column', zh: '表头列', en: 'Header column', ...both((chain) => chain.toggleHeaderColumn()) },
  { id: 'head-cell', zh: '表头格', en: 'Header cell', ...both((chain) => chain.toggleHeaderCell()) },
  { id: 'caption', zh: '表题', en: 'Caption', run: asking('caption') },
  { id: 'table-gone', zh: '删表', en: 'Delete table', ...both((chain) => chain.deleteTable()) },
];

export const all: readonly Action[] = [...headings, ...bar.flat(), ...tableBar];

/** `Ctrl+Alt+2`, as people know it. */
export function shownKeys(keys: string): string {
  const mac = navigator.platform.startsWith('Mac');
  return keys
    .split('-')
    .map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key))
    .join('+');
}

/** Runs what a key press asks for; true when it was one of ours. */
export function runKeys(event: KeyboardEvent, editor: Editor, ask: (what: Asking) => void): boolean {
  if (event.isComposing || !(event.ctrlKey || event.metaKey)) return false;
  const key = event.code.startsWith('Digit') ? event.code.slice(5) : event.key.toLowerCase();
  const pressed = ['Mod', ...(event.altKey ? ['Alt'] : []), ...(event.shiftKey ? ['Shift'] : []), key].join('-');
  const action = all.find(({ keys }) => keys === pressed);
  // Undo and marks have their keys in the editor itself.
  if (!action) return false;
  action.run(editor, ask);
  return true;
}
