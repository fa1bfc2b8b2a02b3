import {
  ChengmenError,
  isDocument,
  kinds,
  partSizes,
  type Address,
  type ChannelCard,
  type Hash,
  type ItemCard,
  type ItemId,
  type Kind,
  type LiveItem,
  type ReadKey,
  type Relation,
  type Source,
} from '@chengmen/model';
import { FifoMap } from 'toad-cache';
import { answerHash } from './answer-hash.ts';
import { createChannelTree, type ChannelItem, type ChannelTree } from './channel-tree.ts';
import { copyShared } from './copy-shared.ts';
import { itemCard, type ListedItem } from './item-card.ts';
import { textsInMemory, type LongTexts } from './long-texts.ts';
import { createNumbers, type Numbers, type SharedNumbers } from './numbers.ts';
import { createPackedItems, type PackedItems, type SharedItems } from './packed-items.ts';
import { everywhere, readKey } from './read-key.ts';
import {
  createShelf,
  dateNumber,
  dateText,
  monthNumber,
  monthOf,
  monthText,
  type MonthNumber,
  type SharedShelf,
  type Shelf,
  type ShelfOrder,
} from './shelf.ts';
import { insertKey, removeKey } from './sorted-keys.ts';
import { createStringTable, type SharedStrings, type StringTable } from './string-table.ts';

/**
 * All the public may see, in order: answers every read of a page, and says for each change which reads may now have
 * another answer. A change costs by the number of lists the item stands in, not by the size of the city. In memory
 * an item takes some 150 bytes, most of them outside the heap; all it says lies in the texts.
 */
export interface City extends Source {
  /** Every item there is, the withdrawn ones and those no list shows included. */
  readonly ids: () => Iterable<ItemId>;
  /** The same, those of a channel one after another, oldest first. */
  readonly inOrder: () => Iterable<ItemId>;
  /** The item as it is told by id and kind alone, site and channels whole: read from nowhere. Not a read of a page. */
  readonly outline: (id: ItemId) => LiveItem | undefined;
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
  /** What another thread needs to have the same city over the same texts, as long as this one is not altered. */
  readonly share: () => SharedCity;
  /** The same city in memory of its own, over the same texts: either may be altered. A few hundred bytes an item. */
  readonly copy: () => City;
}

export interface SharedCity {
  readonly few: readonly LiveItem[];
  readonly packed: SharedItems;
  readonly shelves: ReadonlyMap<string, SharedShelf>;
  readonly ownShelves: ReadonlyMap<ItemId, SharedShelf>;
  readonly dates: SharedNumbers;
  readonly paths: SharedNumbers;
  readonly pathTexts: SharedStrings;
  readonly channels: SharedNumbers;
  readonly kinds: SharedNumbers;
  readonly pinned: Set<number>;
  readonly relations: Map<string, number[]>;
  readonly partSizes: PartSizes;
}

/** How many items a full part of a month has. */
export interface PartSizes {
  readonly month: number;
  readonly addresses: number;
}

export interface CityOptions {
  readonly items: Iterable<LiveItem>;
  /** Where items are kept. Without it, in memory. */
  readonly texts?: LongTexts;
  /** A city to read from, whose items lie in `texts`. Nothing may be put in unless it is a copy. */
  readonly shared?: SharedCity;
  /** Default those of the model; others are for tests. */
  readonly partSizes?: PartSizes;
  /** Cards to remember. Default 4096. */
  readonly cards?: number;
  /** Bytes of a media item by their hash. */
  readonly bytes: (hash: Hash) => Uint8Array | undefined;
}

