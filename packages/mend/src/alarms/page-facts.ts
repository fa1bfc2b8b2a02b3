import { parseTree, type ElementNode, type TreeNode } from '@chengmen/html';
import { hidingOf, styleRules, type Hiding, type HidingRules } from './hiding.ts';
import { hostOf } from './hosts.ts';
import { hiddenByScript } from './scripts.ts';

/** A text of the page with its place in the source. */
export interface Passage {
  readonly text: string;
  readonly start: number;
}

export interface Link {
  readonly host: string | undefined;
  readonly href: string;
  readonly start: number;
  /** Anchor text and the descriptions of pictures in it. */
  text: string;
  /** Its own style makes its text readable inside a part with tiny letters, or it shows a picture. */
  legible: boolean;
}

export interface HiddenPart {
  readonly element: ElementNode;
  readonly hiding: Hiding;
  readonly links: Link[];
  /** Names of the part and of what holds it, as authors gave them. */
  readonly names: string;
  /** One of several parts of the same make: a tab, an item of a menu. */
  readonly oneOfSeveral: boolean;
  text: string;
}

export interface Script extends Passage {
  readonly src: string | undefined;
  readonly end: number;
}

export interface Frame {
  readonly src: string;
  readonly start: number;
  readonly element: ElementNode;
  readonly hidden: boolean;
}

export interface Meta extends Passage {
  readonly name: string;
}

export interface PageFacts {
  readonly titles: readonly Passage[];
  readonly metas: readonly Meta[];
  readonly refreshes: readonly Passage[];
  readonly headings: readonly Passage[];
  readonly links: readonly Link[];
  readonly hidden: readonly HiddenPart[];
  readonly scripts: readonly Script[];
  readonly frames: readonly Frame[];
  /** Descriptions and titles of pictures and links. */
  readonly captions: readonly Passage[];
  /** What names the site in the page's head: pictures and texts of a logo. */
  readonly logos: readonly Passage[];
  /** Addresses of pictures and style sheets, the base address, the canonical one. */
  readonly resources: readonly string[];
  /** Addresses that the page states as its own. */
  readonly own: readonly string[];
  /** Visible running text, piece by piece in the order of the source. */
  readonly visible: readonly Passage[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

interface Frameless {
  readonly node: TreeNode;
  readonly hidden: HiddenPart | undefined;
  readonly link: Link | undefined;
  readonly heading: { text: string } | undefined;
  readonly logo: { text: string } | undefined;
  readonly above: readonly ElementNode[];
  readonly siblings: readonly TreeNode[];
}

/** The page is parsed once and walked twice, with stacks of its own: first what styles and scripts hide, then the rest. */
export function pageFacts(html: string): PageFacts {
  const root = parseTree(html);
  const scripts: Script[] = [];
  const styles: string[] = [];
  const raw: ElementNode[] = [root];
  for (let node = raw.pop(); node; node = raw.pop()) {
    if (node.name === 'script') scripts.push(scriptOf(node));
    else if (node.name === 'style') styles.push(textOf(node));
    for (const child of node.children) if (child.kind === 'element') raw.push(child);
  }
  scripts.sort((a, b) => a.start - b.start);
  const rules = { ...styleRules(styles.join('\n')), ids: hiddenByScript(scripts) };
  return gather(root, scripts, rules);
}

const scriptOf = (node: ElementNode): Script => ({
  src: node.attributes.src,
  text: textOf(node),
  start: node.start,
  end: node.end,
});

function textOf(node: ElementNode): string {
  return node.children.map((child) => (child.kind === 'text' ? child.text : '')).join('');
}

const unseen = new Set(['script', 'style', 'template', 'svg', 'textarea', 'object', 'head', 'option']);

function gather(root: ElementNode, scripts: readonly Script[], rules: HidingRules): PageFacts {
  const facts: Mutable<PageFacts> = {
    titles: [],
    metas: [],
    refreshes: [],
    headings: [],
    links: [],
    hidden: [],
    scripts: [...scripts],
    frames: [],
    captions: [],
    logos: [],
    resources: [],
    own: [],
    visible: [],
  };
  const start = { hidden: undefined, link: undefined, heading: undefined, logo: undefined, above: [], siblings: [] };
  const stack: Frameless[] = [{ ...start, node: root }];
  for (let here = stack.pop(); here; here = stack.pop()) {
    const { node } = here;
    if (node.kind === 'comment') continue;
    if (node.kind === 'text') {
      takeText(facts, here, node.text, node.start);
      continue;
    }
    const inside = takeElement(facts, here, node, rules);
    const { above, ...context } = inside;
    const around = [...above.slice(-2), node];
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) stack.push({ ...context, above: around, node: child, siblings: node.children });
    }
  }
  return facts;
}

