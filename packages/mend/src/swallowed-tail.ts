import { entityRemainder, tagRemainder } from './tag-remainder.ts';

/** Signs that, swallowed with a character, leave one `?`. */
export const questionSigns: readonly string[] = [...'0123456789-.,/"\'()&!%+*#$?'];

/** What the markup after a `?` says about the sign that was swallowed with the character. */
export interface SwallowedTail {
  readonly rule: 'question' | 'question-and-tag' | 'question-and-entity' | 'question-and-quote';
  /** The sign, where the markup names it; else empty, and `signs` says what is possible. */
  readonly tail: '<' | '&' | '"' | '';
  readonly signs: readonly string[];
}

const attributeEnd = /^(?:\s{0,4}\/?>|\s{1,4}[a-z-]{2,20}=["'])/i;

export function swallowedTail(marks: string, after: number, inTag: boolean): SwallowedTail {
  if (inTag && attributeEnd.test(marks.slice(after, after + 32))) {
    return { rule: 'question-and-quote', tail: '"', signs: [] };
  }
  if (!inTag && tagRemainder(marks, after) > 0) return { rule: 'question-and-tag', tail: '<', signs: [] };
  if (entityRemainder(marks, after) > 0) return { rule: 'question-and-entity', tail: '&', signs: [] };
  return { rule: 'question', tail: '', signs: questionSigns };
}
