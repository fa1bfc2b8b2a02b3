import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';

/** Throws where the actor would change what they themselves may do. */
export function refuseSelf({ actor }: CommandContext, account: AccountId): void {
  if (account === actor.account)
    throw new ChengmenError('permission-denied', {
      actor: actor.name,
      permission: '更改自己的角色 (change one’s own roles)',
    });
}
