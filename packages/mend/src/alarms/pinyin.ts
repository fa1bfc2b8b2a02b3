import { encodeGbk } from '../cp936.ts';

/** GB 2312 sorts its first level by pinyin: where each initial letter begins (big-endian code). */
const initials: readonly (readonly [number, string])[] = [
  [0xb0a1, 'a'],
  [0xb0c5, 'b'],
  [0xb2c1, 'c'],
  [0xb4ee, 'd'],
  [0xb6ea, 'e'],
  [0xb7a2, 'f'],
  [0xb8c1, 'g'],
  [0xb9fe, 'h'],
  [0xbbf7, 'j'],
  [0xbfa6, 'k'],
  [0xc0ac, 'l'],
  [0xc2e8, 'm'],
  [0xc4c3, 'n'],
  [0xc5b6, 'o'],
  [0xc5be, 'p'],
  [0xc6da, 'q'],
  [0xc8bb, 'r'],
  [0xc8f6, 's'],
  [0xcbfa, 't'],
  [0xcdda, 'w'],
  [0xcef4, 'x'],
  [0xd1b9, 'y'],
  [0xd4d1, 'z'],
];
const lastOfLevel1 = 0xd7f9;
/** Common characters read with another initial than the one they are sorted under. */
const alsoRead: Readonly<Record<string, string>> = {
  乐: 'y',
  行: 'h',
  重: 'z',
  长: 'z',
  会: 'k',
  车: 'j',
  仇: 'q',
  单: 's',
};

const syllable =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|a|o|e|i|u|v)|ang|eng|ai|ei|ao|ou|an|en|er|a|o|e)$/;

function initialOf(char: string): string | undefined {
  const [high = 0, low = 0] = encodeGbk(char);
  const code = high * 256 + low;
  if (code > lastOfLevel1) return undefined;
  return initials.findLast(([from]) => from <= code)?.[1];
}

/**
 * Where in a name of Han (at most ten) a part of 2 … 5 characters begins that the Latin letters spell in pinyin, one
 * syllable for each character with its initial; −1 when there is none.
 */
export function pinyinFits(name: string, latin: string): number {
  if (!/^[a-z]{3,24}$/.test(latin)) return -1;
  const wanted = [...name.slice(-10)].map((char) => ({ char, initial: initialOf(char) }));
  const offset = Math.max(0, name.length - 10);
  for (let start = 0; start + 2 <= wanted.length; start++) {
    for (let count = 2; count <= 5 && start + count <= wanted.length; count++) {
      if (spells(latin, wanted.slice(start, start + count))) return offset + start;
    }
  }
  return -1;
}

interface Wanted {
  readonly char: string;
  readonly initial: string | undefined;
}

/** The ends that the first characters can reach, character by character. */
function spells(latin: string, name: readonly Wanted[]): boolean {
  let ends = new Set([0]);
  for (const { char, initial } of name) {
    const next = new Set<number>();
    for (const from of ends) {
      if (initial !== undefined && latin[from] !== initial && latin[from] !== alsoRead[char]) continue;
      for (let to = from + 1; to <= from + 6 && to <= latin.length; to++)
        if (syllable.test(latin.slice(from, to))) next.add(to);
    }
    ends = next;
  }
  return ends.has(latin.length);
}
