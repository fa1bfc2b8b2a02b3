import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, type FieldsOf, type ItemId, type PagePath, type SiteId } from '@chengmen/model';
import { channelMerges } from './queries/channel-merges.ts';
import { liveRevisions, type PlaceReader } from '@chengmen/revision';

export interface ChannelTree {
  has(id: ItemId): boolean;
  /** The channel itself, or the one it was merged into. */
  standing(id: ItemId): ItemId;
  /** A live channel, or the one it was merged into, and those above it, nearest first; empty for one that is not live. */
  line(id: ItemId): ItemId[];
  /** Index address of a live channel, or of the one it was merged into: `/news/headlines/`. Throws `not-found`. */
  path(id: ItemId): PagePath;
  /** The channel and all live channels below it. */
  subtree(id: ItemId): ItemId[];
  children(id: ItemId | null): ItemId[];
  fields(id: ItemId): FieldsOf<'channel'> | undefined;
}

/** The live channels of a site as they stand in this transaction; there are hundreds at most. */
export async function readChannelTree({ tx, site }: PlaceReader): Promise<ChannelTree> {
  return channelTree(await liveChannelFields(tx, site), await channelMerges(tx, site));
}

/** The channels there are, without those that were merged into others. */
export async function liveChannelFields(
  db: Ledger['db'],
  site: SiteId,
): Promise<ReadonlyMap<ItemId, FieldsOf<'channel'>>> {
  const rows = await liveRevisions(db, site)
    .select(['item.id', 'revision.fields'])
    .where('item.kind', '=', 'channel')
    .where('item.state', '=', 'live')
    .execute();
  const all = rows.map(({ id, fields }) => [id, JSON.parse(fields) as FieldsOf<'channel'>] as const);
  return new Map(all.filter(([, { mergedInto }]) => mergedInto === undefined));
}

export function channelTree(
  channels: ReadonlyMap<ItemId, FieldsOf<'channel'>>,
  merges: ReadonlyMap<ItemId, ItemId>,
): ChannelTree {
  const standing = (id: ItemId): ItemId => merges.get(id) ?? id;
  const path = (id: ItemId, trail: readonly ItemId[] = []): PagePath => {
    const fields = channels.get(id);
    if (!fields) throw new ChengmenError('not-found', { what: '栏目 (channel)', id });
    if (trail.includes(id))
      throw new ChengmenError('invalid-input', {
        where: 'parent',
        problem: `栏目不能放在自己下面 (a channel cannot stand below itself): ${[...trail, id].join(' → ')}`,
      });
    return `${fields.parent === null ? '/' : path(fields.parent, [...trail, id])}${fields.segment}/`;
  };
  const line = (id: ItemId): ItemId[] => {
    const found: ItemId[] = [];
    for (
      let at: ItemId | null = standing(id);
      at !== null && !found.includes(at);
      at = channels.get(at)?.parent ?? null
    )
      if (channels.has(at)) found.push(at);
    return found;
  };
  const children = (parent: ItemId | null): ItemId[] =>
    [...channels].filter(([, fields]) => fields.parent === parent).map(([id]) => id);
  const subtree = (id: ItemId): ItemId[] => [id, ...children(id).flatMap(subtree)];
  return {
    has: (id) => channels.has(id),
    standing,
    line,
    path: (id) => path(standing(id)),
    subtree,
    children,
    fields: (id) => channels.get(id),
  };
}
