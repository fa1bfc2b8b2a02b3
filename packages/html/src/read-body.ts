import type { BodyAddresses } from './address.ts';
import { noteAttributes, tagOf, textIn, type Flow, type Here, type Reader } from './body-reader.ts';
import { gapSign, type Block, type BoxName, type LineName, type Mark, type MarkName, type Run } from './body.ts';
import { phraseOf } from './lines-of.ts';
import type { ElementNode, TextNode, TreeNode } from './parse-tree.ts';
import { readTable } from './read-table.ts';
import type { RemovalName, Removals } from './removals.ts';
import { residueOf, isHidden } from './residue.ts';
import { isBlank, splitParagraphs, textOfRuns, tidyRuns } from './tidy-runs.ts';

/** A link round many paragraphs would repeat its address in each: after so many lines it is let go. */
const mostLinesOfLink = 20;

interface Link extends Mark {
  lines: number;
  lastLine: object;
}

const marks: Readonly<Record<string, MarkName>> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  sub: 'sub',
  sup: 'sup',
  ruby: 'ruby',
  rt: 'rt',
  rp: 'rp',
};
const boxes = new Set(['blockquote', 'ul', 'ol', 'figure']);
/** Their content is not text of the page, or they have none. */
const dropped: Readonly<Record<string, RemovalName>> = {
  script: 'script',
  style: 'style',
  link: 'style',
  iframe: 'embedded',
  noembed: 'embedded',
  noframes: 'embedded',
  embed: 'embedded',
  meta: 'element',
  base: 'element',
};
/** What they hold is shown where they cannot be, so it is text. */
const embedding = new Set(['object', 'applet', 'video', 'audio', 'canvas']);
const blockNames = new Set(
  'address article aside body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption footer form header hgroup html legend li main menu nav option p pre section summary tbody td tfoot th thead title tr'.split(
    ' ',
  ),
);
/** Elements without meaning in a body; taking them away says nothing to the writer. */
const plain = new Set(
  'a abbr acronym bdi bdo big body center cite code dd del dfn dir div dl dt font head html ins kbd label main mark nobr p pre q rb s samp section small span strike tbody tt u var wbr address article col colgroup caption figcaption li menu table thead tfoot tr td th'.split(
    ' ',
  ),
);

/** A tree as a body: only what a body may hold, everything else taken out and noted, all text kept. */
export function readBody(root: ElementNode, removals: Removals, addresses: BodyAddresses): Block[] {
  const reader: Reader = {
    blocks: (nodes, here, splits) => {
      const flow: Flow = { blocks: [], runs: [], name: here.line, splits };
      for (const node of nodes) readNode(node, here, flow, reader);
      endLine(flow, removals);
      return flow.blocks;
    },
    node: (node, here, flow) => {
      readNode(node, here, flow, reader);
    },
    endLine: (flow) => {
      endLine(flow, removals);
    },
    unwrap: (node, here, flow) => {
      apart(node, here, flow, reader);
    },
    removals,
    addresses,
  };
  return reader.blocks(root.children, { marks: [], line: 'p', shift: hasFirstHeading(root) ? 1 : 0 }, true);
}

function hasFirstHeading(node: TreeNode): boolean {
  if (node.kind !== 'element') return false;
  return (node.name === 'h1' && textIn(node).trim() !== '') || node.children.some(hasFirstHeading);
}

function readNode(node: TreeNode, here: Here, flow: Flow, reader: Reader): void {
  if (node.kind === 'text') addText(node, here, flow, reader.removals);
  else if (node.kind === 'comment') reader.removals.note('comment', node.text);
  else readElement(node, here, flow, reader);
}

const invisible =
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

function addText(node: TextNode, here: Here, flow: Flow, removals: Removals): void {
  const text = node.text.replace(invisible, '');
  if (text.length < node.text.length) {
    removals.note('invisible', node.text.trim());
  }
  if (text !== '') add({ kind: 'text', text, marks: here.marks }, here, flow);
}

function add(run: Run, here: Here, flow: Flow): void {
  if (flow.runs.length === 0) flow.name = here.line;
  flow.runs.push(run.kind === 'break' ? run : { ...run, marks: run.marks.filter((mark) => stillHolds(mark, flow)) });
}

