import {
  ChengmenError,
  isDocument,
  type ChannelCard,
  type Hash,
  type ItemCard,
  type ItemId,
  type LiveItem,
  type ReadKey,
  type Relation,
  type Source,
} from '@chengmen/model';
import { answerHash } from './answer-hash.ts';
import { createChannelTree, type ChannelItem, type ChannelTree } from './channel-tree.ts';
import { itemCard, type ListedItem } from './item-card.ts';
import { everywhere, readKey } from './read-key.ts';
import { createShelf, idOf, monthOf, shelfKey, type Shelf, type ShelfKey } from './shelf.ts';
import { insertKey, removeKey, type SortedKeys } from './sorted-keys.ts';

/**
 * All the public may see, in memory and in order: answers every read of a page, and says for each change
 * which reads may now have another answer. A change costs by the number of lists the item stands in,
 * not by the size of the city.
 */
export interface City extends Source {
  /** Every item there is, the withdrawn ones and those no list shows included. */
  readonly ids: () => Iterable<ItemId>;
  /** True once there are live site settings; nothing can be pressed before. */
  readonly ready: () => boolean;
  /** Puts in items of a city that is being put together, which nobody has read from. Channels before what stands in them. */
  readonly load: (items: Iterable<LiveItem>) => void;
  /**
   * Puts in the present state of items and returns the subjects (`subjectOf`) of all reads whose answer may have
   * changed. Never too few; too many only by a number that does not grow with the city.
   * An item that is as it was touches nothing. Withdrawn items leave the lists but can still be read.
   */
  readonly apply: (changed: Iterable<LiveItem>) => ReadKey[];
  /**
   * Items whose address hangs on a channel that these changes move or rename: they must be looked up again
   * and applied together with them.
   */
  readonly dependents: (changed: Iterable<LiveItem>) => ItemId[];
  /** All items as they are kept: what another city over the same texts can be made from. */
  readonly light: () => Iterable<LightItem>;
}

/** Where a text lies. */
export type TextPlace = readonly [at: number, length: number];

/** Keeps the bodies of items, which are most of a city and needed one at a time, out of memory. */
export interface LongTexts {
  readonly keep: (text: string) => TextPlace;
  readonly read: (place: TextPlace) => string;
}

/** An item whose body, where it has a place, is left empty and lies there. */
export interface LightItem {
  readonly item: LiveItem;
  readonly place?: TextPlace;
}

export interface CityOptions {
  readonly items: Iterable<LiveItem>;
  /** Where bodies are kept. Without it, in memory. */
  readonly texts?: LongTexts;
  /** Items of another city, whose bodies lie in `texts` already. */
  readonly light?: Iterable<LightItem>;
  /** Bytes of a media item by their hash. */
  readonly bytes: (hash: Hash) => Uint8Array | undefined;
}

interface State {
  /** Items whose body lies elsewhere have an empty one here. */
  readonly items: Map<ItemId, LiveItem>;
  readonly places: Map<ItemId, TextPlace>;
  readonly texts: LongTexts | undefined;
  /** Items put together lately: one that is read again is the same object. */
  readonly whole: Map<ItemId, LiveItem>;
  readonly tree: ChannelTree;
  /** By channel, of the items in it and in all below it; by `everywhere`, of the whole site. */
  readonly shelves: Map<string, Shelf>;
  /** By channel, of the items in that channel alone: for the neighbours. */
  readonly ownShelves: Map<ItemId, Shelf>;
  /** Documents by channel, the withdrawn ones included. */
  readonly members: Map<ItemId, Set<ItemId>>;
  /** By `TO:RELATION`. */
  readonly relations: Map<string, SortedKeys>;
  readonly cards: Map<ItemId, ItemCard>;
  /** Answers since the last change, so that one list is one object for all pages that read it. */
  readonly answers: Map<ReadKey, unknown>;
  site: LiveItem<'site'> | undefined;
}

