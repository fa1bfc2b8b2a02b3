import type { CommandContext } from '@chengmen/ledger';
import type { ItemId } from '@chengmen/model';
import { assignAddresses, documentAddress } from './addresses.ts';
import { readChannelTree } from './channel-tree.ts';
import { documentsIn } from './documents-in.ts';
import type { ContentTables } from './tables.ts';

/**
 * What stands in a channel stands in another from now on: its documents get addresses there, and its own become those of the other,
 * which they redirect to. The documents' revisions stay as they were approved; where they name the one, the other is meant. Cost
 * follows what stands there. Answers what the public may see differently.
 */
export async function mergeChannel(
  context: CommandContext,
  { item, into }: { readonly item: ItemId; readonly into: ItemId },
): Promise<readonly ItemId[]> {
  const { site } = context;
  const tx = context.tx.withTables<ContentTables>();
  const tree = await readChannelTree(context);
  const documents = await documentsIn(context, [item]);
  const places = documents.map(({ item: id, path: earlier }) => ({
    item: id,
    channel: into,
    path: documentAddress({ channel: tree.path(into), item: id, date: '', earlier }),
  }));
  await tx
    .updateTable('channel_merge')
    .set({ into_channel: into })
    .where('site', '=', site)
    .where('into_channel', '=', item)
    .execute();
  await tx.insertInto('channel_merge').values({ site, channel: item, into_channel: into }).execute();
  await tx
    .updateTable('address')
    .set({ item: into, current: false })
    .where('site', '=', site)
    .where('item', '=', item)
    .execute();
  return [into, ...(await assignAddresses(context, places))];
}
