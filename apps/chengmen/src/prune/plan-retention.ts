import { intervalOf, spanBefore, type Named, type RetentionRules } from './retention-rules.ts';

/** Why a release stays. */
export type Reason =
  | { readonly kind: 'newest' }
  /** A portal or mirror has it. */
  | { readonly kind: 'served'; readonly by: string }
  | { readonly kind: 'hold'; readonly why: string }
  | { readonly kind: 'keep'; readonly why: string }
  /** A proof that was handed out is of it. */
  | { readonly kind: 'proof'; readonly file: string }
  /** Nobody knows when it went live. */
  | { readonly kind: 'unknown-time' }
  | { readonly kind: 'every' }
  /** The last of its day, week, month, quarter or year. */
  | { readonly kind: 'one'; readonly of: string };

export interface PlannedRelease {
  readonly number: number;
  readonly at: Date | undefined;
  /** undefined: it goes. */
  readonly stays: Reason | undefined;
}

export interface RetentionFacts {
  readonly rules: RetentionRules;
  readonly now: Date;
  /** Number of releases in the log. */
  readonly size: number;
  readonly isPruned: (release: number) => boolean;
  /** When releases went live, as far as that is known. */
  readonly times: ReadonlyMap<number, Date>;
  readonly served: readonly { readonly place: string; readonly release: number }[];
  readonly proofs: readonly { readonly file: string; readonly release: number }[];
}

/**
 * What becomes of each release that is still there, oldest first. A release whose time is not known went live at the
 * latest when the next one did; before the first that is known nothing is, and those stay.
 */
export function planRetention(facts: RetentionFacts): readonly PlannedRelease[] {
  const { size, isPruned, rules } = facts;
  const times = effectiveTimes(facts);
  const lasts = new Set(rules.then.map(({ one }) => one));
  /** The last release of each interval that is still there. */
  const last = new Map<string, number>();
  const planned: PlannedRelease[] = [];
  for (let number = size; number >= 1; number--) {
    if (isPruned(number)) continue;
    const at = times[number];
    for (const one of at ? lasts : []) {
      const interval = intervalOf(at as Date, one);
      if (!last.has(interval)) last.set(interval, number);
    }
    planned.push({ number, at, stays: reasonFor(facts, number, at, last) });
  }
  return planned.reverse();
}

/** By number; no release is older than one that was sealed before it, whatever the clock said. */
function effectiveTimes({ size, times }: RetentionFacts): (Date | undefined)[] {
  const known: (Date | undefined)[] = [];
  let newest: Date | undefined;
  for (let number = 1; number <= size; number++) {
    const at = times.get(number);
    if (at && (!newest || at > newest)) newest = at;
    known[number] = at && newest;
  }
  let next: Date | undefined;
  const first = known.findIndex((at) => at !== undefined);
  for (let number = size; first > 0 && number > first; number--) {
    next = known[number] ?? next;
    known[number] ??= next;
  }
  return known;
}

function reasonFor(
  { rules, now, size, served, proofs }: RetentionFacts,
  number: number,
  at: Date | undefined,
  last: ReadonlyMap<string, number>,
): Reason | undefined {
  if (number === size) return { kind: 'newest' };
  const place = served.find(({ release }) => release === number);
  if (place) return { kind: 'served', by: place.place };
  const hold = rules.hold.find((one) => names(one, number));
  if (hold) return { kind: 'hold', why: hold.why };
  const kept = rules.keep.find((one) => names(one, number));
  if (kept) return { kind: 'keep', why: kept.why };
  const proof = proofs.find(({ release }) => release === number);
  if (proof) return { kind: 'proof', file: proof.file };
  if (!at) return { kind: 'unknown-time' };
  if (!rules.every || at > spanBefore(now, rules.every)) return { kind: 'every' };
  const rule = rules.then.find(({ until }) => !until || at > spanBefore(now, until));
  const interval = rule && intervalOf(at, rule.one);
  return interval !== undefined && last.get(interval) === number ? { kind: 'one', of: interval } : undefined;
}

const names = ({ releases }: Named, number: number): boolean =>
  releases.some(([from, to]) => from <= number && number <= to);

/** Neighbours of which the same is to be said, as first, last, and that. */
export function stretchesBy<T>(
  planned: readonly T[],
  { number, said }: { readonly number: (one: T) => number; readonly said: (one: T) => string },
): { readonly from: number; readonly to: number; readonly said: string }[] {
  const all: { from: number; to: number; said: string }[] = [];
  for (const one of planned) {
    const last = all.at(-1);
    if (last && last.to === number(one) - 1 && last.said === said(one)) last.to++;
    else all.push({ from: number(one), to: number(one), said: said(one) });
  }
  return all;
}
