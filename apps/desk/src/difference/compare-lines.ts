import { diffArrays } from 'diff';
import type { BodyLine } from './body-lines.ts';
import { compareWords, type Stretch } from './compare-words.ts';

/** One row of two bodies beside each other. */
export type LineChange =
  | { readonly kind: 'same'; readonly line: BodyLine }
  /** The words are the same; a mark, a link or a heading's rank is not. */
  | { readonly kind: 'form'; readonly before: BodyLine; readonly after: BodyLine }
  | {
      readonly kind: 'words';
      readonly before: BodyLine;
      readonly after: BodyLine;
      readonly stretches: readonly Stretch[];
    }
  | { readonly kind: 'added' | 'removed'; readonly line: BodyLine };

/** Lines added and taken away beyond which two bodies are simply two bodies. */
const mostEdits = 1000;
/** Lines that have as much in common are the same line, changed. */
const alike = 0.35;
/** Above this many pairs lines are paired in their order. */
const mostPairs = 2500;

/** How one body became another, line by line; a line that was changed stands beside what it became. */
export function compareLines(before: readonly BodyLine[], after: readonly BodyLine[]): LineChange[] {
  const changes = diffArrays([...before], [...after], {
    comparator: (one, other) => one.text === other.text && one.name === other.name && one.form === other.form,
    maxEditLength: mostEdits,
  });
  if (!changes) return pairUp(before, after);
  const found: LineChange[] = [];
  for (let at = 0; at < changes.length; at++) {
    const [change, next] = [changes[at], changes[at + 1]];
    if (!change) continue;
    if (!change.added && !change.removed)
      found.push(...change.value.map((line): LineChange => ({ kind: 'same', line })));
    else if (change.removed && next?.added) {
      found.push(...pairUp(change.value, next.value));
      at++;
    } else if (change.removed) found.push(...pairUp(change.value, []));
    else found.push(...pairUp([], change.value));
  }
  return found;
}

/** What stands in one place before and after: in their order, the most alike beside each other. */
function pairUp(before: readonly BodyLine[], after: readonly BodyLine[]): LineChange[] {
  const best = bestPairs(before, after);
  const found: LineChange[] = [];
  let [b, a] = [0, 0];
  for (const [nextBefore, nextAfter] of [...best, [before.length, after.length] as const]) {
    for (; b < nextBefore; b++) found.push(alone('removed', before[b]));
    for (; a < nextAfter; a++) found.push(alone('added', after[a]));
    const [one, other] = [before[b++], after[a++]];
    if (one && other) found.push(changed(one, other));
  }
  return found;
}

const alone = (kind: 'added' | 'removed', line: BodyLine | undefined): LineChange => ({ kind, line: line as BodyLine });

function changed(before: BodyLine, after: BodyLine): LineChange {
  if (before.text === after.text) return { kind: 'form', before, after };
  // Beside each other for want of better: word by word there is nothing to be found.
  const strange = common(pairsOfLetters(before), pairsOfLetters(after)) < alike;
  const whole: Stretch[] = [
    { was: 'removed', text: before.text },
    { was: 'added', text: after.text },
  ];
  return { kind: 'words', before, after, stretches: strange ? whole : compareWords(before.text, after.text) };
}

type Pair = readonly [before: number, after: number];

/** The pairs, none crossing another, that are most alike in all. */
function bestPairs(before: readonly BodyLine[], after: readonly BodyLine[]): Pair[] {
  if (before.length * after.length > mostPairs) return before.slice(0, after.length).map((_, at): Pair => [at, at]);
  const [mine, theirs] = [before.map(pairsOfLetters), after.map(pairsOfLetters)];
  const likeness = (b: number, a: number): number => {
    if ((before[b]?.name === 'picture') !== (after[a]?.name === 'picture')) return 0;
    const measured = common(mine[b] ?? new Map(), theirs[a] ?? new Map());
    return measured < alike ? 0 : measured;
  };
  // As for the longest common part: sums of the rest, from the end.
  const sums = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const sum = (b: number, a: number): number => sums[b]?.[a] ?? 0;
  const liked = before.map((_, b) => after.map((__, a) => likeness(b, a)));
  const like = (b: number, a: number): number => liked[b]?.[a] ?? 0;
  for (let b = before.length - 1; b >= 0; b--)
    for (let a = after.length - 1; a >= 0; a--) {
      const row = sums[b];
      if (row) row[a] = Math.max(sum(b + 1, a), sum(b, a + 1), like(b, a) > 0 ? like(b, a) + sum(b + 1, a + 1) : 0);
    }
  const pairs: Pair[] = [];
  for (let [b, a] = [0, 0]; b < before.length && a < after.length;) {
    if (like(b, a) > 0 && sum(b, a) === like(b, a) + sum(b + 1, a + 1)) pairs.push([b++, a++]);
    else if (sum(b + 1, a) >= sum(b, a + 1)) b++;
    else a++;
  }
  return pairs;
}

/** How often each two letters stand beside each other in a line, of its first thousand. */
function pairsOfLetters({ text }: BodyLine): Map<string, number> {
  const found = new Map<string, number>();
  const letters = text.slice(0, 1000);
  for (let at = 0; at < Math.max(1, letters.length - 1); at++) {
    const pair = letters.slice(at, at + 2);
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** From 0, nothing in common, to 1 (Dice 1945). */
function common(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let [both, all] = [0, 0];
  for (const [pair, count] of one) both += Math.min(count, other.get(pair) ?? 0);
  for (const counts of [one, other]) for (const count of counts.values()) all += count;
  return all === 0 ? 1 : (2 * both) / all;
}
