import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifyEvents, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import {
  figureItems,
  reviewStages,
  type Actor,
  type FieldsOf,
  type ItemId,
  type Kind,
  type Role,
} from '@chengmen/model';
import {
  createRevisions,
  itemState,
  keepStanding,
  revisionById,
  revisionMigrations,
  scheduleActor,
  scheduleAlarms,
  standingOrder,
  standingPublicationOf,
  type KeepStandingOptions,
  type StandingAlarm,
} from './index.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const people = {
  writer: person('writer', 'writer', 'channel-editor'),
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const settings: Partial<FieldsOf<'site'>> = {
  ...{ name: '临江', shortName: '临江', englishName: 'Linjiang', domain: 'a.example', origin: 'https://a.example' },
  ...{ identificationCode: '9901000001', icp: '苏ICP备99000001号', policeFiling: '苏公网安备 99010002000001号' },
  ...{ conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE', sponsor: '办', organiser: '局', copyright: '府', phone: '0999' },
  ...{ email: 'a@a.example', address: '路', postcode: '990000', home: { focus: 'news', blocks: [] } },
};
const dataset = (upTo: string, more: object = {}): object => ({
  ...{ title: '每天的浏览', channel: 'opendata', date: '2026-11-20 00:00', source: '局', body: '', department: 'dept' },
  ...{ period: `2026-11-01 至 ${upTo}`, updateCycle: '每天', licence: '可用', rows: [], ...more },
  columns: [{ name: '日期', type: 'text' }],
});
const revisions = createRevisions([]);
const minute = 60_000;

for (const engine of testLedgers())
  describe(`keepStanding on ${engine.engine}`, () => {
    let ledger: Ledger;
    /** 02:00 on the 20th in China. */
    let now = Date.parse('2026-11-19T18:00:00Z');
    const clock = (): Date => new Date(now);
    const open: { close(): Promise<void> }[] = [];
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock });
    });
    after(async () => {
      for (const one of open) await one.close();
      await ledger.close();
    });
    const approve = async (item: ItemId, kind: Kind, fields: object): Promise<string> => {
      const { revision, hash } = await ledger.execute(revisions.saveDraft, people.writer, {
        ...{ item, kind, fields: fields as Record<string, unknown> },
      });
      await ledger.execute(revisions.submitRevision, people.writer, { revision, hash });
      for (const stage of reviewStages)
        await ledger.execute(revisions.reviewRevision, people[stage], { revision, hash, stage, decision: 'approve' });
      return revision;
    };
    /** Whether the counter can be asked. */
    let counter = true;
    const asked: string[] = [];
    const keep = (more: Partial<KeepStandingOptions> = {}) => {
      const waits: number[] = [];
      const alarms: StandingAlarm[] = [];
      const errors: unknown[] = [];
      const kept = keepStanding({
        ...{ ledger, revisions, site, clock, lateMinutes: 5 },
        figures: (_order, upTo) => {
          if (!counter) return Promise.reject(new Error('the counter is away'));
          asked.push(upTo);
          return Promise.resolve([{ item: figureItems.days, fields: dataset(upTo) }]);
        },
        onAlarm: (alarm) => alarms.push(alarm),
        onError: (error) => errors.push(error),
        wait: (milliseconds) => {
          waits.push(milliseconds);
          return () => undefined;
        },
        ...more,
      });
      open.push(kept);
      return { ...kept, waits, alarms, errors };
    };
    const liveFields = async (): Promise<FieldsOf<'dataset'>> => {
      const live = (await itemState(ledger.db, site, figureItems.days))?.live;
      return (await revisionById(ledger.db, site, live ?? ''))?.fields as FieldsOf<'dataset'>;
    };
    const publications = async (): Promise<number> =>
      (await ledger.db.selectFrom('event').select('seq').where('command', '=', 'publish-standing').execute()).length;
    const publish = (upTo: string, figures: object[]): Promise<unknown> =>
      ledger.execute(revisions.publishStanding, scheduleActor(site), { upTo, figures } as never);

    test('keepStanding: nothing happens without an order, nor at once where three people have approved as much', async () => {
      await approve('site', 'site', settings);
      const kept = keep();
      await kept.look();
      await assert.rejects(publish('2026-11-18', [{ item: figureItems.days, fields: dataset('2026-11-18') }]), {
        code: 'wrong-state',
      });
      await approve(figureItems.days, 'dataset', dataset('2026-11-18'));
      const order = { at: '03:00', channel: 'opendata', department: 'dept' };
      await approve('site', 'site', { ...settings, statistics: order });
      await kept.look();
      assert.deepEqual(asked, []);
      assert.equal((await standingOrder(ledger.db, site))?.upTo, '2026-11-18');
      assert.deepEqual(kept.errors, []);
    });

    test('keepStanding: at its time and not before, once, up to the day before, by the order of the settings', async () => {
      const kept = keep();
      await kept.look();
      assert.equal(kept.waits.at(-1), minute);
      now = Date.parse('2026-11-19T18:59:30Z');
      await kept.look();
      assert.equal(kept.waits.at(-1), minute / 2);
      assert.deepEqual(asked, []);
      await assert.rejects(publish('2026-11-19', [{ item: figureItems.days, fields: dataset('2026-11-19') }]), {
        code: 'wrong-state',
      });
      now = Date.parse('2026-11-19T19:00:00Z');
      await kept.look();
      assert.equal((await liveFields()).period, '2026-11-01 至 2026-11-19');
      const live = (await itemState(ledger.db, site, figureItems.days))?.live ?? '';
      assert.deepEqual((await revisionById(ledger.db, site, live))?.reviews, []);
      const by = await standingPublicationOf(ledger.db, site, live);
      assert.equal(by?.order, (await itemState(ledger.db, site, 'site'))?.live);
      await kept.look();
      await keep().look();
      assert.equal(await publications(), 1);
      assert.deepEqual([kept.alarms, kept.errors], [[], []]);
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
    });

    test('keepStanding: a clock set back undoes nothing; what was missed is in the next, and that it was late is told', async () => {
      const kept = keep();
      now = Date.parse('2026-11-18T19:30:00Z');
      await kept.look();
      assert.equal(await publications(), 1);
      // The machine was off for three nights.
      now = Date.parse('2026-11-23T01:00:00Z');
      const after = keep();
      await after.look();
      assert.equal((await liveFields()).period, '2026-11-01 至 2026-11-22');
      assert.deepEqual(
        after.alarms.map(({ upTo, at, done }) => [upTo, at, done]),
        [['2026-11-22', '2026-11-22T19:00:00.000Z', true]],
      );
      assert.equal(await publications(), 2);
    });

    test('keepStanding: while the counter is away the old numbers stay, and it is told once that they are late', async () => {
      counter = false;
      const kept = keep();
      now = Date.parse('2026-11-23T19:00:00Z');
      await kept.look();
      const late = { now: clock(), lateMinutes: 5 };
      assert.deepEqual(await scheduleAlarms(ledger.db, site, late), { late: 0, failed: 0 });
      now += 6 * minute;
      await kept.look();
      await kept.look();
      assert.deepEqual(await scheduleAlarms(ledger.db, site, { ...late, now: clock() }), { late: 1, failed: 0 });
      assert.deepEqual(
        kept.alarms.map(({ done, problem }) => [done, problem]),
        [[false, 'the counter is away']],
      );
      assert.equal(kept.errors.length, 1);
      assert.equal((await liveFields()).period, '2026-11-01 至 2026-11-22');
      counter = true;
      await kept.look();
      assert.equal((await liveFields()).period, '2026-11-01 至 2026-11-23');
      assert.deepEqual(
        kept.alarms.map(({ done }) => done),
        [false, true],
      );
      assert.deepEqual(await scheduleAlarms(ledger.db, site, { ...late, now: clock() }), { late: 0, failed: 0 });
    });

    test('publishStanding: nothing but the figures, where the order says; what a person withdrew stays withdrawn', async () => {
      now = Date.parse('2026-11-24T19:00:00Z');
      const upTo = '2026-11-24';
      const before = await publications();
      for (const one of [
        { item: 'news-1', fields: dataset(upTo) },
        { item: figureItems.days, fields: dataset(upTo, { channel: 'news' }) },
        { item: figureItems.days, fields: dataset(upTo, { department: 'other' }) },
      ])
        await assert.rejects(publish(upTo, [one]), { code: 'invalid-input' });
      const reason = '数字有误，待核对后恢复';
      await ledger.execute(revisions.withdrawItem, people.final, { item: figureItems.days, reason });
      await assert.rejects(publish(upTo, [{ item: figureItems.days, fields: dataset(upTo) }]), { code: 'wrong-state' });
      assert.equal((await itemState(ledger.db, site, figureItems.days))?.state, 'withdrawn');
      assert.equal(await publications(), before);
      for (const one of [...Object.values(people), person('auditor', 'auditor')])
        await assert.rejects(
          ledger.execute(revisions.publishStanding, one, { upTo, figures: [{ item: 'x', fields: {} }] }),
          { code: 'permission-denied' },
        );
    });
  });
