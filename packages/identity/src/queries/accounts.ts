import type { Ledger } from '@chengmen/ledger';
import {
  conflictOf,
  roles,
  type AccountId,
  type Actor,
  type ItemId,
  type Role,
  type SiteId,
  type SubtreeGrant,
} from '@chengmen/model';
import { commandLine } from '../system-actor.ts';
import type { IdentityTables } from '../tables.ts';

/** Who gave which role, when, and for what: null for the whole site. */
export interface Grant {
  readonly role: Role;
  readonly channel: ItemId | null;
  /** Name of who granted it, or their account where it has none. */
  readonly by: string;
  readonly at: string;
}

export interface Account {
  readonly account: AccountId;
  readonly username: string;
  readonly name: string;
  /** Held for the whole site, in the order of the model. */
  readonly roles: readonly Role[];
  /** Held for a part of it. */
  readonly within: readonly SubtreeGrant[];
  readonly grants: readonly Grant[];
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
  const grants = Map.groupBy(await grantsOf(db, site), ({ account }) => account);
  return users.map(({ id, username, name, sessions }) => {
    const own = grants.get(id) ?? [];
    return {
      account: id,
      username: username ?? '',
      name,
      ...held(own),
      grants: own.map(({ role, channel, by, at }) => ({ role, channel, by, at })),
      sessions: Number(sessions),
    };
  });
}

/** The roles an account holds now, by site; a site where it holds none is not there. */
export async function rolesOf(
  db: Ledger['db'],
  account: AccountId,
): Promise<ReadonlyMap<SiteId, Required<Pick<Actor, 'roles' | 'within'>>>> {
  const bySite = Map.groupBy(await grantsWhere(db, { account }), ({ site }) => site);
  return new Map([...bySite].map(([site, grants]) => [site, held(grants)]));
}

const grantsOf = (db: Ledger['db'], site: SiteId): ReturnType<typeof grantsWhere> => grantsWhere(db, { site });

async function grantsWhere(
  db: Ledger['db'],
  asked: { readonly site: SiteId } | { readonly account: AccountId },
): Promise<(Grant & { readonly account: AccountId; readonly site: SiteId })[]> {
  const query = db
    .withTables<IdentityTables>()
    .selectFrom('role_grant')
    .leftJoin('identity_user as granter', 'granter.id', 'role_grant.granted_by')
    .select(['role_grant.site', 'role_grant.account', 'role', 'channel', 'granted_by', 'at', 'granter.name']);
  const rows =
    'site' in asked
      ? query.where('role_grant.site', '=', asked.site)
      : query.where('role_grant.account', '=', asked.account).orderBy('role_grant.site');
  return (await rows.execute())
    .flatMap((row) => {
      const role = roles.find((each) => each === row.role);
      if (role === undefined) return [];
      const channel = row.channel === '' ? null : row.channel;
      return [
        {
          account: row.account,
          site: row.site,
          role,
          channel,
          by: row.name ?? (row.granted_by === commandLine.account ? commandLine.name : row.granted_by),
          at: row.at,
        },
      ];
    })
    .sort((a, b) => order(a) - order(b) || (a.channel ?? '').localeCompare(b.channel ?? '', 'en'));
}

const order = ({ role }: Grant): number => roles.indexOf(role);

/**
 * What grants come to. Accounts made before exclusive roles were may hold more than go together: then the exclusive one alone
 * holds, so that somebody can still put it right.
 */
function held(grants: readonly Grant[]): { roles: Role[]; within: SubtreeGrant[] } {
  const alone = conflictOf(grants.map(({ role }) => role));
  if (alone !== undefined) return { roles: [alone], within: [] };
  return {
    roles: grants.flatMap(({ role, channel }) => (channel === null ? [role] : [])),
    within: grants.flatMap(({ role, channel }) => (channel === null ? [] : [{ role, channel }])),
  };
}
