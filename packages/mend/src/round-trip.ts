import { isOfTags } from './debris.ts';
import type { Finding } from './finding.ts';
import type { ForeignNode } from './foreign-node.ts';
import { foreignText, replacedReadings } from './foreign-text.ts';
import { scanBytes } from './scan-bytes.ts';
import type { ByteScan } from './scan-bytes.ts';
import { scanReplaced } from './scan-replaced.ts';
import type { ReplacedScan } from './scan-replaced.ts';
import { scanText } from './scan-text.ts';
import type { TextScan } from './scan-text.ts';
import { isMinusOne } from './simulate.ts';
import type { Alarm, Encoding, Mechanism } from './types.ts';
import { characterLength, fromBytes, toBytes, toHex } from './utf8.ts';
import { narrowedPunctuation } from './width.ts';

/** How a page was hurt, and where. Findings are sorted by place and do not overlap. */
export interface Diagnosis {
  readonly encoding: Encoding;
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
}

/** Well-formed UTF-8: honest, or damaged with the bad bytes dropped or replaced. */
export function diagnoseText(text: string, honest: Encoding): Diagnosis {
  return text.includes('\ufffd') ? diagnoseReplaced(text, honest) : diagnoseDropped(text, honest);
}

/** Marks of the round trip so many that chance does not make them. */
const fewestQuestions = 3;

/** Marks that only PHP 5.2's filter leaves, and how many others there are to each of them at most. */
const fewestLostPairs = 2;
const mostQuestions = 20;

function diagnoseReplaced(text: string, honest: Encoding): Diagnosis {
  const nfkc = text.normalize('NFKC') === text;
  const first = scanReplaced(text, nfkc);
  const php52 = first.lostPairs >= fewestLostPairs && first.lostPairs * mostQuestions > first.questions;
  const scan = php52 ? scanReplaced(text, nfkc, true) : first;
  const isShown = scan.debris + Math.floor(scan.questions / fewestQuestions) > 0 || hasCutEnds(text, scan);
  const hurt = isShown && /[\u4e00-\u9fff]{2}/.test(text);
  const filter = php52 ? 'cp936-round-trip-php52' : generation(scan.findings, text);
  const mechanism = hurt ? filter : scan.nodes.length > 0 ? 'foreign-stretches' : 'unknown';
  const named = scan.findings.filter(({ rule }) => rule === 'foreign-name');
  const found = hurt ? forGeneration(scan.findings, mechanism) : marksAlone(text, named);
  const taken = new Set(found.map(({ at }) => at));
  const width = hurt && nfkc ? narrowedPunctuation(text, taken) : [];
  const names = scan.nodes.map(({ at, seen }): Alarm => ({
    kind: 'foreign-encoding',
    at,
    evidence: seen,
    readings: replacedReadings(seen, nfkc),
  }));
  if (!hurt && scan.nodes.length === 0 && !isLoss(text)) return { encoding: honest, findings: [], alarms: [] };
  const [mark] = found;
  const count = text.split('\ufffd').length - 1;
  const marks: Alarm[] =
    hurt || names.length > 0 || mark === undefined
      ? []
      : [{ kind: 'replacement-characters', at: mark.at, evidence: `${count} × U+FFFD`, readings: [] }];
  const encoding: Encoding = {
    ...honest,
    mechanism,
    sink: 'replace',
    nfkc: hurt && nfkc,
    confidence: hurt ? 1 - 0.5 ** (scan.debris + scan.questions) : 0.5,
  };
  // A mark inside a name that was put in is no place of its own.
  const findings = sorted(width, sorted(found, []));
  return { encoding, findings, alarms: [...names, ...marks] };
}

/**
 * A text on lines of its own shows hardly a tag. There the marks stand before white space, all of them, and no stop and no
 * closing quotation mark is left there.
 */
function hasCutEnds(text: string, { findings, unexplained }: ReplacedScan): boolean {
  const cut = findings.filter(({ rule }) => rule === 'vanished').length;
  return cut >= fewestCut && unexplained * cutPerOther <= cut && !/[。”》】]\s/.test(text);
}

