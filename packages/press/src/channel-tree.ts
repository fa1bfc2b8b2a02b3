import type { ChannelCard, ItemId, LiveItem } from '@chengmen/model';

export type ChannelItem = LiveItem<'channel'>;

/** The channels and who stands below whom. */
export interface ChannelTree {
  readonly set: (channel: ChannelItem) => void;
  readonly get: (id: ItemId) => ChannelItem | undefined;
  readonly parentOf: (id: ItemId) => ItemId | null;
  /** The channel and everything above it, itself first. A channel that does not exist (yet) stands alone. */
  readonly chain: (id: ItemId) => ItemId[];
  /** The channel and all channels below it. */
  readonly below: (id: ItemId) => ItemId[];
  /** Live channels right below `parent`, by position, then id. */
  readonly children: (parent: ItemId | null) => ChannelCard[];
}

export function createChannelTree(): ChannelTree {
  const channels = new Map<ItemId, ChannelItem>();
  const childIds = new Map<ItemId | null, Set<ItemId>>();
  const parentOf = (id: ItemId): ItemId | null => channels.get(id)?.fields.parent ?? null;
  return {
    get: (id) => channels.get(id),
    parentOf,
    set: (channel) => {
      childIds.get(parentOf(channel.id))?.delete(channel.id);
      channels.set(channel.id, channel);
      const siblings = childIds.get(channel.fields.parent) ?? new Set();
      childIds.set(channel.fields.parent, siblings.add(channel.id));
    },
    chain: (id) => closure(id, (at) => [parentOf(at)]),
    below: (id) => closure(id, (at) => childIds.get(at) ?? []),
    children: (parent) =>
      [...(childIds.get(parent) ?? [])]
        .flatMap((id) => channels.get(id) ?? [])
        .sort(byPosition)
        .flatMap(channelCard),
  };
}

/** Each id once, so that two channels caught below one another while they change places end the walk. */
function closure(start: ItemId, next: (id: ItemId) => Iterable<ItemId | null>): ItemId[] {
  const found = new Set([start]);
  for (const id of found) for (const other of next(id)) if (other !== null) found.add(other);
  return [...found];
}

function byPosition(a: ChannelItem, b: ChannelItem): number {
  return a.fields.position - b.fields.position || (a.id < b.id ? -1 : 1);
}

function channelCard({ id, state, path, fields }: ChannelItem): ChannelCard[] {
  if (state !== 'live' || path === null) return [];
  const { name, parent, layout, type, navigation, translates } = fields;
  const edition = parent === null ? fields.edition : undefined;
  return [
    {
      ...{ id, name, path, parent, layout, type, navigation },
      ...(edition ? { edition: editionCard(edition) } : {}),
      ...(translates === undefined ? {} : { translates }),
    },
  ];
}

/** What every page of the site says of an edition; the rest is read by its own pages alone. */
function editionCard(edition: NonNullable<ChannelItem['fields']['edition']>): NonNullable<ChannelCard['edition']> {
  const { language, direction, languageName, missing, name } = edition;
  return { language, languageName, missing, name, ...(direction === undefined ? {} : { direction }) };
}
