import { assemble } from './assemble.ts';
import type { LoosePlace } from './assemble.ts';
import { declaredEncoding } from './declared.ts';
import type { Finding } from './finding.ts';
import { decide } from './decide.ts';
import { scanText } from './scan-text.ts';
import type { Encoding, MendInput, MendResult } from './types.ts';
import { gapSign } from './types.ts';
import { fromBytes, toHex } from './utf8.ts';

/**
 * Restores a damaged page: identifies how it was hurt, undoes what can be undone exactly, marks the rest as gaps with
 * candidates. Honest text comes back byte for byte. Never throws for any bytes; linear in their number.
 * Throws `decisions-invalid` when a decision given with the input fits no gap.
 */
export function mend(input: MendInput): MendResult {
  const result = mendBytes(input);
  return input.decisions && input.decisions.length > 0 ? decide(result, input.decisions) : result;
}

function mendBytes(input: MendInput): MendResult {
  const text = fromBytes(input.bytes);
  const nfkc = text.normalize('NFKC') === text;
  const scan = scanText(text, nfkc);
  const hurt = scan.debris > 0 && scan.contradictions * 4 <= scan.debris;
  const encoding: Encoding = {
    declared: declaredEncoding(input.bytes),
    used: 'utf-8',
    steps: ['utf-8'],
    mechanism: hurt ? 'cp936-round-trip' : 'none',
    sink: hurt ? 'drop' : 'bytes',
    nfkc: hurt && nfkc,
    confidence: 1,
  };
  const places = hurt ? scan.findings.map((finding) => placeOf(finding, input.bytes)) : [];
  return assemble({ name: input.name, bytes: input.bytes, encoding, places, alarms: [] });
}

function placeOf(finding: Finding, bytes: Uint8Array): LoosePlace {
  const open = finding.asReceived ?? gapSign + (finding.tail ?? '');
  return {
    at: finding.at,
    length: finding.length,
    before: toHex(bytes.subarray(finding.at, finding.at + finding.length)),
    after: finding.class === 'proved' ? (finding.text ?? '') : open,
    class: finding.class,
    rule: finding.rule,
    candidates: finding.candidates ?? (finding.text === undefined ? [] : [{ text: finding.text, probability: 1 }]),
    open,
  };
}
