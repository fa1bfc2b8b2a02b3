import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

export interface RefusalLine {
  readonly id: number;
  readonly at: string;
  readonly account: string;
  /** Null for an actor without account (the command line, a citizen). */
  readonly name: string | null;
  readonly command: string;
  readonly code: string;
}

/** The last refused commands of a site, newest first; `before` continues below that number. */
export async function refusals(db: Ledger['db'], site: SiteId, limit: number, before?: number): Promise<RefusalLine[]> {
  let query = db
    .withTables<IdentityTables>()
    .selectFrom('refusal')
    .leftJoin('identity_user', 'identity_user.id', 'refusal.account')
    .select(['refusal.id', 'refusal.at', 'refusal.account', 'refusal.command', 'refusal.code', 'identity_user.name'])
    .where('refusal.site', '=', site)
    .orderBy('refusal.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('refusal.id', '<', before);
  return query.execute();
}
