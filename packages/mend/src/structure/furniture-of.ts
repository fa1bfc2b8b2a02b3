import type { ElementNode, TreeNode } from '@chengmen/html';
import type { PageLine, PageView } from './page-lines.ts';

const names = new Set(['footer', 'aside', 'nav']);
/** What builders of sites call the parts round an article, as words of `class` and `id`. */
const words =
  /(?:^|[\s_-])(?:foot(?:er)?|bottom|copy(?:right)?|aside|sidebar|nav(?:bar|igation)?|(?:bd)?share(?:button(?:box)?)?|relate[ds]?|xgxx|xgwz|xgyd|recommend|ranking|breadcrumbs?|crumbs?|comments?|pinglun)(?:$|[\s_\d-])/i;
const footer = /(?:^|[\s_-])(?:foot(?:er)?|copy(?:right)?)(?:$|[\s_\d-])/i;

/** What names itself furniture and holds most of the words is no furniture. */
const mostWords = 0.4;

/**
 * Elements that by their own name stand round an article, the outermost of each, in the order of the page. `after` is the last
 * line of the article's head: a footer behind it is one however much it says.
 */
export function furnitureOf({ root, lines }: PageView, after: PageLine | undefined): ReadonlySet<ElementNode> {
  const weights = new Map<ElementNode, number>();
  let whole = 0;
  for (const { text, linked, holders } of lines) {
    const weight = Math.max(0, text.length - linked);
    whole += weight;
    for (const holder of holders) weights.set(holder, (weights.get(holder) ?? 0) + weight);
  }
  const found = new Set<ElementNode>();
  const walk = (node: TreeNode): void => {
    if (node.kind !== 'element') return;
    const weight = weights.get(node);
    const most = after !== undefined && node.start > after.end && isFooter(node) ? whole : whole * mostWords;
    if (weight !== undefined && weight <= most && isNamedSo(node)) found.add(node);
    else for (const child of node.children) walk(child);
  };
  walk(root);
  return found;
}

const isFooter = ({ name, attributes }: ElementNode): boolean =>
  name === 'footer' || footer.test(attributes['class'] ?? '') || footer.test(attributes['id'] ?? '');

const isNamedSo = ({ name, attributes }: ElementNode): boolean =>
  names.has(name) || words.test(attributes['class'] ?? '') || words.test(attributes['id'] ?? '');
