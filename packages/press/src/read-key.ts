import { relations, type ItemId, type ReadKey, type Relation, type Source } from '@chengmen/model';

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
  related: (to: ItemId, relation: Relation): ReadKey => `related:${to}:${relation}`,
  bytes: (hash: string): ReadKey => `bytes:${hash}`,
} as const;

/**
 * What a change touches. The same text as a read key, except that `newest:CHANNEL` leaves the limit out:
 * a change knows the list it alters, not how much of it each page shows.
 */
export function subjectOf(key: ReadKey): ReadKey {
  return key.startsWith('newest:') ? key.slice(0, key.lastIndexOf(':')) : key;
}

/** Makes the read again that left this key. Throws TypeError for a text that no read leaves. */
export function readAgain(source: Source, key: ReadKey): unknown {
  const [call = '', first = '', second = '', third = ''] = key.split(':');
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
      return source.related(first, relationOf(second, key));
    case 'bytes':
      return source.bytes(first);
    default:
      throw new TypeError(`readAgain: no read leaves the key ${key}`);
  }
}

function relationOf(text: string, key: ReadKey): Relation {
  const relation = relations.find((name) => name === text);
  if (relation === undefined) throw new TypeError(`readAgain: no relation in the key ${key}`);
  return relation;
}
