import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openLedger, verifyEvents, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor, type Role } from '@chengmen/model';
import { revisionMigrations } from '@chengmen/revision';
import { sql } from 'kysely';
import {
  codeAt,
  createAccount,
  createIdentity,
  endSession,
  grantRole,
  identityMigrations,
  refusals,
  resetPassword,
  resetSecondFactor,
  restAfter,
  revokeRole,
  revokeSessions,
  stepAt,
  systemActor,
  type CreatedAccount,
  type Identity,
} from './index.ts';
import { makePasswordsCheap } from '../testing/cheap-passwords.ts';
import type { IdentityTables } from './tables.ts';

makePasswordsCheap();

const site = 'linjiang';
const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;
const cookieOf = ({ cookies }: { readonly cookies: readonly string[] }): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ');

test('restAfter: nothing for the first failures, then longer, at most a quarter of an hour', () => {
  assert.deepEqual(
    [1, 4, 5, 6, 10].map((failures) => restAfter(failures)),
    [0, 0, 2000, 4000, 64_000],
  );
  assert.equal(restAfter(100), 900_000);
  assert.deepEqual(
    [40, 41, 42].map((failures) => restAfter(failures, 40)),
    [0, 2000, 4000],
  );
});

test('identityMigrations: a database of before grants had places opens, and its writers still write channels', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-identity-'));
  const before = identityMigrations.filter(({ id }) => id <= 'identity/000002');
  const old = await openLedger({ folder, migrations: before });
  const tables = old.db.withTables<IdentityTables>();
  await sql`insert into identity_user (id, name, email, "emailVerified", username) values ('u', '何采', 'c@x.invalid', false, 'caibian')`.execute(
    tables,
  );
  await sql`insert into site_account values (${site}, 'u', 'system', '2026-01-01T00:00:00Z')`.execute(tables);
  for (const role of ['writer', 'first-reviewer'])
    await sql`insert into role_grant (site, account, role, granted_by, at) values (${site}, 'u', ${role}, 'system', '2026-01-01T00:00:00Z')`.execute(
      tables,
    );
  await old.close();
  const ledger = await openLedger({ folder, migrations: identityMigrations });
  const identity = createIdentity({ ledger, site, secret: 's'.repeat(40), baseUrl: 'http://127.0.0.1:8081' });
  const [account] = await identity.accounts();
  assert.deepEqual([account?.roles, account?.within], [['writer', 'first-reviewer', 'channel-editor'], []]);
  await ledger.close();
  rmSync(folder, { recursive: true });
});

