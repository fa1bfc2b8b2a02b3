import { crawlText, simulate } from '../src/index.ts';
import type { Injection, SimulateOptions } from '../src/index.ts';
import { encodeGbk, isAssigned, isLead } from '../src/cp936.ts';
import { dropInvalid, fromBytes, toBytes } from '../src/utf8.ts';

/** How a case was hurt: `how.json` beside its `source.html`. */
export interface How extends SimulateOptions {
  /** Another way than the round trip: read as Latin-1 and written as UTF-8; written as GBK; a strict GBK filter. */
  readonly as?: 'latin1' | 'gbk' | 'strict';
  /** Nothing but the injection: the page itself stays sound. */
  readonly only?: 'inject';
  /** Read by a text collector afterwards. */
  readonly crawl?: boolean;
  /** For known failures: why. */
  readonly why?: string;
}

/** The bytes of a case as they would be received. */
export function hurt(source: string, how: How): Uint8Array {
  const bytes = toBytes(source);
  if (how.as === 'latin1') return toBytes(new TextDecoder('windows-1252').decode(bytes));
  if (how.as === 'gbk') return encodeGbk(source);
  if (how.as === 'strict') return dropInvalid(strict(bytes));
  if (how.only === 'inject') return injectOnly(source, how.inject ?? []);
  if (!how.crawl && Object.keys(how).length === 0) return bytes;
  const { nfkc, crawl, ...options } = how;
  const damaged = simulate(bytes, crawl ? options : { ...options, ...(nfkc ? { nfkc } : {}) });
  return crawl ? toBytes(crawlText(fromBytes(damaged), nfkc ? { nfkc } : {})) : damaged;
}

function injectOnly(source: string, injections: readonly Injection[]): Uint8Array {
  const parts: number[] = [];
  let rest = source;
  for (const { was, keyword } of injections) {
    const [before = '', after = ''] = rest.split(was);
    parts.push(...toBytes(before), ...encodeGbk(keyword));
    rest = after;
  }
  return Uint8Array.from([...parts, ...toBytes(rest)]);
}

/** A lead byte whose pair is not assigned goes alone. */
function strict(bytes: Uint8Array): Uint8Array {
  const kept: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (!isLead(byte)) kept.push(byte);
    else if (isAssigned(byte, bytes[at + 1] ?? 0)) kept.push(byte, bytes[++at] ?? 0);
  }
  return Uint8Array.from(kept);
}
