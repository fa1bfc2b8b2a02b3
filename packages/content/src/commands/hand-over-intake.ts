import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { intakeNumber, lockRun } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({
  run: intakeNumber,
  /** Which pages, by their numbers; absent: all that were read and not handed over yet. */
  pages: z.array(intakeNumber).min(1).max(10_000).optional(),
  /** Only those without a gap and without an alarm. */
  whole: z.boolean().optional(),
  /** To the reviewers at once; else they stay drafts. */
  submit: z.boolean(),
});

/** Hands pages that were read to the chain: each becomes a draft of whoever says so. The work is done by and by, and goes on after a break. */
export const handOverIntake: Command<z.infer<typeof input>, { readonly pages: number }> = {
  name: 'hand-over-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run, pages, whole, submit }) {
    const { tx, site, actor } = context;
    await lockRun(context, run, ['read', 'handing']);
    const tables = tx.withTables<ContentTables>();
    const handed = await tables
      .updateTable('intake_page')
      .set({ state: 'handing', account: actor.account, submit, problem: null })
      .where('site', '=', site)
      .where('run', '=', run)
      .where('state', '=', 'read')
      .$if(pages !== undefined, (query) => query.where('number', 'in', pages ?? []))
      .$if(whole === true, (query) => query.where('verdict', '<>', 'gaps').where('alarms', '=', 0))
      .returning('number')
      .execute();
    if (handed.length === 0)
      throw new ChengmenError('wrong-state', {
        what: '这些网页 (these pages)',
        state: '没有可以交付的 (none of them can be handed over)',
      });
    await tables
      .updateTable('intake_run')
      .set({ state: 'handing' })
      .where('site', '=', site)
      .where('id', '=', run)
      .execute();
    return { result: { pages: handed.length }, event: { run, pages: handed.length, submit } };
  },
};
