/**
 * One block without markup inside: no space at its ends or twice in a row, nothing to escape, nothing invisible, no
 * picture sign, which a heading must not consist of.
 */
const block =
  /[ \t\r\n]*(<(p|h[2-4])>(?!\s)(?: ?[^<>&\u0000-\u0020\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffc])+(?<!\s)<\/\2>)/y;
const end = /[ \t\r\n]*$/y;
/** What a reader's NFC would fuse with the tag before it. */
const fusing = />\p{M}/u;

/**
 * A body of plain paragraphs and headings as the sanitiser leaves it, without reading it as a tree: most bodies are
 * that, and each is cleaned whenever its page is made. Undefined for any other.
 */
export function plainBody(html: string): string | undefined {
  if (last.html !== html) last = { html, plain: read(html) };
  return last.plain;
}

/** The body last asked for: a page is made of it, and described by its beginning. */
let last: { readonly html: string; readonly plain: string | undefined } = { html: '', plain: '' };

function read(html: string): string | undefined {
  if (!html.isWellFormed() || fusing.test(html) || html.normalize('NFC') !== html) return undefined;
  let body = '';
  let at = 0;
  for (;;) {
    block.lastIndex = at;
    const [whole, clean] = block.exec(html) ?? [];
    if (whole === undefined) break;
    body += clean;
    at += whole.length;
  }
  end.lastIndex = at;
  return end.test(html) ? body : undefined;
}
