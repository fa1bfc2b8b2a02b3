import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, secondFactorRoles, type AccountId, type Actor, type SiteId } from '@chengmen/model';
import { betterAuth } from 'better-auth';
import { hashPassword, symmetricDecrypt, symmetricEncrypt, verifyPassword } from 'better-auth/crypto';
import { username as usernamePlugin } from 'better-auth/plugins/username';
import { changePassword } from './commands/change-password.ts';
import { enrolTotp, giveTotp, removeTotp, renewRecovery, useRecovery } from './commands/second-factor.ts';
import { linkOidc, unlinkOidc } from './commands/oidc.ts';
import { addPasskey, removePasskey } from './commands/passkeys.ts';
import { refusedSignIn } from './commands/refused-sign-in.ts';
import { cookieNames, readCookie, stepCookie } from './cookies.ts';
import { createOidc, type OidcOptions } from './oidc.ts';
import {
  madePasskey,
  offerCreation,
  offerRequest,
  passkeyHolder,
  passkeyPlace,
  type PasskeyCreation,
  type PasskeyRequest,
} from './passkeys.ts';
import { checkPassword, longestPassword, shortestPassword } from './passwords.ts';
import { accountsOf, rolesOf, type Account } from './queries/accounts.ts';
import { sessionsOf, type Session } from './queries/sessions.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';
import { ownSessions, sessionFields, signInMethods, type SignInMethod } from './sessions.ts';
import { addressKey, codeKey, forgetAttempts, freeFailures, giveBackAttempt, takeAttempt } from './sign-in-attempts.ts';
import { beginStep, endStep, stepOfToken } from './sign-in-steps.ts';
import { isSystem } from './system-actor.ts';
import type { IdentityTables } from './tables.ts';
import { newSecret, shownSecret, stepOf, totpAddress } from './totp.ts';

/** Where a request came from. */
export interface From {
  /** Network address; guesses are counted against it too. */
  readonly address?: string;
  /** What the browser says it is. */
  readonly browser?: string;
}

export interface Credentials extends From {
  readonly username: string;
  readonly password: string;
}

/** Cookies to set, each the value of a `Set-Cookie` header. */
export interface Cookies {
  readonly cookies: readonly string[];
}

export interface SignInAnswer extends Cookies {
  /** False while the second factor is still to be shown: the cookies then hold that step and no session. */
  readonly done: boolean;
}

export interface SecondFactor {
  /** Since when a code of an authenticator is asked for; null where none is. */
  readonly totp: string | null;
  /** Recovery codes that have not been used. */
  readonly recoveryLeft: number;
  readonly passkeys: readonly Passkey[];
  /** Accounts elsewhere that sign in here. */
  readonly links: readonly { readonly issuer: string; readonly shown: string }[];
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly addedAt: string;
  readonly usedAt: string | null;
}

export interface TotpOffer {
  /** Base32, to be typed; and the address a QR code holds. */
  readonly secret: string;
  readonly address: string;
}

