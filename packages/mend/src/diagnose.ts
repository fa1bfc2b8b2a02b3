import { declaredEncoding } from './declared.ts';
import type { Finding } from './finding.ts';
import type { ForeignNode } from './foreign-node.ts';
import { foreignText } from './foreign-text.ts';
import { latin1Bytes } from './latin1.ts';
import { scanBytes } from './scan-bytes.ts';
import type { ByteScan } from './scan-bytes.ts';
import { scanText } from './scan-text.ts';
import { isMinusOne } from './simulate.ts';
import type { Alarm, Encoding, Mechanism } from './types.ts';
import { characterLength, fromBytes, isContinuation, toHex } from './utf8.ts';
import { narrowedPunctuation } from './width.ts';

/** How a page was hurt, and where. Findings are sorted by place and do not overlap. */
export interface Diagnosis {
  readonly encoding: Encoding;
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
}

/** Tells the encoding and the mechanism from the bytes alone; the page's own label is recorded, not believed. */
export function diagnose(bytes: Uint8Array): Diagnosis {
  const declared = declaredEncoding(bytes);
  const shape = measure(bytes);
  const honest = {
    declared,
    used: 'utf-8',
    steps: ['utf-8'],
    mechanism: 'none',
    sink: 'bytes',
    nfkc: false,
    confidence: 1,
  } as const;
  if (shape.high === 0) return { encoding: honest, findings: [], alarms: [] };
  if (shape.invalid === 0) return diagnoseText(bytes, honest);
  if (isGbk(bytes, shape)) {
    return { encoding: { ...honest, used: 'gb18030', steps: ['gb18030'] }, findings: [], alarms: [] };
  }
  return diagnoseBytes(bytes, honest);
}

interface Shape {
  /** Bytes above 7F, those of them in characters of three or four bytes or their stumps, and places that are not well-formed. */
  readonly high: number;
  readonly long: number;
  readonly invalid: number;
}

function measure(bytes: Uint8Array): Shape {
  let [high, long, invalid] = [0, 0, 0];
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    const size = characterLength(bytes, at);
    const length = size || stumpLength(bytes, at);
    high += length;
    if (length >= 2 && size !== 2) long += length;
    if (size === 0) invalid++;
    at += length;
  }
  return { high, long, invalid };
}

/** Two bytes of a three-byte character whose last one is lost count for UTF-8; any other stray byte stands alone. */
function stumpLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  return first >= 0xe2 && first <= 0xef && isContinuation(bytes[at + 1] ?? 0) ? 2 : 1;
}

const strictGb18030 = new TextDecoder('gb18030', { fatal: true });

