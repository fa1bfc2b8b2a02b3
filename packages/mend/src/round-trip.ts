import type { Finding } from './finding.ts';
import type { ForeignNode } from './foreign-node.ts';
import { foreignText, replacedReadings } from './foreign-text.ts';
import { scanBytes } from './scan-bytes.ts';
import type { ByteScan } from './scan-bytes.ts';
import { scanReplaced } from './scan-replaced.ts';
import { scanText } from './scan-text.ts';
import { isMinusOne } from './simulate.ts';
import type { Alarm, Encoding, Mechanism } from './types.ts';
import { toHex } from './utf8.ts';
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

function diagnoseReplaced(text: string, honest: Encoding): Diagnosis {
  const nfkc = text.normalize('NFKC') === text;
  const scan = scanReplaced(text, nfkc);
  const hurt = scan.debris + Math.floor(scan.questions / fewestQuestions) > 0 && /[\u4e00-\u9fff]{2}/.test(text);
  const mechanism = hurt ? generation(scan.findings) : scan.nodes.length > 0 ? 'foreign-stretches' : 'unknown';
  const found = hurt ? forGeneration(scan.findings, mechanism) : scan.findings.map(asLost);
  const taken = new Set(found.map(({ at }) => at));
  const width = hurt && nfkc ? narrowedPunctuation(text, taken) : [];
  const names = scan.nodes.map(({ at, seen }): Alarm => ({
    kind: 'foreign-encoding',
    at,
    evidence: seen,
    readings: replacedReadings(seen, nfkc),
  }));
  const [first] = found;
  const count = text.split('\ufffd').length - 1;
  const marks: Alarm[] =
    hurt || names.length > 0 || first === undefined
      ? []
      : [{ kind: 'replacement-characters', at: first.at, evidence: `${count} × U+FFFD`, readings: [] }];
  const encoding: Encoding = {
    ...honest,
    mechanism,
    sink: 'replace',
    nfkc: hurt && nfkc,
    confidence: hurt ? 1 - 0.5 ** (scan.debris + scan.questions) : 0.5,
  };
  return { encoding, findings: sorted([...found, ...width], []), alarms: [...names, ...marks] };
}

/** Without the round trip a mark says only that something is gone. */
const asLost = ({ at, length, rule }: Finding): Finding =>
  rule === 'foreign-name'
    ? { at, length, class: 'lost', rule, prior: 1 }
    : { at, length, class: 'lost', rule: 'not-utf-8', prior: 1 };

function diagnoseDropped(text: string, honest: Encoding): Diagnosis {
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

/** Mostly UTF-8, with bytes that are not: the round trip with its bytes kept, or foreign stretches, or both. */
export function diagnoseBytes(bytes: Uint8Array, honest: Encoding): Diagnosis {
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

/** Signs that PHP 8's filter swallows into `?` too; the older one kept white space and left a minus-one of the others. */
const laterSigns = ['\n', ' ', '\t', '\r', ':', ';', '=', '>'];
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
  return signs === undefined ? later : { ...later, signs: [...signs, ...laterSigns] };
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
