import { plainSpaces } from './set-apart.ts';

/** The three sizes of letters that a page offers, in any markup and between any brackets; at least one of them is left. */
const sizes =
  /(?:^|[^\p{Script=Han}〓])([大〓])([^\p{Script=Han}〓]{0,9})([中〓])([^\p{Script=Han}〓]{0,9})([小〓])(?![\p{Script=Han}〓])/u;
const label = /(?:字[体号〓]|〓号)[^\p{Script=Han}〓]{0,4}$/u;

/** Enough of the source for three links with their attributes. */
export const sizesReach = 400;

/** Which of the sizes stands in a gap, where it stands among the others. */
export function sizeFilling(before: string, after: string): string | undefined {
  const left = visible(before);
  const text = `${left}〓${visible(after)}`;
  const from = Math.max(0, left.length - 30);
  const match = sizes.exec(text.slice(from, left.length + 30));
  if (match === null) return undefined;
  const [whole, large = '', gap = '', medium = '', other = '', small = ''] = match;
  const known = [large, medium, small].filter((size) => size !== '〓').length;
  const first = from + match.index + whole.length - `${large}${gap}${medium}${other}${small}`.length;
  const isLabelled = label.test(text.slice(Math.max(0, first - 8), first));
  if (known + (isLabelled ? 1 : 0) < 2) return undefined;
  const places = [first, first + 1 + gap.length, first + 2 + gap.length + other.length];
  return ['大', '中', '小'][places.indexOf(left.length)];
}

const visible = (html: string): string =>
  plainSpaces(
    html
      .replace(/^[^<>]*>/, '')
      .replace(/<[^<>]*$/, '')
      .replace(/<[^<>]*>/g, ''),
  );
