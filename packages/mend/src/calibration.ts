import type { Finding } from './finding.ts';

/** What the best candidate of a gap is: a stop, another mark, a character and a sign, or characters alone. */
type Best = 'stop' | 'mark' | 'sign' | 'han';

/**
 * Of a kind of gap: how the logarithm of the odds that its best candidate is right goes with what ranking says of it,
 * `shift + slope × said`.
 */
interface Line {
  readonly shift: number;
  readonly slope: number;
}

/**
 * Fitted on damaged pages of known layouts, each kind on thirty layouts and more, and held against the layouts that were left
 * out of six parts in turn (`docs/decisions/0053-calibration.md`), then rounded towards no change by hand.
 */
const lines: Readonly<Record<string, Line>> = {
  'vanished stop end any': { shift: 0.8, slope: 0.9 },
  'vanished han mid any': { shift: -0.9, slope: 1.4 },
  'vanished han end any': { shift: -0.25, slope: 0.95 },
  'vanished mark end known': { shift: -0.2, slope: 0.8 },
  'vanished mark mid known': { shift: -0.2, slope: 0.8 },
  'vanished-by-words han mid any': { shift: -0.2, slope: 1.55 },
  'vanished-by-words han end any': { shift: -0.7, slope: 1.1 },
  'vanished-by-words stop end any': { shift: 0, slope: 0.85 },
  'question sign mid any': { shift: 0, slope: 1.2 },
  'question sign end known': { shift: -1.5, slope: 0.95 },
  'question sign end later': { shift: -1.6, slope: 1 },
  'question-and-quote sign mid known': { shift: 0.5, slope: 1.3 },
  'question-and-quote sign mid any': { shift: -0.4, slope: 1.4 },
  'question-and-quote sign mid later': { shift: 0.5, slope: 1.2 },
  'question-and-tag han mid known': { shift: 0.3, slope: 1.12 },
  'question-and-tag han mid any': { shift: -0.4, slope: 1.25 },
  'question-and-tag stop mid later': { shift: 0.3, slope: 1.2 },
  'pair-lost han mid known': { shift: 0.25, slope: 0.97 },
  'reread-byte-lost mark mid known': { shift: -0.5, slope: 0.95 },
  'reread-byte-lost mark end known': { shift: -0.2, slope: 0.8 },
  'reread-byte-lost stop mid known': { shift: -0.4, slope: 1.15 },
};

/** The probability that the best candidate of a gap is right, by what ranking says and what was seen of such gaps. */
export function calibrated(probability: number, text: string, finding: Finding, atEnd: boolean): number {
  const line = lines[`${finding.rule} ${bestOf(text)} ${atEnd ? 'end' : 'mid'} ${lettersOf(finding)}`];
  if (line === undefined || probability <= 0) return probability;
  const said = Math.log(probability / (1 - Math.min(probability, mostCertain)));
  return 1 / (1 + Math.exp(-(line.shift + line.slope * said)));
}

const mostCertain = 0.9999;

function bestOf(text: string): Best {
  const words = text.replace('<', '');
  if (words.startsWith('。')) return 'stop';
  if (/^\p{Script=Han}+$/u.test(words)) return 'han';
  return [...words].length > 1 ? 'sign' : 'mark';
}

/** What is known of the character: some of its bytes, nothing, or nothing and that the later filter was at work. */
function lettersOf({ letters, forms }: Finding): string {
  if (letters?.kind === 'any') return letters.anyByte === true ? 'later' : forms === undefined ? 'any' : 'forms';
  return 'known';
}
