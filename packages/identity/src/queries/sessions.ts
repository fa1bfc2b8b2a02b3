import type { Ledger } from '@chengmen/ledger';
import type { AccountId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

/** A place somebody is signed in at. */
export interface Session {
  readonly session: string;
  readonly account: AccountId;
  /** ISO 8601 instants; when it was last used is known to the hour. */
  readonly begunAt: string;
  readonly usedAt: string;
  readonly endsAt: string;
  readonly address: string;
  readonly browser: string;
  readonly method: string;
  readonly secondFactor: boolean;
}

/** The sessions of some accounts, newest first. */
export async function sessionsOf(db: Ledger['db'], accounts: readonly AccountId[], now: Date): Promise<Session[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .withTables<IdentityTables>()
    .selectFrom('identity_session')
    .selectAll()
    .where('userId', 'in', accounts)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .execute();
  return rows.map((row) => ({
    session: row.id,
    account: row.userId,
    begunAt: row.begunAt ?? row.createdAt.toISOString(),
    usedAt: row.updatedAt.toISOString(),
    endsAt: row.expiresAt.toISOString(),
    address: row.ipAddress ?? '',
    browser: row.userAgent ?? '',
    method: row.method,
    secondFactor: row.secondFactor,
  }));
}
