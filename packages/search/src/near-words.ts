import { gramPhrase } from './grams.ts';
import type { SearchIndex } from './open-index.ts';
import { parseQuery } from './parse-query.ts';
import { statement } from './statement.ts';

/** Titles looked through for each word. */
const looked = 400;

/** What was typed with each word that stands on no page replaced by the nearest one of a title; nothing where none is near. */
export function nearWords(index: SearchIndex, query: string): readonly string[] {
  const { terms } = parseQuery(query, new Map(), index.folding);
  let changed = false;
  const words = terms.flatMap(({ folded }) => {
    const word = folded.slice(1);
    if (word.includes(' ') || stands(index, folded)) return [word];
    const near = nearest(index, word);
    changed ||= near !== undefined;
    return near === undefined ? [] : [near];
  });
  return changed ? [words.join(' ')] : [];
}

function stands(index: SearchIndex, folded: string): boolean {
  return (
    statement(index, 'SELECT 1 FROM grams WHERE grams MATCH ? LIMIT 1').get(`{title body} : ${gramPhrase(folded)}`) !==
    undefined
  );
}

function nearest(index: SearchIndex, word: string): string | undefined {
  const letters = [...word];
  const pairs = [...new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`))].slice(0, 12);
  if (letters.length < 4 || pairs.length === 0) return undefined;
  const rows = statement(
    index,
    'SELECT folded FROM pages WHERE id IN (SELECT rowid FROM grams WHERE grams MATCH ? ORDER BY rowid DESC LIMIT ?)',
  ).all(`title : (${pairs.map(gramPhrase).join(' OR ')})`, looked) as unknown as { folded: string }[];
  const most = letters.length > 5 ? 2 : 1;
  const near = new Map<string, number>();
  for (const one of new Set(rows.flatMap(({ folded }) => folded.split(' ')))) {
    const far = one === '' ? Infinity : distance(word, one, most);
    if (far <= most) near.set(one, far);
  }
  return [...near].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1))[0]?.[0];
}

/** Letters put in, left out, altered or swapped with the next; more than `most` is Infinity. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1;
      let best = Math.min((last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1])
        best = Math.min(best, (before[at - 2] ?? 0) + 1);
      next.push(best);
    }
    [before, last] = [last, next];
  }
  const found = last[other.length] ?? Infinity;
  return found > most ? Infinity : found;
}