const fewestCut = 6;
const cutPerOther = 10;

/**
 * U+FFFD within words: something is gone. Alone, between quotes or signs, or in a text that speaks of it, it is meant.
 */
const isLoss = (text: string): boolean =>
  /\p{L}\ufffd|\ufffd\p{Script=Han}/u.test(text) && !/u\+?fffd|替换字符|replacement character|乱码|亂碼/i.test(text);

/** Without the round trip a mark says only that something is gone: its runs, but for those within names. */
function marksAlone(text: string, names: readonly Finding[]): Finding[] {
  let [index, at] = [0, 0];
  const runs = [...text.matchAll(/\ufffd+/g)].map((run): Finding => {
    at += toBytes(text.slice(index, run.index)).length;
    const length = run[0].length * 3;
    index = run.index + run[0].length;
    at += length;
    return { at: at - length, length, class: 'lost', rule: 'not-utf-8', prior: 1 };
  });
  return sorted(runs, names);
}

function diagnoseDropped(text: string, honest: Encoding): Diagnosis {
  const nfkc = text.normalize('NFKC') === text;
  const scan = scanDropped(text, nfkc);
  const hurt = isHurt(text, scan);
  const foreign = foreignText(text, hurt && nfkc);
  const filter = scan.lostPairs ? 'cp936-round-trip-php52' : generationDropped(scan, text);
  const found = hurt ? forGeneration(scan.findings, filter).filter(shownByWords(scan.findings)) : [];
  const taken = new Set(found.flatMap(({ at, length }) => (length > 0 ? [at] : [])));
  const width = hurt && nfkc ? narrowedPunctuation(text, taken) : [];
  const dropped = hurt || foreign.findings.length > 0;
  const encoding: Encoding = {
    ...honest,
    mechanism: hurt ? filter : dropped ? 'foreign-stretches' : 'none',
    sink: dropped ? 'drop' : 'bytes',
    nfkc: hurt && nfkc,
    confidence: hurt ? 1 - 0.5 ** (scan.debris.length + scan.stopless / 2) : 1,
  };
  return { encoding, findings: sorted([...found, ...width], foreign.findings), alarms: foreign.alarms };
}

const isHurt = (text: string, scan: TextScan): boolean =>
  /[\u4e00-\u9fff]{2}/.test(text) && (hasDebris(text, scan) || hasLostStops(text, scan) || hasLostWords(scan));

/** A swallowed `:` before a character goes unseen and puts the walk out of step until the next sign: a contradiction. */
const hasDebris = (text: string, { debris, contradictions }: TextScan): boolean =>
  contradictions <= debris.length && isOfTags(text, debris);

/** So many lines of sentences without the last stop, and none with it, nobody writes; in a page with tags, some more. */
const fewestStopless = 4;
const fewestInPage = 6;
/** Articles of a law are one sentence each: there the lines have commas alone, and so many ends before signs are all in step. */
const fewestEnds = 6;
/** Nobody writes so many articles as `第三 本法所称…`; the filter takes each `条` behind the numbers up to ten. */
const fewestArticles = 3;

/** A text without tags has no debris; but each `。` before the end of a line is gone, and before any other sign. */
function hasLostStops(text: string, scan: TextScan): boolean {
  const { debris, stopless, stopped, contradictions, marksBeforeSigns, figuresCut } = scan;
  const { unended, boundaries, openBoundaries, articlesCut } = scan;
  if (debris.length > 0 || stopped > 0 || (contradictions > 0 && !isInStep(scan))) return false;
  if (!/<[a-z]/i.test(text)) return stopless >= fewestStopless;
  const isCut = stopless > 0 && figuresCut > 0 && stopless + figuresCut >= fewestStopless;
  const isLaw = unended >= fewestInPage && figuresCut > 0 && boundaries >= fewestEnds && openBoundaries === 0;
  return marksBeforeSigns === 0 && (stopless >= fewestInPage || isCut || isLaw || articlesCut >= fewestArticles);
}

