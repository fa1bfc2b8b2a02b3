import { accept, mend, structureOf } from '@chengmen/mend';

/** Characters of the true body that were found, and of what was found that are of the true body. */
export interface BodyScore {
  readonly recall: number;
  readonly precision: number;
}

/** Holds the body of a damaged page against the true one, sequences of six characters; a gap fits any one or two. */
export function bodyScore(bytes: Uint8Array, truth: string): BodyScore {
  const { body, text } = structureOf(accept(mend({ name: 'page', bytes }), { atLeast: 0.9 }));
  return compare(body === null ? '' : text, truth);
}

const letters = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

function compare(found: string, truth: string): BodyScore {
  const [a, b] = [letters(found), letters(truth)];
  const matched = matchedCharacters(a, b);
  return { recall: matched.truth / Math.max(1, b.length), precision: matched.found / Math.max(1, a.length) };
}

/** Greedy walk: equal characters match, a gap matches what stands before the next equal stretch, at most two characters. */
function matchedCharacters(found: string, truth: string): { found: number; truth: number } {
  let [i, j, inFound, inTruth] = [0, 0, 0, 0];
  while (i < found.length && j < truth.length) {
    if (found[i] === truth[j]) {
      i++;
      j++;
      inFound++;
      inTruth++;
      continue;
    }
    if (found[i] === '〓') {
      const next = found.slice(i + 1, i + 4).split('〓')[0] ?? '';
      const width = [1, 2, 3].find((n) => truth.startsWith(next, j + n)) ?? 1;
      inFound++;
      inTruth += width;
      i++;
      j += width;
      continue;
    }
    const ahead = truth.indexOf(found.slice(i, i + 6), j);
    const behind = found.indexOf(truth.slice(j, j + 6), i);
    if (ahead >= 0 && (behind < 0 || ahead - j <= behind - i)) j = ahead;
    else if (behind >= 0) i = behind;
    else {
      i++;
      j++;
    }
  }
  return { found: inFound, truth: inTruth };
}
