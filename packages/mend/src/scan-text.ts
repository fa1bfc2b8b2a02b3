import { byteLength } from './byte-length.ts';
import { commonCharacters } from './codecs.ts';
import { endsLabel, labelCertainty } from './colon-labels.ts';
import type { Debris } from './debris.ts';
import { isMinusOne } from './simulate.ts';
import type { Finding, LostForm } from './finding.ts';
import { afterCharacter, afterNarrowed, aligned, open, widen } from './pairing.ts';
import { isOpenBeforeTag, statesAhead } from './pairing-ahead.ts';
import { swallowedTail } from './swallowed-tail.ts';
import { beginsTag, tagRemainder } from './tag-remainder.ts';
import { originalsBeforeNfkc } from './nfkc-originals.ts';

/** What a walk through a text whose bytes are gone has seen. */
export interface TextScan {
  readonly findings: readonly Finding[];
  /** Remainders of tags without their `<`, after a character that can have lost it. */
  readonly debris: readonly Debris[];
  /** Places no page that went through this damage can have: an open lead byte before a sign below 40. */
  readonly contradictions: number;
  /** `?` between Chinese where the walk is open: hardly any but in what PHP 5.2's filter wrote. */
  readonly openQuestions: number;
  /** It was walked as what PHP 5.2's filter wrote. */
  readonly lostPairs: boolean;
  /** Lines of running text, with a full stop in them, that end without one, and lines that end with one. */
  readonly stopless: number;
  readonly stopped: number;
  /** Long lines with a comma in them that end without a stop. */
  readonly unended: number;
  /** Lines with a comma or a stop in them. */
  readonly proseLines: number;
  /** Lines of prose that begin with the number of an article without its `条`, as `第三 本法所称`. */
  readonly articlesCut: number;
  /** Marks like `。` that stand directly before an intact sign below 40: never in a page that went through this. */
  readonly marksBeforeSigns: number;
  /** `?` before a figure, outside tags. */
  readonly figuresCut: number;
  /** `?` between Chinese, and between Chinese and a figure, outside tags: nobody writes a question so. */
  readonly wedged: number;
  /**
   * Different ends of Chinese before an intact sign below 40, and those of them where the walk is open: half of all in a
   * page without this damage, none in one that has it but for what puts the walk out of step.
   */
  readonly boundaries: number;
  readonly openBoundaries: number;
}

interface Walk {
  readonly text: string;
  readonly nfkc: boolean;
  /** A `?` in Chinese is a pair that was lost. */
  readonly lostPairs: boolean;
  readonly findings: Finding[];
  readonly debris: Debris[];
  contradictions: number;
  openQuestions: number;
  stopless: number;
  stopped: number;
  unended: number;
  proseLines: number;
  articlesCut: number;
  /** Where the present line begins. */
  lineStart: number;
  marksBeforeSigns: number;
  figuresCut: number;
  wedged: number;
  boundaries: number;
  openBoundaries: number;
  readonly ends: Set<string>;
  /** A full stop stands in the present line. */
  sentence: boolean;
  /** Offsets of the current character, in code units and in bytes. */
  index: number;
  byte: number;
  /** The pairing before the current character: every way it can be, and as it is if narrow marks between Han were wide. */
  states: number;
  likely: number;
  /** The pairing may have been aligned before the character that was walked last. */
  wasAligned: boolean;
  /** The character before, whether the line has a comma or stop, and whether the walk stands inside a tag. */
  previous: string;
  prose: boolean;
  inTag: boolean;
  /** The walk stands in a script or a style, whose strings may hold the rest of a tag (`'<'+'/script>'`). */
  inCode: boolean;
}

/**
 * Walks a text that may have gone through the round trip with its bad bytes dropped (and NFKC), and reports each place
 * that can be told. `lostPairs`: the filter was that of PHP 5.2. One pass; every look-ahead is bounded.
 */
