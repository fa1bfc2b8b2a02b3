import type { ElementNode } from '@chengmen/html';
import type { FoundBody } from './find-body.ts';
import { answerPart, letterFact, letterPart } from './labels.ts';
import type { PageLine, PageView } from './page-lines.ts';

/** A page with more of them shows no letter. */
const mostParts = 40;

/** A letter and its answer, each beside its name in a table or a list: the body is both, without the facts between them. */
export function letterBody(html: string, { lines }: PageView): FoundBody | undefined {
  const named = lines.filter(({ text }) => letterPart.test(text));
  if (named.length > mostParts || !named.some(({ text }) => answerPart.test(text))) return undefined;
  const parts = named.flatMap((line) => besideOf(line) ?? []);
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || parts.length < 2) return undefined;
  const set = new Set(parts);
  const held = lines.filter(({ holders }) => holders.some((holder) => set.has(holder)));
  return {
    html: parts.map((part) => insideOf(html, part)).join(''),
    start: first.start,
    end: last.end,
    letters: held.reduce((sum, { text }) => sum + text.length, 0),
    left: 0,
  };
}

/**
 * The letter that an answer below its table belongs to: what stands beside “内容” where the same table says who wrote and when.
 * `before` is where the body that was found begins.
 */
export function letterAbove(
  html: string,
  { lines }: PageView,
  before: number,
): { readonly html: string; readonly start: number } | undefined {
  const named = lines.filter(({ text, end }) => end <= before && /^内\s*容\s*[:：]?$/.test(text));
  const [line] = named;
  const table = line?.holders.findLast(({ name }) => name === 'table');
  const part = line && besideOf(line);
  if (named.length !== 1 || table === undefined || part === undefined) return undefined;
  const isLetter = lines.some(({ text, holders }) => holders.includes(table) && letterFact.test(text));
  return isLetter ? { html: insideOf(html, part), start: part.start } : undefined;
}

/** The cell after the one that holds nothing but the name. */
function besideOf({ holders }: PageLine): ElementNode | undefined {
  const [cell, row] = [holders.at(-1), holders.at(-2)];
  if (cell === undefined || row === undefined || !names.has(cell.name)) return undefined;
  const elements = row.children.filter((child) => child.kind === 'element');
  const next = elements[elements.indexOf(cell) + 1];
  return next !== undefined && values.has(next.name) ? next : undefined;
}

const names = new Set(['th', 'td', 'dt']);
const values = new Set(['td', 'dd']);

function insideOf(html: string, { children }: ElementNode): string {
  const inside = html.slice(children[0]?.start ?? 0, children.at(-1)?.end ?? 0);
  return children.some((child) => child.kind === 'element' && child.name === 'p') ? inside : `<p>${inside}</p>`;
}