/** Items are numbers here, those of `packed`. */
interface State extends ShelfOrder {
  /** Site and channels: few, and read by every page. */
  readonly few: Map<ItemId, LiveItem>;
  readonly packed: PackedItems;
  readonly tree: ChannelTree;
  /** By channel, of the items in it and in all below it; by `everywhere`, of the whole site. */
  readonly shelves: Map<string, Shelf>;
  /** By channel, of the items in that channel alone: for the neighbours. */
  readonly ownShelves: Map<ItemId, Shelf>;
  /** Dates of the items that stand in lists; 0 for others. */
  readonly dates: Numbers;
  /** Addresses of the items that stand in lists: the number in `pathTexts`. */
  readonly paths: Numbers;
  readonly pathTexts: StringTable;
  /** Of documents, the withdrawn ones included, the number of the channel's id, plus one. */
  readonly channels: Numbers;
  /** Places in `kindNames`, plus one. */
  readonly kinds: Numbers;
  readonly pinned: Set<number>;
  /** By `TO:RELATION`. */
  readonly relations: Map<string, number[]>;
  readonly partSizes: PartSizes;
  readonly cards: FifoMap<ItemCard>;
  /**
   * Answers since the last change, so that one list is one object for the pages that read it. Some of them only: a month is
   * read by one page, and a city of a million has tens of thousands.
   */
  readonly answers: FifoMap<object>;
  site: LiveItem<'site'> | undefined;
}

const kindNames = Object.keys(kinds) as Kind[];

/** Cards that were read and are remembered. */
const mostCards = 4096;

/** Answers that are remembered; months among them hold fifty cards each. */
const mostAnswers = 512;

function createState({
  texts,
  shared,
  cards = mostCards,
  ...given
}: CityOptions & { readonly texts: LongTexts }): State {
  const packed = createPackedItems(texts, shared?.packed);
  const dates = createNumbers({ wide: true, ...(shared ? { shared: shared.dates } : {}) });
  const order: ShelfOrder = {
    dateOf: dates.get,
    compare: (one, other) =>
      one === other ? 0 : dates.get(one) - dates.get(other) || (packed.idOf(one) < packed.idOf(other) ? -1 : 1),
  };
  const shelvesOf = (some: ReadonlyMap<string, SharedShelf> = new Map()): Map<string, Shelf> =>
    new Map([...some].map(([scope, shelf]) => [scope, createShelf(order, shelf)]));
  const state: State = {
    ...order,
    few: new Map(),
    packed,
    tree: createChannelTree(),
    shelves: shelvesOf(shared?.shelves),
    ownShelves: shelvesOf(shared?.ownShelves),
    dates,
    paths: createNumbers(shared ? { shared: shared.paths } : {}),
    pathTexts: createStringTable(shared?.pathTexts),
    channels: createNumbers(shared ? { shared: shared.channels } : {}),
    kinds: createNumbers(shared ? { shared: shared.kinds } : {}),
    pinned: shared?.pinned ?? new Set(),
    relations: shared?.relations ?? new Map(),
    partSizes: shared?.partSizes ?? given.partSizes ?? partSizes,
    cards: new FifoMap(cards),
    answers: new FifoMap(mostAnswers),
    site: undefined,
  };
  for (const item of shared?.few ?? []) {
    state.few.set(item.id, item);
    if (isChannel(item)) state.tree.set(item);
    if (isSite(item)) state.site = item;
  }
  return state;
}

function sharedCity(state: State): SharedCity {
  const { few, packed, dates, paths, pathTexts, channels, kinds, pinned, relations } = state;
  const shelvesOf = (some: ReadonlyMap<string, Shelf>): Map<string, SharedShelf> =>
    new Map([...some].map(([scope, shelf]) => [scope, shelf.share()]));
  return {
    few: [...few.values()],
    packed: packed.share(),
    shelves: shelvesOf(state.shelves),
    ownShelves: shelvesOf(state.ownShelves),
    dates: dates.share(),
    paths: paths.share(),
    pathTexts: pathTexts.share(),
    channels: channels.share(),
    kinds: kinds.share(),
    pinned,
    relations,
    partSizes: state.partSizes,
  };
}

