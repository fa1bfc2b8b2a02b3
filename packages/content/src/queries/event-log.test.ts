import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Command, Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { reviewStages, type Actor, type Role } from '@chengmen/model';
import { createRevisions, revisionMigrations } from '@chengmen/revision';
import { z } from 'zod';
import { contentHooks, contentMigrations } from '../index.ts';
import { acts } from './acts.ts';
import { eventLog, eventsAsked, stretchOf, type EventFilter } from './event-log.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: account, site, roles });
const writer = person('writer', 'writer', 'channel-editor');
const reviewers = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const revisions = createRevisions(contentHooks);
const channel = (segment: string): object => ({
  ...{ name: segment, segment, parent: null, position: 1, type: '政务动态', description: '栏目', keywords: ['栏目'] },
  ...{ layout: 'list', navigation: true },
});
const document = (title: string, into: string): object => ({
  ...{ title, channel: into, date: '2026-11-20 09:30', source: '临江市数据局', body: '<p>正文。</p>' },
});
const give: Command<unknown, null> = {
  ...{ name: 'grant-role', permission: null, input: z.unknown() },
  run: () => Promise.resolve({ result: null, event: { account: 'writer', role: 'writer' } }),
};

for (const engine of testLedgers()) {
  describe(`event log on ${engine.engine}`, () => {
    let ledger: Ledger;
    const clock = { now: new Date('2026-11-20T01:30:00Z') };
    const publish = async (item: string, kind: string, fields: object): Promise<void> => {
      const { revision, hash } = await ledger.execute(revisions.saveDraft, writer, { item, kind, fields });
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      for (const stage of reviewStages)
        await ledger.execute(revisions.reviewRevision, reviewers[stage], {
          revision,
          hash,
          stage,
          decision: 'approve',
        });
    };
    const seqs = async (filter: EventFilter): Promise<number[]> =>
      (await eventLog(ledger.db, site, { ...filter, limit: 100 })).events.map(({ seq }) => seq);

    before(async () => {
      ledger = await engine.open({ migrations: [...revisionMigrations, ...contentMigrations], clock: () => clock.now });
      await publish('news', 'channel', channel('news')); // 1–5
      await publish('services', 'channel', channel('services')); // 6–10
      await publish('dijiang', 'article', document('江堤加固', 'news')); // 11–15
      clock.now = new Date('2026-11-21T01:30:00Z');
      await ledger.execute(give, person('anquan', 'security-administrator'), {}); // 16
      const final = person('final', 'final-approver');
      await ledger.execute(revisions.withdrawItem, final, { item: 'dijiang', reason: '有误' }); // 17
    });
    after(() => ledger.close());

    test('eventLog: by person, command, item, channel and period, newest first, with the item’s title', async () => {
      assert.deepEqual(await seqs({ item: 'dijiang' }), [17, 15, 14, 13, 12, 11]);
      assert.deepEqual(
        await seqs({ account: 'writer', from: '2026-11-21T00:00:00.000Z' }),
        [16],
        'done to the account',
      );
      assert.deepEqual(await seqs({ account: 'final' }), [17, 15, 10, 5]);
      assert.deepEqual(await seqs({ commands: ['withdraw-item', 'grant-role'] }), [17, 16]);
      assert.deepEqual(await seqs({ channels: ['news'] }), [17, 15, 14, 13, 12, 11, 5, 4, 3, 2, 1]);
      assert.deepEqual(await seqs({ channels: ['services'], account: 'first' }), [8]);
      assert.deepEqual(await seqs({ to: '2026-11-20T01:30:00.000Z' }), []);
      assert.equal((await seqs({ to: '2026-11-20T01:30:00.001Z' })).length, 15);
      assert.deepEqual(await seqs({ commands: [] }), []);
      const [newest] = (await eventLog(ledger.db, site, { limit: 1 })).events;
      assert.deepEqual([newest?.item, newest?.title, newest?.command], ['dijiang', '江堤加固', 'withdraw-item']);
    });

    test('eventLog: pages go on from an event, up and down, and know where they end', async () => {
      const page = async (place: { before?: number; after?: number }) => {
        const { events, newer, older } = await eventLog(ledger.db, site, { ...place, limit: 3, item: 'dijiang' });
        return [events.map(({ seq }) => seq), newer, older];
      };
      assert.deepEqual(await page({}), [[17, 15, 14], false, true]);
      assert.deepEqual(await page({ before: 14 }), [[13, 12, 11], true, false]);
      assert.deepEqual(await page({ after: 12 }), [[15, 14, 13], true, true]);
      assert.deepEqual(await page({ after: 13 }), [[17, 15, 14], false, true]);
    });

    test('stretchOf: from the first that is asked for to the newest of all, or of the period', async () => {
      assert.deepEqual(await stretchOf(ledger.db, site, { item: 'dijiang' }), { from: 11, to: 17 });
      const until = { account: 'final', to: '2026-11-21T00:00:00.000Z' };
      assert.deepEqual(await stretchOf(ledger.db, site, until), { from: 5, to: 15 });
      assert.equal(await stretchOf(ledger.db, site, { item: 'nothing' }), undefined);
      assert.deepEqual([...(await eventsAsked(ledger.db, site, { account: 'final' }, [5, 15]))].sort(), [10, 15, 5]);
    });

    test('acts: who wrote, reviewed, published and withdrew an item; and of one person, which items', async () => {
      const onItem = await acts(ledger.db, site, { of: { item: 'dijiang' }, limit: 10 });
      const counts = onItem.map((one) => [
        one.key,
        one.wrote.times,
        one.reviewed.times,
        one.published.times,
        one.withdrew.times,
      ]);
      assert.deepEqual(counts, [
        ['final', 0, 1, 1, 1],
        ['second', 0, 1, 0, 0],
        ['first', 0, 1, 0, 0],
        ['writer', 1, 0, 0, 0],
      ]);
      assert.deepEqual(onItem[0]?.withdrew.last, '2026-11-21T01:30:00.000Z');
      assert.equal(onItem[0].saw.last, null);
      const byPerson = await acts(ledger.db, site, { of: { account: 'final' }, before: 17, limit: 1 });
      assert.deepEqual(
        byPerson.map(({ key, title, newest }) => [key, title, newest]),
        [['services', 'services', 10]],
      );
    });
  });
}