for (const engine of testLedgers()) {
  describe(`identity on ${engine.engine}`, () => {
    const clock = { now: new Date('2026-11-20T00:00:00Z') };
    let ledger: Ledger;
    let identity: Identity;
    const identityAt = (baseUrl: string): Identity =>
      createIdentity({ ledger, site, secret: 's'.repeat(40), baseUrl, clock: () => clock.now });
    const person = (username: string, ...roles: Role[]): Promise<CreatedAccount> =>
      ledger.execute(createAccount, systemActor(site), {
        username,
        name: `名${username}`,
        grants: roles.map((role) => ({ role })),
      });

    before(async () => {
      ledger = await engine.open({
        migrations: [...revisionMigrations, ...identityMigrations],
        clock: () => clock.now,
      });
      identity = identityAt('http://127.0.0.1:8081');
    });
    after(() => ledger.close());

    test('signIn: the account acts with the roles it holds now, until it signs out', async () => {
      const { account, username, password } = await person('caibian', 'writer');
      assert.match(password, /^[2-9a-z]{5}(-[2-9a-z]{5}){3}$/);
      const cookie = cookieOf(await identity.signIn({ username: ' CaiBian ', password }));
      const actor = { account, name: '名caibian', site, roles: ['writer'], within: [] };
      const signedIn = await identity.actorOf(cookie);
      assert.deepEqual({ ...signedIn, session: '' }, { actor, username, session: '', mustEnrol: false, elsewhere: [] });
      assert.equal(await identity.actorOf(undefined), null);
      assert.equal(await identity.actorOf(cookie.replace(/.{4}$/, 'AAAA')), null, 'a forged cookie is nobody');
      await ledger.execute(grantRole, systemActor(site), { account, role: 'channel-editor' });
      await ledger.execute(revokeRole, systemActor(site), { account, role: 'writer' });
      assert.deepEqual((await identity.actorOf(cookie))?.actor.roles, ['channel-editor'], 'a grant holds at once');
      await identity.signOut(cookie);
      assert.equal(await identity.actorOf(cookie), null);
    });

    test('signIn: a cookie set before never becomes the session (fixation), and each session is its own', async () => {
      const { username, password } = await person('gushe', 'writer');
      const fixed = 'chengmen-desk=0123456789abcdef0123456789abcdef.c2lnbmF0dXJl';
      assert.equal(await identity.actorOf(fixed), null);
      const [one, other] = [
        cookieOf(await identity.signIn({ username, password })),
        cookieOf(await identity.signIn({ username, password })),
      ];
      assert.notEqual(one, other);
      await identity.signOut(one);
      assert.equal(await identity.actorOf(one), null);
      assert.ok(await identity.actorOf(other), 'the other session goes on');
    });

    test('signIn: the cookie is closed to scripts and other sites; with https it is bound to the host', async () => {
      const { username, password } = await person('xiaobing', 'writer');
      const plain = (await identity.signIn({ username, password })).cookies;
      assert.equal(plain.length, 1);
      assert.match(plain[0]!, /^chengmen-desk=/);
      for (const part of [/; HttpOnly/i, /; SameSite=Strict/i, /; Path=\/(;|$)/i]) assert.match(plain[0]!, part);
      const secure = identityAt('https://desk.example');
      const { cookies } = await secure.signIn({ username, password });
      assert.match(cookies[0]!, /^__Host-chengmen-desk=/);
      assert.match(cookies[0]!, /; Secure/i);
      assert.doesNotMatch(cookies[0]!, /domain=/i);
      assert.ok(await secure.actorOf(cookieOf({ cookies })));
      const [ended] = (await secure.signOut(cookieOf({ cookies }))).cookies;
      assert.match(ended!, /^__Host-chengmen-desk=;.*Max-Age=0/i);
    });

    test('signIn: failures look alike and slow down, for names that exist and names that do not', async () => {
      const { username, password } = await person('manman', 'writer');
      for (const name of [username, 'nobody', 'x', "o'; drop table event; --"]) {
        for (let attempt = 0; attempt < 5; attempt++)
          await assert.rejects(identity.signIn({ username: name, password: 'guess' }), refusedWith('sign-in-failed'));
        await assert.rejects(
          identity.signIn({ username: name, password }),
          (error) => refusedWith('sign-in-wait')(error) && (error as ChengmenError).parameters['seconds'] === 2,
          'even the right password must wait',
        );
      }
      const guessed = await refusals(ledger.db, site, 5);
      assert.deepEqual(
        guessed.map(({ command, code, name, account }) => [command, code, name ?? account]),
        [...['nobody', 'nobody', 'nobody'], '名manman'].map((whose) => ['sign-in', 'sign-in-failed', whose]),
        'from the fifth on auditors see it',
      );
      clock.now = new Date(clock.now.getTime() + 2000);
      const { cookies } = await identity.signIn({ username, password });
      assert.equal(cookies.length, 1);
      await assert.rejects(identity.signIn({ username, password: 'guess' }), refusedWith('sign-in-failed'));
    });

    test('signIn: guesses sent side by side count like guesses in a row', async () => {
      const { username } = await person('bingfa', 'writer');
      const codes = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          identity.signIn({ username, password: `guess number ${index}` }).then(
            () => 'signed in',
            (error: unknown) => (error as ChengmenError).code,
          ),
        ),
      );
      assert.equal(codes.filter((code) => code === 'sign-in-failed').length, 5);
      assert.equal(codes.filter((code) => code === 'sign-in-wait').length, 7);
    });

    test('signIn: guesses at many names from one address slow down; a success there forgives nobody else', async () => {
      const { username, password } = await person('tongzhi', 'writer');
      const address = '192.0.2.7';
      for (let attempt = 0; attempt < 40; attempt++) {
        await assert.rejects(
          identity.signIn({ username: `guess-${attempt}`, password: 'guess', address }),
          refusedWith('sign-in-failed'),
        );
        if (attempt === 20) assert.ok(await identity.signIn({ username, password, address }));
      }
      await assert.rejects(
        identity.signIn({ username: 'one-more', password: 'guess', address }),
        refusedWith('sign-in-failed'),
      );
      await assert.rejects(identity.signIn({ username, password, address }), refusedWith('sign-in-wait'));
      assert.ok(await identity.signIn({ username, password, address: '192.0.2.8' }), 'elsewhere nothing is held up');
      await assert.rejects(
        identity.signIn({ username: 'ADDRESS 192.0.2.8', password: 'guess' }),
        refusedWith('sign-in-failed'),
      );
      const { rows } = await ledgerRows(
        ledger,
        "select failures from sign_in_failure where username = 'ADDRESS 192.0.2.8'",
      );
      assert.deepEqual(rows, [{ failures: 0 }], 'nobody types the key of an address');
    });

    test('signIn: failures are forgotten after a day, and names nobody has leave nothing for ever', async () => {
      await assert.rejects(identity.signIn({ username: 'ghost', password: 'guess' }), refusedWith('sign-in-failed'));
      clock.now = new Date(clock.now.getTime() + 25 * 3600_000);
      await assert.rejects(identity.signIn({ username: 'other', password: 'guess' }), refusedWith('sign-in-failed'));
      const { rows } = await ledgerRows(ledger, 'select username from sign_in_failure');
      assert.deepEqual(rows, [{ username: 'other' }]);
    });

    test('changePassword: the old one must be known; every other session ends; what is weak is refused', async () => {
      const { username, password } = await person('huanmima', 'writer');
      const cookie = cookieOf(await identity.signIn({ username, password }));
      const second = cookieOf(await identity.signIn({ username, password }));
      const next = 'a new pass phrase';
      const change = (current: string, wanted: string): Promise<unknown> =>
        identity.changePassword(cookie, { current, next: wanted });
      await assert.rejects(change('wrong', next), refusedWith('sign-in-failed'));
      for (const weak of ['short', 'aaaaaaaaaaaaaaa', 'my-Huanmima-2026', 'x'.repeat(129), ''])
        await assert.rejects(change(password, weak), refusedWith('invalid-input'), weak);
      clock.now = new Date(clock.now.getTime() + 3600_000);
      assert.ok(await identity.actorOf(second));
      const fresh = cookieOf(await identity.changePassword(cookie, { current: password, next }));
      assert.equal(await identity.actorOf(second), null, 'the other session has ended');
      assert.equal(await identity.actorOf(cookie), null, 'the session has a new name');
      assert.ok(await identity.actorOf(fresh));
      await assert.rejects(identity.signIn({ username, password }), refusedWith('sign-in-failed'));
      await assert.rejects(identity.changePassword(undefined, { current: next, next }), refusedWith('sign-in-needed'));
    });

    test('changePassword: guessing the present password from a stolen session slows down too', async () => {
      const { username, password } = await person('toulai', 'writer');
      const cookie = cookieOf(await identity.signIn({ username, password }));
      const guess = (): Promise<unknown> =>
        identity.changePassword(cookie, { current: 'guess', next: 'a new pass phrase' });
      for (let attempt = 0; attempt < 5; attempt++) await assert.rejects(guess(), refusedWith('sign-in-failed'));
      await assert.rejects(guess(), refusedWith('sign-in-wait'));
    });

    test('account commands: refused to everybody but the security administrator; nobody changes their own roles', async () => {
      const { account } = await person('anquan', 'security-administrator');
      const administrator: Actor = { account, name: '安荃', site, roles: ['security-administrator'] };
      const everybodyElse: Actor = {
        account: 'x',
        name: '何采',
        site,
        roles: ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'operator', 'auditor'],
      };
      const friend = { username: 'friend', name: '友', grants: [{ role: 'writer' }] };
      for (const [command, input] of [
        [createAccount, friend],
        [grantRole, { account, role: 'writer' }],
        [revokeRole, { account, role: 'security-administrator' }],
        [resetPassword, { account }],
        [revokeSessions, { account }],
      ] as const)
        await assert.rejects(
          ledger.execute(command as typeof grantRole, everybodyElse, input),
          refusedWith('permission-denied'),
          command.name,
        );
      await assert.rejects(
        ledger.execute(grantRole, administrator, { account, role: 'operator' }),
        refusedWith('permission-denied'),
      );
      await assert.rejects(
        ledger.execute(revokeRole, administrator, { account, role: 'security-administrator' }),
        refusedWith('permission-denied'),
      );
      const create = (more: object): Promise<unknown> =>
        ledger.execute(createAccount, administrator, { ...friend, ...more });
      await assert.rejects(create({ username: 'anquan' }), refusedWith('invalid-input'), 'taken');
      await assert.rejects(create({ password: 'my own choice' }), refusedWith('invalid-input'), 'nobody chooses it');
      await assert.rejects(create({ grants: [{ role: 'root' }] }), refusedWith('invalid-input'), 'no such role');
      await assert.rejects(create({ grants: [] }), refusedWith('invalid-input'), 'none at all');
      await create({});
      const [friendly] = (await identity.accounts()).filter(({ username }) => username === 'friend');
      assert.deepEqual(friendly?.roles, ['writer']);
    });

    test('grantRole: what must be two people’s never becomes one’s; what goes together does; each grant says by whom', async () => {
      const { account } = await person('shouquan', 'writer');
      const grant = (role: Role, of = account): Promise<unknown> =>
        ledger.execute(grantRole, systemActor(site), { account: of, role });
      for (const role of ['security-administrator', 'auditor'] as const) {
        await assert.rejects(grant(role), refusedWith('roles-conflict'), role);
        const { account: alone } = await person(`du-${role.slice(0, 5)}`, role);
        for (const other of ['writer', 'final-approver', 'operator', 'auditor', 'security-administrator'] as const)
          if (other !== role) await assert.rejects(grant(other, alone), refusedWith('roles-conflict'), other);
        await assert.rejects(person(`er-${role.slice(0, 5)}`, role, 'first-reviewer'), refusedWith('roles-conflict'));
      }
      const there = systemActor('dongcheng');
      await ledger.db
        .withTables<IdentityTables>()
        .insertInto('site_account')
        .values({ site: 'dongcheng', account, added_by: 'x', at: clock.now.toISOString() })
        .execute();
      await assert.rejects(
        ledger.execute(grantRole, there, { account, role: 'security-administrator' }),
        refusedWith('roles-conflict'),
        'another site makes no other person',
      );
      assert.deepEqual(await grant('first-reviewer'), { added: true });
      assert.deepEqual(await grant('first-reviewer'), { added: false }, 'twice is once');
      const found = (await identity.accounts()).find((each) => each.account === account);
      assert.deepEqual(
        found?.grants.map(({ role, by }) => [role, by]),
        [
          ['writer', '命令行'],
          ['first-reviewer', '命令行'],
        ],
      );
      await assert.rejects(
        ledger.execute(grantRole, systemActor(site), { account, role: 'operator', channel: 'news' }),
        refusedWith('invalid-input'),
        'an operator is the whole site’s',
      );
      await assert.rejects(
        ledger.execute(grantRole, systemActor(site), { account, role: 'writer', channel: 'nowhere' }),
        refusedWith('not-found'),
      );
      await assert.rejects(
        ledger.execute(revokeRole, systemActor(site), { account, role: 'operator' }),
        refusedWith('not-found'),
      );
    });

    test('actorOf: of roles that were given before they conflicted, the exclusive one alone holds', async () => {
      const { account } = await person('lianghe', 'final-approver');
      const rolesNow = async (of: string): Promise<unknown> =>
        (await identity.accounts()).find((each) => each.account === of)?.roles;
      await ledger.db
        .withTables<IdentityTables>()
        .insertInto('role_grant')
        .values({ site, account, role: 'security-administrator', granted_by: 'x', at: clock.now.toISOString() })
        .execute();
      assert.deepEqual(await rolesNow(account), ['security-administrator']);
      await ledger.execute(revokeRole, systemActor(site), { account, role: 'security-administrator' });
      assert.deepEqual(await rolesNow(account), ['final-approver']);
    });

    test('resetPassword, revokeSessions: sessions end; a reset lifts the wait', async () => {
      const { account, username, password } = await person('wangji', 'writer');
      const cookie = cookieOf(await identity.signIn({ username, password }));
      const sessions = async (): Promise<number | undefined> =>
        (await identity.accounts()).find((each) => each.username === username)?.sessions;
      assert.equal(await sessions(), 1);
      assert.deepEqual(await ledger.execute(revokeSessions, systemActor(site), { account }), { sessions: 1 });
      assert.equal(await identity.actorOf(cookie), null);
      assert.equal(await sessions(), 0);
      for (let attempt = 0; attempt < 5; attempt++)
        await assert.rejects(identity.signIn({ username, password: 'guess' }), refusedWith('sign-in-failed'));
      const reset = await ledger.execute(resetPassword, systemActor(site), { account });
      assert.ok(await identity.actorOf(cookieOf(await identity.signIn({ username, password: reset.password }))));
    });

    const later = (seconds: number): void => {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    };
    const code = (key: string, beside = 0): Promise<string> => codeAt(key, stepAt(clock.now) + beside);
    /** An account that has set up an authenticator, and its key. */
    const enrolled = async (username: string, ...roles: Role[]) => {
      const made = await person(username, ...roles);
      const cookie = cookieOf(await identity.signIn({ username, password: made.password }));
      const { secret } = await identity.offerTotp(cookie);
      const { recovery, ...set } = await identity.confirmTotp(cookie, { code: await code(secret) });
      later(30);
      return { ...made, key: secret, recovery, cookie: cookieOf(set), before: cookie };
    };

    test('second factor: roles that need one are not in force before; then it is asked for at each sign-in', async () => {
      const { username, password, account } = await person('xuyao', 'final-approver', 'writer');
      const first = await identity.signIn({ username, password });
      assert.equal(first.done, true);
      const cookie = cookieOf(first);
      const bare = await identity.actorOf(cookie);
      assert.deepEqual([bare?.mustEnrol, bare?.actor.roles, bare?.actor.within], [true, [], []]);
      const offer = await identity.offerTotp(cookie);
      assert.deepEqual(await identity.offerTotp(cookie), offer, 'asked again it is the same');
      assert.ok(offer.address.startsWith('otpauth://totp/') && offer.address.includes(`secret=${offer.secret}`));
      await assert.rejects(identity.confirmTotp(cookie, { code: '000000' }), refusedWith('code-wrong'));
      assert.equal((await identity.signIn({ username, password })).done, true, 'not confirmed, it counts for nothing');
      const set = await identity.confirmTotp(cookie, { code: await code(offer.secret) });
      assert.equal(await identity.actorOf(cookie), null, 'what was signed in before is signed out');
      const full = await identity.actorOf(cookieOf(set));
      assert.deepEqual([full?.mustEnrol, full?.actor.roles], [false, ['writer', 'final-approver']]);
      later(60);
      const half = await identity.signIn({ username, password });
      assert.equal(half.done, false);
      assert.equal(await identity.actorOf(cookieOf(half)), null, 'the step is no session');
      assert.match(half.cookies[0] ?? '', /^chengmen-desk-step=.*HttpOnly; SameSite=Strict/);
      const done = await identity.finishSignIn(cookieOf(half), { code: await code(offer.secret) });
      assert.deepEqual((await identity.actorOf(cookieOf(done)))?.actor.roles, ['writer', 'final-approver']);
      const kept = await ledgerRows(ledger, 'select secret from totp_secret');
      const events = await ledgerRows(ledger, 'select payload from event');
      for (const secret of [offer.secret, ...set.recovery])
        assert.ok(!JSON.stringify([kept.rows, events.rows]).includes(secret), 'nothing is kept as it is');
      assert.deepEqual((await identity.secondFactor(account)).recoveryLeft, 10);
    });

    test('finishSignIn: a code counts once, also for two who show it side by side; one of another time does not', async () => {
      const { username, password, key } = await enrolled('yici', 'first-reviewer');
      const half = async (): Promise<string> => cookieOf(await identity.signIn({ username, password }));
      for (const beside of [-2, 2, 100])
        await assert.rejects(
          identity.finishSignIn(await half(), { code: await code(key, beside) }),
          refusedWith('code-wrong'),
        );
      const [one, other] = [await half(), await half()];
      const shown = await code(key);
      const done = await Promise.allSettled([one, other].map((each) => identity.finishSignIn(each, { code: shown })));
      assert.deepEqual(done.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      await assert.rejects(identity.finishSignIn(await half(), { code: shown }), refusedWith('code-wrong'), 'replayed');
      await assert.rejects(
        identity.finishSignIn(await half(), { code: await code(key, -1) }),
        refusedWith('code-wrong'),
        'an earlier one after a later one',
      );
      assert.ok(await identity.finishSignIn(await half(), { code: await code(key, 1) }), 'a clock that is fast');
    });

    test('finishSignIn: guessing codes slows down, in a row and side by side; a right password does not start the count anew', async () => {
      const { username, password, key } = await enrolled('caima', 'first-reviewer');
      const halves: string[] = [];
      for (let each = 0; each < 8; each++) halves.push(cookieOf(await identity.signIn({ username, password })));
      const guess = (cookie: string): Promise<string> =>
        identity.finishSignIn(cookie, { code: '123456' }).then(
          () => 'in',
          (error: unknown) => (error as ChengmenError).code,
        );
      const codes = await Promise.all(halves.map(guess));
      assert.equal(codes.filter((each) => each === 'code-wrong').length, 5);
      assert.equal(codes.filter((each) => each === 'sign-in-wait').length, 3);
      const cookie = cookieOf(await identity.signIn({ username, password }));
      await assert.rejects(
        identity.finishSignIn(cookie, { code: await code(key) }),
        refusedWith('sign-in-wait'),
        'even the right code must wait',
      );
      later(2);
      assert.ok(await identity.finishSignIn(cookie, { code: await code(key) }));
    });

    test('offerTotp: a secret that was not confirmed is offered again for a quarter of an hour, then another takes its place', async () => {
      const { username, password } = await person('guoqi', 'first-reviewer');
      const signedIn = async (): Promise<string> => cookieOf(await identity.signIn({ username, password }));
      const { secret: first } = await identity.offerTotp(await signedIn());
      later(15 * 60);
      const cookie = await signedIn();
      assert.equal((await identity.offerTotp(cookie)).secret, first);
      later(1);
      const [one, other] = await Promise.all([identity.offerTotp(cookie), identity.offerTotp(cookie)]);
      assert.notEqual(one.secret, first, 'who saw the first may not be who confirms');
      assert.deepEqual(other, one, 'side by side they offer the same');
      await assert.rejects(identity.confirmTotp(cookie, { code: await code(first) }), refusedWith('code-wrong'));
      const set = await identity.confirmTotp(cookie, { code: await code(one.secret) });
      later(16 * 60);
      const half = cookieOf(await identity.signIn({ username, password }));
      const again = cookieOf(await identity.finishSignIn(half, { code: await code(one.secret) }));
      assert.equal(set.recovery.length, 10);
      await assert.rejects(identity.offerTotp(again), refusedWith('wrong-state'), 'one in use stays');
    });

    test('finishSignIn: a code of a secret that was never confirmed opens nothing', async () => {
      const { account, username, password } = await person('weiqueren', 'writer');
      const cookie = cookieOf(await identity.signIn({ username, password }));
      const { secret } = await identity.offerTotp(cookie);
      await ledger.db
        .withTables<IdentityTables>()
        .insertInto('passkey')
        .values({
          ...{ id: 'k1', account, name: '钥', public_key: 'AA', counter: 0, transports: '' },
          ...{ added_at: clock.now.toISOString(), used_at: null },
        })
        .execute();
      const half = await identity.signIn({ username, password });
      assert.equal(half.done, false);
      await assert.rejects(
        identity.finishSignIn(cookieOf(half), { code: await code(secret) }),
        refusedWith('code-wrong'),
      );
      const set = await identity.confirmTotp(cookie, { code: await code(secret) });
      assert.ok(await identity.actorOf(cookieOf(set)));
    });

    test('endSessions: whatever ends the sessions ends every sign-in half done, and no other account’s', async () => {
      const administrator: Actor = { account: 'x', name: '安荃', site, roles: ['security-administrator'] };
      const beside = await enrolled('pangren', 'first-reviewer');
      const besideHalf = cookieOf(await identity.signIn(beside));
      const { account, ...mine } = await enrolled('banlu', 'first-reviewer');
      let { password } = mine;
      const half = async (): Promise<string> => cookieOf(await identity.signIn({ username: mine.username, password }));
      const gone = async (cookie: string): Promise<void> => {
        later(30);
        const shown = { code: await code(mine.key) };
        await assert.rejects(identity.finishSignIn(cookie, shown), refusedWith('sign-in-needed'));
      };
      const beforeRevoked = await half();
      await ledger.execute(revokeSessions, administrator, { account });
      await gone(beforeRevoked);
      const session = cookieOf(await identity.finishSignIn(await half(), { code: await code(mine.key) }));
      const beforeChanged = await half();
      const next = '一个新的口令，够长的了吧';
      await identity.changePassword(session, { current: password, next });
      password = next;
      await gone(beforeChanged);
      const beforeReset = await half();
      ({ password } = await ledger.execute(resetPassword, administrator, { account }));
      await gone(beforeReset);
      assert.ok(await identity.finishSignIn(besideHalf, { code: await code(beside.key) }));
    });

    test('endSessions: a passkey half made and a way to another identity half gone end with them', async () => {
      const { account, username, password } = await person('banxing', 'writer');
      const cookie = cookieOf(await identity.signIn({ username, password }));
      const tables = ledger.db.withTables<IdentityTables>();
      await identity.offerPasskey(cookie);
      await identity.offerPasskeySignIn();
      const expires_at = new Date(clock.now.getTime() + 600_000).toISOString();
      const trip = { state: 's', nonce: 'n', verifier: 'v', next: '/me', expires_at };
      await tables
        .insertInto('oidc_trip')
        .values({ ...trip, token_hash: 'mine', account })
        .execute();
      await tables
        .insertInto('oidc_trip')
        .values({ ...trip, token_hash: 'anyone', account: null })
        .execute();
      const left = async (table: 'passkey_challenge' | 'oidc_trip'): Promise<number> =>
        (await tables.selectFrom(table).select('account').where('account', '=', account).execute()).length;
      assert.deepEqual([await left('passkey_challenge'), await left('oidc_trip')], [1, 1]);
      await ledger.execute(revokeSessions, systemActor(site), { account });
      assert.deepEqual([await left('passkey_challenge'), await left('oidc_trip')], [0, 0]);
      for (const table of ['passkey_challenge', 'oidc_trip'] as const)
        assert.equal((await tables.selectFrom(table).select('account').execute()).length, 1, `${table} of nobody yet`);
    });

    test('resetSecondFactor: an identity elsewhere that was linked signs in no more', async () => {
      const administrator: Actor = { account: 'x', name: '安荃', site, roles: ['security-administrator'] };
      const { account } = await enrolled('lianjie', 'first-reviewer');
      const beside = await person('linjie', 'writer');
      const tables = ledger.db.withTables<IdentityTables>();
      const link = { issuer: 'https://id.example', shown: '名', linked_at: clock.now.toISOString() };
      for (const each of [account, beside.account])
        await tables
          .insertInto('oidc_link')
          .values({ ...link, subject: each, account: each })
          .execute();
      await ledger.execute(resetSecondFactor, administrator, { account });
      assert.deepEqual((await identity.secondFactor(account)).links, []);
      assert.equal((await identity.secondFactor(beside.account)).links.length, 1);
    });

    test('finishSignIn: a recovery code is good once, and for its owner alone', async () => {
      const mine = await enrolled('huifu', 'first-reviewer');
      const theirs = await enrolled('bieren', 'first-reviewer');
      const [first = '', second = ''] = mine.recovery;
      const half = async ({ username, password }: typeof mine): Promise<string> =>
        cookieOf(await identity.signIn({ username, password }));
      await assert.rejects(identity.finishSignIn(await half(theirs), { code: first }), refusedWith('code-wrong'));
      assert.ok(await identity.finishSignIn(await half(mine), { code: ` ${first.toUpperCase().replace('-', ' ')} ` }));
      await assert.rejects(identity.finishSignIn(await half(mine), { code: first }), refusedWith('code-wrong'));
      const [line] = await refusals(ledger.db, site, 1);
      assert.deepEqual([line?.command, line?.account], ['use-recovery-code', mine.account]);
      assert.equal((await identity.secondFactor(mine.account)).recoveryLeft, 9);
      const both = await Promise.allSettled(
        [await half(mine), await half(mine)].map((each) => identity.finishSignIn(each, { code: second })),
      );
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const renewed = await identity.renewRecovery(mine.cookie);
      await assert.rejects(
        identity.finishSignIn(await half(mine), { code: mine.recovery[2] ?? '' }),
        refusedWith('code-wrong'),
        'of the set before',
      );
      assert.ok(await identity.finishSignIn(await half(mine), { code: renewed[0] ?? '' }));
    });

    test('finishSignIn: the step runs out, is gone once used, and cannot be made up', async () => {
      const { username, password, key } = await enrolled('buzhou', 'first-reviewer');
      const half = cookieOf(await identity.signIn({ username, password }));
      for (const made of [undefined, 'chengmen-desk-step=', 'chengmen-desk-step=AAAA', half.replace(/.$/, '_')])
        await assert.rejects(identity.finishSignIn(made, { code: await code(key) }), refusedWith('sign-in-needed'));
      later(601);
      await assert.rejects(identity.finishSignIn(half, { code: await code(key) }), refusedWith('sign-in-needed'));
      const next = cookieOf(await identity.signIn({ username, password }));
      const { cookies } = await identity.finishSignIn(next, { code: await code(key) });
      assert.match(cookies.at(-1) ?? '', /^chengmen-desk-step=; Max-Age=0/);
      later(30);
      await assert.rejects(identity.finishSignIn(next, { code: await code(key) }), refusedWith('sign-in-needed'));
    });

    test('second factor: a session left open is not enough to change it; a reset takes it away and ends everything', async () => {
      const { account, cookie, username, password } = await enrolled('jiuzuo', 'first-reviewer');
      later(16 * 60);
      for (const work of [identity.removeTotp, identity.renewRecovery])
        await assert.rejects(work(cookie), refusedWith('sign-in-again'));
      const administrator: Actor = { account: 'x', name: '安荃', site, roles: ['security-administrator'] };
      await ledger.execute(resetSecondFactor, administrator, { account });
      assert.equal(await identity.actorOf(cookie), null);
      const again = await identity.signIn({ username, password });
      assert.deepEqual([again.done, (await identity.actorOf(cookieOf(again)))?.mustEnrol], [true, true]);
      await assert.rejects(
        ledger.execute(resetSecondFactor, { ...administrator, account }, { account }),
        refusedWith('permission-denied'),
        'nobody their own',
      );
      await assert.rejects(identity.giveTotp(administrator, account), refusedWith('permission-denied'));
      const key = await identity.giveTotp(systemActor(site), account);
      assert.equal(await identity.actorOf(cookieOf(again)), null);
      const half = await identity.signIn({ username, password });
      assert.ok(await identity.finishSignIn(cookieOf(half), { code: await code(key) }));
    });

    test('sessions: listed with where and when; each ended by its owner or the administrator, and by nobody else', async () => {
      const { account, username, password } = await person('jichu', 'writer');
      const from = { address: '192.0.2.44', browser: 'Mozilla/5.0 Firefox/140.0' };
      const [one, other] = [
        cookieOf(await identity.signIn({ username, password, ...from })),
        cookieOf(await identity.signIn({ username, password })),
      ];
      const sessions = await identity.sessions([account]);
      assert.equal(sessions.length, 2);
      const [found] = sessions.filter(({ address }) => address === from.address);
      assert.deepEqual(
        [found?.browser, found?.begunAt, found?.method, found?.secondFactor],
        [from.browser, clock.now.toISOString(), 'password', false],
      );
      const session = found?.session ?? '';
      const stranger: Actor = { account: 'x', name: '陌', site, roles: ['writer'] };
      await assert.rejects(ledger.execute(endSession, stranger, { session }), refusedWith('permission-denied'));
      const elsewhere: Actor = { ...stranger, site: 'dongcheng', roles: ['security-administrator'] };
      await assert.rejects(ledger.execute(endSession, elsewhere, { session }), refusedWith('not-found'));
      const me = await identity.actorOf(other);
      await ledger.execute(endSession, me?.actor ?? stranger, { session });
      assert.equal(await identity.actorOf(one), null);
      assert.ok(await identity.actorOf(other));
      const administrator: Actor = { ...stranger, roles: ['security-administrator'] };
      await ledger.execute(endSession, administrator, { session: me?.session });
      assert.equal(await identity.actorOf(other), null);
    });

    test('changePassword: one that others know is refused', async () => {
      const { username, password } = await person('xielou', 'writer');
      const careful = createIdentity({
        ...{ ledger, site, secret: 's'.repeat(40), baseUrl: 'http://127.0.0.1:8081', clock: () => clock.now },
        isBreached: (each) => each === 'correct horse battery',
      });
      const cookie = cookieOf(await careful.signIn({ username, password }));
      const change = (next: string): Promise<unknown> => careful.changePassword(cookie, { current: password, next });
      await assert.rejects(change('correct horse battery'), refusedWith('invalid-input'));
      await change('correct horse batterz');
    });

    test('sites: an administrator neither sees nor touches accounts of another site, and resets no shared one', async () => {
      const there = systemActor('dongcheng');
      const shared = await person('liangbian', 'writer');
      const { account: foreign } = await ledger.execute(createAccount, there, {
        username: 'waizhan',
        name: '外',
        grants: [{ role: 'writer' }],
      });
      assert.ok(!(await identity.accounts()).some(({ account }) => account === foreign));
      const here: Actor = { account: 'x', name: '安荃', site, roles: ['security-administrator'] };
      for (const command of [grantRole, resetPassword, revokeSessions] as (typeof grantRole)[])
        await assert.rejects(
          ledger.execute(command, here, {
            account: foreign,
            ...(command.name === 'grant-role' ? { role: 'writer' } : {}),
          }),
          refusedWith('not-found'),
          command.name,
        );
      await ledger.db
        .withTables<{ site_account: { site: string; account: string; added_by: string; at: string } }>()
        .insertInto('site_account')
        .values({ site: 'dongcheng', account: shared.account, added_by: 'x', at: clock.now.toISOString() })
        .execute();
      await assert.rejects(
        ledger.execute(resetPassword, here, { account: shared.account }),
        refusedWith('permission-denied'),
      );
      assert.ok((await ledger.execute(resetPassword, systemActor(site), { account: shared.account })).password);
    });

    test('events: who did what, with no password in it; the chain verifies; refusals by name', async () => {
      const { account, username, password } = await person('jilu', 'security-administrator');
      const actor: Actor = { account, name: '名jilu', site, roles: ['security-administrator'] };
      const chosen = 'chosen pass phrase';
      const cookie = cookieOf(await identity.signIn({ username, password }));
      await identity.changePassword(cookie, { current: password, next: chosen });
      const made = await ledger.execute(createAccount, actor, {
        username: 'xinren',
        name: '新',
        grants: [{ role: 'writer' }],
      });
      await assert.rejects(ledger.execute(grantRole, actor, { account, role: 'writer' }));
      const log = ledger.db.selectFrom('event').selectAll().where('site', '=', site).orderBy('seq', 'desc');
      const [newest, before] = await log.limit(2).execute();
      assert.deepEqual([newest?.command, newest?.account], ['create-account', account]);
      assert.deepEqual([before?.command, before?.payload], ['change-password', `{"account":"${account}"}`]);
      const [refused, earlier] = await refusals(ledger.db, site, 2);
      assert.deepEqual(await refusals(ledger.db, site, 1, refused?.id), [earlier]);
      assert.deepEqual([refused?.command, refused?.code, refused?.name], ['grant-role', 'permission-denied', '名jilu']);
      const { rows } = await ledgerRows(ledger, 'select payload from event');
      for (const secret of [password, chosen, made.password]) assert.ok(!JSON.stringify(rows).includes(secret));
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
    });
  });
}

async function ledgerRows(ledger: Ledger, text: string): Promise<{ rows: readonly unknown[] }> {
  const { CompiledQuery } = await import('kysely');
  return ledger.db.executeQuery(CompiledQuery.raw(text));
}
