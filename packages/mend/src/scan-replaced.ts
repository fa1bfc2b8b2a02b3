import { byteLength } from './byte-length.ts';
import { endsLabel, labelCertainty } from './colon-labels.ts';
import type { Finding, LostForm } from './finding.ts';
import { longestSpelt, originalsBeforeNfkc, speltOriginals } from './nfkc-originals.ts';
import type { Spelt } from './nfkc-originals.ts';
import { afterCharacter, afterNarrowed, aligned, open } from './pairing.ts';
import { statesAhead } from './pairing-ahead.ts';
import { isMinusOne } from './simulate.ts';
import { questionSigns, swallowedTail } from './swallowed-tail.ts';
import { beginsTag, endTagRemainder, tagRemainder } from './tag-remainder.ts';
import { gapSign } from './types.ts';

/** A text node that holds U+FFFD as foreign bytes leave them; offsets in the text and in its UTF-8. */
export interface ReplacedNode {
  readonly index: number;
  readonly at: number;
  readonly seen: string;
}

/** What a walk through a text with U+FFFD in place of broken bytes has seen. */
export interface ReplacedScan {
  readonly findings: readonly Finding[];
  readonly nodes: readonly ReplacedNode[];
  /** Tags without their `<` beside U+FFFD, and characters cut short before `?`: marks of the round trip. */
  readonly debris: number;
  readonly questions: number;
  /** What only PHP 5.2's filter leaves: behind the `?` two marks for the rest of a second character. */
  readonly lostPairs: number;
  readonly unexplained: number;
}

interface Walk {
  readonly text: string;
  readonly nfkc: boolean;
  /** The filter was that of PHP 5.2. */
  readonly php52: boolean;
  readonly findings: Finding[];
  readonly nodes: ReplacedNode[];
  debris: number;
  questions: number;
  lostPairs: number;
  unexplained: number;
  index: number;
  byte: number;
  states: number;
  previous: string;
  inTag: boolean;
  /** Where the present text node begins, in the text and in its UTF-8, and how many findings there were then. */
  nodeIndex: number;
  nodeByte: number;
  nodeFindings: number;
}

const mark = '\ufffd';
const markSize = 3;

/**
 * Walks a text that a reader made of damaged bytes, U+FFFD for each broken part. Every place of the round trip shows such a
 * mark: behind the character of a minus-one, for the first bytes of a character before its `?` or before white space.
 * `php52`: the filter was that of PHP 5.2. One pass; look-ahead is bounded.
 */
export function scanReplaced(text: string, nfkc: boolean, php52 = false): ReplacedScan {
  const walk: Walk = {
    text,
    nfkc,
    php52,
    findings: [],
    nodes: [],
    debris: 0,
    questions: 0,
    lostPairs: 0,
    unexplained: 0,
    index: 0,
    byte: 0,
    states: aligned,
    previous: '\n',
    inTag: false,
    nodeIndex: 0,
    nodeByte: 0,
    nodeFindings: 0,
  };
  while (walk.index < text.length) {
    if (text[walk.index] === mark) replaced(walk);
    else step(walk);
  }
  return walk;
}

function step(walk: Walk): void {
  const code = walk.text.codePointAt(walk.index) ?? 0;
  const char = String.fromCodePoint(code);
  const next = walk.nfkc && code < 0x80 ? afterNarrowed(walk.states, code) : afterCharacter(walk.states, code);
  walk.states = code <= 0x20 || isBracket(walk, code) || next === 0 ? aligned : next;
  walk.previous = char;
  advance(walk, char.length, byteLength(code));
  if (code === 0x3c) walk.inTag = beginsTag(walk.text, walk.index);
  if (code === 0x3e) walk.inTag = false;
  if (code === 0x3c || code === 0x3e || code === 0x0a || (code === 0x22 && walk.inTag)) startNode(walk);
}

/** A bracket of a tag. NFKC also makes one of what a minus-one left of `？` and `＝`. */
function isBracket({ text, index, nfkc, inTag }: Walk, code: number): boolean {
  if (code === 0x3c) return !nfkc || beginsTag(text, index + 1);
  return code === 0x3e && (!nfkc || inTag);
}

function advance(walk: Walk, units: number, bytes: number): void {
  walk.index += units;
  walk.byte += bytes;
}

function startNode(walk: Walk): void {
  walk.nodeIndex = walk.index;
  walk.nodeByte = walk.byte;
  walk.nodeFindings = walk.findings.length;
}

function replaced(walk: Walk): void {
  const next = walk.text[walk.index + 1] ?? '\n';
  const tag = remainderAt(walk, walk.index + 1);
  const original = (walk.states & open) === 0 ? [] : originalsOf(walk, '<');
  if (tag && original.length > 0) tagSwallowed(walk, original);
  else if (next === '?' && walk.php52) lostPair(walk);
  else if (next === '?') {
    if (walk.text.startsWith(mark + mark, walk.index + 2)) walk.lostPairs++;
    question(walk);
  } else if (next !== mark && /\s/.test(next)) vanished(walk);
  else if (tag) tagBehind(walk);
  else if (next !== mark && (walk.states & open) !== 0 && signCandidates(walk).length > 0) signSwallowed(walk);
  else unexplained(walk);
}

