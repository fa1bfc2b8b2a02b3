import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifyEvents, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor, type Role } from '@chengmen/model';
import {
  auditLog,
  changeRoles,
  createAccount,
  createIdentity,
  identityMigrations,
  refusals,
  resetPassword,
  restAfter,
  revokeSessions,
  systemActor,
  type CreatedAccount,
  type Identity,
} from './index.ts';

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

for (const engine of testLedgers()) {
  describe(`identity on ${engine.engine}`, () => {
    const clock = { now: new Date('2026-11-20T00:00:00Z') };
    let ledger: Ledger;
    let identity: Identity;
    const identityAt = (baseUrl: string): Identity =>
      createIdentity({ ledger, site, secret: 's'.repeat(40), baseUrl, clock: () => clock.now });
    const person = (username: string, ...roles: Role[]): Promise<CreatedAccount> =>
      ledger.execute(createAccount, systemActor(site), { username, name: `名${username}`, roles });

    before(async () => {
      ledger = await engine.open({ migrations: identityMigrations, clock: () => clock.now });
      identity = identityAt('http://127.0.0.1:8081');
    });
    after(() => ledger.close());

    test('signIn: the account acts with the roles it holds now, until it signs out', async () => {
      const { account, username, password } = await person('caibian', 'writer');
      assert.match(password, /^[2-9a-z]{5}(-[2-9a-z]{5}){3}$/);
      const cookie = cookieOf(await identity.signIn({ username: ' CaiBian ', password }));
      const actor = { account, name: '名caibian', site, roles: ['writer'] };
      const signedIn = await identity.actorOf(cookie);
      assert.deepEqual({ ...signedIn, session: '' }, { actor, username, session: '' });
      assert.equal(await identity.actorOf(undefined), null);
      assert.equal(await identity.actorOf(cookie.replace(/.{4}$/, 'AAAA')), null, 'a forged cookie is nobody');
      await ledger.execute(changeRoles, systemActor(site), { account, roles: ['auditor', 'auditor'] });
      assert.deepEqual((await identity.actorOf(cookie))?.actor.roles, ['auditor'], 'a grant holds at once');
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
      const friend = { username: 'friend', name: '友', roles: ['writer'] };
      for (const [command, input] of [
        [createAccount, friend],
        [changeRoles, { account, roles: [] }],
        [resetPassword, { account }],
        [revokeSessions, { account }],
      ] as const)
        await assert.rejects(
          ledger.execute(command as typeof changeRoles, everybodyElse, input),
          refusedWith('permission-denied'),
          command.name,
        );
      await assert.rejects(
        ledger.execute(changeRoles, administrator, { account, roles: ['writer'] }),
        refusedWith('permission-denied'),
      );
      const create = (more: object): Promise<unknown> =>
        ledger.execute(createAccount, administrator, { ...friend, ...more });
      await assert.rejects(create({ username: 'anquan' }), refusedWith('invalid-input'), 'taken');
      await assert.rejects(create({ password: '12345678' }), refusedWith('invalid-input'), 'weak');
      await assert.rejects(create({ roles: ['root'] }), refusedWith('invalid-input'), 'no such role');
      await assert.rejects(create({ roles: [] }), refusedWith('invalid-input'), 'none at all');
      await create({});
      const [friendly] = (await identity.accounts()).filter(({ username }) => username === 'friend');
      assert.deepEqual(friendly?.roles, ['writer']);
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

    test('sites: an administrator neither sees nor touches accounts of another site, and resets no shared one', async () => {
      const there = systemActor('dongcheng');
      const shared = await person('liangbian', 'writer');
      const { account: foreign } = await ledger.execute(createAccount, there, {
        username: 'waizhan',
        name: '外',
        roles: ['writer'],
      });
      assert.ok(!(await identity.accounts()).some(({ account }) => account === foreign));
      const here: Actor = { account: 'x', name: '安荃', site, roles: ['security-administrator'] };
      for (const command of [changeRoles, resetPassword, revokeSessions] as (typeof changeRoles)[])
        await assert.rejects(
          ledger.execute(command, here, {
            account: foreign,
            ...(command.name === 'change-roles' ? { roles: ['writer'] } : {}),
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

    test('auditLog: who did what, newest first, with no password in it; the chain verifies', async () => {
      const { account, username, password } = await person('jilu', 'security-administrator');
      const actor: Actor = { account, name: '名jilu', site, roles: ['security-administrator'] };
      const chosen = 'chosen pass phrase';
      const cookie = cookieOf(await identity.signIn({ username, password }));
      await identity.changePassword(cookie, { current: password, next: chosen });
      const made = await ledger.execute(createAccount, actor, { username: 'xinren', name: '新', roles: ['writer'] });
      await assert.rejects(ledger.execute(changeRoles, actor, { account, roles: [] }));
      const [newest, before] = await auditLog(ledger.db, site, { limit: 2 });
      assert.deepEqual([newest?.command, newest?.name], ['create-account', '名jilu']);
      assert.deepEqual([before?.command, before?.payload], ['change-password', `{"account":"${account}"}`]);
      assert.deepEqual((await auditLog(ledger.db, site, { before: newest!.seq, limit: 1 }))[0], before);
      const [refused] = await refusals(ledger.db, site, 1);
      assert.deepEqual(
        [refused?.command, refused?.code, refused?.name],
        ['change-roles', 'permission-denied', '名jilu'],
      );
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
