import {
  isDocument,
  type ItemId,
  type LiveItem,
  type Output,
  type PagePath,
  type ReadKey,
  type Source,
  type TargetId,
  type Theme,
} from '@chengmen/model';
import { assetsOf, scriptWords } from './assets.ts';
import { editionAbove, editionsOf, inEdition } from './editions.ts';
import { elderOutputs } from './elder.ts';
import { sourcesHash } from './generated/assets.ts';
import {
  accessibilityPage,
  contactPage,
  correctionPage,
  mapPage,
  notFoundPage,
  unavailablePage,
  visitsPage,
} from './pages/about-site.ts';
import { channelOutputs, channelRedirects } from './pages/channel.ts';
import { homeOutputs } from './pages/home.ts';
import { itemOutputs } from './pages/item.ts';
import { mediaOutputs } from './pages/media.ts';
import { monthOutputs } from './pages/month.ts';
import { redirectOutputs } from './pages/redirect-item.ts';
import { searchOutputs } from './pages/search.ts';
import { siteFiles, siteMapIndex, siteMapMonth, siteMapPages } from './pages/site-maps.ts';
import { statementPage } from './pages/statement.ts';
import { isA, liveItem } from './read.ts';
import { fixedTargets, readTarget, targetOf, type FixedTarget, type Target } from './target.ts';
import { traditionalTwins } from './traditional.ts';
import { hasArchive } from './whole-channels.ts';
import { wordsOf } from './words.ts';

/** The public site's theme: targets and their pages. Pure; the same reads give the same bytes. */
export function createTheme(): Theme {
  return { version: sourcesHash, targetsOf, render };
}

/** A changed item may bring its own targets; an item in a month may be the first there. */
function targetsOf(key: ReadKey, source: Source): readonly TargetId[] {
  const [call, first = '', month = ''] = key.split(':');
  if (call === 'site') return fixedTargets;
  if (call === 'item') return targetsOfItem(source.item(first), source);
  if (call !== 'month') return [];
  return first === '*' ? siteMapsOf(month, source) : monthsOf(first, month, source);
}

/** The month's own page and its full parts. */
function monthsOf(channel: ItemId, month: string, source: Source): TargetId[] {
  return upTo(source.extent(channel, month).parts).map((part) => targetOf.month(channel, month, part));
}

function siteMapsOf(month: string, source: Source): TargetId[] {
  const { parts = 0 } = source.addressParts().find((one) => one.month === month) ?? {};
  return upTo(parts).map((part) => targetOf.sitemapMonth(month, part));
}

const upTo = (parts: number): number[] => Array.from({ length: parts + 1 }, (_, part) => part);

function targetsOfItem(item: LiveItem | undefined, source: Source): readonly TargetId[] {
  if (!item) return [];
  if (isDocument(item.kind)) return [targetOf.item(item.id)];
  if (item.kind === 'media') return [targetOf.media(item.id)];
  if (item.kind === 'statement') return ['statement' satisfies FixedTarget];
  if (item.kind === 'redirect') return [targetOf.redirect(item.id)];
  if (item.kind === 'home') return ['home'];
  if (!isA(item, 'channel')) return [];
  const months = hasArchive(item.fields.layout) ? source.months(item.id) : [];
  return [targetOf.channel(item.id), ...months.flatMap(({ month }) => monthsOf(item.id, month, source))];
}

const fixed: Readonly<Record<FixedTarget, (source: Source) => readonly Output[]>> = {
  home: homeOutputs,
  assets: (source) => [
    ...assetsOf(source.site().fields).outputs,
    ...liveEditions(source).map((edition) => scriptWords(wordsOf(inEdition(source, edition)))),
  ],
  'not-found': (source) => [notFoundPage(source)],
  unavailable: (source) => [unavailablePage(source)],
  map: (source) => [mapPage(source)],
  accessibility: (source) => [accessibilityPage(source)],
  statement: (source) => [statementPage(source)],
  contact: (source) => [contactPage(source)],
  correction: (source) => [correctionPage(source)],
  visits: (source) => [visitsPage(source)],
  search: searchOutputs,
  robots: siteFiles,
  sitemap: (source) => [siteMapIndex(source)],
  'sitemap-pages': (source) => [siteMapPages(source)],
};

function render(text: TargetId, source: Source): readonly Output[] {
  const target = readTarget(text);
  if (!target) return [];
  const edition = editionOf(target, source);
  if (edition) return outputsOf(target, inEdition(source, edition));
  const outputs = outputsOf(target, source);
  if (outputs.length === 0 || isOneForAll(target)) return outputs;
  const foreign = source.site().fields.traditional ? editionsOf(source).map(({ path }) => path) : [];
  const twins = traditionalTwins(source, (twin) => outputsOf(target, twin), foreign);
  return [...outputs, ...twins, ...inOtherLanguages(target, source)];
}

/** The edition in another language that a target belongs to. What is there once in a site belongs to the main one. */
function editionOf(target: Target, source: Source): LiveItem<'channel'> | undefined {
  if (target.type === 'month') return editionAbove(source, target.channel);
  if (target.type === 'channel') return editionAbove(source, target.id);
  if (target.type !== 'item') return undefined;
  const item = source.item(target.id);
  return item && 'channel' in item.fields ? editionAbove(source, item.fields.channel) : undefined;
}

/** Pages that every edition has, each in its language. */
const inEveryEdition: ReadonlySet<FixedTarget> = new Set([
  'map',
  'accessibility',
  'statement',
  'contact',
  'correction',
  'visits',
  'not-found',
  'unavailable',
  'search',
]);

function inOtherLanguages(target: Target, source: Source): readonly Output[] {
  if (target.type !== 'fixed' || !inEveryEdition.has(target.name)) return [];
  return liveEditions(source).flatMap((edition) => fixed[target.name](inEdition(source, edition)));
}

type Home = LiveItem<'channel'> & { readonly path: PagePath };

/** The page of an edition's own channel is its home page. */
const isHome = (item: LiveItem<'channel'>): item is Home =>
  item.fields.edition !== undefined && item.fields.parent === null && item.state === 'live' && item.path !== null;

function liveEditions(source: Source): readonly LiveItem<'channel'>[] {
  return editionsOf(source).flatMap(({ id }) => liveItem(source, id, 'channel') ?? []);
}

/** What all editions share. */
function isOneForAll(target: Target): boolean {
  if (target.type === 'fixed') return target.name === 'assets' || target.name === 'robots';
  return target.type === 'media' || target.type === 'redirect';
}

function outputsOf(target: Target, source: Source): readonly Output[] {
  if (target.type === 'fixed') {
    const outputs = fixed[target.name](source);
    return target.name === 'home' ? [...outputs, ...elderOutputs(source, 'home')] : outputs;
  }
  if (target.type === 'sitemap-month') return siteMapMonth(source, target);
  const item = source.item(target.type === 'month' ? target.channel : target.id);
  if (!item) return [];
  if (target.type === 'item') return [...itemOutputs(source, item), ...elderOutputs(source, item)];
  if (target.type === 'media') return isA(item, 'media') ? mediaOutputs(source, item) : [];
  if (target.type === 'redirect') return isA(item, 'redirect') ? redirectOutputs(source, item) : [];
  if (!isA(item, 'channel')) return [];
  if (target.type === 'month') return monthOutputs(source, item, target);
  if (isHome(item)) return [...homeOutputs(source), ...channelRedirects(source, item, item.path)];
  return [...channelOutputs(source, item), ...elderOutputs(source, item)];
}
