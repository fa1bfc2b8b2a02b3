import { scriptClass } from '@chengmen/chinese';

/** Signs that people type for one another. */
const likeness: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '「': '"',
  '」': '"',
  '‘': "'",
  '’': "'",
  '『': "'",
  '』': "'",
  '—': '-',
  '–': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '・': '·',
  '•': '·',
  '‧': '·',
  '〜': '~',
};

const dropped = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const privateUse = /\p{Co}/u;
/** The basic plane, each character folded once. */
const known: (string | undefined)[] = [];

/**
 * What a character is compared by: its compatibility form in lower case, one for all forms of the scripts. Empty for white
 * space and what cannot be seen. It hangs on the character alone, so the folded text of a part is a part of the folded text.
 */
export function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return foldAnew(character);
  return (known[code] ??= foldAnew(character));
}

function foldAnew(character: string): string {
  if (!character.isWellFormed() || privateUse.test(character)) return '\ufffd';
  return [...character.normalize('NFKC').toLowerCase()]
    .filter((one) => !dropped.test(one))
    .map((one) => likeness[one] ?? scriptClass(one))
    .join('');
}

/** Text as it is compared. */
export function fold(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

export interface FoldedPlaces {
  /** Code points of the folded text. */
  readonly letters: readonly string[];
  /** For each the place in the text, in UTF-16 units, of the character it came from. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Folded text that knows where it came from. */
export function foldPlaces(text: string): FoldedPlaces {
  const letters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const letter of foldCharacter(character)) {
      letters.push(letter);
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { letters, starts, ends };
}
