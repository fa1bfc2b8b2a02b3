import type { Kind } from '@chengmen/model';
import type { CheckContext } from './context.ts';
import { findingId, type Finding, type Found, type Overrule } from './finding.ts';
import { readContent, type Content } from './read-content.ts';
import { ruleNames, ruleTable, severities, type Overruler, type RuleName, type Severity } from './rule-table.ts';
import { damageLeftovers } from './rules/damage.ts';
import { dateAhead, datesInText } from './rules/dates.ts';
import { headingOrder } from './rules/headings.ts';
import { links } from './rules/links.ts';
import { documentNumbers, missingLabels, wantingLabels } from './rules/page-labels.ts';
import { personalData } from './rules/personal-data.ts';
import { pictureWords } from './rules/pictures.ts';
import { traditionalDoubts } from './rules/traditional.ts';
import { leaders, words } from './rules/words.ts';
import { shortened } from './shortened.ts';

const rules: readonly ((content: Content, context: CheckContext) => Found[])[] = [
  personalData,
  words,
  leaders,
  damageLeftovers,
  missingLabels,
  wantingLabels,
  documentNumbers,
  pictureWords,
  headingOrder,
  links,
  dateAhead,
  datesInText,
  traditionalDoubts,
];

/**
 * Everything the rules find in an item, saved or as it stands in an editor: what holds it back first. No clock, no database, no network; time
 * grows with the length of the text, whatever it holds. Kinds without words of their own have no findings.
 *
 * @example
 * checkContent('article', { title: '通知', body: '<p>截止目前</p>' }, context)
 *   .map(({ rule, where, suggestion }) => [rule, where.quote, suggestion]) // … ['word', '截止目前', '截至目前']
 */
export function checkContent(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  context: CheckContext,
): readonly Finding[] {
  if (kind === 'site') return [];
  const content = readContent(kind, fields);
  return findingsOf(
    rules.flatMap((rule) => rule(content, context)),
    content,
    context,
  );
}

/** More of one rule in one field than this are one finding: they are decided together. */
const mostOfOne = 20;

/** What was found as findings: graded, named, the graver first, and no list longer than a person reads. */
export function findingsOf(found: readonly Found[], content: Content, context: CheckContext): readonly Finding[] {
  const words = new Map(content.texts.map(({ field, words: text }) => [field, text]));
  const groups = Map.groupBy(found, ({ rule, field, severity = '' }) => `${rule} ${field} ${severity}`);
  const all = [...groups.values()].flatMap((group) => {
    const count = counter(words);
    return bundled(group.toSorted((a, b) => a.offset - b.offset)).flatMap((one): Finding[] => {
      const severity = severityOf(one, context);
      if (severity === 'off') return [];
      const { rule, field, quote, offset, zh, en, suggestion } = one;
      return [
        {
          id: findingId(one),
          rule,
          severity,
          where: { field, quote, offset, occurrence: count(field, quote, offset) },
          shown: shortened(one.shown ?? quote, 120),
          message: { zh, en },
          ...(suggestion === undefined ? {} : { suggestion }),
        },
      ];
    });
  });
  return inOrder(all);
}

/** What holds back first, then as the table has the rules, then by place. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      ruleNames.indexOf(a.rule) - ruleNames.indexOf(b.rule) ||
      a.where.offset - b.where.offset,
  );
}

function bundled(group: readonly Found[]): readonly Found[] {
  const rest = group.slice(mostOfOne);
  const [first] = rest;
  if (!first) return group;
  const { zh, en } = ruleTable[first.rule];
  return [
    ...group.slice(0, mostOfOne),
    {
      ...first,
      shown: `${first.shown ?? first.quote} …`,
      subject: rest.map(({ subject, shown, quote }) => subject ?? shown ?? quote).join('\n'),
      zh: `${zh}：另有 ${rest.length} 处，不再逐一列出。`,
      en: `${rest.length} more of this kind (${en}) are not listed one by one.`,
    },
  ];
}

/** Counts how often a quote stands before a place. Asked in order of places, so each stretch is read once for each quote. */
function counter(words: ReadonlyMap<string, string>): (field: string, quote: string, offset: number) => number {
  const seen = new Map<string, { count: number; from: number }>();
  return (field, quote, offset) => {
    const text = words.get(field);
    if (quote === '' || text === undefined) return 0;
    let { count, from } = seen.get(quote) ?? { count: 0, from: 0 };
    for (let at = text.indexOf(quote, from); at >= 0 && at < offset; at = text.indexOf(quote, at + quote.length)) {
      count++;
      from = at + quote.length;
    }
    seen.set(quote, { count, from });
    return count;
  };
}

function severityOf({ rule, severity }: Found, { settings }: CheckContext): Severity | 'off' {
  return settings.rules[rule]?.severity ?? severity ?? ruleTable[rule].severity;
}

/** Who may overrule a rule's findings on this site. */
export function overrulerOf(rule: RuleName, { settings }: Pick<CheckContext, 'settings'>): Overruler {
  return settings.rules[rule]?.overrule ?? ruleTable[rule].overrule;
}

/** Findings with what was decided about them. */
export function withOverrules(
  findings: readonly Finding[],
  overrules: ReadonlyMap<string, Overrule>,
): readonly Finding[] {
  return findings.map((finding) => {
    const overruled = overrules.get(finding.id);
    return overruled === undefined ? finding : { ...finding, overruled };
  });
}

/** What keeps an item from being submitted. */
export const holdingBack = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity, overruled }) => severity === 'must' && overruled === undefined);
