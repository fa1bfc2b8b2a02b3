import { encodeGbk } from './cp936.ts';
import type { Finding } from './finding.ts';
import { afterVersus, endings, fixtures, phrases, teams } from './model-data/keywords.ts';
import type { Alarm } from './types.ts';
import { dropInvalid, fromBytes, toBytes, toHex } from './utf8.ts';

/** What is left of an injected GBK name after its bytes that are not UTF-8 were dropped, with possible readings. */
export interface ForeignText {
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
}

/**
 * Letters of two UTF-8 bytes that no Chinese page writes singly: Latin Extended-B but for pinyin, phonetic signs, modifiers,
 * combining marks, old Cyrillic. Survivors of GBK pairs fall there because common Han begin with C6 … DF.
 */
const rare =
  /[\u0180-\u01cc\u01dd-\u0250\u0252-\u0260\u0262-\u02c6\u02cc-\u02d8\u02da-\u036f\u0370-\u0390\u03cf-\u0400\u0402-\u040f\u0450\u0452-\u0530]/;
/** Scripts of their own, which stand in words of three letters and more where they are meant. */
const otherScripts = /[\u0531-\u07ff]/;
const otherWord = /[\u0531-\u07ff]{3}/;
/** A stretch without white space, markup or Chinese. */
const stretch = /[!-;=?-~\u0080-\u07ff]{1,60}/g;
/** A page is Chinese when this many Han stand for each of its two-byte letters. */
const leastHan = 5;

/** Finds stretches of stray two-byte letters in a page that is otherwise Chinese, and reads them from the vocabulary. */
export function foreignText(text: string, nfkc: boolean): ForeignText {
  const findings: Finding[] = [];
  const alarms: Alarm[] = [];
  if (!isChinese(text)) return { findings, alarms };
  const readings = new Map<string, readonly string[]>();
  const known = (seen: string): readonly string[] => {
    const found = readings.get(seen) ?? possibleReadings(seen, nfkc);
    readings.set(seen, found);
    return found;
  };
  let index = 0;
  let byte = 0;
  for (const match of text.matchAll(stretch)) {
    if (match.index < index || !isStray(match[0]) || standsInTag(text, match.index)) continue;
    if (isLetter(match[0]) && known(match[0]).length === 0) continue;
    const [start, end] = wholeName(text, match.index, match[0], known);
    byte += toBytes(text.slice(index, start)).length;
    index = end;
    const seen = text.slice(start, end);
    const bytes = toBytes(seen);
    findings.push({ at: byte, length: bytes.length, class: 'lost', rule: 'foreign-name', prior: 1 });
    alarms.push({ kind: 'foreign-encoding', at: byte, evidence: `${seen} (${toHex(bytes)})`, readings: known(seen) });
    byte += bytes.length;
  }
  return { findings, alarms };
}

function isChinese(text: string): boolean {
  const letters = text.match(/[\u0180-\u07ff]/g)?.length ?? 0;
  if (letters === 0) return false;
  return (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) >= letters * leastHan;
}

/** Small Latin letters beside it make it a word: a foreign name, a transcription. */
function isStray(seen: string): boolean {
  if (/[a-z]/.test(seen)) return false;
  return rare.test(seen) || (otherScripts.test(seen) && !otherWord.test(seen));
}

/** One letter with its accents, as lists of signs and of sounds have it: no evidence without a reading. */
const isLetter = (seen: string): boolean => /^.\p{M}*$/u.test(seen);

/** How far the text node round a stray stretch reaches at most. */
const nodeReach = 60;

/**
 * The extent of the name the stretch is left of: the whole text node between tags, since three bytes of GBK can look like a
 * Han; in plain text the run without white space, where only that has a reading.
 */
function wholeName(
  text: string,
  at: number,
  seen: string,
  known: (seen: string) => readonly string[],
): [number, number] {
  const narrow: [number, number] = [at, at + seen.length];
  const before = /[^<>\n]*$/.exec(text.slice(Math.max(0, at - nodeReach), at))?.[0] ?? '';
  const after = /^[^<>\n]*/.exec(text.slice(narrow[1], narrow[1] + nodeReach))?.[0] ?? '';
  const isNode = text[at - before.length - 1] === '>' && text[narrow[1] + after.length] === '<';
  const left = isNode ? before.trimStart() : (/[^\s>]*$/.exec(before)?.[0] ?? '');
  const right = isNode ? after.trimEnd() : (/^\S*/.exec(after)?.[0] ?? '');
  if (left + right === '') return narrow;
  const han = (left + right).match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const wide: [number, number] = [at - left.length, narrow[1] + right.length];
  if (isNode && han <= 3) return wide;
  return known(seen).length === 0 && known(text.slice(...wide)).length > 0 ? wide : narrow;
}

const standsInTag = (text: string, index: number): boolean => {
  const before = text.slice(Math.max(0, index - 400), index);
  const open = before.lastIndexOf('<');
  return open >= 0 && before.lastIndexOf('>') < open && /[a-z/!]/i.test(before[open + 1] ?? '');
};

/** At most this many readings are told. */
const mostReadings = 16;

/** Every name of the vocabulary that leaves exactly these letters; names of fixtures that took place come first. */
const possibleReadings = (seen: string, nfkc: boolean): string[] =>
  readingsOf(seen, `drop ${nfkc ? 1 : 0}`, (name) => survivors(name, nfkc));

/** As `possibleReadings`, of a name whose broken bytes were replaced by U+FFFD. */
export const replacedReadings = (seen: string, nfkc: boolean): string[] =>
  readingsOf(seen, `replace ${nfkc ? 1 : 0}`, (name) => {
    const text = fromBytes(encodeGbk(name));
    return nfkc ? text.normalize('NFKC') : text;
  });

/** Names by what is left of them, made at first use: a page may hold thousands of such stretches. */
const byRest = new Map<string, ReadonlyMap<string, readonly string[]>>();

function readingsOf(seen: string, way: string, rest: (name: string) => string): string[] {
  const of = (kind: string, names: () => readonly string[]): readonly string[] => {
    const key = `${kind} ${way}`;
    const known = byRest.get(key) ?? grouped(names(), rest);
    byRest.set(key, known);
    return known.get(seen) ?? [];
  };
  const found = [...of('phrases', () => phrases), ...(/VS/i.test(seen) ? of('versus', versusNames) : [])];
  return rankReadings(found).slice(0, mostReadings);
}

let versus: readonly string[] | undefined;

function versusNames(): readonly string[] {
  versus ??= teams.flatMap((home) =>
    teams
      .filter((away) => away !== home)
      .flatMap((away) => [...endings, ...afterVersus].map((ending) => `${home}VS${away}${ending}`)),
  );
  return versus;
}

function grouped(names: readonly string[], rest: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = rest(name);
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  return groups;
}

const played = new Set(fixtures.flatMap(([home, away]) => [`${home}VS${away}`, `${away}VS${home}`]));

function rankReadings(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names;
  const weight = (name: string): number => {
    const ending = endings.find((end) => name.endsWith(end)) ?? '';
    return played.has(name.slice(0, name.length - ending.length)) ? 0 : 1;
  };
  return [...names].sort((a, b) => weight(a) - weight(b));
}

/** What a name in GBK leaves when it is read as UTF-8 with bad bytes dropped. */
function survivors(name: string, nfkc: boolean): string {
  const text = fromBytes(dropInvalid(encodeGbk(name)));
  return nfkc ? text.normalize('NFKC') : text;
}
