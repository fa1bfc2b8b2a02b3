import { border } from './context.ts';
import { languageModel } from './language-model.ts';
import type { OpenPlace } from './propose.ts';
import { gapSign } from './types.ts';

/** A page with those lines joined that were broken within sentences, and its places where they stand then. */
export interface Unwrapped {
  readonly html: string;
  readonly places: readonly OpenPlace[];
  /** The usual length of lines that end in a bare line feed within sentences, where the page has such. */
  readonly lineLength?: number;
}

/**
 * Texts that were broken into lines within sentences (to fit a screen, a letter, a sheet that was scanned) say nothing by
 * where their lines end: for ranking they are put together again. Which white space and tags stand between such lines is
 * seen on the page itself. Linear.
 */
export function unwrap(html: string, places: readonly OpenPlace[]): Unwrapped {
  const byStart = new Map(places.map((place) => [place.start, place]));
  const isDropped = places.some(({ finding }) => finding.rule === 'vanished-by-words');
  const ends = lineEnds(html, byStart, isDropped);
  const feedsGo = places.some(({ finding }) => finding.signs?.includes('\n') === true);
  const { broken, doubts } = brokenKinds(ends, isDropped, feedsGo ? longestWithout : longestBroken);
  const joined = ends.filter(({ kind, length }) => length >= (broken.get(kind) ?? Infinity) * lastLine);
  if (joined.length === 0) return { html, places: doubted(places, ends, doubts) };
  const fed = joined.find(({ from }) => html[from] === '\n');
  const lineLength = fed && broken.get(fed.kind);
  return { ...join(html, doubted(places, ends, doubts), joined), ...(lineLength === undefined ? {} : { lineLength }) };
}

/** Places at the ends of lines that may have been broken within sentences are trusted as far as that is improbable. */
function doubted(
  places: readonly OpenPlace[],
  ends: readonly LineEnd[],
  doubts: ReadonlyMap<string, number>,
): readonly OpenPlace[] {
  if (doubts.size === 0) return places;
  const byEnd = new Map(ends.map(({ from, kind }) => [from, doubts.get(kind) ?? 0]));
  return places.map((place) => {
    const doubt = byEnd.get(place.start + 1) ?? byEnd.get(place.end) ?? 0;
    const { finding } = place;
    return doubt < leastDoubt
      ? place
      : { ...place, finding: { ...finding, trust: (finding.trust ?? 1) * (1 - doubt) } };
  });
}
/** As much is taken off for other reasons. */
const leastDoubt = 0.02;

/** A line so much shorter than the others of its kind ends a paragraph. */
const lastLine = 0.6;

interface LineEnd {
  /** What stands behind the line: its tags, line feeds, and how the next line is indented; empty where that is no break. */
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** The line is not short, and has a mark in it. */
  readonly isProse: boolean;
  readonly ends: 'plain' | 'mark' | 'gap' | 'doubt';
  /** What the words on both sides say of their going on into each other, as the logarithm of a factor. */
  readonly goesOn: number;
}

const between = /(?:\s|&nbsp;|&emsp;|&ensp;|<\/?[a-z][^<>]*>)+/gi;
const tagName = /<(\/?[a-z][a-z0-9]*)/gi;
const inline = new Set('span font b strong i em u small big o s sup sub ins del wbr'.split(' '));
/** Tags by which somebody breaks a line; cells, headings, items and links stand for themselves. */
const breaking = new Set('br p div'.split(' '));
const indentation = /(?:[ \t\u3000\u00a0]|&nbsp;|&emsp;|&ensp;)*$/;
const longestIndentation = 64;
const mostTags = 8;
/** Shorter lines are headings, signatures and labels. */
const shortest = 10;

