import { gapMarkup, noteStart, type Block, type Cell, type Line, type Mark, type Run, type Table } from './body.ts';
import { sameMark } from './tidy-runs.ts';

/** A body as markup. Every value is escaped here, so nothing but the elements named here can come out. */
export function printBody(blocks: readonly Block[]): string {
  return blocks.map(printBlock).join('');
}

function printBlock(block: Block): string {
  switch (block.kind) {
    case 'line':
      return `<${block.name}>${printRuns(block.runs)}</${block.name}>`;
    case 'rule':
      return '<hr>';
    case 'table':
      return printTable(block);
    case 'box': {
      const inside =
        block.name === 'blockquote' || block.name === 'ul' || block.name === 'ol'
          ? printBody(block.children)
          : printClose(block.children);
      return `<${block.name}>${inside}</${block.name}>`;
    }
  }
}

/** In list items and cells a lone paragraph stands without its tags. */
function printClose(blocks: readonly Block[]): string {
  const paragraphs = blocks.filter(isParagraph).length;
  return blocks
    .map((block) => (paragraphs === 1 && isParagraph(block) ? printRuns(block.runs) : printBlock(block)))
    .join('');
}

const isParagraph = (block: Block): block is Line => block.kind === 'line' && block.name === 'p';

function printTable({ caption, head, rows }: Table): string {
  return (
    '<table>' +
    (caption.length > 0 ? `<caption>${printClose(caption)}</caption>` : '') +
    (head.length > 0 ? `<thead>${head.map(printRow).join('')}</thead>` : '') +
    (rows.length > 0 ? `<tbody>${rows.map(printRow).join('')}</tbody>` : '') +
    '</table>'
  );
}

const printRow = (cells: readonly Cell[]): string => `<tr>${cells.map(printCell).join('')}</tr>`;

function printCell({ name, columns, rows, scope, children }: Cell): string {
  const given =
    (columns > 1 ? ` colspan="${columns}"` : '') +
    (rows > 1 ? ` rowspan="${rows}"` : '') +
    (scope === undefined ? '' : ` scope="${escapeAttribute(scope)}"`);
  return `<${name}${given}>${printClose(children)}</${name}>`;
}

function printRuns(runs: readonly Run[]): string {
  let out = '';
  let open: readonly Mark[] = [];
  for (const run of runs) {
    const marks = run.kind === 'break' ? [] : run.marks;
    let common = 0;
    while (common < open.length && common < marks.length && sameMark(open[common] as Mark, marks[common])) common++;
    out +=
      open.slice(common).toReversed().map(endTag).join('') + marks.slice(common).map(startTag).join('') + printRun(run);
    open = marks;
  }
  return out + open.toReversed().map(endTag).join('');
}

function startTag({ name, href }: Mark): string {
  if (name === 'note') return noteStart;
  return href === undefined ? `<${name}>` : `<${name} href="${escapeAttribute(href)}">`;
}

const endTag = ({ name }: Mark): string => (name === 'note' ? '</span>' : `</${name}>`);

function printRun(run: Run): string {
  switch (run.kind) {
    case 'text':
      return escapeBody(run.text);
    case 'gap':
      return gapMarkup;
    case 'break':
      return '<br>';
    case 'image':
      return `<img src="${escapeAttribute(run.src)}" alt="${escapeAttribute(run.alt)}">`;
  }
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A combining mark at the start would fuse with the `>` before it when someone normalises the page to NFC. */
const fusing = /^\p{M}/u;

function escapeBody(text: string): string {
  const escaped = text.replace(/[&<>]/g, (sign) => signs[sign] ?? sign);
  return fusing.test(escaped)
    ? escaped.replace(fusing, (mark) => `&#x${(mark.codePointAt(0) ?? 0).toString(16)};`)
    : escaped;
}

const escapeAttribute = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