function takeText(facts: Mutable<PageFacts>, here: Frameless, text: string, start: number): void {
  const holder = here.above.at(-1)?.name ?? '';
  if (here.link) here.link.text += text;
  if (here.heading) here.heading.text += text;
  if (here.logo && here.logo.text.length < 60) here.logo.text += text;
  if (unseen.has(holder) || holder === 'title') return;
  if (here.hidden) {
    if (here.hidden.text.length < 4000) here.hidden.text += text;
    return;
  }
  facts.visible.push({ text, start });
}

type Context = Omit<Frameless, 'node' | 'siblings'>;

function takeElement(facts: Mutable<PageFacts>, here: Frameless, node: ElementNode, rules: HidingRules): Context {
  const { name, attributes, start } = node;
  let { hidden, link, heading, logo } = here;
  if (unseen.has(name)) return { hidden, link: undefined, heading: undefined, logo: undefined, above: here.above };
  takeResource(facts, node);
  const hiding = hidden ? undefined : hidingOf(node, here.above, rules);
  if (hiding && node.name !== 'iframe') {
    hidden = {
      element: node,
      hiding,
      links: [],
      text: '',
      names: namesOf(node, here.above),
      oneOfSeveral: isOneOfSeveral(node, here.siblings),
    };
    facts.hidden.push(hidden);
  }
  if (name === 'title' && here.above.every((one) => one.name !== 'svg'))
    facts.titles.push({ text: textOf(node), start });
  if (name === 'meta') takeMeta(facts, node);
  if (name === 'iframe' || name === 'frame')
    facts.frames.push({
      src: attributes.src ?? '',
      start,
      element: node,
      hidden: hiding !== undefined || hidden !== undefined,
    });
  if (name === 'a' || name === 'area') {
    link = linkOf(node);
    facts.links.push(link);
    hidden?.links.push(link);
  }
  const isTiny = hiding?.strength === 'tiny';
  if (link && (name === 'img' || (!isTiny && /font-size/i.test(attributes.style ?? '')))) link.legible = true;
  if (/^h[1-3]$/.test(name)) {
    const made = { text: '', start };
    facts.headings.push(made);
    heading = made;
  }
  if (/logo/i.test(`${attributes.class ?? ''} ${attributes.id ?? ''}`)) {
    const made = { text: '', start };
    facts.logos.push(made);
    logo = made;
  }
  for (const caption of [attributes.alt, name === 'a' || name === 'img' ? attributes.title : undefined]) {
    if (caption === undefined || caption === '') continue;
    facts.captions.push({ text: caption, start });
    if (name === 'img' && link && link.text === '') link.text = caption;
    if (logo && logo.text === '') logo.text = caption;
  }
  return { hidden, link, heading, logo, above: here.above };
}

function linkOf(node: ElementNode): Link {
  const href = node.attributes.href ?? '';
  return {
    href: href.slice(0, 400),
    host: hostOf(href),
    start: node.start,
    text: node.attributes.alt ?? '',
    legible: false,
  };
}

function takeMeta(facts: Mutable<PageFacts>, { attributes, start }: ElementNode): void {
  const text = attributes.content ?? '';
  const name = (attributes.name ?? attributes.property ?? '').toLowerCase();
  if (attributes['http-equiv']?.toLowerCase() === 'refresh') facts.refreshes.push({ text, start });
  else if (name !== '') facts.metas.push({ name, text, start });
  if (name === 'og:url') facts.own.push(text);
}

function takeResource(facts: Mutable<PageFacts>, { name, attributes }: ElementNode): void {
  const { src, href, rel, background, action } = attributes;
  if (name === 'base' && href !== undefined) facts.own.push(href);
  if (name === 'link' && href !== undefined) (/canonical/i.test(rel ?? '') ? facts.own : facts.resources).push(href);
  if ((name === 'img' || name === 'input' || name === 'embed' || name === 'source') && src !== undefined)
    facts.resources.push(src);
  if (background !== undefined) facts.resources.push(background);
  if (name === 'form' && action !== undefined) facts.resources.push(action);
}

const namesOf = (node: ElementNode, above: readonly ElementNode[]): string =>
  [...above, node]
    .map(({ name, attributes }) =>
      `${name === 'table' ? '' : name} ${attributes.class ?? ''} ${attributes.id ?? ''}`.slice(0, 120),
    )
    .join(' ');

/** Looks at no more than 40 brothers and sisters: pages with thousands of hidden parts cost no more than linear time. */
function isOneOfSeveral(node: ElementNode, siblings: readonly TreeNode[]): boolean {
  const stem = (one: ElementNode): string => (one.attributes.id ?? '').replace(/\d+/g, '#');
  const kind = (one: ElementNode): string => one.attributes.class ?? '';
  const near = siblings.slice(0, 40);
  return near.some(
    (other) =>
      other.kind === 'element' &&
      other !== node &&
      other.name === node.name &&
      ((kind(node) !== '' && kind(other).split(' ')[0] === kind(node).split(' ')[0]) ||
        (stem(node) !== '' && stem(other) === stem(node))),
  );
}
