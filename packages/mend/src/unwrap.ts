import type { OpenPlace } from './propose.ts';
import { gapSign } from './types.ts';

/** A page with the lines joined that were broken within sentences, and its places where they stand then. */
export interface Unwrapped {
  readonly html: string;
  readonly places: readonly OpenPlace[];
}

/** White space, and tags between lines, inline ones that begin or end there too. */
const between = /(?:\s|&nbsp;|&emsp;|&ensp;|<\/?[a-z][^<>]*>)+/gi;
const tagName = /<(\/?[a-z][a-z0-9]*)/gi;
const inline = new Set('span font b strong i em u small big o s sup sub ins del wbr'.split(' '));
/** Tags by which somebody breaks a line; cells, headings, items and links stand for themselves. */
const breaking = new Set('br p div'.split(' '));
const wide = /(?:\u3000|\u00a0|&nbsp;|&emsp;|&ensp;)/;

/** What stands between two lines, by its tags, its line feeds and how the second line is indented; undefined within a line. */
function kindOf(piece: string): string | undefined {
  const names = Array.from(piece.matchAll(tagName), ([, name = '']) => name.toLowerCase());
  const blocks = names.filter((name) => !inline.has(name.replace('/', '')));
  const lines = piece.split('\n').length - 1;
  if (blocks.length === 0 && lines === 0) return undefined;
  if (blocks.some((name) => !breaking.has(name.replace('/', '')))) return '';
  const [indent = ''] = /(?:[ \t\u3000\u00a0]|&nbsp;|&emsp;|&ensp;)*$/.exec(piece.replace(/<[^<>]*>/g, '')) ?? [];
  const indented = wide.test(indent) ? 'wide' : indent === '' ? '' : 'narrow';
  return `${blocks.join(' ')}|${Math.min(lines, blocks.length > 0 ? 1 : 2)}|${indented}`;
}

interface LineEnd {
  readonly kind: string;
  /** Where what stands between the two lines begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly isProse: boolean;
  readonly ends: 'plain' | 'mark' | 'gap' | 'doubt';
}

/** Lines shorter than this are headings, signatures and labels. */
const shortest = 10;

export const endOf = (last: string): LineEnd['ends'] =>
  last === gapSign ? 'gap' : /[\p{Script=Han}\w，、,]/u.test(last) ? 'plain' : 'mark';

export function lineEnds(html: string, doubtful: ReadonlySet<number>): LineEnd[] {
  const isDropped = doubtful.size > 0;
  const found: LineEnd[] = [];
  let start = 0;
  for (const match of html.matchAll(between)) {
    const kind = kindOf(match[0]);
    if (kind === undefined) continue;
    const line = html.slice(start, match.index).replace(/<[^<>]*>/g, '');
    const last = line.at(-1) ?? '';
    start = match.index + match[0].length;
    found.push({
      kind,
      from: match.index,
      to: start,
      length: line.length,
      isProse: line.length >= shortest && /[，。；、,]/.test(line.slice(0, -1)),
      ends: doubtful.has(match.index - 1) || (isDropped && /^\s/.test(match[0]) && /\p{Script=Han}/u.test(last)) ? 'doubt' : endOf(last),
    });
  }
  return found;
}

/**
 * What the end of a line of prose says of its kind, as the logarithm of a factor: where lines are paragraphs, 97 in 100 end
 * in a stop, and the filter swallows or changes each of them; where they were broken within sentences, half of the ends are
 * left as they were.
 */
export const says: Readonly<Record<'shown' | 'dropped', Readonly<Record<LineEnd['ends'], number>>>> = {
  shown: { plain: 2.5, mark: -2, gap: -0.65, doubt: 0 },
  // With the bytes dropped, half of the lost stops show in the pairing, of the other characters one in sixteen.
  dropped: { plain: 2.5, mark: -2, gap: -2, doubt: 0.6 },
};
/** Before any line is seen: few pages are broken so. */
const before = -4;
const leastProse = 0.5;

/** Paragraphs are hardly ever all of a length; lines that were filled are. */
const even = 5;
const fewestEven = 4;
const mostAside = 0.2;
const leastEven = 0.85;
const longestEven = 60;

function isEven(lines: readonly LineEnd[], width: number): boolean {
  const near = lines.filter(({ length }) => Math.abs(length - width) <= width * mostAside);
  return lines.length >= fewestEven && width <= longestEven && near.length >= lines.length * leastEven;
}

/** Who breaks lines breaks all that are long: hardly any is twice as long as most. */
const nearlyAll = 0.9;
const longestBroken = 2;

/** The kinds of what stands between lines where the sentences go on beyond it. */
export function brokenKinds(ends: readonly LineEnd[], isDropped: boolean): Map<string, number> {
  const table = says[isDropped ? 'dropped' : 'shown'];
  const kinds = new Map<string, LineEnd[]>();
  for (const end of ends) if (end.kind !== '' && end.length >= shortest) kinds.set(end.kind, [...(kinds.get(end.kind) ?? []), end]);
  const broken = new Map<string, number>();
  for (const [kind, lines] of kinds) {
    const prose = lines.filter(({ isProse }) => isProse);
    const lengths = lines.map(({ length }) => length).sort((a, b) => a - b);
    const width = lengths[lengths.length >> 1] ?? 0;
    if ((lengths[Math.floor(lengths.length * nearlyAll)] ?? 0) > width * longestBroken) continue;
    const start = before + (isEven(lines, width) ? even : 0);
    const sum = prose.reduce((all, { ends: how }) => all + table[how], start);
    if (sum > 0 && prose.length >= lines.length * leastProse) broken.set(kind, width);
  }
  return broken;
}

/** A line so much shorter than the others of its kind ends a paragraph. */
const lastLine = 0.6;
/** What joins two lines: a tag that stands within words. */
const joint = '<wbr>';
/** Of the characters at the ends of such lines half are lost, whatever they are. */
const priorInWords = 0.5;

/**
 * Texts that were broken into lines within sentences (to fit a screen, a letter, a page that was scanned) say nothing by
 * where their lines end: for ranking they are put together again. Linear.
 */
export function unwrap(html: string, places: readonly OpenPlace[]): Unwrapped {
  const doubtful = new Set(places.flatMap(({ finding, start }) => (finding.intact === '' ? [start] : [])));
  const ends = lineEnds(html, doubtful);
  const broken = brokenKinds(ends, doubtful.size > 0);
  const joined = ends.filter(({ kind, length }) => length >= (broken.get(kind) ?? Infinity) * lastLine);
  if (joined.length === 0) return { html, places };
  return join(html, places, joined);
}

function join(html: string, places: readonly OpenPlace[], joined: readonly LineEnd[]): Unwrapped {
  const pieces: string[] = [];
  const moved: OpenPlace[] = [];
  let [at, shift, next] = [0, 0, 0];
  const movePlaces = (until: number, endsLine: boolean): void => {
    for (let place = places[next]; place !== undefined && place.start < until; place = places[++next]) {
      const { finding, start, end } = place;
      const isLast = endsLine && end >= until && finding.intact === '';
      moved.push({
        finding: isLast ? { ...finding, prior: priorInWords } : finding,
        start: start + shift,
        end: end + shift,
      });
    }
  };
  for (const { from, to } of joined) {
    movePlaces(from, true);
    pieces.push(html.slice(at, from), joint);
    shift += joint.length - (to - from);
    at = to;
  }
  movePlaces(Infinity, false);
  return { html: [...pieces, html.slice(at)].join(''), places: moved };
}