/** Whole pages in GBK: they decode without a fault, and little of them happens to look like UTF-8. */
function isGbk(bytes: Uint8Array, shape: Shape): boolean {
  if (shape.long * 2 > shape.high || shape.invalid * 4 < shape.high) return false;
  try {
    strictGb18030.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Well-formed UTF-8: honest, read once too often as Latin-1, or damaged with the bad bytes dropped. */
function diagnoseText(bytes: Uint8Array, honest: Encoding): Diagnosis {
  const text = fromBytes(bytes);
  if (isLatin1Reading(text)) {
    const encoding: Encoding = {
      ...honest,
      steps: ['utf-8', 'latin1-bytes', 'utf-8'],
      mechanism: 'utf-8-read-as-latin1',
    };
    return { encoding, findings: [], alarms: [] };
  }
  const nfkc = text.normalize('NFKC') === text;
  const scan = scanText(text, nfkc);
  const hurt = scan.debris > 0 && /[\u4e00-\u9fff]{2}/.test(text) && scan.contradictions * 4 <= scan.debris;
  const foreign = foreignText(text, hurt && nfkc);
  const filter = generation(scan.findings);
  const found = hurt ? forGeneration(scan.findings, filter) : [];
  const taken = new Set(found.flatMap(({ at, length }) => (length > 0 ? [at] : [])));
  const width = hurt && nfkc ? narrowedPunctuation(text, taken) : [];
  const dropped = hurt || foreign.findings.length > 0;
  const encoding: Encoding = {
    ...honest,
    mechanism: hurt ? filter : dropped ? 'foreign-stretches' : 'none',
    sink: dropped ? 'drop' : 'bytes',
    nfkc: hurt && nfkc,
    confidence: hurt ? 1 - 0.5 ** scan.debris : 1,
  };
  return { encoding, findings: sorted([...found, ...width], foreign.findings), alarms: foreign.alarms };
}

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

/** Text whose characters are all bytes of windows-1252, and whose bytes are UTF-8 of East Asian writing. */
function isLatin1Reading(text: string): boolean {
  if (!/[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u2122]/.test(text) || /[\u2e80-\u9fff]/.test(text)) return false;
  const bytes = latin1Bytes(text);
  if (bytes === undefined || measure(bytes).invalid > 0) return false;
  const read = fromBytes(bytes);
  return /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff5e]|[\uac00-\ud7a3]{2}/.test(read);
}

/** Mostly UTF-8, with bytes that are not: the round trip with its bytes kept, or foreign stretches, or both. */
function diagnoseBytes(bytes: Uint8Array, honest: Encoding): Diagnosis {
  const scan = scanBytes(bytes, marksOf(bytes));
  const alarms = scan.foreign.map((node) => foreignAlarm(bytes, node));
  const names = scan.foreign.map(({ at, length }): Finding => ({
    at,
    length,
    class: 'lost',
    rule: 'foreign-name',
    prior: 1,
  }));
  const mechanism = mechanismOf(scan);
  const encoding: Encoding = { ...honest, mechanism, confidence: confidenceOf(scan) };
  return { encoding, findings: sorted(forGeneration(scan.findings, mechanism), names), alarms };
}

/** White space that PHP 8's filter swallows with a character; the older one kept it. */
const spaces = ['\n', ' ', '\t', '\r'];
/** From so many swallowed `<` without a minus-one among them on, the later filter is at work (4 % by chance). */
const enoughQuestions = 2;

/**
 * PHP 5.4 … 8.0 turn a swallowed `<` into minus-one where they can, and lose characters before white space; the later
 * filter writes `?` for every pair that is not whole.
 */
function generation(findings: readonly Finding[]): Mechanism {
  if (findings.some(({ rule }) => rule === 'minus-one' || rule === 'vanished')) return 'cp936-round-trip';
  const questions = findings.filter(({ rule }) => rule === 'question-and-tag').length;
  return questions >= enoughQuestions ? 'cp936-round-trip-php8' : 'cp936-round-trip';
}

/** What each `?` may stand for depends on the generation of the filter. */
function forGeneration(findings: readonly Finding[], mechanism: Mechanism): Finding[] {
  if (mechanism !== 'cp936-round-trip-php8') return findings.map(narrowed);
  return findings.filter(({ rule }) => rule !== 'vanished-by-words').map(widenedSigns);
}

/** A `<` that was swallowed without a minus-one rules characters out. */
function narrowed(finding: Finding): Finding {
  const { letters, tail } = finding;
  if (letters?.kind !== 'known' || tail !== '<') return finding;
  const characters = letters.characters.filter((char) => !isMinusOne(lastByte(char), 0x3c));
  return { ...finding, letters: { kind: 'known', characters } };
}

function widenedSigns(finding: Finding): Finding {
  const { letters, signs } = finding;
  if (letters === undefined || !finding.rule.startsWith('question')) return finding;
  const later = letters.kind === 'any' ? { ...finding, letters: { ...letters, anyByte: true } } : finding;
  return signs === undefined ? later : { ...later, signs: [...signs, ...spaces] };
}

const lastByte = (char: string): number => 0x80 | ((char.codePointAt(0) ?? 0) & 0x3f);

function mechanismOf(scan: ByteScan): Mechanism {
  if (scan.minusOnes + scan.questions > 0 && scan.contradictions <= scan.minusOnes + scan.questions)
    return generation(scan.findings);
  if (scan.truncated > 0 || scan.unexplained > 0) return 'unknown';
  return scan.foreign.length > 0 ? 'foreign-stretches' : 'unknown';
}

function confidenceOf(scan: ByteScan): number {
  const explained = scan.minusOnes + scan.questions + scan.truncated + scan.foreign.length;
  return Math.round((explained / Math.max(1, explained + scan.unexplained + scan.contradictions)) * 1000) / 1000;
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
