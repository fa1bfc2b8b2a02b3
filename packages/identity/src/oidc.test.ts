import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Role } from '@chengmen/model';
import { revisionMigrations } from '@chengmen/revision';
import {
  codeAt,
  createAccount,
  createIdentity,
  identityMigrations,
  stepAt,
  systemActor,
  type Identity,
} from './index.ts';
import {
  followTo,
  openHostileProvider,
  openRealProvider,
  type Hostile,
  type OpenProvider,
} from '../testing/open-providers.ts';

const site = 'linjiang';
const baseUrl = 'https://desk.example';
const back = `${baseUrl}/sign-in/oidc/back`;
const [clientId, clientSecret] = ['chengmen', 'a secret of the tests'];
const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;
const cookieOf = ({ cookies }: { readonly cookies: readonly string[] }): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ');
const pathOf = (address: string): string => address.slice(baseUrl.length);

const [engine] = testLedgers();
describe(`OpenID Connect on ${engine?.engine ?? ''}`, () => {
  let ledger: Ledger;
  let real: OpenProvider;
  let hostile: Awaited<ReturnType<typeof openHostileProvider>>;
  let identity: Identity;
  let deceived: Identity;
  let who = 'u1';
  const identityOf = (issuer: string): Identity =>
    createIdentity({
      ...{ ledger, site, secret: 's'.repeat(40), baseUrl },
      oidc: { issuer, clientId, clientSecret, name: '统一身份' },
    });
  const person = (username: string, ...roles: Role[]) =>
    ledger.execute(createAccount, systemActor(site), {
      ...{ username, name: `名${username}` },
      grants: roles.map((role) => ({ role })),
    });
  /** There and back, through the real provider. */
  const goThere = async ({ to }: { readonly to: string }): Promise<string> => pathOf(await followTo(to, back));
  const linked = async (username: string, subject: string, ...roles: Role[]) => {
    const made = await person(username, ...roles);
    who = subject;
    const cookie = cookieOf(await identity.signIn({ username, password: made.password }));
    const trip = await identity.linkOidc(cookie);
    const path = await goThere(trip);
    assert.deepEqual((await identity.endOidc(cookieOf(trip), { path })).next, '/me');
    return { ...made, cookie };
  };

  before(async () => {
    ledger = (await engine?.open({ migrations: [...revisionMigrations, ...identityMigrations] })) as Ledger;
    real = await openRealProvider({ id: clientId, secret: clientSecret, redirect: back, who: () => who });
    hostile = await openHostileProvider(clientId);
    identity = identityOf(real.issuer);
    deceived = identityOf(hostile.issuer);
  });
  after(async () => {
    await Promise.all([real.close(), hostile.close()]);
    await ledger.close();
  });

  test('endOidc: a linked account signs in by a real provider; one that is not linked does not, whatever it is called', async () => {
    const { account } = await linked('lianjie', 'citizen-1', 'writer');
    assert.deepEqual((await identity.secondFactor(account)).links, [
      { issuer: real.issuer, shown: '统一身份 citizen-1' },
    ]);
    const trip = await identity.beginOidc('/items');
    assert.match(trip.cookies[0] ?? '', /^__Host-chengmen-desk-oidc=.*HttpOnly; SameSite=Lax; Secure$/);
    const path = await goThere(trip);
    const done = await identity.endOidc(cookieOf(trip), { path });
    assert.deepEqual([done.done, done.next], [true, '/items']);
    const signedIn = await identity.actorOf(cookieOf(done));
    assert.deepEqual([signedIn?.actor.account, signedIn?.actor.roles], [account, ['writer']]);
    await assert.rejects(identity.endOidc(cookieOf(trip), { path }), refusedWith('oidc-failed'), 'a second time');
    who = 'lianjie';
    const other = await identity.beginOidc('/');
    const otherPath = await goThere(other);
    await assert.rejects(identity.endOidc(cookieOf(other), { path: otherPath }), refusedWith('oidc-unknown'));
  });

  test('endOidc: who has a second factor is asked for it after the provider too; roles that need one wait for it', async () => {
    const { account } = await linked('yaoma', 'citizen-2', 'first-reviewer');
    const bare = await identity.beginOidc('/');
    const signedIn = await identity.endOidc(cookieOf(bare), { path: await goThere(bare) });
    assert.equal((await identity.actorOf(cookieOf(signedIn)))?.mustEnrol, true);
    const key = await identity.giveTotp(systemActor(site), account);
    const trip = await identity.beginOidc('/');
    const half = await identity.endOidc(cookieOf(trip), { path: await goThere(trip) });
    assert.equal(half.done, false);
    assert.equal(await identity.actorOf(cookieOf(half)), null);
    const set = await identity.finishSignIn(cookieOf(half), { code: await codeAt(key, stepAt(new Date())) });
    assert.deepEqual((await identity.actorOf(cookieOf(set)))?.actor.roles, ['first-reviewer']);
    assert.equal((await identity.sessions([account]))[0]?.method, 'oidc');
  });

  test('endOidc: an answer with another state, for another browser, from another issuer, or altered, is nobody’s', async () => {
    await linked('gaidong', 'citizen-3', 'writer');
    const altered: [string, (path: string) => string][] = [
      ['another state', (path) => path.replace(/state=[^&]*/, 'state=made-up')],
      ['no state', (path) => path.replace(/&?state=[^&]*/, '')],
      ['another issuer (mix-up)', (path) => path.replace(/iss=[^&]*/, `iss=${encodeURIComponent(hostile.issuer)}`)],
      ['no issuer', (path) => path.replace(/&?iss=[^&]*/, '')],
      ['another code', (path) => path.replace(/code=[^&]*/, 'code=made-up')],
      ['a refusal', (path) => path.replace(/code=[^&]*/, 'error=access_denied')],
    ];
    for (const [what, alter] of altered) {
      const trip = await identity.beginOidc('/');
      const path = alter(await goThere(trip));
      await assert.rejects(identity.endOidc(cookieOf(trip), { path }), refusedWith('oidc-failed'), what);
    }
    const [mine, theirs] = [await identity.beginOidc('/'), await identity.beginOidc('/')];
    const path = await goThere(theirs);
    await assert.rejects(identity.endOidc(undefined, { path }), refusedWith('oidc-failed'), 'no cookie');
    await assert.rejects(identity.endOidc(cookieOf(mine), { path }), refusedWith('oidc-failed'), 'another’s way back');
    assert.ok(await identity.endOidc(cookieOf(theirs), { path }), 'the very same is fine with its own cookie');
  });

  test('endOidc: an identity token of another issuer, audience or nonce, expired, unsigned or signed by a stranger is refused', async () => {
    const { password } = await person('shangdang', 'writer');
    const cookie = cookieOf(await deceived.signIn({ username: 'shangdang', password }));
    const goRound = async (trip: { to: string; cookies: readonly string[] }): ReturnType<Identity['endOidc']> => {
      const asked = new URL(trip.to).searchParams;
      hostile.nonce = asked.get('nonce') ?? '';
      const answer = new URLSearchParams({ code: 'c', state: asked.get('state') ?? '', iss: hostile.issuer });
      return deceived.endOidc(cookieOf(trip), { path: `/sign-in/oidc/back?${answer.toString()}` });
    };
    const trip = await deceived.linkOidc(cookie);
    await goRound(trip);
    assert.equal(hostile.challenges.at(-1), new URL(trip.to).searchParams.get('code_challenge'), 'PKCE');
    assert.equal((await goRound(await deceived.beginOidc('/'))).done, true, 'right it is fine');
    const past = Math.floor(Date.now() / 1000) - 3600;
    const wrongs: Hostile[] = [
      { claims: { iss: real.issuer } },
      { claims: { aud: 'another client' } },
      { claims: { nonce: 'of another trip' } },
      { claims: { nonce: undefined } },
      { claims: { exp: past, iat: past - 300 } },
      { claims: { sub: undefined } },
      { signature: 'none' },
      { signature: 'foreign' },
    ];
    for (const wrong of wrongs) {
      hostile.answer = wrong;
      await assert.rejects(goRound(await deceived.beginOidc('/')), refusedWith('oidc-failed'), JSON.stringify(wrong));
    }
    hostile.answer = {};
  });

  test('linkOidc: needs a sign-in of late; an identity is one account’s; a provider that is away is named', async () => {
    const { cookie } = await linked('yiren', 'citizen-4', 'writer');
    const { password } = await person('erren', 'writer');
    const second = cookieOf(await identity.signIn({ username: 'erren', password }));
    who = 'citizen-4';
    const trip = await identity.linkOidc(second);
    const path = await goThere(trip);
    await assert.rejects(identity.endOidc(cookieOf(trip), { path }), refusedWith('wrong-state'));
    await assert.rejects(identity.linkOidc(undefined), refusedWith('sign-in-needed'));
    await identity.unlinkOidc(cookie, real.issuer);
    const again = await identity.beginOidc('/');
    const againPath = await goThere(again);
    await assert.rejects(identity.endOidc(cookieOf(again), { path: againPath }), refusedWith('oidc-unknown'));
    const gone = await openHostileProvider(clientId);
    await gone.close();
    await assert.rejects(identityOf(gone.issuer).beginOidc('/'), refusedWith('oidc-unreachable'));
  });
});