export interface Identity {
  /**
   * The password. A new session, whatever the request brought, or the step to the second factor where the account has one.
   * Throws `sign-in-failed` for every kind of failure, and `sign-in-wait` while the account's name, or the address, must rest.
   */
  signIn(credentials: Credentials): Promise<SignInAnswer>;
  /** A code of the authenticator, or a recovery code, after the password. Throws `code-wrong`, `sign-in-wait`, `sign-in-needed`. */
  finishSignIn(cookie: string | undefined, shown: From & { readonly code: string }): Promise<Cookies>;
  /** Ends the session. */
  signOut(cookie: string | undefined): Promise<Cookies>;
  /** Who a request comes from, with the roles they hold now; null when nobody is signed in. `cookie` is the request's header. */
  actorOf(cookie: string | undefined): Promise<SignedIn | null>;
  /** Changes the password, ends all the account's sessions and begins a new one. Throws `sign-in-needed`, `sign-in-failed`, `sign-in-wait`, `invalid-input`. */
  changePassword(
    cookie: string | undefined,
    passwords: From & { readonly current: string; readonly next: string },
  ): Promise<Cookies>;
  secondFactor(account: AccountId): Promise<SecondFactor>;
  /** A new secret for one's own authenticator: it counts when a code of it was shown. Throws `sign-in-again`, `wrong-state`. */
  offerTotp(cookie: string | undefined): Promise<TotpOffer>;
  /** The first code of it. Every session ends, one begins; the recovery codes are to be shown once. Throws `code-wrong`, `sign-in-wait`. */
  confirmTotp(
    cookie: string | undefined,
    shown: From & { readonly code: string },
  ): Promise<Cookies & { readonly recovery: readonly string[] }>;
  /** Throws `sign-in-again`. */
  removeTotp(cookie: string | undefined): Promise<void>;
  /** New recovery codes, to be shown once; the earlier ones are void. Throws `sign-in-again`. */
  renewRecovery(cookie: string | undefined): Promise<readonly string[]>;
  /** For the operator, who hands it over: a second factor in force at once, as base32. */
  giveTotp(actor: Actor, account: AccountId): Promise<string>;
  /** The name of the cookie that holds a session. */
  readonly sessionCookie: string;
  /** The address at which browsers offer passkeys: they know hosts by name. */
  readonly passkeyAt: string;
  /** What a browser needs to make one. Throws `sign-in-again`. */
  offerPasskey(cookie: string | undefined): Promise<Cookies & { readonly options: PasskeyCreation }>;
  /** What it has made. Every session ends, one begins. Throws `sign-in-again`, `passkey-wrong`. */
  addPasskey(
    cookie: string | undefined,
    made: From & { readonly name: string; readonly response: unknown },
  ): Promise<Cookies>;
  removePasskey(cookie: string | undefined, id: string): Promise<void>;
  /** What a browser needs to ask for one: the same for everybody. */
  offerPasskeySignIn(): Promise<Cookies & { readonly options: PasskeyRequest }>;
  /** A passkey is both factors: the thing, and the finger or number that opens it. Throws `passkey-wrong`, `sign-in-wait`. */
  signInPasskey(cookie: string | undefined, shown: From & { readonly response: unknown }): Promise<Cookies>;
  /** What the identity elsewhere is called, where there is one. */
  readonly oidcName: string | null;
  /** On the way there; `next` is the desk's page to come back to. Throws `oidc-unreachable`. */
  beginOidc(next: string): Promise<Cookies & { readonly to: string }>;
  /** The same to link one's own account there. Throws `sign-in-again`. */
  linkOidc(cookie: string | undefined): Promise<Cookies & { readonly to: string }>;
  unlinkOidc(cookie: string | undefined, issuer: string): Promise<void>;
  /** Back again, at `path` with its query. Throws `oidc-failed`, `oidc-unknown`. */
  endOidc(
    cookie: string | undefined,
    back: From & { readonly path: string },
  ): Promise<SignInAnswer & { readonly next: string }>;
  /** Where somebody is signed in. */
  sessions(accounts: readonly AccountId[]): Promise<Session[]>;
  /** The accounts the site knows, by account name. */
  accounts(): Promise<Account[]>;
  /** An account by its name, whichever sites know it: for the command line, which is above them all. */
  accountNamed(username: string): Promise<AccountId | undefined>;
}

export interface SignedIn {
  readonly actor: Actor;
  /** Names the session without opening it: forms carry a token made from it. */
  readonly session: string;
  readonly username: string;
  /** Their roles need a second factor and they have none yet: until they have, no role is in force. */
  readonly mustEnrol: boolean;
  /** Who they are on the other sites where they hold roles; without the roles where those are not in force. */
  readonly elsewhere: readonly Actor[];
}

export interface IdentityOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  /** Signs cookies and encrypts the secrets of authenticators; at least 32 characters, kept with the installation. */
  readonly secret: string;
  /** Address of the desk; with https its cookie is Secure and bound to the host. */
  readonly baseUrl: string;
  /** What an authenticator shows beside the code. */
  readonly issuer?: string;
  readonly clock?: () => Date;
  readonly oidc?: OidcOptions;
  /** Tells passwords that are known to others; they are refused. */
  readonly isBreached?: (password: string) => boolean;
}

/** In the audit, whose account was guessed at when there is none of that name. */
const noAccount = 'nobody';

/** Milliseconds after which one's own second factors are changed only after signing in again. */
const fresh = 15 * 60_000;

/** Somebody nobody knows takes as long as somebody with a wrong password. One for all sites: it costs a tenth of a second. */
let nobodyHash: Promise<string> | undefined;

