import {
  isDocument,
  sha256,
  partSizes,
  type DocumentKind,
  type Extent,
  type FieldsOf,
  type Hash,
  type ItemCard,
  type ItemId,
  type Kind,
  type LiveItem,
  type PagePath,
  type Relation,
  type Source,
} from '@chengmen/model';

type Listed = { [K in DocumentKind]: LiveItem<K> & { readonly path: PagePath } }[DocumentKind];

export interface MemorySourceOptions {
  readonly items: readonly LiveItem[];
  readonly bytes?: ReadonlyMap<Hash, Uint8Array>;
}

/** A live item for a test: the revision and the hash follow from the id. */
export function live<K extends Kind>(
  kind: K,
  id: ItemId,
  path: PagePath | null,
  fields: FieldsOf<K>,
  rest: Partial<Pick<LiveItem<K>, 'state' | 'formerPaths' | 'withdrawal'>> = {},
): LiveItem<K> {
  return { id, kind, state: 'live', path, formerPaths: [], revision: `${id}.1`, hash: sha256(id), fields, ...rest };
}

/** A `Source` over a handful of items, by plain search: for tests and pictures, not for a city. */
export function createMemorySource({ items, bytes = new Map() }: MemorySourceOptions): Source {
  const byId = new Map(items.map((item) => [item.id, item]));
  const listed = items.filter(isListed).sort((a, b) => compare(b, a));
  const inside = (channel: ItemId | null): Listed[] =>
    listed.filter(({ fields }) => channel === null || chain(byId, fields.channel).includes(channel));
  const newest = (channel: ItemId | null): ItemCard[] => {
    const all = inside(channel).map(cardOf);
    return [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned)];
  };
  const inMonth = (channel: ItemId | null, month: string): Listed[] =>
    inside(channel).filter(({ fields }) => fields.date.startsWith(month));
  return {
    site: () => {
      const site = items.find((item): item is LiveItem<'site'> => item.kind === 'site');
      if (!site) throw new Error('no site');
      return site;
    },
    item: (id) => byId.get(id),
    channels: (parent) =>
      items
        .filter(
          (item): item is LiveItem<'channel'> & { path: PagePath } => item.kind === 'channel' && item.state === 'live',
        )
        .filter(({ fields }) => fields.parent === parent)
        .sort((a, b) => a.fields.position - b.fields.position || (a.id < b.id ? -1 : 1))
        .map(({ id, path, fields: { name, layout, type, navigation, edition, translates } }) => ({
          id,
          name,
          path,
          parent,
          layout,
          type,
          navigation,
          ...(edition && parent === null
            ? {
                edition: {
                  language: edition.language,
                  languageName: edition.languageName,
                  missing: edition.missing,
                  name: edition.name,
                  ...(edition.direction === undefined ? {} : { direction: edition.direction }),
                },
              }
            : {}),
          ...(translates === undefined ? {} : { translates }),
        })),
    newest: (channel, limit) => newest(channel).slice(0, limit),
    all: newest,
    months: (channel) => {
      const counts = new Map<string, number>();
      for (const { fields } of inside(channel)) {
        const month = fields.date.slice(0, 7);
        counts.set(month, (counts.get(month) ?? 0) + 1);
      }
      return [...counts].map(([month, count]) => ({ month, count }));
    },
    month: (channel, month, part) => partOf(inMonth(channel, month), part, partSizes.month).map(cardOf),
    extent: (channel, month) => extentOf(inMonth(channel, month).length, partSizes.month),
    addresses: (month, part) =>
      partOf(inMonth(null, month), part, partSizes.addresses).map(({ path, fields }) => ({ path, date: fields.date })),
    addressParts: () =>
      [...new Set(listed.map(({ fields }) => fields.date.slice(0, 7)))].map((month) => ({
        month,
        parts: extentOf(inMonth(null, month).length, partSizes.addresses).parts,
      })),
    neighbours: (id) => {
      const self = listed.find((item) => item.id === id);
      const own = listed.filter(({ fields }) => fields.channel === self?.fields.channel);
      const at = own.findIndex((item) => item.id === id);
      const previous = at < 0 ? undefined : own[at + 1];
      const next = at < 0 ? undefined : own[at - 1];
      return {
        ...(previous ? { previous: cardOf(previous) } : {}),
        ...(next ? { next: cardOf(next) } : {}),
      };
    },
    related: (to, relation, limit = Infinity, kind) =>
      listed
        .filter((item) => pointsTo(item, relation).includes(to) && (kind === undefined || item.kind === kind))
        .slice(0, limit)
        .map(cardOf),
    bytes: (hash) => bytes.get(hash),
  };
}

const extentOf = (count: number, size: number): Extent => ({ count, parts: Math.max(0, Math.ceil(count / size) - 1) });

/** Of items newest first. */
function partOf(items: readonly Listed[], part: number, size: number): readonly Listed[] {
  const { parts } = extentOf(items.length, size);
  const oldestFirst = items.toReversed();
  if (part > parts) return [];
  const own = part === 0 ? oldestFirst.slice(parts * size) : oldestFirst.slice((part - 1) * size, part * size);
  return own.toReversed();
}

function isListed(item: LiveItem): item is Listed {
  return isDocument(item.kind) && item.state === 'live' && item.path !== null;
}

function compare(a: Listed, b: Listed): number {
  return a.fields.date === b.fields.date ? (a.id < b.id ? -1 : 1) : a.fields.date < b.fields.date ? -1 : 1;
}

function chain(items: ReadonlyMap<ItemId, LiveItem>, channel: ItemId): ItemId[] {
  const item = items.get(channel);
  const parent = item && 'parent' in item.fields ? item.fields.parent : null;
  return parent === null ? [channel] : [channel, ...chain(items, parent)];
}

function pointsTo({ fields }: Listed, relation: Relation): readonly ItemId[] {
  const value: unknown = (fields as Record<string, unknown>)[relation];
  if (Array.isArray(value)) return value as ItemId[];
  return typeof value === 'string' ? [value] : [];
}

const factNames = [
  'documentNumber',
  'issuer',
  'validity',
  'indexNumber',
  'madeOn',
  'form',
  'lifeEvent',
  'audience',
  'promisedDays',
  'department',
  'hours',
  'head',
  'topic',
  'askedOn',
  'answeredOn',
  'satisfaction',
  'period',
  'updateCycle',
  'post',
  'order',
  'phone',
  'address',
  'stage',
  'progress',
  'place',
  'pictures',
  'duration',
];

function cardOf({ id, kind, path, fields }: Listed): ItemCard {
  const { title, date, source, channel, summary, image, pinned } = fields;
  const facts: Record<string, string | number> = {};
  for (const name of factNames) {
    const value: unknown = (fields as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
    if (Array.isArray(value) && name === 'pictures') facts[name] = value.length;
  }
  return {
    id,
    kind,
    title,
    path,
    date,
    source,
    channel,
    facts,
    ...(summary === undefined ? {} : { summary }),
    ...(image === undefined ? {} : { image }),
    ...(pinned === true ? { pinned } : {}),
  };
}