/** What stands between two lines; undefined within a line. */
function kindOf(piece: string): string | undefined {
  const names = Array.from(piece.matchAll(tagName), ([, name = '']) => name.toLowerCase());
  const blocks = names.filter((name) => !inline.has(name.replace('/', '')));
  const feeds = piece.split('\n').length - 1;
  if (blocks.length === 0 && feeds === 0) return undefined;
  if (blocks.length > mostTags || blocks.some((name) => !breaking.has(name.replace('/', '')))) return '';
  const [indent = ''] = indentation.exec(piece.replace(/<[^<>]*>/g, '').slice(-longestIndentation)) ?? [];
  const indented = indent === '' ? '' : /^[ \t]*$/.test(indent) ? 'narrow' : 'wide';
  return `${blocks.join(' ')}|${Math.min(feeds, blocks.length > 0 ? 1 : 2)}|${indented}`;
}

function lineEnds(html: string, places: ReadonlyMap<number, OpenPlace>, isDropped: boolean): LineEnd[] {
  const found: LineEnd[] = [];
  let start = 0;
  for (const { 0: piece, index } of html.matchAll(between)) {
    const kind = kindOf(piece);
    if (kind === undefined) continue;
    const line = html.slice(start, index).replace(/<[^<>]*>/g, '');
    start = index + piece.length;
    const last = line.at(-1) ?? '';
    // Where the bytes are gone, a stop before white space may have gone unseen.
    const mayHaveLost = isDropped && /^\s/.test(piece) && /\p{Script=Han}/u.test(last);
    const isProse = line.length >= shortest && /[，。；、,]/.test(line.slice(0, -1));
    found.push({
      kind,
      from: index,
      to: start,
      length: line.length,
      isProse,
      goesOn: isProse ? continuity(line.slice(-2), html.slice(start, start + 2), mayHaveLost) : 0,
      ends: mayHaveLost ? 'doubt' : endOf(last, places.get(index - 1)),
    });
  }
  return found;
}

function endOf(last: string, place: OpenPlace | undefined): LineEnd['ends'] {
  if (last !== gapSign) return /[\p{Script=Han}\w，、,]/u.test(last) ? 'plain' : 'mark';
  const { rule, letters } = place?.finding ?? {};
  if (rule === 'vanished-by-words') return 'doubt';
  if (letters?.kind !== 'known') return 'gap';
  return letters.characters.includes('。') ? 'mark' : letters.characters.includes('；') ? 'gap' : 'plain';
}

const noBeginning = /^[，。、；：！？）》”’】]/;
const mostTold = 2;

/**
 * Whether a line goes on in the next one: none begins with a mark that closes; and how much better the next words follow the
 * last ones than they begin a line. `mayHaveLost`: a character between them may be gone, of which half of such ends tell nothing.
 */
function continuity(before: string, after: string, mayHaveLost: boolean): number {
  if (noBeginning.test(after)) return mostTold * 2;
  if (!isWords.test(before) || !isWords.test(after)) return 0;
  const model = languageModel();
  const [b2 = 0, b1 = 0, a1 = 0, a2 = 0, line = 0] = [...before, ...after, border].map(model.idOf);
  const begun = model.logProbability(0, line, a1) + model.logProbability(line, a1, a2);
  const followed = model.logProbability(b2, b1, a1) + model.logProbability(b1, a1, a2) - begun;
  const factor = mayHaveLost ? Math.log((1 + Math.exp(followed)) / 2) : followed;
  return Math.max(-mostTold, Math.min(mostTold, factor));
}

const isWords = /^\p{Script=Han}{2}$/u;

/**
 * What the end of a line of prose says of its kind, as the logarithm of a factor: where lines are paragraphs, 97 in 100 end
 * in a stop, which the filter swallows or changes; where they were broken within sentences, half of the ends are as they were.
 */
