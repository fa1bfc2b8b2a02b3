import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, explainError, type Actor, type Role } from '@chengmen/model';
import {
  contributorsOf,
  createRevisions,
  emergencies,
  emergencyCounts,
  isOverdue,
  itemHistory,
  itemState,
  revisionMigrations,
  waitingFor,
  watchEmergencies,
} from './index.ts';

const site = 'linjiang';
const hour = 3600_000;
const reason = '洪水漫过江堤，须立即告知撤离路线。';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const writer = person('writer', 'writer');
const first = person('first', 'first-reviewer');
const second = person('second', 'second-reviewer');
const final = person('final', 'final-approver');
const other = person('other', 'final-approver');
/** Writes and approves: alone on a night shift. */
const night = person('night', 'writer', 'final-approver');
const revisions = createRevisions([]);
const { saveDraft, submitRevision, reviewRevision, publishEmergency, withdrawItem } = revisions;

for (const engine of testLedgers()) {
  describe(`emergencies on ${engine.engine}`, () => {
    const clock = { now: new Date('2026-07-01T20:00:00Z') };
    let ledger: Ledger;
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock: () => clock.now });
    });
    after(() => ledger.close());

    const draft = async (item: string, by: Actor = writer, submit = true) => {
      const fields = {
        ...{ title: `${item} ${clock.now.getTime()}`, channel: 'news', date: '2026-07-01 20:00' },
        ...{ source: '应急局', body: `<p>${Math.random()}</p>` },
      };
      const { revision, hash } = await ledger.execute(saveDraft, by, { item, kind: 'article', fields });
      if (submit) await ledger.execute(submitRevision, by, { revision, hash });
      return { revision, hash };
    };
    const urgent = (by: Actor, bound: { revision: string; hash: string }, why = reason): Promise<unknown> =>
      ledger.execute(publishEmergency, by, { ...bound, reason: why });
    const review = (by: Actor, bound: object, stage: string, decision = 'approve'): Promise<unknown> =>
      ledger.execute(reviewRevision, by, { ...bound, stage, decision, comment: '补审意见' });
    const stateOf = async (item: string): Promise<string[]> => {
      const [newest] = await itemHistory(ledger.db, site, item);
      return [(await itemState(ledger.db, site, item))?.state ?? '', newest?.state ?? ''];
    };

    test('publishEmergency: live at once by one person with a reason; the others review it afterwards, in their order', async () => {
      const bound = await draft('flood');
      for (const [by, why, code] of [
        [final, '急', 'invalid-input'],
        [final, '', 'invalid-input'],
        [first, reason, 'permission-denied'],
        [writer, reason, 'permission-denied'],
      ] as const)
        await assert.rejects(urgent(by, bound, why), { code });
      await assert.rejects(urgent(final, { ...bound, hash: '0'.repeat(64) }), { code: 'hash-mismatch' });
      const done = await urgent(final, bound);
      assert.deepEqual(done, { revision: bound.revision, dueAt: '2026-07-02T20:00:00.000Z' });
      assert.deepEqual(await stateOf('flood'), ['live', 'emergency']);
      assert.deepEqual(await emergencyCounts(ledger.db, site, clock.now), { waiting: 1, late: 0, refused: 0, ever: 1 });
      assert.deepEqual(
        (await waitingFor(ledger.db, first)).map(({ revision, task }) => [revision, task]),
        [[bound.revision, 'first']],
      );
      assert.deepEqual(await waitingFor(ledger.db, second), [], 'the first review comes first');
      await assert.rejects(review(second, bound, 'second'), { code: 'wrong-state' });
      await assert.rejects(review(final, bound, 'final'), { code: 'already-reviewed' });
      await review(first, bound, 'first');
      await review(second, bound, 'second');
      assert.deepEqual(await stateOf('flood'), ['live', 'approved']);
      const [newest] = await itemHistory(ledger.db, site, 'flood');
      assert.deepEqual(
        newest?.reviews.map(({ stage, account }) => [stage, account]),
        [
          ['first', 'first'],
          ['second', 'second'],
          ['final', 'final'],
        ],
      );
      const [one] = await emergencies(ledger.db, site, 'flood');
      assert.deepEqual([one?.state, one?.reason, one?.by], ['approved', reason, '名final']);
      await assert.rejects(urgent(other, bound), { code: 'wrong-state' }, 'what is approved needs no emergency');
    });

    test('publishEmergency: one’s own text too, and then all three reviews are others’', async () => {
      const bound = await draft('night', night, false);
      await urgent(night, bound);
      assert.deepEqual(await stateOf('night'), ['live', 'emergency']);
      for (const stage of ['first', 'final'])
        await assert.rejects(review({ ...night, roles: [...night.roles, 'first-reviewer'] }, bound, stage), {
          code: 'author-cannot-review',
        });
      await review(first, bound, 'first');
      await review(second, bound, 'second');
      assert.deepEqual(await stateOf('night'), ['live', 'emergency']);
      await review(final, bound, 'final');
      assert.deepEqual(await stateOf('night'), ['live', 'approved']);
      await assert.rejects(urgent(final, await draft('unsent', writer, false)), { code: 'wrong-state' });
    });

    test('publishEmergency: where it completes the three reviews it is an approval, and nothing waits', async () => {
      const bound = await draft('whole');
      await review(first, bound, 'first');
      await review(second, bound, 'second');
      await urgent(final, bound);
      assert.deepEqual(await stateOf('whole'), ['live', 'approved']);
      const [one] = await emergencies(ledger.db, site, 'whole');
      assert.deepEqual([one?.state, one?.endedAt], ['approved', clock.now.toISOString()]);
      assert.deepEqual(
        (await waitingFor(ledger.db, other)).filter(({ item }) => item === 'whole'),
        [],
      );
      const own = await draft('whole-own', night);
      await review(first, own, 'first');
      await review(second, own, 'second');
      await urgent(night, own);
      assert.deepEqual(await stateOf('whole-own'), ['live', 'emergency'], 'the writer’s own act is no review');
      await review(final, own, 'final');
      assert.deepEqual(await stateOf('whole-own'), ['live', 'approved']);
    });

    test('publishEmergency: what is approved for a time is refused, and it is said what to do', async () => {
      const bound = await draft('timed');
      await review(first, bound, 'first');
      await review(second, bound, 'second');
      const publishAt = '2026-07-09T20:00:00Z';
      await ledger.execute(reviewRevision, final, { ...bound, stage: 'final', decision: 'approve', publishAt });
      await assert.rejects(urgent(other, bound), (error: unknown) => {
        assert.ok(error instanceof ChengmenError);
        assert.equal(error.code, 'wrong-state');
        assert.match(explainError(error).zh, /定时改为即刻/);
        return true;
      });
      assert.deepEqual(await stateOf('timed'), ['never', 'scheduled']);
    });

    test('contributorsOf: what is on air without its reviews is still its writer’s; they cannot approve it by another’s comma', async () => {
      const own = await draft('comma', night);
      await urgent(night, own);
      const next = await draft('comma', writer);
      await review(first, next, 'first');
      assert.deepEqual([...(await contributorsOf({ tx: ledger.db, site }, { item: 'comma', number: 2 }))].sort(), [
        'night',
        'writer',
      ]);
      await review(second, next, 'second');
      const finals = async (by: Actor): Promise<unknown[]> =>
        (await waitingFor(ledger.db, by)).filter(({ item, task }) => item === 'comma' && task === 'final');
      assert.deepEqual(await finals({ ...night, roles: ['final-approver'] }), []);
      assert.equal((await finals(other)).length, 1);
      await assert.rejects(review(night, next, 'final'), { code: 'author-cannot-review' });
      await review(other, next, 'final');
      const later = await draft('comma', writer);
      await review(first, later, 'first');
      await review(second, later, 'second');
      assert.equal((await finals(night)).length, 1, 'what three people have approved is a base');
      await review(night, later, 'final');
    });

    test('contributorsOf: an emergency that was reviewed is a base like any other', async () => {
      await urgent(night, await draft('settled', night));
      const [shown] = await itemHistory(ledger.db, site, 'settled');
      const bound = { revision: shown?.revision ?? '', hash: shown?.hash ?? '' };
      for (const [by, stage] of [
        [first, 'first'],
        [second, 'second'],
        [final, 'final'],
      ] as const)
        await review(by, bound, stage);
      const next = await draft('settled', writer);
      await review(first, next, 'first');
      await review(second, next, 'second');
      assert.equal((await waitingFor(ledger.db, night)).filter(({ item }) => item === 'settled').length, 1);
      await review(night, next, 'final');
    });

    test('publishEmergency: of channels and settings there is none', async () => {
      const channel = {
        ...{ name: '新', segment: 'new', parent: null, position: 1, type: '政务', description: '新' },
        ...{ keywords: ['新'], layout: 'list', navigation: true },
      };
      const editor = person('editor', 'channel-editor');
      const bound = await ledger.execute(saveDraft, editor, { item: 'new', kind: 'channel', fields: channel });
      const { revision, hash } = bound;
      await ledger.execute(submitRevision, editor, { revision, hash });
      await assert.rejects(urgent(final, { revision, hash }), { code: 'wrong-state' });
    });

    test('reviewRevision: a no leaves it on air as refused, until it is withdrawn or another is approved; both end it', async () => {
      for (const how of ['withdrawn', 'replaced'] as const) {
        const bound = await draft(`no-${how}`);
        await urgent(final, bound);
        await review(first, bound, 'first', 'return');
        assert.deepEqual(await stateOf(`no-${how}`), ['live', 'emergency']);
        assert.equal((await emergencyCounts(ledger.db, site, clock.now)).refused, 1);
        await assert.rejects(review(second, bound, 'second'), { code: 'wrong-state' });
        if (how === 'withdrawn') await ledger.execute(withdrawItem, final, { item: `no-${how}`, reason: '有误' });
        else {
          const next = await draft(`no-${how}`);
          await review(first, next, 'first');
          await review(second, next, 'second');
          await review(final, next, 'final');
        }
        assert.deepEqual(
          (await emergencies(ledger.db, site, `no-${how}`)).map(({ state }) => state),
          [how],
        );
      }
    });

    test('emergencies: late ones are counted and told once; emergency after emergency does not put the reviews off', async () => {
      const heard: string[] = [];
      let next = (): void => undefined;
      const watch = watchEmergencies({
        ...{ ledger, site, clock: () => clock.now },
        onLate: ({ revision }) => heard.push(revision),
        wait: (_, then) => {
          next = then;
          return () => undefined;
        },
      });
      const bound = await draft('late');
      await urgent(final, bound);
      clock.now = new Date(clock.now.getTime() + 23 * hour);
      await watch.look();
      assert.deepEqual(heard, []);
      const again = await draft('late');
      assert.deepEqual(await urgent(final, again), { revision: again.revision, dueAt: '2026-07-02T20:00:00.000Z' });
      clock.now = new Date(clock.now.getTime() + hour);
      next();
      await watch.look();
      await watch.look();
      assert.deepEqual(heard, [again.revision]);
      assert.equal((await emergencyCounts(ledger.db, site, clock.now)).late, 1);
      await review(first, again, 'first');
      await review(second, again, 'second');
      assert.equal((await emergencyCounts(ledger.db, site, clock.now)).late, 0);
      const all = await emergencies(ledger.db, site, 'late');
      assert.deepEqual(
        all.map((one) => [one.state, isOverdue(one, clock.now)]),
        [
          ['approved', true],
          ['replaced', false],
        ],
        'that it was late stays on record',
      );
      await watch.close();
    });
  });
}
