import type { FoldedPlaces } from './fold.ts';
import { byCharacters, type Folding } from './folding.ts';

/** A stretch of text; `hit` where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Marks every place of a text where one of the folded terms stands. */
export function highlight(text: string, terms: readonly string[], folding: Folding = byCharacters): readonly Piece[] {
  return piecesOf(text, hitsIn(text, terms, folding));
}

/**
 * A few lines of a page round what was looked for, in about 110 characters, 200 of a language with spaces. Without terms, how
 * it begins.
 */
export function excerptOf(
  lines: readonly string[],
  terms: readonly string[],
  folding: Folding = byCharacters,
): readonly Piece[] {
  const length = folding.words ? 200 : 110;
  const at = terms.length === 0 ? firstSentence(lines) : bestLine(lines, terms, folding);
  if (at === undefined) return [];
  const line = lines[at] ?? '';
  const hits = hitsIn(line, terms, folding);
  const first = hits[0]?.[0] ?? 0;
  const from = line.length <= length ? 0 : beginning(line, Math.max(0, first - Math.floor(length / 4)), folding);
  const to = ending(line, Math.min(line.length, Math.max(from + length, hits[0]?.[1] ?? 0)), folding);
  const within = hits
    .filter(([start, end]) => start >= from && end <= to)
    .map(([start, end]): Span => [start - from, end - from]);
  return [
    ...(from > 0 ? [{ text: '…', hit: false }] : []),
    ...piecesOf(line.slice(from, to), within),
    ...(to < line.length ? [{ text: '…', hit: false }] : []),
  ];
}

type Span = readonly [start: number, end: number];

/** Past labels, dates and the like. */
function firstSentence(lines: readonly string[]): number | undefined {
  const at = lines.findIndex((line) => line.length >= 30);
  return at < 0 ? undefined : at;
}

/** The line with the most different terms; of these the first. */
function bestLine(lines: readonly string[], terms: readonly string[], { fold }: Folding): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [at, line] of lines.entries()) {
    const folded = fold(line);
    const count = terms.filter((term) => folded.includes(term)).length;
    if (count > most) [best, most] = [at, count];
    if (most === terms.length) break;
  }
  return best;
}

/** Back to the beginning of a sentence where one is near. */
function beginning(line: string, at: number, { words }: Folding): number {
  const before = line.slice(0, at);
  if (words) {
    const stop = Math.max(...['. ', '! ', '? ', '; '].map((sign) => before.lastIndexOf(sign) + sign.length));
    return stop > 1 && at - stop <= 60 ? stop : before.lastIndexOf(' ') + 1;
  }
  const stop = Math.max(...['。', '！', '？', '；', '，'].map((sign) => before.lastIndexOf(sign))) + 1;
  return whole(line, at - stop <= 24 ? stop : at);
}

/** Not within a word, unless it is a very long one. */
function ending(line: string, at: number, { words }: Folding): number {
  const space = words ? line.lastIndexOf(' ', at) : -1;
  return at < line.length && at - space < 30 ? space : whole(line, at);
}

/** Not between the halves of a character. */
function whole(line: string, at: number): number {
  return /[\udc00-\udfff]/.test(line[at] ?? '') ? at - 1 : at;
}

function hitsIn(text: string, terms: readonly string[], folding: Folding): Span[] {
  const { letters, starts, ends }: FoldedPlaces = folding.places(text);
  const joined = letters.join('');
  // From units of the joined text to its code points.
  const points: number[] = [];
  for (const [at, letter] of letters.entries()) points.push(...Array<number>(letter.length).fill(at));
  const spans: Span[] = [];
  for (const term of terms) {
    if (term === '') continue;
    for (let at = joined.indexOf(term); at >= 0; at = joined.indexOf(term, at + term.length)) {
      const start = starts[points[at] ?? 0] ?? 0;
      let last = points[at + term.length - 1] ?? 0;
      // Words that were found by their beginning are marked whole.
      if (folding.words) while (last + 1 < letters.length && letters[last + 1] !== ' ') last++;
      spans.push([start, ends[last] ?? start]);
    }
  }
  return merged(spans);
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)];
    else result.push([start, end]);
  }
  return result;
}

function piecesOf(text: string, hits: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [start, end] of hits) {
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** Whether a page, as it now is, has all of the terms. Each term is a list of texts of which one is enough. */
export function hasAll(
  lines: readonly string[],
  terms: readonly (readonly string[])[],
  { fold }: Folding = byCharacters,
): boolean {
  const folded = lines.map(fold);
  return terms.every((texts) => texts.some((text) => folded.some((line) => line.includes(text))));
}
