import { endTagRemainder, entityRemainder, tagRemainder } from './tag-remainder.ts';

/** Signs that, swallowed with a character, leave one `?`. */
export const questionSigns: readonly string[] = [...'0123456789-.,/"\'()&!%+*#$?'];

/** What the markup after a `?` says about the sign that was swallowed with the character. */
export interface SwallowedTail {
  readonly rule: 'question' | 'question-and-tag' | 'question-and-entity' | 'question-and-quote';
  /** The sign, where the markup names it; else empty, and `signs` says what is possible. */
  readonly tail: '<' | '&' | '"' | "'" | '';
  readonly signs: readonly string[];
}

const attributeEnd = /^(?:\s{0,4}\/?>|\s{1,4}[a-z-]{2,20}=["'])/i;

/** No attribute's value is followed back further. */
const longestValue = 600;

/** The quote that began the attribute's value at an offset; undefined in a value without quotes. */
function openQuote(marks: string, at: number): '"' | "'" | undefined {
  for (let i = at - 1; i > 0 && at - i < longestValue; i--) {
    const char = marks[i];
    if (char === '<' || char === '>') return undefined;
    if (marks[i - 1] === '=') return char === '"' || char === "'" ? char : undefined;
  }
  return undefined;
}

export function swallowedTail(marks: string, after: number, inTag: boolean): SwallowedTail {
  if (inTag && attributeEnd.test(marks.slice(after, after + 32))) {
    const quote = openQuote(marks, after - 1);
    if (quote) return { rule: 'question-and-quote', tail: quote, signs: [] };
  }
  // An end tag within a tag: the `>` of that one was swallowed too.
  if ((!inTag && tagRemainder(marks, after) > 0) || endTagRemainder(marks, after) > 0)
    return { rule: 'question-and-tag', tail: '<', signs: [] };
  if (entityRemainder(marks, after) > 0) return { rule: 'question-and-entity', tail: '&', signs: [] };
  return { rule: 'question', tail: '', signs: questionSigns };
}
