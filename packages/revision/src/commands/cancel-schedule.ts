import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { needsOfSchedule } from '../needs-of-schedule.ts';
import { plainText } from '../plain-text.ts';
import { endSchedule, lockSchedule } from '../schedule.ts';
import { setRevisionState } from '../set-revision-state.ts';

const input = z.strictObject({ id: z.number().int(), reason: plainText.min(1).max(500) });

/** What is planned will not happen; a revision that waited for its time goes back to its writer. */
export function cancelSchedule(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, { readonly id: number }> {
  return {
    name: 'cancel-schedule',
    permission: 'schedule.set',
    input,
    needs: needsOfSchedule(hooks),
    async run(context, { id, reason }) {
      const { site, item, number, state } = await lockSchedule(context, id);
      if (state !== 'waiting' && state !== 'failed')
        throw new ChengmenError('wrong-state', { what: `定时 ${id}`, state });
      await endSchedule(context, id, 'cancelled', reason);
      if (number !== null) await setRevisionState(context, { site, item, number }, 'returned');
      return { result: { id }, event: { id, item, reason } };
    },
  };
}
