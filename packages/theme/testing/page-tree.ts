import { parseTree, type ElementNode, type TreeNode } from '@chengmen/html';
import type { Output } from '@chengmen/model';

const trees = new WeakMap<Output, ElementNode>();

/** A page as a tree, for tests that ask what stands where. */
export function treeOf(page: Output): ElementNode {
  const known = trees.get(page);
  if (known) return known;
  const root = parseTree(String(page.body));
  trees.set(page, root);
  return root;
}

export function elements(root: ElementNode): ElementNode[] {
  return root.children.flatMap((node) => (node.kind === 'element' ? [node, ...elements(node)] : []));
}

export function all(root: ElementNode, name: string): ElementNode[] {
  return elements(root).filter((element) => element.name === name);
}

/** What a reader sees of a node: runs of white space are one space, none at the ends. */
export function text(node: TreeNode): string {
  return rawText(node)
    .replace(/[ \n]+/g, ' ')
    .trim();
}

function rawText(node: TreeNode): string {
  if (node.kind === 'text') return node.text;
  return node.kind === 'element' ? node.children.map(rawText).join('') : '';
}

export function attributesOf({ attributes }: ElementNode): Readonly<Record<string, string | undefined>> {
  return attributes;
}

/** Why an XML text is not well formed; undefined where it is. Knows what our own feeds and site maps can hold. */
export function illFormed(xml: string): string | undefined {
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '');
  if (rest === xml) return 'no declaration';
  for (let roots = 0; rest !== '';) {
    const [whole, end, name, attributes, alone, content] =
      /^(?:<(\/?)([A-Za-z][\w:.-]*)((?:\s[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+))/.exec(rest) ?? [];
    if (whole === undefined) return `at ${rest.slice(0, 40)}`;
    rest = rest.slice(whole.length);
    const value = content ?? attributes ?? '';
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(value)) return `a bare ampersand in ${value}`;
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value)) return `a control character in ${value}`;
    if (content !== undefined) {
      if (open.length === 0 && content.trim() !== '') return `text outside the root: ${content}`;
    } else if (end === '/') {
      if (open.pop() !== name) return `</${name ?? ''}> closes nothing`;
    } else if (alone !== '/') {
      if (open.length === 0 && ++roots > 1) return 'two roots';
      open.push(name ?? '');
    }
  }
  return open.length > 0 ? `<${open.at(-1) ?? ''}> is left open` : undefined;
}