function stillHolds(mark: Mark, flow: Flow): boolean {
  if (mark.name !== 'a') return true;
  const link = mark as Link;
  if (link.lastLine !== flow.runs) {
    link.lastLine = flow.runs;
    link.lines++;
  }
  return link.lines <= mostLinesOfLink;
}

function endLine(flow: Flow, removals: Removals): void {
  const { runs } = flow;
  flow.runs = [];
  if (runs.length === 0) return;
  const lines = flow.splits && flow.name === 'p' ? splitParagraphs(runs) : [tidyRuns(runs)];
  for (const line of lines) {
    // A heading without words is no heading.
    const name = /[^\s\ufffc]/.test(textOfRuns(line)) || line.some(({ kind }) => kind === 'gap') ? flow.name : 'p';
    if (!isBlank(line)) flow.blocks.push({ kind: 'line', name, runs: line });
  }
  noteTrimming(runs, lines, removals);
}

function noteTrimming(before: readonly Run[], after: readonly (readonly Run[])[], removals: Removals): void {
  if (!after.some((line) => line.length > 0)) return;
  const text = textOfRuns(before);
  if (text.split('\n').some(hasWideEnds)) removals.note('indent', text.trim().slice(0, 20));
}

const wide = /[\u3000\u00a0]/;

function hasWideEnds(line: string): boolean {
  const trimmed = line.trim();
  const start = line.length - line.trimStart().length;
  return wide.test(line.slice(0, start)) || wide.test(line.slice(start + trimmed.length));
}

function readElement(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  const { name } = node;
  const out = dropped[name];
  if (out !== undefined) {
    reader.removals.note(out, textIn(node).trim() || tagOf(node));
  } else if (isGap(node)) {
    add({ kind: 'gap', marks: here.marks }, here, flow);
  } else if (isNote(node)) {
    readNote(node, here, flow, reader);
  } else if (isHidden(node) && node.ended) {
    reader.removals.note(
      residueOf(node) === 'attribute' ? 'hidden' : (residueOf(node) ?? 'hidden'),
      textIn(node) || tagOf(node),
    );
  } else {
    noteAttributes(node, reader.removals);
    readShown(node, here, flow, reader);
  }
}

function readShown(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  const { name } = node;
  const heading = /^h([1-6])$/.exec(name);
  if (name === 'br') add({ kind: 'break' }, here, flow);
  else if (name === 'img' || name === 'image') readImage(node, here, flow, reader);
  else if (name === 'hr') {
    reader.endLine(flow);
    flow.blocks.push({ kind: 'rule' });
  } else if (heading) {
    const level = Math.min(4, Math.max(2, Number(heading[1]) + here.shift));
    apart(node, { ...here, line: `h${level}` as LineName }, flow, reader);
  } else if (name === 'table') readTable(node, here, flow, reader);
  else if (boxes.has(name)) readBox(node, here, flow, reader);
  else if (blockNames.has(name)) readBlock(node, here, flow, reader);
  else readInline(node, here, flow, reader);
}

function readBlock(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  if (!plain.has(node.name)) reader.removals.note('element', tagOf(node));
  const blank = node.name === 'p' && isEmptyParagraph(node);
  if (blank) reader.removals.note('empty', tagOf(node));
  apart(node, here, flow, reader);
}

const isEmptyParagraph = (node: ElementNode): boolean =>
  node.children.every((child) => child.kind === 'text' || (child.kind === 'element' && child.name === 'br')) &&
  textIn(node).trim() === '';

/** The children as lines of their own. */
function apart(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  reader.endLine(flow);
  for (const child of node.name === 'pre' ? node.children.flatMap(linesAsBreaks) : node.children) {
    readNode(child, here, flow, reader);
  }
  reader.endLine(flow);
}

function linesAsBreaks(node: TreeNode): TreeNode[] {
  if (node.kind !== 'text') return [node];
  return node.text.split('\n').flatMap((text, index): TreeNode[] => {
    const line: TextNode = { ...node, text };
    const pause: ElementNode = { ...node, kind: 'element', name: 'br', attributes: {}, children: [], ended: true };
    return index === 0 ? [line] : [pause, line];
  });
}

