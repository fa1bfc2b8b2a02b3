import { border, wordsAfter, wordsBefore } from './context.ts';
import type { Finding, Letters } from './finding.ts';
import { furnitureFilling, isWholeName, nameFilling } from './furniture-rules.ts';
import { languageModel } from './language-model.ts';
import type { LanguageModel } from './language-model.ts';
import { pageWords } from './page-words.ts';
import type { PageWords } from './page-words.ts';
import { afterByte, aligned } from './pairing.ts';
import { likelyCharacters, probabilities, score } from './rank.ts';
import type { Scored, Words } from './rank.ts';
import { isMinusOne } from './simulate.ts';
import { isLead } from './cp936.ts';
import { isTelling, leftOf, statedText, statementIndex } from './stated-elsewhere.ts';
import { isTraditional } from './text-profile.ts';
import type { Candidate } from './types.ts';
import { gapSign } from './types.ts';
import { toBytes } from './utf8.ts';

export interface Proposal {
  readonly candidates: readonly Candidate[];
  readonly evidence?: string;
}

/** A finding and where it stands in the page with every gap still open (in code units, after `after`'s end too). */
export interface OpenPlace {
  readonly finding: Finding;
  readonly start: number;
  readonly end: number;
}

/** At most this many candidates are told. */
const mostCandidates = 8;
/** A person is shown no candidate less probable than this. */
const leastProbability = 0.002;

/** Candidates for every open place of a page, each consistent with the damage, ranked by the words round it. */
export function propose(html: string, plain: string, places: readonly OpenPlace[]): readonly Proposal[] {
  const model = languageModel();
  const page = pageWords(plain);
  const trust = isTraditional(plain) ? foreignTrust : 1;
  const words = places.map(({ finding, start, end }) => ({
    before: wordsBefore(html, start, 6),
    after: wordsAfter(html, end, 4, finding.tail === '<'),
  }));
  const index = statementIndex(
    plain,
    words.map(({ before }) => leftOf(before)),
  );
  const rankedBefore = new Map<string, Candidate[]>();
  const rank = (finding: Finding, around: Words): Candidate[] => {
    const key = keyOf(finding, around);
    const candidates =
      rankedBefore.get(key) ?? (rankedBefore.size < mostRanked ? ranked(model, page, finding, around) : []);
    rankedBefore.set(key, candidates);
    return candidates;
  };
  return places.map((place, i) => {
    const around = words[i] ?? { before: '\n\n', after: '\n\n' };
    const isDoubtful = place.finding.rule === 'vanished-by-words';
    if (isDoubtful && isWholeName(html.slice(Math.max(0, place.start - 40), place.start))) return { candidates: [] };
    const ranking = (): Candidate[] => rank(place.finding, around).map((candidate) => lessened(candidate, trust));
    const statement = fromStatement(place.finding, around, plain, index(leftOf(around.before)));
    if (statement === undefined) return fromFurniture(place, html) ?? { candidates: ranking() };
    return statement.isHalf ? agreed(statement, ranking()) : statement;
  });
}

/** The counts are of Simplified text: on a Traditional page they know neither the candidates nor the words round them. */
const foreignTrust = 0.6;

const lessened = ({ text, probability }: Candidate, trust: number): Candidate => ({
  text,
  probability: round(probability * trust),
});

/** No honest page has more different places; the bound keeps a hostile one from taking hours. */
const mostRanked = 5000;

/** Equal keys have equal candidates: all that ranking looks at. */
function keyOf({ rule, letters, signs, tail, intact, prior, paragraphEnd }: Finding, { before, after }: Words): string {
  const kept = letters?.kind === 'known' ? letters.characters.join('') : JSON.stringify(letters);
  return [rule, kept, signs?.length, tail, intact, prior, paragraphEnd, before.slice(-4), after].join('\u0000');
}

interface Statement extends Proposal {
  /** Only the words before the gap stand elsewhere. */
  readonly isHalf: boolean;
}

