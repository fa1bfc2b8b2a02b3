import { civilDateAt } from '@chengmen/calendar';
import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { LetterTables } from '../letter-tables.ts';

const input = z.strictObject({
  reference: z.string().regex(/^\d{4}-\d{6,}$/),
  department: z.string().trim().min(1).max(100),
  answer: z
    .string()
    .trim()
    .min(1)
    .max(10_000)
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n')),
});

/** A department answers a letter, once. The sender reads it with the query code; publishing it is another matter, with its own three reviews. */
export const answerLetter: Command<z.infer<typeof input>, { readonly reference: string; readonly late: boolean }> = {
  name: 'answer-letter',
  permission: 'letter.answer',
  input,
  async run({ tx, site, now }, { reference, department, answer }) {
    const letters = tx.withTables<LetterTables>();
    const letter = await letters
      .selectFrom('letter')
      .select(['state', 'due_on'])
      .where('site', '=', site)
      .where('reference', '=', reference)
      .forUpdate()
      .executeTakeFirst();
    if (!letter) throw new ChengmenError('not-found', { what: '来信 (letter)', id: reference });
    if (letter.state !== 'received')
      throw new ChengmenError('wrong-state', { what: `来信 ${reference}`, state: '已答复 (answered)' });
    const answeredOn = civilDateAt(now);
    await letters
      .updateTable('letter')
      .set({ state: 'answered', department, answer, answered_at: now.toISOString(), answered_on: answeredOn })
      .where('site', '=', site)
      .where('reference', '=', reference)
      .execute();
    const late = letter.due_on !== null && answeredOn > letter.due_on;
    return { result: { reference, late }, event: { reference, department, late } };
  },
};
