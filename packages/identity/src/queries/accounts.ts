import type { Ledger } from '@chengmen/ledger';
import { roles, type AccountId, type Role, type SiteId } from '@chengmen/model';
import type { IdentityTables } from '../tables.ts';

export interface Account {
  readonly account: AccountId;
  readonly username: string;
  readonly name: string;
  /** On this site, in the order of the model. */
  readonly roles: readonly Role[];
  /** Places it is signed in at. */
  readonly sessions: number;
}

/** The accounts a site knows, by account name. */
export async function accountsOf(db: Ledger['db'], site: SiteId, now: Date): Promise<Account[]> {
  const tables = db.withTables<IdentityTables>();
  const users = await tables
    .selectFrom('site_account')
    .innerJoin('identity_user', 'identity_user.id', 'site_account.account')
    .leftJoin('identity_session', (join) =>
      join.onRef('identity_session.userId', '=', 'identity_user.id').on('identity_session.expiresAt', '>', now),
    )
    .select(({ fn }) => [
      'identity_user.id',
      'identity_user.username',
      'identity_user.name',
      fn.count<string | number>('identity_session.id').as('sessions'),
    ])
    .where('site_account.site', '=', site)
    .groupBy(['identity_user.id', 'identity_user.username', 'identity_user.name'])
    .orderBy('identity_user.username')
    .execute();
  const grants = await tables.selectFrom('role_grant').select(['account', 'role']).where('site', '=', site).execute();
  const held = Map.groupBy(grants, ({ account }) => account);
  return users.map(({ id, username, name, sessions }) => ({
    account: id,
    username: username ?? '',
    name,
    roles: known(held.get(id) ?? []),
    sessions: Number(sessions),
  }));
}

/** The roles an account holds on a site now. */
export async function rolesOf(db: Ledger['db'], site: SiteId, account: AccountId): Promise<Role[]> {
  const grants = await db
    .withTables<IdentityTables>()
    .selectFrom('role_grant')
    .select('role')
    .where('site', '=', site)
    .where('account', '=', account)
    .execute();
  return known(grants);
}

function known(grants: readonly { readonly role: string }[]): Role[] {
  return roles.filter((role) => grants.some((grant) => grant.role === role));
}