export function scanText(text: string, nfkc: boolean, lostPairs = false): TextScan {
  const walk: Walk = {
    text,
    nfkc,
    lostPairs,
    findings: [],
    debris: [],
    contradictions: 0,
    openQuestions: 0,
    stopless: 0,
    stopped: 0,
    unended: 0,
    proseLines: 0,
    articlesCut: 0,
    lineStart: 0,
    marksBeforeSigns: 0,
    figuresCut: 0,
    wedged: 0,
    boundaries: 0,
    openBoundaries: 0,
    ends: new Set(),
    sentence: false,
    index: 0,
    byte: 0,
    states: aligned,
    likely: aligned,
    wasAligned: true,
    previous: '\n',
    prose: false,
    inTag: false,
    inCode: false,
  };
  while (walk.index < text.length) advance(walk);
  atWhiteSpace(walk, 0x0a);
  return walk;
}

function advance(walk: Walk): void {
  const code = walk.text.codePointAt(walk.index) ?? 0;
  if (code < 0x80) look(walk, code);
  step(walk, code);
  if (code >= 0x3400 && !walk.inTag) strangeCharacter(walk);
}

/**
 * A character that hardly any page has, one less in its last byte than an everyday one or than the end of a label, where the
 * walk is open: a narrow colon went with that, as in `发布亹` for `发布人:`.
 */
function strangeCharacter(walk: Walk): void {
  if (walk.nfkc || walk.states !== open) return;
  const original = originalOf(walk, ':');
  if (original === undefined) return;
  const isLabel = isEndOfLabel(walk, original);
  if (!isLabel && (walk.lostPairs || isEverydayHan(walk.previous) || !isEverydayHan(original))) return;
  if (tagRemainder(walk.text, walk.index) > 0 || /[?<\s]/.test(walk.text[walk.index] ?? '\n')) return;
  // A rare surname: with a colon gone there, what follows would be out of step.
  if (statesAhead(walk.text, walk.index, aligned | open, false) === open) return;
  const length = bytesOf(walk.previous);
  walk.findings.push({
    at: walk.byte - length,
    length,
    class: 'likely',
    rule: 'minus-one-sign',
    asReceived: walk.previous,
    candidates: [{ text: `${original}:`, probability: isLabel ? labelCertainty : strangeCertainty }],
    prior: 1,
  });
  walk.states = aligned;
  walk.likely = aligned;
}

const strangeCertainty = 0.85;
/** The words before the character that was walked last, and this one in its place, are a label. */
const isEndOfLabel = ({ text, index, previous }: Walk, original: string): boolean =>
  endsLabel(text.slice(Math.max(0, index - previous.length - 8), index - previous.length), original);
const isEverydayHan = (char: string): boolean => commonCharacters()[char.codePointAt(0) ?? 0] === 1;

/** Looks at the boundary before an ASCII character, where all damage is. */
function look(walk: Walk, code: number): void {
  if (code === 0x3c) enterCode(walk, walk.index + 1);
  if (code < 0x3f && /[。”》】’〗]/.test(walk.previous)) walk.marksBeforeSigns++;
  if (walk.previous > '\u2000' && code > 0x20 && code < 0x3f) boundary(walk, code);
  if (swallowedTag(walk, code)) return;
  if (code === 0x3f) {
    if (!walk.inTag || walk.previous > '\u007f' || walk.states === open) question(walk);
    return;
  }
  if (code <= 0x20 || code === 0x7f) {
    atWhiteSpace(walk, code);
    return;
  }
  if (walk.states !== open || !hurtsOpenLead(walk, code)) return;
  if (!walk.nfkc && minusOneBefore(walk, ':')) swallowedSign(walk);
  else walk.contradictions++;
}

const mostEnds = 2000;

/** The same words before the same sign, as menus and tables repeat them, say it once. */
function boundary(walk: Walk, code: number): void {
  const end = walk.text.slice(Math.max(0, walk.index - 4), walk.index + 1);
  if (walk.ends.has(end) || walk.ends.size >= mostEnds || !isTelling(walk, code)) return;
  walk.ends.add(end);
  walk.boundaries++;
  if (walk.states === open && tagRemainder(walk.text, walk.index) === 0) walk.openBoundaries++;
}

/** Whether the end tells something: pages hardly write figures wide, so they count after NFKC too, where the walk is known. */
const isTelling = (walk: Walk, code: number): boolean =>
  hurtsOpenLead(walk, code) || (code >= 0x30 && code <= 0x39 && walk.states !== (aligned | open));

