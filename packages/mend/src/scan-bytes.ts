import { encodedCharacters, headlessCharacters, truncatedCharacters } from './candidates.ts';
import { isLead } from './cp936.ts';
import type { Finding } from './finding.ts';
import { foreignNode } from './foreign-node.ts';
import type { ForeignNode } from './foreign-node.ts';
import { lostPair } from './lost-pair.ts';
import { aligned, afterByte, open } from './pairing.ts';
import { isMinusOne } from './simulate.ts';
import { swallowedTail } from './swallowed-tail.ts';
import { beginsTag } from './tag-remainder.ts';
import { characterLength, fromBytes, isContinuation } from './utf8.ts';

/** What a walk through bytes that are mostly UTF-8 has seen. */
export interface ByteScan {
  readonly findings: readonly Finding[];
  readonly foreign: readonly ForeignNode[];
  /** Places by what they show of the mechanism. */
  readonly minusOnes: number;
  readonly questions: number;
  /** Pairs that only PHP 5.2's filter turned into `?`. */
  readonly lostPairs: number;
  readonly truncated: number;
  readonly unexplained: number;
  /** U+FFFD that stood in the page before. */
  readonly replaced: number;
  /** An open lead byte before an intact sign below 40: never in a page that went through the round trip. */
  readonly contradictions: number;
}

interface Walk {
  readonly bytes: Uint8Array;
  /** One character for each byte, for the patterns of markup. */
  readonly marks: string;
  readonly findings: Finding[];
  readonly foreign: ForeignNode[];
  minusOnes: number;
  questions: number;
  lostPairs: number;
  truncated: number;
  unexplained: number;
  replaced: number;
  contradictions: number;
  at: number;
  states: number;
  inTag: boolean;
  /** Where the present text node begins, how many findings there were then, and up to where no foreign text was found. */
  nodeStart: number;
  nodeFindings: number;
  searchedTo: number;
  /** How often the present text node has been searched. */
  searches: number;
}

/** No name is looked for in a text node after so many places where there was none. */
const mostSearches = 8;

/** Walks bytes that are UTF-8 but for damage and foreign stretches. One pass; each node is searched a few times at most. */
export function scanBytes(bytes: Uint8Array, marks: string): ByteScan {
  const walk: Walk = {
    bytes,
    marks,
    findings: [],
    foreign: [],
    minusOnes: 0,
    questions: 0,
    lostPairs: 0,
    truncated: 0,
    unexplained: 0,
    replaced: 0,
    contradictions: 0,
    at: 0,
    states: aligned,
    inTag: false,
    nodeStart: 0,
    nodeFindings: 0,
    searchedTo: 0,
    searches: 0,
  };
  while (walk.at < bytes.length) advance(walk);
  return walk;
}

function advance(walk: Walk): void {
  const byte = walk.bytes[walk.at] ?? 0;
  if (byte < 0x80) ascii(walk, byte);
  else if (isReplacement(walk.bytes, walk.at)) replaced(walk);
  else if (characterLength(walk.bytes, walk.at) > 0) character(walk);
  else broken(walk);
}

function ascii(walk: Walk, byte: number): void {
  if (walk.states === open && byte < 0x40) walk.contradictions++;
  walk.states = aligned;
  walk.at++;
  if (byte === 0x3c) walk.inTag = beginsTag(walk.marks, walk.at);
  if (byte === 0x3e) walk.inTag = false;
  if (byte === 0x3c || byte === 0x3e || byte === 0x0a || (byte === 0x22 && walk.inTag)) startNode(walk);
}

function startNode(walk: Walk): void {
  walk.nodeStart = walk.at;
  walk.nodeFindings = walk.findings.length;
  walk.searches = 0;
}

function character(walk: Walk): void {
  const { bytes, at } = walk;
  const end = at + characterLength(bytes, at);
  for (let i = at; i < end; i++) walk.states = afterByte(walk.states, bytes[i] ?? 0);
  const sign = (bytes[end] ?? 0) - 0xc0;
  const last = (bytes[end - 1] ?? 0) + 1;
  walk.at = end;
  if (walk.states === open && last <= 0xbf && isMinusOne(last, sign)) minusOne(walk, at, last, sign);
}

/** The pair (last − 1, sign + C0): both bytes are known again. */
function minusOne(walk: Walk, at: number, last: number, sign: number): void {
  const original = Uint8Array.from(walk.bytes.subarray(at, walk.at));
  original[original.length - 1] = last;
  const text = fromBytes(original) + String.fromCharCode(sign);
  walk.findings.push({ at, length: walk.at + 1 - at, class: 'proved', rule: 'minus-one', text, prior: 1 });
  walk.minusOnes++;
  walk.at++;
  walk.states = aligned;
  if (sign === 0x3c) walk.inTag = beginsTag(walk.marks, walk.at);
  if (sign === 0x3e) walk.inTag = false;
  if (sign === 0x3c || sign === 0x3e) startNode(walk);
}

/** A byte that begins no well-formed character: the stump of one, or something foreign. */
function broken(walk: Walk): void {
  const stump = stumpLength(walk);
  if (pairLost(walk, stump) || (stump > 0 && hurtAfterStump(walk, stump))) return;
  if (walk.at >= walk.searchedTo && walk.searches++ < mostSearches) {
    const before = walk.findings.at(-1);
    const damageEnd = before === undefined ? 0 : before.at + before.length;
    const node = foreignNode(walk.bytes, walk.marks, walk.nodeStart, walk.at, walk.inTag, damageEnd);
    if (node.found) {
      takeForeign(walk, node.found);
      return;
    }
    walk.searchedTo = node.end;
  }
  if (stump > 0) truncated(walk, stump);
  else unexplained(walk);
}