export function createCity({ texts = textsInMemory(), ...options }: CityOptions): City {
  const { items, bytes, cards } = options;
  const state = createState({ ...options, texts });
  load(state, items);
  return {
    ...readsOf(state),
    bytes,
    ids: () => ids(state),
    inOrder: () => inOrder(state),
    outline: (id) => outline(state, id),
    load: (items) => {
      load(state, items);
    },
    ready: () => state.site?.state === 'live',
    apply: (changed) => applyAll(state, changed),
    dependents: (changed) => dependents(state, changed),
    share: () => sharedCity(state),
    copy: () => {
      const shared = copyShared(sharedCity(state));
      return createCity({ items: [], bytes, texts, shared, ...(cards === undefined ? {} : { cards }) });
    },
  };
}

function* numbers({ packed }: State): Generator<number> {
  for (let number = 0; number < packed.size(); number++) if (packed.has(number)) yield number;
}

function* ids(state: State): Generator<ItemId> {
  yield* state.few.keys();
  for (const number of numbers(state)) yield state.packed.idOf(number);
}

function* inOrder(state: State): Generator<ItemId> {
  const given = new Uint8Array(state.packed.size());
  // Those below the same channel together, that channel last: its months list what they have read.
  const channels = [...state.ownShelves.keys()].map((id) => ({ id, way: state.tree.chain(id).reverse().join(' ') }));
  for (const { id } of channels.sort((one, other) => (one.way > other.way ? -1 : 1))) {
    for (const number of state.ownShelves.get(id)?.items() ?? []) {
      given[number] = 1;
      yield state.packed.idOf(number);
    }
    if (state.few.has(id)) yield id;
  }
  for (const id of state.few.keys()) if (!state.ownShelves.has(id)) yield id;
  for (const number of numbers(state)) if (given[number] !== 1) yield state.packed.idOf(number);
}

function outline({ few, packed, kinds }: State, id: ItemId): LiveItem | undefined {
  const number = packed.find(id);
  const kind = number === undefined ? undefined : kindNames[kinds.get(number) - 1];
  return few.get(id) ?? (kind && outlines(id, kind));
}

function outlines(id: ItemId, kind: Kind): LiveItem {
  const nothing = { state: 'live', path: null, formerPaths: [], revision: '', hash: '', fields: {} } as const;
  return { id, kind, ...nothing } as unknown as LiveItem;
}

function wholeItem({ few, packed }: State, id: ItemId): LiveItem | undefined {
  const known = few.get(id);
  if (known) return known;
  const number = packed.find(id);
  return number === undefined ? undefined : packed.item(number);
}

function lightItem({ few, packed }: State, id: ItemId): LiveItem | undefined {
  const known = few.get(id);
  if (known) return known;
  const number = packed.find(id);
  return number === undefined ? undefined : packed.light(number);
}

function cardOf({ packed, cards }: State, number: number): ItemCard | undefined {
  const known = cards.get(number);
  if (known) return known;
  const item = packed.known(number) ?? packed.light(number);
  const card = item && isListed(item) ? itemCard(item) : undefined;
  if (card) cards.set(number, card);
  return card;
}

function readsOf(state: State): Omit<Source, 'bytes'> {
  const cards = (numbers: readonly number[]): ItemCard[] => numbers.flatMap((number) => cardOf(state, number) ?? []);
  const shelf = (channel: ItemId | null): Shelf | undefined => state.shelves.get(channel ?? everywhere);
  const once = <T extends object>(key: ReadKey, answer: () => T): T => {
    const known = state.answers.get(key) as T | undefined;
    if (known) return known;
    const fresh = answer();
    state.answers.set(key, fresh);
    return fresh;
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
    month: (channel, month, part) =>
      once(readKey.month(channel, month, part), () =>
        cards(shelf(channel)?.month(monthNumber(month), part, state.partSizes.month) ?? []),
      ),
    extent: (channel, month) =>
      once(
        readKey.extent(channel, month),
        () => shelf(channel)?.extent(monthNumber(month), state.partSizes.month) ?? { count: 0, parts: 0 },
      ),
    addresses: (month, part) => once(readKey.addresses(month, part), () => addresses(state, monthNumber(month), part)),
    addressParts: () => once(readKey.addressParts(), () => addressParts(state)),
    neighbours: (id) => neighbours(state, id),
    related: (to, relation, limit = Infinity, kind) =>
      cards(newestOf(state, state.relations.get(`${to}:${relation}`) ?? [], limit, kind)),
  };
}

