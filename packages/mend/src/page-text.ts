/** Elements whose content is not read. */
const unseen = new Set(['script', 'style', 'head']);
/** Elements that begin and end a line. */
const blocks = new Set('p div br h1 h2 h3 h4 h5 h6 li tr table ul ol section header footer title'.split(' '));
const references: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' };

/** The visible text of a page: what stands between tags, everyday character references resolved. One pass. */
export function pageText(html: string): string {
  const pieces: string[] = [];
  const unended = new Set<string>();
  let at = 0;
  while (at < html.length) {
    const open = nextTag(html, at);
    pieces.push(html.slice(at, open));
    if (open === html.length) break;
    const { end, name } = readTag(html, open);
    if (blocks.has(name)) pieces.push('\n');
    at = unseen.has(name) && html[open + 1] !== '/' ? afterElement(html, name, end, unended) : end;
  }
  return pieces
    .join('')
    .replace(/&(nbsp|lt|gt|quot|amp);/g, (_, name: string) => references[name] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function nextTag(html: string, from: number): number {
  for (let open = html.indexOf('<', from); open >= 0; open = html.indexOf('<', open + 1)) {
    if (/[a-z/!]/i.test(html[open + 1] ?? '')) return open;
  }
  return html.length;
}

function readTag(html: string, open: number): { end: number; name: string } {
  const comment = html.startsWith('<!--', open);
  const close = html.indexOf(comment ? '-->' : '>', open);
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 16))?.[1]?.toLowerCase() ?? '';
  return { end: close < 0 ? html.length : close + (comment ? 3 : 1), name };
}

/** Where an element that is not read ends; where it never closes, its start tag ends. */
function afterElement(html: string, name: string, from: number, unended: Set<string>): number {
  if (unended.has(name)) return from;
  const closing = new RegExp(`</${name}\\s{0,8}>`, 'gi');
  closing.lastIndex = from;
  if (closing.exec(html) !== null) return closing.lastIndex;
  unended.add(name);
  return from;
}
