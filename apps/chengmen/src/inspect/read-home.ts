import { parseTree, type ElementNode, type TreeNode } from '@chengmen/html';

/** What the front page says to machines and where it leads. */
export interface HomePage {
  /** Labels by name in lower case, with every value they have. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Addresses of the same site, without fragments, each once, in their order. */
  readonly links: readonly string[];
}

/** Reads a front page. `base` is the site's origin. */
export function readHome(markup: string, base: string): HomePage {
  const labels = new Map<string, string[]>();
  const links = new Set<string>();
  for (const { name, attributes } of elementsOf(parseTree(markup).children)) {
    const label = attributes['name']?.toLowerCase();
    if (name === 'meta' && label !== undefined)
      labels.set(label, [...(labels.get(label) ?? []), attributes['content'] ?? '']);
    const link = name === 'a' ? sameSite(attributes['href'], base) : undefined;
    if (link !== undefined) links.add(link);
  }
  return { labels, links: [...links] };
}

function sameSite(href: string | undefined, base: string): string | undefined {
  if (href === undefined || !URL.canParse(href, `${base}/`)) return undefined;
  const url = new URL(href, `${base}/`);
  return url.origin === base ? url.pathname + url.search : undefined;
}

function* elementsOf(nodes: readonly TreeNode[]): Generator<ElementNode> {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    yield node;
    yield* elementsOf(node.children);
  }
}
