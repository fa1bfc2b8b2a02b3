import { gapSign } from './types.ts';

/** In what marks the lines of a page end. */
export interface LineEnds {
  /** How much more probable a mark is at the end of a line here than elsewhere, as the logarithm of a factor. */
  readonly factor: (mark: string) => number;
  /** Lines are seen to end in it. */
  readonly has: (mark: string) => boolean;
}

/** Shares among the ends of lines that are marks, as public pages have them. */
const usual: Readonly<Record<string, number>> = { '。': 0.86, '；': 0.07, '：': 0.05, '！': 0.02 };
/** So many lines as pages usually have them stand beside those of the page; a line that ends in a gap is one more of them. */
const assumed = 6;
/** What is left of a page's ends is not a fair sample of them: full stops are hurt more often than others. */
const weight = 0.7;
const shortestLine = 4;
const fewestSeen = 3;

/**
 * Before white space and tags the filters leave no full stop and of the other marks every second one: where no stop is left,
 * as many of the gaps at the ends of lines hold each other mark as it is seen, and the rest are stops.
 */
function withoutStops(counts: Readonly<Record<string, number>>, gaps: number, mark: string): number {
  const seen = (other: string): number => counts[other] ?? 0;
  const others = Object.keys(usual).reduce((sum, other) => sum + seen(other), 0);
  const held = mark === '。' ? Math.max(0, gaps - others) : seen(mark);
  const share = usual[mark] ?? 1;
  return weight * Math.log((held + share * few) / (share * (Math.max(gaps, others) + few)));
}
/** So many lines as pages usually have them stand beside the gaps. */
const few = 3;

/** Counts the marks at the ends of lines of a page's text. Linear. */
export function lineEnds(plain: string): LineEnds {
  const counts: Record<string, number> = {};
  let [all, gaps, open] = [0, assumed, 0];
  for (const line of plain.split('\n')) {
    const words = line.trimEnd();
    const mark = words.at(-1) ?? '';
    if (words.length < shortestLine) continue;
    if (mark === gapSign) gaps++;
    if (mark === gapSign && /[，。；：]/.test(words)) open++;
    if (usual[mark] === undefined) continue;
    counts[mark] = (counts[mark] ?? 0) + 1;
    all++;
  }
  return {
    factor: (mark) => {
      const share = usual[mark];
      if (share !== undefined && (counts['。'] ?? 0) === 0 && all >= fewestSeen && open >= all)
        return withoutStops(counts, open, mark);
      return share === undefined ? 0 : weight * Math.log(((counts[mark] ?? 0) + share * gaps) / (share * (all + gaps)));
    },
    has: (mark) => (counts[mark] ?? 0) > 0,
  };
}
