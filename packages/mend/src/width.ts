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

/** Places where narrow punctuation stands in Chinese text; `taken` are byte offsets that other findings hold. */
export function narrowedPunctuation(text: string, taken: ReadonlySet<number>): Finding[] {
  const findings: Finding[] = [];
  let byte = 0;
  let inTag = false;
  let previous = '\n';
  for (let index = 0; index < text.length;) {
    const char = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (char === '<' && /[a-z/!]/i.test(text[index + 1] ?? '')) inTag = true;
    const full = inTag || taken.has(byte) ? undefined : wide[char];
    const probability = full === undefined ? 0 : certainty(text, index, char, previous);
    if (full !== undefined && probability > 0) findings.push(widthFinding(byte, char, full, probability));
    if (char === '>') inTag = false;
    previous = char;
    index += char.length;
    byte += new TextEncoder().encode(char).length;
  }
  return findings;
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
  /^[一二三四五六七八九十〓?]{1,4}$/.test(inside) ? 0.8 : chinese.test(inside) ? 0.985 : 0;

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