/**
 * Of so many different ends of Chinese before an intact sign, hardly one stands where the walk is open. In a page without
 * the damage half of them do; a narrow colon that was swallowed unseen puts the walk out of step for one.
 */
const isInStep = ({ boundaries, openBoundaries, contradictions }: TextScan): boolean =>
  boundaries >= fewestBoundaries && Math.max(openBoundaries, contradictions) * boundariesPerFault <= boundaries;

const fewestBoundaries = 12;
const boundariesPerFault = 8;

/**
 * A page whose text stands on lines of its own has no debris. There `?` stands within its words, no line of prose ends in a
 * stop, and what is left of the Chinese ends in step. Where another reader wrote `?` for what it did not know, stops are left.
 */
function hasLostWords(scan: TextScan): boolean {
  const { wedged, proseLines, stopped, marksBeforeSigns, boundaries, openBoundaries, contradictions } = scan;
  if (wedged < fewestQuestions || proseLines < fewestProseLines || boundaries < fewestInStep) return false;
  return (
    stopped === 0 &&
    marksBeforeSigns === 0 &&
    Math.max(openBoundaries, contradictions) * boundariesPerFault <= Math.max(boundaries, boundariesPerFault)
  );
}

const fewestProseLines = 2;
const fewestInStep = 3;

/** A page that PHP 5.2's filter wrote is walked again, knowing that. */
function scanDropped(text: string, nfkc: boolean): TextScan {
  const scan = scanText(text, nfkc);
  if (scan.openQuestions < fewestQuestions || (scan.debris.length === 0 && !hasLostWords(scan))) return scan;
  const han = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  return scan.openQuestions * mostHanForLostPair > han ? scanText(text, nfkc, true) : scan;
}

/** Of a hundred characters that filter loses two or three where the walk is open; the later ones leave less than one `?`. */
const mostHanForLostPair = 100;

/** Findings in order; whole foreign names win over what was seen inside them. */
function sorted(findings: readonly Finding[], names: readonly Finding[]): Finding[] {
  let next = 0;
  const free = [...findings]
    .sort((a, b) => a.at - b.at)
    .filter(({ at, length }) => {
      while (next < names.length && endOf(names[next]) <= at) next++;
      const name = names[next];
      return name === undefined || at + length <= name.at;
    });
  return [...free, ...names].sort((a, b) => a.at - b.at || a.length - b.length);
}

const endOf = (finding: Finding | undefined): number => (finding === undefined ? 0 : finding.at + finding.length);

/** Mostly UTF-8, with bytes that are not: the round trip with its bytes kept, or foreign stretches, or both. */
export function diagnoseBytes(bytes: Uint8Array, honest: Encoding): Diagnosis {
  const scan = scanBytes(bytes, marksOf(bytes));
  const names = scan.foreign.map(({ at, length, tail }): Finding => ({
    at,
    length,
    class: 'lost',
    rule: 'foreign-name',
    prior: 1,
    ...(tail ? { tail } : {}),
  }));
  const mechanism = isCutOff(bytes, scan) ? 'none' : mechanismOf(scan, bytes);
  const alarms = [...scan.foreign.map((node) => foreignAlarm(bytes, node)), ...replacementAlarm(scan)];
  const earlier = mechanism.startsWith('cp936') ? undefined : diagnoseBefore(bytes, scan, honest);
  if (earlier) return { ...earlier, findings: sorted(earlier.findings, names), alarms: [...alarms, ...earlier.alarms] };
  const encoding: Encoding = { ...honest, mechanism, confidence: confidenceOf(scan, mechanism) };
  const found = sorted(forGeneration(scan.findings, mechanism), names);
  return isRubbish(bytes, found)
    ? { encoding, findings: joined(found), alarms: [] }
    : { encoding, findings: found, alarms };
}

/** So many places, and so close together, no page has: this is no text. */
const mostPlaces = 2000;
const bytesPerPlace = 16;

const isRubbish = (bytes: Uint8Array, findings: readonly Finding[]): boolean =>
  findings.length > mostPlaces &&
  findings.length * bytesPerPlace > bytes.length &&
  findings.filter((finding) => finding.class === 'proved').length * 4 < findings.length;

