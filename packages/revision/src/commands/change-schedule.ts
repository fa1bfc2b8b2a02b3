import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { needsOfSchedule } from '../needs-of-schedule.ts';
import { instant, lockSchedule, refusePast } from '../schedule.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({ id: z.number().int(), at: instant.optional() });

/** Another time for what is planned, or has failed; without one, at once. */
export function changeSchedule(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, { readonly at: string }> {
  return {
    name: 'change-schedule',
    permission: 'schedule.set',
    input,
    needs: needsOfSchedule(hooks),
    async run(context, { id, at: wanted }) {
      const { item, state, at: before } = await lockSchedule(context, id);
      if (state !== 'waiting' && state !== 'failed')
        throw new ChengmenError('wrong-state', { what: `定时 ${id}`, state });
      if (wanted !== undefined) refusePast(context, wanted, 'at');
      const at = wanted ?? context.now.toISOString();
      await context.tx
        .withTables<RevisionTables>()
        .updateTable('schedule')
        .set({ at, state: 'waiting', ended_at: null, note: null })
        .where('id', '=', id)
        .execute();
      return { result: { at }, event: { id, item, at, before } };
    },
  };
}
