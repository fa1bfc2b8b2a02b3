const inline = 'a abbr address area b base bdo big blockquote button caption center cite code col colgroup del';
const names = `${inline} dd details dfn div dl dt em embed fieldset figcaption figure font footer form frame frameset
 h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map marquee meta nav noscript
 object ol optgroup option p param pre q s script section select small span strike strong style sub summary sup table
 tbody td textarea tfoot th thead time title tr tt u ul var video article aside body br`;
const pattern = names
  .trim()
  .split(/\s+/)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** Office's `o:p` and `v:shape`, and elements of a page's own: a name with a colon or a hyphen. */
const foreignName = '[a-z][a-z0-9]{0,15}(?:[:-][a-z][a-z0-9]{0,15}){1,3}';

// The bounds keep a hostile page from making every place scan to the end.
const closing = new RegExp(`/(?:${pattern}|${foreignName})\\s{0,8}>`, 'iy');
const opening = new RegExp(`(?:${pattern}|${foreignName})(?:\\s[^<>]{0,800})?/?>`, 'iy');
const comment = /!--|!doctype\s/iy;
const entity = /(?:nbsp|gt|lt|amp|quot|middot|ldquo|rdquo|mdash|hellip|emsp|ensp|copy|#\d{2,5}|#x[0-9a-f]{2,5});/iy;

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Length of the rest of a tag that stands at an offset without its `<` (`/a>`, `br />`, `span id="x">`), or 0. */
export function tagRemainder(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 0x2f) return matchLength(closing, text, at);
  if (first === 0x21) return matchLength(comment, text, at);
  return isLetter(first) ? matchLength(opening, text, at) : 0;
}

/** Length of the rest of a character reference that stands without its `&` (`nbsp;`), or 0. */
export function entityRemainder(text: string, at: number): number {
  return matchLength(entity, text, at);
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