/** An open lead byte cannot be followed by this; in narrowed text a full-width character can hide behind it. */
function hurtsOpenLead(walk: Walk, code: number): boolean {
  if (code >= 0x40 && code !== 0x7f) return false;
  return walk.nfkc ? code === 0x3c : true;
}

/** The rest of a tag without its `<`: the character before is the one that lost its last byte to it. */
function swallowedTag(walk: Walk, code: number): boolean {
  if (code !== 0x2f && code !== 0x21 && code !== 0x3f && !isLetter(code)) return false;
  if (walk.previous === '<' || walk.previous === '/') return false;
  // `<\/p>`, as scripts write it.
  if (walk.previous === '\\' && walk.text[walk.index - 2] === '<') return false;
  // An end tag within a tag: the `>` of that one was swallowed before.
  if (walk.inTag && (code !== 0x2f || walk.previous < '\u2000')) return false;
  const size = walk.previous === '' ? 0 : tagRemainder(walk.text, walk.index);
  if (size === 0) return false;
  if (walk.previous === '?' || isCode(walk)) return false;
  const original = originalOf(walk, '<');
  if (original === undefined) return false;
  const length = bytesOf(walk.previous);
  walk.findings.push({
    at: walk.byte - length,
    length,
    class: 'proved',
    rule: 'minus-one',
    text: `${original}<`,
    prior: 1,
  });
  enterTag(walk);
  return true;
}

/** A sign before the rest of a tag that a script or a character reference put there itself. */
const isCode = ({ inCode, previous, text, index }: Walk): boolean =>
  previous < '\u0080' && (inCode || text.slice(Math.max(0, index - 4), index).toLowerCase() === '&lt;');

function enterCode(walk: Walk, at: number): void {
  const [, slash] = codeTag.exec(walk.text.slice(at, at + 8)) ?? [];
  if (slash !== undefined) walk.inCode = slash === '';
}

const codeTag = /^(\/?)(?:script|style)\b/i;

function enterTag(walk: Walk): void {
  enterCode(walk, walk.index);
  walk.debris.push({ index: walk.index, question: false });
  walk.inTag = beginsTag(walk.text, walk.index);
  walk.states = aligned;
  walk.likely = aligned;
}

