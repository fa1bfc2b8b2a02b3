import { accept, mend, structureOf } from '@chengmen/mend';

/** Characters of the true body that were found, and of what was found that are of the true body. */
export interface BodyScore {
  readonly recall: number;
  readonly precision: number;
}

/** Holds the body of a damaged page against the true one; a gap counts as the one or two characters it replaces. */
export function bodyScore(bytes: Uint8Array, truth: string): BodyScore {
  const { body, text } = structureOf(accept(mend({ name: 'page', bytes }), { atLeast: 0.9 }));
  return compare(body === null ? '' : text, truth);
}

const letters = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

function compare(found: string, truth: string): BodyScore {
  const [a, b] = [letters(found), letters(truth)];
  const matched = bestAlignment(a, b);
  return { recall: matched.truth / Math.max(1, b.length), precision: matched.found / Math.max(1, a.length) };
}

const gap = '〓';
/** A gap stands for a character and perhaps the sign behind it. */
const mostBehindGap = 2;

/** Most characters that can stand for one another in order: equal ones, or a gap and what it replaces. */
function bestAlignment(found: string, truth: string): { found: number; truth: number } {
  const width = truth.length + 1;
  // Characters matched in both from here to the ends; `found` has its count in the upper half of the number.
  let below = new Float64Array(width);
  for (let i = found.length - 1; i >= 0; i--) {
    const here = new Float64Array(width);
    const isGap = found[i] === gap;
    for (let j = truth.length; j >= 0; j--) {
      let best = Math.max(below[j] ?? 0, here[j + 1] ?? 0);
      for (let n = 1; n <= (isGap ? mostBehindGap : found[i] === truth[j] ? 1 : 0) && j + n < width; n++)
        best = Math.max(best, (below[j + n] ?? 0) + both + n);
      here[j] = best;
    }
    below = here;
  }
  const total = below[0] ?? 0;
  return { found: Math.floor(total / both), truth: total % both };
}

const both = 2 ** 24;