/** An end tag within a tag: the `>` of that one was swallowed before. */
const remainderAt = (walk: Walk, at: number): boolean =>
  (!walk.inTag && tagRemainder(walk.text, at) > 0) || endTagRemainder(walk.text, at) > 0;

/** The characters that become the one before the mark when they lose a sign as minus-one. */
function originalsOf(walk: Walk, sign: string): string[] {
  const seen = walk.previous;
  const code = seen.codePointAt(0) ?? 0;
  if (code < 0x80 && !walk.nfkc) return [];
  const plusOne = (code & 0x3f) === 0x3f ? [] : [String.fromCodePoint(code + 1)];
  const originals = walk.nfkc ? originalsBeforeNfkc(seen) : plusOne;
  return originals.filter((char) => isMinusOne(lastByte(char), sign.charCodeAt(0)));
}

function tagSwallowed(walk: Walk, originals: readonly string[]): void {
  const length = byteLength(walk.previous.codePointAt(0) ?? 0);
  const [only = ''] = originals;
  const place = { at: walk.byte - length, length: length + markSize, rule: 'minus-one', prior: 1 } as const;
  if (originals.length === 1) walk.findings.push({ ...place, class: 'proved', text: `${only}<` });
  else {
    const probability = 1 / originals.length;
    const candidates = originals.map((char) => ({ text: `${char}<`, probability }));
    walk.findings.push({ ...place, class: 'likely', tail: '<', candidates });
  }
  walk.debris++;
  after(walk, 1, markSize);
  walk.inTag = beginsTag(walk.text, walk.index);
}

/**
 * The rest of a tag behind a mark, and no character before it that can have lost its `<`: the tag is put back, and where NFKC
 * spelt out what was left of a sign (`cm2` of `㎡`), that sign is the candidate.
 */
function tagBehind(walk: Walk): void {
  const { image, originals } = spelt(walk);
  const place = { at: walk.byte - image.length, length: image.length + markSize, rule: 'minus-one', prior: 1 } as const;
  const candidates = originals.map((char) => ({ text: `${char}<`, probability: speltCertainty / originals.length }));
  if (image === '') walk.findings.push({ ...place, class: 'lost', tail: '<' });
  else walk.findings.push({ ...place, class: 'likely', candidates, asReceived: `${image}${gapSign}<` });
  after(walk, 1, markSize);
  walk.inTag = beginsTag(walk.text, walk.index);
}

const speltCertainty = 0.95;

/** What of the ASCII characters before the mark NFKC may have made of a sign that lost a `<`, and those signs. */
function spelt({ text, index, nfkc, byte, findings }: Walk): Spelt {
  const none: Spelt = { image: '', originals: [] };
  const last = findings.at(-1);
  if (!nfkc) return none;
  const found = speltOriginals(text.slice(Math.max(0, index - longestSpelt), index));
  return last !== undefined && last.at + last.length > byte - found.image.length ? none : found;
}

/** The mark and what it hides are behind the walk; the pairing is aligned again. */
function after(walk: Walk, units: number, bytes: number): void {
  advance(walk, units, bytes);
  walk.states = aligned;
  walk.previous = mark;
}

function question(walk: Walk, forms: readonly LostForm[] = [], telling = true): void {
  const { tail, signs, rule } = telling
    ? swallowedTail(walk.text, walk.index + 2, walk.inTag)
    : { tail: '', signs: questionSigns, rule: 'question' };
  const finding: Finding = {
    at: walk.byte,
    length: markSize + 1,
    class: 'likely',
    rule,
    letters: { kind: 'any', states: walk.states },
    prior: 1,
    ...(forms.length > 0 && tail === '' ? { forms } : {}),
  };
  walk.findings.push(tail === '' ? { ...finding, signs } : { ...finding, tail });
  walk.questions++;
  if (tail === '<') walk.debris++;
  after(walk, 2, markSize + 1);
  if (tail === '<') walk.inTag = beginsTag(walk.text, walk.index);
}

/**
 * PHP 5.2's filter also writes `?` for a pair without a character: within one character (where the walk was open before
 * it), or across the border of two, and then what is left of the second one stands as marks behind it.
 */
function lostPair(walk: Walk): void {
  const marks = marksAt(walk.text, walk.index + 2);
  const next = walk.text[walk.index + 2 + marks] ?? '\n';
  const mayBeAligned = (walk.states & aligned) !== 0;
  if (!mayBeAligned) question(walk, ['within']);
  else if (marks === 0 && next === '?' && !isQuestionAt(walk, 3)) pair(walk, 3, ['gone'], aligned);
  else if (marks === 0) question(walk, (walk.states & open) === 0 ? [] : ['within']);
  else if (marks === 1) question(walk, ['first'], false);
  else if (marks === 3 && next !== '?' && !/\s/.test(next)) cutPair(walk);
  else pair(walk, 4, ['whole'], aligned | open);
}

