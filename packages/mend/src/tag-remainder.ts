/** Elements of HTML, old and new, and those of SVG that stand in pages. */
const names = `a abbr acronym address animate area article aside audio b base bdi bdo bgsound big blink blockquote body br
 button canvas caption center circle cite clippath code col colgroup data datalist dd defs del desc details dfn dialog dir
 div dl dt ellipse em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup
 hr html i iframe image img input ins kbd label layer legend li line link listing main map mark marquee mask menu meta
 meter nav nobr noembed noframes noscript object ol optgroup option output p param path pattern picture plaintext polygon
 polyline pre progress q rect rp rt ruby s samp script search section select slot small source span stop strike strong style
 sub summary sup svg symbol table tbody td template text textarea tfoot th thead time title tr track tspan tt u ul use var
 video wbr xmp`;
const pattern = names
  .trim()
  .split(/\s+/)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** Office's `o:p` and `v:shape`, and elements of a page's own: a name with a colon or a hyphen. */
const foreignName = '[a-z][a-z0-9]{0,15}(?:[:-][a-z][a-z0-9]{0,15}){1,3}';

// The bounds keep a hostile page from making every place scan to the end.
const closing = new RegExp(`/(?:${pattern}|${foreignName})\\s{0,8}>`, 'iy');
const alone = 'nowrap|disabled|checked|selected|hidden|async|defer|noshade|readonly|required|multiple|controls|loop';
/** Words follow a name in prose and source code too: the first attribute must be one. */
const attributes = `\\s{1,40}(?:[a-z_@:][\\w:.-]{0,30}\\s{0,4}=(?!=)|(?:${alone})\\b)[^<>]{0,800}`;
const anyClosing = /\/[a-z][a-z0-9:_-]{0,30}\s{0,8}>/iy;
const opening = new RegExp(`(?:${pattern}|${foreignName})(?:${attributes}|\\s{0,8})/?>`, 'iy');
const comment = /!--|!doctype\s|!\[(?:endif|if\s|cdata\[)|\?xml[:\s]/iy;
const entity = /(?:nbsp|gt|lt|amp|quot|middot|ldquo|rdquo|mdash|hellip|emsp|ensp|copy|#\d{2,5}|#x[0-9a-f]{2,5});/iy;

/** Whether what stands behind a `<` is a tag; the words of a comment are text. */
export function beginsTag(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (first === 0x21) return isLetter(text.charCodeAt(at + 1));
  return first === 0x2f || isLetter(first);
}

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Length of the rest of a tag that stands at an offset without its `<` (`/a>`, `br />`, `span id="x">`), or 0. */
export function tagRemainder(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 0x2f) return matchLength(closing, text, at);
  if (first === 0x21 || first === 0x3f) return matchLength(comment, text, at);
  return isLetter(first) ? matchLength(opening, text, at) : 0;
}

/** As `tagRemainder` for the end tag of any element: for places where a sign was certainly swallowed. */
export const endTagRemainder = (text: string, at: number): number => matchLength(anyClosing, text, at);

/** Length of the rest of a character reference that stands without its `&` (`nbsp;`), or 0. */
export function entityRemainder(text: string, at: number): number {
  return matchLength(entity, text, at);
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
