import { crosscheck } from './crosscheck.ts';
import { diagnose } from './diagnose.ts';
import { layOpen } from './places.ts';
import type { SiblingFurniture, SiblingNode } from './sibling-furniture.ts';
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

const piece = /[^<>"\n\r]*[\u2e80-\uffef〓][^<>"\n\r]*/g;

/** Text nodes and attribute values with Chinese in them, white space at their ends left out. */
function piecesOf(html: string): Piece[] {
  return [...html.matchAll(piece)].flatMap(({ 0: whole, index }) => {
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
export function withSiblings(result: MendResult, { nodes }: SiblingFurniture): MendResult {
  if (nodes.length === 0 || result.plan.length === 0) return result;
  const pieces = piecesOf(result.html);
  const units = unitOffsets(result);
  const plan = result.plan.map((place, index): Place => {
    const at = units[index] ?? 0;
    if (!place.after.includes(gapSign) || place.class === 'proved') return place;
    const number = pieceAt(pieces, at);
    const here = pieces[number];
    if (here === undefined) return place;
    const said = nodes.flatMap((node) => {
      const text = saidBy(node, here, at - here.start, pieces[number - 1]?.text, pieces[number + 1]?.text);
      return text === undefined ? [] : [{ text: text + place.open.slice(gapSign.length), from: node.from }];
    });
    const texts = [...new Set(said.map(({ text }) => text))];
    const [only] = texts;
    if (only === undefined || texts.length > 1 || crosscheck(result, index, only) !== undefined) return place;
    return stated(place, { text: only, probability: certainty }, said[0]?.from ?? '');
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

/** What a node of a sibling has where the gap stands, or undefined where it is another piece of furniture. */
function saidBy(
  node: SiblingNode,
  { text }: Piece,
  at: number,
  before: string | undefined,
  after: string | undefined,
): string | undefined {
  if (text === gapSign) {
    const isHere = fits(before, node.before) && fits(after, node.after);
    return isHere && node.before + node.after !== '' ? node.text : undefined;
  }
  const [left, right] = [text.slice(0, at), text.slice(at + 1)];
  if (left.replaceAll(gapSign, '').length + right.replaceAll(gapSign, '').length < 2) return undefined;
  return new RegExp(`^${pattern(left)}(.{1,2})${pattern(right)}$`, 'u').exec(node.text)?.[1];
}

const fits = (seen: string | undefined, said: string): boolean =>
  new RegExp(`^${pattern(seen ?? '')}$`, 'u').test(said);

const pattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(gapSign, '.{1,60}?');