function marksAt(text: string, at: number): number {
  let marks = 0;
  while (marks < 4 && text[at + marks] === mark) marks++;
  return marks;
}

/** A `?` that belongs to the next mark or is another one. */
const isQuestionAt = (walk: Walk, units: number): boolean => walk.text[walk.index + units] === '?';

function pair(walk: Walk, units: number, forms: readonly LostForm[], states: number): void {
  const marks = walk.text.slice(walk.index, walk.index + units);
  const length = bytesOf(marks);
  walk.findings.push({ at: walk.byte, length, class: 'likely', rule: 'pair-lost', forms, prior: 1 });
  walk.questions++;
  after(walk, units, length);
  walk.states = statesAhead(walk.text, walk.index, states, true);
}

const minusOneSigns = [':', ';', '=', '>'];

/** The second of two characters ends in 80 and a byte that made a minus-one with the sign behind it, as `。<` does. */
function cutPair(walk: Walk): void {
  pair(walk, 2, ['first'], aligned);
  const tag = remainderAt(walk, walk.index + 3);
  const place = { at: walk.byte, length: 3 * markSize, class: 'likely', rule: 'pair-lost', prior: 1 } as const;
  const inTag = walk.inTag;
  if (tag) walk.findings.push({ ...place, forms: ['second'], tail: '<' });
  else
    walk.findings.push({
      ...place,
      letters: { kind: 'any', states: open },
      signs: inTag ? [...minusOneSigns].reverse() : minusOneSigns,
    });
  if (tag) walk.debris++;
  after(walk, 3, 3 * markSize);
  if (tag) walk.inTag = beginsTag(walk.text, walk.index);
}

function vanished(walk: Walk): void {
  walk.findings.push({
    at: walk.byte,
    length: markSize,
    class: 'likely',
    rule: 'vanished',
    letters: { kind: 'any', states: walk.states },
    prior: 1,
  });
  after(walk, 1, markSize);
}

/** How often each sign is the one, outside tags and inside. */
const signs: Readonly<Record<'text' | 'tag', readonly [string, number][]>> = {
  text: [
    [':', 0.8],
    [';', 0.06],
    ['=', 0.06],
    ['>', 0.06],
  ],
  tag: [
    ['>', 0.4],
    ['=', 0.2],
    [':', 0.2],
    [';', 0.2],
  ],
};

function signCandidates(walk: Walk): { text: string; probability: number }[] {
  const { text, index, previous } = walk;
  const before = text.slice(Math.max(0, index - previous.length - 8), index - previous.length);
  return signs[walk.inTag ? 'tag' : 'text'].flatMap(([sign, probability]) =>
    originalsOf(walk, sign).map((char) => {
      const isLabel = sign === ':' && !walk.inTag && endsLabel(before, char);
      return { text: char + sign, probability: isLabel ? labelCertainty : probability };
    }),
  );
}

function signSwallowed(walk: Walk): void {
  const length = byteLength(walk.previous.codePointAt(0) ?? 0);
  walk.findings.push({
    at: walk.byte - length,
    length: length + markSize,
    class: 'likely',
    rule: 'minus-one-sign',
    candidates: signCandidates(walk),
    prior: 1,
  });
  after(walk, 1, markSize);
}

/** So many marks in a text node, and more of them than Chinese characters, are a name in another encoding. */
const fewestMarks = 2;
const longestNode = 200;

function unexplained(walk: Walk): void {
  if (walk.index - walk.nodeIndex >= longestNode) {
    lost(walk);
    return;
  }
  const rest = /^[^<>\n"]*/.exec(walk.text.slice(walk.index, walk.index + longestNode))?.[0] ?? '';
  const before = walk.text.slice(walk.nodeIndex, walk.index);
  const seen = before + rest;
  const marks = seen.split(mark).length - 1;
  const han = seen.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (marks >= fewestMarks && marks > han && seen.length < longestNode) foreignNode(walk, before, rest);
  else lost(walk);
}

function foreignNode(walk: Walk, before: string, rest: string): void {
  walk.findings.length = Math.min(walk.findings.length, walk.nodeFindings);
  const lead = before.length - before.trimStart().length;
  const at = walk.nodeByte + lead;
  const seen = (before + rest).trim();
  walk.nodes.push({ index: walk.nodeIndex + lead, at, seen });
  walk.findings.push({ at, length: bytesOf(seen), class: 'lost', rule: 'foreign-name', prior: 1 });
  after(walk, rest.length, bytesOf(rest));
}

/** Marks side by side are one place, but for the last one before a `?` or the rest of a tag, which belongs to that. */
function lost(walk: Walk): void {
  let units = 1;
  while (walk.text[walk.index + units] === mark) units++;
  if (units > 1 && (walk.text[walk.index + units] === '?' || remainderAt(walk, walk.index + units))) units--;
  walk.findings.push({ at: walk.byte, length: units * markSize, class: 'lost', rule: 'not-utf-8', prior: 1 });
  walk.unexplained += units;
  after(walk, units, units * markSize);
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) bytes += byteLength(char.codePointAt(0) ?? 0);
  return bytes;
}

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);