/** Half a statement says something only where the words, left to themselves, say the same. */
function agreed(statement: Statement, candidates: readonly Candidate[]): Proposal {
  const [said] = statement.candidates;
  const [best] = candidates;
  return said !== undefined && said.text === best?.text
    ? {
        candidates: [said, ...candidates.slice(1)],
        ...(statement.evidence === undefined ? {} : { evidence: statement.evidence }),
      }
    : { candidates };
}

function fromStatement(
  finding: Finding,
  words: Words,
  plain: string,
  places: readonly number[],
): Statement | undefined {
  if (places.length === 0 || finding.letters === undefined || !isTelling(leftOf(words.before))) return undefined;
  const signs = finding.signs;
  const allowed = allowedBy(finding.letters, finding.tail);
  const after = words.after.slice(0, signs ? 3 : 2).replace(/\n.*/s, '');
  const statement = statedText(plain, places, {
    length: signs ? 2 : 1,
    after,
    fits: (text) =>
      !text.includes(gapSign) && allowed(text[0] ?? '') && (signs === undefined || signs.includes(text[1] ?? '')),
  });
  if (statement === undefined || (finding.tail === undefined && after === '')) return undefined;
  const candidate = { text: statement.text + (finding.tail ?? ''), probability: after.length > 1 ? 0.99 : 0.97 };
  return { candidates: [candidate], evidence: statement.evidence, isHalf: after === '' };
}

function fromFurniture({ finding, start, end }: OpenPlace, html: string): Proposal | undefined {
  if (finding.letters === undefined || finding.rule === 'vanished-by-words') return undefined;
  const before = html.slice(Math.max(0, start - 300), start);
  const after = html.slice(end, end + 150);
  const length = finding.signs ? 2 : 1;
  const name = nameFilling(before, after, length, finding.tail === '<');
  const filling = name === undefined ? furnitureFilling(before, after) : { text: name, probability: nameCertainty };
  if (filling === undefined || [...filling.text].length !== length) return undefined;
  const [letter = '', sign = ''] = filling.text;
  if (finding.signs && !finding.signs.includes(sign)) return undefined;
  if (!allowedBy(finding.letters, finding.tail)(letter)) return undefined;
  return { candidates: [{ text: filling.text + (finding.tail ?? ''), probability: filling.probability }] };
}

/** The only name of all that fits in every character that is left. */
const nameCertainty = 0.98;

/** Whether a character, put in the gap, is destroyed by the same damage. */
export function allowedBy(letters: Letters, tail: string | undefined): (char: string) => boolean {
  if (letters.kind === 'known') {
    const set = new Set(letters.characters);
    return (char) => set.has(char);
  }
  return (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80 || char === gapSign || letters.without?.includes(char)) return false;
    const bytes = toBytes(char);
    const last = bytes.at(-1) ?? 0;
    let states = letters.states;
    for (let i = 0; i < bytes.length - 1; i++) states = afterByte(states, bytes[i] ?? 0);
    return (
      (states & aligned) !== 0 && isLead(last) && (letters.anyByte === true || tail !== '<' || !isMinusOne(last, 0x3c))
    );
  };
}

function ranked(model: LanguageModel, page: PageWords, finding: Finding, words: Words): Candidate[] {
  if (finding.letters === undefined) return [];
  const scored = finding.signs ? withSigns(model, page, finding, words) : withoutSign(model, page, finding, words);
  if (scored.length === 0) return [];
  const missing = chanceOfLoss(model, finding, words, scored);
  if (missing < leastChance(finding)) return [];
  const trust = missing * certainty(finding);
  return probabilities(scored, sharpness(finding))
    .slice(0, mostCandidates)
    .filter(({ probability }) => probability >= leastProbability)
    .map(({ text, probability }) => ({
      text: text + (finding.tail ?? ''),
      probability: round(probability * trust * (finding.signs && /\d$/.test(text) ? digitTrust : 1)),
    }));
}

/** Words tell a character; of a digit they tell what is usual. */
const digitTrust = 0.96;

/** How probable it is that something is missing, the words considered (Bayes, the two cases as the model writes them). */
function chanceOfLoss(model: LanguageModel, finding: Finding, words: Words, scored: readonly Scored[]): number {
  if (finding.intact === undefined) return 1;
  const whole = score(model, words, finding.intact);
  const loss = scored.reduce((sum, text) => sum + Math.exp(text.score - whole), 0);
  return (finding.prior * loss) / (finding.prior * loss + (1 - finding.prior));
}

