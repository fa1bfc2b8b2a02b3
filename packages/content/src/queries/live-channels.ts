import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { liveChannelFields } from '../channel-tree.ts';

/** The live channels of a site, by their place in the tree: each behind its parent. */
export async function liveChannels(
  db: Ledger['db'],
  site: SiteId,
): Promise<{ readonly id: ItemId; readonly name: string }[]> {
  const channels = [...(await liveChannelFields(db, site))]
    .map(([id, fields]) => ({ id, ...fields }))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const below = (parent: ItemId | null, seen: ReadonlySet<ItemId>): { id: ItemId; name: string }[] =>
    channels
      .filter((channel) => channel.parent === parent && !seen.has(channel.id))
      .flatMap(({ id, name }) => [{ id, name }, ...below(id, new Set([...seen, id]))]);
  return below(null, new Set());
}
