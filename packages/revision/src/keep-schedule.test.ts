import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { verifyEvents, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor, type ErrorCode, type ItemId, type Role } from '@chengmen/model';
import {
  createRevisions,
  itemState,
  keepSchedule,
  revisionById,
  revisionMigrations,
  scheduleAlarms,
  schedules,
  type KeepScheduleOptions,
  type Looking,
  type KindHooks,
  type SavedDraft,
  type ScheduleAlarm,
} from './index.ts';

const site = 'linjiang';
const person = (account: string, role: Role): Actor => ({ account, name: `名${account}`, site, roles: [role] });
const writer: Actor = { ...person('writer', 'writer'), roles: ['writer', 'channel-editor'] };
const final = person('final', 'final-approver');
const refused = (code: ErrorCode) => (error: unknown) => error instanceof ChengmenError && error.code === code;

/** What may go wrong at the moment a revision becomes live. */
let atLive: (item: ItemId) => void = () => undefined;
const hooks: KindHooks = {
  kinds: ['article'],
  whenLive: (_context, { item }) => {
    atLive(item);
    return Promise.resolve([]);
  },
};
const revisions = createRevisions([hooks]);

for (const engine of testLedgers())
  describe(`keepSchedule on ${engine.engine}`, () => {
    let ledger: Ledger;
    let now = Date.parse('2026-11-20T01:00:00Z');
    const clock = (): Date => new Date(now);
    const later = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
    const open: Looking[] = [];
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock });
    });
    beforeEach(() => {
      atLive = () => undefined;
    });
    after(async () => {
      for (const one of open) await one.close();
      await ledger.close();
    });

    /** A keeper whose waiting the test ends: `waits` holds what it asked for. */
    const keep = (more: Partial<KeepScheduleOptions> = {}) => {
      const waits: { milliseconds: number; then: () => void }[] = [];
      const alarms: ScheduleAlarm[] = [];
      const errors: unknown[] = [];
      const kept = keepSchedule({
        ledger,
        revisions,
        site,
        clock,
        lateMinutes: 5,
        onAlarm: (alarm) => alarms.push(alarm),
        onError: (error) => errors.push(error),
        wait: (milliseconds, then) => {
          waits.push({ milliseconds, then });
          return () => undefined;
        },
        ...more,
      });
      open.push(kept);
      return { ...kept, waits, alarms, errors };
    };
    const reviewed = async (item: ItemId): Promise<SavedDraft> => {
      const saved = await ledger.execute(revisions.saveDraft, writer, {
        item,
        kind: 'article',
        fields: { title: item, channel: 'news', date: '2026-11-20 09:30', source: '临江', body: '<p>文</p>' },
      });
      const { revision, hash } = saved;
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      for (const stage of ['first', 'second'] as const)
        await ledger.execute(revisions.reviewRevision, person(stage, `${stage}-reviewer`), {
          revision,
          hash,
          stage,
          decision: 'approve',
        });
      return saved;
    };
    const approve = ({ revision, hash }: SavedDraft, publishAt?: string): Promise<unknown> =>
      ledger.execute(revisions.reviewRevision, final, {
        revision,
        hash,
        stage: 'final',
        decision: 'approve',
        ...(publishAt === undefined ? {} : { publishAt }),
      });
    const scheduled = async (item: ItemId, minutes: number): Promise<SavedDraft> => {
      const saved = await reviewed(item);
      await approve(saved, later(minutes));
      return saved;
    };
    const stateOf = async (item: ItemId): Promise<unknown> => (await itemState(ledger.db, site, item))?.state;
    const events = async (item: ItemId): Promise<string[]> =>
      (await ledger.db.selectFrom('event').selectAll().where('command', '=', 'carry-out-schedule').execute())
        .filter(({ payload }) => payload.includes(`"${item}`))
        .map(({ command }) => command);
    const idOf = async (item: ItemId): Promise<number> => (await schedules(ledger.db, site, item))[0]?.id ?? 0;
    const close = async (...keepers: Looking[]): Promise<void> => {
      for (const one of keepers) await one.close();
    };

    test('keepSchedule: approved now, live at its time and not before, once, as one event of the chain', async () => {
      const { revision } = await scheduled('one', 30);
      const keeper = keep();
      await keeper.look();
      assert.equal(await stateOf('one'), 'never');
      assert.equal((await revisionById(ledger.db, site, revision))?.state, 'scheduled');
      assert.equal(keeper.waits.at(-1)?.milliseconds, 60_000, 'it looks again each minute, however far the time');
      now += 29.5 * 60_000;
      await keeper.look();
      assert.equal(keeper.waits.at(-1)?.milliseconds, 30_000, 'and at the time itself');
      now += 30_000;
      keeper.waits.at(-1)?.then();
      await keeper.look();
      assert.equal(await stateOf('one'), 'live');
      assert.equal((await revisionById(ledger.db, site, revision))?.state, 'approved');
      await keeper.look();
      assert.equal((await events('one')).length, 1);
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
      assert.deepEqual(keeper.alarms, []);
      const touched = await ledger.db.selectFrom('outbox').selectAll().where('item', '=', 'one').execute();
      assert.equal(touched.length, 1, 'the press is told when it goes live, not when it is approved');
      await close(keeper);
    });

    test('keepSchedule: a time set while it waits wakes it', async () => {
      const keeper = keep();
      await keeper.look();
      await scheduled('woken', 0.5);
      await keeper.look();
      assert.equal(keeper.waits.at(-1)?.milliseconds, 30_000);
      await close(keeper);
      now += 60_000;
      await close(keep());
    });

    test('keepSchedule: a clock set back undoes nothing and repeats nothing; set forward, everything due happens', async () => {
      await scheduled('back', 10);
      const keeper = keep();
      now += 10 * 60_000;
      await keeper.look();
      assert.equal(await stateOf('back'), 'live');
      now -= 60 * 60_000;
      await keeper.look();
      assert.equal((await events('back')).length, 1);
      await scheduled('forward', 24 * 60);
      now += 24 * 60 * 60_000;
      await keeper.look();
      assert.equal(await stateOf('forward'), 'live');
      await close(keeper);
    });

    test('keepSchedule: a process that dies in the middle leaves it to the next one, which does it once and says it is late', async () => {
      await scheduled('killed', 1);
      now += 60_000;
      atLive = () => {
        throw new Error('killed');
      };
      const dying = keep();
      await dying.look();
      assert.match(String(dying.errors[0]), /killed/);
      await close(dying);
      assert.equal(await stateOf('killed'), 'never');
      atLive = () => undefined;
      now += 20 * 60_000;
      assert.deepEqual(await scheduleAlarms(ledger.db, site, { now: clock(), lateMinutes: 5 }), { late: 1, failed: 0 });
      const next = keep();
      await next.look();
      await next.look();
      assert.equal(await stateOf('killed'), 'live');
      assert.equal((await events('killed')).length, 1);
      assert.deepEqual(
        next.alarms.map(({ alarm, item }) => [alarm, item]),
        [['late', 'killed']],
      );
      assert.deepEqual(await scheduleAlarms(ledger.db, site, { now: clock(), lateMinutes: 5 }), { late: 0, failed: 0 });
      await close(next);
    });

    test('keepSchedule: two processes at once do each act once', async () => {
      for (const item of ['both-1', 'both-2', 'both-3']) await scheduled(item, 1);
      now += 60_000;
      const [one, two] = [keep(), keep()];
      await Promise.all([one.look(), two.look()]);
      for (const item of ['both-1', 'both-2', 'both-3']) {
        assert.equal(await stateOf(item), 'live');
        assert.equal((await events(item)).length, 1);
      }
      assert.deepEqual([...one.errors, ...two.errors], []);
      await close(one, two);
    });

    test('keepSchedule: what cannot be done waits for a person and alarms; what stands on something due comes after it', async () => {
      await scheduled('fails', 1);
      await scheduled('first', 1);
      await scheduled('second', 1);
      const live = new Set<string>();
      atLive = (item) => {
        if (item === 'fails' || (item === 'first' && !live.has('second')))
          throw new ChengmenError('invalid-input', { where: 'channel', problem: 'not live' });
        live.add(item);
      };
      now += 60_000;
      const keeper = keep();
      await keeper.look();
      assert.deepEqual([await stateOf('fails'), await stateOf('first')], ['never', 'live']);
      assert.deepEqual(
        keeper.alarms.map(({ alarm, item, note }) => [alarm, item, /not live/.test(note ?? '')]),
        [['failed', 'fails', true]],
      );
      await keeper.look();
      assert.equal(keeper.alarms.length, 1, 'it is told once');
      atLive = () => undefined;
      await ledger.execute(revisions.changeSchedule, final, { id: await idOf('fails') });
      await keeper.look();
      assert.equal(await stateOf('fails'), 'live');
      await close(keeper);
    });

    test('changeSchedule, cancelSchedule: the final approver alone, another time, or back to the writer', async () => {
      const { revision } = await scheduled('moved', 10);
      const id = await idOf('moved');
      await assert.rejects(
        ledger.execute(revisions.changeSchedule, writer, { id, at: later(5) }),
        refused('permission-denied'),
      );
      await assert.rejects(
        ledger.execute(revisions.changeSchedule, final, { id, at: later(-5) }),
        refused('invalid-input'),
      );
      await assert.rejects(
        ledger.execute(revisions.carryOutSchedule, person('operator', 'operator'), { id }),
        refused('wrong-state'),
      );
      await ledger.execute(revisions.changeSchedule, final, { id, at: '2026-12-24T09:00+08:00' });
      assert.equal((await schedules(ledger.db, site, 'moved'))[0]?.at, '2026-12-24T01:00:00.000Z');
      await ledger.execute(revisions.cancelSchedule, final, { id, reason: '另有安排' });
      assert.equal((await revisionById(ledger.db, site, revision))?.state, 'returned');
      await assert.rejects(ledger.execute(revisions.changeSchedule, final, { id }), refused('wrong-state'));
      const keeper = keep();
      now = Date.parse('2026-12-25T00:00:00Z');
      await keeper.look();
      assert.equal(await stateOf('moved'), 'never');
      await close(keeper);
    });

    test('reviewRevision: only a final approval has a time, and it lies ahead', async () => {
      const { revision, hash } = await reviewed('timed');
      const input = { revision, hash, stage: 'final', decision: 'approve' };
      for (const wrong of [
        { ...input, publishAt: later(-1) },
        { ...input, publishAt: '2026-12-31 09:00' },
        { ...input, decision: 'return', comment: '不妥', publishAt: later(1) },
      ])
        await assert.rejects(ledger.execute(revisions.reviewRevision, final, wrong), refused('invalid-input'));
    });

    test('scheduleWithdrawal: the address is withdrawn at its time, with its reason', async () => {
      await approve(await reviewed('ends'));
      await ledger.execute(revisions.scheduleWithdrawal, final, { item: 'ends', at: later(10), reason: '活动结束' });
      await assert.rejects(
        ledger.execute(revisions.scheduleWithdrawal, final, { item: 'ends', at: later(20), reason: '又一次' }),
        refused('wrong-state'),
      );
      const keeper = keep();
      now += 10 * 60_000;
      await keeper.look();
      assert.equal((await itemState(ledger.db, site, 'ends'))?.withdrawal?.reason, '活动结束');
      assert.equal((await events('ends')).length, 1);
      await close(keeper);
    });

    test('endSchedules: a later revision that is live, or a withdrawal by hand, leaves nothing for the clock to do', async () => {
      const overtaken = await scheduled('overtaken', 10);
      await approve(await reviewed('overtaken'));
      await approve(await reviewed('pulled'));
      const waiting = await scheduled('pulled', 10);
      await ledger.execute(revisions.withdrawItem, final, { item: 'pulled', reason: '有误' });
      const keeper = keep();
      now += 20 * 60_000;
      await keeper.look();
      assert.equal((await revisionById(ledger.db, site, overtaken.revision))?.state, 'superseded');
      assert.equal((await revisionById(ledger.db, site, waiting.revision))?.state, 'returned');
      assert.equal(await stateOf('pulled'), 'withdrawn');
      assert.deepEqual(
        [...(await schedules(ledger.db, site, 'overtaken')), ...(await schedules(ledger.db, site, 'pulled'))].map(
          ({ state }) => state,
        ),
        ['cancelled', 'cancelled'],
      );
      assert.deepEqual(keeper.alarms, []);
      await close(keeper);
    });
  });
