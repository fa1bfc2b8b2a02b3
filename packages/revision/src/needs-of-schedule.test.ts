import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { reviewStages, type Actor, type ItemId, type Role } from '@chengmen/model';
import { createRevisions, revisionMigrations, schedules, type KindHooks } from './index.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const within = (account: string, ...channels: ItemId[]): Actor => ({
  ...person(account),
  within: channels.map((channel) => ({ role: 'final-approver', channel })),
});
const writer = person('writer', 'writer');
const reviewers = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const hooks: KindHooks = {
  kinds: ['article'],
  place: (_at, { fields }) => Promise.resolve([(fields as { channel: ItemId }).channel]),
};
const { saveDraft, submitRevision, reviewRevision, scheduleWithdrawal, changeSchedule, cancelSchedule } =
  createRevisions([hooks]);

for (const engine of testLedgers())
  describe(`needsOfSchedule on ${engine.engine}`, () => {
    const now = new Date('2026-11-20T01:00:00Z');
    let ledger: Ledger;
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock: () => now });
    });
    after(() => ledger.close());

    const pass = async (item: ItemId, channel: ItemId, publishAt?: string): Promise<void> => {
      const fields = { title: item, channel, date: '2026-11-20 09:30', source: '临江', body: '<p>文</p>' };
      const { revision, hash } = await ledger.execute(saveDraft, writer, { item, kind: 'article', fields });
      await ledger.execute(submitRevision, writer, { revision, hash });
      for (const stage of reviewStages)
        await ledger.execute(reviewRevision, reviewers[stage], {
          ...{ revision, hash, stage, decision: 'approve' },
          ...(stage === 'final' && publishAt !== undefined ? { publishAt } : {}),
        });
    };
    const idOf = async (item: ItemId): Promise<number> => (await schedules(ledger.db, site, item))[0]?.id ?? 0;
    const at = '2026-12-01T01:00:00Z';

    test('needsOfSchedule: a move to another channel is changed and cancelled by who may in both, not in the old one alone', async () => {
      await pass('moved', 'old');
      await pass('moved', 'new', at);
      const id = await idOf('moved');
      for (const channel of ['old', 'new']) {
        const one = within('one', channel);
        await assert.rejects(ledger.execute(changeSchedule, one, { id }), { code: 'permission-denied' }, channel);
        const cancel = ledger.execute(cancelSchedule, one, { id, reason: '推迟' });
        await assert.rejects(cancel, { code: 'permission-denied' }, channel);
      }
      const both = within('both', 'old', 'new');
      await ledger.execute(changeSchedule, both, { id, at: '2026-12-02T01:00:00Z' });
      await ledger.execute(cancelSchedule, both, { id, reason: '推迟' });
    });

    test('needsOfSchedule: a draft written since gives nobody a say; a first revision is its channel’s', async () => {
      await pass('fresh', 'old', at);
      const fields = { title: '新', channel: 'new', date: '2026-11-20 09:30', source: '临江', body: '<p>新</p>' };
      await ledger.execute(saveDraft, writer, { item: 'fresh', kind: 'article', fields });
      const id = await idOf('fresh');
      const reason = '推迟';
      const cancel = ledger.execute(cancelSchedule, within('one', 'new'), { id, reason });
      await assert.rejects(cancel, { code: 'permission-denied' });
      await ledger.execute(cancelSchedule, within('one', 'old'), { id, reason });
    });

    test('needsOfSchedule: a withdrawal is for who may where the item stands', async () => {
      await pass('ends', 'old');
      const { id } = await ledger.execute(scheduleWithdrawal, reviewers.final, {
        item: 'ends',
        at,
        reason: '活动结束',
      });
      await assert.rejects(ledger.execute(changeSchedule, within('one', 'new'), { id, at }), {
        code: 'permission-denied',
      });
      await ledger.execute(changeSchedule, within('one', 'old'), { id, at });
    });
  });
