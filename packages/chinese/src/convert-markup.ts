import type { Converter } from './converter.ts';

/** An element whose author said that it is not to be translated. No element of its own name may stand in it. */
const untouched = /<([a-z][a-z0-9]*)\b[^<>]*\stranslate="no"[^<>]*>[\s\S]*?<\/\1\s*>/g;

/**
 * HTML or XML, as our templates print it (attributes in double quotes), with its Chinese in Traditional forms: texts,
 * and attributes people read. Elements with `translate="no"` stay untouched.
 */
export function convertMarkup(markup: string, convert: Converter): string {
  let out = '';
  let from = 0;
  for (const found of markup.matchAll(untouched)) {
    out += convertPieces(markup.slice(from, found.index), convert) + found[0];
    from = found.index + found[0].length;
  }
  return out + convertPieces(markup.slice(from), convert);
}

/** Attributes people read or hear. Others are names by which parts of a page find one another. */
const readAttributes = /(\s(?:title|alt|aria-label|aria-description|placeholder|label|abbr|content)=)"([^"]*)"/g;

/** Text by text, since what stands on every page is then converted once. */
function convertPieces(markup: string, convert: Converter): string {
  return markup.replace(/<[^<>]*>|[^<>]+/g, (piece) =>
    piece.startsWith('<')
      ? piece.replace(readAttributes, (_all, name: string, value: string) => `${name}"${convert(value)}"`)
      : convert(piece),
  );
}
