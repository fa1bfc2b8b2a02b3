import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type ItemId } from '@chengmen/model';
import { endEmergencies } from './emergencies.ts';
import { hooksOf, type KindHooks } from './hooks.ts';
import type { ItemTable, RevisionTables } from './tables.ts';

const shanghaiDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** The effect of a withdrawal: the address answers 410 with the reason. Answers the items the public may see differently. */
export async function takeDown(
  context: CommandContext,
  hooks: readonly KindHooks[],
  { item, reason }: { readonly item: ItemId; readonly reason: string },
): Promise<readonly ItemId[]> {
  const { site, now } = context;
  const { kind, state } = await withdrawable(context, item);
  if (state !== 'live') throw new ChengmenError('wrong-state', { what: `条目 ${item}`, state });
  await endEmergencies(context, item, 'withdrawn');
  const touched: ItemId[] = [item];
  for (const hook of hooksOf(hooks, kind))
    touched.push(...((await hook.whenWithdrawn?.(context, { item, kind })) ?? []));
  await context.tx
    .withTables<RevisionTables>()
    .updateTable('item')
    .set({ state: 'withdrawn', withdrawal_reason: reason, withdrawn_on: shanghaiDate.format(now) })
    .where('site', '=', site)
    .where('id', '=', item)
    .execute();
  return touched;
}

/** An item of a kind that can be withdrawn, locked. Throws `not-found`, `wrong-state`. */
export async function withdrawable(
  { tx, site }: CommandContext,
  item: ItemId,
): Promise<Pick<ItemTable, 'kind' | 'state'>> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select(['kind', 'state'])
    .where('site', '=', site)
    .where('id', '=', item)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
  if (row.kind === 'site')
    throw new ChengmenError('wrong-state', {
      what: '网站信息',
      state: '不能撤回，只能修订 (can be revised, not withdrawn)',
    });
  return row;
}