/** Places with next to nothing between them as one each. */
function joined(findings: readonly Finding[]): Finding[] {
  const places: Finding[] = [];
  for (const { at, length } of findings) {
    const last = places.at(-1);
    const near = last !== undefined && at - last.at - last.length < bytesPerPlace;
    const start = near ? last.at : at;
    if (near) places.pop();
    places.push({ at: start, length: at + length - start, class: 'lost', rule: 'not-utf-8', prior: 1 });
  }
  return places;
}

/** A byte that leaves the pairing alone and is part of no markup. */
const neutral = 0x40;

/**
 * The round trip may have come first: its bytes were dropped or replaced, and then a few others were put in or cut. What is
 * not UTF-8 is left out of the look; undefined when the rest did not go through the round trip.
 */
function diagnoseBefore(bytes: Uint8Array, scan: ByteScan, honest: Encoding): Diagnosis | undefined {
  const rest = bytes.slice();
  const broken: Finding[] = [];
  for (const { at, length } of scan.foreign) rest.fill(neutral, at, at + length);
  for (let at = 0; at < rest.length;) {
    const size = characterLength(rest, at);
    if (size === 0) {
      rest[at] = neutral;
      const last = broken.at(-1);
      if (last && last.at + last.length === at) broken[broken.length - 1] = { ...last, length: last.length + 1 };
      else broken.push({ at, length: 1, class: 'lost', rule: 'not-utf-8', prior: 1 });
    }
    at += size || 1;
  }
  const found = diagnoseText(fromBytes(rest), honest);
  if (!found.encoding.mechanism.startsWith('cp936')) return undefined;
  return { ...found, findings: sorted(found.findings, broken) };
}

/** Signs that PHP 8's filter swallows into `?` too; the older one kept white space and left a minus-one of the others. */
const laterSigns = ['\n', ' ', '\t', '\r', ':', ';', '=', '>'];
/** From so many swallowed `<` without a minus-one among them on, the later filter is at work (4 % by chance). */
const enoughQuestions = 2;
/**
 * The older filter leaves three or four minus-ones to each such `?`. So few of them (two in a thousand by chance) tell the
 * later one, whatever else looks like a loss of the older one: a place that was taken for another can put the walk out of step.
 */
const tellingQuestions = 4;
const questionsPerMinusOne = 10;
/** So many signs swallowed as minus-one the later filter does not leave by chance. */
const enoughSigns = 2;

/**
 * PHP 5.4 … 8.0 turn a swallowed `<` into minus-one where they can, and lose characters before white space; the later
 * filter writes `?` for every pair that is not whole.
 */
function generation(findings: readonly Finding[], text: string): Mechanism {
  const count = (rule: string): number => findings.filter((finding) => finding.rule === rule).length;
  const [questions, minusOnes] = [count('question-and-tag'), count('minus-one')];
  if (count('pair-lost') > 0) return 'cp936-round-trip-php52';
  if (minusOnes * questionsPerMinusOne < questions && questions >= tellingQuestions) return 'cp936-round-trip-php8';
  if (minusOnes + count('vanished') > 0 || count('minus-one-sign') >= enoughSigns) return 'cp936-round-trip';
  if (questions >= enoughQuestions) return 'cp936-round-trip-php8';
  return count('question') >= tellingQuestions && endsBeforeSpace(text) >= enoughSpaces
    ? 'cp936-round-trip-php8'
    : 'cp936-round-trip';
}

/** Once bytes are dropped, what vanished before white space hardly shows, but for the stops at the ends of lines. */
const generationDropped = ({ findings, stopless, unended }: TextScan, text: string): Mechanism =>
  generation(findings, stopless + unended > 0 ? '' : text);

/** What vanished is told by the words alone only where something else shows that it was a filter that makes it vanish. */
function shownByWords(findings: readonly Finding[]): (finding: Finding) => boolean {
  const isShown = findings.some(({ rule }) => rule.startsWith('minus-one') || rule === 'vanished');
  return ({ rule }) => isShown || rule !== 'vanished-by-words';
}

