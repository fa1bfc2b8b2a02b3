import { gapLabel, gapSign, linkAddress, pictureAddress } from '@chengmen/html';
import { Extension, InputRule, Mark, Node, type Extensions } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { Placeholder } from '@tiptap/extensions';
import StarterKit from '@tiptap/starter-kit';
import { documentNumberRule } from '../document-number.ts';
import { shownPicture } from './shown-picture.ts';
import { textOfMarkup } from './text-of-markup.ts';

/** Everything a body can hold (packages/html), as the editor knows it. What is not here cannot be typed or pasted. */
export function bodySchema(placeholder: string): Extensions {
  return [
    StarterKit.configure({
      code: false,
      codeBlock: false,
      strike: false,
      underline: false,
      link: false,
      heading: { levels: [2, 3, 4] },
      undoRedo: { depth: 1000 },
    }),
    ...[Note, Link, Sub, Sup, Ruby, Rt, Rp, Gap, Picture, Figure, Caption],
    ...[CaptionedTable.configure({ View: null }), HeadedRow, ScopedHeader, TableCell],
    DocumentNumbers,
    Placeholder.configure({ placeholder }),
  ];
}

const simpleMark = (name: string, excludes = ''): Mark =>
  Mark.create({ name, excludes, parseHTML: () => [{ tag: name }], renderHTML: () => [name, 0] });

const Sub = simpleMark('sub', 'sup');
const Sup = simpleMark('sup', 'sub');
const Ruby = simpleMark('ruby');
const Rt = simpleMark('rt', 'rp');
const Rp = simpleMark('rp', 'rt');

/** A footnote to the words before it. Outside every other mark, as the body has it. */
const Note = Mark.create({
  name: 'note',
  priority: 1100,
  inclusive: false,
  excludes: 'link',
  parseHTML: () => [{ tag: 'span[class="note"]' }],
  renderHTML: () => ['span', { class: 'note' }, 0],
});

const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  excludes: 'note',
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = linkAddress(element.getAttribute('href') ?? '');
        return href === undefined ? false : { href };
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', { href: HTMLAttributes['href'] as string }, 0],
});

/** Something of the original that is lost and was not restored. */
const Gap = Node.create({
  name: 'gap',
  group: 'inline',
  inline: true,
  atom: true,
  parseHTML: () => [{ tag: 'span.gap', priority: 60 }],
  renderHTML: () => ['span', { class: 'gap', role: 'img', 'aria-label': gapLabel }, gapSign],
  renderText: () => gapSign,
});

const Picture = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => {
        const src = pictureAddress(element.getAttribute('src') ?? '');
        return src === undefined ? false : { src, alt: element.getAttribute('alt') ?? '' };
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
  addNodeView: () => shownPicture,
});

/** One picture or several, with a line below. */
const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: 'block+ figcaption?',
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: 'figure' }],
  renderHTML: () => ['figure', 0],
});

const Caption = Node.create({
  name: 'figcaption',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'figcaption' }],
  renderHTML: () => ['figcaption', 0],
  addKeyboardShortcuts() {
    return {
      // Out of the figure, into a new paragraph.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection;
        if ($from.parent.type.name !== 'figcaption') return false;
        const after = $from.after($from.depth - 1);
        return editor
          .chain()
          .insertContentAt(after, { type: 'paragraph' })
          .setTextSelection(after + 1)
          .run();
      },
    };
  },
});

/** `caption`: what stands above the table, as clean markup of one line. */
const CaptionedTable = Table.extend({
  addAttributes: () => ({
    caption: {
      default: '',
      parseHTML: (element) => element.querySelector(':scope > caption')?.innerHTML ?? '',
    },
  }),
  parseHTML: () => [{ tag: 'table' }, { tag: 'caption', ignore: true }],
  renderHTML: ({ node }) => {
    const table = document.createElement('table');
    const caption = node.attrs['caption'] as string;
    if (caption !== '') table.createCaption().textContent = textOfMarkup(caption);
    return { dom: table, contentDOM: table.createTBody() };
  },
});

/** `head`: whether the row stands in the table's head; null where nobody has said so. */
const HeadedRow = TableRow.extend({
  addAttributes: () => ({
    head: {
      default: null,
      parseHTML: (element: HTMLElement) =>
        element.parentElement?.nodeName === 'THEAD' ? true : allHeaders(element) ? false : null,
      renderHTML: ({ head }: { head?: boolean | null }) =>
        head === null || head === undefined ? {} : { 'data-head': String(head) },
    },
  }),
});

const allHeaders = (row: HTMLElement): boolean => [...row.children].every(({ nodeName }) => nodeName === 'TH');

const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      scope: {
        default: null,
        parseHTML: (element: HTMLElement) => element.getAttribute('scope'),
        renderHTML: ({ scope }: { scope?: string | null }) => (scope ? { scope } : {}),
      },
    };
  },
});

const DocumentNumbers = Extension.create({
  name: 'documentNumbers',
  addInputRules: () => [
    new InputRule({
      find: documentNumberRule.find,
      handler: ({ state, range, match }) => {
        state.tr.insertText(documentNumberRule.write(match), range.from, range.to);
      },
    }),
  ],
});