/** Where nothing shows but the words, only a strong case is told; a `?` is told on the better half. */
const leastChance = (finding: Finding): number => (finding.length === 0 ? 0.7 : 0.5);

function withoutSign(model: LanguageModel, page: PageWords, finding: Finding, words: Words): Scored[] {
  const letters = finding.letters;
  if (letters === undefined) return [];
  const characters =
    letters.kind === 'known'
      ? letters.characters
      : likelyCharacters(model, words, allowedBy(letters, finding.tail), false);
  return characters.map((text) => ({
    text,
    score:
      score(model, words, text) +
      stopFactor(finding, text) +
      endFactor(finding, words, text) +
      pageFactor(model, page, words, text),
  }));
}

function withSigns(model: LanguageModel, page: PageWords, finding: Finding, words: Words): Scored[] {
  const letters = finding.letters;
  if (letters === undefined) return [];
  const characters =
    letters.kind === 'known'
      ? letters.characters
      : likelyCharacters(model, words, allowedBy(letters, finding.tail), true);
  const signs = finding.signs ?? [];
  return characters.flatMap((char) =>
    signs.map((sign) => ({
      text: char + sign,
      score: score(model, words, char + sign) + signFactor(sign, words.after) + pageFactor(model, page, words, char),
    })),
  );
}

/** How much the page's own words count beside those of other texts. */
const pageShare = 0.15;

/** What the page writes elsewhere after the same character makes a candidate more probable. */
function pageFactor(model: LanguageModel, page: PageWords, { before }: Words, text: string): number {
  const [b2 = border, b1 = border] = [...before].slice(-2);
  const own = page.share(b1, text);
  if (own === 0) return 0;
  const others = Math.exp(model.logProbability(model.idOf(b2), model.idOf(b1), model.idOf(text)));
  return Math.log(1 - pageShare + (pageShare * own) / Math.max(others, 1e-7));
}

/** Paragraphs of articles end in a full stop far more often than the counts, which know headings and lists, say. */
function stopFactor(finding: Finding, text: string): number {
  if (!finding.paragraphEnd) return 0;
  return text === '。' ? Math.log(60) : text === '：' ? Math.log(0.2) : 0;
}

const fileEnding = /^(?:doc|xls|ppt|pdf|wps|zip|rar|jpg|png|mp4)/i;

/** A block of a page ends in a comma far more seldom than the counts, which know no markup, say. */
const endFactor = ({ tail }: Finding, { after }: Words, text: string): number =>
  tail === '<' && after[0] === border && /[，、]/.test(text) ? Math.log(0.03) : 0;

/** The first digit of a year: pages are of this century or the last. */
function signFactor(sign: string, after: string): number {
  // What follows a swallowed line feed stands on a line of its own, and that begins with markup.
  if (fileEnding.test(after)) return sign === '.' ? 12 : -12;
  if (/\s/.test(sign) && after[0] !== border) return Math.log(0.02);
  if (/^[019]\d\d[-年/.]/.test(after)) {
    const expected = after.startsWith('9') ? '1' : '2';
    return /\d/.test(sign) ? Math.log(sign === expected ? 0.99 : 0.001) : 0;
  }
  return 0;
}

/** How far scores are trusted, by how much of the character is known. Fitted on damaged pages; see docs/decisions/0010. */
function sharpness(finding: Finding): number {
  if (finding.rule === 'vanished-by-words') return 0.65;
  if (finding.rule === 'byte-dropped') return 0.55;
  if (finding.letters?.kind === 'known') return finding.signs ? 0.75 : 0.85;
  // The later filter leaves more characters to choose from: any last byte, not one in four.
  if (finding.letters?.kind === 'any' && finding.letters.anyByte === true) return finding.signs ? 0.6 : 0.7;
  return finding.signs ? 0.65 : 0.8;
}

/** The rest is for characters the counts do not know. */
const certainty = (finding: Finding): number => (finding.letters?.kind === 'known' ? 0.999 : 0.995);

const round = (p: number): number => Math.round(p * 10000) / 10000;
