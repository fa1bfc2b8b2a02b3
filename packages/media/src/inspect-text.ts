import type { FileParts } from './file-parts.ts';

export type TextCharset = 'utf-8' | 'gb18030';

/** Bytes that plain text does not have: control characters other than tab, line ends, form feed. */
const control = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** The encoding in which a whole file reads as plain text; undefined where none does. */
export async function textCharset(parts: FileParts): Promise<TextCharset | undefined> {
  for (const charset of ['utf-8', 'gb18030'] as const) if (await readsAs(parts, charset)) return charset;
  return undefined;
}

async function readsAs(parts: FileParts, charset: TextCharset): Promise<boolean> {
  const decoder = new TextDecoder(charset, { fatal: true });
  try {
    for await (const chunk of parts.chunks()) if (control.test(decoder.decode(chunk, { stream: true }))) return false;
    return !control.test(decoder.decode());
  } catch {
    return false;
  }
}

const markup =
  /<(?:!doctype|!--|\?xml|\?php|html|head|body|script|iframe|object|embed|svg|math|meta|link|style|title|base|img|a\s|p>|div|table|form)/i;

/** Whether the beginning looks like mark-up to a browser that would guess (WHATWG MIME Sniffing 7.1, and some more). */
export function looksLikeMarkup(head: Buffer): boolean {
  return markup.test(head.subarray(0, 4096).toString('latin1').replaceAll('\0', ''));
}
