import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { intakeNumber, lockRun } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({ run: intakeNumber });

/** Reads the sources of a run once more after they could not be read; what was read stays. */
export const resumeIntake: Command<z.infer<typeof input>, null> = {
  name: 'resume-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run }) {
    await lockRun(context, run, ['failed']);
    await context.tx
      .withTables<ContentTables>()
      .updateTable('intake_run')
      .set({ state: 'reading', problem: null })
      .where('site', '=', context.site)
      .where('id', '=', run)
      .execute();
    return { result: null, event: { run } };
  },
};
