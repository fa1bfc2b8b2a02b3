import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { sql } from 'kysely';
import { codeHash } from '../commands/submit-letter.ts';
import type { LetterKind } from '../letter-kinds.ts';
import type { LetterTable, LetterTables } from '../letter-tables.ts';

/** What the sender sees with the query code: no more personal data than they know themselves. */
export interface TrackedLetter {
  readonly reference: string;
  readonly kind: LetterKind;
  readonly subject: string;
  readonly body: string;
  readonly page: string | null;
  readonly passage: string | null;
  readonly receivedOn: string;
  /** null while the holidays of its year are not known. */
  readonly dueOn: string | null;
  readonly state: 'received' | 'answered';
  readonly department: string | null;
  readonly answer: string | null;
  readonly answeredOn: string | null;
}

/** The letter of a query code, or undefined. */
export async function trackedLetter(db: Ledger['db'], site: SiteId, code: string): Promise<TrackedLetter | undefined> {
  const row = await db
    .withTables<LetterTables>()
    .selectFrom('letter')
    .selectAll()
    .where('site', '=', site)
    .where('code_hash', '=', codeHash(code))
    .executeTakeFirst();
  return row && tracked(row);
}

/** A letter as the desk sees it, with its sender. */
export interface DeskLetter extends TrackedLetter {
  readonly sender: string;
  readonly phone: string | null;
}

/** Letters of a site: open ones first, those due soonest first, then the answered ones, newest first. */
export async function lettersForDesk(db: Ledger['db'], site: SiteId, limit = 200): Promise<DeskLetter[]> {
  const letters = db.withTables<LetterTables>().selectFrom('letter').selectAll().where('site', '=', site);
  const open = await letters
    .where('state', '=', 'received')
    .orderBy('due_on')
    .orderBy('reference')
    .limit(limit)
    .execute();
  const answered = await letters.where('state', '=', 'answered').orderBy('answered_at', 'desc').limit(limit).execute();
  return [...open, ...answered].map((row) => ({ ...tracked(row), sender: row.sender, phone: row.phone }));
}

/** One letter for the desk. */
export async function letterForDesk(
  db: Ledger['db'],
  site: SiteId,
  reference: string,
): Promise<DeskLetter | undefined> {
  const row = await db
    .withTables<LetterTables>()
    .selectFrom('letter')
    .selectAll()
    .where('site', '=', site)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row && { ...tracked(row), sender: row.sender, phone: row.phone };
}

/** How many letters came in and were answered: the numbers a site must publish (DED-07). */
export async function letterCounts(
  db: Ledger['db'],
  site: SiteId,
): Promise<{ readonly received: number; readonly answered: number }> {
  const rows = await db
    .withTables<LetterTables>()
    .selectFrom('letter')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .where('site', '=', site)
    .groupBy('state')
    .execute();
  const count = (state: string): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { received: count('received') + count('answered'), answered: count('answered') };
}

function tracked(row: LetterTable): TrackedLetter {
  return {
    reference: row.reference,
    kind: row.kind,
    subject: row.subject,
    body: row.body,
    page: row.page,
    passage: row.passage,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    state: row.state,
    department: row.department,
    answer: row.answer,
    answeredOn: row.answered_on,
  };
}

/** Letters of a span of civil dates, as the yearly report asks for them (RPT-S2). */
export interface LettersWithin {
  /** Came in within the span. */
  readonly received: number;
  /** Answered within the span. */
  readonly answered: number;
  /** Days from receipt to answer of those answered, on average; null where none was. */
  readonly averageDays: number | null;
}

export async function lettersWithin(
  db: Ledger['db'],
  site: SiteId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<LettersWithin> {
  const letters = db.withTables<LetterTables>().selectFrom('letter').where('site', '=', site);
  const received = await letters
    .where('received_on', '>=', from)
    .where('received_on', '<=', to)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const answered = await letters
    .where('answered_on', '>=', from)
    .where('answered_on', '<=', to)
    .select(({ fn }) => [
      fn.countAll<string>().as('count'),
      sql<string | null>`avg(answered_on::date - received_on::date)`.as('days'),
    ])
    .executeTakeFirstOrThrow();
  return {
    received: Number(received.count),
    answered: Number(answered.count),
    averageDays: answered.days === null ? null : Math.round(Number(answered.days) * 10) / 10,
  };
}
