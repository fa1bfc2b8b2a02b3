import { textOf } from '@chengmen/html';
import { placeOfQuote, type PassageComment, type Revision } from '@chengmen/revision';

/** Words of the fields that remarks can be made on. */
export function wordsOf({ fields }: Pick<Revision, 'fields'>): ReadonlyMap<string, string> {
  return new Map(
    ['title', 'name', 'summary', 'body', 'answer', 'alt'].flatMap((name) => {
      const value = (fields as Record<string, unknown>)[name];
      if (typeof value !== 'string' || value === '') return [];
      return [[name, name === 'body' || name === 'answer' ? textOf(value) : value] as const];
    }),
  );
}

/** A remark, and where its passage stands in a revision; undefined where the words are not there any more. */
export interface PlacedRemark extends PassageComment {
  readonly found: number | undefined;
}

export function placed(comments: readonly PassageComment[], revision: Pick<Revision, 'fields'>): PlacedRemark[] {
  const words = wordsOf(revision);
  return comments.map((one) => ({ ...one, found: placeOfQuote(words.get(one.field) ?? '', one) }));
}

/** A stretch of a line: plain, or the passage of remarks. */
export interface Marked {
  readonly text: string;
  readonly remarks: readonly number[];
}

/** A paragraph of a field, and where it begins. */
export interface MarkedLine {
  readonly place: number;
  readonly text: string;
  readonly parts: readonly Marked[];
}

/** The paragraphs of a text with the passages of open remarks marked in them. */
export function markedLines(text: string, remarks: readonly PlacedRemark[]): MarkedLine[] {
  const passages = remarks.flatMap(({ id, found: from, quote }) =>
    from === undefined ? [] : [{ id, from, to: from + quote.length }],
  );
  let place = 0;
  return text.split('\n').map((line) => {
    const [start, end] = [place, place + line.length];
    place = end + 1;
    const edges = passages.flatMap(({ from, to }) => [from, to]).filter((one) => one > start && one < end);
    const cuts = [...new Set([start, ...edges, end])].sort((a, b) => a - b);
    const parts = cuts.slice(0, -1).map((from, at): Marked => {
      const to = cuts[at + 1] ?? end;
      const over = passages.filter((one) => one.from < to && one.to > from);
      return { text: text.slice(from, to), remarks: over.map(({ id }) => id) };
    });
    return { place: start, text: line, parts };
  });
}
