import type { Hash, ItemId, LiveItem, ReadKey, Source } from '@chengmen/model';
import { answerHash } from './answer-hash.ts';
import { readKey } from './read-key.ts';

export interface TrackedSource {
  readonly source: Source;
  /** Each read exactly as it was made, with the hash of its answer. */
  readonly reads: ReadonlyMap<ReadKey, Hash>;
  /** Items read whole, whose revisions therefore stand behind the page. */
  readonly items: ReadonlySet<LiveItem>;
}

/** A source that writes down what is read from it. */
export function trackReads(from: Source): TrackedSource {
  const reads = new Map<ReadKey, Hash>();
  const items = new Set<LiveItem>();
  const noted = <T>(key: ReadKey, answer: T): T => {
    if (!reads.has(key)) reads.set(key, answerHash(key, answer));
    return answer;
  };
  const notedItem = <T extends LiveItem | undefined>(key: ReadKey, item: T): T => {
    if (item) items.add(item);
    return noted(key, item);
  };
  let site: LiveItem<'site'> | undefined;
  /** A page asks for the same few items again and again. */
  const asked = new Map<ItemId, LiveItem | undefined>();
  const source: Source = {
    site: () => (site ??= notedItem(readKey.site(), from.site())),
    item: (id) => {
      if (asked.has(id)) return asked.get(id);
      const item = notedItem(readKey.item(id), from.item(id));
      asked.set(id, item);
      return item;
    },
    channels: (parent) => noted(readKey.channels(parent), from.channels(parent)),
    newest: (channel, limit) => noted(readKey.newest(channel, limit), from.newest(channel, limit)),
    all: (channel) => noted(readKey.all(channel), from.all(channel)),
    months: (channel) => noted(readKey.months(channel), from.months(channel)),
    month: (channel, month, part) => noted(readKey.month(channel, month, part), from.month(channel, month, part)),
    extent: (channel, month) => noted(readKey.extent(channel, month), from.extent(channel, month)),
    addresses: (month, part) => noted(readKey.addresses(month, part), from.addresses(month, part)),
    addressParts: () => noted(readKey.addressParts(), from.addressParts()),
    neighbours: (item) => noted(readKey.neighbours(item), from.neighbours(item)),
    related: (to, relation, limit, kind) =>
      noted(readKey.related(to, relation, limit, kind), from.related(to, relation, limit, kind)),
    bytes: (hash) => noted(readKey.bytes(hash), from.bytes(hash)),
  };
  return { source, reads, items };
}