/** Of numbers in their order the last ones first: as many as are wanted, of one kind where that is said. */
function newestOf({ kinds }: State, all: readonly number[], limit: number, kind?: Kind): number[] {
  const wanted = kind === undefined ? undefined : kindNames.indexOf(kind) + 1;
  const found: number[] = [];
  for (let at = all.length - 1; at >= 0 && found.length < limit; at--) {
    const number = all[at] ?? 0;
    if (wanted === undefined || kinds.get(number) === wanted) found.push(number);
  }
  return found;
}

function addressParts({ shelves, partSizes }: State): ReturnType<Source['addressParts']> {
  const all = shelves.get(everywhere);
  return (all?.months() ?? []).map(({ month }) => ({
    month,
    parts: all?.extent(monthNumber(month), partSizes.addresses).parts ?? 0,
  }));
}

function addresses(state: State, month: MonthNumber, part: number): Address[] {
  const { shelves, paths, pathTexts, dates, partSizes } = state;
  const numbers = shelves.get(everywhere)?.month(month, part, partSizes.addresses) ?? [];
  return numbers.map((number) => ({ path: pathTexts.text(paths.get(number)), date: dateText(dates.get(number)) }));
}

function neighbours(state: State, id: ItemId): { previous?: ItemCard; next?: ItemCard } {
  const number = state.packed.find(id);
  if (number === undefined || state.dates.get(number) === 0) return {};
  const { previous, next } = around(state, number);
  const before = previous === undefined ? undefined : cardOf(state, previous);
  // Whole: where all are rendered, it is the next.
  if (next !== undefined && !state.cards.get(next)) state.packed.item(next);
  const after = next === undefined ? undefined : cardOf(state, next);
  return { ...(before ? { previous: before } : {}), ...(after ? { next: after } : {}) };
}

function around(state: State, number: number): ReturnType<Shelf['around']> {
  return state.ownShelves.get(channelOf(state, number))?.around(number) ?? {};
}

const channelOf = ({ packed, channels }: State, number: number): ItemId => packed.idOf(channels.get(number) - 1);

function applyAll(state: State, changed: Iterable<LiveItem>): ReadKey[] {
  const touched = new Set<ReadKey>();
  takeIn(state, changed, touched);
  if (touched.size > 0) state.answers.clear();
  return [...touched];
}

/** While a city is put together, nobody has read anything that could be touched. One by one: all at once may be too many. */
function load(state: State, items: Iterable<LiveItem>): void {
  for (const item of items) {
    if (isChannel(item)) applyChannel(state, item, undefined);
    else applyItem(state, item, undefined);
  }
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
  const old = lightItem(state, item.id);
  if (old && sameItem(old, item)) return;
  touched?.add(readKey.item(item.id));
  const moves = movesOf(old, item);
  if (old) takeDown(state, old, touched, moves);
  if (isSite(item)) putUpSite(state, item, touched);
  else putUp(state, state.packed.keep(item), item, touched, moves);
}

/** What else than the item's own words its change may alter. */
interface Moves {
  /** The place of others in the lists that show it. */
  readonly place: boolean;
  readonly path: boolean;
}

function movesOf(old: LiveItem | undefined, item: LiveItem): Moves {
  if (!old || !isListed(old) || !isListed(item)) return { place: true, path: true };
  const place = old.fields.date !== item.fields.date || old.fields.channel !== item.fields.channel;
  return { place, path: old.path !== item.path };
}

