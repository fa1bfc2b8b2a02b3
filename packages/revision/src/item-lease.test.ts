import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, newItemId, type Actor, type ErrorCode } from '@chengmen/model';
import { contributorsOf, createRevisions, itemHistory, leaseSeconds, revisionMigrations, writingsOf } from './index.ts';

const site = 'linjiang';
const writer = (account: string): Actor => ({ account, name: `名${account}`, site, roles: ['writer'] });
const [one, two] = [writer('one'), writer('two')];
const fields = (title: string): Record<string, unknown> => ({
  title,
  channel: 'headlines',
  date: '2026-11-20 09:30',
  source: '临江市数据局',
  body: `<p>${title}</p>`,
});
const refused = (code: ErrorCode) => (error: unknown) => error instanceof ChengmenError && error.code === code;

for (const engine of testLedgers())
  describe(`writing on ${engine.engine}`, () => {
    let ledger: Ledger;
    let now = Date.parse('2026-11-20T00:00:00Z');
    const revisions = createRevisions([]);
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock: () => new Date(now) });
    });
    after(() => ledger.close());

    const draft = (by: Actor, item: string, title: string, base?: string | null): Promise<{ revision: string }> =>
      ledger.execute(revisions.saveDraft, by, {
        ...{ item, kind: 'article', fields: fields(title) },
        ...(base === undefined ? {} : { base }),
      });
    const hold = (by: Actor, item: string, take = false): Promise<{ kept?: string }> =>
      ledger.execute(revisions.holdItem, by, { item, kind: 'article', tab: `tab-of-${by.account}`, take });
    const keep = (by: Actor, item: string, title: string, whole = true): Promise<unknown> =>
      ledger.execute(revisions.keepWriting, by, {
        ...{ item, kind: 'article', tab: `tab-of-${by.account}`, base: null, typed: { title } },
        ...(whole ? { fields: fields(title) } : {}),
        typedAt: new Date(now).toISOString(),
      });
    const typedBy = async (by: Actor, item: string): Promise<string | undefined> =>
      (await writingsOf(ledger.db, site, by.account, item))[0]?.typed['title'];

    test('saveDraft: written on what is not the newest any more, it saves nothing', async () => {
      const item = newItemId();
      const { revision } = await draft(one, item, '甲', null);
      await draft(two, item, '乙', revision);
      for (const base of [revision, null])
        await assert.rejects(draft(one, item, '丙', base), refused('changed-meanwhile'));
      assert.equal((await itemHistory(ledger.db, site, item)).length, 2);
      await draft(one, item, '丙');
    });

    test('holdItem: one window holds an item until it leaves or is not heard of for a minute', async () => {
      const item = newItemId();
      await hold(one, item);
      await hold(one, item);
      await assert.rejects(hold(two, item), refused('item-held'));
      await assert.rejects(keep(two, item, '乙'), refused('item-held'));
      await assert.rejects(draft(two, item, '乙'), refused('item-held'));
      await ledger.execute(revisions.leaveItem, two, { item, kind: 'article', tab: 'tab-of-one' });
      await assert.rejects(hold(two, item), refused('item-held'), 'nobody leaves for another');
      await ledger.execute(revisions.leaveItem, one, { item, kind: 'article', tab: 'tab-of-one' });
      await hold(two, item);
      now += leaseSeconds * 1000 + 1;
      await hold(one, item);
    });

    test('holdItem: who takes over makes the other’s unsaved words a draft of theirs, whose author reviews none of it', async () => {
      const item = newItemId();
      const { revision } = await draft(two, item, '初稿', null);
      await hold(one, item);
      await keep(one, item, '甲写到这里');
      const { kept } = await hold(two, item, true);
      assert.equal(kept, `${item}.2`);
      const [newest] = await itemHistory(ledger.db, site, item);
      assert.deepEqual(
        [
          newest?.revision,
          newest?.author,
          newest?.authorName,
          newest?.state,
          (newest?.fields as { title: string }).title,
        ],
        [kept, 'one', '名one', 'draft', '甲写到这里'],
      );
      assert.equal(await typedBy(one, item), undefined);
      await assert.rejects(keep(one, item, '还在写'), refused('item-held'));
      await assert.rejects(draft(two, item, '乙', revision), refused('changed-meanwhile'));
      const { revision: third } = await draft(two, item, '乙接着写', kept);
      const of = await contributorsOf({ tx: ledger.db, site }, { item, number: Number(third.split('.')[1]) });
      assert.deepEqual([...of].sort(), ['one', 'two']);
    });

    test('holdItem: unsaved words that are no whole item yet stay their writer’s when somebody takes over', async () => {
      const item = newItemId();
      await hold(one, item);
      await keep(one, item, '只有题目', false);
      assert.deepEqual(await hold(two, item, true), {});
      assert.equal(await typedBy(one, item), '只有题目');
      assert.deepEqual(await itemHistory(ledger.db, site, item), []);
    });

    test('keepWriting: one’s own words alone, the last ones, until they are a revision or dropped; no event tells of them', async () => {
      const item = newItemId();
      const events = async (): Promise<number> => (await ledger.db.selectFrom('event').selectAll().execute()).length;
      const before = await events();
      await keep(one, item, '一');
      await keep(one, item, '一二');
      assert.equal(await events(), before);
      assert.equal(await typedBy(one, item), '一二');
      assert.equal(await typedBy(two, item), undefined);
      await ledger.execute(revisions.dropWriting, two, { item });
      assert.equal(await typedBy(one, item), '一二');
      await draft(one, item, '一二', null);
      assert.equal(await typedBy(one, item), undefined);
      await keep(one, item, '一二三');
      await ledger.execute(revisions.dropWriting, one, { item });
      assert.equal(await typedBy(one, item), undefined);
      await assert.rejects(keep(one, item, '长'.repeat(1_000_001)), refused('invalid-input'));
    });
  });
