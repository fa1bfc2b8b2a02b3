import { declaredEncoding } from './declared.ts';
import { latin1Bytes } from './latin1.ts';
import { diagnoseBytes, diagnoseText } from './round-trip.ts';
import type { Diagnosis } from './round-trip.ts';
import { characterLength, fromBytes, isContinuation } from './utf8.ts';

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
  if (shape.invalid === 0) {
    const text = fromBytes(bytes);
    if (!isLatin1Reading(text)) return diagnoseText(text, honest);
    const steps = ['utf-8', 'latin1-bytes', 'utf-8'] as const;
    return { encoding: { ...honest, steps, mechanism: 'utf-8-read-as-latin1' }, findings: [], alarms: [] };
  }
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

/** Text whose characters are all bytes of windows-1252, and whose bytes are UTF-8 of East Asian writing. */
function isLatin1Reading(text: string): boolean {
  if (!/[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u2122]/.test(text) || /[\u2e80-\u9fff]/.test(text)) return false;
  const bytes = latin1Bytes(text);
  if (bytes === undefined || measure(bytes).invalid > 0) return false;
  const read = fromBytes(bytes);
  return /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff5e]|[\uac00-\ud7a3]{2}/.test(read);
}
