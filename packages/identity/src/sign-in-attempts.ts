import type { LedgerTables } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import type { Kysely } from 'kysely';
import type { IdentityTables } from './tables.ts';

type Db = Kysely<LedgerTables & IdentityTables>;

const second = 1000;
const day = 24 * 3600 * second;

/** Failures an account's name, or a network address, is allowed before it has to rest. Behind one address sits a whole office. */
export const freeFailures = { account: 4, address: 40 };

/** Milliseconds of rest after so many failures in a row: none for the free ones, then doubling to a quarter of an hour. */
export function restAfter(failures: number, free = freeFailures.account): number {
  return failures <= free ? 0 : Math.min(900 * second, second * 2 ** (failures - free));
}

/** What a failure counts against. Account names are in lower case, so that nobody can type the key of an address. */
export function addressKey(address: string): string {
  return `ADDRESS ${address}`;
}

/** What a wrong second factor counts against: only who knows the password gets there. */
export function codeKey(account: string): string {
  return `CODE ${account}`;
}

/**
 * Counts an attempt before it is made, so that guesses sent side by side do not all pass while none has failed yet.
 * A success forgets the count. Throws `sign-in-wait` while the name rests; names that do not exist rest too.
 * Answers how many there have been in a row with this one.
 */
export async function takeAttempt(
  db: Db,
  username: string,
  now: Date,
  free: number = freeFailures.account,
): Promise<number> {
  const at = now.toISOString();
  const { wait, attempts } = await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('sign_in_failure')
      .where('last_at', '<', new Date(now.getTime() - day).toISOString())
      .execute();
    await tx
      .insertInto('sign_in_failure')
      .values({ username, failures: 0, last_at: at })
      .onConflict((conflict) => conflict.column('username').doNothing())
      .execute();
    const { failures, last_at: last } = await tx
      .selectFrom('sign_in_failure')
      .select(['failures', 'last_at'])
      .where('username', '=', username)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const left = Date.parse(last) + restAfter(failures, free) - now.getTime();
    if (left > 0) return { wait: left, attempts: failures };
    await tx
      .updateTable('sign_in_failure')
      .set({ failures: failures + 1, last_at: at })
      .where('username', '=', username)
      .execute();
    return { wait: 0, attempts: failures + 1 };
  });
  if (wait > 0) throw new ChengmenError('sign-in-wait', { seconds: Math.ceil(wait / second) });
  return attempts;
}

/** Gives back an attempt that was no guess, because the password was right. Others' failures from that address stay counted. */
export async function giveBackAttempt(db: Db, username: string): Promise<void> {
  await db
    .updateTable('sign_in_failure')
    .set(({ eb }) => ({ failures: eb('failures', '-', 1) }))
    .where('username', '=', username)
    .where('failures', '>', 0)
    .execute();
}

export async function forgetAttempts(db: Db, username: string): Promise<void> {
  await db.deleteFrom('sign_in_failure').where('username', '=', username).execute();
}
