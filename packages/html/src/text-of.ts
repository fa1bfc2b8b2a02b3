import { linkAddress, pictureAddress } from './address.ts';
import { bodyOf } from './body-of.ts';
import type { Block, Run } from './body.ts';
import { linesOf } from './lines-of.ts';
import { plainBody } from './plain-body.ts';

/** The words of a body: a line for each paragraph, heading, item and cell; gaps as `〓`; footnotes in brackets; pictures as nothing. */
export function textOf(html: string): string {
  const plain = plainBody(html);
  if (plain === undefined) return textOfBlocks(bodyOf(html, { link: linkAddress, picture: pictureAddress }));
  // Nothing but paragraphs and headings, with nothing to be unescaped between their tags.
  return plain
    .split(/<[^>]+>/)
    .filter((line) => line !== '')
    .join('\n');
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
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
  const text = textOf(html).replace(/\s+/g, ' ').trim();
  // Two units a character at most: enough to see whether there are more than `length`.
  const characters = [...text.slice(0, 2 * (length + 1))];
  if (characters.length <= length) return characters.join('');
  const cut = characters.slice(0, length);
  const end = cut.findLastIndex((character) => '。！？；'.includes(character)) + 1;
  return end > length / 2 ? cut.slice(0, end).join('') : `${cut.slice(0, Math.max(0, length - 1)).join('')}…`;
}
