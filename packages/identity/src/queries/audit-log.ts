import type { EventTable, Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

export interface AuditLine extends Pick<EventTable, 'seq' | 'at' | 'account' | 'command' | 'payload' | 'hash'> {
  /** Who, by name; null for an actor without account (the command line, a citizen). */
  readonly name: string | null;
}

export interface RefusalLine {
  readonly at: string;
  readonly account: string;
  readonly name: string | null;
  readonly command: string;
  readonly code: string;
}

/** Accepted commands of a site, newest first; `before` continues below that number. */
export async function auditLog(
  db: Ledger['db'],
  site: SiteId,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<AuditLine[]> {
  let query = db
    .withTables<IdentityTables>()
    .selectFrom('event')
    .leftJoin('identity_user', 'identity_user.id', 'event.account')
    .select(['seq', 'at', 'account', 'command', 'payload', 'hash', 'identity_user.name'])
    .where('event.site', '=', site)
    .orderBy('seq', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('seq', '<', before);
  return query.execute();
}

/** The last refused commands of a site, newest first. */
export async function refusals(db: Ledger['db'], site: SiteId, limit: number): Promise<RefusalLine[]> {
  return db
    .withTables<IdentityTables>()
    .selectFrom('refusal')
    .leftJoin('identity_user', 'identity_user.id', 'refusal.account')
    .select(['refusal.at', 'refusal.account', 'refusal.command', 'refusal.code', 'identity_user.name'])
    .where('refusal.site', '=', site)
    .orderBy('refusal.id', 'desc')
    .limit(limit)
    .execute();
}
