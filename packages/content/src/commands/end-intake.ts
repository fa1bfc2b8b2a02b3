import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { intakeNumber, lockRun } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({ run: intakeNumber });

/**
 * Ends a run: nothing of it is handed over any more, and whoever keeps its sources may take them away. What became items, the list of
 * its pages and what was decided about them stay.
 */
export const endIntake: Command<z.infer<typeof input>, null> = {
  name: 'end-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run }) {
    await lockRun(context, run, ['read', 'failed']);
    const tables = context.tx.withTables<ContentTables>();
    const pages = await tables
      .updateTable('intake_page')
      .set({ stale: false })
      .where('site', '=', context.site)
      .where('run', '=', run)
      .returning('state')
      .execute();
    const left = pages.filter((page) => page.state === 'read');
    await tables
      .updateTable('intake_run')
      .set({ state: 'ended', problem: null })
      .where('site', '=', context.site)
      .where('id', '=', run)
      .execute();
    return { result: null, event: { run, left: left.length } };
  },
};
