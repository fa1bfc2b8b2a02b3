import type { Command } from '@chengmen/ledger';
import { itemId } from '@chengmen/model';
import { z } from 'zod';
import { nextId } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: '含有不能显示的字符 (holds characters that cannot be shown)',
  });

/** Where the sources of a run lie: handed in, by their names, in a tray; or in a folder below the one that operators allow. */
const place = z.union([
  z.strictObject({ tray: z.string().regex(/^[a-z0-9]{8,40}$/), files: z.array(oneLine).min(1).max(1000) }),
  z.strictObject({ folder: z.string().max(1000) }),
]);
export type IntakePlace = z.infer<typeof place>;

const input = z.strictObject({
  name: oneLine,
  place,
  /** As docs/formats/mapping.md has it; looked at by whoever opens the sources. */
  mapping: z.record(z.string(), z.unknown()).nullable(),
  channel: itemId,
});

/** Begins a run: its sources are read, mended and shown; nothing of them is an item before it is handed over. */
export const openIntake: Command<z.infer<typeof input>, { readonly run: number }> = {
  name: 'open-intake',
  permission: 'intake.receive',
  input,
  async run(context, { name, place: where, mapping, channel }) {
    const { tx, site, actor, now } = context;
    const id = await nextId(context, 'intake_run');
    await tx
      .withTables<ContentTables>()
      .insertInto('intake_run')
      .values({
        ...{
          site,
          id,
          name,
          channel,
          state: 'reading',
          problem: null,
          entries: null,
          told: false,
          at: now.toISOString(),
        },
        ...{ place: JSON.stringify(where), mapping: JSON.stringify(mapping) },
        ...{ account: actor.account, account_name: actor.name },
      })
      .execute();
    const told = 'folder' in where ? { folder: where.folder } : { files: where.files.length };
    return { result: { run: id }, event: { run: id, name, channel, ...told } };
  },
};
