import type { Command } from '@chengmen/ledger';
import { ChengmenError, revisionId } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { makeLive } from '../make-live.ts';
import { endSchedule, lockSchedule } from '../schedule.ts';
import { takeDown } from '../take-down.ts';

const input = z.strictObject({ id: z.number().int() });

/**
 * What was planned happens, in one transaction with the note that it has: whoever comes second finds nothing to do.
 * Not before its time by the clock of the ledger.
 */
export function carryOutSchedule(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly done: boolean }> {
  return {
    name: 'carry-out-schedule',
    permission: 'schedule.carry-out',
    input,
    async run(context, { id }) {
      const { item, action, number, hash, reason, at, state } = await lockSchedule(context, id);
      if (state !== 'waiting') return { result: { done: false }, event: null };
      if (at > context.now.toISOString())
        throw new ChengmenError('wrong-state', { what: `定时 ${id}`, state: `未到时间 (not due): ${at}` });
      if (action === 'withdraw') {
        const touched = await takeDown(context, hooks, { item, reason: reason ?? '' });
        await endSchedule(context, id, 'done');
        return { result: { done: true }, event: { id, at, item, reason }, touched };
      }
      const revision = revisionId(item, number ?? 0);
      const row = await lockRevision(context, revision, hash ?? '');
      if (row.state !== 'scheduled')
        throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: row.state });
      const touched = await makeLive(context, hooks, row);
      await endSchedule(context, id, 'done');
      return { result: { done: true }, event: { id, at, revision, hash }, touched };
    },
  };
}
