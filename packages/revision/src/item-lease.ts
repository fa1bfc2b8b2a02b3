import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type ItemId, type Kind } from '@chengmen/model';
import type { ItemLeaseTable, RevisionTables } from './tables.ts';

/** How long somebody holds an item after their window was last heard of. */
export const leaseSeconds = 60;

/** Who holds the item now; undefined for nobody. Taken under the site's turn, so it cannot change before the command ends. */
export async function leaseNow({ tx, site, now }: CommandContext, item: ItemId): Promise<ItemLeaseTable | undefined> {
  return tx
    .withTables<RevisionTables>()
    .selectFrom('item_lease')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .where('until', '>', now.toISOString())
    .executeTakeFirst();
}

export function itemHeld({ account, name }: ItemLeaseTable, { actor }: CommandContext): ChengmenError {
  return new ChengmenError('item-held', { by: name, own: account === actor.account ? 'yes' : 'no' });
}

/** Throws `item-held` where somebody else writes. */
export async function refuseWhereHeld(context: CommandContext, item: ItemId): Promise<void> {
  const lease = await leaseNow(context, item);
  if (lease && lease.account !== context.actor.account) throw itemHeld(lease, context);
}

/** Takes or renews the item for one window. */
export async function setLease(context: CommandContext, item: ItemId, tab: string): Promise<void> {
  const { actor, now, site } = context;
  const mine = {
    account: actor.account,
    name: actor.name,
    tab,
    until: new Date(now.getTime() + leaseSeconds * 1000).toISOString(),
  };
  await context.tx
    .withTables<RevisionTables>()
    .insertInto('item_lease')
    .values({ site, item, ...mine })
    .onConflict((conflict) => conflict.columns(['site', 'item']).doUpdateSet(mine))
    .execute();
}

/** What the actor typed is a revision now, or not wanted any more. */
export async function dropWriting({ tx, site, actor }: CommandContext, item: ItemId): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .deleteFrom('writing')
    .where('site', '=', site)
    .where('item', '=', item)
    .where('account', '=', actor.account)
    .execute();
}

/** The kind of an item, or, before its first revision, what it is going to be. */
export async function kindOf({ tx, site }: CommandContext, item: ItemId, going: Kind): Promise<Kind> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select('kind')
    .where('site', '=', site)
    .where('id', '=', item)
    .executeTakeFirst();
  return row?.kind ?? going;
}
