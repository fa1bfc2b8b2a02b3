import { fold } from './fold.ts';
import { byCharacters, type Folding } from './folding.ts';

/** One thing a page must have: the text itself, or one of those that mean the same. */
export interface Term {
  /** As it was asked for. */
  readonly text: string;
  readonly folded: string;
  /** Folded texts that stand for it as well. */
  readonly synonyms: readonly string[];
}

export interface ParsedQuery {
  readonly terms: readonly Term[];
  /** All of it in a row, folded: what an exact title is compared with. */
  readonly whole: string;
  /** The query was longer than what is looked for, or had more parts. */
  readonly cut: boolean;
}

/** Titles have 200 characters at most, and every title must be found whole. */
const longestQuery = 200;

/** Folded words that mean the same, by each of them. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/**
 * Reads what somebody typed: parts between white space, each of which a page must have; what stands in quotation marks is
 * one part. Any string can be read; one without anything to look for has no terms.
 */
export function parseQuery(
  query: string,
  synonyms: Synonyms = new Map(),
  folding: Folding = byCharacters,
): ParsedQuery {
  const characters = [...query.toWellFormed().normalize('NFC')];
  const text = characters.slice(0, longestQuery).join('');
  const terms = new Map<string, Term>();
  for (const { part, quoted } of partsOf(text)) {
    const folded = folding.fold(part);
    if (folded === '' || terms.has(folded)) continue;
    const others = quoted ? [] : folding.others(folded);
    terms.set(folded, { text: part.trim(), folded, synonyms: [...(synonyms.get(folded) ?? []), ...others] });
  }
  const whole = folding.fold(text);
  const all = [...terms.values()];
  const long = all.filter(({ folded }) => !folding.isSmall(folded));
  const kept = long.length > 0 ? long : all;
  return {
    terms: kept.slice(0, folding.mostTerms),
    whole,
    cut: characters.length > longestQuery || kept.length > folding.mostTerms,
  };
}

function partsOf(text: string): { readonly part: string; readonly quoted: boolean }[] {
  return [...text.matchAll(/["“”]([^"“”]+)["“”]|([^\s"“”]+)/gu)].map(([, quoted, plain = '']) => ({
    part: quoted ?? plain,
    quoted: quoted !== undefined,
  }));
}

/** Groups of words that mean the same, one a line, as an index of each word. */
export function synonymsOf(groups: readonly (readonly string[])[]): Synonyms {
  const found = new Map<string, readonly string[]>();
  for (const group of groups) {
    const folded = [...new Set(group.map(fold))].filter((word) => word.length > 1);
    for (const word of folded)
      found.set(word, [...new Set([...(found.get(word) ?? []), ...folded.filter((other) => other !== word)])]);
  }
  return found;
}
