import * as opencc from 'opencc-js/cn2t';

/** Which standard of Traditional forms: `hk` 香港, `tw` 台灣 (裏/裡, 着/著). Words stay those of the mainland in both. */
export type Variant = 'hk' | 'tw';

/** A name that conversion by phrase would get wrong, or must not touch: 于谦 → 于謙, 谷歌 → 谷歌. */
export interface ProtectedName {
  readonly simplified: string;
  readonly traditional: string;
}

export interface ConverterOptions {
  readonly variant: Variant;
  /** The longest name that fits counts; where two begin at one place, the longer. */
  readonly names?: readonly ProtectedName[] | undefined;
}

/** Simplified text → Traditional text. Everything that is not Chinese stays as it is. */
export type Converter = (text: string) => string;

const bare = new Map<Variant, Converter>();

/** OpenCC's phrase tables for one standard; reading them takes a moment, so each is read once. */
function bareConverter(variant: Variant): Converter {
  const known = bare.get(variant) ?? opencc.Converter({ from: 'cn', to: variant });
  bare.set(variant, known);
  return known;
}

const ideograph = /\p{sc=Han}/u;

/**
 * A converter from Simplified to Traditional Chinese, by phrase (头发 → 頭髮, 发展 → 發展), with names kept out of it.
 *
 * @example
 * const convert = createConverter({ variant: 'hk', names: [{ simplified: '里仁村', traditional: '里仁村' }] });
 * convert('里仁村的头发店'); // '里仁村的頭髮店'
 */
export function createConverter({ variant, names = [] }: ConverterOptions): Converter {
  const convert = remembering(bareConverter(variant));
  const forms = new Map(names.map(({ simplified, traditional }) => [simplified, traditional]));
  forms.delete('');
  if (forms.size === 0) return convert;
  const longestFirst = [...forms.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  // With a group, split keeps what it split at: names stand at the odd places.
  const atNames = new RegExp(`(${longestFirst.map(literally).join('|')})`, 'u');
  return (text) =>
    text
      .split(atNames)
      .map((part, at) => (at % 2 === 1 ? (forms.get(part) ?? part) : convert(part)))
      .join('');
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Texts kept with their conversion: what stands on every page of a site is converted once. */
const textsKept = 4096;
/** Longer ones are seldom met twice. */
const longestKept = 120;

function remembering(convert: Converter): Converter {
  const kept = new Map<string, string>();
  return (text) => {
    if (!ideograph.test(text)) return text;
    if (text.length > longestKept) return convert(text);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = convert(text);
    if (kept.size >= textsKept) kept.clear();
    kept.set(text, made);
    return made;
  };
}
