import { encodedCharacters, headlessCharacters, truncatedCharacters } from './candidates.ts';
import { isLead } from './cp936.ts';
import type { Finding } from './finding.ts';
import { foreignNode } from './foreign-node.ts';
import type { ForeignNode } from './foreign-node.ts';
import { aligned, afterByte, open } from './pairing.ts';
import { isMinusOne } from './simulate.ts';
import { swallowedTail } from './swallowed-tail.ts';
import { characterLength, fromBytes, isContinuation } from './utf8.ts';

/** What a walk through bytes that are mostly UTF-8 has seen. */
export interface ByteScan {
  readonly findings: readonly Finding[];
  readonly foreign: readonly ForeignNode[];
  /** Places by what they show of the mechanism. */
  readonly minusOnes: number;
  readonly questions: number;
  readonly truncated: number;
  readonly unexplained: number;
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
  truncated: number;
  unexplained: number;
  contradictions: number;
  at: number;
  states: number;
  inTag: boolean;
  /** Where the present text node begins, how many findings there were then, and up to where no foreign text was found. */
  nodeStart: number;
  nodeFindings: number;
  searchedTo: number;
}

/** Walks bytes that are UTF-8 but for damage and foreign stretches. One pass; each node is searched at most once. */
export function scanBytes(bytes: Uint8Array, marks: string): ByteScan {
  const walk: Walk = {
    bytes,
    marks,
    findings: [],
    foreign: [],
    minusOnes: 0,
    questions: 0,
    truncated: 0,
    unexplained: 0,
    contradictions: 0,
    at: 0,
    states: aligned,
    inTag: false,
    nodeStart: 0,
    nodeFindings: 0,
    searchedTo: 0,
  };
  while (walk.at < bytes.length) advance(walk);
  return walk;
}

function advance(walk: Walk): void {
  const byte = walk.bytes[walk.at] ?? 0;
  if (byte < 0x80) ascii(walk, byte);
  else if (characterLength(walk.bytes, walk.at) > 0) character(walk);
  else broken(walk);
}

function ascii(walk: Walk, byte: number): void {
  if (walk.states === open && byte < 0x40) walk.contradictions++;
  walk.states = aligned;
  walk.at++;
  if (byte === 0x3c) walk.inTag = /[a-z/!]/i.test(walk.marks[walk.at] ?? '');
  if (byte === 0x3e) walk.inTag = false;
  if (byte === 0x3c || byte === 0x3e || byte === 0x0a || (byte === 0x22 && walk.inTag)) startNode(walk);
}

function startNode(walk: Walk): void {
  walk.nodeStart = walk.at;
  walk.nodeFindings = walk.findings.length;
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
  if (sign === 0x3c) walk.inTag = true;
  if (sign === 0x3e) walk.inTag = false;
  if (sign === 0x3c || sign === 0x3e) startNode(walk);
}

/** A byte that begins no well-formed character: the stump of one, or something foreign. */
function broken(walk: Walk): void {
  const stump = stumpLength(walk);
  if (stump > 0 && hurtAfterStump(walk, stump)) return;
  if (walk.at >= walk.searchedTo) {
    const node = foreignNode(walk.bytes, walk.marks, walk.nodeStart, walk.at, walk.inTag);
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
  if (tail === '<') walk.inTag = true;
}

/** A stump before anything else: some strict filter dropped one byte. */
function truncated(walk: Walk, stump: number): void {
  const prefix = walk.bytes.subarray(walk.at, walk.at + stump);
  walk.findings.push(byteDropped(walk, stump, truncatedCharacters(prefix)));
  moveOn(walk, stump);
}

function unexplained(walk: Walk): void {
  if (headless(walk)) return;
  walk.findings.push({ at: walk.at, length: 1, class: 'lost', rule: 'not-utf-8', prior: 1 });
  walk.unexplained++;
  walk.at++;
  walk.states = aligned;
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