const shown: Readonly<Record<LineEnd['ends'], number>> = { plain: 2.5, mark: -2, gap: -0.65, doubt: 0 };
/** With the bytes dropped, half of the lost stops show in the pairing, of other characters one in sixteen. */
const dropped: Readonly<Record<LineEnd['ends'], number>> = { plain: 2.5, mark: -2, gap: -2, doubt: 0.6 };
/** Before any line is seen: few pages are broken so. */
const seldom = -4;
const leastProse = 0.5;
/** Four captions of pictures are no text yet. */
const fewestProse = 5;

/** Paragraphs are hardly ever all of a length; lines that were filled are. */
const even = 5;
const fewestEven = 5;
const mostAside = 0.2;
const leastEven = 0.85;
const narrowest = 18;
const widest = 60;

/** Who breaks lines breaks all that are long: hardly any is twice as long as most. */
const nearlyAll = 0.9;
const longestBroken = 2;
/** The later filter swallows half of the line feeds. */
const longestWithout = 4;

/**
 * The kinds of what stands between lines where sentences go on beyond it, each with the usual length of its lines; and how
 * probable it is of the others that they do.
 */
function brokenKinds(ends: readonly LineEnd[], isDropped: boolean, longest: number) {
  const table = isDropped ? dropped : shown;
  const broken = new Map<string, number>();
  const doubts = new Map<string, number>();
  for (const [kind, lines] of byKind(ends)) {
    const long = lines.filter(({ length }) => length >= shortest);
    const lengths = long.map(({ length }) => length).sort((a, b) => a - b);
    const width = lengths[lengths.length >> 1] ?? 0;
    const prose = long.filter(({ isProse }) => isProse);
    if (kind === '' || prose.length < Math.max(fewestProse, long.length * leastProse)) continue;
    if ((lengths[Math.floor(lengths.length * nearlyAll)] ?? 0) > width * longest) continue;
    const start = seldom + (isEven(lengths, width) ? even : 0);
    const score = prose.reduce((sum, { ends: how, goesOn }) => sum + table[how] + goesOn, start);
    if (score > 0) broken.set(kind, width);
    else doubts.set(kind, 1 / (1 + Math.exp(-score)));
  }
  return { broken, doubts };
}

/** `Map.groupBy` is not there before Node 21, and the package is for 20 as well. */
function byKind(ends: readonly LineEnd[]): Map<string, LineEnd[]> {
  const kinds = new Map<string, LineEnd[]>();
  for (const end of ends) {
    const same = kinds.get(end.kind);
    if (same) same.push(end);
    else kinds.set(end.kind, [end]);
  }
  return kinds;
}

function isEven(lengths: readonly number[], width: number): boolean {
  const near = lengths.filter((length) => Math.abs(length - width) <= width * mostAside);
  const isFull = width >= narrowest && width <= widest;
  return isFull && lengths.length >= fewestEven && near.length >= lengths.length * leastEven;
}

/** What joins two lines: a tag that stands within words. */
const joint = '<wbr>';
/** Of the characters at the ends of such lines half are lost, whatever they are. */
const priorInWords = 0.5;

function join(html: string, places: readonly OpenPlace[], joined: readonly LineEnd[]): Unwrapped {
  const pieces: string[] = [];
  const moved: OpenPlace[] = [];
  let [at, shift] = [0, 0];
  const move = (until: number): void => {
    for (let place = places[moved.length]; place !== undefined && place.start < until; place = places[moved.length]) {
      const { finding, start, end } = place;
      const isAtJoint = finding.rule === 'vanished-by-words' && end === until;
      moved.push({
        finding: isAtJoint ? { ...finding, prior: priorInWords } : finding,
        start: start + shift,
        end: end + shift,
      });
    }
  };
  for (const { from, to } of joined) {
    move(from);
    // A place in the attributes of a tag stays where it is.
    if ((places[moved.length]?.start ?? Infinity) < to) continue;
    pieces.push(html.slice(at, from), joint);
    shift += joint.length - (to - from);
    at = to;
  }
  move(Infinity);
  return { html: [...pieces, html.slice(at)].join(''), places: moved };
}
