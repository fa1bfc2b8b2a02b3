import { parseTree, type ElementNode, type TreeNode } from '@chengmen/html';
import type { SearchPage } from './search-page.ts';

/** Furniture, and what nobody reads. */
const skipped = new Set('script style template nav button footer form svg noscript select'.split(' '));
/** What stands in one line with what is round it. */
const inline = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** The pages of one language of a site. */
export interface SiteLanguage {
  /** BCP 47, as pages say it. */
  readonly language: string;
  /** Where they stand, without a closing slash: `/en`; empty for the main ones. */
  readonly root: string;
}

export const mainLanguage: SiteLanguage = { language: 'zh-Hans', root: '' };

/**
 * Reads a page of the site for the index, by its page labels and its one `<article>`. Undefined for what is only a list of
 * other pages, for the page of the search itself, for pages of another language (the Traditional twin of a page) or of the elder edition, and for what engines are asked to leave out.
 */
export function readPage(
  path: string,
  html: string,
  { language, root }: SiteLanguage = mainLanguage,
): SearchPage | undefined {
  const found = survey(parseTree(html));
  const { labels } = found;
  if (found.language !== language || found.edition !== undefined || /noindex/.test(labels.get('robots') ?? ''))
    return undefined;
  const title = labels.get('ArticleTitle');
  if (title !== undefined && found.article) return readDocument(path, title, found.article, labels);
  const common = { path, date: '', department: '', validity: '' };
  const name = labels.get('ColumnName');
  const about = labels.get('ColumnDescription');
  // The archive of a month has the labels of its channel.
  if (name !== undefined)
    return about === undefined || !path.endsWith('/')
      ? undefined
      : { ...common, kind: 'channel', title: name, channel: above(path, root), lines: [name, about] };
  const heading = found.main && headingOf(found.main);
  if (path === `${root}/` || path === `${root}/search.html` || heading === undefined || !found.main) return undefined;
  return { ...common, kind: 'page', title: heading, channel: '', lines: linesOf(found.main) };
}

function readDocument(
  path: string,
  title: string,
  article: ElementNode,
  labels: ReadonlyMap<string, string>,
): SearchPage {
  const of = (name: string): string | undefined => article.attributes[`data-${name}`];
  return {
    path,
    title,
    date: labels.get('PubDate') ?? '',
    kind: of('kind') ?? 'article',
    channel: channelOf(path),
    department: labels.get('Department') ?? labels.get('ContentSource') ?? '',
    validity: of('validity') ?? '',
    // The title first, whatever the heading makes of it, and last what stands round the heading: excerpts are of the text.
    lines: [title, ...partsOf(article).filter((line) => line !== title)],
  };
}

function partsOf(article: ElementNode): string[] {
  const isHeader = (node: TreeNode): boolean => node.kind === 'element' && node.name === 'header';
  const part = (children: TreeNode[]): string[] => linesOf({ ...article, children });
  return [
    ...part(article.children.filter((node) => !isHeader(node))),
    ...part(article.children.filter((node) => isHeader(node))),
  ];
}

/** `/news/local/2026/11/20/a.html` stands in `/news/local/`. */
function channelOf(path: string): string {
  return path.replace(/(?:\d{4}\/\d{2}\/\d{2}\/)?[^/]*$/, '');
}

/** The channel above a channel; empty at the top. */
function above(path: string, root: string): string {
  const parent = path.replace(/[^/]+\/$/, '');
  return parent === `${root}/` ? '' : parent;
}

interface Survey {
  readonly labels: Map<string, string>;
  language: string;
  edition: string | undefined;
  main: ElementNode | undefined;
  article: ElementNode | undefined;
}

function survey(root: ElementNode): Survey {
  const found: Survey = { labels: new Map(), language: '', edition: undefined, main: undefined, article: undefined };
  const walk = (node: TreeNode, inMain: boolean): void => {
    if (node.kind !== 'element') return;
    const { name, attributes, children } = node;
    if (name === 'html') [found.language, found.edition] = [attributes['lang'] ?? '', attributes['data-edition']];
    if (name === 'meta' && attributes['name'] !== undefined && !found.labels.has(attributes['name']))
      found.labels.set(attributes['name'], attributes['content'] ?? '');
    if (name === 'main') found.main ??= node;
    if (name === 'article' && inMain) found.article ??= node;
    else for (const child of children) walk(child, inMain || name === 'main');
  };
  walk(root, false);
  return found;
}

function headingOf(within: ElementNode): string | undefined {
  if (within.name === 'h1') return linesOf(within)[0];
  for (const child of within.children) {
    const heading = child.kind === 'element' ? headingOf(child) : undefined;
    if (heading !== undefined) return heading;
  }
  return undefined;
}

/** The text of an element as its reader sees it: a line for each block and cell. */
function linesOf(element: ElementNode): string[] {
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    const text = line.replace(/\s+/g, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };
  const walk = (node: TreeNode): void => {
    if (node.kind === 'text') line += node.text;
    if (node.kind !== 'element' || isSkipped(node)) return;
    const isBlock = !inline.has(node.name);
    if (isBlock) end();
    for (const child of node.children) walk(child);
    if (isBlock) end();
  };
  for (const child of element.children) walk(child);
  end();
  return lines;
}

function isSkipped({ name, attributes }: ElementNode): boolean {
  return skipped.has(name) || attributes['hidden'] !== undefined || attributes['aria-hidden'] === 'true';
}