export function createCity({ items, bytes, texts, light = [] }: CityOptions): City {
  const state: State = {
    items: new Map(),
    places: new Map(),
    texts,
    whole: new Map(),
    tree: createChannelTree(),
    shelves: new Map(),
    ownShelves: new Map(),
    members: new Map(),
    relations: new Map(),
    cards: new Map(),
    answers: new Map(),
    site: undefined,
  };
  load(state, items);
  load(state, takeLight(state, light));
  return {
    ...readsOf(state),
    bytes,
    ids: () => state.items.keys(),
    load: (items) => {
      load(state, items);
    },
    ready: () => state.site?.state === 'live',
    apply: (changed) => applyAll(state, changed),
    dependents: (changed) => dependents(state, changed),
    light: () => lightItems(state),
  };
}

function* takeLight(state: State, light: Iterable<LightItem>): Generator<LiveItem> {
  for (const { item, place } of light) {
    if (place) state.places.set(item.id, place);
    yield item;
  }
}

function* lightItems({ items, places }: State): Generator<LightItem> {
  for (const item of items.values()) {
    const place = places.get(item.id);
    yield { item, ...(place ? { place } : {}) };
  }
}

/** Shorter bodies are not worth a place of their own. */
const shortest = 256;

/** Puts the body of an item where long texts lie. */
function lightened(state: State, item: LiveItem): LiveItem {
  const { texts, places, whole } = state;
  whole.delete(item.id);
  if (!texts || !('body' in item.fields) || item.fields.body.length < shortest) return item;
  places.set(item.id, texts.keep(item.fields.body));
  return { ...item, fields: { ...item.fields, body: '' } } as LiveItem;
}

const mostWhole = 64;

function wholeItem({ items, places, texts, whole }: State, id: ItemId): LiveItem | undefined {
  const item = items.get(id);
  const place = places.get(id);
  if (!item || !place || !texts) return item;
  const known = whole.get(id);
  if (known) return known;
  const made = { ...item, fields: { ...item.fields, body: texts.read(place) } } as LiveItem;
  for (const oldest of whole.keys()) {
    if (whole.size < mostWhole) break;
    whole.delete(oldest);
  }
  whole.set(id, made);
  return made;
}

function readsOf(state: State): Omit<Source, 'bytes'> {
  const cards = (ids: readonly ItemId[]): ItemCard[] => ids.flatMap((id) => state.cards.get(id) ?? []);
  const shelf = (channel: ItemId | null): Shelf | undefined => state.shelves.get(channel ?? everywhere);
  const once = <T>(key: ReadKey, answer: () => T): T => {
    if (!state.answers.has(key)) state.answers.set(key, answer());
    return state.answers.get(key) as T;
  };
  return {
    site: () => {
      if (!state.site) throw new ChengmenError('not-found', { what: 'site', id: 'site' });
      return state.site;
    },
    item: (id) => wholeItem(state, id),
    channels: (parent) => once(readKey.channels(parent), (): ChannelCard[] => state.tree.children(parent)),
    newest: (channel, limit) => once(readKey.newest(channel, limit), () => cards(shelf(channel)?.newest(limit) ?? [])),
    all: (channel) => once(readKey.all(channel), () => cards(shelf(channel)?.newest(Infinity) ?? [])),
    months: (channel) => once(readKey.months(channel), () => shelf(channel)?.months() ?? []),
    month: (channel, month) => once(readKey.month(channel, month), () => cards(shelf(channel)?.month(month) ?? [])),
    neighbours: (id) => neighbours(state, id),
    related: (to, relation) => cards((state.relations.get(`${to}:${relation}`) ?? []).map(idOf).reverse()),
  };
}

function neighbours(state: State, id: ItemId): { previous?: ItemCard; next?: ItemCard } {
  const item = state.items.get(id);
  if (!item || !isListed(item)) return {};
  const { previous, next } = state.ownShelves.get(item.fields.channel)?.around(placeOf(item)) ?? {};
  const before = previous === undefined ? undefined : state.cards.get(previous);
  const after = next === undefined ? undefined : state.cards.get(next);
  return { ...(before ? { previous: before } : {}), ...(after ? { next: after } : {}) };
}

