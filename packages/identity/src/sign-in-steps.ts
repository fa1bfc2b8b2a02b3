import type { LedgerTables } from '@chengmen/ledger';
import type { AccountId } from '@chengmen/model';
import type { Kysely } from 'kysely';
import type { IdentityTables } from './tables.ts';
import { newToken, tokenHash } from './tokens.ts';

type Db = Kysely<LedgerTables & IdentityTables>;

/** Milliseconds between the password and the second factor. */
const lasts = 10 * 60_000;

export interface SignInStep {
  readonly account: AccountId;
  readonly method: string;
}

/** Notes that an account has shown the first thing; answers the token its cookie holds. */
export async function beginStep(db: Db, step: SignInStep, now: Date): Promise<string> {
  const token = newToken();
  await db.deleteFrom('sign_in_step').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('sign_in_step')
    .values({ token_hash: tokenHash(token), ...step, expires_at: new Date(now.getTime() + lasts).toISOString() })
    .execute();
  return token;
}

/** Whose step a token stands for; undefined for none, or one that has run out. */
export async function stepOfToken(db: Db, token: string | undefined, now: Date): Promise<SignInStep | undefined> {
  if (token === undefined) return undefined;
  return db
    .selectFrom('sign_in_step')
    .select(['account', 'method'])
    .where('token_hash', '=', tokenHash(token))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
}

/** Ends a step; false when another request has already. */
export async function endStep(db: Db, token: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_in_step')
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
