/**
 * Pairs of neighbouring characters as words of a full-text index: 城门市 is 城门 门市. A phrase of such words is found where
 * the characters stand side by side, and nowhere else.
 */

/** The tokenizer keeps everything beyond ASCII as it is; ASCII moves where it does no harm. */
function letterOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? String.fromCharCode(0xe000 + code) : character;
}

/** Stands between lines, so that no phrase reaches over: it is no pair, and no character of a page gives it. */
const between = '\ue0ff';

/** The words of folded lines, with spaces between. */
export function gramText(lines: Iterable<string>): string {
  let text = '';
  for (const line of lines) {
    let before = '';
    for (const character of line) {
      const letter = letterOf(character);
      if (before !== '') text += `${before}${letter} `;
      before = letter;
    }
    text += `${between} `;
  }
  return text;
}

/** The phrase that finds some folded text of two characters or more. */
export function gramPhrase(text: string): string {
  const letters = [...text].map(letterOf);
  return `"${letters
    .slice(1)
    .map((letter, at) => `${letters[at] ?? ''}${letter}`)
    .join(' ')}"`;
}

/** Any text as one word, for marks that must be equal as a whole. */
export function markOf(name: string, value: string): string {
  return `${name}${Buffer.from(value).toString('hex')}`;
}
