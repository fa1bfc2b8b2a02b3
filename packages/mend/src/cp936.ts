/**
 * The CP936 ("GBK") code page as PHP's mbstring knows it: two-byte codes, lead 81..FE, trail 40..7E or 80..FE.
 * The table comes from the runtime's own gb18030 decoder; a GB18030 decoder assigns more than CP936 did, and puts
 * the user-defined pairs in the private use area.
 */

const decoder = new TextDecoder('gb18030');

/** GB18030 put characters on these pairs; in CP936 they were empty. */
function addedLater(lead: number, trail: number): boolean {
  if (lead === 0xa2) return trail === 0xe3;
  // The decoders of browsers read this user-defined pair as a space.
  if (lead === 0xa3) return trail === 0xa0;
  if (lead === 0xa8) return trail === 0xbf || trail === 0xbc;
  if (lead === 0xa6) return (trail >= 0xd9 && trail <= 0xdf) || (trail >= 0xec && trail <= 0xed) || trail === 0xf3;
  if (lead === 0xa9) return trail >= 0x89 && trail <= 0x95;
  return lead === 0xfe && trail >= 0x50;
}

function buildTable(): Uint16Array {
  const table = new Uint16Array(65536);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      table[(lead << 8) | trail] = decoder.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
    }
  }
  return table;
}

const table = buildTable();

const isPrivate = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;

/** A pair that CP936 gives a character of its own, user-defined pairs left out. */
export function isAssigned(lead: number, trail: number): boolean {
  const code = table[(lead << 8) | trail] ?? 0;
  return code !== 0 && code !== 0xfffd && !isPrivate(code) && !addedLater(lead, trail);
}

/** Whether a byte can begin a pair. 80 (the euro sign) and FF stand alone. */
export const isLead = (byte: number): boolean => byte >= 0x81 && byte <= 0xfe;

/** Whether a byte can end a pair. */
export const isTrail = (byte: number): boolean => byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;

let reverse: Map<number, number> | undefined;

function reverseTable(): Map<number, number> {
  if (reverse) return reverse;
  reverse = new Map();
  for (let pair = 0x8140; pair <= 0xfefe; pair++) {
    const code = table[pair] ?? 0;
    if (code !== 0 && code !== 0xfffd && !reverse.has(code)) reverse.set(code, pair);
  }
  return reverse;
}

/** GBK bytes of a text. Throws RangeError for a character the code page does not have. */
export function encodeGbk(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? code : code === 0x20ac ? 0x80 : reverseTable().get(code);
    if (pair === undefined) throw new RangeError(`encodeGbk: no GBK code for ${char}`);
    if (pair > 0xff) bytes.push(pair >> 8);
    bytes.push(pair & 0xff);
  }
  return Uint8Array.from(bytes);
}
