import type { Command } from '@chengmen/ledger';
import { itemId, type ItemId } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { needsOf } from '../places.ts';
import { plainText } from '../plain-text.ts';
import { endSchedules } from '../schedule.ts';
import { takeDown } from '../take-down.ts';

const input = z.strictObject({
  item: itemId,
  /** Shown to the public at the item's address. */
  reason: plainText.min(1).max(500),
});

/**
 * Takes a live item from public view; its address answers 410 with the reason. A later approved revision brings it back:
 * what was scheduled before is cancelled, so that no clock does.
 */
export function withdrawItem(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, { readonly item: ItemId }> {
  return {
    name: 'withdraw-item',
    permission: 'item.withdraw',
    input,
    needs: (context, { item }) => needsOf(context, hooks, { item, permission: 'item.withdraw' }),
    async run(context, { item, reason }) {
      const touched = await takeDown(context, hooks, { item, reason });
      await endSchedules(context, item, { returned: true, note: reason });
      return { result: { item }, event: { item, reason }, touched };
    },
  };
}
