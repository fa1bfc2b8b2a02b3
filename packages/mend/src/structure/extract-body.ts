import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { textOf } from '@chengmen/html';
import type { FoundBody } from './find-body.ts';

/** Larger or deeper pages are not given to the library, whose time and stack grow with depth. */
const largestPage = 2_000_000;
const deepest = 400;

/** The body by a general extraction library, for a page whose own labels and lines do not show it. */
export function extractBody(html: string): FoundBody | undefined {
  if (html.length > largestPage || depthOf(html) > deepest) return undefined;
  const article = readArticle(html);
  const content = article?.content ?? '';
  const letters = textOf(content).length;
  return letters === 0 ? undefined : { html: content, start: 0, end: html.length, letters, left: 0 };
}

function readArticle(html: string): { content?: string | null | undefined } | null {
  try {
    const { document } = parseHTML(html);
    return new Readability(document as ConstructorParameters<typeof Readability>[0], { charThreshold: 50 }).parse();
  } catch {
    // A tree the library cannot walk has no body by it.
    return null;
  }
}

/** How deep elements can stand in one another at most. */
function depthOf(html: string): number {
  let [depth, most] = [0, 0];
  for (const [tag] of html.matchAll(/<\/?[a-z]/gi)) {
    depth = tag.startsWith('</') ? Math.max(0, depth - 1) : depth + 1;
    most = Math.max(most, depth);
  }
  return most;
}