function putUpSite(state: State, site: LiveItem<'site'>, touched: Touched): void {
  state.few.set(site.id, site);
  state.site = site;
  touched?.add(readKey.site());
}

function putUp(state: State, number: number, item: LiveItem, touched: Touched, moves: Moves): void {
  touchBytes(item, touched);
  state.kinds.set(number, kindNames.indexOf(item.kind) + 1);
  if (isDocumentItem(item)) state.channels.set(number, state.packed.numberOf(item.fields.channel) + 1);
  if (!isListed(item)) return;
  const pinned = item.fields.pinned === true;
  state.dates.set(number, dateNumber(item.fields.date));
  state.paths.set(number, state.pathTexts.add(item.path));
  if (pinned) state.pinned.add(number);
  const open = (shelves: Map<string, Shelf>, scope: string): Shelf => opened(shelves, scope, () => createShelf(state));
  for (const scope of scopesOf(state, item.fields.channel)) open(state.shelves, scope).add(number, pinned);
  open(state.ownShelves, item.fields.channel).add(number, pinned);
  for (const relation of pointsTo(item))
    insertKey(
      opened(state.relations, relation, () => []),
      number,
      state.compare,
    );
  touchPlace(state, number, item, touched, moves);
}

function takeDown(state: State, item: LiveItem, touched: Touched, moves: Moves): void {
  touchBytes(item, touched);
  const number = state.packed.find(item.id);
  if (number === undefined || !isListed(item)) return;
  touchPlace(state, number, item, touched, moves);
  for (const scope of scopesOf(state, item.fields.channel)) state.shelves.get(scope)?.remove(number);
  state.ownShelves.get(item.fields.channel)?.remove(number);
  for (const relation of pointsTo(item)) removeKey(state.relations.get(relation) ?? [], number, state.compare);
  state.cards.delete(number);
  state.pinned.delete(number);
  state.dates.set(number, 0);
}

/** The bytes of a picture in all its forms. */
function touchBytes(item: LiveItem, touched: Touched): void {
  if (!touched || !isMedia(item)) return;
  const { hash, forms = [] } = item.fields;
  for (const one of [hash, ...forms.map((form) => form.hash)]) touched.add(readKey.bytes(one));
}

/** All lists that show a listed item where it now stands. */
function touchPlace(state: State, number: number, item: ListedItem, touched: Touched, moves: Moves): void {
  if (!touched) return;
  const { shelves, partSizes } = state;
  const place = [number, monthOf(state.dates.get(number))] as const;
  const month = monthText(place[1]);
  for (const scope of scopesOf(state, item.fields.channel)) {
    touched.add(`newest:${scope}`).add(`all:${scope}`);
    if (moves.place) touched.add(`months:${scope}`).add(`extent:${scope}:${month}`);
    for (const part of partsFrom(shelves.get(scope), place, partSizes.month, moves.place))
      touched.add(`month:${scope}:${month}:${part}`);
  }
  const alter = moves.place || moves.path;
  for (const part of alter ? partsFrom(shelves.get(everywhere), place, partSizes.addresses, moves.place) : [])
    touched.add(readKey.addresses(month, part));
  if (moves.place) touched.add(readKey.addressParts());
  const { previous, next } = around(state, number);
  for (const one of [number, previous, next])
    if (one !== undefined) touched.add(readKey.neighbours(state.packed.idOf(one)));
  for (const relation of pointsTo(item)) touched.add(`related:${relation}`);
}

/** The part an item stands in; where it comes or goes, all those it moves others in, the one it fills or leaves included. */
function partsFrom(
  shelf: Shelf | undefined,
  [number, month]: readonly [number, MonthNumber],
  size: number,
  comesOrGoes: boolean,
): number[] {
  const own = shelf?.partOf(number, size) ?? 0;
  if (!shelf || !comesOrGoes) return [own];
  const { parts } = shelf.extent(month, size);
  const first = own === 0 ? Math.max(1, parts) : own;
  return [0, ...Array.from({ length: Math.max(0, parts + 1 - first) }, (_, at) => first + at)];
}

