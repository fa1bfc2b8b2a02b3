import type { ChannelCard, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { machineTime } from '../read.ts';
import { twinPath } from '../traditional.ts';
import { xmlText } from '../xml.ts';

const space = 'http://www.sitemaps.org/schemas/sitemap/0.9';

interface Entry {
  readonly path: PagePath;
  /** From the content, never from the build. */
  readonly date?: string;
}

interface MonthPart {
  readonly month: string;
  readonly part: number;
}

/** The index for search engines: one part for pages that stay, and those of each month. */
export function siteMapIndex(source: Source): Output {
  const { origin } = source.site().fields;
  const months = source
    .addressParts()
    .flatMap(({ month, parts }) => Array.from({ length: parts + 1 }, (_, part) => siteMapPath({ month, part })));
  const parts = ['/sitemap/pages.xml', ...months];
  const entries = parts.map((path) => `<sitemap><loc>${xmlText(origin + path)}</loc></sitemap>\n`).join('');
  return xml('/sitemap.xml', `<sitemapindex xmlns="${space}">\n${entries}</sitemapindex>\n`);
}

function siteMapPath({ month, part }: MonthPart): PagePath {
  return `/sitemap/${month}${part === 0 ? '' : `-${part}`}.xml`;
}

export function siteMapMonth(source: Source, target: MonthPart): readonly Output[] {
  const addresses = source.addresses(target.month, target.part);
  return addresses.length === 0 ? [] : [urlSet(source, siteMapPath(target), addresses)];
}

/** The home page, the channels and the pages about the site itself. */
export function siteMapPages(source: Source): Output {
  const own = ['/', '/sitemap.html', '/accessibility.html', '/contact.html', '/correction.html', '/visits.html'];
  const channels = allChannels(source).map(({ channel }) => channel.path);
  return urlSet(
    source,
    '/sitemap/pages.xml',
    [...own, ...channels].map((path) => ({ path })),
  );
}

function urlSet(source: Source, path: PagePath, entries: readonly Entry[]): Output {
  const { origin } = source.site().fields;
  const urls = entries.map(
    (entry) =>
      `<url><loc>${xmlText(origin + entry.path)}</loc>${
        entry.date === undefined ? '' : `<lastmod>${machineTime(entry.date)}</lastmod>`
      }</url>\n`,
  );
  return xml(path, `<urlset xmlns="${space}">\n${urls.join('')}</urlset>\n`);
}

function xml(path: PagePath, text: string): Output {
  return {
    path,
    status: 200,
    type: 'application/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>\n${text}`,
  };
}

export interface ChannelPlace {
  readonly channel: ChannelCard;
  readonly depth: number;
}

/** Every live channel below live channels, parents before children. */
export function allChannels(source: Source): readonly ChannelPlace[] {
  const found: ChannelPlace[] = [];
  const seen = new Set<ItemId>();
  const walk = (parent: ItemId | null, depth: number): void => {
    for (const channel of source.channels(parent)) {
      if (seen.has(channel.id)) continue;
      seen.add(channel.id);
      found.push({ channel, depth });
      walk(channel.id, depth + 1);
    }
  };
  walk(null, 0);
  return found;
}

export function robots(source: Source): Output {
  const { origin, traditional } = source.site().fields;
  const maps = ['/sitemap.xml', ...(traditional ? [twinPath('/sitemap.xml')] : [])];
  return {
    path: '/robots.txt',
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: `User-agent: *\nAllow: /\n\n${maps.map((path) => `Sitemap: ${origin}${path}\n`).join('')}`,
  };
}
