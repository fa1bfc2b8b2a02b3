import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { reviewStages, type Actor, type Role } from '@chengmen/model';
import { createRevisions, revisionMigrations } from '@chengmen/revision';
import { contentHooks, contentMigrations } from '../index.ts';
import { mediaList, type MediaFilter } from './media-list.ts';
import { mediaUses } from './media-uses.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: account, site, roles });
const writer = person('writer', 'writer', 'channel-editor');
const reviewers = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const revisions = createRevisions(contentHooks);
const news = {
  ...{ name: '新闻', segment: 'news', parent: null, position: 1, type: '政务动态', description: '新闻' },
  ...{ keywords: ['新闻'], layout: 'list', navigation: true },
};
const article = (title: string, more: object): object => ({
  ...{ title, channel: 'news', date: '2026-11-20 09:30', source: '临江市数据局', body: '<p>正文。</p>' },
  ...more,
});
const file = (title: string, more: object = {}): object => ({
  ...{ title, hash: 'a'.repeat(64), type: 'image/png', alt: `${title}的样子`, size: 10 },
  ...more,
});

for (const engine of testLedgers()) {
  describe(`media on ${engine.engine}`, () => {
    let ledger: Ledger;
    const clock = { now: Date.parse('2026-11-20T01:30:00Z') };
    const draft = (item: string, kind: string, fields: object) =>
      ledger.execute(revisions.saveDraft, writer, { item, kind, fields });
    const publish = async (item: string, kind: string, fields: object, upTo = 3): Promise<void> => {
      const { revision, hash } = await draft(item, kind, fields);
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      for (const stage of reviewStages.slice(0, upTo))
        await ledger.execute(revisions.reviewRevision, reviewers[stage], {
          revision,
          hash,
          stage,
          decision: 'approve',
        });
    };
    const uses = async (...media: string[]): Promise<string[]> =>
      (await mediaUses(ledger.db, site, media)).map((one) => `${one.media} ${one.revision} ${one.as}`);
    const withdraw = (item: string): Promise<unknown> =>
      ledger.execute(revisions.withdrawItem, reviewers.final, { item, reason: '有误' });

    before(async () => {
      const migrations = [...revisionMigrations, ...contentMigrations];
      ledger = await engine.open({ migrations, clock: () => new Date((clock.now += 1000)) });
      await publish('news', 'channel', news);
      for (const item of ['tu-1', 'tu-2', 'fujian']) await publish(item, 'media', file(item));
    });
    after(() => ledger.close());

    test('mediaUses: lead pictures, texts and attachments, of what is live, under review or being written', async () => {
      await publish('a', 'article', article('在线的', { image: 'tu-1', attachments: ['tu-2', 'fujian'] }));
      await publish('b', 'article', article('在审的', { body: '<p><img src="media:tu-1" alt="图"></p>' }), 1);
      await draft('c', 'article', article('在写的', { body: '<p><a href="media:fujian">附件</a>，tu-1。</p>' }));
      assert.deepEqual(await uses('tu-1'), ['tu-1 a.1 live', 'tu-1 b.1 coming']);
      assert.deepEqual(
        await uses('fujian', 'tu-2'),
        ['fujian a.1 live', 'tu-2 a.1 live', 'fujian c.1 draft'].sort(byPlace),
      );
      await draft('c', 'article', article('在写的', {}));
      assert.deepEqual(await uses('fujian'), ['fujian a.1 live'], 'a draft that gave way needs nothing');
      assert.deepEqual(await uses(), []);
    });

    test('withdraw-item: a picture that a live page or one on its way shows stays; when nothing needs it, it goes', async () => {
      await assert.rejects(withdraw('tu-1'), { code: 'wrong-state' });
      await publish('a', 'article', article('在线的', { attachments: ['fujian'] }));
      assert.deepEqual(await uses('tu-1'), ['tu-1 b.1 coming']);
      await assert.rejects(withdraw('tu-1'), { code: 'wrong-state' });
      await withdraw('tu-2');
      await withdraw('a');
      await withdraw('fujian');
    });

    test('mediaList: by words of title or alternative text, by what it is, page by page', async () => {
      await draft('pdf', 'media', file('办事指南', { type: 'application/pdf', alt: '' }));
      await draft('wordless', 'media', file('100%_图', { alt: ' ' }));
      const items = async (filter: Partial<MediaFilter>): Promise<string[]> =>
        (await mediaList(ledger.db, site, { limit: 10, ...filter })).media.map(({ item }) => item);
      assert.deepEqual(await items({}), ['wordless', 'pdf', 'fujian', 'tu-2', 'tu-1']);
      assert.deepEqual(await items({ words: [['TU-', 'x'], ['的样子']] }), ['tu-2', 'tu-1']);
      assert.deepEqual(await items({ words: [['%_']] }), ['wordless']);
      assert.deepEqual(await items({ what: 'file' }), ['pdf']);
      assert.deepEqual(await items({ what: 'wordless' }), ['wordless']);
      const { next = '' } = await mediaList(ledger.db, site, { limit: 2 });
      assert.deepEqual(await items({ after: next, limit: 2 }), ['fujian', 'tu-2']);
      assert.deepEqual(await items({ after: "x'~", limit: 1 }), ['wordless']);
      assert.equal((await mediaList(ledger.db, site, { limit: 5 })).next, undefined);
    });
  });
}

const rank = (use: string): string => `${['live', 'coming', 'draft'].findIndex((as) => use.endsWith(as))}`;
const byPlace = (a: string, b: string): number => rank(a).localeCompare(rank(b));