function takeForeign(walk: Walk, node: ForeignNode): void {
  walk.findings.length = Math.min(walk.findings.length, walk.nodeFindings);
  walk.foreign.push(node);
  walk.at = node.at + node.length;
  walk.states = aligned;
  startNode(walk);
  if (node.tail) walk.inTag = true;
}

function pairLost(walk: Walk, stump: number): boolean {
  const lost = lostPair(walk, stump);
  if (lost === undefined) return false;
  walk.findings.push(lost.finding);
  walk.lostPairs++;
  walk.at += lost.finding.length;
  walk.states = lost.states;
  if (lost.finding.tail === '<') walk.inTag = true;
  if (lost.finding.tail === '>') walk.inTag = false;
  return true;
}

/** How many bytes of an unfinished character stand here: all but the last one. */
function stumpLength({ bytes, at }: Walk): number {
  const first = bytes[at] ?? 0;
  const size = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xc2 ? 2 : 0;
  if (size === 0 || first > 0xf4) return 0;
  for (let i = 1; i < size - 1; i++) if (!isContinuation(bytes[at + i] ?? 0)) return 0;
  return size - 1;
}

/** A stump before `?` lost its last byte and a sign; before white space, its last byte alone. */
function hurtAfterStump(walk: Walk, stump: number): boolean {
  const { bytes, at } = walk;
  let states = walk.states;
  for (let i = 0; i < stump; i++) states = afterByte(states, bytes[at + i] ?? 0);
  const next = bytes[at + stump];
  if (states !== aligned) return false;
  if (next === 0x3f) {
    question(walk, stump);
    return true;
  }
  if (next !== undefined && next > 0x20 && next !== 0x7f) return false;
  walk.findings.push({
    at,
    length: stump,
    class: 'likely',
    rule: 'vanished',
    letters: { kind: 'known', characters: lastByteLost(walk, stump) },
    prior: 1,
  });
  walk.at += stump;
  walk.states = aligned;
  return true;
}

const lastByteLost = (walk: Walk, stump: number): string[] =>
  encodedCharacters(walk.bytes.subarray(walk.at, walk.at + stump)).filter((char) => isLead(lastByte(char)));

function question(walk: Walk, stump: number): void {
  const end = walk.at + stump + 1;
  const { tail, signs, rule } = swallowedTail(walk.marks, end, walk.inTag);
  const characters = lastByteLost(walk, stump);
  const finding: Finding = {
    at: walk.at,
    length: stump + 1,
    class: 'likely',
    rule,
    letters: { kind: 'known', characters },
    prior: 1,
  };
  walk.findings.push(tail === '' ? { ...finding, signs } : { ...finding, tail });
  walk.questions++;
  walk.at = end;
  walk.states = aligned;
  if (tail === '<') walk.inTag = beginsTag(walk.marks, walk.at);
}

/** A stump before anything else: some strict filter dropped one byte. */
function truncated(walk: Walk, stump: number): void {
  const prefix = walk.bytes.subarray(walk.at, walk.at + stump);
  walk.findings.push(byteDropped(walk, stump, truncatedCharacters(prefix)));
  moveOn(walk, stump);
}

const isReplacement = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;

/** Some reader before this one had bytes it could not read. What it wrote went through the pairing like any character. */
function replaced(walk: Walk): void {
  for (let i = 0; i < 3; i++) walk.states = afterByte(walk.states, walk.bytes[walk.at + i] ?? 0);
  lose(walk, 3);
  walk.replaced++;
}

function unexplained(walk: Walk): void {
  if (headless(walk)) return;
  lose(walk, 1);
  walk.unexplained++;
  walk.states = aligned;
}

/** Lost bytes side by side are one place. */
function lose(walk: Walk, length: number): void {
  const before = walk.findings.at(-1);
  const goesOn = before?.rule === 'not-utf-8' && before.at + before.length === walk.at;
  const at = goesOn ? before.at : walk.at;
  if (goesOn) walk.findings.pop();
  walk.at += length;
  walk.findings.push({ at, length: walk.at - at, class: 'lost', rule: 'not-utf-8', prior: 1 });
}

/** Two bytes of a character whose first was dropped. */
function headless(walk: Walk): boolean {
  const { bytes, at } = walk;
  const isTail =
    isContinuation(bytes[at] ?? 0) && isContinuation(bytes[at + 1] ?? 0) && !isContinuation(bytes[at + 2] ?? 0);
  if (isTail) walk.findings.push(byteDropped(walk, 2, headlessCharacters(bytes.subarray(at, at + 2))));
  if (isTail) moveOn(walk, 2);
  return isTail;
}

const byteDropped = (walk: Walk, length: number, characters: readonly string[]): Finding => ({
  at: walk.at,
  length,
  class: 'likely',
  rule: 'byte-dropped',
  letters: { kind: 'known', characters },
  prior: 1,
});

function moveOn(walk: Walk, length: number): void {
  walk.truncated++;
  walk.at += length;
  walk.states = aligned;
}

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);
