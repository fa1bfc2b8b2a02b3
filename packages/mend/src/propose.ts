import { bracketFactor, closedAsOpened, closedLater, openBrackets, pairFactor } from './brackets.ts';
import { calibrated } from './calibration.ts';
import type { Traits } from './calibration.ts';
import { traitsOf } from './traits.ts';
import { isLabelBefore, labelCertainty } from './colon-labels.ts';
import { border, wordsAfter, wordsBefore } from './context.ts';
import { cutLink } from './cut-link.ts';
import type { Finding, Letters } from './finding.ts';
import { furnitureFilling, isWholeName, nameFilling, spacedFilling } from './furniture-rules.ts';
import type { GapLine } from './line-rules.ts';
import {
  beginsItem,
  beginsList,
  hasArticles,
  isHeadingLine,
  itemsEndInSemicolon,
  lineFillings,
  stopAtEnd,
} from './line-rules.ts';
import { languageModel } from './language-model.ts';
import { lineEnds } from './line-ends.ts';
import type { LineEnds } from './line-ends.ts';
import type { LanguageModel } from './language-model.ts';
import { scoredForm } from './lost-forms.ts';
import { pageWords } from './page-words.ts';
import type { PageWords } from './page-words.ts';
import { afterByte, aligned } from './pairing.ts';
import { around, farther, likelyCharacters, probabilities, score, shortlist } from './rank.ts';
import type { Around, LineKind, Scored, Words } from './rank.ts';
import { setApart } from './set-apart.ts';
import { isMinusOne } from './simulate.ts';
import { sizeFilling, sizesReach } from './size-buttons.ts';
import { isLead } from './cp936.ts';
import { isTelling, leftOf, statedAfter, statedText, statementIndex } from './stated-elsewhere.ts';
import { isTraditional } from './text-profile.ts';
import type { Candidate } from './types.ts';
import { gapSign } from './types.ts';
import { toBytes } from './utf8.ts';

export interface Proposal {
  readonly candidates: readonly Candidate[];
  readonly evidence?: string;
  /** What calibration asked of the best candidate; it was fitted to such. */
  readonly traits?: Traits;
}

interface Ranking {
  readonly candidates: readonly Candidate[];
  readonly traits?: Traits;
  /** The candidates before calibration: what a gap says to the next ones must not depend on what is fitted to them. */
  readonly uncalibrated?: readonly Candidate[];
}

/** A finding and where it stands in the page with every gap still open (in code units, after `after`'s end too). */
export interface OpenPlace {
  readonly finding: Finding;
  readonly start: number;
  readonly end: number;
}

/** At most this many candidates are told, and so many are kept for the gap that follows. */
const mostCandidates = 8;
const mostKept = 60;
/** A person is shown no candidate less probable than this. */
const leastProbability = 0.002;

/**
 * Candidates for every open place of a page, each consistent with the damage, ranked by the words round it. `lineLength` says
 * that line feeds stand within sentences, about so many characters apart.
 */
