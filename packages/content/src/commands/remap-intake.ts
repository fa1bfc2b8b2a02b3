import type { Command } from '@chengmen/ledger';
import { itemId } from '@chengmen/model';
import { z } from 'zod';
import { intakeNumber, lockRun } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({
  run: intakeNumber,
  /** Rules for channels as docs/formats/mapping.md has them, in the place of those there were. */
  channels: z.array(z.record(z.string(), z.unknown())).max(1000),
  /** Where pages stand that no rule fits. */
  channel: itemId,
});

/** Other channels for the pages of a run that were read and not handed over: these are read once more. */
export const remapIntake: Command<z.infer<typeof input>, { readonly pages: number }> = {
  name: 'remap-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run, channels, channel }) {
    const { tx, site } = context;
    const { mapping } = await lockRun(context, run, ['read']);
    const before = (JSON.parse(mapping) ?? {}) as Record<string, unknown>;
    const rest = Object.entries(before).filter(([name]) => name !== 'channels');
    const now = { ...Object.fromEntries(rest), ...(channels.length > 0 ? { channels } : {}) };
    const tables = tx.withTables<ContentTables>();
    await tables
      .updateTable('intake_run')
      .set({ channel, mapping: JSON.stringify(Object.keys(now).length === 0 ? null : now) })
      .where('site', '=', site)
      .where('id', '=', run)
      .execute();
    const pages = await tables
      .updateTable('intake_page')
      .set({ stale: true })
      .where('site', '=', site)
      .where('run', '=', run)
      .where('state', '=', 'read')
      .returning('number')
      .execute();
    return { result: { pages: pages.length }, event: { run, channel, channels, pages: pages.length } };
  },
};
