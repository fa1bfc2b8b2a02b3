import type { Mark, Run } from './body.ts';

/** Blank space of any width, as it stands at the ends of paragraphs. */
const blankAtStart = /^[\s\u3000\u00a0\u2000-\u200a]+/;
const blank = /[\s\u3000\u00a0\u2000-\u200a]/;
const endsSentence = /[。！？：；…!?”’）】》〗]$/;
/** Old editors begin a paragraph after `<br />` with wide spaces; a collector's NFKC makes ordinary ones of them. */
const beginsIndented = /^(?:[\t\n\r ]*[\u3000\u00a0]| {2,}\S)/;

/**
 * Paragraphs that were only parted by `<br>`, each by itself: parted where a sentence ends, where the next line is indented,
 * and at blank lines. Other breaks (an address, verses) stay.
 */
export function splitParagraphs(runs: readonly Run[]): Run[][] {
  const paragraphs: Run[][] = [];
  let before = '';
  for (const segment of segments(runs)) {
    const text = textOfRuns(segment);
    const last = paragraphs.at(-1);
    if (isBlank(segment)) {
      before = '';
      continue;
    }
    const apart = before === '' || endsSentence.test(before) || beginsIndented.test(text);
    if (last && !apart) last.push({ kind: 'break' }, ...segment);
    else paragraphs.push([...segment]);
    before = trimBlank(text);
  }
  return paragraphs.map(tidyRuns);
}

/** One line: white space as a browser shows it, none at its ends or round breaks, no empty runs, equal neighbours joined. */
export function tidyRuns(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const segment of segments(runs)) {
    const tidied = tidySegment(segment);
    if (tidied.length === 0) continue;
    if (out.length > 0) out.push({ kind: 'break' });
    out.push(...tidied);
  }
  return out;
}

function tidySegment(runs: readonly Run[]): Run[] {
  const kept = trimEnd(trimStart(runs));
  const out: Run[] = [];
  let afterSpace = false;
  for (const run of kept) {
    if (run.kind !== 'text') {
      out.push(run);
      afterSpace = false;
      continue;
    }
    const collapsed = run.text.replace(/[\t\n\f\r ]+/g, ' ');
    const text: string = afterSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
    if (text === '') continue;
    afterSpace = text.endsWith(' ');
    join(out, { ...run, text });
  }
  // Only now: pieces that are in NFC each need not be so when joined.
  return out.map((run) => (run.kind === 'text' ? { ...run, text: run.text.normalize('NFC') } : run));
}

function join(out: Run[], run: Extract<Run, { kind: 'text' }>): void {
  const last = out.at(-1);
  if (last?.kind === 'text' && sameMarks(last.marks, run.marks))
    out[out.length - 1] = { ...last, text: last.text + run.text };
  else out.push(run);
}

const trimStart = (runs: readonly Run[]): Run[] => trim(runs, (text) => text.replace(blankAtStart, ''), 0);

function trimEnd(runs: readonly Run[]): Run[] {
  return trim(runs.toReversed(), trimTail, 0).reverse();
}

/** By hand, because `/[…]+$/` takes the square of a long inner stretch of spaces. */
function trimTail(text: string): string {
  let end = text.length;
  while (end > 0 && blank.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

function trim(runs: readonly Run[], cut: (text: string) => string, from: number): Run[] {
  for (let index = from; index < runs.length; index++) {
    const run = runs[index];
    if (run?.kind !== 'text') return runs.slice(index);
    const text = cut(run.text);
    if (text !== '') return [{ ...run, text }, ...runs.slice(index + 1)];
  }
  return [];
}

function segments(runs: readonly Run[]): Run[][] {
  const parts: Run[][] = [[]];
  for (const run of runs) {
    if (run.kind === 'break') parts.push([]);
    else parts.at(-1)?.push(run);
  }
  return parts;
}

const trimBlank = (text: string): string => trimTail(text.replace(blankAtStart, ''));

/** Nothing a reader would see. */
export function isBlank(runs: readonly Run[]): boolean {
  return runs.every((run) => run.kind === 'break' || (run.kind === 'text' && trimBlank(run.text) === ''));
}

/** The characters of a line; a gap and a picture count as one that is not blank. */
export function textOfRuns(runs: readonly Run[]): string {
  return runs.map((run) => (run.kind === 'text' ? run.text : run.kind === 'break' ? '\n' : '\ufffc')).join('');
}

export function sameMarks(some: readonly Mark[], others: readonly Mark[]): boolean {
  return some.length === others.length && some.every((mark, index) => sameMark(mark, others[index]));
}

export function sameMark(mark: Mark, other: Mark | undefined): boolean {
  return mark.name === other?.name && mark.href === other.href;
}
