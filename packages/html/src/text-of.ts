import { linkAddress, pictureAddress } from './address.ts';
import { bodyOf } from './body-of.ts';
import type { Run } from './body.ts';
import { linesOf } from './lines-of.ts';

/** The words of a body: a line for each paragraph, heading, item and cell; gaps as `〓`; footnotes in brackets; pictures as nothing. */
export function textOf(html: string): string {
  return bodyOf(html, { link: linkAddress, picture: pictureAddress })
    .flatMap(linesOf)
    .map(textOfLine)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Footnotes stand in brackets behind what they explain. */
function textOfLine(runs: readonly Run[]): string {
  let [text, inNote] = ['', false];
  for (const run of runs) {
    const isNote = run.kind !== 'break' && run.marks.some(({ name }) => name === 'note');
    if (isNote !== inNote) text += isNote ? '（' : '）';
    inNote = isNote;
    text += run.kind === 'text' ? run.text : run.kind === 'gap' ? '〓' : run.kind === 'break' ? '\n' : '';
  }
  return inNote ? `${text}）` : text;
}

/**
 * The beginning of a body in at most `length` characters, on one line: up to the end of a sentence where one ends in the
 * second half, else cut and closed with `…`.
 */
export function excerpt(html: string, length: number): string {
  const characters = [...textOf(html).replace(/\s+/g, ' ').trim()];
  if (characters.length <= length) return characters.join('');
  const cut = characters.slice(0, length);
  const end = cut.findLastIndex((character) => '。！？；'.includes(character)) + 1;
  return end > length / 2 ? cut.slice(0, end).join('') : `${cut.slice(0, Math.max(0, length - 1)).join('')}…`;
}
