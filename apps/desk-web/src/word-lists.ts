import { escapeText, textIn, type ElementNode, type TreeNode } from '@chengmen/html';
import type { Losses } from './losses.ts';

/** Word and WPS copy a list as paragraphs: the level stands in the style, the number in the text between two comments. */
export function isListParagraph(node: ElementNode): boolean {
  return /^(?:p|h[1-6])$/.test(node.name) && levelOf(node) > 0;
}

function levelOf({ attributes }: ElementNode): number {
  const [, level] = /mso-list:\s*l\d+\s+level(\d)/i.exec(attributes['style'] ?? '') ?? [];
  return level === undefined ? 0 : Number(level);
}

interface Item {
  readonly level: number;
  readonly list: 'ul' | 'ol';
  readonly inside: string;
}

/**
 * Paragraphs of a list as lists. Only numbers that a list would give them again become its numbers; 一、（一） and whatever
 * does not count on from 1 stay as text, so that no number changes.
 */
export function printList(
  paragraphs: readonly ElementNode[],
  losses: Losses,
  print: (nodes: readonly TreeNode[]) => string,
): string {
  let out = '';
  let open: Item[] = [];
  const last = new Map<number, number>();
  const flush = (): void => {
    out += nest(open, 0, 1).html;
    open = [];
    last.clear();
  };
  for (const paragraph of paragraphs) {
    const { marker, rest } = parted(paragraph);
    const level = Math.min(levelOf(paragraph), 6);
    const number = /^\(?(\d{1,4})[.．、)）]?$/.exec(marker)?.[1];
    const follows = number !== undefined && Number(number) === (last.get(level) ?? 0) + 1;
    const list = /^[·•●○◆◇■□▪➢Ø§üvn\u00b7\uf000-\uf0ff-]?$/u.test(marker) ? 'ul' : follows ? 'ol' : undefined;
    if (list === undefined || /^h/.test(paragraph.name)) {
      flush();
      losses.note('numbering', marker);
      out += `<${paragraph.name}>${escapeText(marker)}${print(rest)}</${paragraph.name}>`;
      continue;
    }
    for (const deeper of [...last.keys()]) if (deeper > level) last.delete(deeper);
    if (number !== undefined) last.set(level, Number(number));
    open.push({ level, list, inside: print(rest) });
  }
  flush();
  return out;
}

/** What stands before the text, and the text: the marker is what a browser without lists would show. */
function parted(paragraph: ElementNode): { marker: string; rest: readonly TreeNode[] } {
  const marked = { text: '', inside: false };
  const rest = withoutMarker(paragraph.children, marked);
  return { marker: marked.text.replace(/[\s\u00a0]+/g, ''), rest };
}

function withoutMarker(nodes: readonly TreeNode[], marked: { text: string; inside: boolean }): TreeNode[] {
  return nodes.flatMap((node): TreeNode[] => {
    if (node.kind === 'comment') {
      if (/\[if !supportLists\]/i.test(node.text)) marked.inside = true;
      else if (/\[endif\]/i.test(node.text)) marked.inside = false;
      return [];
    }
    if (node.kind === 'text') {
      if (!marked.inside) return [node];
      marked.text += node.text;
      return [];
    }
    if (/mso-list:\s*ignore/i.test(node.attributes['style'] ?? '')) {
      marked.text += textIn(node);
      return [];
    }
    return [{ ...node, children: withoutMarker(node.children, marked) }];
  });
}

function nest(items: readonly Item[], from: number, level: number): { html: string; next: number } {
  let html = '';
  let at = from;
  while (at < items.length) {
    const item = items[at];
    if (!item || item.level < level) break;
    const { list } = item;
    html += `<${list}>`;
    while (at < items.length) {
      const here = items[at];
      if (!here || here.level < level || (here.level === level && here.list !== list)) break;
      if (here.level > level) {
        // A level without one above it.
        const deeper = nest(items, at, here.level);
        html += `<li>${deeper.html}</li>`;
        at = deeper.next;
        continue;
      }
      at++;
      const below = items[at];
      const deeper = below && below.level > level ? nest(items, at, below.level) : { html: '', next: at };
      html += `<li>${here.inside}${deeper.html}</li>`;
      at = deeper.next;
    }
    html += `</${list}>`;
  }
  return { html, next: at };
}
