import type { Finding } from './finding.ts';
import type { Mojibake } from './mojibake.ts';
import type { Profile } from './text-profile.ts';
import { toBytes } from './utf8.ts';

/** The bytes of two U+FFFD, and of one with what follows it, read as GBK. */
const twice = /(?:锟斤拷|锟斤|斤拷|锟)+/g;
/** So many before a page is believed to hold them for another reason than to speak of them. */
const fewest = 3;

/**
 * GBK that was read as UTF-8: what is left is U+FFFD, or 锟斤拷 where that was read as GBK once more. Nothing of it can be
 * brought back; each run is one gap. A text that speaks of garbled characters (乱码) is left alone.
 */
export function replacedTwice(text: string, profile: Profile): Mojibake | undefined {
  const runs = text.includes('锟斤拷') && !/乱码|亂碼/.test(text) ? (text.match(twice)?.length ?? 0) : 0;
  if (runs >= fewest || (runs > 0 && /(?:锟斤拷){3}/.test(text)))
    return lost(text, runsOf(text, profile), 'gbk-replaced-twice');
  // Where most is gone, the letters between are halves of characters too.
  if (profile.replaced >= 8 && profile.replaced > profile.common * 2) return lost(text, /[^\0-\x7f]+/g, 'gbk-replaced');
  return undefined;
}

/** In a page of nothing else, all between ASCII is hurt; in a sound page only the runs themselves. */
const runsOf = (text: string, { common }: Profile): RegExp =>
  (text.match(/[锟斤拷]/g)?.length ?? 0) * 2 > common ? /[^\0-\x7f]*[锟斤拷\ufffd][^\0-\x7f]*/g : twice;

function lost(text: string, pattern: RegExp, mechanism: 'gbk-replaced' | 'gbk-replaced-twice'): Mojibake {
  let [index, at] = [0, 0];
  const findings = [...text.matchAll(pattern)].map((match): Finding => {
    at += toBytes(text.slice(index, match.index)).length;
    const length = toBytes(match[0]).length;
    const finding = { at, length, class: 'lost', rule: mechanism, prior: 1 } as const;
    index = match.index + match[0].length;
    at += length;
    return finding;
  });
  const [first] = findings;
  const evidence = `${findings.length} × U+FFFD`;
  return {
    steps: ['utf-8'],
    mechanism,
    sink: 'replace',
    confidence: 1,
    findings,
    alarms: first === undefined ? [] : [{ kind: 'replacement-characters', at: first.at, evidence, readings: [] }],
  };
}
