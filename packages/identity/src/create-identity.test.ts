import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor } from '@chengmen/model';
import {
  changeRoles,
  createAccount,
  createIdentity,
  identityMigrations,
  resetPassword,
  restAfter,
  systemActor,
} from './index.ts';

const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;
const cookieOf = (cookies: readonly string[]): string => cookies.map((cookie) => cookie.split(';')[0]).join('; ');

test('restAfter: nothing for the first failures, then longer, at most a quarter of an hour', () => {
  assert.deepEqual([1, 4, 5, 6, 10].map(restAfter), [0, 0, 2000, 4000, 64_000]);
  assert.equal(restAfter(100), 900_000);
});

for (const engine of testLedgers()) {
  describe(`identity on ${engine.engine}`, () => {
    test('an account signs in, acts with its roles, changes its password and signs out', async () => {
      const ledger = await engine.open({ migrations: identityMigrations });
      const identity = createIdentity({
        ledger,
        site: 'linjiang',
        secret: 's'.repeat(40),
        baseUrl: 'http://127.0.0.1:8081',
      });
      const { password, account } = await ledger.execute(createAccount, systemActor('linjiang'), {
        username: 'caibian',
        name: '何采',
        roles: ['writer'],
      });
      assert.ok(password.length >= 20);
      const { cookies } = await identity.signIn({ username: 'CaiBian ', password });
      assert.ok(
        cookies.every((cookie) => /HttpOnly/i.test(cookie) && /SameSite=Strict/i.test(cookie)),
        cookies.join('\n'),
      );
      const cookie = cookieOf(cookies);
      const signedIn = await identity.actorOf(cookie);
      assert.deepEqual(signedIn?.actor, { account, name: '何采', site: 'linjiang', roles: ['writer'] });
      assert.equal(await identity.actorOf(undefined), null);
      assert.equal(await identity.actorOf(cookie.replace(/.{4}$/, 'AAAA')), null, 'a forged cookie is nobody');

      const second = cookieOf((await identity.signIn({ username: 'caibian', password })).cookies);
      await assert.rejects(
        identity.changePassword(cookie, { current: 'wrong', next: 'a new password 1' }),
        refusedWith('sign-in-failed'),
      );
      await assert.rejects(
        identity.changePassword(cookie, { current: password, next: 'short' }),
        refusedWith('invalid-input'),
      );
      const changed = await identity.changePassword(cookie, { current: password, next: 'a new password 1' });
      assert.equal(await identity.actorOf(second), null, 'the other session has ended');
      await assert.rejects(identity.signIn({ username: 'caibian', password }), refusedWith('sign-in-failed'));
      const fresh =
        cookieOf(changed.cookies) ||
        cookieOf((await identity.signIn({ username: 'caibian', password: 'a new password 1' })).cookies);
      await identity.signOut(fresh);
      assert.equal(await identity.actorOf(fresh), null);
      await ledger.close();
    });

    test('failures look alike and slow down, for names that exist and names that do not', async () => {
      let now = new Date('2026-11-20T00:00:00Z');
      const ledger = await engine.open({ migrations: identityMigrations, clock: () => now });
      const identity = createIdentity({
        ledger,
        site: 'linjiang',
        secret: 's'.repeat(40),
        baseUrl: 'http://127.0.0.1:8081',
        clock: () => now,
      });
      const { password } = await ledger.execute(createAccount, systemActor('linjiang'), {
        username: 'caibian',
        name: '何采',
        roles: ['writer'],
      });
      for (const username of ['caibian', 'nobody']) {
        for (let attempt = 0; attempt < 5; attempt++)
          await assert.rejects(identity.signIn({ username, password: 'guess' }), refusedWith('sign-in-failed'));
        await assert.rejects(
          identity.signIn({ username, password }),
          refusedWith('sign-in-wait'),
          'even the right password must wait',
        );
      }
      now = new Date(now.getTime() + 3000);
      await identity.signIn({ username: 'caibian', password });
      const log = await ledger.db.selectFrom('event').select('payload').execute();
      assert.ok(!JSON.stringify(log).includes(password), 'no password in the log');
      await ledger.close();
    });

    test('accounts: only the security administrator makes them, changes roles and resets passwords; nobody their own roles', async () => {
      const ledger = await engine.open({ migrations: identityMigrations });
      const identity = createIdentity({
        ledger,
        site: 'linjiang',
        secret: 's'.repeat(40),
        baseUrl: 'http://127.0.0.1:8081',
      });
      const { account, password } = await ledger.execute(createAccount, systemActor('linjiang'), {
        username: 'anquan',
        name: '安荃',
        roles: ['security-administrator'],
      });
      const writer: Actor = {
        account: 'x',
        name: '何采',
        site: 'linjiang',
        roles: ['writer', 'operator', 'final-approver'],
      };
      const administrator: Actor = { account, name: '安荃', site: 'linjiang', roles: ['security-administrator'] };
      await assert.rejects(
        ledger.execute(createAccount, writer, { username: 'friend', name: '友', roles: ['writer'] }),
        refusedWith('permission-denied'),
      );
      await assert.rejects(
        ledger.execute(changeRoles, writer, { account, roles: [] }),
        refusedWith('permission-denied'),
      );
      await assert.rejects(ledger.execute(resetPassword, writer, { account }), refusedWith('permission-denied'));
      await assert.rejects(
        ledger.execute(changeRoles, administrator, { account, roles: ['writer'] }),
        refusedWith('permission-denied'),
      );
      await assert.rejects(
        ledger.execute(createAccount, administrator, { username: 'anquan', name: '又一个', roles: ['writer'] }),
        refusedWith('invalid-input'),
      );
      await assert.rejects(
        ledger.execute(createAccount, administrator, {
          username: 'weak',
          name: '弱',
          roles: ['writer'],
          password: '12345678',
        }),
        refusedWith('invalid-input'),
      );
      const cookie = cookieOf((await identity.signIn({ username: 'anquan', password })).cookies);
      await ledger.execute(resetPassword, systemActor('linjiang'), { account });
      assert.equal(await identity.actorOf(cookie), null, 'a reset ends the sessions');
      await ledger.close();
    });
  });
}
