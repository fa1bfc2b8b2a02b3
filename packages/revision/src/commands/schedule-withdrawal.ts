import type { Command } from '@chengmen/ledger';
import { ChengmenError, itemId } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { needsOf } from '../places.ts';
import { plainText } from '../plain-text.ts';
import { addSchedule, instant, refusePast } from '../schedule.ts';
import { withdrawable } from '../take-down.ts';

const input = z.strictObject({ item: itemId, at: instant, reason: plainText.min(1).max(500) });

/** A live item, or one that will be, goes from public view at a stated time. */
export function scheduleWithdrawal(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly id: number }> {
  return {
    name: 'schedule-withdrawal',
    permission: 'schedule.set',
    input,
    needs: (context, { item }) => needsOf(context, hooks, { item, permission: 'schedule.set' }),
    async run(context, { item, at, reason }) {
      const { state } = await withdrawable(context, item);
      if (state === 'withdrawn') throw new ChengmenError('wrong-state', { what: `条目 ${item}`, state });
      refusePast(context, at, 'at');
      const id = await addSchedule(context, { item, action: 'withdraw', at, reason });
      return { result: { id }, event: { id, item, at, reason } };
    },
  };
}
