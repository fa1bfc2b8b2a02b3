import { Tokenizer, TokenizerMode, type Token as Tokens } from 'parse5';

export interface ElementNode {
  readonly kind: 'element';
  /** Lower case. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: TreeNode[];
  /** Where the start tag begins in the source, and where the element ends, in UTF-16 units. */
  readonly start: number;
  end: number;
  /** Its end tag was there. An open element ends with what holds it. */
  ended: boolean;
}

export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface CommentNode {
  readonly kind: 'comment';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type TreeNode = ElementNode | TextNode | CommentNode;

/** Browsers stop at 512 as well: deeper elements become siblings. */
const deepest = 256;

const voidElements = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);
const formatting = new Set(
  'a abbr acronym b bdi bdo big cite code em font i ins del kbd label mark nobr q s samp small span strike strong sub sup tt u var'.split(
    ' ',
  ),
);
const endsParagraph = new Set(
  'address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table td th tr ul'.split(
    ' ',
  ),
);
/** An element whose start tag ends an open one of these, as far up as the nearest of `within`. */
const implied: Readonly<Record<string, { readonly ends: readonly string[]; readonly within: ReadonlySet<string> }>> = {
  li: { ends: ['li'], within: new Set(['ul', 'ol', 'menu', 'dir', 'td', 'th']) },
  dt: { ends: ['dt', 'dd'], within: new Set(['dl', 'td', 'th']) },
  dd: { ends: ['dt', 'dd'], within: new Set(['dl', 'td', 'th']) },
  option: { ends: ['option'], within: new Set(['select', 'datalist']) },
  rt: { ends: ['rt', 'rp'], within: new Set(['ruby']) },
  rp: { ends: ['rt', 'rp'], within: new Set(['ruby']) },
};
/** A part of a table ends everything open in its table that it cannot stand in. */
const standsIn: Readonly<Record<string, ReadonlySet<string>>> = {
  td: new Set(['tr', 'tbody', 'thead', 'tfoot', 'table']),
  th: new Set(['tr', 'tbody', 'thead', 'tfoot', 'table']),
  tr: new Set(['tbody', 'thead', 'tfoot', 'table']),
  tbody: new Set(['table']),
  thead: new Set(['table']),
  tfoot: new Set(['table']),
  caption: new Set(['table']),
};
const cells = new Set(['td', 'th', 'caption']);
const tableParts = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption']);

/** What the tokenizer must know about elements whose content is not markup. */
const rawContent: Readonly<
  Record<string, typeof TokenizerMode.RAWTEXT | typeof TokenizerMode.RCDATA | typeof TokenizerMode.SCRIPT_DATA>
> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
};

/**
 * Any string as a tree, by HTML's own tokenizer and a forgiving way of nesting: time and memory grow with the length of
 * the input whatever it holds, no element is deeper than 256, and every node knows its place in the source.
 * Never throws. An element that is never closed (`<title>` on a damaged page) does not swallow the rest as text.
 */
export function parseTree(html: string): ElementNode {
  const root: ElementNode = element('#root', {}, 0);
  const builder = new Builder(html, root);
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (token) => {
        builder.open(token.tagName, attributesOf(token.attrs), place(token));
        const mode = rawContent[token.tagName];
        if (mode !== undefined && builder.closesLater(token.tagName, place(token).end)) {
          tokenizer.state = mode;
          tokenizer.lastStartTagName = token.tagName;
        }
      },
      onEndTag: (token) => {
        builder.close(token.tagName, place(token));
      },
      onCharacter: (token) => {
        builder.text(token.chars, place(token));
      },
      onWhitespaceCharacter: (token) => {
        builder.text(token.chars, place(token));
      },
      onComment: (token) => {
        builder.comment(token.data, place(token));
      },
      onNullCharacter: () => undefined,
      onDoctype: () => undefined,
      onEof: () => undefined,
    },
  );
  tokenizer.write(html, true);
  builder.finish();
  return root;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const place = (token: Tokens.Token): Span => ({
  start: token.location?.startOffset ?? 0,
  end: token.location?.endOffset ?? 0,
});

function attributesOf(list: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, value } of list) attributes[name] = value;
  return attributes;
}

const element = (name: string, attributes: Readonly<Record<string, string>>, start: number): ElementNode => ({
  kind: 'element',
  name,
  attributes,
  children: [],
  start,
  end: start,
  ended: false,
});

/** The stack of open elements. Each rule looks at no more than the `deepest` entries of it. */
class Builder {
  readonly #html: string;
  readonly #root: ElementNode;
  readonly #stack: ElementNode[];
  /** How many of each name are open, so that a stray end tag costs nothing. */
  readonly #open = new Map<string, number>();
  /** Where the last end tag of a raw element stands; looked up once. */
  readonly #lastEnd = new Map<string, number>();
  /** Elements left out because of their depth; their end tags are left out too. */
  #tooDeep = 0;