/** All lists of a scope that show that month. */
function touchScope({ shelves, partSizes }: State, scope: string, month: string, touched: Touched): void {
  touched?.add(`newest:${scope}`).add(`months:${scope}`).add(`all:${scope}`).add(`extent:${scope}:${month}`);
  const parts = shelves.get(scope)?.extent(monthNumber(month), partSizes.month).parts ?? 0;
  for (let part = 0; part <= parts; part++) touched?.add(`month:${scope}:${month}:${part}`);
}

function applyChannel(state: State, channel: ChannelItem, touched: Touched): void {
  const old = state.tree.get(channel.id);
  if (old && sameItem(old, channel)) return;
  touched?.add(readKey.item(channel.id)).add(readKey.channels(channel.fields.parent));
  if (old) touched?.add(readKey.channels(old.fields.parent));
  state.few.set(channel.id, channel);
  if (state.tree.parentOf(channel.id) === channel.fields.parent) state.tree.set(channel);
  else moveChannel(state, channel, touched);
}

/** What stands in the channel leaves the lists of its old ancestors and enters those of the new ones. */
function moveChannel(state: State, channel: ChannelItem, touched: Touched): void {
  const places = [...(state.shelves.get(channel.id)?.items() ?? [])].map((number) => ({
    number,
    from: scopesOf(state, channelOf(state, number)),
  }));
  state.tree.set(channel);
  for (const { number, from } of places) {
    const to = scopesOf(state, channelOf(state, number));
    const month = monthText(monthOf(state.dates.get(number)));
    for (const scope of from) {
      if (to.includes(scope)) continue;
      touchScope(state, scope, month, touched);
      state.shelves.get(scope)?.remove(number);
    }
    for (const scope of to) {
      if (from.includes(scope)) continue;
      opened(state.shelves, scope, () => createShelf(state)).add(number, state.pinned.has(number));
      touchScope(state, scope, month, touched);
    }
  }
}

function dependents(state: State, changed: Iterable<LiveItem>): ItemId[] {
  const given = new Set<ItemId>();
  const moved = new Set<ItemId>();
  for (const item of changed) {
    given.add(item.id);
    if (!isChannel(item) || state.tree.get(item.id)?.path === item.path) continue;
    for (const below of state.tree.below(item.id)) moved.add(below);
  }
  const found = [...moved];
  const channels = new Set(found.map((id) => state.packed.find(id)));
  if (moved.size > 0)
    for (const number of numbers(state))
      if (channels.has(state.channels.get(number) - 1)) found.push(state.packed.idOf(number));
  return found.filter((id) => !given.has(id));
}

function scopesOf(state: State, channel: ItemId): string[] {
  return [everywhere, ...state.tree.chain(channel)];
}

/** `TO:RELATION` for every relation the item holds. */
function pointsTo({ fields }: ListedItem): string[] {
  const to = (relation: Relation, ids: readonly ItemId[]): string[] => ids.map((id) => `${id}:${relation}`);
  return [
    ...to('interprets', 'interprets' in fields ? fields.interprets : []),
    ...to('department', 'department' in fields ? [fields.department] : []),
    ...to('publishedBy', 'publishedBy' in fields && fields.publishedBy !== undefined ? [fields.publishedBy] : []),
    ...to('leads', 'leads' in fields ? (fields.leads ?? []) : []),
    ...to('responsible', 'responsible' in fields ? [fields.responsible] : []),
    ...to('relatedTo', 'relatedTo' in fields ? (fields.relatedTo ?? []) : []),
    ...to('translates', fields.translates === undefined ? [] : [fields.translates]),
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