function applyAll(state: State, changed: Iterable<LiveItem>): ReadKey[] {
  const touched = new Set<ReadKey>();
  takeIn(state, changed, touched);
  if (touched.size > 0) state.answers.clear();
  return [...touched];
}

/** While a city is put together, nobody has read anything that could be touched. */
function load(state: State, items: Iterable<LiveItem>): void {
  takeIn(state, items, undefined);
}

type Touched = Set<ReadKey> | undefined;

function takeIn(state: State, changed: Iterable<LiveItem>, touched: Touched): void {
  const later: LiveItem[] = [];
  // Channels first: an item's scopes are read off the tree when it is put on its shelves.
  for (const item of changed) {
    if (isChannel(item)) applyChannel(state, item, touched);
    else later.push(item);
  }
  for (const item of later) applyItem(state, item, touched);
}

function applyItem(state: State, item: LiveItem, touched: Touched): void {
  const old = state.items.get(item.id);
  if (old && sameItem(old, item)) return;
  touched?.add(readKey.item(item.id));
  if (old) takeDown(state, old, touched);
  if (old) state.places.delete(item.id);
  const kept = lightened(state, item);
  state.items.set(item.id, kept);
  putUp(state, kept, touched);
}

function putUp(state: State, item: LiveItem, touched: Touched): void {
  if (isSite(item)) state.site = item;
  if (isSite(item)) touched?.add(readKey.site());
  touchBytes(item, touched);
  if (isDocumentItem(item)) opened(state.members, item.fields.channel, () => new Set<ItemId>()).add(item.id);
  if (!isListed(item)) return;
  const key = placeOf(item);
  const pinned = item.fields.pinned === true;
  for (const scope of scopesOf(state, item.fields.channel)) opened(state.shelves, scope, createShelf).add(key, pinned);
  opened(state.ownShelves, item.fields.channel, createShelf).add(key, pinned);
  for (const relation of pointsTo(item))
    insertKey(
      opened(state.relations, relation, () => []),
      key,
    );
  state.cards.set(item.id, itemCard(item));
  touchPlace(state, item, touched);
}

function takeDown(state: State, item: LiveItem, touched: Touched): void {
  touchBytes(item, touched);
  if (isDocumentItem(item)) state.members.get(item.fields.channel)?.delete(item.id);
  if (!isListed(item)) return;
  touchPlace(state, item, touched);
  const key = placeOf(item);
  for (const scope of scopesOf(state, item.fields.channel)) state.shelves.get(scope)?.remove(key);
  state.ownShelves.get(item.fields.channel)?.remove(key);
  for (const relation of pointsTo(item)) removeKey(state.relations.get(relation) ?? [], key);
  state.cards.delete(item.id);
}

/** The bytes of a picture in all its forms. */
function touchBytes(item: LiveItem, touched: Touched): void {
  if (!touched || !isMedia(item)) return;
  const { hash, forms = [] } = item.fields;
  for (const one of [hash, ...forms.map((form) => form.hash)]) touched.add(readKey.bytes(one));
}

/** All lists that show a listed item where it now stands. */
function touchPlace(state: State, item: ListedItem, touched: Touched): void {
  if (!touched) return;
  const key = placeOf(item);
  for (const scope of scopesOf(state, item.fields.channel)) touchScope(scope, monthOf(key), touched);
  const { previous, next } = state.ownShelves.get(item.fields.channel)?.around(key) ?? {};
  for (const id of [item.id, previous, next]) if (id !== undefined) touched.add(readKey.neighbours(id));
  for (const relation of pointsTo(item)) touched.add(`related:${relation}`);
}

function touchScope(scope: string, month: string, touched: Touched): void {
  touched?.add(`newest:${scope}`).add(`months:${scope}`).add(`all:${scope}`).add(`month:${scope}:${month}`);
}

