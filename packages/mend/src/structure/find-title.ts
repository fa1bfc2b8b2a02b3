import { aboutLine, crumbSeparator, crumbStart } from './labels.ts';
import { gapMark } from './marked-page.ts';
import { matchingLengths } from '../matching-lengths.ts';
import { all, squeeze, textOfNode, type PageLine, type PageView } from './page-lines.ts';

export interface FoundTitle {
  /** With `gapMark` where something is missing. */
  readonly text: string;
  readonly line?: PageLine;
}

const metaNames = ['articletitle', 'og:title'];
const longest = 120;
/** How many lines above the line about the page its title may stand. */
const reach = 4;

/** The title: the line that stands where titles stand, checked against what the head says. */
export function findTitle(
  view: PageView,
  about: PageLine | undefined,
  siteNames: readonly string[],
): FoundTitle | undefined {
  const headline = (text: string): string => withoutSite(text, siteNames);
  const inHead = [...metaNames.map((name) => view.meta[name] ?? ''), headline(view.titleTag)].filter(isTitle);
  const first = headings(view);
  const lines = [...first, ...linesAbove(view.lines, about), ...sayingThat(view.lines, inHead)].filter(
    ({ text }) => isTitle(text) && !siteNames.includes(text),
  );
  const agreed = lines.filter(({ text }) => inHead.some((other) => agree(text, other)));
  const line = wholest(agreed.filter((one) => !first.some((other) => isPartOf(one, other)))) ?? lines[0];
  const head = wholest(inHead.map((text) => ({ text })));
  if (line === undefined) return about || !saysSite(view, head) ? head : undefined;
  const joined = joinedWith(view.lines, line, inHead);
  if (joined) return joined;
  // The same words twice on a page are seldom hurt alike: take the wholer copy.
  const whole = head && agree(line.text, head.text) && gaps(head.text) < gaps(line.text) ? head.text : line.text;
  return { text: whole, line };
}

/** A heading within the text may say the end of a title that names all its parts. */
const isPartOf = (part: PageLine, whole: PageLine): boolean =>
  part.start > whole.start && 1.5 * part.text.length < whole.text.length && agree(part.text, whole.text);

/** Lines that say what the head says; without a line about the page they show where its title stands. */
function sayingThat(lines: readonly PageLine[], inHead: readonly string[]): PageLine[] {
  return lines.filter(
    (line) => line.text.length >= 6 && standsAlone(line) && inHead.some((other) => agree(line.text, other)),
  );
}

/** A title set in two lines, where the head says both as one. */
function joinedWith(lines: readonly PageLine[], line: PageLine, inHead: readonly string[]): FoundTitle | undefined {
  const at = lines.findIndex(({ start }) => start === line.start);
  const [before, after] = [lines[at - 1], lines[at + 1]];
  for (const [first, second] of [
    [before, line],
    [line, after],
  ]) {
    if (!first || !second) continue;
    const whole = inHead.find((text) => bare(text) === bare(first.text + second.text));
    if (whole !== undefined) return { text: whole, line: { ...second, start: first.start } };
  }
  return undefined;
}

/** Every page of some sites has the site's name for its title. */
function saysSite({ lines }: PageView, head: FoundTitle | undefined): boolean {
  return (
    head !== undefined && head.text.length <= 8 && !lines.some(({ text, linked }) => linked === 0 && text === head.text)
  );
}

/** For a page without labels: the heading its body begins with, or the short line before it, or what its head says. */
export function titleBeside(
  view: PageView,
  body: { readonly start: number },
  siteNames: readonly string[],
): FoundTitle | undefined {
  const fits = (line: PageLine): boolean =>
    line.text.length <= 60 && isTitle(line.text) && standsAlone(line) && !siteNames.includes(line.text);
  const first = view.lines.findIndex(({ start }) => start >= body.start);
  const above = view.lines
    .slice(Math.max(0, first - reach), first)
    .reverse()
    .find(fits);
  const inside = view.lines.slice(first, first + 1).find((line) => fits(line) && !/[。；，：]$/.test(line.text));
  const head = withoutSite(view.titleTag, siteNames);
  const line = above ?? inside;
  return line ? { text: line.text, line } : isTitle(head) ? { text: head } : undefined;
}

function headings(view: PageView): PageLine[] {
  return all(view.root, 'h1').flatMap((node) => {
    const text = squeeze(textOfNode(node));
    const line = view.lines[firstFrom(view.lines, node.start)];
    return line && line.end <= node.end && line.linked < text.length ? [{ ...line, text }] : [];
  });
}

/** The index of the first line that begins there or later. */
function firstFrom(lines: readonly PageLine[], start: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function linesAbove(lines: readonly PageLine[], about: PageLine | undefined): PageLine[] {
  const index = about ? lines.indexOf(about) : -1;
  return index < 0
    ? []
    : lines
        .slice(Math.max(0, index - reach), index)
        .reverse()
        .filter(standsAlone);
}

/** Not a menu, a breadcrumb, a label. */
function standsAlone({ text, linked }: PageLine): boolean {
  return (
    linked < text.length / 2 && !crumbStart.test(text) && text.split(crumbSeparator).length < 3 && !aboutLine.test(text)
  );
}

const isTitle = (text: string): boolean => text.length >= 2 && text.length <= longest && /\p{L}/u.test(text);
const gaps = (text: string): number => text.split(gapMark).length - 1;

function wholest<T extends { readonly text: string }>(found: readonly T[]): T | undefined {
  return found.toSorted((a, b) => gaps(a.text) - gaps(b.text))[0];
}

/** One is the other or begins or ends with it; a gap may stand for a character and the sign after it. */
export function agree(some: string, other: string): boolean {
  const [a, b] = [bare(some), bare(other)];
  const [short, long] = gaps(a) > 0 || a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4) return short === long;
  const [pattern, whole] = [[...short], [...long]];
  return beginsWith(pattern, whole) || beginsWith(pattern.reverse(), whole.reverse());
}

const titleGap = { sign: gapMark, least: 0, most: 2 };
const beginsWith = (pattern: readonly string[], whole: readonly string[]): boolean =>
  matchingLengths(pattern, whole, titleGap).includes(1);

const bare = (text: string): string => text.replace(/\s+/g, '');

/** `标题_栏目_某某市人民政府` without what comes after the title. */
function withoutSite(title: string, siteNames: readonly string[]): string {
  const parts = title
    .split(/\s*[_|｜]\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*/)
    .filter((part) => part !== '' && !siteNames.includes(part));
  return parts[0] ?? '';
}
