import { isUtf8 } from 'node:buffer';
import { doubleByteCharset, knownCharset, utf16Charset } from './charset.ts';
import type { Charset } from './charset.ts';
import { declaredEncoding } from './declared.ts';
import { mixedFile, withoutParts } from './mixed-file.ts';
import type { MixedFile } from './mixed-file.ts';
import { mojibakeOf } from './mojibake.ts';
import { diagnoseBytes, diagnoseText } from './round-trip.ts';
import type { Diagnosis } from './round-trip.ts';
import type { Encoding, KnownEncoding } from './types.ts';
import { characterLength, fromBytes, isContinuation } from './utf8.ts';

/**
 * Tells the encoding and the mechanism from the bytes; the page's own label counts only where two encodings are equally good.
 * `known` is believed instead.
 */
export function diagnose(bytes: Uint8Array, known?: KnownEncoding): Diagnosis {
  const declared = declaredEncoding(bytes);
  const honest: Encoding = {
    declared,
    used: 'utf-8',
    steps: ['utf-8'],
    mechanism: 'none',
    sink: 'bytes',
    nfkc: false,
    confidence: 1,
  };
  if (known !== undefined && known !== 'utf-8')
    return charsetDiagnosis(bytes.length, honest, knownCharset(bytes, known));
  const valid = isUtf8(bytes);
  const wide = known !== undefined || (valid && !bytes.includes(0)) ? undefined : utf16Charset(bytes);
  if (wide) return charsetDiagnosis(bytes.length, honest, wide);
  if (valid) return diagnoseValid(fromBytes(bytes), honest);
  if (known !== undefined) return diagnoseBytes(bytes, honest);
  const mixed = mixedFile(bytes);
  if (mixed) return mixedDiagnosis(bytes, honest, mixed);
  const older = isUtf8Like(bytes) ? undefined : doubleByteCharset(bytes, declared);
  return older ? charsetDiagnosis(bytes.length, honest, older) : diagnoseBytes(bytes, honest);
}

function charsetDiagnosis(size: number, honest: Encoding, { used, findings }: Charset): Diagnosis {
  const [first] = findings;
  // A file that ends inside a character is honest as far as it goes.
  const mechanism = first === undefined || first.at >= size - 4 ? 'none' : 'unknown';
  return { encoding: { ...honest, used, steps: [used], mechanism }, findings, alarms: [] };
}

/** Names that were put into the rest of a mixed page are alarms of their own. */
function mixedDiagnosis(bytes: Uint8Array, honest: Encoding, { used, findings, alarms }: MixedFile): Diagnosis {
  const encoding: Encoding = { ...honest, used, steps: [used], mechanism: 'mixed-encodings' };
  const rest = withoutParts(bytes, findings);
  const names = used === 'utf-8' && !isUtf8(rest) ? diagnoseBytes(rest, honest) : { findings: [], alarms: [] };
  const byPlace = (a: { at: number }, b: { at: number }): number => a.at - b.at;
  return {
    encoding,
    findings: [...findings, ...names.findings].sort(byPlace),
    alarms: [...alarms, ...names.alarms].sort(byPlace),
  };
}

/** One gap or a few; more signs in a row are an ornament. */
const loneGap = /(?:^|[^〓])〓{1,3}(?!〓)/;

function diagnoseValid(text: string, honest: Encoding): Diagnosis {
  // This text has been mended before: what was left then is left now.
  if (loneGap.test(text)) return { encoding: honest, findings: [], alarms: [] };
  const mojibake = mojibakeOf(text);
  if (mojibake === undefined) return diagnoseText(text, honest);
  const { findings, alarms, ...read } = mojibake;
  return { encoding: { ...honest, ...read }, findings, alarms };
}

/** Most bytes above 7F stand in characters of three or four bytes or their stumps, or few are broken: damaged UTF-8. */
function isUtf8Like(bytes: Uint8Array): boolean {
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
  return long * 2 > high || invalid * 4 < high;
}

/** Two bytes of a three-byte character whose last one is lost count for UTF-8; any other stray byte stands alone. */
function stumpLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  return first >= 0xe2 && first <= 0xef && isContinuation(bytes[at + 1] ?? 0) ? 2 : 1;
}