  constructor(html: string, root: ElementNode) {
    this.#html = html;
    this.#root = root;
    this.#stack = [root];
  }

  get #top(): ElementNode {
    return this.#stack.at(-1) ?? this.#root;
  }

  closesLater(name: string, from: number): boolean {
    let last = this.#lastEnd.get(name);
    if (last === undefined) {
      last = lastEndTag(this.#html, name);
      this.#lastEnd.set(name, last);
    }
    return last >= from;
  }

  text(text: string, { start, end }: Span): void {
    this.#top.children.push({ kind: 'text', text, start, end });
  }

  comment(text: string, { start, end }: Span): void {
    this.#top.children.push({ kind: 'comment', text, start, end });
  }

  open(name: string, attributes: Readonly<Record<string, string>>, { start, end }: Span): void {
    if (endsParagraph.has(name)) this.#endWithin(['p'], cells, start);
    const rule = implied[name];
    if (rule) this.#endWithin(rule.ends, rule.within, start);
    const holders = standsIn[name];
    if (holders) this.#backTo(holders, start);
    if (name === 'table') this.#endTableOutsideCell(start);
    const made = element(name, attributes, start);
    made.end = end;
    if (this.#stack.length > deepest && !voidElements.has(name)) {
      this.#tooDeep++;
      return;
    }
    this.#top.children.push(made);
    if (voidElements.has(name)) return;
    this.#stack.push(made);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
  }

  close(name: string, span: Span): void {
    if (name === 'br') {
      this.open('br', {}, span);
      return;
    }
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    if (name === 'body' || name === 'html' || !this.#open.get(name)) return;
    const index = this.#reachable(name);
    if (index < 0) return;
    const found = this.#stack[index];
    if (found) found.ended = true;
    // `<b><p>…</b>…</p>`: the bold ends with the paragraph that stands in it, and no text changes its place.
    if (formatting.has(name) && this.#stack.slice(index + 1).some((inner) => !formatting.has(inner.name))) return;
    this.#popTo(index, span);
  }

  finish(): void {
    this.#popTo(1, { start: this.#html.length, end: this.#html.length });
    this.#root.end = this.#html.length;
  }

  /** The innermost open element of a name that an end tag may reach from here; −1 when none. */
  #reachable(name: string): number {
    const crossesCells = tableParts.has(name);
    for (let index = this.#stack.length - 1; index > 0; index--) {
      const { name: here, ended } = this.#stack[index] ?? this.#root;
      if (here === name && !ended) return index;
      if (here === 'table' || (!crossesCells && cells.has(here))) return -1;
    }
    return -1;
  }

  #endWithin(names: readonly string[], boundary: ReadonlySet<string>, at: number): void {
    if (!names.some((name) => this.#open.get(name))) return;
    for (let index = this.#stack.length - 1; index > 0; index--) {
      const { name } = this.#stack[index] ?? this.#root;
      if (names.includes(name)) {
        this.#popTo(index, { start: at, end: at });
        return;
      }
      if (boundary.has(name) || name === 'table') return;
    }
  }

  #backTo(holders: ReadonlySet<string>, at: number): void {
    if (!this.#open.get('table')) return;
    const index = this.#stack.findLastIndex(({ name }) => holders.has(name));
    if (index > 0) this.#popTo(index + 1, { start: at, end: at });
  }

  /** A table that begins between the cells of another ends it. */
  #endTableOutsideCell(at: number): void {
    if (!this.#open.get('table')) return;
    const index = this.#stack.findLastIndex(({ name }) => name === 'table' || cells.has(name));
    if (this.#stack[index]?.name === 'table') this.#popTo(index, { start: at, end: at });
  }

  #popTo(length: number, { start, end }: Span): void {
    while (this.#stack.length > length) {
      const ended = this.#stack.pop();
      if (!ended) return;
      ended.end = this.#stack.length === length ? end : start;
      this.#open.set(ended.name, (this.#open.get(ended.name) ?? 1) - 1);
    }
    // Formatting that was closed inside a paragraph ends with it.
    while (this.#stack.length > 1 && this.#top.ended && formatting.has(this.#top.name)) {
      const ended = this.#stack.pop();
      if (!ended) return;
      ended.end = start;
      this.#open.set(ended.name, (this.#open.get(ended.name) ?? 1) - 1);
    }
  }
}

function lastEndTag(html: string, name: string): number {
  const pattern = new RegExp(`</${name}[\\s/>]`, 'gi');
  let last = -1;
  for (const { index } of html.matchAll(pattern)) last = index;
  return last;
}
