import type { ChannelCard, FieldsOf, ItemCard, ItemId, LiveItem, PagePath, Source } from '@chengmen/model';
import { madeOnce } from './made-once.ts';
import { channelChain, isA, type ChannelStep } from './read.ts';
import { withSite } from './traditional.ts';
import { speak, wordsIn, wordsOf } from './words.ts';

/** An edition in another language: a channel of the top level, with all below it. */
export interface EditionCard extends NonNullable<ChannelCard['edition']> {
  readonly id: ItemId;
  /** Its home page: `/en/`. */
  readonly path: PagePath;
}

/** The editions in other languages, in the order of their channels. */
export function editionsOf(source: Source): readonly EditionCard[] {
  return editionsAmong(source.channels(null));
}

const editionsAmong = madeOnce((channels: readonly ChannelCard[]): readonly EditionCard[] =>
  channels.flatMap(({ id, path, edition }) => (edition ? [{ id, path, ...edition }] : [])),
);

/** The channels of the top level that belong to the main edition. */
export const mainChannels = madeOnce((channels: readonly ChannelCard[]): readonly ChannelCard[] =>
  channels.filter(({ edition }) => !edition),
);

/** The edition a channel belongs to; undefined for the main one. Withdrawn channels belong where they stood. */
export function editionAbove(source: Source, channel: ItemId): LiveItem<'channel'> | undefined {
  const seen = new Set<ItemId>();
  for (let id: ItemId | null = channel; id !== null && !seen.has(id);) {
    seen.add(id);
    const item = source.item(id);
    if (!item || !isA(item, 'channel')) return undefined;
    if (item.fields.parent === null) return item.fields.edition && item.path !== null ? item : undefined;
    id = item.fields.parent;
  }
  return undefined;
}

interface Place {
  /** The edition's channel; null for the main one. */
  readonly channel: ItemId | null;
  /** The settings of the main edition. */
  readonly main: FieldsOf<'site'>;
}

const places = new WeakMap<FieldsOf<'site'>, Place>();

/** Where pages stand that are printed with these settings. */
export function placeOf(site: FieldsOf<'site'>): Place {
  return places.get(site) ?? { channel: null, main: site };
}

/** The same source for pages of an edition: the site is called, answers and speaks as the edition does. */
export function inEdition(source: Source, edition: LiveItem<'channel'>): Source {
  return withSite(source, siteIn(source.site())(edition));
}

/** Not of an edition: a Traditional twin, the plain form for older readers, synonyms of Chinese words. */
const siteIn = madeOnce(({ fields: main, ...site }: LiveItem<'site'>) =>
  madeOnce(({ id, path, fields: { edition } }: LiveItem<'channel'>): LiveItem<'site'> => {
    if (!edition || path === null) return { ...site, fields: main };
    const { language, direction, words } = edition;
    const own = without(edition, 'language', 'direction', 'words', 'languageName', 'missing');
    const rest = without(main, 'traditional', 'elder', 'search', 'demonstration');
    const t = wordsIn({ language, direction, words, root: path.slice(0, -1) });
    const demonstration = own.demonstration ?? (main.demonstration && t('演示网站，所有内容均为示例。'));
    const { phone = main.phone, email = main.email } = own;
    const fields = { ...rest, ...own, phone, email, ...(demonstration === undefined ? {} : { demonstration }) };
    places.set(fields, { channel: id, main });
    return { ...site, fields: speak(fields, t) };
  }),
);

function without<T extends object, K extends keyof T>(all: T, ...names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name as K))) as Omit<T, K>;
}

/** The channels below the top of the edition that is being printed, in its navigation and map. */
export function topChannels(source: Source): readonly ChannelCard[] {
  const { channel } = placeOf(source.site().fields);
  return channel === null ? mainChannels(source.channels(null)) : source.channels(channel);
}

