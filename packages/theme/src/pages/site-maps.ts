import type { ChannelCard, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { editionsOf, mainLanguage, type Version } from '../editions.ts';
import { elderRoot } from '../elder-places.ts';
import { machineTime } from '../read.ts';
import { twinPath } from '../traditional.ts';
import { xmlText } from '../xml.ts';

const space = 'http://www.sitemaps.org/schemas/sitemap/0.9';

interface Entry {
  readonly path: PagePath;
  /** From the content, never from the build. */
  readonly date?: string;
  /** The page in all languages, its own among them. */
  readonly versions?: readonly Version[];
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

const ownPages = [
  '/',
  '/search.html',
  '/sitemap.html',
  '/accessibility.html',
  '/accessibility-statement.html',
  '/contact.html',
  '/correction.html',
  '/visits.html',
];

/** The home page, the channels and the pages about the site itself, of all editions. */
export function siteMapPages(source: Source): Output {
  const editions = editionsOf(source);
  const own = ownPages.flatMap((page) => {
    const others = editions.map(({ language, path }) => ({ language, path: path.slice(0, -1) + page }));
    const all = [{ language: mainLanguage, path: page }, ...others];
    return all.map(({ path }) => ({ path, versions: others.length === 0 ? [] : all }));
  });
  const elder = source.site().fields.elder ? [{ path: `${elderRoot}/` }] : [];
  const homes = new Set(editions.map(({ path }) => path));
  const channels = allChannels(source).flatMap(({ channel: { path } }) => (homes.has(path) ? [] : [{ path }]));
  return urlSet(source, '/sitemap/pages.xml', [...own, ...elder, ...channels]);
}

function urlSet(source: Source, path: PagePath, entries: readonly Entry[]): Output {
  const { origin } = source.site().fields;
  const versions = ({ versions: all = [] }: Entry): string =>
    all
      .map(
        ({ language, path: to }) =>
          `<xhtml:link rel="alternate" hreflang="${language}" href="${xmlText(origin + to)}"/>`,
      )
      .join('');
  const urls = entries.map(
    (entry) =>
      `<url><loc>${xmlText(origin + entry.path)}</loc>${
        entry.date === undefined ? '' : `<lastmod>${machineTime(entry.date)}</lastmod>`
      }${versions(entry)}</url>\n`,
  );
  const links = entries.some((entry) => (entry.versions ?? []).length > 0)
    ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    : '';
  return xml(path, `<urlset xmlns="${space}"${links}>\n${urls.join('')}</urlset>\n`);
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
export function allChannels(source: Source, top = source.channels(null)): readonly ChannelPlace[] {
  const found: ChannelPlace[] = [];
  const seen = new Set<ItemId>();
  const walk = (channels: readonly ChannelCard[], depth: number): void => {
    for (const channel of channels) {
      if (seen.has(channel.id)) continue;
      seen.add(channel.id);
      found.push({ channel, depth });
      walk(source.channels(channel.id), depth + 1);
    }
  };
  walk(top, 0);
  return found;
}

/** Files for machines that say how the whole site is to be dealt with. */
export function siteFiles(source: Source): readonly Output[] {
  return [robots(source), ...securityFile(source)];
}

function securityFile(source: Source): readonly Output[] {
  const { origin, security } = source.site().fields;
  if (!security) return [];
  const path = '/.well-known/security.txt';
  const { contact, expires, policy } = security;
  const lines = [
    `Contact: ${contact.startsWith('https:') ? contact : `mailto:${contact}`}`,
    `Expires: ${expires}T23:59:59+08:00`,
    'Preferred-Languages: zh, en',
    `Canonical: ${origin}${path}`,
    ...(policy === undefined ? [] : [`Policy: ${policy}`]),
  ];
  return [{ path, status: 200, type: 'text/plain; charset=utf-8', body: lines.map((line) => `${line}\n`).join('') }];
}

function robots(source: Source): Output {
  const { origin, traditional } = source.site().fields;
  const maps = ['/sitemap.xml', ...(traditional ? [twinPath('/sitemap.xml')] : [])];
  return {
    path: '/robots.txt',
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: `User-agent: *\nAllow: /\n\n${maps.map((path) => `Sitemap: ${origin}${path}\n`).join('')}`,
  };
}
