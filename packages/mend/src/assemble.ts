import { sha256 } from '@chengmen/model';
import type { Alarm, Encoding, MendResult, Place, Step } from './types.ts';
import { gapSign } from './types.ts';
import { toBytes } from './utf8.ts';
import { codePageBytes, decodeCodePage } from './codecs.ts';
import { pageText } from './page-text.ts';
import { latin1Bytes } from './latin1.ts';

const decoders = new Map<Step, InstanceType<typeof TextDecoder>>();

function decoderOf(step: Step): InstanceType<typeof TextDecoder> {
  const decoder = decoders.get(step) ?? new TextDecoder(step, { ignoreBOM: true });
  decoders.set(step, decoder);
  return decoder;
}

/** Decodes an untouched stretch by the steps of an encoding, in order. */
export function decodeStretch(bytes: Uint8Array, steps: readonly Step[]): string {
  let current = bytes;
  let text = '';
  for (const step of steps) {
    if (step === 'latin1-bytes') current = latin1Bytes(text) ?? toBytes(text);
    else if (step === 'gb18030-bytes') current = codePageBytes('gb18030', text) ?? toBytes(text);
    else if (step === 'big5-bytes') current = codePageBytes('big5', text) ?? toBytes(text);
    else text = step === 'big5' ? decodeCodePage('big5', current) : decoderOf(step).decode(current);
  }
  return text;
}

/** A place before its offset in the result is known. */
export type LoosePlace = Omit<Place, 'out'>;

export interface Parts {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  readonly places: readonly LoosePlace[];
  readonly alarms: readonly Alarm[];
}

/** Puts the pieces together: untouched stretches decoded, each place's `after` between them. */
export function assemble(parts: Parts): MendResult {
  const { html, plan } = interleave(parts.bytes, parts.encoding.steps, parts.places);
  const gaps = plan.some((place) => place.after.includes(gapSign));
  return {
    input: { name: parts.name, bytes: parts.bytes.length, sha256: sha256(parts.bytes) },
    encoding: parts.encoding,
    verdict: gaps ? 'gaps' : plan.length > 0 || parts.encoding.steps.length > 1 ? 'mended' : 'clean',
    html,
    text: pageText(html),
    plan,
    alarms: parts.alarms,
  };
}

interface Laid {
  readonly html: string;
  readonly plan: readonly Place[];
}

function interleave(bytes: Uint8Array, steps: readonly Step[], places: readonly LoosePlace[]): Laid {
  const pieces: string[] = [];
  const plan: Place[] = [];
  let at = 0;
  let out = 0;
  const put = (piece: string): void => {
    pieces.push(piece);
    out += codePoints(piece);
  };
  for (const place of places) {
    put(decodeStretch(bytes.subarray(at, place.at), steps));
    plan.push({ ...place, out });
    put(place.after);
    at = place.at + place.length;
  }
  put(decodeStretch(bytes.subarray(at), steps));
  return { html: pieces.join(''), plan };
}

function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}

/**
 * The text of a result again, from nothing but the received bytes, the steps of the encoding and the plan.
 * Throws RangeError when the bytes are not the ones the plan speaks of.
 */
export function replay(result: MendResult, bytes: Uint8Array): string {
  if (sha256(bytes) !== result.input.sha256) throw new RangeError('replay: these are not the bytes of this result');
  return interleave(bytes, result.encoding.steps, result.plan).html;
}

/** The same result with other places, its offsets and texts made anew. The places keep their order and extent. */
export function rearrange(result: MendResult, places: readonly LoosePlace[]): MendResult {
  const pieces = split(result);
  let html = '';
  let out = 0;
  const plan = places.map((place, i) => {
    const stretch = pieces[i] ?? '';
    html += stretch + place.after;
    const start = out + codePoints(stretch);
    out = start + codePoints(place.after);
    return { ...place, out: start };
  });
  html += pieces.at(-1) ?? '';
  const gaps = plan.some((place) => place.after.includes(gapSign));
  return {
    ...result,
    verdict: gaps ? 'gaps' : result.verdict === 'clean' ? 'clean' : 'mended',
    html,
    text: pageText(html),
    plan,
  };
}

/** The untouched stretches of `html`, one more than there are places. */
export function split(result: MendResult): string[] {
  const pieces: string[] = [];
  let unit = 0;
  let point = 0;
  const skip = (points: number): number => {
    for (let left = points; left > 0; left--) unit += (result.html.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    point += points;
    return unit;
  };
  for (const place of result.plan) {
    const start = unit;
    pieces.push(result.html.slice(start, skip(place.out - point)));
    skip(codePoints(place.after));
  }
  pieces.push(result.html.slice(unit));
  return pieces;
}