/** From below the top of the edition to this channel. */
export function chainWithin(source: Source, channel: ItemId): readonly ChannelStep[] {
  const chain = channelChain(source, channel);
  const { channel: top } = placeOf(source.site().fields);
  return top !== null && chain[0]?.id === top ? chain.slice(1) : chain;
}

/** The newest of the edition that is being printed, in the order of `Source.newest`. */
export function newestWithin(source: Source, limit: number): readonly ItemCard[] {
  const { channel } = placeOf(source.site().fields);
  const all = source.channels(null);
  const own = mainChannels(all);
  if (channel !== null || own.length === all.length) return source.newest(channel, limit);
  // Channel by channel, so that what is new in another edition does not touch the main one.
  const cards = own.flatMap(({ id }) => source.newest(id, limit));
  return cards.sort(newestFirst).slice(0, limit);
}

function newestFirst(a: ItemCard, b: ItemCard): number {
  const pinned = Number(b.pinned ?? false) - Number(a.pinned ?? false);
  if (pinned !== 0) return pinned;
  return a.date === b.date ? (a.id > b.id ? -1 : 1) : a.date > b.date ? -1 : 1;
}

/** The same page in another language. */
export interface Version {
  readonly language: string;
  readonly path: PagePath;
}

export const mainLanguage = 'zh-Hans';

/** The language of what stands at an address. */
export function languageAt(path: PagePath, editions: readonly EditionCard[]): string {
  return editions.find((edition) => path.startsWith(edition.path))?.language ?? mainLanguage;
}

/** A document in the other languages: of its original and all that translate it, one each. */
export function versionsOf(
  source: Source,
  { id, fields }: { readonly id: ItemId; readonly fields: object },
): readonly Version[] {
  const editions = editionsOf(source);
  if (editions.length === 0) return [];
  const original = 'translates' in fields && typeof fields.translates === 'string' ? fields.translates : id;
  const first = original === id ? undefined : source.item(original);
  const paths = [
    ...(first?.state === 'live' && first.path !== null ? [first.path] : []),
    ...source.related(original, 'translates').flatMap((card) => (card.id === id ? [] : [card.path])),
  ];
  return onePerLanguage(paths, editions, wordsOf(source).language);
}

/** A channel in the other languages. */
export function channelVersions(source: Source, { id, fields }: LiveItem<'channel'>): readonly Version[] {
  const editions = editionsOf(source);
  const original = fields.translates ?? id;
  const first = original === id ? undefined : source.item(original);
  const paths = [
    ...(first?.state === 'live' && first.path !== null ? [first.path] : []),
    ...editions.flatMap((edition) =>
      below(source, edition.id).flatMap((channel) => (channel.translates === original ? [channel.path] : [])),
    ),
  ];
  return onePerLanguage(paths, editions, wordsOf(source).language);
}

function below(source: Source, parent: ItemId, seen: ReadonlySet<ItemId> = new Set()): readonly ChannelCard[] {
  return source
    .channels(parent)
    .flatMap((channel) =>
      seen.has(channel.id) ? [] : [channel, ...below(source, channel.id, new Set([...seen, channel.id]))],
    );
}

/** Pages every edition has at the same place: its home, its search, what it says about the site. */
export function sameEverywhere(source: Source, page: PagePath): readonly Version[] {
  const editions = editionsOf(source);
  const own = wordsOf(source).language;
  const all = [
    { language: mainLanguage, path: page },
    ...editions.map(({ language, path }) => ({ language, path: path.slice(0, -1) + page })),
  ];
  return editions.length === 0 ? [] : all.filter(({ language }) => language !== own);
}

function onePerLanguage(paths: readonly PagePath[], editions: readonly EditionCard[], own: string): readonly Version[] {
  const found = new Map<string, Version>();
  for (const path of paths) {
    const language = languageAt(path, editions);
    if (language !== own && !found.has(language)) found.set(language, { language, path });
  }
  return [...found.values()];
}
