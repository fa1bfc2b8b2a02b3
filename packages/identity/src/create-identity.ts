import type { Ledger, LedgerTables } from '@chengmen/ledger';
import { ChengmenError, roles, type Actor, type Role, type SiteId } from '@chengmen/model';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username as usernamePlugin } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import { shortestPassword } from './passwords.ts';
import type { IdentityTables } from './tables.ts';

export interface Identity {
  /** Answers the cookies to set. Throws `sign-in-failed` for every kind of failure, and `sign-in-wait` while the account's name must rest. */
  signIn(credentials: {
    readonly username: string;
    readonly password: string;
  }): Promise<{ readonly cookies: readonly string[] }>;
  /** Ends the session; answers the cookies to set. */
  signOut(cookie: string | undefined): Promise<{ readonly cookies: readonly string[] }>;
  /** Who a request comes from, with the roles they hold now; null when nobody is signed in. */
  actorOf(cookie: string | undefined): Promise<SignedIn | null>;
  /** Changes the password and ends the account's other sessions. Throws `sign-in-failed` and `invalid-input`. */
  changePassword(
    cookie: string | undefined,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<{ readonly cookies: readonly string[] }>;
  accounts(): Promise<Account[]>;
}

export interface SignedIn {
  readonly actor: Actor;
  /** Names the session without opening it: forms carry a token made from it. */
  readonly session: string;
  readonly username: string;
}

export interface Account {
  readonly account: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface IdentityOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  /** Signs cookies; at least 32 characters, kept with the installation. */
  readonly secret: string;
  /** Address of the desk; with https its cookies are marked Secure. */
  readonly baseUrl: string;
  readonly clock?: () => Date;
}

/** Accounts and sessions of the desk, by better-auth. */
export function createIdentity(options: IdentityOptions): Identity {
  const { ledger, site, secret, baseUrl, clock = () => new Date() } = options;
  const tables = ledger.db.withTables<IdentityTables>();
  const auth = betterAuth({
    database: { db: ledger.db, type: 'postgres' },
    secret,
    baseURL: baseUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword },
    plugins: [
      usernamePlugin({
        minUsernameLength: 3,
        maxUsernameLength: 32,
        usernameValidator: (name) => /^[a-z][a-z0-9._-]*$/.test(name),
      }),
    ],
    user: { modelName: 'identity_user' },
    account: { modelName: 'identity_account' },
    verification: { modelName: 'identity_verification' },
    // A working day; a session in use is prolonged once an hour.
    session: { modelName: 'identity_session', expiresIn: 10 * 3600, updateAge: 3600 },
    advanced: {
      cookiePrefix: 'chengmen-desk',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      // Requests come through our own routes, which check their origin themselves.
      disableCSRFCheck: true,
    },
  });

  const rolesOf = async (account: string): Promise<Role[]> => {
    const rows = await tables
      .selectFrom('role_grant')
      .select('role')
      .where('site', '=', site)
      .where('account', '=', account)
      .execute();
    return roles.filter((role) => rows.some((row) => row.role === role));
  };
  const headers = (cookie: string | undefined): Headers => new Headers(cookie === undefined ? {} : { cookie });

  return {
    async signIn({ username: raw, password }) {
      const name = raw.trim().toLowerCase().slice(0, 64);
      await refuseWhileResting(tables, name, clock());
      try {
        const { headers: answer } = await auth.api.signInUsername({
          body: { username: name, password },
          returnHeaders: true,
        });
        await tables.deleteFrom('sign_in_failure').where('username', '=', name).execute();
        return { cookies: answer.getSetCookie() };
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        await countFailure(tables, name, clock());
        throw new ChengmenError('sign-in-failed');
      }
    },
    async signOut(cookie) {
      const { headers: answer } = await auth.api.signOut({ headers: headers(cookie), returnHeaders: true });
      return { cookies: answer.getSetCookie() };
    },
    async actorOf(cookie) {
      if (cookie === undefined) return null;
      const found = await auth.api.getSession({ headers: headers(cookie), query: { disableCookieCache: true } });
      if (!found) return null;
      const { user, session } = found;
      return {
        actor: { account: user.id, name: user.name, site, roles: await rolesOf(user.id) },
        session: session.id,
        username: user.username ?? '',
      };
    },
    async changePassword(cookie, { current, next }) {
      if (next.length < shortestPassword)
        throw new ChengmenError('invalid-input', {
          where: 'next',
          problem: `新口令至少 ${shortestPassword} 个字符 (at least ${shortestPassword} characters)`,
        });
      try {
        const { headers: answer } = await auth.api.changePassword({
          headers: headers(cookie),
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          returnHeaders: true,
        });
        return { cookies: answer.getSetCookie() };
      } catch (error) {
        if (error instanceof APIError) throw new ChengmenError('sign-in-failed');
        throw error;
      }
    },
    async accounts() {
      const users = await tables
        .selectFrom('identity_user')
        .select(['id', 'username', 'name'])
        .orderBy('username')
        .execute();
      return Promise.all(
        users.map(async ({ id, username, name }) => ({
          account: id,
          username: username ?? '',
          name,
          roles: await rolesOf(id),
        })),
      );
    },
  };
}

type Db = Kysely<LedgerTables & IdentityTables>;

/** Milliseconds an account's name rests after so many failures in a row: none for the first four, then doubling to a quarter of an hour. */
export function restAfter(failures: number): number {
  return failures < 5 ? 0 : Math.min(15 * 60_000, 1000 * 2 ** (failures - 4));
}

async function refuseWhileResting(tables: Db, username: string, now: Date): Promise<void> {
  const row = await tables
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('username', '=', username)
    .executeTakeFirst();
  if (!row) return;
  const wait = Date.parse(row.last_at) + restAfter(row.failures) - now.getTime();
  if (wait > 0) throw new ChengmenError('sign-in-wait', { seconds: Math.ceil(wait / 1000) });
}

async function countFailure(tables: Db, username: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await tables
    .insertInto('sign_in_failure')
    .values({ username, failures: 1, last_at: at })
    .onConflict((conflict) =>
      conflict
        .column('username')
        .doUpdateSet((eb) => ({ failures: eb('sign_in_failure.failures', '+', 1), last_at: at })),
    )
    .execute();
}
