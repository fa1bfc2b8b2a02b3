/** The rest of a tag that stands in a text without its `<`. */
export interface Debris {
  /** Offset of what is left of it. */
  readonly index: number;
  /** It stands behind a `?`, which people write too. */
  readonly question: boolean;
}

/** Elements without an end tag. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Without any tag in the text (they were stripped), debris must show so often to be believed; behind a `?` it counts half. */
const fewestAlone = 2;

/**
 * Whether the debris is what is left of tags, and not a text that speaks of tags or source code with such words in it: put
 * back, they leave the page's tags no less balanced than they were.
 */
export function isOfTags(text: string, debris: readonly Debris[]): boolean {
  if (debris.length === 0) return false;
  const counts = tagCounts(text);
  if (counts.size === 0) return debris.reduce((sum, { question }) => sum + (question ? 0.5 : 1), 0) >= fewestAlone;
  const lost = new Map<string, [opening: number, closing: number]>();
  for (const { index } of debris) add(lost, text.slice(index, index + 40));
  return [...lost].some(([name, [opening, closing]]) => {
    if (empty.has(name) || name.startsWith('!')) return true;
    const [opened, closed] = counts.get(name) ?? [0, 0];
    if (opened + closed === 0) return false;
    return Math.abs(opened + opening - closed - closing) <= Math.abs(opened - closed);
  });
}

function tagCounts(text: string): Map<string, [number, number]> {
  const counts = new Map<string, [number, number]>();
  for (const match of text.matchAll(/<(\/?[a-z][a-z0-9:-]{0,30})/gi)) add(counts, match[1] ?? '');
  return counts;
}

function add(counts: Map<string, [number, number]>, tag: string): void {
  const [, slash = '', name = ''] = /^(\/?)(![a-z-]*|[a-z][a-z0-9:-]{0,30})/i.exec(tag) ?? [];
  const key = name.toLowerCase();
  const [opened, closed] = counts.get(key) ?? [0, 0];
  counts.set(key, slash === '' ? [opened + 1, closed] : [opened, closed + 1]);
}
