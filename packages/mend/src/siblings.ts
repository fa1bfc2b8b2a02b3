import { crosscheck } from './crosscheck.ts';
import { diagnose } from './diagnose.ts';
import { layOpen } from './places.ts';
import type { SiblingFurniture, SiblingNode } from './sibling-furniture.ts';
import { between, fits, siblingIndex, type SiblingIndex } from './sibling-index.ts';
import type { Candidate, MendInput, MendResult, Place } from './types.ts';
import { gapSign } from './types.ts';

/** A piece must stand in this many pages; a site has no more pieces than the second. */
const fewestPages = 2;
const mostNodes = 20_000;
const longestNode = 80;

/** Learns a site's furniture from its pages, damaged or not: what two of them write in full. Linear in their size. */
export function learnSiblings(pages: readonly MendInput[]): SiblingFurniture {
  const texts = new Map<string, Seen>();
  const contexts = new Map<string, Seen>();
  pages.forEach((page, number) => {
    const pieces = piecesOf(sourceOf(page)).map(({ text }) => text);
    pieces.forEach((text, i) => {
      if (text.includes(gapSign) || text.includes('\ufffd')) return;
      see(texts, [text, '', ''], number, page.name);
      see(contexts, [text, pieces[i - 1] ?? '', pieces[i + 1] ?? ''], number, page.name);
    });
  });
  const shared = [...texts.values(), ...contexts.values()].filter(({ node }) => node.pages >= fewestPages);
  const nodes = shared.map(({ node }) => node).sort((a, b) => b.pages - a.pages);
  return { nodes: nodes.slice(0, mostNodes) };
}

interface Seen {
  readonly node: SiblingNode;
  /** The last page that counted. */
  readonly page: number;
}

type Context = readonly [text: string, before: string, after: string];

/** Counts a piece once for each page. */
function see(seen: Map<string, Seen>, [text, before, after]: Context, page: number, from: string): void {
  const key = `${text}\u0000${before}\u0000${after}`;
  const known = seen.get(key);
  if (known?.page === page) return;
  seen.set(key, {
    page,
    node: known ? { ...known.node, pages: known.node.pages + 1 } : { text, before, after, pages: 1, from },
  });
}

/** A page with what is exactly known of it in place. */
function sourceOf({ bytes, encoding: known }: MendInput): string {
  const { encoding, findings } = diagnose(bytes, known);
  return layOpen(
    bytes,
    findings.filter(({ intact }) => intact === undefined),
    encoding.steps,
  ).html;
}

interface Piece {
  readonly text: string;
  readonly start: number;
}

const piece = /[^<>"\n\r]+/g;
const chinese = /[\u2e80-\uffef〓]/;

/** Text nodes and attribute values with Chinese in them, white space at their ends left out. */
function piecesOf(html: string): Piece[] {
  return [...html.matchAll(piece)].flatMap(({ 0: whole, index }) => {
    if (!chinese.test(whole)) return [];
    const text = whole.trim();
    return text.length > longestNode ? [] : [{ text, start: index + whole.indexOf(text) }];
  });
}

/** What siblings say of a gap is believed this much; the class stays `likely`, since a page may differ from them. */
const certainty = 0.99;

/**
 * Gives gaps the candidates that the site's other pages have in the same piece of furniture: where all that is left of it
 * agrees, or, for a name that was put over another, where its neighbours do. Each candidate survives being damaged again.
 */
export function withSiblings(result: MendResult, siblings: SiblingFurniture): MendResult {
  if (siblings.nodes.length === 0 || result.plan.length === 0) return result;
  const index = siblingIndex(siblings);
  const pieces = piecesOf(result.html);
  const units = unitOffsets(result);
  const plan = result.plan.map((place, number): Place => {
    const at = units[number] ?? 0;
    if (!place.after.includes(gapSign) || place.class === 'proved') return place;
    const here = pieceAt(pieces, at);
    const said = here < 0 ? [] : saidOf(index, pieces, here, at);
    const [first, other] = said;
    if (first === undefined || other !== undefined) return place;
    const text = first.text + place.open.slice(gapSign.length);
    if (crosscheck(result, number, text) !== undefined) return place;
    return stated(place, { text, probability: certainty }, first.from);
  });
  return { ...result, plan };
}

function stated(place: Place, candidate: Candidate, from: string): Place {
  const others = place.candidates.filter(({ text }) => text !== candidate.text);
  const rest = others.map(({ text, probability }) => ({ text, probability: Math.min(probability, 1 - certainty) }));
  return { ...place, class: 'likely', candidates: [candidate, ...rest], evidence: `siblings: ${from}` };
}

/** UTF-16 offsets of the places in `html`. */
function unitOffsets({ html, plan }: MendResult): number[] {
  let [unit, point] = [0, 0];
  return plan.map(({ out }) => {
    for (; point < out; point++) unit += (html.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    return unit;
  });
}

function pieceAt(pieces: readonly Piece[], at: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const found = pieces[low - 1];
  return found !== undefined && at < found.start + found.text.length ? low - 1 : -1;
}

interface Said {
  readonly text: string;
  /** The page that says it. */
  readonly from: string;
}

/** The different texts that the site's other pages have where a gap stands. */
function saidOf(index: SiblingIndex, pieces: readonly Piece[], here: number, at: number): readonly Said[] {
  const { text, start } = pieces[here] ?? { text: '', start: 0 };
  const said = new Map<string, Said>();
  const add = (words: string, { from }: SiblingNode): void => {
    if (!said.has(words)) said.set(words, { text: words, from });
  };
  if (text === gapSign) {
    const [before, after] = [pieces[here - 1]?.text ?? '', pieces[here + 1]?.text ?? ''];
    for (const node of index.between(before, after) ?? [])
      if (fits(before, node.before) && fits(after, node.after)) add(node.text, node);
    return [...said.values()];
  }
  const [left, right] = [text.slice(0, at - start), text.slice(at - start + 1)];
  if (left.replaceAll(gapSign, '').length + right.replaceAll(gapSign, '').length < 2) return [];
  for (const node of index.like(text) ?? []) for (const words of between(left, right, node.text)) add(words, node);
  return [...said.values()];
}
