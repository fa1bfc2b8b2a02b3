import { gapMarkup, linkAddress, parseTree, sanitise, type BodyAddresses } from '@chengmen/html';
import { attachmentName } from './labels.ts';
import { gapSign } from '../types.ts';
import { gapMark } from './marked-page.ts';
import { all, squeeze, textOfNode } from './page-lines.ts';
import type { Removed } from './types.ts';

export interface CleanBody {
  readonly html: string;
  readonly removed: readonly Removed[];
  readonly notes: readonly string[];
}

/**
 * Where the links and pictures of a body lead on. `given` is as the page has it, `base` the page's own address where that is
 * known. Undefined lets the link go and keeps its words, or lets the picture go; both are told.
 */
export interface Addresses {
  readonly link: (given: string, base: string | undefined) => string | undefined;
  readonly picture: (given: string, base: string | undefined) => string | undefined;
}

/** For a page taken out of its site: links that lead elsewhere stay, the others and pictures would lead nowhere. */
export const withoutSite: Addresses = {
  link: absolute,
  picture: () => undefined,
};

/** For a page that stays what it is: every link and picture, in full where the page's address is known. */
export const asTheyAre: Addresses = {
  link: (given, base) => absolute(given, base) ?? linkAddress(given),
  picture: (given, base) =>
    absolute(given, base) ?? (/^(?:https?:|[^:]*$)/i.test(given) ? linkAddress(given) : undefined),
};

/** The body as clean markup; what is let go is told; gaps get their markup. `base` is the page's address, where it is known. */
export function cleanBody(html: string, base: string | undefined, addresses: Addresses): CleanBody {
  const [files, dead, pictures]: [string[], string[], string[]] = [[], [], []];
  const taken: BodyAddresses = {
    link: (given) => {
      if (linkAddress(given) === undefined) return undefined;
      const href = given.includes(gapMark) ? undefined : addresses.link(given, base);
      if (href === undefined) dead.push(given);
      if (attachmentName.test(given) && href?.startsWith('media:') !== true) files.push(given);
      return href ?? '';
    },
    picture: (given) => {
      const src = given.includes(gapMark) ? undefined : addresses.picture(given, base);
      if (src === undefined && given !== '') pictures.push(given);
      return src ?? '';
    },
  };
  const { html: clean, removed } = sanitise(html, taken);
  const told: Removed[] = removed.map(({ what, count, sample }) => ({ what, count, sample }));
  const tell = (what: string, given: readonly string[]): void => {
    if (given[0] !== undefined) told.push({ what, count: given.length, sample: given[0].slice(0, 200) });
  };
  tell('指向原站内部的链接（文字保留）', dead);
  tell('原站的图片', pictures);
  return {
    // What has become neighbours is put together again by the sanitiser.
    html: sanitise(withGaps(clean), { link: (href) => href, picture: (src) => src }).html,
    removed: told.map((one) => ({ ...one, sample: one.sample.replaceAll(gapMark, gapSign) })),
    notes: notesOf(pictures.length, addresses === asTheyAre ? [] : named(html, files)),
  };
}

/** Files by the words that lead to them. */
function named(html: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const links = all(parseTree(html), 'a');
  return files.map((given) => {
    const link = links.find(({ attributes }) => attributes['href'] === given);
    return `${squeeze(textOfNode(link))}（${given}）`;
  });
}

function notesOf(pictures: number, files: readonly string[]): string[] {
  const notes: string[] = [];
  if (pictures > 0)
    notes.push(`正文有 ${pictures} 张图片未随文收入。 ${pictures} pictures of the body were not taken in.`);
  if (files.length > 0) notes.push(`附件未随文收入：${files.join('；')}。 Attachments were not taken in.`);
  return notes.map((note) => note.replaceAll(gapMark, gapSign));
}

function absolute(given: string, base: string | undefined): string | undefined {
  if (/^(?:https?:|mailto:|tel:)/i.test(given)) return linkAddress(given);
  if (base === undefined || given.startsWith('#')) return undefined;
  try {
    const { href, protocol } = new URL(given, base);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
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
