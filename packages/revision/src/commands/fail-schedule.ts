import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { endSchedule, lockSchedule } from '../schedule.ts';

const input = z.strictObject({ id: z.number().int(), problem: z.string().max(2000) });

/** What was due could not be done; it waits for a person. */
export const failSchedule: Command<z.infer<typeof input>, { readonly failed: boolean }> = {
  name: 'fail-schedule',
  permission: 'schedule.carry-out',
  input,
  async run(context, { id, problem }) {
    const { item, state } = await lockSchedule(context, id);
    if (state !== 'waiting') return { result: { failed: false }, event: null };
    await endSchedule(context, id, 'failed', problem);
    return { result: { failed: true }, event: { id, item, problem } };
  },
};
