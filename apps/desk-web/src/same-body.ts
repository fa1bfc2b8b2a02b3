import { textOf } from '@chengmen/html';

/**
 * Whether the editor holds all of a body: its words, its blocks and cells in order, its pictures and where its links lead.
 * In which order marks are nested may differ; a reader does not see it.
 */
export function sameBody(one: string, other: string): boolean {
  return one === other || (textOf(one) === textOf(other) && frameOf(one) === frameOf(other));
}

const markTag = /<\/?(?:strong|em|sub|sup|ruby|rt|rp|a)(?: [^<>]*)?>/g;

/** Blocks, cells and pictures as they follow one another, then the addresses of links. */
function frameOf(body: string): string {
  const blocks = body.replace(markTag, '').match(/<[^>]*>/g) ?? [];
  const links = [...body.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href);
  return [...blocks, ...new Set(links)].join('');
}
