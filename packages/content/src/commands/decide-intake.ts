import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { intakeNumber, lockRun, nextId } from '../intake-rows.ts';
import type { ContentTables } from '../tables.ts';

const place = { at: z.int().min(0), length: z.int().min(0) };
const words = z
  .string()
  .max(500)
  .refine((text) => text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: '须写明，只占一行 (must be given, on one line)',
  });
const probability = z.number().min(0).max(1);

/** What a person decides about a place of a page, by its offset and length in the received bytes, or about all that a rule made. */
export const intakeChoice = z.union([
  z.strictObject({ ...place, take: z.string().min(1).max(200) }),
  z.strictObject({ ...place, refuse: z.literal(true) }),
  z.strictObject({ ...place, fill: z.string().min(1).max(50), source: words }),
  z.strictObject({ ...place, undo: z.literal(true) }),
  z.strictObject({
    rule: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .optional(),
    from: probability,
  }),
  z.strictObject({
    rule: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .optional(),
    upTo: probability,
  }),
]);
export type IntakeChoice = z.infer<typeof intakeChoice>;

const input = z.strictObject({
  run: intakeNumber,
  /** SHA-256 of the page as received; absent: all pages of the run, which only rules can be about. */
  page: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  choices: z.array(intakeChoice).min(1).max(1000),
});

/**
 * Keeps what somebody decided about a page that was read, or about all of its run. Whether a place is there, and whether what is typed
 * can have stood there, whoever asks has looked at before: the same bytes always give the same places. What became an item is decided.
 */
export const decideIntake: Command<z.infer<typeof input>, null> = {
  name: 'decide-intake',
  permission: 'intake.receive',
  input,
  async run(context, { run, page, choices }) {
    const { tx, site, actor, now } = context;
    await lockRun(context, run, ['reading', 'read', 'handing', 'failed']);
    if (page === undefined && choices.some((one) => 'at' in one))
      throw new ChengmenError('invalid-input', { where: 'page', problem: '须指明网页 (a place is of one page)' });
    const tables = tx.withTables<ContentTables>();
    const found = await tables
      .updateTable('intake_page')
      .set({ stale: true })
      .where('site', '=', site)
      .where('run', '=', run)
      .where('state', '=', 'read')
      // A sound page has no place that a rule could be about.
      .$if(page === undefined, (query) => query.where('verdict', '<>', 'clean'))
      .$if(page !== undefined, (query) => query.where('received_hash', '=', page ?? ''))
      .returning('number')
      .execute();
    if (page !== undefined && found.length === 0)
      throw new ChengmenError('wrong-state', {
        what: '网页 (the page)',
        state: '不在这一批里，或已经交付 (not of this run, or handed over)',
      });
    const first = await nextId(context, 'intake_choice');
    const decided = { site, run, received_hash: page ?? null, at: now.toISOString() };
    const by = { account: actor.account, account_name: actor.name };
    await tables
      .insertInto('intake_choice')
      .values(
        choices.map((choice, index) => ({ ...decided, ...by, id: first + index, choice: JSON.stringify(choice) })),
      )
      .execute();
    return { result: null, event: { run, ...(page === undefined ? {} : { received: page }), choices } };
  },
};
