import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Role } from '@chengmen/model';
import { revisionMigrations } from '@chengmen/revision';
import { createAccount, createIdentity, identityMigrations, systemActor, type Identity } from './index.ts';
import { passkeyPlace } from './passkeys.ts';
import { softAuthenticator, type Wrong } from '../testing/soft-authenticator.ts';

const site = 'linjiang';
const [origin, host] = ['https://desk.example', 'desk.example'];
const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;
const cookieOf = (...sets: readonly { readonly cookies: readonly string[] }[]): string =>
  sets.flatMap(({ cookies }) => cookies.map((cookie) => cookie.split(';')[0])).join('; ');

test('passkeyPlace: the host of the desk; on one’s own machine localhost, whatever the address says', () => {
  assert.deepEqual(passkeyPlace('https://desk.example'), { host, origins: [origin] });
  for (const own of ['http://127.0.0.1:8081', 'http://localhost:8081', 'http://[::1]:8081'])
    assert.deepEqual(passkeyPlace(own), { host: 'localhost', origins: ['http://localhost:8081'] }, own);
});

for (const engine of testLedgers()) {
  describe(`passkeys on ${engine.engine}`, () => {
    const clock = { now: new Date('2026-11-20T00:00:00Z') };
    let ledger: Ledger;
    let identity: Identity;
    before(async () => {
      ledger = await engine.open({
        migrations: [...revisionMigrations, ...identityMigrations],
        clock: () => clock.now,
      });
      identity = createIdentity({ ledger, site, secret: 's'.repeat(40), baseUrl: origin, clock: () => clock.now });
    });
    after(() => ledger.close());

    const person = async (username: string, ...roles: Role[]) => {
      const made = await ledger.execute(createAccount, systemActor(site), {
        ...{ username, name: `名${username}` },
        grants: roles.map((role) => ({ role })),
      });
      const cookie = cookieOf(await identity.signIn({ username, password: made.password }));
      return { ...made, cookie };
    };
    /** An account with a passkey, signed in. */
    const withKey = async (username: string, ...roles: Role[]) => {
      const made = await person(username, ...roles);
      const key = softAuthenticator(origin, host);
      const offer = await identity.offerPasskey(made.cookie);
      const jar = `${made.cookie}; ${cookieOf(offer)}`;
      const set = await identity.addPasskey(jar, { name: '手机', response: key.create(offer.options) });
      return { ...made, key, old: made.cookie, cookie: cookieOf(set) };
    };
    const signIn = async (key: ReturnType<typeof softAuthenticator>, wrong?: Wrong) => {
      const offer = await identity.offerPasskeySignIn();
      key.counter++;
      return identity.signInPasskey(cookieOf(offer), { response: key.get(offer.options, wrong) });
    };

    test('addPasskey: is the second factor roles need; sessions of before end; then it signs in by itself', async () => {
      const { account, cookie, old, key, username, password } = await withKey('yaoshi', 'final-approver');
      assert.equal(await identity.actorOf(old), null);
      const now = await identity.actorOf(cookie);
      assert.deepEqual([now?.mustEnrol, now?.actor.roles], [false, ['final-approver']]);
      const found = await identity.actorOf(cookieOf(await signIn(key)));
      assert.deepEqual([found?.actor.account, found?.actor.roles], [account, ['final-approver']]);
      assert.equal((await identity.sessions([account]))[0]?.method, 'passkey');
      assert.equal((await identity.signIn({ username, password })).done, false, 'the password alone does not do');
      const { passkeys } = await identity.secondFactor(account);
      assert.deepEqual(
        passkeys.map(({ name, usedAt }) => [name, usedAt]),
        [['手机', clock.now.toISOString()]],
      );
    });

    test('addPasskey: of another origin, host, challenge or kind, unverified, or a second time: refused', async () => {
      const { account, cookie } = await person('cuoyuan', 'writer');
      const key = softAuthenticator(origin, host);
      const attempts: Wrong[] = [
        { origin: 'https://evil.example' },
        { origin: 'http://desk.example' },
        { host: 'evil.example' },
        { challenge: Buffer.from('another challenge').toString('base64url') },
        { type: 'webauthn.get' },
        { verified: false },
      ];
      for (const wrong of attempts) {
        const offer = await identity.offerPasskey(cookie);
        const response = key.create(offer.options, wrong);
        const adding = identity.addPasskey(`${cookie}; ${cookieOf(offer)}`, { name: 'x', response });
        await assert.rejects(adding, refusedWith('passkey-wrong'), JSON.stringify(wrong));
      }
      const other = await person('tade', 'writer');
      const theirs = await identity.offerPasskey(other.cookie);
      await assert.rejects(
        identity.addPasskey(`${cookie}; ${cookieOf(theirs)}`, { name: 'x', response: key.create(theirs.options) }),
        refusedWith('passkey-wrong'),
        'a challenge of another account',
      );
      for (const junk of [undefined, null, {}, 'x', { id: 'x', type: 'public-key', response: {} }]) {
        const offer = await identity.offerPasskey(cookie);
        const adding = identity.addPasskey(`${cookie}; ${cookieOf(offer)}`, { name: 'x', response: junk });
        await assert.rejects(adding, refusedWith('passkey-wrong'));
      }
      assert.deepEqual((await identity.secondFactor(account)).passkeys, []);
      clock.now = new Date(clock.now.getTime() + 16 * 60_000);
      await assert.rejects(identity.offerPasskey(cookie), refusedWith('sign-in-again'));
    });

    test('signInPasskey: of another origin, host or challenge, unverified, signed by another key: refused', async () => {
      const { key } = await withKey('dengru', 'writer');
      const attempts: Wrong[] = [
        { origin: 'https://evil.example' },
        { origin: 'https://desk.example.evil.example' },
        { host: 'evil.example' },
        { challenge: Buffer.from('another challenge').toString('base64url') },
        { type: 'webauthn.create' },
        { verified: false },
        { signedBy: softAuthenticator(origin, host) },
      ];
      for (const wrong of attempts)
        await assert.rejects(signIn(key, wrong), refusedWith('passkey-wrong'), JSON.stringify(wrong));
      await assert.rejects(signIn(softAuthenticator(origin, host)), refusedWith('passkey-wrong'), 'one nobody knows');
      assert.ok(await signIn(key));
    });

    test('signInPasskey: an answer counts once; a count that does not go on is a copy', async () => {
      const { key } = await withKey('fuzhi', 'writer');
      const offer = await identity.offerPasskeySignIn();
      key.counter = 7;
      const response = key.get(offer.options);
      const both = await Promise.allSettled([1, 2].map(() => identity.signInPasskey(cookieOf(offer), { response })));
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      await assert.rejects(identity.signInPasskey(cookieOf(offer), { response }), refusedWith('passkey-wrong'));
      for (const counter of [5, 6]) {
        key.counter = counter;
        await assert.rejects(signIn(key), refusedWith('passkey-wrong'), `counts ${counter + 1} after 7`);
      }
      key.counter = 7;
      assert.ok(await signIn(key));
      const late = await identity.offerPasskeySignIn();
      clock.now = new Date(clock.now.getTime() + 5 * 60_000 + 1);
      key.counter = 20;
      await assert.rejects(
        identity.signInPasskey(cookieOf(late), { response: key.get(late.options) }),
        refusedWith('passkey-wrong'),
      );
      await assert.rejects(
        identity.signInPasskey(undefined, { response: key.get(late.options) }),
        refusedWith('passkey-wrong'),
      );
    });

    test('offerPasskeySignIn: names no account, and is alike for everybody', async () => {
      const [one, other] = [await identity.offerPasskeySignIn(), await identity.offerPasskeySignIn()];
      assert.deepEqual({ ...one.options, challenge: '' }, { ...other.options, challenge: '' });
      assert.notEqual(one.options.challenge, other.options.challenge);
      assert.equal(one.options.allowCredentials?.length ?? 0, 0);
      assert.match(one.cookies[0] ?? '', /^__Host-chengmen-desk-passkey=.*HttpOnly; SameSite=Strict; Secure$/);
    });

    test('signInPasskey: failures are counted by network address', async () => {
      const address = '192.0.2.90';
      for (let attempt = 0; attempt < 41; attempt++)
        await assert.rejects(
          identity.signInPasskey(undefined, { response: {}, address }),
          refusedWith('passkey-wrong'),
        );
      await assert.rejects(identity.signInPasskey(undefined, { response: {}, address }), refusedWith('sign-in-wait'));
    });

    test('removePasskey: one’s own only; what was removed signs nobody in', async () => {
      const [mine, theirs] = [await withKey('wode', 'writer'), await withKey('biede', 'writer')];
      await assert.rejects(identity.removePasskey(mine.cookie, theirs.key.id), refusedWith('not-found'));
      await identity.removePasskey(mine.cookie, mine.key.id);
      await assert.rejects(signIn(mine.key), refusedWith('passkey-wrong'));
      assert.ok(await signIn(theirs.key));
    });
  });
}
