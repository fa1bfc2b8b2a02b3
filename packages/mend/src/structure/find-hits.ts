import type { PageView } from './page-lines.ts';

const label =
  /(?:浏览|点击|阅读|访问|人气|点阅)(?:次数|人次|量|数|率)?\s*[:：]?\s*[【[(（]?\s*(\d{1,3}(?:[,，]\d{3})+|\d{1,9}(?:\.\d{1,2}(?=\s*万))?)(?![\d,，.])\s*(万)?/;

/** How often the page was read, as it says itself; a counter written by a script says nothing. */
export function findHits({ lines }: PageView): number | undefined {
  for (const { text } of lines) {
    const [, digits, tenThousand] = (text.length <= 200 && label.exec(text)) || [];
    if (digits === undefined) continue;
    return Math.round(Number(digits.replace(/[,，]/g, '')) * (tenThousand === undefined ? 1 : 10_000));
  }
  return undefined;
}