function applyChannel(state: State, channel: ChannelItem, touched: Touched): void {
  const old = state.tree.get(channel.id);
  if (old && sameItem(old, channel)) return;
  touched?.add(readKey.item(channel.id)).add(readKey.channels(channel.fields.parent));
  if (old) touched?.add(readKey.channels(old.fields.parent));
  state.items.set(channel.id, channel);
  if (state.tree.parentOf(channel.id) === channel.fields.parent) state.tree.set(channel);
  else moveChannel(state, channel, touched);
}

/** What stands in the channel leaves the lists of its old ancestors and enters those of the new ones. */
function moveChannel(state: State, channel: ChannelItem, touched: Touched): void {
  const keys = [...(state.shelves.get(channel.id)?.keys() ?? [])];
  const places = keys.flatMap((key) => {
    const item = state.items.get(idOf(key));
    return item && isListed(item) ? [{ key, item, from: scopesOf(state, item.fields.channel) }] : [];
  });
  state.tree.set(channel);
  for (const { key, item, from } of places) {
    const to = scopesOf(state, item.fields.channel);
    for (const scope of from) if (!to.includes(scope)) leave(state, scope, key, touched);
    for (const scope of to) if (!from.includes(scope)) enter(state, scope, key, item, touched);
  }
}

function leave(state: State, scope: string, key: ShelfKey, touched: Touched): void {
  touchScope(scope, monthOf(key), touched);
  state.shelves.get(scope)?.remove(key);
}

function enter(state: State, scope: string, key: ShelfKey, item: ListedItem, touched: Touched): void {
  touchScope(scope, monthOf(key), touched);
  opened(state.shelves, scope, createShelf).add(key, item.fields.pinned === true);
}

function dependents(state: State, changed: Iterable<LiveItem>): ItemId[] {
  const given = new Set<ItemId>();
  const found = new Set<ItemId>();
  for (const item of changed) {
    given.add(item.id);
    if (!isChannel(item) || state.tree.get(item.id)?.path === item.path) continue;
    for (const below of state.tree.below(item.id)) {
      found.add(below);
      for (const member of state.members.get(below) ?? []) found.add(member);
    }
  }
  return [...found].filter((id) => !given.has(id));
}

function scopesOf(state: State, channel: ItemId): string[] {
  return [everywhere, ...state.tree.chain(channel)];
}

function placeOf(item: ListedItem): ShelfKey {
  return shelfKey(item.fields.date, item.id);
}

/** `TO:RELATION` for every relation the item holds. */
function pointsTo({ fields }: ListedItem): string[] {
  const to = (relation: Relation, ids: readonly ItemId[]): string[] => ids.map((id) => `${id}:${relation}`);
  return [
    ...to('interprets', 'interprets' in fields ? fields.interprets : []),
    ...to('department', 'department' in fields ? [fields.department] : []),
    ...to('responsible', 'responsible' in fields ? [fields.responsible] : []),
    ...to('relatedTo', 'relatedTo' in fields ? (fields.relatedTo ?? []) : []),
  ];
}

function opened<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = make();
  map.set(key, made);
  return made;
}

function sameItem(a: LiveItem, b: LiveItem): boolean {
  return a === b || answerHash(readKey.item(a.id), a) === answerHash(readKey.item(b.id), b);
}

type DocumentItem = Omit<ListedItem, 'path'> & { readonly path: string | null };
const isChannel = (item: LiveItem): item is ChannelItem => item.kind === 'channel';
const isSite = (item: LiveItem): item is LiveItem<'site'> => item.kind === 'site';
const isMedia = (item: LiveItem): item is LiveItem<'media'> => item.kind === 'media';
const isDocumentItem = (item: LiveItem): item is LiveItem & DocumentItem => isDocument(item.kind);
const isListed = (item: LiveItem): item is LiveItem & ListedItem =>
  isDocument(item.kind) && item.state === 'live' && item.path !== null;
