import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type ItemId, type PagePath } from '@chengmen/model';
import type { ContentTables } from './tables.ts';

/** The address an item has now, or undefined. */
export async function currentAddress({ tx, site }: CommandContext, item: ItemId): Promise<PagePath | undefined> {
  const row = await tx
    .withTables<ContentTables>()
    .selectFrom('address')
    .select('path')
    .where('site', '=', site)
    .where('item', '=', item)
    .where('current', '=', true)
    .executeTakeFirst();
  return row?.path;
}

/**
 * Gives an item an address; the one it had stays its own and will redirect.
 * Answers whether anything changed. Throws `address-taken` when another item ever had the address.
 */
export async function assignAddress(context: CommandContext, item: ItemId, path: PagePath): Promise<boolean> {
  const { site } = context;
  const tx = context.tx.withTables<ContentTables>();
  const taken = await tx
    .selectFrom('address')
    .select(['item', 'current'])
    .where('site', '=', site)
    .where('path', '=', path)
    .executeTakeFirst();
  if (taken && taken.item !== item) throw new ChengmenError('address-taken', { path, by: taken.item });
  if (taken?.current) return false;
  await tx
    .updateTable('address')
    .set({ current: false })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('current', '=', true)
    .execute();
  await tx
    .insertInto('address')
    .values({ site, path, item, current: true })
    .onConflict((conflict) => conflict.columns(['site', 'path']).doUpdateSet({ current: true }))
    .execute();
  return true;
}

/** A document's address: its channel's, the day it was first approved under, its id. The day is kept when it moves or is back-dated. */
export function documentAddress(options: {
  readonly channel: PagePath;
  readonly item: ItemId;
  readonly date: string;
  readonly earlier: PagePath | undefined;
}): PagePath {
  const { channel, item, date, earlier } = options;
  const [, kept] = /\/(\d{4}\/\d{2}\/\d{2})\/[^/]+$/.exec(earlier ?? '') ?? [];
  return `${channel}${kept ?? date.slice(0, 10).replaceAll('-', '/')}/${item}.html`;
}
