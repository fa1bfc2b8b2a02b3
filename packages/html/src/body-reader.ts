import type { BodyAddresses } from './address.ts';
import type { Block, LineName, Mark, Run } from './body.ts';
import type { ElementNode, TreeNode } from './parse-tree.ts';
import type { Removals } from './removals.ts';
import { residueOf } from './residue.ts';

/** Where the reader stands: which marks hold, and what a line of text would be. */
export interface Here {
  readonly marks: readonly Mark[];
  readonly line: LineName;
  /** Levels that headings go down by: 1 where the body has an `h1` of its own. */
  readonly shift: number;
}

export interface Flow {
  readonly blocks: Block[];
  runs: Run[];
  /** What the runs will be; taken from where the first of them stood. */
  name: LineName;
  /** Paragraphs parted by `<br>` become paragraphs here. Not in cells and list items. */
  readonly splits: boolean;
}

export interface Reader {
  /** Reads nodes into blocks of their own. */
  readonly blocks: (nodes: readonly TreeNode[], here: Here, splits: boolean) => Block[];
  /** Reads a node into an open flow. */
  readonly node: (node: TreeNode, here: Here, flow: Flow) => void;
  readonly endLine: (flow: Flow) => void;
  /** Reads the children of a block as if it were not there. */
  readonly unwrap: (node: ElementNode, here: Here, flow: Flow) => void;
  readonly removals: Removals;
  readonly addresses: BodyAddresses;
}

/** The words in a node, as they stand in the source. */
export function textIn(node: TreeNode): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'comment') return '';
  return node.children.map(textIn).join('');
}

const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  img: ['src', 'alt'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
};

export function noteAttributes(node: ElementNode, removals: Removals): void {
  const names = Object.keys(node.attributes).filter((name) => !(kept[node.name] ?? []).includes(name));
  if (names.some((name) => name.startsWith('on'))) removals.note('handler', tagOf(node));
  else if (names.length > 0 || residueOf(node) !== undefined)
    removals.note(residueOf(node) ?? 'attribute', tagOf(node));
}

/** The start tag again, for the record. */
export function tagOf(node: ElementNode): string {
  const given = Object.entries(node.attributes).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${value}"`,
  );
  return `<${node.name}${given.join('')}>`;
}
