import { codePageBytes, decodeCodePage } from './codecs.ts';
import type { CodePage } from './codecs.ts';
import type { Finding } from './finding.ts';
import { latin1Bytes } from './latin1.ts';
import { wronglyReadParts } from './mojibake-parts.ts';
import { reread } from './reread.ts';
import type { Reread } from './reread.ts';
import { replacedTwice } from './replaced-twice.ts';
import { isEveryday, profileOf } from './text-profile.ts';
import type { Profile } from './text-profile.ts';
import type { Alarm, Mechanism, Sink, Step } from './types.ts';
import { fromBytes } from './utf8.ts';

/** A text that was read in a wrong encoding on its way, and how it is read right. */
export interface Mojibake {
  /** From the received bytes on. */
  readonly steps: readonly Step[];
  readonly mechanism: Mechanism;
  readonly sink: Sink;
  /** 0 … 1. */
  readonly confidence: number;
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
}

/** At so many wrong readings one after the other the search ends. */
const mostLayers = 4;

/** Recognises wrong readings of a whole text, one after the other, and of parts of it. Undefined for anything else. */
export function mojibakeOf(text: string): Mojibake | undefined {
  const profile = profileOf(text);
  if (profile.foreign < 1) return undefined;
  const layers: Layer[] = [];
  for (let current = text; layers.length < mostLayers;) {
    const layer = layerOf(current, layers.length === 0 ? profile : profileOf(current));
    // What a second layer lost has no place in the received bytes.
    if (layer === undefined || (layers.length > 0 && layer.findings.length > 0)) break;
    layers.push(layer);
    if (layer.findings.length > 0) break;
    current = layer.text();
  }
  const [first] = layers;
  if (first === undefined) return replacedTwice(text, profile) ?? wronglyReadParts(text, profile);
  return {
    steps: ['utf-8', ...layers.flatMap(({ steps }) => steps)],
    mechanism: first.mechanism,
    sink: first.sink,
    confidence: first.confidence,
    findings: first.findings,
    alarms: [],
  };
}

interface Layer {
  readonly steps: readonly Step[];
  readonly mechanism: Mechanism;
  readonly sink: Sink;
  readonly confidence: number;
  readonly findings: readonly Finding[];
  readonly text: () => string;
}

function layerOf(text: string, profile: Profile): Layer | undefined {
  const { common, marks, latin, rare } = profile;
  if (latin > 0 && latin + marks >= 2 && latin + marks > rare * 20 && common - marks <= latin) return latin1Layer(text);
  if (rare + latin > common * 0.3 && rare > latin) return pagesLayer(text);
  return undefined;
}

function latin1Layer(text: string): Layer | undefined {
  const seen = reread(text, 'latin1');
  if (seen?.broken === 0) return isPlausible(seen, text) ? latin1Utf8(text, seen) : latin1Page(text);
  const page = seen !== undefined && seen.whole > seen.broken ? undefined : latin1Page(text);
  return page ?? (seen !== undefined && isChineseWithLosses(seen) ? latin1Utf8(text, seen) : undefined);
}

const latin1Utf8 = (text: string, seen: Reread): Layer =>
  layer(['latin1-bytes', 'utf-8'], 'utf-8-read-as-latin1', seen, () =>
    fromBytes(latin1Bytes(text) ?? new Uint8Array()),
  );

function latin1Page(text: string): Layer | undefined {
  const bytes = latin1Bytes(text);
  if (bytes === undefined) return undefined;
  const gbk = decodeExactly('gb18030', bytes);
  // In GB 2312 both bytes of a character are high; accents of a Western text stand beside letters.
  if (gbk !== undefined && pairsAreHigh(bytes) && isEveryday(gbk)) {
    return exactLayer(['latin1-bytes', 'gb18030'], 'gbk-read-as-latin1', gbk);
  }
  const big5 = decodeExactly('big5', bytes);
  if (big5 === undefined || !isEveryday(big5) || distinctCommon(big5) < 6) return undefined;
  return exactLayer(['latin1-bytes', 'big5'], 'big5-read-as-latin1', big5);
}

