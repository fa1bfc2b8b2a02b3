import { byteLength } from './byte-length.ts';
import type { Finding } from './finding.ts';
import { afterCharacter, aligned, open } from './pairing.ts';

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

const code = /^(?:script|style)\b/i;
const chinese = /[\u2e80-\u9fff\u3001-\u3011\u3014-\u301f“”‘’…—]/u;
/** The widest look to the other bracket of a pair. */
const bracketReach = 120;

interface Mark {
  readonly at: number;
  readonly received: string;
  readonly full: string;
  readonly probability: number;
  /** The pairing before it, counted from the last ASCII character; `none` directly behind that. */
  readonly run: 'none' | 'open' | 'even';
  /** It stands behind the few words of a label. */
  readonly isLabel: boolean;
}

/** Places where narrow punctuation stands in Chinese text; `taken` are byte offsets that other findings hold. */
export function narrowedPunctuation(text: string, taken: ReadonlySet<number>): Finding[] {
  const marks: Mark[] = [];
  let byte = 0;
  let inTag = false;
  let inCode = false;
  let states = aligned;
  let runStart = 0;
  let previous = '\n';
  for (let index = 0; index < text.length;) {
    const char = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (char === '<' && /[a-z/!]/i.test(text[index + 1] ?? '')) {
      inTag = true;
      inCode = code.test(text.slice(index + 1, index + 8));
    }
    const full = inTag || inCode || taken.has(byte) ? undefined : wide[char];
    const probability = full === undefined ? 0 : certainty(text, index, char, previous);
    if (full !== undefined && probability > 0) {
      const run = index === runStart || states === 0 ? 'none' : states === open ? 'open' : 'even';
      const isLabel = index - runStart <= longestLabel;
      marks.push({ at: byte, received: char, full, probability, run, isLabel });
    }
    if (char === '>') inTag = false;
    previous = char;
    index += char.length;
    const point = char.codePointAt(0) ?? 0;
    if (point < 0x80) runStart = index;
    states = point < 0x80 ? aligned : afterCharacter(states, point);
    byte += byteLength(point);
  }
  const isOf = (kind: string, isLabel?: boolean) => (mark: Mark) =>
    kind.includes(mark.received) && (isLabel === undefined || mark.isLabel === isLabel);
  return [
    ...weighed(asPairs(marks.filter(isOf('()'))), numbered.test(text) ? narrowBrackets : narrowMarks),
    ...weighed(marks.filter(isOf(',;!')), narrowMarks),
    ...weighed(marks.filter(isOf(':', true)), narrowLabels),
    ...weighed(marks.filter(isOf(':', false)), narrowMarks),
  ]
    .sort((one, two) => one.at - two.at)
    .map((mark) => widthFinding(mark.at, mark.received, mark.full, mark.probability));
}

/** Labels are of so many characters: `发布时间`, `责任编辑`. */
const longestLabel = 6;

/** How often a kind of marks is narrow from the beginning in Chinese pages, and what tells of it. */
interface Habit {
  readonly prior: number;
  /** Of wide marks of the kind, those before which the pairing is open. */
  readonly openOfWide: number;
  /** Marks on either side that tell of the writer's habit. */
  readonly reach: number;
}

/** In running text, mostly whole documents of them. */
const narrowMarks: Habit = { prior: 0.03, openOfWide: 0.5, reach: 8 };
/** Where items are numbered in brackets, as in laws, those are narrow more often, and the others with them. */
const numbered = /[(?\ufffd][一二三四五六七八九十][)?\ufffd]/;
const narrowBrackets: Habit = { prior: 0.15, openOfWide: 0.5, reach: 8 };
/** Behind labels, most of which are of two and four characters; one page has labels of several hands. */
const narrowLabels: Habit = { prior: 0.15, openOfWide: 0.3, reach: 2 };
/** Narrow marks that are left where the pairing is open, by what puts the count out of step. */
const openOfNarrow = 0.05;

/** What the closing bracket tells holds for the opening one too, of which nothing can be told where it begins a line. */
const asPairs = (brackets: readonly Mark[]): Mark[] =>
  brackets.map((mark, i) => {
    const next = brackets[i + 1];
    return mark.received === '(' && mark.run === 'none' && next?.received === ')' && next.at - mark.at < bracketReach
      ? { ...mark, run: next.run }
      : mark;
  });

/**
 * Where the pairing is open the filter would have swallowed a narrow mark. So where full-width marks were usual, about half
 * of those left stand so; where narrow ones were, hardly any. A mark behind an ASCII character tells nothing.
 */
function weighed(marks: readonly Mark[], { prior, openOfWide, reach }: Habit): Mark[] {
  return marks.map((mark, at) => {
    if (mark.run === 'open') return mark;
    const near = marks.slice(Math.max(0, at - reach), at + reach + 1);
    const odds = near.reduce(
      (product, { run }) =>
        run === 'none'
          ? product
          : product * (run === 'open' ? openOfNarrow / openOfWide : (1 - openOfNarrow) / (1 - openOfWide)),
      1,
    );
    const narrow = (prior * odds) / (prior * odds + 1 - prior);
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
  if (char === ')' && itemNumber.test(text.slice(Math.max(0, index - 5), index))) return asOften;
  if (char === '(' || char === ')') return bracketCertainty(bracketed(text, index, char));
  if (char === ';' && /&(?:[a-z]{2,8}|#\d{2,6})$/i.test(text.slice(Math.max(0, index - 9), index))) return 0;
  if (char === '?') return 0;
  const after = chinese.test(next);
  if (char === ':') return chinese.test(previous) ? (/[\x21-\x3b\x3d-\x7e]/.test(next) ? 0.88 : 0.985) : 0;
  if (chinese.test(previous)) return after || /[\d\s<(A-Za-z]/.test(next) ? 0.99 : 0.95;
  return after && /[\d%)A-Za-z]/.test(previous) ? 0.985 : 0;
}

/** The number of an item and half a pair behind it, which some write narrow and some wide. */
const itemNumber = /(?:^|[\n>\s\u3000])\d{1,2}$/;
const asOften = 0.5;
/** Systems put narrow ones round their own lines as often as people write them wide: (责任编辑：…). */
const systemLine = /^(?:责任编辑|责编|编辑|作者|来源)[:：〓?\ufffd]/;

/** Where the other bracket is hurt, it was narrow. */
const bracketCertainty = (inside: string): number =>
  systemLine.test(inside)
    ? asOften
    : /^[一二三四五六七八九十\d]{0,3}[〓?\ufffd]/.test(inside)
      ? 0
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
