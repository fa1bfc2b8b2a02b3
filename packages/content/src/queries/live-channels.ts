import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { liveChannelFields } from '../channel-tree.ts';

export interface LiveChannel {
  readonly id: ItemId;
  readonly name: string;
  /** How many stand above it. */
  readonly depth: number;
}

/** The live channels of a site, by their place in the tree: each behind its parent. */
export async function liveChannels(db: Ledger['db'], site: SiteId): Promise<readonly LiveChannel[]> {
  const under = new Map<ItemId | null, { readonly id: ItemId; readonly name: string; readonly position: number }[]>();
  for (const [id, { name, position, parent }] of await liveChannelFields(db, site))
    under.set(parent, [...(under.get(parent) ?? []), { id, name, position }]);
  const below = (parent: ItemId | null, depth: number): LiveChannel[] =>
    (under.get(parent) ?? [])
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
      .flatMap(({ id, name }) => [{ id, name, depth }, ...below(id, depth + 1)]);
  return below(null, 0);
}

/** A channel and all below it, of a list as `liveChannels` gives it; one that is not in it stands alone. */
export function channelsWithin(channels: readonly LiveChannel[], id: ItemId): readonly ItemId[] {
  const at = channels.findIndex((channel) => channel.id === id);
  if (at < 0) return [id];
  const depth = channels[at]?.depth ?? 0;
  const end = channels.findIndex((channel, index) => index > at && channel.depth <= depth);
  return channels.slice(at, end < 0 ? undefined : end).map((channel) => channel.id);
}