/** Where so many ends stand unhurt before white space, the older filter would have cut half of them (three in a hundred). */
const enoughSpaces = 5;

/** Different ends of Chinese before white space that the older filter would have cut in every second case. */
function endsBeforeSpace(text: string): number {
  const ends = new Set<string>();
  for (const [end] of text.matchAll(/[^\0-\x7f][^\0-\x7f\ufffd\u3000](?=[\0-\x20])/gu)) {
    if ((end.codePointAt(1) ?? 0) % 64 !== 0 && ends.add(end).size >= enoughSpaces) break;
  }
  return ends.size;
}

/** What each `?` may stand for depends on the generation of the filter. */
function forGeneration(findings: readonly Finding[], mechanism: Mechanism): Finding[] {
  if (mechanism === 'cp936-round-trip-php52') return findings.map(narrowed);
  if (mechanism !== 'cp936-round-trip-php8') return findings.map(narrowed);
  return findings.filter(({ rule }) => !onlyEarlier.includes(rule)).map(widenedSigns);
}

/** What the later filter does not do. */
const onlyEarlier: readonly string[] = ['vanished', 'vanished-by-words', 'minus-one-sign'];

/** A `<` that was swallowed without a minus-one rules characters out. */
function narrowed(finding: Finding): Finding {
  const { letters, tail } = finding;
  if (letters?.kind !== 'known' || tail !== '<' || finding.rule === 'pair-lost') return finding;
  const characters = letters.characters.filter((char) => !isMinusOne(lastByte(char), 0x3c));
  return { ...finding, letters: { kind: 'known', characters } };
}

function widenedSigns(finding: Finding): Finding {
  const { letters, signs } = finding;
  if (letters === undefined || !finding.rule.startsWith('question')) return finding;
  const later = letters.kind === 'any' ? { ...finding, letters: { ...letters, anyByte: true } } : finding;
  return signs === undefined ? later : { ...later, signs: [...signs, ...laterSigns] };
}

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);

function mechanismOf(scan: ByteScan, bytes: Uint8Array): Mechanism {
  const marks = scan.minusOnes + scan.questions + scan.lostPairs;
  if (marks > 0 && scan.contradictions <= marks) return generation(scan.findings, fromBytes(bytes));
  if (scan.truncated > 0 || scan.unexplained > 0) return 'unknown';
  return scan.foreign.length > 0 ? 'foreign-stretches' : 'unknown';
}

/** A file that ends inside a character is honest as far as it goes. */
function isCutOff(bytes: Uint8Array, { findings, foreign }: ByteScan): boolean {
  const [only, other] = findings;
  return (
    other === undefined && foreign.length === 0 && only !== undefined && only.at >= bytes.length - longestCharacter
  );
}

const longestCharacter = 4;

/** Without the round trip every boundary of a page contradicts it, which says nothing. */
function confidenceOf(scan: ByteScan, mechanism: Mechanism): number {
  if (mechanism === 'none' || mechanism === 'foreign-stretches') return 1;
  const explained = scan.minusOnes + scan.questions + scan.lostPairs + scan.truncated + scan.foreign.length;
  return Math.round((explained / Math.max(1, explained + scan.unexplained + scan.contradictions)) * 1000) / 1000;
}

function replacementAlarm({ replaced, findings }: ByteScan): Alarm[] {
  const [first] = findings.filter(({ rule }) => rule === 'not-utf-8');
  if (replaced === 0 || first === undefined) return [];
  return [{ kind: 'replacement-characters', at: first.at, evidence: `${replaced} × U+FFFD`, readings: [] }];
}

function foreignAlarm(bytes: Uint8Array, node: ForeignNode): Alarm {
  const evidence = toHex(bytes.subarray(node.at, node.at + node.length));
  return { kind: 'foreign-encoding', at: node.at, evidence, readings: [node.reading] };
}

const oneByte = new TextDecoder('latin1');

/** One character for each byte. */
function marksOf(bytes: Uint8Array): string {
  return oneByte.decode(bytes);
}
