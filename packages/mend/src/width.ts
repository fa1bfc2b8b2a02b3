import type { Finding } from './finding.ts';

/** Punctuation whose width NFKC took, and how sure the typographic rule is (GB/T 15834: Chinese text, full-width marks). */
const wide: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  ';': '；',
  '!': '！',
  '?': '？',
  '(': '（',
  ')': '）',
};

const chinese = /[\u2e80-\u9fff\u3001-\u3011\u3014-\u301f“”‘’…—]/u;
/** The widest look to the other bracket of a pair. */
const bracketReach = 120;

interface Mark {
  readonly at: number;
  readonly received: string;
  readonly full: string;
  readonly probability: number;
  /** The bytes of the characters before it, back to the last ASCII one, are odd in number. */
  readonly odd: boolean;
}

/** Places where narrow punctuation stands in Chinese text; `taken` are byte offsets that other findings hold. */
export function narrowedPunctuation(text: string, taken: ReadonlySet<number>): Finding[] {
  const marks: Mark[] = [];
  let byte = 0;
  let inTag = false;
  let odd = false;
  let previous = '\n';
  for (let index = 0; index < text.length;) {
    const char = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (char === '<' && /[a-z/!]/i.test(text[index + 1] ?? '')) inTag = true;
    const full = inTag || taken.has(byte) ? undefined : wide[char];
    const probability = full === undefined ? 0 : certainty(text, index, char, previous);
    if (full !== undefined && probability > 0) marks.push({ at: byte, received: char, full, probability, odd });
    if (char === '>') inTag = false;
    previous = char;
    index += char.length;
    const length = new TextEncoder().encode(char).length;
    odd = length > 1 && odd !== (length % 2 === 1);
    byte += length;
  }
  const kinds = ['(', ')', ',;!'].map((kind) => marks.filter(({ received }) => kind.includes(received)));
  const colons = marks.filter(({ received }) => received === ':');
  return [...kinds.flatMap(weighed), ...colons]
    .sort((one, two) => one.at - two.at)
    .map((mark) => widthFinding(mark.at, mark.received, mark.full, mark.probability));
}

/** Share of marks in Chinese text that were narrow from the beginning, mostly whole documents of them. */
const narrowPrior = 0.03;
/** Marks on either side that tell of the writer's habit. */
const habitReach = 8;

/**
 * After an odd run the filter would have swallowed a narrow mark. So where full-width marks were usual, about half of
 * those left stand after odd runs; where narrow ones were, hardly any.
 */
function weighed(marks: readonly Mark[]): Mark[] {
  return marks.map((mark, at) => {
    if (mark.odd) return mark;
    const near = marks.slice(Math.max(0, at - habitReach), at + habitReach + 1);
    const odds = near.reduce((product, { odd }) => product * (odd ? 0.05 / 0.5 : 0.95 / 0.5), 1);
    const narrow = (narrowPrior * odds) / (narrowPrior * odds + 1 - narrowPrior);
    return { ...mark, probability: mark.probability * (1 - narrow) };
  });
}

function widthFinding(at: number, received: string, full: string, probability: number): Finding {
  return {
    at,
    length: 1,
    class: 'likely',
    rule: 'width',
    asReceived: received,
    candidates: [{ text: full, probability }],
    prior: 1,
  };
}

/** How sure it is that a narrow mark was full-width; 0 where the rule does not speak. */
function certainty(text: string, index: number, char: string, previous: string): number {
  const next = text[index + 1] ?? '\n';
  if (char === '(' || char === ')') return bracketCertainty(bracketed(text, index, char));
  if (char === ';' && /&(?:[a-z]{2,8}|#\d{2,6})$/i.test(text.slice(Math.max(0, index - 9), index))) return 0;
  if (char === '?') return 0;
  const after = chinese.test(next);
  if (char === ':') return chinese.test(previous) ? (/[\x21-\x3b\x3d-\x7e]/.test(next) ? 0.88 : 0.985) : 0;
  if (chinese.test(previous)) return after || /[\d\s<(A-Za-z]/.test(next) ? 0.99 : 0.95;
  return after && /[\d%)A-Za-z]/.test(previous) ? 0.985 : 0;
}

/** Numbers of lists are often written with narrow brackets: (一). */
const bracketCertainty = (inside: string): number =>
  /^[一二三四五六七八九十〓?]{1,4}$|^[一二三四五六七八九十]{1,3}[〓?\ufffd]/.test(inside)
    ? 0.8
    : chinese.test(inside)
      ? 0.985
      : 0;

/** What stands between a bracket and its partner. */
function bracketed(text: string, index: number, char: string): string {
  if (char === '(') return text.slice(index + 1, index + bracketReach).split(')')[0] ?? '';
  return (
    text
      .slice(Math.max(0, index - bracketReach), index)
      .split('(')
      .at(-1) ?? ''
  );
}
