import type { Block, Cell } from './body.ts';
import { phraseOf } from './lines-of.ts';
import type { ElementNode, TreeNode } from './parse-tree.ts';
import { noteAttributes, tagOf, textIn, type Flow, type Here, type Reader } from './body-reader.ts';

/** More columns than any page shows; a cell that claims thousands stops a browser. */
const mostSpan = 100;

interface Parts {
  caption: Block[];
  readonly head: Cell[][];
  readonly rows: Cell[][];
  /** Rows that began without `tr`. */
  open: Cell[] | undefined;
}

/** Reads a table. What stands between its cells comes before it, as in a browser. A table of one cell is only a frame. */
export function readTable(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  if (countCells(node, 2) === 1) {
    reader.removals.note('layout', tagOf(node));
    reader.unwrap(node, here, flow);
    return;
  }
  reader.endLine(flow);
  const parts: Parts = { caption: [], head: [], rows: [], open: undefined };
  readParts(node.children, parts, parts.rows, { ...here, line: 'p' }, flow, reader);
  reader.endLine(flow);
  if (parts.head.length + parts.rows.length === 0) flow.blocks.push(...parts.caption);
  else flow.blocks.push({ kind: 'table', caption: parts.caption, head: parts.head, rows: parts.rows });
}

/** Cells of this table itself, counted no further than `enough`. */
function countCells(node: ElementNode, enough: number): number {
  let count = 0;
  for (const child of node.children) {
    if (count >= enough) return count;
    if (child.kind !== 'element' || child.name === 'table') continue;
    count += child.name === 'td' || child.name === 'th' ? 1 : countCells(child, enough - count);
  }
  return count;
}

function readParts(
  nodes: readonly TreeNode[],
  parts: Parts,
  group: Cell[][],
  here: Here,
  flow: Flow,
  reader: Reader,
): void {
  for (const node of nodes) {
    if (node.kind !== 'element') readStray(node, here, flow, reader);
    else readPart(node, parts, group, here, flow, reader);
  }
}

function readPart(node: ElementNode, parts: Parts, group: Cell[][], here: Here, flow: Flow, reader: Reader): void {
  const { name } = node;
  if (name === 'td' || name === 'th') {
    parts.open ??= startRow(group);
    parts.open.push(readCell(node, name, here, reader));
    return;
  }
  if (name === 'tr') {
    const row = startRow(group);
    parts.open = row;
    noteAttributes(node, reader.removals);
    readParts(node.children, parts, group, here, flow, reader);
    if (row.length === 0) group.splice(group.lastIndexOf(row), 1);
    parts.open = undefined;
  } else if (name === 'caption') {
    parts.caption = phraseOf([...parts.caption, ...reader.blocks(node.children, here, false)]);
  } else if (name === 'thead' || name === 'tbody' || name === 'tfoot') {
    parts.open = undefined;
    readParts(node.children, parts, name === 'thead' ? parts.head : parts.rows, here, flow, reader);
  } else if (name !== 'table' && holdsCells(node)) {
    readParts(node.children, parts, group, here, flow, reader);
  } else {
    readStray(node, here, flow, reader);
  }
}

function startRow(group: Cell[][]): Cell[] {
  const row: Cell[] = [];
  group.push(row);
  return row;
}

function readStray(node: TreeNode, here: Here, flow: Flow, reader: Reader): void {
  if (node.kind === 'text' && node.text.trim() === '') return;
  if (node.kind === 'element' && (node.name === 'col' || node.name === 'colgroup') && textIn(node).trim() === '')
    return;
  reader.node(node, here, flow);
}

/** A form or font put between a table and its rows. */
function holdsCells(node: ElementNode): boolean {
  return node.children.some(
    (child) =>
      child.kind === 'element' &&
      child.name !== 'table' &&
      (child.name === 'td' || child.name === 'th' || child.name === 'tr' || holdsCells(child)),
  );
}

function readCell(node: ElementNode, name: 'td' | 'th', here: Here, reader: Reader): Cell {
  noteAttributes(node, reader.removals);
  const { colspan, rowspan, scope } = node.attributes;
  return {
    name,
    columns: span(colspan),
    rows: span(rowspan),
    ...(name === 'th' && scope !== undefined && /^(?:row|col)(?:group)?$/.test(scope) ? { scope } : {}),
    children: reader.blocks(node.children, here, false),
  };
}

const span = (given: string | undefined): number =>
  given !== undefined && /^\d{1,4}$/.test(given) ? Math.max(1, Math.min(mostSpan, Number(given))) : 1;
