import { gapMarkup, sanitise } from '@chengmen/html';
import { attachmentName } from './labels.ts';
import { gapSign } from '../types.ts';
import { gapMark } from './marked-page.ts';
import type { Removed } from './types.ts';

export interface CleanBody {
  readonly html: string;
  readonly removed: readonly Removed[];
  readonly notes: readonly string[];
}

const link = /<a href="([^"]*)">([\s\S]*?)<\/a>/g;
const picture = /<img src="([^"]*)" alt="([^"]*)">/g;

/**
 * The body as clean markup of this site: pictures and relative links of the old site are let go and told, because they
 * would lead nowhere; gaps get their markup. `base` is the page's old address, where it is known.
 */
export function cleanBody(html: string, base: string | undefined): CleanBody {
  const { html: clean, removed } = sanitise(html);
  const told: Removed[] = removed.map(({ what, count, sample }) => ({
    what,
    count,
    sample: sample.replaceAll(gapMark, gapSign),
  }));
  const notes: string[] = [];
  const files: string[] = [];
  const dead: string[] = [];
  const linked = clean.replace(link, (_whole, given: string, words: string) => {
    if (attachmentName.test(given)) files.push(`${words.replace(/<[^>]*>/g, '')}（${given}）`);
    const href = absolute(given, base);
    if (href === undefined) dead.push(given);
    return href === undefined ? words : `<a href="${href}">${words}</a>`;
  });
  const pictures = [...linked.matchAll(picture)].map(([, src = '']) => src);
  const bare = pictures.length === 0 ? linked : linked.replace(picture, '');
  if (dead.length > 0) told.push({ what: '指向原站内部的链接（文字保留）', count: dead.length, sample: dead[0] ?? '' });
  if (pictures.length > 0) told.push({ what: '原站的图片', count: pictures.length, sample: pictures[0] ?? '' });
  const lostPictures = pictures.length + (removed.find(({ english }) => english.startsWith('picture'))?.count ?? 0);
  if (lostPictures > 0)
    notes.push(`正文有 ${lostPictures} 张图片未随文收入。 ${lostPictures} pictures of the body were not taken in.`);
  if (files.length > 0) notes.push(`附件未随文收入：${files.join('；')}。 Attachments were not taken in.`);
  // What has become neighbours is put together again by the sanitiser.
  return {
    html: sanitise(withGaps(bare)).html,
    removed: told,
    notes: notes.map((note) => note.replaceAll(gapMark, gapSign)),
  };
}

function absolute(given: string, base: string | undefined): string | undefined {
  if (/^(?:https?:|mailto:|tel:)/i.test(given)) return given;
  if (base === undefined || given.startsWith('#')) return undefined;
  try {
    const { href, protocol } = new URL(given.replaceAll('&amp;', '&'), base);
    return protocol === 'https:' || protocol === 'http:' ? href.replaceAll('&', '&amp;') : undefined;
  } catch {
    return undefined;
  }
}

/** In text a gap is an element; inside an attribute only the sign can stand. */
function withGaps(html: string): string {
  return html.replace(/<[^>]*>|\ufdd0/g, (found) =>
    found === gapMark ? gapMarkup : found.replaceAll(gapMark, gapSign),
  );
}