/** Accounts and sessions of the desk. */
export function createIdentity(options: IdentityOptions): Identity {
  const { ledger, site, secret, baseUrl, clock = () => new Date() } = options;
  const { db } = ledger;
  const tables = db.withTables<IdentityTables>();
  const { api } = configure(options);
  const secure = baseUrl.startsWith('https:');
  const names = cookieNames(secure);
  const nobody = (nobodyHash ??= hashPassword(newSecret()));

  /** Whose account it is that is guessed at. */
  type Whose = () => Promise<AccountId>;
  interface How extends From {
    readonly method: SignInMethod;
    readonly secondFactor: boolean;
  }
  const begin = async (account: AccountId, { method, secondFactor, address, browser }: How): Promise<Cookies> => {
    const { headers } = await api.beginSession({
      body: {
        ...{ account, method, secondFactor, begunAt: clock().toISOString() },
        ...{ address: address ?? '', browser: browser ?? '' },
      },
      returnHeaders: true,
    });
    return { cookies: headers.getSetCookie() };
  };

  const passwordHolder = async (username: string, password: string): Promise<AccountId> => {
    const found = await tables
      .selectFrom('identity_user')
      .innerJoin('identity_account', 'identity_account.userId', 'identity_user.id')
      .select(['identity_user.id', 'identity_account.password'])
      .where('identity_user.username', '=', username)
      .where('identity_account.providerId', '=', 'credential')
      .executeTakeFirst();
    const right = await verifyPassword({
      hash: found?.password ?? (await nobody),
      password: password.slice(0, longestPassword),
    });
    if (!found?.password || !right || password.length > longestPassword) throw new ChengmenError('sign-in-failed');
    return found.id;
  };

  const counted = async <T>(key: string, { address }: From, work: () => Promise<T>, whose: Whose): Promise<T> => {
    const from = address === undefined ? undefined : addressKey(address);
    if (from !== undefined) await takeAttempt(tables, from, clock(), freeFailures.address);
    const attempts = await takeAttempt(tables, key, clock());
    const done = await work().catch(async (error: unknown) => {
      if (attempts > freeFailures.account) await noteGuess(error, await whose());
      throw error;
    });
    await forgetAttempts(tables, key);
    if (from !== undefined) await giveBackAttempt(tables, from);
    return done;
  };
  /**
   * Once somebody guesses, a line for auditors; their number is bounded by the waits between. Also for names nobody has: it takes
   * its time, and that must tell nothing.
   */
  const noteGuess = async (error: unknown, account: AccountId): Promise<void> => {
    const code = error instanceof ChengmenError ? error.code : undefined;
    if (code !== 'sign-in-failed' && code !== 'code-wrong') return;
    await ledger.execute(refusedSignIn, plainActor(account), { code }).catch(() => undefined);
  };
  const named = async (username: string): Promise<AccountId | undefined> =>
    (await tables.selectFrom('identity_user').select('id').where('username', '=', username).executeTakeFirst())?.id;
  const accountNamed = async (username: string): Promise<AccountId> => (await named(username)) ?? noAccount;

  const sessionOf = async (
    cookie: string | undefined,
  ): Promise<(SignedIn & Required<Pick<How, 'secondFactor' | 'method'>> & { readonly begunAt: string }) | null> => {
    const found = cookie === undefined ? null : await api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return null;
    const { user, session } = found;
    const held = await rolesOf(db, user.id);
    const secondFactor = session.secondFactor === true;
    const lacksFactor = (of: SiteId): boolean => {
      const { roles, within } = held.get(of) ?? noRoles;
      return !secondFactor && [...roles, ...within.map(({ role }) => role)].some((role) => needsSecond.has(role));
    };
    const actorAt = (of: SiteId): Actor => ({
      ...{ account: user.id, name: user.name, site: of },
      ...((lacksFactor(of) ? undefined : held.get(of)) ?? noRoles),
    });
    return {
      actor: actorAt(site),
      session: session.id,
      username: user.username ?? '',
      mustEnrol: lacksFactor(site),
      elsewhere: [...held.keys()].filter((of) => of !== site).map(actorAt),
      secondFactor,
      method: methodOf(session.method),
      begunAt: session.begunAt ?? session.createdAt.toISOString(),
    };
  };
  const signedIn = async (cookie: string | undefined): Promise<NonNullable<Awaited<ReturnType<typeof sessionOf>>>> => {
    const found = await sessionOf(cookie);
    if (!found) throw new ChengmenError('sign-in-needed');
    return found;
  };
  /** A session left open, or stolen, is not enough to change what signs in. */
  const lately = async (cookie: string | undefined): ReturnType<typeof signedIn> => {
    const found = await signedIn(cookie);
    if (clock().getTime() - Date.parse(found.begunAt) > fresh) throw new ChengmenError('sign-in-again');
    return found;
  };

  const totpOf = async (account: AccountId): Promise<{ secret: string; confirmed: string | null } | undefined> => {
    const row = await tables
      .selectFrom('totp_secret')
      .select(['secret', 'confirmed_at'])
      .where('account', '=', account)
      .executeTakeFirst();
    return row && { secret: await symmetricDecrypt({ key: secret, data: row.secret }), confirmed: row.confirmed_at };
  };
  /** A new secret where there is none, or one that nobody confirmed in time: whoever saw that may be somebody else. */
  const keepOffer = async (account: AccountId): Promise<void> => {
    const [now, data] = [clock(), newSecret()];
    const offered = {
      secret: await symmetricEncrypt({ key: secret, data }),
      made_at: now.toISOString(),
      confirmed_at: null,
      last_step: 0,
    };
    await tables
      .insertInto('totp_secret')
      .values({ account, ...offered })
      .onConflict((conflict) =>
        conflict
          .column('account')
          .doUpdateSet(offered)
          .where('totp_secret.confirmed_at', 'is', null)
          .where('totp_secret.made_at', '<', new Date(now.getTime() - fresh).toISOString()),
      )
      .execute();
  };
  /** Throws `code-wrong`, also for a code that was taken before, and with `confirmed` for one of a secret that is only offered. */
  const takeCode = async (account: AccountId, code: string, { confirmed }: { confirmed: boolean }): Promise<void> => {
    const totp = await totpOf(account);
    if (confirmed && !totp?.confirmed) throw new ChengmenError('code-wrong');
    const step = totp && (await stepOf(totp.secret, code, clock()));
    const { numUpdatedRows } = await tables
      .updateTable('totp_secret')
      .set({ last_step: step ?? 0 })
      .where('account', '=', account)
      .where('last_step', '<', step ?? 0)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new ChengmenError('code-wrong');
  };
  const passkeysOf = (account: AccountId): Promise<Passkey[]> =>
    tables
      .selectFrom('passkey')
      .select(['id', 'name', 'added_at as addedAt', 'used_at as usedAt'])
      .where('account', '=', account)
      .orderBy('added_at')
      .execute();
  const hasFactor = async (account: AccountId): Promise<boolean> =>
    Boolean((await totpOf(account))?.confirmed) || (await passkeysOf(account)).length > 0;
  /** After the first thing: the session, or the step to the second. */
  const onward = async (account: AccountId, how: From & { readonly method: SignInMethod }): Promise<SignInAnswer> => {
    if (!(await hasFactor(account))) return { done: true, ...(await begin(account, { ...how, secondFactor: false })) };
    const token = await beginStep(tables, { account, method: how.method }, clock());
    return { done: false, cookies: [stepCookie(names.step, token, { secure })] };
  };
  const place = passkeyPlace(baseUrl);
  const issuer = options.issuer ?? '城门 Chengmen';
  const oidc = options.oidc && createOidc(tables, options.oidc, new URL(oidcBack, baseUrl).href);
  const trip = async (account: AccountId | null, next: string): Promise<Cookies & { readonly to: string }> => {
    if (!oidc) throw new ChengmenError('not-found', { what: '统一身份 (identity)', id: 'oidc' });
    const { to, token } = await oidc.begin({ account, next }, clock());
    return { to, cookies: [stepCookie(names.oidc, token, { secure, sameSite: 'Lax' })] };
  };
  const plainActor = (account: AccountId): Actor => ({ account, name: account, site, roles: [] });
  const freshRecovery = (account: AccountId): { codes: string[]; hashes: string[] } => {
    const codes = newRecoveryCodes();
    return { codes, hashes: codes.map((code) => recoveryHash(secret, account, code)) };
  };

  return {
    async signIn({ username: typed, password, ...from }) {
      const username = typed.trim().toLowerCase().slice(0, 64);
      const account = await counted(
        username,
        from,
        () => passwordHolder(username, password),
        () => accountNamed(username),
      );
      return onward(account, { ...from, method: 'password' });
    },
    async finishSignIn(cookie, { code: typed, ...from }) {
      const token = readCookie(cookie, names.step);
      const step = await stepOfToken(tables, token, clock());
      if (!step || token === undefined) throw new ChengmenError('sign-in-needed');
      const { account } = step;
      const code = typed.replace(/\s/g, '');
      await counted(
        codeKey(account),
        from,
        async () => {
          if (/^\d{6}$/.test(code)) return takeCode(account, code, { confirmed: true });
          const hash = recoveryHash(secret, account, code);
          await ledger.execute(useRecovery, plainActor(account), { hash });
        },
        () => Promise.resolve(account),
      );
      if (!(await endStep(tables, token))) throw new ChengmenError('sign-in-needed');
      const { cookies } = await begin(account, { ...from, method: methodOf(step.method), secondFactor: true });
      return { cookies: [...cookies, stepCookie(names.step, '', { secure })] };
    },
    async signOut(cookie = '') {
      const { headers } = await api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return { cookies: headers.getSetCookie() };
    },
    async actorOf(cookie) {
      const found = await sessionOf(cookie);
      if (!found) return null;
      const { actor, session, username, mustEnrol, elsewhere } = found;
      return { actor, session, username, mustEnrol, elsewhere };
    },
    async changePassword(cookie, { current, next, ...from }) {
      const { actor, username, method, secondFactor } = await signedIn(cookie);
      // A new password that will not do is no guess at the present one.
      checkPassword('next', next, username);
      if (options.isBreached?.(next))
        throw new ChengmenError('invalid-input', {
          where: 'next',
          problem: '这个口令已经泄露过，别人也知道 (this password is in a list of leaked ones)',
        });
      const change = (): Promise<null> => ledger.execute(changePassword, actor, { current, next });
      await counted(username, {}, change, () => Promise.resolve(actor.account));
      return begin(actor.account, { ...from, method, secondFactor });
    },
    async secondFactor(account) {
      const totp = await totpOf(account);
      const { left } = await tables
        .selectFrom('recovery_code')
        .select(({ fn }) => fn.countAll<number | string>().as('left'))
        .where('account', '=', account)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow();
      const links = await tables
        .selectFrom('oidc_link')
        .select(['issuer', 'shown'])
        .where('account', '=', account)
        .execute();
      return {
        totp: totp?.confirmed ?? null,
        recoveryLeft: Number(left),
        passkeys: await passkeysOf(account),
        links,
      };
    },
    async offerTotp(cookie) {
      const { actor, username } = await lately(cookie);
      await keepOffer(actor.account);
      // Asked again soon, the page shows the same: what was scanned from another tab still fits.
      const offered = await totpOf(actor.account);
      if (!offered || offered.confirmed)
        throw new ChengmenError('wrong-state', { what: '动态口令 (TOTP)', state: '已启用 (in use)' });
      return { secret: shownSecret(offered.secret), address: totpAddress(offered.secret, issuer, username) };
    },
    async confirmTotp(cookie, { code, ...from }) {
      const { actor, method } = await lately(cookie);
      const { account } = actor;
      await counted(
        codeKey(account),
        from,
        () => takeCode(account, code.replace(/\s/g, ''), { confirmed: false }),
        () => Promise.resolve(account),
      );
      const { codes, hashes } = freshRecovery(account);
      await ledger.execute(enrolTotp, actor, { recovery: hashes });
      return { ...(await begin(account, { ...from, method, secondFactor: true })), recovery: codes };
    },
    async removeTotp(cookie) {
      const { actor } = await lately(cookie);
      await ledger.execute(removeTotp, actor, {});
    },
    async renewRecovery(cookie) {
      const { actor } = await lately(cookie);
      const { codes, hashes } = freshRecovery(actor.account);
      await ledger.execute(renewRecovery, actor, { recovery: hashes });
      return codes;
    },
    async giveTotp(actor, account) {
      if (!isSystem(actor))
        throw new ChengmenError('permission-denied', { actor: actor.name, permission: '命令行 (the command line)' });
      const plain = newSecret();
      await ledger.execute(giveTotp, actor, { account, secret: await symmetricEncrypt({ key: secret, data: plain }) });
      return shownSecret(plain);
    },
    sessionCookie: names.session,
    passkeyAt: place.origins[0] ?? '',
    async offerPasskey(cookie) {
      const { actor, username } = await lately(cookie);
      const { options: offered, token } = await offerCreation(tables, place, {
        ...{ account: actor.account, username, issuer, now: clock() },
      });
      return { options: offered, cookies: [stepCookie(names.passkey, token, { secure })] };
    },
    async addPasskey(cookie, { name, response, ...from }) {
      const { actor, method } = await lately(cookie);
      const token = readCookie(cookie, names.passkey);
      const made = await madePasskey(tables, place, { account: actor.account, token, response, now: clock() });
      await ledger.execute(addPasskey, actor, { ...made, name });
      return begin(actor.account, { ...from, method, secondFactor: true });
    },
    async removePasskey(cookie, id) {
      const { actor } = await lately(cookie);
      await ledger.execute(removePasskey, actor, { id });
    },
    async offerPasskeySignIn() {
      const { options: offered, token } = await offerRequest(tables, place, clock());
      return { options: offered, cookies: [stepCookie(names.passkey, token, { secure })] };
    },
    async signInPasskey(cookie, { response, address, browser }) {
      const from = address === undefined ? undefined : addressKey(address);
      if (from !== undefined) await takeAttempt(tables, from, clock(), freeFailures.address);
      const token = readCookie(cookie, names.passkey);
      const account = await passkeyHolder(tables, place, { token, response, now: clock() });
      if (from !== undefined) await giveBackAttempt(tables, from);
      const at = { ...(address === undefined ? {} : { address }), ...(browser === undefined ? {} : { browser }) };
      const { cookies } = await begin(account, { ...at, method: 'passkey', secondFactor: true });
      return {
        cookies: [...cookies, stepCookie(names.passkey, '', { secure }), stepCookie(names.step, '', { secure })],
      };
    },
    oidcName: options.oidc?.name ?? null,
    beginOidc: (next) => trip(null, next),
    linkOidc: async (cookie) => trip((await lately(cookie)).actor.account, '/me'),
    async unlinkOidc(cookie, unlinked) {
      const { actor } = await lately(cookie);
      await ledger.execute(unlinkOidc, actor, { issuer: unlinked });
    },
    async endOidc(cookie, { path, ...from }) {
      if (!oidc) throw new ChengmenError('not-found', { what: '统一身份 (identity)', id: 'oidc' });
      const gone = stepCookie(names.oidc, '', { secure, sameSite: 'Lax' });
      const token = readCookie(cookie, names.oidc);
      const person = await oidc.end({ token, address: new URL(path, baseUrl).href }, clock());
      const { subject, shown, account, next } = person;
      if (account !== null) {
        await ledger.execute(linkOidc, plainActor(account), { issuer: person.issuer, subject, shown });
        return { done: true, next, cookies: [gone] };
      }
      const known = await tables
        .selectFrom('oidc_link')
        .select('account')
        .where('issuer', '=', person.issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      if (!known) throw new ChengmenError('oidc-unknown', { shown });
      const answer = await onward(known.account, { ...from, method: 'oidc' });
      return { ...answer, next, cookies: [...answer.cookies, gone] };
    },
    sessions: (accounts) => sessionsOf(db, accounts, clock()),
    accounts: () => accountsOf(db, site, clock()),
    accountNamed: named,
  };
}

/** Where the issuer sends people back to. */
const oidcBack = '/sign-in/oidc/back';

function methodOf(kept: string | null | undefined): SignInMethod {
  return signInMethods.find((each) => each === kept) ?? 'password';
}

const noRoles = { roles: [], within: [] } as const;

const needsSecond: ReadonlySet<string> = new Set(secondFactorRoles);

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
      ownSessions,
    ],
    user: { modelName: 'identity_user' },
    account: { modelName: 'identity_account' },
    verification: { modelName: 'identity_verification' },
    // A working day; a session in use is prolonged once an hour.
    session: {
      modelName: 'identity_session',
      expiresIn: 10 * 3600,
      updateAge: 3600,
      additionalFields: sessionFields,
    },
    advanced: {
      // better-auth would put __Secure- before the name; __Host- also keeps other hosts and paths from setting it.
      useSecureCookies: false,
      cookiePrefix: 'chengmen-desk',
      cookies: { session_token: { name: cookieNames(secure).session } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure },
      // Requests come through our own routes, which check their origin themselves.
      disableCSRFCheck: true,
    },
  });
}