/** Three pairs at least, and hardly any that ends in an ASCII letter. */
function pairsAreHigh(bytes: Uint8Array): boolean {
  let [high, low] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) <= 0x80) continue;
    at++;
    if ((bytes[at] ?? 0) < 0x80) low++;
    else high++;
  }
  return high >= 3 && low * 8 <= high;
}

/** What comes out is of one writing, or one of the accented letters that hardly stand beside such signs otherwise. */
function isPlausible({ long, whole }: Reread, text: string): boolean {
  if (whole === 0) return false;
  if (long > 0 || whole >= 3) {
    const read = fromBytes(latin1Bytes(text) ?? new Uint8Array());
    // A name and a quotation mark (Brontë…”) can look like one syllable; alone and behind a letter it is none.
    if (whole === 1 && /[a-z][\p{Script=Han}\p{Script=Hangul}]/iu.test(read)) return false;
    return !/[\u1d00-\u1dbf\u0250-\u02af]/.test(read);
  }
  return /[ÂÃ][\u00a0-\u00bf]|[A-Z]Ã[^\s\w](?=[A-Z])|[ÄÅ][\u00a1-\u00bf](?=[a-z])/.test(text);
}

/** Most characters are whole or miss one byte, and the whole ones are Chinese. */
function isChineseWithLosses({ long, common, whole, almost, broken }: Reread): boolean {
  const all = whole + broken;
  return long >= 2 && common >= whole * 0.5 && whole >= all * 0.15 && whole + almost >= all * 0.65;
}

/** Han of which few are everyday ones: UTF-8 or another code page, read as GBK, GB18030 or Big5. */
function pagesLayer(text: string): Layer | undefined {
  for (const page of ['gb18030', 'big5'] as const) {
    const seen = reread(text, page);
    if (seen === undefined || !isEverydayReading(seen)) continue;
    const of = (): string => fromBytes(codePageBytes(page, text) ?? new Uint8Array());
    return layer([`${page}-bytes`, 'utf-8'], nameOf(page, text), seen, of);
  }
  for (const [from, to, mechanism] of [
    ['gb18030', 'big5', 'big5-read-as-gbk'],
    ['big5', 'gb18030', 'gbk-read-as-big5'],
  ] as const) {
    const bytes = codePageBytes(from, text);
    const exact = bytes && decodeExactly(to, bytes);
    if (exact !== undefined && isEveryday(exact) && distinctCommon(exact) >= 3 && hasHan(text))
      return exactLayer([`${from}-bytes`, to], mechanism, exact);
  }
  return undefined;
}

/** At least four characters, nearly all of them everyday ones; half of all runs lose their last byte. */
const isEverydayReading = ({ whole, broken, common, long }: Reread): boolean =>
  long >= 2 && broken <= whole && common >= whole * 0.6 && whole >= 2;

/** Only GB18030 has the private and four-byte codes. */
const nameOf = (page: CodePage, text: string): Mechanism =>
  page === 'big5' ? 'utf-8-read-as-big5' : /[\ue000-\uf8ff]/.test(text) ? 'utf-8-read-as-gb18030' : 'utf-8-read-as-gbk';

function layer(steps: readonly Step[], mechanism: Mechanism, seen: Reread, text: () => string): Layer {
  const confidence = Math.round((seen.whole / Math.max(1, seen.whole + seen.broken)) * 1000) / 1000;
  return { steps, mechanism, sink: seen.sink, confidence, findings: seen.findings, text };
}

const exactLayer = (steps: readonly Step[], mechanism: Mechanism, text: string): Layer => ({
  steps,
  mechanism,
  sink: 'bytes',
  confidence: 1,
  findings: [],
  text: () => text,
});

const distinctCommon = (text: string): number => new Set(text.match(/\p{Script=Han}/gu)).size;

/** Code pages put Han where others have kana, Greek and frames; a text of frames or of Cyrillic alone is none of them. */
const hasHan = (text: string): boolean =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 10 >= (text.match(/[^\0-\x7f]/g)?.length ?? 0) * 3;

function decodeExactly(page: CodePage, bytes: Uint8Array): string | undefined {
  const text = decodeCodePage(page, bytes);
  return text.includes('\ufffd') ? undefined : text;
}
