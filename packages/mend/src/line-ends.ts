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

/** Counts the marks at the ends of lines of a page's text. Linear. */
export function lineEnds(plain: string): LineEnds {
  const counts: Record<string, number> = {};
  let [all, gaps] = [0, assumed];
  for (const line of plain.split('\n')) {
    const words = line.trimEnd();
    const mark = words.at(-1) ?? '';
    if (words.length < shortestLine) continue;
    if (mark === gapSign) gaps++;
    if (usual[mark] === undefined) continue;
    counts[mark] = (counts[mark] ?? 0) + 1;
    all++;
  }
  return {
    factor: (mark) => {
      const share = usual[mark];
      return share === undefined ? 0 : weight * Math.log(((counts[mark] ?? 0) + share * gaps) / (share * (all + gaps)));
    },
    has: (mark) => (counts[mark] ?? 0) > 0,
  };
}
