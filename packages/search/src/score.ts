import type { IndexedPage } from './open-index.ts';
import type { Term } from './parse-query.ts';

interface ScoreContext {
  readonly terms: readonly Term[];
  readonly whole: string;
  /** Id of the newest page among the candidates: age is reckoned from there, so that no clock has a say. */
  readonly latest: number;
  /** The query stands on the page in a row. */
  readonly inARow: boolean;
}

/** What people come for most often, before news of the same age. */
const weights: Readonly<Record<string, number>> = {
  service: 3,
  policy: 2.5,
  interpretation: 1.5,
  department: 2,
  leader: 2,
  project: 1,
  dataset: 1,
  topic: 1.5,
  channel: 2.5,
  page: 1.5,
};

const idsOfAYear = 2 ** 20 * 60 * 24 * 365;

/** How well a page answers. An exact title is beyond reach of everything else. */
export function scoreOf(
  { id, folded, kind, date }: IndexedPage,
  { terms, whole, latest, inARow }: ScoreContext,
): number {
  if (folded === whole) return 1000;
  const share = (text: string): number => [...text].length / Math.max(1, [...folded].length);
  let score = weights[kind] ?? 0;
  if (folded.includes(whole)) score += 20 + 10 * share(whole) + (folded.startsWith(whole) ? 3 : 0);
  else if (inARow) score += 6;
  for (const { folded: term, synonyms } of terms) {
    if (folded.includes(term)) score += (8 + 4 * share(term)) / terms.length;
    else if (synonyms.some((synonym) => folded.includes(synonym))) score += 5 / terms.length;
  }
  // Half of its worth after two years.
  if (date !== '') score += 6 * 0.5 ** ((latest - id) / idsOfAYear / 2);
  return score;
}
