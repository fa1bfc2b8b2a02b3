import { parseTree, type ElementNode, type TreeNode } from '@chengmen/html';

/** A line as a reader sees it, with its place in the source and the elements that hold it. */
export interface PageLine {
  /** White space collapsed, trimmed, not empty. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Characters that are the words of links. */
  readonly linked: number;
  readonly holders: readonly ElementNode[];
}

export interface PageView {
  /** `markup`: a page with its elements. `lines`: what a text collector left of one, a line for each block. */
  readonly form: 'markup' | 'lines';
  readonly root: ElementNode;
  readonly lines: readonly PageLine[];
  readonly meta: Readonly<Record<string, string>>;
  readonly titleTag: string;
}

const structure = /<(?:body|div|p|td|li|h[1-6]|section|article)\b[^<>]*>/gi;
const fewest = 3;
const lineBreaking = new Set(
  'address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
const unseen = new Set(['script', 'style', 'head', 'noscript', 'template', 'title', 'select', 'textarea']);

/** What no text collector keeps, however short the page is. */
const whole = /<\/(?:title|body)>/i;

/** A page as lines, whether it is markup or what a text collector kept of it. */
export function viewPage(html: string): PageView {
  const root = parseTree(html);
  const isMarkup = whole.test(html) || countUpTo(html.matchAll(structure), fewest) >= fewest;
  const form = isMarkup ? 'markup' : 'lines';
  return {
    form,
    root,
    lines: form === 'markup' ? linesOfTree(root) : linesOfText(html),
    meta: metaOf(root),
    titleTag: squeeze(textOfNode(find(root, 'title'))),
  };
}

function countUpTo(matches: Iterable<unknown>, enough: number): number {
  let count = 0;
  const iterator = matches[Symbol.iterator]();
  while (count < enough && iterator.next().done !== true) count++;
  return count;
}

function linesOfTree(root: ElementNode): PageLine[] {
  const lines: PageLine[] = [];
  let pieces: { text: string; start: number; end: number; linked: boolean }[] = [];
  let holders: readonly ElementNode[] = [];
  const endLine = (): void => {
    const text = squeeze(pieces.map((piece) => piece.text).join(''));
    const [first, last] = [pieces[0], pieces.at(-1)];
    const linked = pieces.reduce((sum, piece) => sum + (piece.linked ? squeeze(piece.text).length : 0), 0);
    if (text !== '' && first && last) lines.push({ text, start: first.start, end: last.end, linked, holders });
    pieces = [];
  };
  const walk = (node: TreeNode, path: readonly ElementNode[], linked: boolean): void => {
    if (node.kind === 'comment') return;
    if (node.kind === 'text') {
      if (pieces.length === 0 && node.text.trim() === '') return;
      if (pieces.length === 0) holders = path;
      pieces.push({ text: node.text, start: node.start, end: node.end, linked });
      return;
    }
    if (unseen.has(node.name)) return;
    const breaks = lineBreaking.has(node.name);
    if (breaks) endLine();
    const inside = breaks ? [...path, node] : path;
    for (const child of node.children) walk(child, inside, linked || node.name === 'a');
    if (breaks) endLine();
  };
  walk(root, [], false);
  endLine();
  return lines;
}

function linesOfText(html: string): PageLine[] {
  const lines: PageLine[] = [];
  for (const { 0: source, index } of html.matchAll(/[^\n\r]+/g)) {
    const tree = parseTree(source);
    const text = squeeze(textOfNode(tree));
    const linked = squeeze(textOfLinks(tree)).length;
    if (text !== '') lines.push({ text, start: index, end: index + source.length, linked, holders: [] });
  }
  return lines;
}

function textOfLinks(node: TreeNode): string {
  if (node.kind !== 'element') return '';
  // An `<a …>` whose end tag was not kept says nothing about what follows it.
  return node.name === 'a' && node.ended ? textOfNode(node) : node.children.map(textOfLinks).join('');
}

function metaOf(root: ElementNode): Record<string, string> {
  const meta: Record<string, string> = {};
  for (const node of all(root, 'meta')) {
    const name = (node.attributes['name'] ?? node.attributes['property'] ?? '').toLowerCase();
    const content = squeeze(node.attributes['content'] ?? '');
    if (name !== '' && content !== '') meta[name] ??= content;
  }
  return meta;
}

/** Elements of a name, in the order of the page. */
export function all(node: ElementNode, name: string): ElementNode[] {
  const found: ElementNode[] = [];
  const walk = (element: ElementNode): void => {
    for (const child of element.children) {
      if (child.kind !== 'element') continue;
      if (child.name === name) found.push(child);
      walk(child);
    }
  };
  walk(node);
  return found;
}

const find = (root: ElementNode, name: string): ElementNode | undefined => all(root, name)[0];

export function textOfNode(node: TreeNode | undefined): string {
  if (node === undefined || node.kind === 'comment') return '';
  if (node.kind === 'text') return node.text;
  return unseen.has(node.name) && node.name !== 'title' ? '' : node.children.map(textOfNode).join('');
}

export const squeeze = (text: string): string => text.replace(/[\s\u3000\u00a0\u200b\ufeff]+/g, ' ').trim();
