import { gapSign } from './types.ts';

/** Where a list cuts headlines short, the whole one stands in the link's title. */
const link = /<a\b[^<>]{0,300}?\btitle=(?:"([^"<>]{4,300})"|'([^'<>]{4,300})')[^<>]{0,200}>([^<>]{4,60})$/i;
/** A link that ends in the character before the cut is not told from one that ends in the cut. */
const ellipsis = '…';

export interface CutLink {
  readonly text: string;
  readonly probability: number;
}

/** What ends the text of a link before a gap, by its title: the rest of it where that is one character, else an ellipsis. */
export function cutLink(before: string): CutLink | undefined {
  const [, double, single, shown = ''] = link.exec(before) ?? [];
  const title = double ?? single;
  if (title === undefined) return undefined;
  const at = startIn(title, shown);
  if (at === undefined) return undefined;
  const rest = [...title.slice(at + shown.length)];
  const [next = ''] = rest;
  if (rest.length === 1 && next !== gapSign) return { text: next, probability: 0.98 };
  return rest.length > 1 && !/^[\s&〓]/.test(rest.join('')) ? { text: ellipsis, probability: 0.95 } : undefined;
}

/** Where a title has the words of its link, which may have gaps that the title has not. */
function startIn(title: string, shown: string): number | undefined {
  for (let at = 0; at + shown.length <= title.length; at++) {
    if ([...shown].every((char, i) => char === gapSign || char === title[at + i])) return at;
  }
  return undefined;
}
