import type { CommandContext } from '@chengmen/ledger';
import type { ItemId, PagePath } from '@chengmen/model';
import type { ContentTables } from './tables.ts';

/** Documents that have their address in these channels, withdrawn ones too. */
export async function documentsIn(
  { tx, site }: CommandContext,
  channels: readonly ItemId[],
): Promise<{ item: ItemId; path: PagePath; channel: ItemId; state: string }[]> {
  const rows = await tx
    .withTables<ContentTables>()
    .selectFrom('address')
    .innerJoin('item', (join) => join.onRef('item.site', '=', 'address.site').onRef('item.id', '=', 'address.item'))
    .select(['address.item', 'address.path', 'address.channel', 'item.state'])
    .where('address.site', '=', site)
    .where('address.current', '=', true)
    .where('address.channel', 'in', channels)
    .execute();
  return rows.flatMap(({ channel, ...row }) => (channel === null ? [] : [{ ...row, channel }]));
}
