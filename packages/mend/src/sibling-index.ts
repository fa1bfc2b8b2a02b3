import { matchingLengths } from './matching-lengths.ts';
import type { SiblingFurniture, SiblingNode } from './sibling-furniture.ts';
import { gapSign } from './types.ts';

/** Finds the pieces of a site that a piece with gaps in it may be, without looking at all of them. */
export interface SiblingIndex {
  /** Pieces that may be what is left here; undefined where too many are to say anything. */
  readonly like: (text: string) => readonly SiblingNode[] | undefined;
  /** Pieces that may stand between these two; undefined where too many may. */
  readonly between: (before: string, after: string) => readonly SiblingNode[] | undefined;
}

/** What fits more pieces than this tells nothing of one. */
const mostAlike = 300;

const made = new WeakMap<SiblingFurniture, SiblingIndex>();

export function siblingIndex(siblings: SiblingFurniture): SiblingIndex {
  const known = made.get(siblings);
  if (known) return known;
  const placed = siblings.nodes.filter(({ before, after }) => before + after !== '');
  const [texts, befores, afters] = [
    grams(siblings.nodes, ({ text }) => text),
    grams(placed, ({ before }) => before),
    grams(placed, ({ after }) => after),
  ];
  const few = (nodes: readonly SiblingNode[]): readonly SiblingNode[] | undefined =>
    nodes.length > mostAlike ? undefined : nodes;
  const index: SiblingIndex = {
    like: (text) => few(fewest(texts, text) ?? siblings.nodes),
    between: (before, after) => {
      const found = [fewest(befores, before), fewest(afters, after)].filter((nodes) => nodes !== undefined);
      return few(found.sort((a, b) => a.length - b.length)[0] ?? placed);
    },
  };
  made.set(siblings, index);
  return index;
}

type Grams = ReadonlyMap<string, readonly SiblingNode[]>;

/** Pieces by each character and each two characters of a text of theirs, and by the empty text. */
function grams(nodes: readonly SiblingNode[], textOf: (node: SiblingNode) => string): Grams {
  const found = new Map<string, SiblingNode[]>();
  for (const node of nodes)
    for (const gram of new Set(gramsOf(textOf(node)))) {
      const list = found.get(gram);
      if (list) list.push(node);
      else found.set(gram, [node]);
    }
  return found;
}

function gramsOf(text: string): string[] {
  if (text === '') return [''];
  const chars = [...text];
  return chars.flatMap((char, i) => [char, ...(i + 1 < chars.length ? [char + (chars[i + 1] ?? '')] : [])]);
}

/** The shortest list among those of the grams left in a text; undefined for a text of nothing but gaps. */
function fewest(index: Grams, text: string): readonly SiblingNode[] | undefined {
  let best: readonly SiblingNode[] | undefined;
  for (const gram of gramsOf(text)) {
    if (gram.includes(gapSign)) continue;
    const list = index.get(gram) ?? [];
    if (best === undefined || list.length < best.length) best = list;
  }
  return best;
}

/** So many characters may stand for a gap. */
const anyWords = { sign: gapSign, least: 1, most: 60 };

/** Whether a text with gaps in it may be another, whole one. */
export const fits = (seen: string, said: string): boolean => {
  const whole = [...said];
  return matchingLengths([...seen], whole, anyWords)[whole.length] === 1;
};

/** What may stand between two parts with gaps in them, one character or two, so that all three are the whole text. */
export function between(left: string, right: string, whole: string): readonly string[] {
  const chars = [...whole];
  const fromLeft = matchingLengths([...left], chars, anyWords);
  const fromRight = matchingLengths([...right].reverse(), [...chars].reverse(), anyWords);
  const found = new Set<string>();
  for (let start = 0; start < chars.length; start++)
    for (let end = start + 1; end <= Math.min(start + 2, chars.length); end++)
      if (fromLeft[start] === 1 && fromRight[chars.length - end] === 1) found.add(chars.slice(start, end).join(''));
  return [...found];
}
