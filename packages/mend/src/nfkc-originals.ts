import { isMinusOne } from './simulate.ts';

/**
 * Characters a Chinese page writes before a tag besides unified ideographs: the punctuation of CJK and of Latin
 * typography, the full-width forms but for letters and digits. Enclosed numbers and compatibility ideographs are left out: they would make rivals
 * that no page shows (`⑩<` beside `：<`).
 */
function* alphabet(): Generator<number> {
  for (let code = 0x2010; code <= 0x203b; code++) yield code;
  for (let code = 0x3001; code <= 0x301f; code++) yield code;
  for (let code = 0xff01; code <= 0xff5e; code++) if (!isLetterOrDigit(code)) yield code;
}

const isLetterOrDigit = (code: number): boolean => /[0-9A-Za-z]/.test(String.fromCharCode(code - 0xfee0));

let byImage: Map<string, string[]> | undefined;

function images(): Map<string, string[]> {
  if (byImage) return byImage;
  byImage = new Map();
  for (const code of alphabet()) {
    if ((code & 0x3f) === 0) continue;
    const image = String.fromCodePoint(code - 1).normalize('NFKC');
    byImage.set(image, [...(byImage.get(image) ?? []), String.fromCodePoint(code)]);
  }
  return byImage;
}

/** Unified ideographs, which NFKC leaves alone. */
const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || (code >= 0x20000 && code < 0x2f800);

/** The characters that, one less in the last byte and after NFKC, are the one seen. */
export function originalsBeforeNfkc(seen: string): readonly string[] {
  const code = seen.codePointAt(0) ?? 0;
  const next = (code & 0x3f) === 0x3f ? [] : [String.fromCodePoint(code + 1)];
  if (isHan(code)) return next;
  // Signs that pages use now and then (`·`, `●`): what is seen is what the filter left. U+009F is left of a fixed space.
  return /[A-Za-z]/.test(seen) ? [] : (images().get(seen) ?? (code > 0xa0 || code === 0x9f ? next : []));
}

/** Signs of one character that NFKC spells out: units, numbers in circles and brackets, Roman and wide ones. */
const speltOut = '㎎㎏㎜㎝㎞㎡㎥㏄℃№②③④⑤⑥⑦⑧⑨⑩２３４５６７８９ⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈡㈢㈣㈤㈥㈦㈧㈨㈩⑵⑶⑷⑸⑹⑺⑻⑼⑽';
/** No spelling is longer. */
export const longestSpelt = 4;

/** ASCII characters as NFKC has them, and the signs that they are left of; empty where there are none. */
export interface Spelt {
  readonly image: string;
  readonly originals: readonly string[];
}

let bySpelling: Map<string, string[]> | undefined;

function spellings(): Map<string, string[]> {
  if (bySpelling) return bySpelling;
  bySpelling = new Map();
  for (const char of speltOut) {
    const code = char.codePointAt(0) ?? 0;
    if ((code & 0x3f) === 0 || !isMinusOne(0x80 | (code & 0x3f), 0x3c)) continue;
    const image = String.fromCodePoint(code - 1).normalize('NFKC');
    if (/^[\x21-\x7e]+$/.test(image)) bySpelling.set(image, [...(bySpelling.get(image) ?? []), char]);
  }
  return bySpelling;
}

/** The signs that, one less in the last byte and after NFKC, are the last of these characters: the longest spelling. */
export function speltOriginals(before: string): Spelt {
  for (let size = Math.min(longestSpelt, before.length); size > 0; size--) {
    const image = before.slice(-size);
    const originals = spellings().get(image);
    if (originals !== undefined) return { image, originals };
  }
  return { image: '', originals: [] };
}
