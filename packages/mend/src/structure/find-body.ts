import type { ElementNode } from '@chengmen/html';
import { furnitureOf } from './furniture-of.ts';
import { letterAbove, letterBody } from './letter-body.ts';
import { aboutLine, attachmentLine, bylineOf, endLine, sharedLabel } from './labels.ts';
import type { PageLine, PageView } from './page-lines.ts';

export interface FoundBody {
  /** Markup of the body, cut out of the page. */
  readonly html: string;
  /** Where it stands in the page, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Characters of its lines. */
  readonly letters: number;
  /** Words that stand after it in the same element, behind a line that ends a body. */
  readonly left: number;
}

/** Lines right after the title that only tell about the page: labels, type size, hits. */
const mostAbout = 12;
const fewestWords = 10;
/** The part of the words that the element holding the body must hold. */
const share = 0.85;

/** The body: what stands between the line about the page and the page's lower furniture. */
export function findBody(html: string, view: PageView, after: PageLine | undefined): FoundBody | undefined {
  const letter = letterBody(html, view);
  if (letter) return letter;
  const furniture = furnitureOf(view, after);
  const lines = contentLines(html, view, after, furniture);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return undefined;
  if (view.form === 'lines') return bodyOfLines(html, lines, first, last);
  const found = bodyOfTree(html, view, lines, after, furniture);
  const above = letterAbove(html, view, found.start);
  return above ? { ...found, html: above.html + found.html, start: above.start } : found;
}

const isHeldBy = (line: PageLine, elements: ReadonlySet<ElementNode>): boolean =>
  line.holders.some((holder) => elements.has(holder));

function contentLines(
  html: string,
  { lines }: PageView,
  after: PageLine | undefined,
  furniture: ReadonlySet<ElementNode>,
): PageLine[] {
  const from = after ? afterAbout(lines, lines.indexOf(after) + 1) : 0;
  const stretches = betweenEnds(
    html,
    lines.slice(from).filter((line) => !isHeldBy(line, furniture)),
  );
  // Without a line to start from the body is where most words stand together.
  const most = stretches.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
  const first = stretches.find((stretch) => weightOf(stretch) >= fewestWords);
  if (after === undefined || first === undefined) return most ?? [];
  return weightOf(first) < fewestOfBody && weightOf(most ?? []) >= certainlyBody ? (most ?? []) : first;
}

/** So few words before so many others are not the body, whatever stands between them. */
const fewestOfBody = 45;
const certainlyBody = 300;

/** The index after the labels, type size and buttons that follow a title. */
function afterAbout(lines: readonly PageLine[], from: number): number {
  let begin = from;
  for (let index = from; index < Math.min(lines.length, from + mostAbout); index++) {
    const line = lines[index];
    if (line && isOnlyAbout(line)) {
      // Behind other words it is a fact of the text.
      if (begin < index && sharedLabel.test(line.text)) break;
      begin = index + 1;
    } else if (line && (lineWeight(line) >= fewestWords || /[：:。；]$/.test(line.text))) break;
  }
  return begin;
}

