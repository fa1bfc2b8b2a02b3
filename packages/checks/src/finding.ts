import { sha256 } from '@chengmen/model';
import type { RuleName, Severity } from './rule-table.ts';

/** Where in a text something was found. */
export interface Where {
  /** The field's name, without positions in lists: `body`, `materials.name`, `rows`. Of a file: `file`. */
  readonly field: string;
  /** The very words, as they stand there. Not for lists and records: see `shown`. */
  readonly quote: string;
  /**
   * Where the quote begins, in UTF-16 units, in the words of the field: the lines of a body (paragraph, heading, list item,
   * cell), or the values of a list, with one line feed between them; pictures are nothing, a gap is `〓`.
   */
  readonly offset: number;
  /** How many times the same quote stands before this one in the field: for editors whose words are counted otherwise. */
  readonly occurrence: number;
}

/** A person's decision that a finding may stand. */
export interface Overrule {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
}

/** Something a person should look at before others do. */
export interface Finding {
  /** The same for the same rule, field and words, wherever they stand: an overrule lives as long as the passage. 16 hexadecimal digits. */
  readonly id: string;
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly where: Where;
  /** The quote for lists and records: numbers of persons are masked (PII-01). */
  readonly shown: string;
  readonly message: { readonly zh: string; readonly en: string };
  /** What should probably stand there instead of the quote. */
  readonly suggestion?: string;
  readonly overruled?: Overrule;
}

/** What a rule finds; who it is and how grave is added from the table. */
export interface Found {
  readonly rule: RuleName;
  readonly field: string;
  readonly quote: string;
  readonly offset: number;
  readonly zh: string;
  readonly en: string;
  readonly suggestion?: string;
  /** Where it differs from the quote. */
  readonly shown?: string;
  /** What makes it this finding and no other, where that is neither the quote nor what is shown. */
  readonly subject?: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
}

/**
 * The name of a finding: rule, field, and the words or what stands for them. Made of the masked form where there is one, so that a
 * log of overrules does not give away the number.
 */
export function findingId({ rule, field, quote, shown, subject }: Found): string {
  return sha256([rule, field, subject ?? shown ?? quote].join('\n')).slice(0, 16);
}
