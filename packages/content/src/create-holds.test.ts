import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { verifyEvents, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor, type Role } from '@chengmen/model';
import { revisionMigrations } from '@chengmen/revision';
import { sql } from 'kysely';
import {
  contentMigrations,
  createHolds,
  holds,
  holdState,
  pressMemory,
  releaseNotes,
  wakesPress,
  type PressMemoryDelta,
} from './index.ts';

const site = 'linjiang';
const person = (account: string, role: Role): Actor => ({ account, name: `名${account}`, site, roles: [role] });
const [one, other] = [person('one', 'operator'), person('other', 'final-approver')];
const reason = '首页被篡改，先退回第二版。';
/** Numbers of releases that were pruned. */
const pruned = new Set<number>();
const commands = createHolds({
  rootOf: (release) =>
    pruned.has(release)
      ? Promise.reject(new ChengmenError('release-incomplete', { release, why: '已清除' }))
      : Promise.resolve(release > 5 ? undefined : `${release}`.repeat(64)),
});

for (const engine of testLedgers())
  describe(`holds on ${engine.engine}`, () => {
    let ledger: Ledger;
    before(async () => {
      ledger = await engine.open({ migrations: [...revisionMigrations, ...contentMigrations] });
    });
    after(() => ledger.close());
    beforeEach(() => sql`delete from release_hold`.execute(ledger.db));

    const ask = async (release = 2, by = one): Promise<number> =>
      (await ledger.execute(commands.askRollBack, by, { release, reason })).hold;
    const held = async (release = 2): Promise<number> => {
      const hold = await ask(release);
      await ledger.execute(commands.confirmRollBack, other, { hold });
      return hold;
    };

    test('askRollBack and confirmRollBack: a release that is no longer whole is refused, also where it went in between', async () => {
      const hold = await ask(2);
      pruned.add(2).add(3);
      await assert.rejects(ledger.execute(commands.confirmRollBack, other, { hold }), { code: 'release-incomplete' });
      assert.equal(await pressMemory.hold(ledger.db, site), undefined, 'nothing is held');
      await ledger.execute(commands.dropHoldRequest, other, { hold, what: 'roll-back' });
      await assert.rejects(ask(3), { code: 'release-incomplete' });
      await assert.rejects(ledger.execute(commands.holdAlone, one, { release: 3, reason }), {
        code: 'release-incomplete',
      });
      pruned.clear();
    });

    test('askRollBack: holds nothing before another person has confirmed it', async () => {
      await assert.rejects(ledger.execute(commands.askRollBack, one, { release: 2, reason: '太短' }), {
        code: 'invalid-input',
      });
      await assert.rejects(ask(6), { code: 'not-found' });
      const hold = await ask();
      assert.equal(await pressMemory.hold(ledger.db, site), undefined);
      await assert.rejects(ask(3, other), { code: 'wrong-state' });
      await assert.rejects(ledger.execute(commands.confirmRollBack, one, { hold }), { code: 'second-person-needed' });
      await ledger.execute(commands.confirmRollBack, other, { hold });
      assert.equal((await pressMemory.hold(ledger.db, site))?.root, '2'.repeat(64));
      await assert.rejects(ledger.execute(commands.confirmRollBack, other, { hold }), { code: 'wrong-state' });
      const [row] = await holds(ledger.db, site);
      assert.deepEqual(
        [row?.asked.by, row?.confirmed?.by, row?.alone, row?.asked.reason],
        [...[one.name, other.name, false, reason]],
      );
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
    });

    test('confirmResume: ends it by another than who asked, for the request that was seen', async () => {
      const hold = await held();
      await ledger.execute(commands.askResume, other, { hold, reason });
      const asked = (await holdState(ledger.db, site)).held?.resume?.at ?? '';
      await assert.rejects(ledger.execute(commands.askResume, one, { hold, reason }), { code: 'wrong-state' });
      const confirm = (by: Actor, at = asked): Promise<unknown> =>
        ledger.execute(commands.confirmResume, by, { hold, asked: at });
      await assert.rejects(confirm(other), { code: 'second-person-needed' });
      await assert.rejects(confirm(one, '2020-01-01T00:00:00.000Z'), { code: 'wrong-state' });
      await ledger.execute(commands.dropHoldRequest, one, { hold, what: 'resume' });
      await assert.rejects(confirm(one), { code: 'wrong-state' });
      await ledger.execute(commands.askResume, one, { hold, reason });
      const again = (await holdState(ledger.db, site)).held?.resume?.at ?? '';
      await confirm(other, again);
      assert.equal(await pressMemory.hold(ledger.db, site), undefined);
      assert.equal((await holds(ledger.db, site))[0]?.ended?.by, other.name);
    });

    test('askRollBack: from one hold the site goes further back without going on between', async () => {
      const first = await held(4);
      await assert.rejects(ask(4), { code: 'wrong-state' });
      const second = await ask(1);
      assert.equal((await pressMemory.hold(ledger.db, site))?.id, first);
      await ledger.execute(commands.confirmRollBack, other, { hold: second });
      assert.equal((await pressMemory.hold(ledger.db, site))?.id, second);
      const states = (await holds(ledger.db, site)).map(({ id, state }) => [id, state]);
      assert.deepEqual(states, [
        [second, 'held'],
        [first, 'ended'],
      ]);
    });

    test('dropHoldRequest: what was asked for falls, and cannot be confirmed any more', async () => {
      const hold = await ask();
      await ledger.execute(commands.dropHoldRequest, one, { hold, what: 'roll-back' });
      await assert.rejects(ledger.execute(commands.confirmRollBack, other, { hold }), { code: 'wrong-state' });
      assert.deepEqual(await holdState(ledger.db, site), {
        ...{ held: undefined, asked: undefined, waiting: 0, withdrawn: [] },
      });
    });

    test('holdAlone: one person by the command line, and marked as such', async () => {
      await ask();
      await ledger.execute(commands.holdAlone, one, { release: 3, reason });
      const [row, dropped] = await holds(ledger.db, site);
      assert.deepEqual([row?.state, row?.alone, row?.release, dropped?.state], ['held', true, 3, 'dropped']);
      await ledger.execute(commands.resumeAlone, one, { reason });
      assert.equal((await holds(ledger.db, site))[0]?.state, 'ended');
      await assert.rejects(ledger.execute(commands.resumeAlone, one, { reason }), { code: 'wrong-state' });
    });

    test('releaseNotes: how long each release took, and nothing of what is not known', async () => {
      const save = ({ seq, ...more }: Partial<PressMemoryDelta> & { readonly seq: number }): Promise<void> =>
        pressMemory.save(ledger.db, 'site-5', {
          ...{ replace: false, records: [], removed: [], ...more },
          state: { seq, theme: '', root: '', compressor: '' },
        });
      const took = { ms: 120, rendered: 7 };
      await save({ release: 1, seq: 3 });
      await save({ release: 2, took, seq: 5 });
      await save({ release: 2, seq: 6 });
      const notes = await releaseNotes(ledger.db, 'site-5', 9);
      assert.deepEqual(
        notes.map(({ release, took, items, itemCount }) => [release, took, items, itemCount]),
        [
          [2, took, [], 0],
          [1, undefined, undefined, 0],
        ],
      );
      assert.deepEqual(
        (await releaseNotes(ledger.db, 'site-5', 1)).map(({ release, items }) => [release, items]),
        [[2, []]],
      );
    });

    test('wakesPress: what puts a hold in force or ends it, and nothing else', () => {
      const woken = Object.values(commands).filter(({ name }) => wakesPress(name));
      assert.deepEqual(
        woken.map(({ name }) => name),
        ['confirm-roll-back', 'confirm-resume', 'resume-alone', 'hold-alone'],
      );
    });
  });