export function propose(
  html: string,
  plain: string,
  places: readonly OpenPlace[],
  lineLength?: number,
): readonly Proposal[] {
  const model = languageModel();
  const trust = isTraditional(plain) ? foreignTrust : 1;
  const isLaw = hasArticles(plain);
  const words = places.map(({ finding, start, end }) => {
    const tail = finding.tail === '<' ? '<' : '';
    const isTitle = endOfTitle.test(tail + html.slice(end, end + titleReach));
    const apart =
      finding.signs === undefined
        ? setApart(html.slice(Math.max(0, start - apartReach), start), tail || html.slice(end, end + apartReach))
        : undefined;
    const line = wordsBefore(html, start, longestLine).split(border).at(-1) ?? '';
    const ahead = wordsAfter(html, end, lineReach, tail === '<').split(border);
    const [rest = '', next = ''] = finding.rule === 'vanished' || tail === '<' ? ahead : [];
    const isLongItem =
      ahead[0] === '' && line.length === longestLine && beginsItem(wordsBefore(html, start, longestItem));
    const endsBold = boldEnd.test(tail + html.slice(end, end + titleReach));
    return {
      before: apart?.before ?? wordsBefore(html, start, 6),
      isApart: apart !== undefined,
      atEnd: isTitle || line === '' ? undefined : stopAtEnd(line, next, isLaw),
      isLaw,
      line,
      rest,
      next,
      isLongItem,
      lineKind: lineKindOf(line.trim()),
      isShortLine: shortLine.test(line),
      isLabel: label.test(line),
      isName: name.test(line),
      endsBold,
      isListed: lastLineEnd(html, start) === '；',
      announces: ahead[0] === '' && beginsList(ahead[1] ?? ''),
      isNamed: shortName.test(line) && line !== '' && isValue.test(ahead[0] ?? ''),
      isTagNext: /^<[a-z]/i.test(html.slice(end, end + 2)),
      isCell: cellStart.test(html.slice(Math.max(0, start - cellReach), start)),
      open: openBrackets(line),
      later: closedLater(ahead[0] ?? ''),
      after: apart?.after ?? (isQuote(finding.tail) ? border : wordsAfter(html, end, 4, tail === '<')),
      link: finding.tail === '<' ? linkText.exec(html.slice(Math.max(0, start - longestLink), start))?.[1] : undefined,
      goesOn: rest === '' ? undefined : isHeadingLine(rest) ? ('heading' as const) : ('sentence' as const),
    };
  });
  const page = pageWords(
    plain,
    words.map(({ before }) => before),
  );
  const index = statementIndex(
    plain,
    words.map(({ before }) => leftOf(before)),
  );
  const semicolons = itemsEndInSemicolon(plain);
  const ends = lineEnds(plain);
  const filled = new Map<number, Candidate>();
  const rankedBefore = new Map<string, Ranking>();
  const rank = (finding: Finding, around: Words, earlier: readonly Candidate[]): Ranking => {
    const key = keyOf(finding, around) + earlier.map(({ text, probability }) => text + String(probability)).join('');
    const ranking =
      rankedBefore.get(key) ??
      (rankedBefore.size < mostRanked
        ? ranked({ model, page, ends, lineLength, finding, words: around }, earlier)
        : noRanking);
    rankedBefore.set(key, ranking);
    return ranking;
  };
  const proposals: (Proposal & Ranking)[] = [];
  for (const [i, place] of places.entries()) {
    const around = withFilled(html, place.start, words[i] ?? noWords, filled);
    const isDoubtful = place.finding.rule === 'vanished-by-words';
    if (isDoubtful && isWholeName(html.slice(Math.max(0, place.start - 40), place.start))) {
      proposals.push({ candidates: [] });
      continue;
    }
    const between = html.slice(Math.max(places[i - 1]?.end ?? 0, place.start - 2), place.start);
    const isNext = places[i - 1]?.end === place.start || (around.isApart && between === ' ');
    const goesOn = isNext && place.finding.signs === undefined;
    const earlier = goesOn ? toldOn(proposals[i - 1]) : [];
    const ranking = (): Ranking => {
      const found = rank(place.finding, around, earlier);
      const trusted = (candidates: readonly Candidate[]) => candidates.map((candidate) => lessened(candidate, trust));
      const { candidates, uncalibrated = candidates } = found;
      return { ...found, candidates: trusted(candidates), uncalibrated: trusted(uncalibrated) };
    };
    const statement = fromStatement(place.finding, around, plain, index(leftOf(around.before)));
    if (statement === undefined)
      proposals.push(
        fromFurniture(place, html, filled) ??
          fromLine(place.finding, { ...around, itemsEndInSemicolon: semicolons }) ??
          ranking(),
      );
    else proposals.push(statement.isHalf ? agreed(statement, ranking()) : statement);
    const [best] = toldOn(proposals[i]);
    if (best !== undefined && best.probability >= surelyFilled)
      filled.set(place.start, {
        text: withoutTail(best.text, place),
        probability: proposals[i]?.candidates.find(({ text }) => text === best.text)?.probability ?? 0,
      });
  }
  return proposals.map(told);
}

/** So probable a candidate counts as what stands in its gap where the brackets of its line are looked at. */
const surelyFilled = 0.5;
const withoutTail = (text: string, { finding: { tail = '' } }: OpenPlace): string =>
  tail !== '' && text.endsWith(tail) ? text.slice(0, -tail.length) : text;

/** The words round a gap with the brackets that stand in earlier gaps of its line. */
function withFilled(html: string, start: number, words: GapWords, filled: ReadonlyMap<number, Candidate>): GapWords {
  if (words.open?.endsWith(gapSign) !== true || filled.size === 0) return words;
  const from = Math.max(0, start - filledReach);
  const stretch = html.slice(from, start).replaceAll(gapSign, (gap, at: number) => filled.get(from + at)?.text ?? gap);
  const line = wordsBefore(stretch, stretch.length, longestLine).split(border).at(-1) ?? '';
  return { ...words, open: openBrackets(line) };
}

