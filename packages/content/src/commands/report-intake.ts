import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { intakeNumber, lockRun } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({ run: intakeNumber });

export interface IntakeReported {
  readonly pages: number;
  readonly gaps: number;
  readonly alarmed: number;
}

/** Says once what the reading of a run came to, so that whoever began it can be told. Asked again, it changes nothing. */
export const reportIntake: Command<z.infer<typeof input>, IntakeReported> = {
  name: 'report-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run }) {
    const { name, account, told } = await lockRun(context, run, ['reading', 'read', 'handing', 'failed', 'ended']);
    const tables = context.tx.withTables<ContentTables>();
    const pages = await tables
      .selectFrom('intake_page')
      .select(['verdict', 'alarms'])
      .where('site', '=', context.site)
      .where('run', '=', run)
      .execute();
    const result = {
      pages: pages.length,
      gaps: pages.filter(({ verdict }) => verdict === 'gaps').length,
      alarmed: pages.filter(({ alarms }) => alarms > 0).length,
    };
    if (told) return { result, event: null };
    await tables
      .updateTable('intake_run')
      .set({ told: true })
      .where('site', '=', context.site)
      .where('id', '=', run)
      .execute();
    return { result, event: { run, name, ...result, begunBy: account } };
  },
};
