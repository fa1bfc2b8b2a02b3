import {
  isDocument,
  isKind,
  relations,
  type DocumentKind,
  type ItemId,
  type ReadKey,
  type Relation,
  type Source,
} from '@chengmen/model';

/** Stands for `null` (the whole site, the top level) in a key; no item id can contain it. */
export const everywhere = '*';

const scope = (channel: ItemId | null): string => channel ?? everywhere;

/** The text recorded for each call of a `Source`, with its exact arguments. */
export const readKey = {
  site: (): ReadKey => 'site',
  item: (id: ItemId): ReadKey => `item:${id}`,
  channels: (parent: ItemId | null): ReadKey => `channels:${scope(parent)}`,
  newest: (channel: ItemId | null, limit: number): ReadKey => `newest:${scope(channel)}:${limit}`,
  all: (channel: ItemId): ReadKey => `all:${channel}`,
  months: (channel: ItemId | null): ReadKey => `months:${scope(channel)}`,
  month: (channel: ItemId | null, month: string, part: number): ReadKey => `month:${scope(channel)}:${month}:${part}`,
  extent: (channel: ItemId | null, month: string): ReadKey => `extent:${scope(channel)}:${month}`,
  addresses: (month: string, part: number): ReadKey => `addresses:${month}:${part}`,
  addressParts: (): ReadKey => 'address-parts',
  neighbours: (item: ItemId): ReadKey => `neighbours:${item}`,
  related: (to: ItemId, relation: Relation, limit?: number, kind?: DocumentKind): ReadKey =>
    ['related', to, relation, ...(limit === undefined ? [] : [limit]), ...(kind === undefined ? [] : [kind])].join(':'),
  bytes: (hash: string): ReadKey => `bytes:${hash}`,
} as const;

/**
 * What a change touches. The same text as a read key, except that `newest:CHANNEL` and `related:ID:RELATION` leave out
 * how many were wanted: a change knows the list it alters, not how much of it each page shows.
 */
export function subjectOf(key: ReadKey): ReadKey {
  if (key.startsWith('newest:')) return key.slice(0, key.lastIndexOf(':'));
  return key.startsWith('related:') ? key.split(':', 3).join(':') : key;
}

/** Makes the read again that left this key. Throws TypeError for a text that no read leaves. */
export function readAgain(source: Source, key: ReadKey): unknown {
  const [call = '', first = '', second = '', third = '', fourth = ''] = key.split(':');
  const place = first === everywhere ? null : first;
  switch (call) {
    case 'site':
      return source.site();
    case 'item':
      return source.item(first);
    case 'channels':
      return source.channels(place);
    case 'newest':
      return source.newest(place, Number(second));
    case 'all':
      return source.all(first);
    case 'months':
      return source.months(place);
    case 'month':
      return source.month(place, second, Number(third));
    case 'extent':
      return source.extent(place, second);
    case 'addresses':
      return source.addresses(first, Number(second));
    case 'address-parts':
      return source.addressParts();
    case 'neighbours':
      return source.neighbours(first);
    case 'related':
      return relatedAgain(source, first, relationOf(second, key), third, fourth);
    case 'bytes':
      return source.bytes(first);
    default:
      throw new TypeError(`readAgain: no read leaves the key ${key}`);
  }
}

function relatedAgain(source: Source, to: ItemId, relation: Relation, limit: string, kind: string): unknown {
  if (limit === '') return source.related(to, relation);
  return isKind(kind) && isDocument(kind)
    ? source.related(to, relation, Number(limit), kind)
    : source.related(to, relation, Number(limit));
}

function relationOf(text: string, key: ReadKey): Relation {
  const relation = relations.find((name) => name === text);
  if (relation === undefined) throw new TypeError(`readAgain: no relation in the key ${key}`);
  return relation;
}
