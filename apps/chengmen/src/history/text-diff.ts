import { textOf } from '@chengmen/html';
import type { Entry } from '@chengmen/release';
import { structuredPatch } from 'diff';

/** Lines that differ, each with its sign; `…` parts places that are apart. */
export type TextDiff =
  | { readonly kind: 'lines'; readonly added: number; readonly removed: number; readonly lines: readonly string[] }
  /** The page was made again, from other sources or by another compressor, and came out the same. */
  | { readonly kind: 'same-bytes' }
  /** Other bytes, the same words: markup, order of attributes, the year at the foot. */
  | { readonly kind: 'same-words' }
  /** Not a text, or two texts with hardly a line in common. */
  | { readonly kind: 'none' };

/** Lines added and taken away beyond which two texts are simply two texts. */
const mostEdits = 2000;

/** Longest text that is compared. */
const longest = 2 * 1024 * 1024;

/** The words of a page, a line for each paragraph; undefined for what is no text. */
export function wordsOf(type: string, body: Uint8Array): string | undefined {
  const [name = ''] = type.split(';', 1);
  if (body.length > longest || !/^text\/|[/+](?:xml|json)$/.test(name.trim())) return undefined;
  const text = Buffer.from(body).toString('utf8');
  return name.trim() === 'text/html' ? textOf(text) : text;
}

/** How the words of a page changed, with a line before and after each place. */
export function textDiff(
  before: { readonly entry: Pick<Entry, 'type'>; readonly body: Uint8Array },
  after: { readonly entry: Pick<Entry, 'type'>; readonly body: Uint8Array },
): TextDiff {
  const [old, now] = [wordsOf(before.entry.type, before.body), wordsOf(after.entry.type, after.body)];
  if (old === undefined || now === undefined) return { kind: 'none' };
  if (old === now) return { kind: 'same-words' };
  const patch = structuredPatch('', '', closed(old), closed(now), '', '', { context: 1, maxEditLength: mostEdits });
  if (!patch) return { kind: 'none' };
  const lines = patch.hunks.flatMap((hunk, at) => (at === 0 ? hunk.lines : ['…', ...hunk.lines]));
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { kind: 'lines', added: count('+'), removed: count('-'), lines };
}

const closed = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
