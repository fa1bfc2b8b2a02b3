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

/** Where an item shall stand; `channel` is null for channels themselves. */
export interface Place {
  readonly item: ItemId;
  readonly path: PagePath;
  readonly channel: ItemId | null;
}

const mostAtOnce = 1000;

/**
 * Gives items their addresses; those they had stay their own and will redirect. Answers the items whose address changed.
 * Throws `address-taken` when another item ever had one of the addresses.
 */
export async function assignAddresses(context: CommandContext, places: readonly Place[]): Promise<ItemId[]> {
  const changed: ItemId[] = [];
  for (let from = 0; from < places.length; from += mostAtOnce)
    changed.push(...(await assignSome(context, places.slice(from, from + mostAtOnce))));
  return changed;
}

async function assignSome(context: CommandContext, places: readonly Place[]): Promise<ItemId[]> {
  const { site } = context;
  const tx = context.tx.withTables<ContentTables>();
  const present = await tx
    .selectFrom('address')
    .select(['item', 'path'])
    .where('site', '=', site)
    .where(
      'item',
      'in',
      places.map(({ item }) => item),
    )
    .where('current', '=', true)
    .execute();
  const now = new Map(present.map(({ item, path }) => [item, path]));
  const moving = places.filter(({ item, path }) => now.get(item) !== path);
  if (moving.length === 0) return [];
  const items = moving.map(({ item }) => item);
  await tx
    .updateTable('address')
    .set({ current: false })
    .where('site', '=', site)
    .where('item', 'in', items)
    .where('current', '=', true)
    .execute();
  const given = await tx
    .insertInto('address')
    .values(moving.map((place) => ({ site, ...place, current: true })))
    .onConflict((conflict) =>
      conflict
        .columns(['site', 'path'])
        .doUpdateSet(({ ref }) => ({ current: true, channel: ref('excluded.channel') }))
        .whereRef('address.item', '=', 'excluded.item'),
    )
    .returning('path')
    .execute();
  if (given.length < moving.length) await refuseTaken(context, moving, new Set(given.map(({ path }) => path)));
  return items;
}

async function refuseTaken(context: CommandContext, places: readonly Place[], given: Set<PagePath>): Promise<never> {
  const path = places.find((place) => !given.has(place.path))?.path ?? '';
  const owner = await context.tx
    .withTables<ContentTables>()
    .selectFrom('address')
    .select('item')
    .where('site', '=', context.site)
    .where('path', '=', path)
    .executeTakeFirst();
  throw new ChengmenError('address-taken', { path, by: owner?.item ?? '' });
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
