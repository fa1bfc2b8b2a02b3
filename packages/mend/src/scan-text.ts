import { isMinusOne } from './simulate.ts';
import type { Finding } from './finding.ts';
import { afterCharacter, afterNarrowed, aligned, open } from './pairing.ts';
import { entityRemainder, tagRemainder } from './tag-remainder.ts';
import { originalsBeforeNfkc } from './nfkc-originals.ts';

/** What a walk through a text whose bytes are gone has seen. */
export interface TextScan {
  readonly findings: readonly Finding[];
  /** Remainders of tags without their `<`, after a character that can have lost it. */
  readonly debris: number;
  /** Places no page that went through this damage can have: an open lead byte before a sign below 40. */
  readonly contradictions: number;
}

interface Walk {
  readonly text: string;
  readonly nfkc: boolean;
  readonly findings: Finding[];
  debris: number;
  contradictions: number;
  /** Offsets of the current character, in code units and in bytes. */
  index: number;
  byte: number;
  /** The pairing before the current character. */
  states: number;
  /** The character before, and whether the walk stands inside a tag. */
  previous: string;
  inTag: boolean;
}

/**
 * Walks a text that may have gone through the round trip with its bad bytes dropped (and NFKC), and reports each place
 * that can be told. One pass; every look-ahead is bounded.
 */
export function scanText(text: string, nfkc: boolean): TextScan {
  const walk: Walk = {
    text,
    nfkc,
    findings: [],
    debris: 0,
    contradictions: 0,
    index: 0,
    byte: 0,
    states: aligned,
    previous: '\n',
    inTag: false,
  };
  while (walk.index < text.length) advance(walk);
  if (walk.states === open) vanished(walk);
  return walk;
}

function advance(walk: Walk): void {
  const code = walk.text.codePointAt(walk.index) ?? 0;
  if (code < 0x80) look(walk, code);
  step(walk, code);
}

/** Looks at the boundary before an ASCII character, where all damage is. */
function look(walk: Walk, code: number): void {
  if (swallowedTag(walk, code)) return;
  if (code === 0x3f) {
    if (!walk.inTag || walk.previous > '\u007f' || walk.states === open) question(walk);
    return;
  }
  if (walk.states !== open || !hurtsOpenLead(walk, code)) return;
  if (code <= 0x20 || code === 0x7f) vanished(walk);
  else if (!walk.nfkc && code !== 0x3c && minusOneBefore(walk, ':')) swallowedSign(walk);
  else walk.contradictions++;
}

/** An open lead byte cannot be followed by this; in narrowed text a full-width character can hide behind it. */
function hurtsOpenLead(walk: Walk, code: number): boolean {
  if (code >= 0x40 && code !== 0x7f) return false;
  return walk.nfkc ? code <= 0x1f || code === 0x3c : true;
}

/** The rest of a tag without its `<`: the character before is the one that lost its last byte to it. */
function swallowedTag(walk: Walk, code: number): boolean {
  if (code !== 0x2f && code !== 0x21 && !isLetter(code)) return false;
  if (walk.inTag || walk.previous === '<' || walk.previous === '/') return false;
  const size = walk.previous === '' ? 0 : tagRemainder(walk.text, walk.index);
  if (size === 0) return false;
  if (walk.previous === '?') return widenQuestion(walk);
  const original = originalOf(walk, '<');
  if (original === undefined) return false;
  const length = byteLength(walk.previous);
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

function enterTag(walk: Walk): void {
  walk.debris++;
  walk.inTag = true;
  walk.states = aligned;
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

/** `?` before the rest of a tag: a character and the `<` together. The finding of the `?` itself is replaced. */
function widenQuestion(walk: Walk): boolean {
  const last = walk.findings.at(-1);
  if (last?.at !== walk.byte - 1) return false;
  walk.findings[walk.findings.length - 1] = { ...withoutSigns(last), rule: 'question-and-tag', tail: '<', prior: 1 };
  enterTag(walk);
  return true;
}

function withoutSigns(finding: Finding): Finding {
  const { signs: _signs, ...rest } = finding;
  return rest;
}

/** Signs that, swallowed with a character, leave one `?`. */
const digits = [...'0123456789'];
const questionSigns = [...digits, ...'-.,/"\'()&!%+*#$?'];

function question(walk: Walk): void {
  if (isWebAddress(walk)) return;
  const finding: Finding = {
    at: walk.byte,
    length: 1,
    class: 'likely',
    rule: 'question',
    letters: { kind: 'any', states: walk.states },
    signs: questionSigns,
    prior: walk.states === open ? 1 : 0.9,
  };
  const entity = entityRemainder(walk.text, walk.index + 1);
  walk.findings.push(entity === 0 ? finding : { ...withoutSigns(finding), rule: 'question-and-entity', tail: '&', prior: 1 });
}

/** A question mark between ASCII characters of an address or of English. */
function isWebAddress(walk: Walk): boolean {
  return /[!-;=@-~]/.test(walk.previous) && /^[\w=&]/.test(walk.text[walk.index + 1] ?? '') && !/\d/.test(walk.previous);
}

function vanished(walk: Walk): void {
  walk.findings.push({
    at: walk.byte,
    length: 0,
    class: 'likely',
    rule: 'vanished',
    letters: { kind: 'any', states: open },
    prior: 1,
  });
}

/** A minus-one whose sign no tag names: `：`, `；`, `=` and their like, from the words only. */
function swallowedSign(walk: Walk): void {
  const original = originalOf(walk, ':') ?? '';
  const length = byteLength(walk.previous);
  walk.findings.push({
    at: walk.byte - length,
    length,
    class: 'likely',
    rule: 'minus-one-sign',
    candidates: [...':;=><'].map((sign, i) => ({ text: original + sign, probability: [0.8, 0.05, 0.05, 0.05, 0.05][i] ?? 0 })),
    prior: 1,
  });
}

function step(walk: Walk, code: number): void {
  const char = String.fromCodePoint(code);
  const next = walk.nfkc && code < 0x80 ? afterNarrowed(walk.states, code) : afterCharacter(walk.states, code);
  walk.states = next === 0 || code <= 0x20 || code === 0x3f || char === '〓' ? aligned : next;
  if (code === 0x3c && /[a-z/!]/i.test(walk.text[walk.index + 1] ?? '')) walk.inTag = true;
  if (code === 0x3e) walk.inTag = false;
  if (code === 0x3c || code === 0x3e) walk.states = aligned;
  walk.previous = char;
  walk.index += char.length;
  walk.byte += byteLength(char);
}

function byteLength(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);

/** The character whose last byte is one more, in the same block of 64. */
function plusOne(char: string): string[] {
  const code = char.codePointAt(0) ?? 0;
  return (code & 0x3f) === 0x3f ? [] : [String.fromCodePoint(code + 1)];
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
