import { bytesOf, commonCharacters } from './codecs.ts';
import { windows1252Byte } from './latin1.ts';

/** What a text is made of, in UTF-16 units above 7F. */
export interface Profile {
  /** Everyday Chinese characters and marks. */
  readonly common: number;
  /** Those of them that are bytes of windows-1252 too: quotes, dashes, dots. */
  readonly marks: number;
  /** Characters of windows-1252 above 7F that are not Chinese punctuation too. */
  readonly latin: number;
  readonly replaced: number;
  /** All others: rare Han, private use, other scripts. */
  readonly rare: number;
  /** `latin`, `replaced` and `rare` together: 0 in nearly every honest page. */
  readonly foreign: number;
}

export function profileOf(text: string): Profile {
  const flags = commonCharacters();
  let [common, marks, latin, replaced, rare] = [0, 0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (flags[code] === 1) {
      common++;
      if (code < 0x2123) marks++;
    } else if (code === 0xfffd) replaced++;
    else if (code < 0x2123 && windows1252Byte(code) !== undefined) latin++;
    else rare++;
  }
  return { common, marks, latin, replaced, rare, foreign: latin + replaced + rare };
}

/** At least two Chinese characters, and hardly anything but everyday ones. */
export function isEveryday(text: string): boolean {
  const { common, foreign } = profileOf(text);
  return common >= 2 && foreign * 8 <= common;
}

/** So many Han are looked at, and so large a share of them is not in GB 2312, in a Traditional text. */
const sampledHan = 3000;
const traditionalShare = 0.08;

/** Whether a text is written in Traditional characters. */
export function isTraditional(text: string): boolean {
  let [han, outside] = [0, 0];
  for (let i = 0; i < text.length && han < sampledHan; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x4e00 || code > 0x9fa5) continue;
    han++;
    const [lead = 0, trail = 0] = bytesOf('gb18030', code) ?? [];
    if (lead < 0xb0 || trail < 0xa1) outside++;
  }
  return outside > han * traditionalShare;
}