/** As far as words before a gap are looked for. */
const filledReach = 600;

const lastLineEnd = (html: string, start: number): string | undefined =>
  wordsBefore(html, start, longestLine).split(border).at(-2)?.at(-1);

/** What a gap says to the ones behind it. */
const toldOn = (proposal: Ranking | undefined): readonly Candidate[] =>
  proposal?.uncalibrated ?? proposal?.candidates ?? [];

const told = ({ candidates, evidence, traits }: Proposal): Proposal => ({
  ...(evidence === undefined ? {} : { evidence }),
  ...(traits === undefined ? {} : { traits }),
  candidates: candidates
    .slice(0, mostCandidates)
    .filter(({ probability }) => probability >= leastProbability)
    .map(({ text, probability }) => ({ text, probability: round(probability) })),
});

/** A heading ends here, of which hardly any has a full stop. */
const endOfTitle = /^(?:\s|<\/?(?:span|b|strong|font|em)\b[^<>]{0,80}>){0,4}<?\/(?:h[1-6]|title|th)\s*>/i;
const titleReach = 200;
/** Bold words end here and others go on: mostly a name and what it is. */
const boldEnd = /^(?:<?\/?span\b[^<>]{0,80}>){0,3}<?\/(?:b|strong)\s*>(?!\s*<\/?(?:p|div|td|br|li|h\d)\b)/i;
const apartReach = 48;
/** A cell of a table, or an entry of a list, that has hardly a word yet. */
const cellStart = /<(?:t[dh]|li|dt|dd)\b[^<>]*>\s*(?:<\/?(?:a|b|span|strong|font|em)\b[^<>]*>\s*)?[^<>]{0,24}$/i;
const cellReach = 160;

/** The value of an attribute ends here. */
const isQuote = (tail: string | undefined): boolean => tail === '"' || tail === "'";

/** So far back an opening bracket is looked for. */
const longestLine = 60;
/** So far back the beginning of an item is looked for. */
const longestItem = 300;

/** What a line is by its words before a gap. */
const lineKindOf = (line: string): LineKind =>
  /[，。；：、？！]/.test(line) ? 'prose' : line.length <= 6 ? 'label' : line.length < 32 ? 'heading' : 'long';

/** No sentence is so short. */
const shortLine = /^[^，。；：、？！]{0,6}$/;

/** A few characters and, behind a mark, a few others that are no sentence: the name of a fact and the fact. */
const shortName = /(?:^[\s\u3000]*|[\s\u3000|｜]{2})[^\s，。；：、？！]{1,8}$|[\s\u3000|｜][^\s，。；：、？！]{2,6}$/;
const isValue = /^(?=[^\n])[^，。；！\n]{1,30}$/;

/** A few characters behind a bar or a space, as pages set apart what they say of themselves. */
const label = /[|｜]\s*\p{Script=Han}{1,6}$|\S \p{Script=Han}{2,8}$/u;
/** Behind such words stand names of persons, of which the counts know next to nothing. */
const name =
  /(?:记[者〓]|通讯[员〓]|作者|编辑|责编|审核|校对|摄影|供稿|撰稿|签发|录入|联系人|审签|编校)[：:\s\u3000〓]{1,3}[\p{Script=Han}〓\s]{0,4}$/u;

/** The text of a link up to here; entries of menus and headlines have no full stop. */
const linkText = /<a\b[^<>]*>([^<>]{0,30})$/i;
const longestLink = 300;

/** Enough of the line after a gap, and of the next one, to tell a heading from a sentence. */
const lineReach = 60;

/** The counts are of Simplified text: on a Traditional page they know neither the candidates nor the words round them. */
const foreignTrust = 0.6;

const lessened = ({ text, probability }: Candidate, trust: number): Candidate => ({
  text,
  probability: probability * trust,
});

/** No honest page has more different places; the bound keeps a hostile one from taking hours. */
const mostRanked = 5000;

/** Equal keys have equal candidates: all that ranking looks at. */
function keyOf(finding: Finding, words: Words): string {
  const { before, after, open, later, goesOn, isShortLine, isLabel, isName, isApart, isLaw, link, atEnd } = words;
  const { rule, letters, forms, signs, tail, intact, prior, trust } = finding;
  const kept = letters?.kind === 'known' ? letters.characters.join('') : JSON.stringify(letters);
  return [
    rule,
    kept,
    forms?.join(' '),
    goesOn,
    isShortLine,
    isLabel,
    isName,
    isApart,
    isLaw,
    link,
    open,
    later,
    signs?.length,
    tail,
    intact,
    prior,
    trust,
    atEnd,
    words.endsBold,
    words.isListed,
    words.announces,
    words.isNamed,
    words.isTagNext,
    words.isCell,
    words.lineKind,
    before.slice(-4),
    after,
  ].join('\u0000');
}

