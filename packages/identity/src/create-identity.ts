import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, type Actor, type SiteId } from '@chengmen/model';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username as usernamePlugin } from 'better-auth/plugins';
import { changePassword } from './commands/change-password.ts';
import { checkPassword, longestPassword, shortestPassword } from './passwords.ts';
import { accountsOf, rolesOf, type Account } from './queries/accounts.ts';
import { addressKey, forgetAttempts, freeFailures, giveBackAttempt, takeAttempt } from './sign-in-attempts.ts';
import type { IdentityTables } from './tables.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Network address the request came from; guesses are counted against it too. */
  readonly address?: string;
}

/** Cookies to set, each the value of a `Set-Cookie` header. */
export interface Cookies {
  readonly cookies: readonly string[];
}

export interface Identity {
  /** A new session, whatever the request brought. Throws `sign-in-failed` for every kind of failure, and `sign-in-wait` while the account's name, or the address, must rest. */
  signIn(credentials: Credentials): Promise<Cookies>;
  /** Ends the session. */
  signOut(cookie: string | undefined): Promise<Cookies>;
  /** Who a request comes from, with the roles they hold now; null when nobody is signed in. `cookie` is the request's header. */
  actorOf(cookie: string | undefined): Promise<SignedIn | null>;
  /** Changes the password, ends all the account's sessions and begins a new one. Throws `sign-in-needed`, `sign-in-failed`, `sign-in-wait`, `invalid-input`. */
  changePassword(
    cookie: string | undefined,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<Cookies>;
  /** The accounts the site knows, by account name. */
  accounts(): Promise<Account[]>;
}

export interface SignedIn {
  readonly actor: Actor;
  /** Names the session without opening it: forms carry a token made from it. */
  readonly session: string;
  readonly username: string;
}

export interface IdentityOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  /** Signs cookies; at least 32 characters, kept with the installation. */
  readonly secret: string;
  /** Address of the desk; with https its cookie is Secure and bound to the host. */
  readonly baseUrl: string;
  readonly clock?: () => Date;
}

/** Accounts and sessions of the desk, by better-auth. */
export function createIdentity(options: IdentityOptions): Identity {
  const { ledger, site, clock = () => new Date() } = options;
  const { db } = ledger;
  const tables = db.withTables<IdentityTables>();
  const { api } = configure(options);
  const signIn = async ({ username, password, address }: Credentials): Promise<Cookies> => {
    const from = address === undefined ? undefined : addressKey(address);
    if (from !== undefined) await takeAttempt(tables, from, clock(), freeFailures.address);
    await takeAttempt(tables, username, clock());
    const { headers } = await api
      .signInUsername({ body: { username, password }, returnHeaders: true })
      .catch((error: unknown) => {
        throw error instanceof APIError ? new ChengmenError('sign-in-failed') : error;
      });
    await forgetAttempts(tables, username);
    if (from !== undefined) await giveBackAttempt(tables, from);
    return { cookies: headers.getSetCookie() };
  };
  const actorOf = async (cookie: string | undefined): Promise<SignedIn | null> => {
    const found = cookie === undefined ? null : await api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return null;
    const { user, session } = found;
    return {
      actor: { account: user.id, name: user.name, site, roles: await rolesOf(db, site, user.id) },
      session: session.id,
      username: user.username ?? '',
    };
  };
  return {
    signIn: ({ username, ...rest }) => signIn({ username: username.trim().toLowerCase().slice(0, 64), ...rest }),
    async signOut(cookie = '') {
      const { headers } = await api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return { cookies: headers.getSetCookie() };
    },
    actorOf,
    async changePassword(cookie, passwords) {
      const signedIn = await actorOf(cookie);
      if (!signedIn) throw new ChengmenError('sign-in-needed');
      const { actor, username } = signedIn;
      // A new password that will not do is no guess at the present one.
      checkPassword('next', passwords.next, username);
      await takeAttempt(tables, username, clock());
      await ledger.execute(changePassword, actor, passwords);
      await forgetAttempts(tables, username);
      return signIn({ username, password: passwords.next });
    },
    accounts: () => accountsOf(db, site, clock()),
  };
}

function configure({ ledger, secret, baseUrl }: IdentityOptions) {
  const secure = baseUrl.startsWith('https:');
  return betterAuth({
    database: { db: ledger.db, type: 'postgres' },
    secret,
    baseURL: baseUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
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
      // better-auth would put __Secure- before the name; __Host- also keeps other hosts and paths from setting it.
      useSecureCookies: false,
      cookiePrefix: 'chengmen-desk',
      cookies: { session_token: { name: secure ? '__Host-chengmen-desk' : 'chengmen-desk' } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure },
      // Requests come through our own routes, which check their origin themselves.
      disableCSRFCheck: true,
    },
  });
}
