import type { PageView } from './page-lines.ts';

const label = /(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?\s*[:：]?\s*[【[(（]?\s*(\d{1,9})(?!\d)/;

/** How often the page was read, as it says itself; a counter written by a script says nothing. */
export function findHits({ lines }: PageView): number | undefined {
  for (const { text } of lines) {
    const found = text.length <= 200 ? label.exec(text)?.[1] : undefined;
    if (found !== undefined) return Number(found);
  }
  return undefined;
}
