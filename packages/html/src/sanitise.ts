import { linkAddress, pictureAddress, type BodyAddresses } from './address.ts';
import { parseTree } from './parse-tree.ts';
import { plainBody } from './plain-body.ts';
import { printBody } from './print-body.ts';
import { readBody } from './read-body.ts';
import { newRemovals, type Removal } from './removals.ts';

export interface Sanitised {
  /** Clean semantic HTML: see README for all it can hold. */
  readonly html: string;
  readonly removed: readonly Removal[];
}

/**
 * Any markup as the clean body of an article. Everything that comes out was put there by name, so no script, handler,
 * style or foreign element can; the text of elements that are left out is kept, and what is taken away is told.
 * `addresses` says where links lead and pictures come from, when that is not what a body of this site may hold.
 * `sanitise(sanitise(x).html).html` is `sanitise(x).html`. Never throws; time grows with the length of the input.
 *
 * @example
 * sanitise('<div onclick="x()">　　正文<br>　　第二段</div>').html // '<p>正文</p><p>第二段</p>'
 */
export function sanitise(fragment: string, addresses: Partial<BodyAddresses> = {}): Sanitised {
  const plain = plainBody(fragment);
  if (plain !== undefined) return { html: plain, removed: [] };
  const removals = newRemovals();
  const { link = linkAddress, picture = pictureAddress } = addresses;
  const blocks = readBody(parseTree(fragment.toWellFormed()), removals, { link, picture });
  return { html: printBody(blocks), removed: removals.list() };
}

const blockTag =
  /(<\/?(?:p|h[2-4]|ul|ol|li|blockquote|table|thead|tbody|tr|t[dh]|caption|hr|figure|figcaption)(?: [^<>]*)?>)/;

/**
 * Whether a body is already as `sanitise` would leave it. White space between blocks, which no reader sees, is allowed:
 * people who write markup by hand put it there.
 */
export function isCleanBody(html: string): boolean {
  const { html: clean } = sanitise(html);
  return clean === html || clean === html.split(blockTag).map(trimLines).join('');
}

/** Without the white space that sets markup out in lines. */
function trimLines(piece: string): string {
  let [start, end] = [0, piece.length];
  while (start < end && ' \t\r\n'.includes(piece[start] ?? '')) start++;
  while (start < end && ' \t\r\n'.includes(piece[end - 1] ?? '')) end--;
  return piece.slice(start, end);
}
