import { bodyOf, linkAddress, pictureAddress, type Block, type Run } from '@chengmen/html';

/** What a body is compared by: a paragraph, heading, item, row of a table, picture. */
export interface BodyLine {
  readonly name: 'p' | 'h2' | 'h3' | 'h4' | 'li' | 'row' | 'quote' | 'caption' | 'picture' | 'rule';
  readonly text: string;
  /** Marks, links and cells, as far as they are not in the text. */
  readonly form: string;
  /** Of a picture: the item. */
  readonly media?: string;
}

type Name = BodyLine['name'];

/** The lines of a clean body, in their order. */
export function bodyLines(html: string): BodyLine[] {
  return bodyOf(html, { link: linkAddress, picture: pictureAddress }).flatMap((block) => linesOf(block));
}

const boxNames: Partial<Record<string, Name>> = { li: 'li', blockquote: 'quote', figcaption: 'caption' };

function linesOf(block: Block, within?: Name): BodyLine[] {
  if (block.kind === 'rule') return [{ name: 'rule', text: '————', form: '' }];
  if (block.kind === 'line') return lineOf(block.runs, within ?? block.name);
  if (block.kind === 'box') return block.children.flatMap((child) => linesOf(child, boxNames[block.name] ?? within));
  const rows = [...block.head, ...block.rows].map((row): BodyLine => {
    const cells = row.map(({ children }) => children.flatMap((child) => linesOf(child)));
    return {
      name: 'row',
      text: cells.map((lines) => lines.map(({ text }) => text).join(' ')).join(' ｜ '),
      form: row.map(({ name, columns, rows }) => `${name} ${columns}×${rows}`).join(),
    };
  });
  return [...block.caption.flatMap((child) => linesOf(child, 'caption')), ...rows];
}

function lineOf(runs: readonly Run[], name: Name): BodyLine[] {
  const pictures = runs.flatMap((run): BodyLine[] =>
    run.kind === 'image'
      ? [{ name: 'picture', text: run.alt, form: run.src, media: run.src.replace(/^media:/, '') }]
      : [],
  );
  const text = runs.map(textOf).join('');
  return text.trim() === '' ? pictures : [{ name, text, form: runs.map(formOf).join(';') }, ...pictures];
}

function textOf(run: Run): string {
  if (run.kind === 'break') return '\n';
  return run.kind === 'text' ? run.text : run.kind === 'gap' ? '〓' : '';
}

/** Where marks begin and end is told by the length of what they hold. */
function formOf(run: Run): string {
  if (run.kind === 'break' || run.marks.length === 0) return '';
  return `${run.marks.map(({ name, href }) => (href === undefined ? name : `${name} ${href}`)).join()}:${textOf(run)}`;
}
