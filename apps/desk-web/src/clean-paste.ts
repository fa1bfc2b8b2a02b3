import { escapeText, parseTree, sanitise, textIn, type ElementNode, type TreeNode } from '@chengmen/html';
import { isListParagraph, printList } from './word-lists.ts';
import { newLosses, type Loss, type Losses } from './losses.ts';

/** A picture that came inside what was pasted; it stands as `media:pasted-N` until it is handed in. */
export interface PastedPicture {
  readonly source: string;
  /** `data:image/png;base64,…` */
  readonly data: string;
  readonly alt: string;
}

export interface Pasted {
  /** Clean: what `sanitise` would leave as it is. */
  readonly html: string;
  readonly losses: readonly Loss[];
  readonly pictures: readonly PastedPicture[];
}

interface Paste {
  readonly losses: Losses;
  readonly pictures: PastedPicture[];
  /** Footnotes by the name their reference leads to. */
  readonly notes: ReadonlyMap<string, ElementNode>;
}

/**
 * What Word, WPS or a browser put on the clipboard, as a body may hold it: lists made lists again, footnotes put where they
 * belong, bold and raised text told by its style, pictures taken out to be handed in. Whatever is dropped or changed is told.
 * Pure, and never throws; a million characters take about a second.
 *
 * @example
 * cleanPaste('<p class=MsoNormal><u>甲</u></p>').losses[0] // { zh: '下划线', english: 'underline', count: 1, sample: '甲' }
 */
export function cleanPaste(markup: string): Pasted {
  const root = parseTree(fragmentOf(markup).toWellFormed());
  const notes = new Map<string, ElementNode>();
  collectNotes(root, notes);
  const paste: Paste = { losses: newLosses(), pictures: [], notes };
  const { html, removed } = sanitise(printAll(root.children, paste));
  const more = removed.map(({ what, english, count, sample }) => ({ zh: what, english, count, sample }));
  return { html, losses: [...paste.losses.list(), ...more], pictures: paste.pictures };
}

/** Browsers say where the copied part begins and ends. */
function fragmentOf(markup: string): string {
  const start = markup.indexOf('<!--StartFragment-->');
  const end = markup.lastIndexOf('<!--EndFragment-->');
  return start >= 0 && end > start ? markup.slice(start + '<!--StartFragment-->'.length, end) : markup;
}

const noteId = /^(?:ftn|edn|footnote-|endnote-)\d+$/;

/** The texts of footnotes, behind the body: `<div id=ftn1>` of Word, `<li id=footnote-1>` of an imported document. */
function collectNotes(node: ElementNode, notes: Map<string, ElementNode>): void {
  for (const child of node.children) {
    if (child.kind !== 'element') continue;
    const id = child.attributes['id'] ?? '';
    if (noteId.test(id)) notes.set(id, child);
    else collectNotes(child, notes);
  }
}

function printAll(nodes: readonly TreeNode[], paste: Paste): string {
  let out = '';
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node === undefined) continue;
    if (node.kind === 'element' && isListParagraph(node)) {
      const items: ElementNode[] = [node];
      // White space and comments between two items part nothing.
      for (let next = at + 1; next < nodes.length; next++) {
        const following = nodes[next];
        if (following?.kind === 'element' && isListParagraph(following)) {
          items.push(following);
          at = next;
        } else if (following?.kind === 'element' || (following?.kind === 'text' && following.text.trim() !== '')) break;
      }
      out += printList(items, paste.losses, (inside) => printAll(inside, paste));
    } else out += print(node, paste);
  }
  return out;
}

function print(node: TreeNode, paste: Paste): string {
  if (node.kind === 'text') return escapeText(node.text);
  if (node.kind === 'comment') return printComment(node.text, paste);
  return printElement(node, paste);
}

/** Word hides drawings from browsers in conditional comments; a picture among them stands behind it again as `img`. */
function printComment(text: string, { losses }: Paste): string {
  if (/<v:(?:shape|rect|group|line|oval)\b/i.test(text) && !/<v:imagedata\b/i.test(text))
    losses.note('drawing', textWithin(text));
  return '';
}

function printElement(node: ElementNode, paste: Paste): string {
  const { name, attributes } = node;
  const { losses } = paste;
  const style = attributes['style'] ?? '';
  const words = textIn(node);
  const loss = name === 'del' ? 'deleted' : lossOfRole(node, style);
  if (loss !== undefined) {
    losses.note(loss, words);
    return '';
  }
  if (isNoteText(node, style, paste)) return '';
  const note = noteOf(raisedOnly(node) ?? node, paste);
  if (note !== undefined) return note;
  if (name === 'img') return printPicture(node, paste);
  if (words.trim() !== '') noteLooks(name, style, attributes, words, losses);
  const inside = printAll(node.children, paste);
  return wrap(name, style, `${startTag(node)}${inside}${isVoid(name) ? '' : `</${name}>`}`, inside);
}

/** Comments of reviewers stand in the clipboard like text. */
function lossOfRole({ attributes }: ElementNode, style: string): 'comment' | undefined {
  return /mso-element:\s*comment/i.test(style) ||
    /\bMsoComment(?:Text|Reference)\b|msocomanchor|msocomtxt/i.test(attributes['class'] ?? '')
    ? 'comment'
    : undefined;
}

