import type { CommandContext, Ledger } from '@chengmen/ledger';
import type { Actor, ItemId } from '@chengmen/model';
import type { KindHooks } from './hooks.ts';
import { takeDown } from './take-down.ts';

/**
 * What the database would say if an item were withdrawn, made so by the very steps of a withdrawal; nothing of it stays.
 * `read` is given the items the public would see differently. Rejects with whatever would hold the withdrawal back.
 */
export function rehearseWithdrawal<T>(
  { ledger, hooks, actor }: { readonly ledger: Ledger; readonly hooks: readonly KindHooks[]; readonly actor: Actor },
  item: ItemId,
  read: (tx: CommandContext['tx'], touched: readonly ItemId[]) => Promise<T>,
): Promise<T> {
  return ledger.rehearse(actor, async (context) =>
    read(context.tx, await takeDown(context, hooks, { item, reason: '（演习）' })),
  );
}