/** The words round a gap, those of its whole line and of the next one. */
interface GapWords extends Words {
  readonly line: string;
  readonly rest: string;
  readonly next: string;
  readonly isLongItem: boolean;
}

const noWords: GapWords = { before: '\n\n', after: '\n\n', line: '', rest: '', next: '', isLongItem: false };

interface Statement extends Proposal {
  /** Only the words before the gap stand elsewhere. */
  readonly isHalf: boolean;
}

/** Half a statement says something only where the words, left to themselves, say the same. */
function agreed(statement: Statement, ranking: Ranking): Proposal & Ranking {
  const { candidates } = ranking;
  const [said] = statement.candidates;
  const [best] = candidates;
  return said !== undefined && said.text === best?.text
    ? {
        candidates: [said, ...candidates.slice(1)],
        ...(statement.evidence === undefined ? {} : { evidence: statement.evidence }),
      }
    : ranking;
}

function fromStatement(
  finding: Finding,
  words: GapWords,
  plain: string,
  places: readonly number[],
): Statement | undefined {
  if (places.length === 0 || finding.letters === undefined || !isTelling(leftOf(words.before))) return undefined;
  const signs = finding.signs;
  const allowed = allowedBy(finding.letters, finding.tail);
  const after = words.after.slice(0, signs ? 3 : 2).replace(/\n.*/s, '');
  const long =
    mayBeNamed(finding, words) || isQuote(finding.tail) ? statedAfter(plain, places, words.line, allowed) : undefined;
  if (long !== undefined) {
    const candidate = { text: long.text + (finding.tail ?? ''), probability: 0.975 };
    return { candidates: [candidate], evidence: long.evidence, isHalf: false };
  }
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

function fromFurniture(
  { finding, start, end }: OpenPlace,
  html: string,
  filled: ReadonlyMap<number, Candidate>,
): Proposal | undefined {
  if (finding.letters === undefined || finding.rule === 'vanished-by-words') return undefined;
  const from = Math.max(0, start - furnitureReach);
  const before = html.slice(from, start);
  const after = html.slice(end, end + 150);
  const length = finding.signs ? 2 : 1;
  const endsNode = finding.tail === '<';
  const allowed = allowedBy(finding.letters, finding.tail);
  const size =
    length === 1
      ? sizeFilling(
          html.slice(Math.max(0, start - sizesReach), start),
          (endsNode ? '<' : '') + html.slice(end, end + sizesReach),
        )
      : undefined;
  if (size !== undefined && allowed(size))
    return { candidates: [{ text: size + (finding.tail ?? ''), probability: sizeCertainty }] };
  const cut = length === 1 && /^<?\/a\s*>/i.test(after) ? cutLink(before) : undefined;
  if (cut !== undefined && allowed(cut.text))
    return { candidates: [{ text: cut.text + (finding.tail ?? ''), probability: cut.probability }] };
  const name =
    nameFilling(before, after, length, endsNode) ??
    (length === 1 ? spacedFilling(before, after, endsNode, allowed) : undefined);
  const filling =
    name === undefined
      ? closedAsOpened(furnitureFilling(before, after, length), before, (at) => filled.get(from + at))
      : { text: name, probability: nameCertainty };
  if (filling === undefined)
    return finding.rule === 'vanished' && isLabelBefore(before.replace(/(?<=位置) $/, '')) && allowed('：')
      ? { candidates: [{ text: '：', probability: labelCertainty }] }
      : undefined;
  const [letter = '', sign = ''] = filling.text;
  if (finding.signs && !finding.signs.includes(sign)) return undefined;
  if (!allowed(letter)) return undefined;
  return { candidates: [{ text: filling.text + (finding.tail ?? ''), probability: filling.probability }] };
}

/** A character is certainly gone, alone, and hardly a stop: names go on elsewhere as here, sentences do not. */
const mayBeNamed = ({ intact, signs, tail }: Finding, { line, after }: GapWords): boolean =>
  intact === undefined &&
  signs === undefined &&
  ((tail === undefined && after[0] !== border) || !/[，。；：]/.test(line));

/** What the line says of a character that vanished before white space or went with the tag at its end. */
function fromLine(finding: Finding, gap: GapLine): Proposal | undefined {
  const { letters, tail, rule } = finding;
  if (letters === undefined || (rule !== 'vanished' && tail !== '<')) return undefined;
  const allowed = allowedBy(letters, tail);
  const [filling, other] = lineFillings(gap).filter(({ text }) => allowed(text));
  if (filling === undefined || other !== undefined) return undefined;
  return { candidates: [{ ...filling, text: filling.text + (tail ?? '') }] };
}

const furnitureReach = 700;

/** The only name of all that fits in every character that is left. */
const nameCertainty = 0.98;
const sizeCertainty = 0.99;

/** Whether a character, put in the gap, is destroyed by the same damage. */
function allowedBy(letters: Letters, tail: string | undefined): (char: string) => boolean {
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

/** `earlier` are candidates of a gap that ends where this one begins. */
function ranked(given: Omit<Gap, 'place' | 'most'>, earlier: readonly Candidate[]): Ranking {
  const { model, finding, words } = given;
  const gap = { ...given, place: around(model, words), most: shortlist };
  const scored = earlier.length === 0 ? scoredIn(gap) : scoredAfter(gap, earlier);
  if (scored.length === 0) return noRanking;
  const missing = chanceOfLoss(gap, scored);
  if (missing < leastChance(finding)) return noRanking;
  const trust = missing * certainty(finding) * (finding.trust ?? 1);
  const best = probabilities(scored, sharpness(finding) * otherPages * fewWords(finding, words), mostKept);
  if (finding.intact === '' && missing < nearlyCertain && (best[0]?.probability ?? 0) < leastTelling) return noRanking;
  const told = best.map(({ text, probability }) => ({
    text: text + (finding.tail ?? ''),
    probability:
      probability *
      trust *
      doubt(words, text) *
      (finding.signs && /\d$/.test(text) ? digitTrust : 1) *
      (isQuote(finding.tail) ? cutTrust : 1),
  }));
  return withCalibrated(told, gap);
}

const noRanking: Ranking = { candidates: [] };

/** What the best candidate gains or loses by experience, the others lose or gain in proportion. */
function withCalibrated(told: readonly Candidate[], gap: Gap): Ranking {
  const [best, second] = told.toSorted((one, other) => other.probability - one.probability);
  if (best === undefined || best.probability < leastCalibrated) return { candidates: told };
  const traits = traitsOf(gap, best, second?.probability ?? 0);
  const probability = calibrated(traits);
  const others = (1 - probability) / Math.max(1 - best.probability, 1e-6);
  const candidates = told.map((candidate) => ({
    text: candidate.text,
    probability: candidate === best ? probability : Math.min(candidate.probability * Math.min(others, 1), probability),
  }));
  return { candidates, traits, uncalibrated: told };
}

/** Of what is less probable little was seen. */
const leastCalibrated = 0.3;

/** 办公厅 or 办公室: the rank of the body decides, and the counts are of national news. */
const doubt = ({ before, isName }: Words, text: string): number =>
  isName === true && isHan(text) ? nameTrust : before.endsWith('办公') && /^[厅室]/.test(text) ? officeTrust : 1;
const officeTrust = 0.88;
const nameTrust = 0.85;
const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);

const scoredIn = (gap: Gap): Scored[] => [
  ...(gap.finding.signs ? withSigns(gap, gap.finding.signs) : withoutSign(gap)),
  ...withForms(gap),
];

/** Candidates of an earlier gap that are less probable are taken together; and so many texts are tried after each. */
const leastEarlier = 0.004;
const mostAfterEarlier = 40;

/** What stands in a gap depends on what stands in the one before it: each text after every candidate of that. */
function scoredAfter(gap: Gap, earlier: readonly Candidate[]): Scored[] {
  const { model, words } = gap;
  const before = words.before.slice(0, -gapSign.length);
  const likely = earlier.filter(({ probability }) => probability > leastEarlier);
  const others = Math.max(leastEarlier, 1 - likely.reduce((sum, { probability }) => sum + probability, 0));
  const sums = new Map<string, number>();
  for (const { text, probability } of [...likely, { text: gapSign, probability: others }]) {
    const after = { ...words, before: (before + text).slice(-6) };
    const gapHere = { ...gap, words: after, place: around(model, after), most: mostAfterEarlier };
    for (const { text: here, score } of scoredIn(gapHere))
      sums.set(here, (sums.get(here) ?? 0) + probability * Math.exp(score));
  }
  return [...sums].map(([text, sum]) => ({ text, score: Math.log(sum) }));
}

/** A gap that is being ranked. */
interface Gap {
  readonly model: LanguageModel;
  readonly page: PageWords;
  readonly ends: LineEnds;
  /** Line feeds stand within sentences, about so many characters apart. */
  readonly lineLength: number | undefined;
  readonly finding: Finding;
  readonly words: Words;
  readonly place: Around;
  /** How many characters are tried. */
  readonly most: number;
}

/** What an attribute says may be cut anywhere, as descriptions are. */
const cutTrust = 0.9;

/** Words tell a character; of a digit they tell what is usual. */
const digitTrust = 0.96;

/** How probable it is that something is missing, the words considered (Bayes, the two cases as the model writes them). */
function chanceOfLoss(gap: Gap, scored: readonly Scored[]): number {
  const { model, finding, place } = gap;
  if (finding.intact === undefined) return 1;
  const whole = score(model, place, finding.intact) + farther(model, place, finding.intact);
  const loss = scored.reduce((sum, text) => sum + Math.exp(text.score - whole), 0);
  return (finding.prior * loss) / (finding.prior * loss + (1 - finding.prior));
}

/** Where words alone tell that something is missing, they must be nearly certain of it, or tell what it is. */
const nearlyCertain = 0.9;
const leastTelling = 0.6;

/** Where nothing shows but the words, only a strong case is told; a `?` is told on the better half. */
const leastChance = (finding: Finding): number => (finding.length === 0 ? 0.7 : 0.5);

function withoutSign(gap: Gap): Scored[] {
  const { finding, place, words } = gap;
  const inLine = scoreAtEnd(gap);
  return charactersOf(gap, place).map(({ text, score }) => ({
    text,
    score:
      inLine(text, score) +
      stopFactor(gap, text) +
      endFactor(finding, words, text) +
      headingFactor(words, text) +
      bracketFactor(words.open ?? '', text, words.after) +
      pairFactor(words.open ?? '', text, words.later ?? '') +
      pageFactor(gap, text) +
      writtenFactor(gap, text, words.after[0] ?? ''),
  }));
}

/**
 * The counts are of texts whose lines end in a stop, and hardly a space is in them but behind `第一章`. Of what can stand at
 * the end of a heading or before a space they know something still (no line ends in `以`), so half of what they say is believed.
 */
function scoreAtEnd({ model, finding, words, place }: Gap): (text: string, score: number) => number {
  const whole = (text: string, all: number): number => all + farther(model, place, text);
  // Where it is doubtful that something is missing, the whole is held against what stands there.
  if (finding.intact !== undefined) return whole;
  const left = { ...place, after: [] };
  if (words.after.startsWith(' ') && !numbered.test(words.before))
    return (text, all) => (whole(text, all) + score(model, left, text) + farther(model, left, text)) / 2;
  return words.after[0] === border && (words.atEnd ?? 0) < 0
    ? (text, all) => (all + score(model, left, text)) / 2 + farther(model, place, text)
    : whole;
}

/** The number of a chapter or an article, its first sign perhaps in a gap. */
const numbered = /第.{0,3}$|〓[一二三四五六七八九十百零]{1,3}$/;

function withSigns(gap: Gap, signs: readonly string[]): Scored[] {
  const { model, words, place } = gap;
  const { before1, after } = place;
  const [after1, after2] = after;
  const ends = signs.map((sign) => {
    const id = model.idOf(sign);
    const next = after1 !== undefined && after2 !== undefined ? model.logProbability(id, after1, after2) : 0;
    const first = after1 === undefined ? 1 : model.two(id, after1);
    return { id, score: next + signFactor(sign, words.after), first, log: Math.log(first) };
  });
  const left = { ...place, after: [] };
  const breaks = lineBreak(gap);
  return charactersOf(gap, left).flatMap(({ text: char, score }) => {
    const id = model.idOf(char);
    const pair = model.pair(before1, id);
    const start = score + farther(model, left, char) + pageFactor(gap, char);
    const { texts, two, pairs } = signsAfter(model, char, signs);
    return ends.map(({ score: end, first, log }, i) => {
      if (breaks !== undefined && signs[i] === '\n') return { text: texts[i] ?? '', score: start + breaks(id) };
      const behind = pairs[i] ?? -1;
      const next = after1 === undefined ? 0 : behind < 0 ? log : Math.log(model.given(behind, after1, first));
      const sign = Math.log(model.given(pair, ends[i]?.id ?? 0, two[i] ?? 0));
      return { text: texts[i] ?? '', score: start + sign + next + end };
    });
  });
}

/** What a line feed within a sentence adds behind a character, where the page has such: its words go on in the next line. */
function lineBreak({ model, words, place, lineLength }: Gap): ((id: number) => number) | undefined {
  const { before1, after } = place;
  const [after1, after2] = after;
  if (lineLength === undefined || after1 === undefined || words.after[0] === border) return undefined;
  return (id) =>
    model.logProbability(before1, id, after1) +
    (after2 === undefined ? 0 : model.logProbability(id, after1, after2)) -
    Math.log(lineLength);
}

/** A character with each of a list of signs after it: the texts, how probable the sign is, and where the pair is kept. */
interface SignsAfter {
  readonly texts: readonly string[];
  readonly two: Float64Array;
  readonly pairs: Int32Array;
}

/** By the list of signs, of which there are a few, and the character. */
const signsKnown = new Map<string, Map<string, SignsAfter>>();

function signsAfter(model: LanguageModel, char: string, signs: readonly string[]): SignsAfter {
  const key = signs.join('');
  const byCharacter = signsKnown.get(key) ?? new Map<string, SignsAfter>();
  signsKnown.set(key, byCharacter);
  const known = byCharacter.get(char);
  if (known) return known;
  const id = model.idOf(char);
  const ids = signs.map(model.idOf);
  const made = {
    texts: signs.map((sign) => char + sign),
    two: Float64Array.from(ids, (sign) => model.two(id, sign)),
    pairs: Int32Array.from(ids, (sign) => model.pair(id, sign)),
  };
  byCharacter.set(char, made);
  return made;
}

function withForms(gap: Gap): Scored[] {
  const { model, finding, place, words, most } = gap;
  return (finding.forms ?? []).flatMap((form) =>
    scoredForm(model, form, { place, tail: finding.tail, most }).map(({ text, score }) => ({
      text,
      score:
        score +
        farther(model, place, text) +
        stopFactor(gap, text.slice(-1)) +
        endFactor(finding, words, text) +
        bracketFactor(words.open ?? '', text, words.after),
    })),
  );
}

/** The characters that may stand in a place of a gap: those its bytes name, or the likeliest that the damage allows. */
function charactersOf({ model, finding, most }: Gap, place: Around): readonly Scored[] {
  const { letters, tail } = finding;
  if (letters === undefined) return [];
  return letters.kind === 'known'
    ? letters.characters.map((text) => ({ text, score: score(model, place, text) }))
    : likelyCharacters(model, place, allowedIds(model, letters, tail), most);
}

const masks = new Map<string, Uint8Array>();

/** A 1 for every counted character, by id, that the damage allows. */
function allowedIds(model: LanguageModel, letters: Letters & { readonly kind: 'any' }, tail: string | undefined) {
  const key = JSON.stringify([letters.states, letters.without, letters.anyByte, tail === '<']);
  const known = masks.get(key);
  if (known) return known;
  const allowed = allowedBy(letters, tail);
  const mask = Uint8Array.from(model.characters, (char) => (char !== '' && allowed(char) ? 1 : 0));
  masks.set(key, mask);
  return mask;
}

/** How much what the page writes after the last one, two and three characters counts beside other texts. */
const pageParts = [0.2, 0.3, 0.3];

/** What the page writes elsewhere after the same characters makes a candidate more probable. */
function pageFactor(gap: Gap, text: string): number {
  const { model, page, words, place } = gap;
  const shares = page.shares(words.before, text);
  const written = writtenFactor(gap, words.before.at(-1) ?? '', text);
  if (!shares.some((share) => share)) return written;
  const others = Math.max(Math.exp(model.logProbability(place.before2, place.before1, model.idOf(text))), 1e-7);
  const probability = shares.reduce<number>((sum, share, i) => {
    const part = share === undefined ? 0 : (pageParts[i] ?? 0);
    return sum * (1 - part) + (share ?? 0) * part;
  }, others);
  return Math.log(probability / others) + written;
}

/**
 * A page keeps to its subject: two characters that it writes side by side, it writes again more often than other texts do. Asked
 * where a character vanished alone; with a sign or a tag after it, it told no more than what is asked already. Names go their own
 * way, and where it is doubtful that something is missing, what stands there is held against the candidates without this.
 */
function writtenFactor({ finding, page, words }: Gap, first: string, second: string): number {
  const isAsked = finding.rule === 'vanished' && finding.intact === undefined && words.isName !== true;
  return isAsked && page.writes(first, second) ? moreWritten : 0;
}
const moreWritten = 2;

/** Whether a line ends in a full stop, its length and its marks say better than the two characters before its end. */
function stopFactor({ words, ends }: Gap, text: string): number {
  const { atEnd, after, link, open, isLaw, isListed, endsBold, announces, isNamed } = words;
  if (endsBold === true && /[，；]/.test(text)) return Math.log(0.1);
  if (isNamed === true && after[0] !== border) {
    const much = words.isTagNext === true ? 40 : 8;
    return text === '：' ? Math.log(much) : /[，。；、]/.test(text) ? -Math.log(2 * much) : 0;
  }
  if (announces === true && after[0] === border && /[。；：]/.test(text))
    return text === '：' ? Math.log(8) : Math.log(0.1);
  if (after[0] !== border) return 0;
  const habit = ends.factor(text) + (isListed === true && text === '；' ? moreInList : 0);
  if (text === '；' && isLaw !== true && isListed !== true && !ends.has('；')) return habit + Math.log(0.05);
  if (atEnd === undefined || link !== undefined) return habit;
  if (atEnd < 0) return habit + (/[。；：！？，、]/.test(text) ? inHeading : 0);
  if (text === '。') return habit + (open === undefined || open === '' ? atEnd : 0);
  return habit + (text === '：' && atEnd > 0 ? Math.log(0.2) : 0);
}

/** The line before ends in `；`. */
const moreInList = Math.log(4);
/** Of ten short lines without a comma one is a sentence; the others may end in any character, and hardly in a mark. */
const inHeading = Math.log(0.05);

/** Numbered headings of chapters and sections are short; where the line goes on, it is an article. */
function headingFactor({ goesOn }: Words, text: string): number {
  if (goesOn === 'sentence') return /[章节编]$/.test(text) ? Math.log(0.03) : 0;
  return goesOn === 'heading' && text === '条' ? Math.log(0.1) : 0;
}

const fileEnding = /^(?:doc|xls|ppt|pdf|wps|zip|rar|jpg|png|mp4)/i;

/** A block of a page ends in a comma far more seldom than the counts, which know no markup, say. */
const endFactor = ({ tail }: Finding, { after, isShortLine, isLabel, link }: Words, text: string): number => {
  if (isLabel === true && /^[，。；、]/.test(text)) return Math.log(0.02);
  if (link !== undefined && (link === '' ? /^[。，、；：】）》]/ : /[。，、；：]$/).test(text)) return Math.log(0.01);
  if (after[0] !== border) return 0;
  if (/^[“《（【〔〈「]/.test(text)) return Math.log(0.005);
  if (/[，、]/.test(text)) return Math.log(tail === '<' ? 0.03 : 0.2);
  return isShortLine === true && text.endsWith('。') ? Math.log(0.005) : 0;
};

/** The first digit of a year: pages are of this century or the last. */
function signFactor(sign: string, after: string): number {
  // What follows a swallowed line feed stands on a line of its own, and that begins with markup.
  if (fileEnding.test(after)) return sign === '.' ? 12 : -12;
  // Behind the last words of a line stands no sign of a path.
  if (sign === '>' && after[0] === border) return Math.log(0.01);
  if (/\s/.test(sign) && after[0] !== border) return sign === ' ' ? Math.log(0.02) : -12;
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
  // One character or two, with a sign or without: the words must tell the form too.
  if (finding.forms !== undefined) return finding.signs ? 0.45 : 0.55;
  if (finding.letters?.kind === 'known') return finding.signs ? 0.6 : finding.tail === undefined ? 0.85 : 0.75;
  // The later filter leaves more characters to choose from: any last byte, not one in four.
  if (finding.letters?.kind === 'any' && finding.letters.anyByte === true) return finding.signs ? 0.5 : 0.55;
  return finding.signs ? 0.65 : 0.8;
}

/** The exponents were set on pages that are known; on others one in fifty that looks certain is wrong where there it was one in a hundred. */
const otherPages = 0.94;

/** The counts know few labels, and of the names in menus and tables fewer than of sentences. */
function fewWords({ letters }: Finding, { isApart, isShortLine }: Words): number {
  if (isApart === true) return 0.6;
  return isShortLine === true && letters?.kind === 'known' ? 0.75 : 1;
}

/** The rest is for characters the counts do not know. */
const certainty = (finding: Finding): number => (finding.letters?.kind === 'known' ? 0.999 : 0.995);

const round = (p: number): number => Math.round(p * 10000) / 10000;