function betweenEnds(html: string, lines: readonly PageLine[]): PageLine[][] {
  const stretches: PageLine[][] = [[]];
  for (const [i, line] of lines.entries()) {
    if (isBelowRule(html, lines, i)) stretches.push([line]);
    else if (isEnd(line) && !isAmong(lines[i - 1], line, lines[i + 1])) stretches.push([]);
    else stretches.at(-1)?.push(line);
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

/** The last few lines of a page, below a rule: who publishes it. */
function isBelowRule(html: string, lines: readonly PageLine[], i: number): boolean {
  const [before, line] = [lines[i - 1], lines[i]];
  if (before === undefined || line === undefined || lines.length - i > mostBelowRule) return false;
  return /<hr\b/i.test(html.slice(before.end, line.start)) && lines.slice(i).every(({ text }) => text.length <= 60);
}

const mostBelowRule = 3;

/** A sentence that begins like furniture but stands between two others in the same element is one of them. */
function isAmong(before: PageLine | undefined, line: PageLine, next: PageLine | undefined): boolean {
  if (!/^[^【[].*[。；]$/.test(line.text)) return false;
  return [before, next].every(
    (other) =>
      other !== undefined &&
      lineWeight(other) >= fewestWords &&
      !isEnd(other) &&
      other.holders.length > 1 &&
      other.holders.at(-1)?.name === line.holders.at(-1)?.name &&
      other.holders.at(-2) === line.holders.at(-2),
  );
}

/** So many lines of links at the end of a body are a list of other pages. */
const fewestListed = 3;

/** Without the list of other pages that follows the words in the same element, and the heading of that list. */
function withoutList(lines: readonly PageLine[]): PageLine[] {
  let end = lines.length;
  while (end > 0 && isLink(lines[end - 1])) end--;
  if (lines.length - end < fewestListed) return [...lines];
  const heading = lines[end - 1];
  return lines.slice(
    0,
    heading && heading.text.length <= mostHeading && !/[。；：]$/.test(heading.text) ? end - 1 : end,
  );
}

const mostHeading = 12;
const isLink = (line: PageLine | undefined): boolean =>
  line !== undefined && line.linked * 2 >= line.text.length && !attachmentLine.test(line.text);

/** Words that are not links; many links weigh against a line. */
export const lineWeight = ({ text, linked }: PageLine): number => Math.max(0, text.length - 2 * linked);
const lettersOf = (lines: readonly PageLine[]): number => lines.reduce((sum, { text }) => sum + text.length, 0);
const weightOf = (lines: readonly PageLine[]): number => lines.reduce((sum, line) => sum + lineWeight(line), 0);

/** Whether a line only tells about the page. */
export const isOnlyAbout = ({ text }: PageLine): boolean =>
  bareDate.test(text) || bylineOf.test(text) || (text.length <= 120 && aboutLine.test(text) && !/[。；]$/.test(text));
/** A date alone, as `<time>` shows it, in brackets or hurt. */
const bareDate = /^(?=.*(?:\d.*){3})[?\d\s:：/.\-年月日时分()（）[\]【】\ufdd0]{6,40}$/;
const isEnd = ({ text, linked }: PageLine): boolean =>
  (text.length <= 200 && endLine.test(text)) || (linked > 0 && linked + 4 >= text.length && /^[上下]一/.test(text));

function bodyOfLines(html: string, lines: readonly PageLine[], first: PageLine, last: PageLine): FoundBody {
  return {
    html: lines.map(({ start, end }) => `<p>${html.slice(start, end)}</p>`).join(''),
    start: first.start,
    end: last.end,
    letters: lettersOf(lines),
    left: 0,
  };
}

/** The innermost element that holds nearly all the words, without what stands in it before the body or after. */
function bodyOfTree(
  html: string,
  view: PageView,
  lines: readonly PageLine[],
  after: PageLine | undefined,
  furniture: ReadonlySet<ElementNode>,
): FoundBody {
  const weights = new Map<ElementNode, number>();
  let most = 0;
  for (const line of lines) {
    const weight = lineWeight(line);
    most += weight;
    for (const holder of line.holders) weights.set(holder, (weights.get(holder) ?? 0) + weight);
  }
  const found = innermost(weights, most * share) ?? view.root;
  const holder = paragraphs.has(found.name) ? aroundOf(lines, found) : found;
  const inside = lines.filter(({ start, end }) => start >= holder.start && end <= holder.end);
  const menu = after ? 0 : inside.findIndex((line) => !isLink(line));
  const held = withoutList(inside.slice(menu));
  const [first, last] = [held[0], held.at(-1)];
  const start = Math.max(
    (menu > 0 ? first?.start : holder.children[0]?.start) ?? holder.start,
    after && after.start < (first?.start ?? 0) ? lastAbout(view, after, first) : 0,
  );
  const next = last && view.lines[view.lines.indexOf(last) + 1];
  const end = next && next.start < holder.end ? next.start : holder.end;
  const left = weightOf(
    view.lines.filter((line) => line.start >= end && line.end <= holder.end && holder !== view.root),
  );
  const [above, below] = tablesBeside(lines, holder);
  const from = Math.min(start, greetingBefore(lines, first)?.start ?? start, above?.start ?? start);
  const to = Math.max(end, signatureAfter(lines, last)?.end ?? end, below?.end ?? end);
  return { html: cut(html, from, to, furniture), start: from, end: to, letters: lettersOf(held), left };
}

/** The tables of data right before and right behind the element that holds the words: it is theirs. */
function tablesBeside(lines: readonly PageLine[], holder: ElementNode): (ElementNode | undefined)[] {
  const around = lines.find(({ holders }) => holders.includes(holder))?.holders ?? [];
  const siblings = (around[around.indexOf(holder) - 1]?.children ?? []).filter((node) => node.kind === 'element');
  const at = siblings.indexOf(holder);
  return [siblings[at - 1], siblings[at + 1]].map((node) =>
    at >= 0 && node?.name === 'table' && isData(lines, node) ? node : undefined,
  );
}

/** Whether a table that stands in the article's stretch has rows of several cells, and hardly a link. */
function isData(lines: readonly PageLine[], table: ElementNode): boolean {
  const cells = lines.filter(({ holders }) => holders.includes(table));
  const rows = new Set(cells.map(({ holders }) => holders.findLast(({ name }) => name === 'tr')));
  return rows.size >= 2 && cells.length >= 2 * rows.size && !cells.some(isLink);
}

/** A line right before the body that addresses somebody, in an element of its own. */
function greetingBefore(lines: readonly PageLine[], first: PageLine | undefined): PageLine | undefined {
  const before = first && lines[lines.indexOf(first) - 1];
  return before && before.linked === 0 && before.text.length <= 80 && /^.{2,}[：:]$/.test(before.text)
    ? before
    : undefined;
}

/** Who signed and when, right behind the body, in an element of its own. */
function signatureAfter(lines: readonly PageLine[], last: PageLine | undefined): PageLine | undefined {
  if (last === undefined) return undefined;
  const behind = lines.slice(lines.indexOf(last) + 1, lines.indexOf(last) + 1 + mostSigned);
  const at = behind.findIndex(({ text }) => signedOn.test(text));
  const signers = behind.slice(0, at);
  return at > 0 && signers.every(({ text, linked }) => linked === 0 && text.length <= 40 && !/[：:，。；]/.test(text))
    ? behind[at]
    : undefined;
}

/** The line with the date, and as many offices before it as sign together. */
const mostSigned = 4;
const signedOn =
  /^(?:\d{4}|[一二三四五六七八九〇○零]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$/;

/** One paragraph may hold nearly all the words: the body is what it stands in. */
const paragraphs = new Set(['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'li']);

function aroundOf(lines: readonly PageLine[], paragraph: ElementNode): ElementNode {
  const holders = lines.find((line) => line.holders.includes(paragraph))?.holders ?? [];
  return holders[holders.indexOf(paragraph) - 1] ?? paragraph;
}

/** A stretch of the page without the furniture that stands in it. */
function cut(html: string, start: number, end: number, furniture: ReadonlySet<ElementNode>): string {
  const pieces: string[] = [];
  let at = start;
  for (const node of furniture) {
    if (node.start < at || node.end > end) continue;
    pieces.push(html.slice(at, node.start));
    at = node.end;
  }
  return pieces.join('') + html.slice(at, end);
}

/** Where the furniture between the title and the first line of the body ends. */
function lastAbout({ lines }: PageView, after: PageLine, first: PageLine | undefined): number {
  const before = first && lines[lines.indexOf(first) - 1];
  return before?.end ?? after.end;
}

function innermost(weights: ReadonlyMap<ElementNode, number>, least: number): ElementNode | undefined {
  let found: ElementNode | undefined;
  for (const [element, weight] of weights) {
    if (weight >= least && weight > 0 && (!found || element.start > found.start)) found = element;
  }
  return found;
}
