import { codePageBytes } from './codecs.ts';
import type { Finding } from './finding.ts';
import { windows1252Byte } from './latin1.ts';
import type { Mojibake } from './mojibake.ts';
import { reread } from './reread.ts';
import { profileOf } from './text-profile.ts';
import type { Profile } from './text-profile.ts';
import { characterLength, fromBytes, toBytes } from './utf8.ts';

/** Stretches of a text that were read wrongly while the rest was not: a title from elsewhere, a quoted comment. */
export function wronglyReadParts(text: string, profile: Profile): Mojibake | undefined {
  const latin = profile.latin >= 3 ? latinParts(text) : [];
  const pages = profile.rare >= 4 ? pageParts(text) : [];
  const found = latin.length > 0 ? latin : pages;
  if (found.length === 0) return undefined;
  return {
    steps: ['utf-8'],
    mechanism: latin.length > 0 ? 'utf-8-read-as-latin1' : 'utf-8-read-as-gbk',
    sink: 'bytes',
    confidence: 1,
    findings: positioned(text, found),
    alarms: [],
  };
}

interface Part {
  /** Offset and length in UTF-16 units. */
  readonly index: number;
  readonly length: number;
  readonly text: string;
  /** Places inside it that are not whole, with byte offsets from its beginning; the rest of it is as `text` says. */
  readonly findings?: readonly Finding[];
}

/** Byte offsets for parts that are in order. */
function positioned(text: string, parts: readonly Part[]): Finding[] {
  let [index, at] = [0, 0];
  return parts.flatMap((part) => {
    at += byteLength(text.slice(index, part.index));
    const start = at;
    const received = text.slice(part.index, part.index + part.length);
    index = part.index + part.length;
    at += byteLength(received);
    if (part.findings === undefined) return [proved(start, at - start, part.text)];
    return withExact(toBytes(received), part.findings).map((finding) => ({ ...finding, at: finding.at + start }));
  });
}

const proved = (at: number, length: number, text: string): Finding => ({
  at,
  length,
  class: 'proved',
  rule: 'reread',
  text,
  prior: 1,
});

/** The stretches between the broken places of a part, each read right. */
function withExact(bytes: Uint8Array, findings: readonly Finding[]): Finding[] {
  let at = 0;
  const upTo = (end: number): Finding[] => {
    const exact = codePageBytes('gb18030', fromBytes(bytes.subarray(at, end)));
    return end > at && exact ? [proved(at, end - at, fromBytes(exact))] : [];
  };
  const found = findings.flatMap((finding) => {
    const before = upTo(finding.at);
    at = finding.at + finding.length;
    return [...before, finding];
  });
  return [...found, ...upTo(bytes.length)];
}

function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : (code & 0xf800) === 0xd800 ? 2 : 3;
  }
  return bytes;
}

const latinRun =
  /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{3,4096}/g;

/** Runs of windows-1252 in which sequences of three bytes give East Asian text or its punctuation. */
function latinParts(text: string): Part[] {
  return [...text.matchAll(latinRun)].flatMap(({ 0: run, index }) =>
    sequences(run).map((part) => ({ ...part, index: part.index + index })),
  );
}

const eastAsian = /[\u2010-\u2044\u2190-\u21ff\u25a0-\u27bf\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uff5e]/u;

/** Maximal stretches of well-formed UTF-8 with at least one long sequence that means something. */
function sequences(run: string): Part[] {
  const bytes = Uint8Array.from([...run].map((char) => windows1252Byte(char.charCodeAt(0)) ?? 0));
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = at;
    let long = false;
    for (let size = characterLength(bytes, end); end < bytes.length && size > 1; size = characterLength(bytes, end)) {
      long ||= size > 2;
      end += size;
    }
    const text = long ? fromBytes(bytes.subarray(at, end)) : '';
    if (eastAsian.test(text)) parts.push({ index: at, length: end - at, text });
    at = Math.max(end, at + 1);
  }
  return parts;
}

const wideRun = /[^\0-\x7f]{4,4096}/g;

/** Runs of rare Han that are everyday text once the bytes behind them are read as UTF-8. */
function pageParts(text: string): Part[] {
  return [...text.matchAll(wideRun)].flatMap(({ 0: run, index }) => {
    const { common, rare, replaced } = profileOf(run);
    if (rare < 3 || common > (rare + replaced) * 1.5) return [];
    const seen = reread(run, 'gb18030');
    if (seen === undefined || seen.long < 2 || seen.common < seen.whole * 0.8) return [];
    if (seen.broken > 1 + seen.whole / 8) return [];
    return [{ index, length: run.length, text: '', findings: seen.findings }];
  });
}