/** The list of footnotes, whose texts have been put where they belong; of a note nobody refers to the text stays. */
function isNoteText(node: ElementNode, style: string, { notes }: Paste): boolean {
  if (/mso-element:\s*(?:footnote|endnote)-list/i.test(style)) return notes.size > 0;
  return notes.get(node.attributes['id'] ?? '') === node;
}

/** The reference inside `sup`: the note itself is not raised. */
function raisedOnly({ name, children }: ElementNode): ElementNode | undefined {
  const [only] = children;
  return name === 'sup' && children.length === 1 && only?.kind === 'element' ? only : undefined;
}

function noteOf({ name, attributes }: ElementNode, { notes, losses }: Paste): string | undefined {
  if (name !== 'a') return undefined;
  const [, id] = /#_?((?:ftn|edn|footnote-|endnote-)\d+)$/.exec(attributes['href'] ?? '') ?? [];
  const note = id === undefined ? undefined : notes.get(id);
  if (!note) return undefined;
  const text = textIn(note)
    .replace(/^\s*\[?\d+\]?\s*|\s*↑\s*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  losses.note('note', text);
  return `<span class="note">${escapeText(text)}</span>`;
}

function printPicture({ attributes }: ElementNode, { losses, pictures }: Paste): string {
  const source = (attributes['src'] ?? '').trim();
  const given = attributes['alt'] ?? '';
  if (/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(source)) {
    const own = `media:pasted-${pictures.length}`;
    const alt = isPath(given) ? '' : given;
    pictures.push({ source: own, data: source, alt });
    return `<img src="${own}" alt="${escapeText(alt)}">`;
  }
  if (/^https:/i.test(source)) losses.note('stranger', source);
  else losses.note('missing', /[^/\\]*$/.exec(source.slice(0, 300))?.[0] ?? '');
  return /^https:/i.test(source) ? `<img src="${escapeText(source)}" alt="${escapeText(given)}">` : '';
}

/** Word writes where the file lay on somebody's disk. */
const isPath = (alt: string): boolean => /^(?:[A-Za-z]:[\\/]|file:|\\\\)/.test(alt.trim());

/** Looks a body does not have. */
function noteLooks(
  name: string,
  style: string,
  attributes: Readonly<Record<string, string>>,
  words: string,
  losses: Losses,
): void {
  if (name === 'u' || /text-decoration[^;]*underline/i.test(style)) losses.note('underline', words);
  if (name === 's' || name === 'strike' || /text-decoration[^;]*line-through/i.test(style))
    losses.note('strike', words);
  if (colourOf(style, attributes)) losses.note('colour', words);
  if (
    /(?:^|;)\s*text-align:\s*(?:center|right|end)/i.test(style) ||
    /^(?:center|right)$/i.test(attributes['align'] ?? '')
  )
    losses.note('alignment', words);
  if (/(?:^|;)\s*font-(?:size|family):/i.test(style) || name === 'font') losses.note('font', words);
  if (/^m:omath(?:para)?$/.test(name)) losses.note('formula', words);
}

function colourOf(style: string, attributes: Readonly<Record<string, string>>): boolean {
  const [, colour = attributes['color'] ?? ''] = /(?:^|;)\s*color:\s*([^;]+)/i.exec(style) ?? [];
  const [, ground = ''] = /(?:^|;)\s*(?:background|background-color|mso-highlight):\s*([^;]+)/i.exec(style) ?? [];
  const plain =
    /^\s*(?:black|windowtext|inherit|initial|transparent|none|white|#0{3}(?:0{3})?|#f{3}(?:f{3})?|rgb\(0,\s*0,\s*0\)|rgb\(255,\s*255,\s*255\))?\s*$/i;
  return !plain.test(colour) || !plain.test(ground);
}

/** Bold, italic, raised and lowered text that only its style tells of; and `<b style="font-weight:normal">`, which is neither. */
function wrap(name: string, style: string, whole: string, inside: string): string {
  if ((name === 'b' || name === 'strong') && /font-weight:\s*(?:normal|400)/i.test(style)) return inside;
  if (name !== 'span' && name !== 'font') return whole;
  const marks = [
    /font-weight:\s*(?:bold|[6-9]00)/i.test(style) ? 'strong' : '',
    /font-style:\s*italic/i.test(style) ? 'em' : '',
    /vertical-align:\s*super/i.test(style) ? 'sup' : '',
    /vertical-align:\s*sub/i.test(style) ? 'sub' : '',
  ].filter(Boolean);
  return marks.reduce((held, mark) => `<${mark}>${held}</${mark}>`, whole);
}

const isVoid = (name: string): boolean =>
  /^(?:br|hr|img|input|col|meta|link|base|wbr|area|embed|source|track)$/.test(name);

/** Attributes go through: the cleaner tells what it takes of them. */
function startTag({ name, attributes }: ElementNode): string {
  const safe = /^[a-z][a-z0-9:-]*$/.test(name) ? name : 'span';
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    /^[a-z][a-z0-9:_-]*$/.test(key) ? [` ${key}="${escapeText(value)}"`] : [],
  );
  return `<${safe}${given.join('')}>`;
}

const textWithin = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
