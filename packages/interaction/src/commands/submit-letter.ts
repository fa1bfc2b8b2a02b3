import { randomInt } from 'node:crypto';
import { civilDateAt, UnknownYearError, type WorkingDays } from '@chengmen/calendar';
import type { Command, CommandContext } from '@chengmen/ledger';
import { sha256, type Actor, type SiteId } from '@chengmen/model';
import { sql } from 'kysely';
import { z } from 'zod';
import { letterKinds, type LetterKind } from '../letter-kinds.ts';
import type { LetterTables } from '../letter-tables.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n'))
    .pipe(z.string().min(1).max(most));
const optional = (most: number) => z.union([z.literal('').transform(() => undefined), text(most)]).optional();

export const letterInput = z.strictObject({
  kind: z.enum(Object.keys(letterKinds) as [LetterKind, ...LetterKind[]]),
  subject: text(100),
  body: text(5000),
  sender: text(40),
  phone: z
    .union([
      z.literal('').transform(() => undefined),
      z
        .string()
        .trim()
        .regex(/^[0-9+\- ]{5,20}$/),
    ])
    .optional(),
  /** The page a correction is about: a path on the portal. */
  page: z
    .union([
      z.literal('').transform(() => undefined),
      z
        .string()
        .max(500)
        .regex(/^\/[\w./~%-]*$/),
    ])
    .optional(),
  passage: optional(500),
});
export type LetterInput = z.infer<typeof letterInput>;

export interface SubmittedLetter {
  readonly reference: string;
  /** Shown once: whoever has it can read the letter and its answer. 60 bits, in groups of four. */
  readonly code: string;
  /** Civil date by which the answer is due, and the days that do not count; null while the year's holidays are not known. */
  readonly due: {
    readonly date: string;
    readonly skipped: readonly { readonly date: string; readonly why: string }[];
  } | null;
}

/** Who writes from the street: no roles, no name in the log. */
export function citizenActor(site: SiteId): Actor {
  return { account: 'citizen', name: '市民', site, roles: [] };
}

/** A citizen's letter: numbered, with a deadline in working days and a code to follow it by. */
export function submitLetter(days: WorkingDays): Command<LetterInput, SubmittedLetter> {
  return {
    name: 'submit-letter',
    permission: null,
    input: letterInput,
    async run(context, input) {
      const { site, now } = context;
      const tx = context.tx.withTables<LetterTables>();
      const received = civilDateAt(now);
      const due = deadlineOrNull(days, received, letterKinds[input.kind].days);
      const reference = await nextReference(context, Number(received.slice(0, 4)));
      const code = newCode();
      await tx
        .insertInto('letter')
        .values({
          site,
          reference,
          kind: input.kind,
          subject: input.subject,
          body: input.body,
          sender: input.sender,
          phone: input.phone ?? null,
          page: input.page ?? null,
          passage: input.passage ?? null,
          received_at: now.toISOString(),
          received_on: received,
          due_on: due?.date ?? null,
          state: 'received',
          department: null,
          answer: null,
          answered_at: null,
          answered_on: null,
          code_hash: codeHash(code),
        })
        .execute();
      return { result: { reference, code, due }, event: { reference, kind: input.kind, due: due?.date ?? null } };
    },
  };
}

/** A letter is never refused because the calendar is behind; nor is its deadline guessed. */
function deadlineOrNull(days: WorkingDays, from: string, count: number): SubmittedLetter['due'] {
  try {
    return days.deadline(from, count);
  } catch (error) {
    if (error instanceof UnknownYearError) return null;
    throw error;
  }
}

/** Numbers without gaps by year: the row's lock makes letters wait for one another, for a moment. */
async function nextReference({ tx, site }: CommandContext, year: number): Promise<string> {
  const { last } = await tx
    .withTables<LetterTables>()
    .insertInto('letter_number')
    .values({ site, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['site', 'year']).doUpdateSet({ last: sql<number>`letter_number.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${year}-${String(last).padStart(6, '0')}`;
}

/** Letters and digits that are not mistaken for one another on paper. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function newCode(): string {
  const letters = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** Codes are read aloud and retyped: case, spaces and dashes do not count. */
export function codeHash(code: string): string {
  return sha256(code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
}
