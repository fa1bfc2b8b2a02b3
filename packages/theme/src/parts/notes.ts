import { escapeText, noteStart } from '@chengmen/html';
import { type Words } from '../words.ts';

/**
 * A clean body with its footnotes made visible: a number where each stood, and the notes in order below the text, each
 * leading back. `name` tells the notes of several texts on one page apart. Without a footnote the body stays as it is.
 */
export function withNotes(t: Words, body: string, name: string): string {
  const notes: string[] = [];
  let out = '';
  let from = 0;
  for (let at = body.indexOf(noteStart); at >= 0; at = body.indexOf(noteStart, from)) {
    const end = endOfSpan(body, at + noteStart.length);
    notes.push(body.slice(at + noteStart.length, end));
    out += body.slice(from, at) + sign(t, name, notes.length);
    from = end + '</span>'.length;
  }
  return notes.length === 0 ? body : out + body.slice(from) + listOf(t, name, notes);
}

/** Where the span that was entered ends: gaps are spans too. */
function endOfSpan(body: string, from: number): number {
  const tag = /<(\/?)span\b/g;
  tag.lastIndex = from;
  let depth = 1;
  for (let found = tag.exec(body); found; found = tag.exec(body)) {
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return found.index;
  }
  throw new Error('a footnote of a clean body does not end');
}

const sign = (t: Words, name: string, number: number): string =>
  `<sup class="note-sign"><a href="#${name}-${number}" id="${name}-${number}-sign" aria-label="${escapeText(t('注释{n}', { n: number }))}">[${number}]</a></sup>`;

function listOf(t: Words, name: string, notes: readonly string[]): string {
  const items = notes.map(
    (note, index) =>
      `<li id="${name}-${index + 1}">${note} <a href="#${name}-${index + 1}-sign" aria-label="${t('回到正文')}">↩</a></li>`,
  );
  return `<section class="notes" aria-label="${t('注释')}"><ol>${items.join('')}</ol></section>`;
}