/** The character that becomes the one before the walk when it loses a sign, if exactly one can. */
function originalOf(walk: Walk, sign: string): string | undefined {
  const seen = walk.previous;
  const code = seen.codePointAt(0) ?? 0;
  if (code < 0x80 && !walk.nfkc) return undefined;
  if (code >= 0x80 && !(walk.states & open)) return undefined;
  const originals = walk.nfkc ? originalsBeforeNfkc(seen) : plusOne(seen);
  const fitting = originals.filter((char) => isMinusOne(lastByte(char), sign.charCodeAt(0)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

const minusOneBefore = (walk: Walk, sign: string): boolean => originalOf(walk, sign) !== undefined;

function question(walk: Walk): void {
  if (isPlainQuestion(walk)) return;
  if (!walk.inTag && /\d/.test(walk.text[walk.index + 1] ?? '')) walk.figuresCut++;
  const next = walk.text[walk.index + 1] ?? '';
  const inChinese = walk.previous > '\u2000' && next > '\u2e80';
  if (!walk.inTag && isHan(walk.previous) && (isHan(next) || /\d/.test(next))) walk.wedged++;
  if (inChinese && walk.states === open) walk.openQuestions++;
  const { tail, signs, rule } = swallowedTail(walk.text, walk.index + 1, walk.inTag);
  if (tail === '<') {
    walk.debris.push({ index: walk.index + 1, question: true });
    enterCode(walk, walk.index + 1);
    walk.inTag = beginsTag(walk.text, walk.index + 1);
  }
  const place = { at: walk.byte, length: 1, prior: 1 } as const;
  const whatSwallowed = tail === '' ? { signs } : { tail };
  if (walk.lostPairs && isInRow(walk)) {
    walk.findings.push({ ...place, class: 'lost', rule: 'pair-lost', ...(tail === '' ? {} : { tail }) });
    return;
  }
  const finding: Finding = {
    ...place,
    class: 'likely',
    rule,
    letters: { kind: 'any', states: walk.states },
    ...whatSwallowed,
    ...(walk.lostPairs ? { forms: formsOf(walk, tail) } : {}),
  };
  const mayBeIntact = tail === '' && walk.states !== open;
  walk.findings.push(mayBeIntact ? { ...finding, intact: walk.nfkc ? '？' : '?', prior: 0.95 } : finding);
}

/** Of several `?` in a row each may have taken a part of the same characters. */
const isInRow = ({ text, index }: Walk): boolean => text[index - 1] === '?' || text[index + 1] === '?';

/** What PHP 5.2's filter may have lost in a `?` besides a character and the sign after it. */
function formsOf(walk: Walk, tail: string): LostForm[] {
  if (tail !== '') return ['cut'];
  const whole: LostForm[] = /^\s/.test(walk.text[walk.index + 1] ?? '\n') ? ['whole', 'cut'] : ['whole'];
  if (walk.states === open) return ['within'];
  return walk.states === aligned ? whole : [...whole, 'within'];
}

/** A question mark of an address or of English, where no character can have stood. */
function isPlainQuestion(walk: Walk): boolean {
  const next = walk.text.slice(walk.index + 1, walk.index + 24);
  if (/^[\w%-]{1,20}=/.test(next)) return true;
  return /[a-z]/i.test(walk.previous) && /^(?:["\s]|$)/.test(next);
}

const labelTrust = 0.85;
const guessTrust = 0.9;

/** Before white space a character goes without trace; only the pairing before it, or the words, can tell. */
function atWhiteSpace(walk: Walk, code: number): void {
  if (walk.previous === '\u00a0') {
    if (walk.states === open && !walk.inTag) spaceVanished(walk);
    return;
  }
  if (walk.inTag || walk.previous < '\u2000') return;
  const lineEnd = code !== 0x20 && code !== 0x09;
  const finding = { at: walk.byte, length: 0, class: 'likely' as const };
  // A space may be an ideographic one that NFKC narrowed; that one follows an open lead byte unhurt.
  const mayBeWide = walk.nfkc && code === 0x20;
  const shown = walk.likely === open && (walk.states & open) !== 0;
  const letters = { kind: 'any' as const, states: shown ? open : walk.states };
  if (shown && !mayBeWide) {
    // 。” 、 and their like stand open always: two of them would have to follow each other for the second to be gone.
    if (middleByte(walk.previous) === 0x80 && !isHan(walk.previous)) walk.contradictions++;
    // In a line of labels a narrow colon may have gone before, which leaves the same pairing.
    const trust = lineEnd || walk.prose ? 1 : labelTrust;
    // Behind a `?` of PHP 5.2 the pairing is a guess.
    const isGuess = walk.lostPairs && walk.states === (aligned | open);
    const doubt = isGuess ? { intact: '', prior: guessTrust } : { prior: 1 };
    walk.findings.push({ ...finding, rule: 'vanished', letters, trust, ...doubt });
    return;
  }
  if (!isHan(walk.previous) || (!lineEnd && !isHan(walk.text.slice(walk.index + 1, walk.index + 2)))) return;
  const marked = lineEnd && walk.prose ? letters : { ...letters, without: stops };
  walk.findings.push({
    ...finding,
    rule: 'vanished-by-words',
    letters: marked,
    intact: '',
    prior: priorOf(walk, mayBeWide, lineEnd),
  });
}

/** After a run of no-break spaces that stands open, one more of them is gone. */
function spaceVanished(walk: Walk): void {
  const candidates = [{ text: '\u00a0', probability: 0.97 }];
  walk.findings.push({ at: walk.byte, length: 0, class: 'likely', rule: 'vanished', candidates, prior: 1 });
}

/**
 * How often an aligned border before white space hides a loss: half of all borders are open, and each open one loses. Line
 * ends outside running text mostly come from markup, where nothing is lost without trace.
 */
function priorOf(walk: Walk, mayBeWide: boolean, lineEnd: boolean): number {
  if (walk.prose) return 0.7;
  if (lineEnd) return 0.05;
  return mayBeWide ? 0.3 : 0.45;
}

const isHan = (char: string): boolean => /^\p{Script=Han}/u.test(char);

/** Marks that a heading or an entry of a menu does not end with. */
const stops = '。，、；：！？”…）》';

/** A minus-one whose sign no tag names: `：`, `；`, `=` and their like, from the words only. */
function swallowedSign(walk: Walk): void {
  const original = originalOf(walk, ':') ?? '';
  const length = bytesOf(walk.previous);
  const colon = isEndOfLabel(walk, original) ? labelCertainty : 0.8;
  walk.findings.push({
    at: walk.byte - length,
    length,
    class: 'likely',
    rule: 'minus-one-sign',
    candidates: [...':;=><'].map((sign, i) => ({
      text: original + sign,
      probability: i === 0 ? colon : (1 - colon) / 4,
    })),
    prior: 1,
  });
}

const longLine = 20;
const cutArticle = /^\s{0,8}第[一二三四五六七八九十]{1,3}[ \u3000]\S/;
const longestNumber = 16;

function endLine(walk: Walk): void {
  if (walk.prose) walk.proseLines++;
  if (walk.prose && cutArticle.test(walk.text.slice(walk.lineStart, walk.lineStart + longestNumber)))
    walk.articlesCut++;
  if (walk.previous === '。') walk.stopped++;
  else if (isHan(walk.previous)) {
    if (walk.sentence) walk.stopless++;
    if (walk.prose && walk.index - walk.lineStart >= longLine) walk.unended++;
  }
  walk.sentence = false;
  walk.lineStart = walk.index;
}

/** Behind a `?`: that of PHP 5.2's filter may leave the walk open, which the rest of a tag shows before the filter is known. */
function statesBehindQuestion({ text, index, lostPairs, previous }: Walk): number {
  if (lostPairs) return statesAhead(text, index + 1, aligned | open, false);
  return isHan(previous) && isOpenBeforeTag(text, index + 1) ? open : aligned;
}

function step(walk: Walk, code: number): void {
  const char = String.fromCodePoint(code);
  const next = walk.nfkc && code < 0x80 ? afterNarrowed(walk.states, code) : afterCharacter(walk.states, code);
  walk.wasAligned = (walk.states & aligned) !== 0;
  const reset = code <= 0x20 || code === 0x3f || code === 0x3c || code === 0x3e || char === '〓';
  walk.states = reset || next === 0 ? aligned : next;
  // A character of which the first byte was lost with the pair may leave the walk open.
  if (code === 0x3f && walk.wasAligned) walk.states = statesBehindQuestion(walk);
  walk.likely = reset ? aligned : afterCharacter(walk.likely, isNarrowed(walk, code) ? widen(code) : code) || aligned;
  if (code === 0x3c && beginsTag(walk.text, walk.index + 1)) walk.inTag = true;
  if (code === 0x3e) walk.inTag = false;
  if (code === 0x0a) endLine(walk);
  walk.previous = char;
  if (char === '。') walk.sentence = true;
  if (code === 0x0a) walk.prose = false;
  else if (/[，。；]/.test(char) || (char === ',' && walk.nfkc)) walk.prose = true;
  walk.index += char.length;
  walk.byte += bytesOf(char);
}

/** A mark between Han that NFKC will have narrowed. */
const isNarrowed = (walk: Walk, code: number): boolean =>
  walk.nfkc &&
  /[,:;!()]/.test(String.fromCharCode(code)) &&
  walk.previous > '\u2000' &&
  (walk.text[walk.index + 1] ?? '') > '\u2000';

const bytesOf = (char: string): number => byteLength(char.codePointAt(0) ?? 0);

const middleByte = (char: string): number => 0x80 | (((char.codePointAt(0) ?? 0) >> 6) & 0x3f);

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);

/** The character whose last byte is one more, in the same block of 64. */
function plusOne(char: string): string[] {
  const code = char.codePointAt(0) ?? 0;
  return (code & 0x3f) === 0x3f ? [] : [String.fromCodePoint(code + 1)];
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
