import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
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
    const { state } = await lockRun(context, run);
    if (state !== 'read' && state !== 'failed')
      throw new ChengmenError('wrong-state', {
        what: '采集批次 (the run)',
        state: state === 'ended' ? '已经结束 (has ended)' : '还在读或交付 (is still being read or handed over)',
      });
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
