import { fold, foldPlaces, type FoldedPlaces } from './fold.ts';

/** A stretch of text; `hit` where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Marks every place of a text where one of the folded terms stands. */
export function highlight(text: string, terms: readonly string[]): readonly Piece[] {
  return piecesOf(text, hitsIn(foldPlaces(text), terms));
}

/**
 * A few lines of a page round what was looked for, in about `length` characters. Without terms, how it begins.
 */
export function excerptOf(lines: readonly string[], terms: readonly string[], length = 110): readonly Piece[] {
  const at = terms.length === 0 ? firstSentence(lines) : bestLine(lines, terms);
  if (at === undefined) return [];
  const line = lines[at] ?? '';
  const hits = hitsIn(foldPlaces(line), terms);
  const first = hits[0]?.[0] ?? 0;
  const from = line.length <= length ? 0 : beginning(line, Math.max(0, first - Math.floor(length / 4)));
  const to = whole(line, Math.min(line.length, Math.max(from + length, hits[0]?.[1] ?? 0)));
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
function bestLine(lines: readonly string[], terms: readonly string[]): number | undefined {
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
function beginning(line: string, at: number): number {
  const before = line.slice(0, at);
  const stop = Math.max(...['。', '！', '？', '；', '，'].map((sign) => before.lastIndexOf(sign))) + 1;
  return whole(line, at - stop <= 24 ? stop : at);
}

/** Not between the halves of a character. */
function whole(line: string, at: number): number {
  return /[\udc00-\udfff]/.test(line[at] ?? '') ? at - 1 : at;
}

function hitsIn({ letters, starts, ends }: FoldedPlaces, terms: readonly string[]): Span[] {
  const joined = letters.join('');
  // From units of the joined text to its code points.
  const points: number[] = [];
  for (const [at, letter] of letters.entries()) points.push(...Array<number>(letter.length).fill(at));
  const spans: Span[] = [];
  for (const term of terms) {
    if (term === '') continue;
    for (let at = joined.indexOf(term); at >= 0; at = joined.indexOf(term, at + term.length)) {
      const start = starts[points[at] ?? 0] ?? 0;
      spans.push([start, ends[points[at + term.length - 1] ?? 0] ?? start]);
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
export function hasAll(lines: readonly string[], terms: readonly (readonly string[])[]): boolean {
  const folded = lines.map(fold);
  return terms.every((texts) => texts.some((text) => folded.some((line) => line.includes(text))));
}
