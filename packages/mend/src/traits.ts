import type { Best, Trait, Traits } from './calibration.ts';
import { border, isUnknown } from './context.ts';
import type { Finding } from './finding.ts';
import type { LanguageModel } from './language-model.ts';
import type { PageWords } from './page-words.ts';
import type { Around, Words } from './rank.ts';
import type { Candidate } from './types.ts';

/** A gap with what is known of its surroundings. */
export interface Surroundings {
  readonly model: LanguageModel;
  readonly page: PageWords;
  readonly finding: Finding;
  readonly words: Words;
  readonly place: Around;
}

/** What tells good best candidates from bad ones, besides what ranking says of them. */
export function traitsOf(gap: Surroundings, { text, probability }: Candidate, second: number): Traits {
  const { finding, words } = gap;
  const best = bestOf(text);
  const atEnd = words.after[0] === border;
  const p = Math.min(Math.max(probability, 1e-4), mostCertain);
  return {
    kind: `${finding.rule} ${best} ${atEnd ? 'end' : 'mid'} ${lettersOf(finding)}`,
    best,
    said: Math.log(p / (1 - p)),
    margin: Math.min(Math.log(p / Math.max(second, 1e-4)), widestMargin),
    holds: traits.filter(([, holds]) => holds({ ...gap, text, atEnd })).map(([name]) => name),
  };
}

const mostCertain = 0.9999;
const widestMargin = 6;

interface Asked extends Surroundings {
  readonly text: string;
  readonly atEnd: boolean;
}

const traits: readonly (readonly [Trait, (gap: Asked) => boolean])[] = [
  ['label', ({ words, atEnd }) => atEnd && words.lineKind === 'label'],
  ['heading', ({ words, atEnd }) => atEnd && words.lineKind === 'heading'],
  ['prose', ({ words, atEnd }) => atEnd && words.lineKind === 'prose'],
  ['few words', ({ words, atEnd }) => !atEnd && words.lineKind === 'label'],
  ['law', ({ words, atEnd }) => atEnd && words.isLaw === true],
  ['item next', ({ words, atEnd }) => atEnd && words.isLaw === true && words.atEnd === 0],
  ['listed', ({ words }) => words.isListed === true],
  ['doubted', ({ finding }) => (finding.trust ?? 1) < 1],
  ['cell', ({ words }) => words.isCell === true],
  ['link', ({ words }) => words.link !== undefined],
  ['aside', ({ words }) => words.isLabel === true],
  ['name', ({ words }) => words.isName === true],
  ['apart', ({ words }) => words.isApart === true],
  ['bracket', ({ words }) => words.open !== undefined && words.open !== ''],
  [
    'before unknown',
    ({ words }) => isUnknown([...words.before].at(-1) ?? '') || isUnknown([...words.before].at(-2) ?? ''),
  ],
  [
    'after unknown',
    ({ words, place }) => place.after.length < 2 && !words.after.slice(0, place.after.length).includes(border),
  ],
  ['figure before', ({ words }) => /\d$/.test(words.before)],
  ['figure after', ({ words }) => /^\s?\d/.test(words.after)],
  ['border before', ({ words }) => /[\n ].?$/.test(words.before)],
  ['space after', ({ words }) => words.after.startsWith(' ')],
  ['on page', ({ page, words, text }) => (page.shares(words.before, text)[0] ?? 0) > 0],
  ['two on page', ({ page, words, text }) => (page.shares(words.before, text)[1] ?? 0) > 0],
  ['ahead on page', ({ page, words, text }) => page.writes(text.at(-1) ?? '', words.after[0] ?? '')],
  ['left counted', (gap) => isCounted(gap, 'left')],
  ['between counted', (gap) => isCounted(gap, 'between')],
  ['right counted', (gap) => isCounted(gap, 'right')],
];

/** Whether the counts hold the candidate's first or last character with two neighbours: before it, round it, behind it. */
function isCounted(
  { model, place: { before2, before1, after }, text }: Asked,
  side: 'left' | 'between' | 'right',
): boolean {
  const characters = [...text].map(model.idOf);
  const [first = 0, last = 0] = [characters[0], characters.at(-1)];
  const [after1 = 0, after2 = 0] = after;
  if (side === 'left') return model.hasThree(before2, before1, first);
  if (side === 'right') return model.hasThree(last, after1, after2);
  return characters.length === 1 ? model.hasThree(before1, first, after1) : model.hasThree(before1, first, last);
}

function bestOf(text: string): Best {
  const words = text.replace('<', '');
  if (words.startsWith('。')) return 'stop';
  if (/^\p{Script=Han}+$/u.test(words)) return 'han';
  return [...words].length > 1 ? 'sign' : 'mark';
}

/** What is known of the character: some of its bytes, nothing, or nothing and that the later filter was at work. */
function lettersOf({ letters, forms }: Finding): string {
  if (letters?.kind === 'any') return letters.anyByte === true ? 'later' : forms === undefined ? 'any' : 'forms';
  return letters === undefined ? 'forms' : 'known';
}