function readInline(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  const mark = markOf(node, here.marks, reader);
  if (mark === undefined && !plain.has(node.name) && marks[node.name] === undefined) noteElement(node, reader.removals);
  const inside = mark === undefined ? here : { ...here, marks: [...here.marks, mark] };
  for (const child of node.children) readNode(child, inside, flow, reader);
}

/** A note stands outside every other mark, and in no link: its number is one itself. Inside a note or a ruby it is text. */
function readNote(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  const within = here.marks.some(({ name }) => name === 'note' || name === 'ruby');
  const marks = within ? here.marks : [{ name: 'note' as const }, ...here.marks.filter(({ name }) => name !== 'a')];
  for (const child of node.children) readNode(child, { ...here, marks }, flow, reader);
}

function noteElement(node: ElementNode, removals: Removals): void {
  const name = embedding.has(node.name)
    ? 'embedded'
    : node.name.includes(':') || node.name === 'xml'
      ? 'word'
      : 'element';
  removals.note(name, tagOf(node));
}

function markOf(node: ElementNode, held: readonly Mark[], reader: Reader): Mark | undefined {
  if (node.name === 'a') return linkOf(node, held, reader);
  const name = marks[node.name];
  if (name === undefined || held.some((mark) => mark.name === name)) return undefined;
  if ((name === 'rt' || name === 'rp') && held.at(-1)?.name !== 'ruby') return undefined;
  return { name };
}

function linkOf(node: ElementNode, held: readonly Mark[], { removals, addresses }: Reader): Link | undefined {
  const given = node.attributes['href'];
  if (given === undefined || held.some(({ name }) => name === 'a')) return undefined;
  const href = addresses.link(given);
  if (href === undefined) removals.note('address', given);
  return href === undefined || href === '' ? undefined : { name: 'a', href, lines: 0, lastLine: {} };
}

function readImage(node: ElementNode, here: Here, flow: Flow, { removals, addresses }: Reader): void {
  const given = node.attributes['src'] ?? '';
  const src = addresses.picture(given);
  if (src === undefined) {
    removals.note('picture', given || tagOf(node));
    return;
  }
  if (src === '') return;
  const alt = (node.attributes['alt'] ?? '').replace(invisible, '').replace(/\s+/g, ' ').trim().normalize('NFC');
  add({ kind: 'image', src, alt, marks: here.marks.filter(({ name }) => name === 'a') }, here, flow);
}

function readBox(node: ElementNode, here: Here, flow: Flow, reader: Reader): void {
  reader.endLine(flow);
  const plainHere: Here = { ...here, line: 'p' };
  const children =
    node.name === 'blockquote'
      ? reader.blocks(node.children, plainHere, true)
      : node.name === 'figure'
        ? readFigure(node, plainHere, reader)
        : readItems(node, plainHere, reader);
  if (children.length > 0) flow.blocks.push({ kind: 'box', name: node.name as BoxName, children });
}

/** Whatever stands in a list is in an item of it: stray lists and text go to the item before. */
function readItems(list: ElementNode, here: Here, reader: Reader): Block[] {
  const items: Block[][] = [];
  for (const child of list.children) {
    const own = child.kind === 'element' && child.name === 'li';
    if (own) noteAttributes(child, reader.removals);
    const blocks = reader.blocks(own ? child.children : [child], here, false);
    if (blocks.length === 0) continue;
    const last = items.at(-1);
    if (own || !last) items.push(blocks);
    else last.push(...blocks);
  }
  return items.map((children): Block => ({ kind: 'box', name: 'li', children }));
}

function readFigure(figure: ElementNode, here: Here, reader: Reader): Block[] {
  const isCaption = (child: TreeNode): boolean => child.kind === 'element' && child.name === 'figcaption';
  const shown = reader.blocks(
    figure.children.filter((child) => !isCaption(child)),
    here,
    false,
  );
  const caption = phraseOf(reader.blocks(figure.children.filter(isCaption), here, false));
  return caption.length === 0 ? shown : [...shown, { kind: 'box', name: 'figcaption', children: caption }];
}

const isNote = ({ name, attributes }: ElementNode): boolean =>
  name === 'span' && attributes['class'] === 'note' && Object.keys(attributes).length === 1;

function isGap(node: ElementNode): boolean {
  return node.name === 'span' && node.attributes['class'] === 'gap' && textIn(node) === gapSign;
}
