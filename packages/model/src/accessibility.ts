import { z } from 'zod';

/**
 * What is known of one criterion of WCAG 2.2: `passed` and `failed` by the tests named for it, `by-design` where no test is needed to
 * see it, `absent` where the site has nothing it is about, `person` where no program can tell.
 */
export const accessibilityResults = ['passed', 'failed', 'by-design', 'absent', 'person'] as const;
export type AccessibilityResult = (typeof accessibilityResults)[number];

export const accessibilityFact = z.strictObject({
  criterion: z.string().regex(/^[1-4]\.\d\.\d{1,2}$/),
  level: z.enum(['A', 'AA']),
  zh: z.string().min(1).max(200),
  en: z.string().min(1).max(200),
  result: z.enum(accessibilityResults),
  /** What of it only a person can judge, besides. */
  left: z.string().min(1).max(200).optional(),
});
export type AccessibilityFact = z.infer<typeof accessibilityFact>;

/** What the tests of the templates found, as it is written down when they are run for this. */
export interface AccessibilityRecord {
  /** Civil date of that run. */
  readonly checkedOn: string;
  /** How many tests were run. */
  readonly tests: number;
  readonly facts: readonly AccessibilityFact[];
}

/** The statement of a site: there is one. */
export const accessibilityStatement = 'accessibility-statement';

/** Names for people, by result. */
export const accessibilityResultNames: Readonly<
  Record<AccessibilityResult, { readonly zh: string; readonly en: string }>
> = {
  passed: { zh: '程序检验通过', en: 'passed by tests' },
  failed: { zh: '程序检验未通过', en: 'failed in tests' },
  'by-design': { zh: '由设计保证', en: 'held by design' },
  absent: { zh: '本站没有此类内容', en: 'no such content' },
  person: { zh: '只能由人判断', en: 'for a person to judge' },
};

export interface ChangedFact {
  /** As it was; undefined for a criterion that was not told of. */
  readonly before: AccessibilityFact | undefined;
  readonly after: AccessibilityFact | undefined;
}

/** Criteria of which something else is known now than was signed, in the order of their numbers. */
export function changedFacts(
  signed: readonly AccessibilityFact[],
  now: readonly AccessibilityFact[],
): readonly ChangedFact[] {
  const before = new Map(signed.map((fact) => [fact.criterion, fact]));
  const after = new Map(now.map((fact) => [fact.criterion, fact]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((criterion) => ({ before: before.get(criterion), after: after.get(criterion) }))
    .filter(({ before: one, after: other }) => one?.result !== other?.result || one?.left !== other?.left)
    .sort((a, b) => compare(numberOf(a), numberOf(b)));
}

const numberOf = ({ before, after }: ChangedFact): readonly number[] =>
  ((after ?? before)?.criterion ?? '').split('.').map(Number);

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
