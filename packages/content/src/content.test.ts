import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifyEvents, type Command, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import {
  ChengmenError,
  reviewStages,
  sha256,
  type Actor,
  type ErrorCode,
  type FieldsOf,
  type ItemId,
  type Kind,
  type LiveItem,
  type ReviewStage,
  type Role,
} from '@chengmen/model';
import {
  createRevisions,
  itemHistory,
  revisionMigrations,
  type RevisionTables,
  type SavedDraft,
} from '@chengmen/revision';
import {
  addressOf,
  contentHooks,
  contentMigrations,
  explainRevision,
  itemAt,
  channelOverview,
  channelsWithin,
  decideIntake,
  endIntake,
  handOverIntake,
  intakeBook,
  intakeChoices,
  intakePages,
  intakeRuns,
  openIntake,
  reportIntake,
  remapIntake,
  resumeIntake,
  type BookedPage,
  type IntakeChoice,
  type IntakeFilter,
  itemList,
  itemOrders,
  type ItemFilter,
  type ItemPage,
  liveItemBatches,
  liveItems,
  liveItemsOf,
  takeIn,
  type ContentTables,
} from './index.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const writer: Actor = { ...person('writer', 'writer'), roles: ['writer', 'channel-editor'] };
const operator = person('operator', 'operator');
const reviewers: Record<ReviewStage, Actor> = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const revisions = createRevisions(contentHooks);
const take = takeIn(revisions);

const article = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: '澜水三桥合龙',
  channel: 'headlines',
  date: '2026-11-20 09:30',
  source: '临江市交通运输局',
  body: '<p>澜水三桥今日合龙。</p>',
  ...more,
});
const channel = (
  segment: string,
  parent: ItemId | null,
  more: Partial<FieldsOf<'channel'>> = {},
): FieldsOf<'channel'> => ({
  name: `栏目${segment}`,
  segment,
  parent,
  position: 1,
  type: '新闻',
  description: '说明',
  keywords: ['临江'],
  layout: 'list',
  navigation: true,
  ...more,
});
const media = { title: '桥', hash: sha256('picture'), type: 'image/png', alt: '桥', size: 7 };

const refused = (code: ErrorCode, words?: RegExp) => (error: unknown) =>
  error instanceof ChengmenError && error.code === code && (words?.test(error.message) ?? true);

for (const engine of testLedgers())
  describe(`content on ${engine.engine}`, () => {
    let ledger: Ledger;
    before(async () => {
      ledger = await engine.open({
        migrations: [...revisionMigrations, ...contentMigrations],
        clock: () => new Date('2026-11-20T01:30:00Z'),
      });
      for (const [id, fields] of [
        ['news', channel('news', null)],
        ['headlines', channel('headlines', 'news')],
        ['notices', channel('notices', 'news')],
      ] as const)
        await publish(id, 'channel', fields);
    });
    after(() => ledger.close());

    const save = (item: ItemId, kind: Kind, fields: unknown): Promise<SavedDraft> =>
      ledger.execute(revisions.saveDraft, writer, { item, kind, fields });
    const approve = async ({ revision, hash }: { revision: string; hash: string }): Promise<void> => {
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      for (const stage of reviewStages)
        await ledger.execute(revisions.reviewRevision, reviewers[stage], {
          ...{ revision, hash, stage, decision: 'approve' },
        });
    };
    const publish = async (item: ItemId, kind: Kind, fields: unknown): Promise<string[]> => {
      await approve(await save(item, kind, fields));
      return lastTouched();
    };
    const withdraw = (item: ItemId): Promise<unknown> =>
      ledger.execute(revisions.withdrawItem, reviewers.final, { item, reason: '内容过期' });
    /** The items the last event tells the press about. */
    const lastTouched = async (): Promise<string[]> => {
      const rows = await ledger.db
        .selectFrom('outbox')
        .select('item')
        .where('seq', '=', ({ selectFrom }) => selectFrom('event').select(({ fn }) => fn.max('seq').as('seq')))
        .orderBy('item')
        .execute();
      return rows.map(({ item }) => item);
    };
    const live = async (item: ItemId): Promise<LiveItem> => (await liveItemsOf(ledger.db, site, [item]))[0]!;
    const everything = async (): Promise<unknown> => {
      const db = ledger.db.withTables<ContentTables & RevisionTables>();
      return [
        await db.selectFrom('item').selectAll().orderBy('id').execute(),
        await db.selectFrom('revision').selectAll().orderBy('item').orderBy('number').execute(),
        await db.selectFrom('review').selectAll().orderBy('item').orderBy('number').orderBy('stage').execute(),
        await db.selectFrom('address').selectAll().orderBy('path').execute(),
        await db.selectFrom('intake').selectAll().orderBy('received_hash').execute(),
        await db.selectFrom('event').selectAll().orderBy('seq').execute(),
        await db.selectFrom('outbox').selectAll().orderBy('seq').orderBy('item').execute(),
      ];
    };
    const refusalCount = async (): Promise<number> =>
      (await ledger.db.selectFrom('refusal').select('id').execute()).length;
    /** Refused by this name, and nothing has changed but the audit line. */
    const refuses = async (code: ErrorCode, words: RegExp, run: () => Promise<unknown>): Promise<void> => {
      const [state, lines] = [await everything(), await refusalCount()];
      await assert.rejects(run, refused(code, words));
      assert.deepEqual(await everything(), state);
      assert.equal(await refusalCount(), lines + 1);
    };
    /** The draft is accepted; its final approval is refused. */
    const refusesAtEnd = async (
      code: ErrorCode,
      words: RegExp,
      item: ItemId,
      kind: Kind,
      fields: unknown,
    ): Promise<void> => {
      const { revision, hash } = await save(item, kind, fields);
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      for (const stage of ['first', 'second'] as const)
        await ledger.execute(revisions.reviewRevision, reviewers[stage], {
          revision,
          hash,
          stage,
          decision: 'approve',
        });
      await refuses(code, words, () =>
        ledger.execute(revisions.reviewRevision, reviewers.final, {
          ...{ revision, hash, stage: 'final', decision: 'approve' },
        }),
      );
    };

    test('contentHooks: an approved document has its address; a draft has none', async () => {
      await save('first', 'article', article());
      assert.equal(await addressOf(ledger.db, site, 'first'), null);
      assert.equal(await live('first'), undefined);
      assert.deepEqual(await publish('first', 'article', article()), ['first']);
      assert.deepEqual(await live('first'), {
        id: 'first',
        kind: 'article',
        state: 'live',
        path: '/news/headlines/2026/11/20/first.html',
        formerPaths: [],
        revision: 'first.2',
        hash: (await itemHistory(ledger.db, site, 'first'))[0]!.hash,
        fields: article(),
      });
      assert.equal((await live('headlines')).path, '/news/headlines/');
      assert.equal(await itemAt(ledger.db, site, '/news/headlines/2026/11/20/first.html'), 'first');
    });

    test('contentHooks: back-dating keeps the address, moving gives a new one and keeps the old, moving back returns', async () => {
      await publish('mover', 'article', article());
      const old = '/news/headlines/2026/11/20/mover.html';
      await publish('mover', 'article', article({ date: '2019-01-02 08:00' }));
      assert.deepEqual(paths(await live('mover')), [old]);
      await publish('mover', 'article', article({ date: '2019-01-02 08:00', channel: 'notices' }));
      assert.deepEqual(paths(await live('mover')), ['/news/notices/2026/11/20/mover.html', old]);
      await publish('mover', 'article', article());
      assert.deepEqual(paths(await live('mover')), [old, '/news/notices/2026/11/20/mover.html']);
      assert.equal(await itemAt(ledger.db, site, '/news/notices/2026/11/20/mover.html'), 'mover');
    });

    test('contentHooks: while the next revision is in review the live address and text stay', async () => {
      await publish('stays', 'article', article({ title: '一' }));
      const next = await save('stays', 'article', article({ title: '二', channel: 'notices' }));
      await ledger.execute(revisions.submitRevision, writer, { revision: next.revision, hash: next.hash });
      const { path, fields } = await live('stays');
      assert.equal(path, '/news/headlines/2026/11/20/stays.html');
      assert.equal((fields as FieldsOf<'article'>).title, '一');
    });

    test('contentHooks: renaming a channel keeps addresses; a new segment or parent takes all below along', async () => {
      await publish('top', 'channel', channel('top', null));
      await publish('mid', 'channel', channel('mid', 'top'));
      await publish('low', 'channel', channel('low', 'mid'));
      await publish('deep', 'article', article({ channel: 'low' }));
      await publish('sunk', 'article', article({ channel: 'low' }));
      await withdraw('sunk');
      await publish('high', 'article', article({ channel: 'top' }));
      assert.deepEqual(await publish('mid', 'channel', channel('mid', 'top', { name: '新名' })), ['mid']);
      assert.deepEqual((await live('deep')).formerPaths, []);
      assert.deepEqual(await publish('mid', 'channel', channel('moved', 'top')), ['deep', 'low', 'mid', 'sunk']);
      assert.deepEqual(paths(await live('low')), ['/top/moved/low/', '/top/mid/low/']);
      assert.deepEqual(paths(await live('deep')), [
        '/top/moved/low/2026/11/20/deep.html',
        '/top/mid/low/2026/11/20/deep.html',
      ]);
      assert.deepEqual(paths(await live('high')), ['/top/2026/11/20/high.html']);
      assert.deepEqual(await publish('mid', 'channel', channel('moved', null)), ['deep', 'low', 'mid', 'sunk']);
      assert.deepEqual(paths(await live('deep')), [
        '/moved/low/2026/11/20/deep.html',
        '/top/mid/low/2026/11/20/deep.html',
        '/top/moved/low/2026/11/20/deep.html',
      ]);
      await publish('deep', 'article', article({ channel: 'headlines' }));
      assert.deepEqual(await publish('mid', 'channel', channel('mid', 'top')), ['low', 'mid', 'sunk'], 'it has left');
    });

    test('contentHooks: an address is never given to another item', async () => {
      await publish('old-owner', 'channel', channel('place', null));
      await publish('old-owner', 'channel', channel('elsewhere', null));
      await refusesAtEnd('address-taken', /\/place\/.*old-owner/, 'new-owner', 'channel', channel('place', null));
    });

    test('contentHooks: the channel tree has no knots, no twins, no reserved names', async () => {
      await publish('a', 'channel', channel('a', null));
      await publish('b', 'channel', channel('b', 'a'));
      await refusesAtEnd('invalid-input', /parent/, 'a', 'channel', channel('a', 'b'));
      await refusesAtEnd('invalid-input', /parent/, 'a', 'channel', channel('a', 'a'));
      await refusesAtEnd('invalid-input', /parent/, 'c', 'channel', channel('c', 'no-channel'));
      await refusesAtEnd('invalid-input', /parent/, 'c', 'channel', channel('c', 'first'));
      await refusesAtEnd('invalid-input', /segment/, 'c', 'channel', channel('b', 'a'));
      for (const segment of ['media', 'assets', 'sitemap'])
        await refuses('invalid-input', /segment/, () => save('c', 'channel', channel(segment, null)));
      await refuses('wrong-state', /“b”/, () => withdraw('a'));
      await publish('in-b', 'article', article({ channel: 'b' }));
      await refuses('wrong-state', /“in-b”/, () => withdraw('b'));
      await withdraw('in-b');
      await withdraw('b');
      await refusesAtEnd('invalid-input', /channel/, 'late', 'article', article({ channel: 'b' }));
    });

    test('contentHooks: a document’s channel, body and references are checked', async () => {
      for (const channelOf of ['none', 'first'])
        await refuses('invalid-input', /channel/, () => save('x', 'article', article({ channel: channelOf })));
      for (const body of ['<p onclick="x()">一</p>', '<script>1</script>', '<p>一', '<img src="javascript:1">'])
        await refuses('invalid-input', /body/, () => save('x', 'article', article({ body })));
      await save('draft-picture', 'media', media);
      const broken: [Record<string, unknown>, RegExp][] = [
        [{ image: 'no-picture' }, /image/],
        [{ image: 'first' }, /image/],
        [{ image: 'draft-picture' }, /image.*not live/],
        [{ body: '<p><a href="item:no-item">见</a></p>' }, /body.*no-item/],
        [{ body: '<p><img src="media:first" alt="图"></p>' }, /body.*first/],
      ];
      for (const [more, words] of broken) await refusesAtEnd('invalid-input', words, 'x', 'article', article(more));
      await refusesAtEnd('invalid-input', /interprets/, 'y', 'interpretation', article({ interprets: ['first'] }));
      await publish('picture', 'media', media);
      assert.equal((await live('picture')).path, null);
      await publish(
        'whole',
        'article',
        article({
          image: 'picture',
          body: '<p><a href="item:first">见前文</a><img src="media:picture" alt="桥"></p>',
        }),
      );
    });

    test('contentHooks: a picture without words stays a draft; a file needs none', async () => {
      await refusesAtEnd('picture-without-words', /text alternative/, 'silent', 'media', { ...media, alt: ' ' });
      await publish('file', 'media', { ...media, alt: '', type: 'application/pdf' });
      await publish('with-file', 'article', article({ attachments: ['file'] }));
      await refusesAtEnd('invalid-input', /attachments/, 'z', 'article', article({ attachments: ['first'] }));
    });

    test('contentHooks: there is one site item', async () => {
      const settings = { ...site0, home: { focus: 'headlines', blocks: [] } };
      await refuses('invalid-input', /site/, () => save('site-2', 'site', settings));
      await save('site', 'site', settings);
    });

    test('contentHooks: there is one home page, and pictures in its blocks are live before it', async () => {
      const home = (...blocks: object[]): object => ({
        blocks: [{ show: 'channel', channel: 'notices', count: 3 }, ...blocks],
      });
      await assert.rejects(save('another', 'home', home()), refused('invalid-input'));
      await publish('home-page', 'home', home());
      await save('banner', 'media', media);
      const shown = await save('home-page', 'home', home({ show: 'pictures', pictures: [{ picture: 'banner' }] }));
      await assert.rejects(approve(shown), refused('invalid-input', /banner/));
      const other = await save('home-page', 'home', home({ show: 'figures', dataset: 'notices', count: 1, by: 'row' }));
      await assert.rejects(approve(other), refused('invalid-input', /notices/));
    });

    test('contentHooks: a redirect owns its address, never one that the site makes itself or another item has', async () => {
      const redirect = (from: string, to = 'headlines'): object => ({ from, to });
      for (const made of ['/', '/search.html', '/assets/a.css', '/zh-hant/x.html', '/news/2026-11.html', '/a/feed.xml'])
        await assert.rejects(save('redirect-1', 'redirect', redirect(made)), refused('invalid-input'), made);
      for (const bad of ['//evil.example/', '/a/../b', 'https://evil.example/', '/a b'])
        await assert.rejects(save('redirect-1', 'redirect', redirect(bad)), refused('invalid-input'), bad);
      await publish('redirect-1', 'redirect', redirect('/art/1.html'));
      assert.equal(await addressOf(ledger.db, site, 'redirect-1'), '/art/1.html');
      const twice = await save('redirect-2', 'redirect', redirect('/art/1.html'));
      await assert.rejects(approve(twice), refused('address-taken'));
      const owned = await save('redirect-2', 'redirect', redirect('/news/'));
      await assert.rejects(approve(owned), refused('address-taken'));
      const nowhere = await save('redirect-2', 'redirect', redirect('/art/2.html', 'nobody'));
      await assert.rejects(approve(nowhere), refused('invalid-input', /nobody/));
    });

    test('contentHooks: a merged channel gives its articles and addresses to the other; revisions stay as they were approved', async () => {
      const old = channel('old', 'news');
      await publish('old', 'channel', old);
      await publish('old', 'channel', channel('older', 'news'));
      await publish('new', 'channel', channel('new', null));
      await publish('kept', 'article', article({ channel: 'old' }));
      await publish('gone-before', 'article', article({ channel: 'old' }));
      await withdraw('gone-before');
      const inReview = await save('in-review', 'article', article({ channel: 'old' }));
      const [kept] = await itemHistory(ledger.db, site, 'kept');
      const touched = await publish('old', 'channel', { ...channel('older', 'news'), mergedInto: 'new' });
      assert.deepEqual(touched.sort(), ['gone-before', 'kept', 'new', 'old']);
      const moved = await live('kept');
      assert.deepEqual(paths(moved), ['/new/2026/11/20/kept.html', '/news/older/2026/11/20/kept.html']);
      assert.equal((moved.fields as FieldsOf<'article'>).channel, 'new');
      assert.deepEqual(await itemHistory(ledger.db, site, 'kept'), [kept], 'what was approved is as it was');
      assert.equal(moved.hash, kept?.hash);
      assert.equal((await live('gone-before')).path, '/new/2026/11/20/gone-before.html');
      assert.deepEqual(paths(await live('new')), ['/new/', '/news/old/', '/news/older/']);
      assert.deepEqual(paths(await live('old')), [null]);
      assert.equal(await itemAt(ledger.db, site, '/news/older/'), 'new');
      await approve(inReview);
      assert.equal(
        (await live('in-review')).path,
        '/new/2026/11/20/in-review.html',
        'what was in review goes there too',
      );
      const { items } = await itemList(ledger.db, site, { channels: ['new'], limit: 50 });
      assert.deepEqual(items.map(({ item }) => item).sort(), ['gone-before', 'in-review', 'kept']);
      const { channels } = await channelOverview(ledger.db, site, '2026-11-20');
      assert.ok(!channels.some(({ id }) => id === 'old'));
      assert.deepEqual(
        channels.filter(({ id }) => id === 'new').map(({ live, light, days }) => [live, light, days]),
        [[2, 'none', 0]],
      );
      await publish('newest', 'channel', channel('newest', null));
      await publish('new', 'channel', { ...channel('new', null), mergedInto: 'newest' });
      assert.deepEqual(paths(await live('kept')), [
        '/newest/2026/11/20/kept.html',
        '/new/2026/11/20/kept.html',
        '/news/older/2026/11/20/kept.html',
      ]);
      assert.equal(await itemAt(ledger.db, site, '/news/old/'), 'newest');
    });

    test('contentHooks: what cannot be merged is refused; so is what would bring a merged channel back', async () => {
      await publish('full', 'channel', channel('full', null));
      await publish('full-child', 'channel', channel('child', 'full'));
      const into = (segment: string, target: string): unknown => ({ ...channel(segment, null), mergedInto: target });
      await refuses('invalid-input', /no such channel/, () => save('full', 'channel', into('full', 'nowhere')));
      await refusesAtEnd('wrong-state', /full-child/, 'full', 'channel', into('full', 'newest'));
      await refusesAtEnd('invalid-input', /mergedInto/, 'newest', 'channel', into('newest', 'newest'));
      await refusesAtEnd('invalid-input', /mergedInto/, 'newest', 'channel', into('newest', 'old'));
      await refusesAtEnd('invalid-input', /mergedInto/, 'never-was', 'channel', into('never-was', 'newest'));
      await refusesAtEnd('wrong-state', /merged/, 'old', 'channel', channel('older', 'news'));
      await refusesAtEnd('invalid-input', /parent/, 'below-old', 'channel', channel('below', 'old'));
      await refuses('wrong-state', /merged/, () => withdraw('old'));
    });

    test('contentHooks: merging wants the right in both channels, of each who has a hand in it', async () => {
      for (const id of ['mine', 'theirs']) await publish(id, 'channel', channel(id, null));
      const part = (role: Role, ...channels: string[]): Actor => ({
        ...person(`${role}-${channels.join('-')}`),
        within: channels.map((each) => ({ role: role as 'channel-editor', channel: each })),
      });
      const fields = { ...channel('mine', null), mergedInto: 'theirs' };
      const draft = (by: Actor): Promise<SavedDraft> =>
        ledger.execute(revisions.saveDraft, by, { item: 'mine', kind: 'channel', fields });
      for (const one of ['mine', 'theirs'])
        await refuses('permission-denied', /channel.write/, () => draft(part('channel-editor', one)));
      const both = part('channel-editor', 'mine', 'theirs');
      const { revision, hash } = await draft(both);
      await ledger.execute(revisions.submitRevision, both, { revision, hash });
      const review = (by: Actor): Promise<unknown> =>
        ledger.execute(revisions.reviewRevision, by, { revision, hash, stage: 'first', decision: 'approve' });
      for (const one of ['mine', 'theirs'])
        await refuses('permission-denied', /review.first/, () => review(part('first-reviewer', one)));
      await review(part('first-reviewer', 'mine', 'theirs'));
    });

    test('liveItems: withdrawn items stay with their reason and address, drafts never show, by id', async () => {
      await publish('gone', 'article', article());
      await save('never', 'article', article());
      await withdraw('gone');
      assert.deepEqual(await lastTouched(), ['gone']);
      const { state, path, withdrawal } = await live('gone');
      assert.equal(state, 'withdrawn');
      assert.equal(path, '/news/headlines/2026/11/20/gone.html');
      assert.deepEqual(withdrawal, { reason: '内容过期', on: '2026-11-20' });
      const items = await liveItems(ledger.db, site);
      const ids = items.map(({ id }) => id);
      assert.deepEqual(ids, [...ids].sort());
      assert.ok(ids.includes('gone') && !ids.includes('never'));
      assert.deepEqual(await liveItemsOf(ledger.db, site, ids), items);
      assert.deepEqual(await liveItems(ledger.db, 'other'), []);
      const batches: LiveItem[][] = [];
      for await (const some of liveItemBatches(ledger.db, site)) batches.push(some);
      assert.ok(
        batches[0]?.every(({ kind }) => kind === 'channel'),
        'channels first',
      );
      assert.deepEqual(
        batches.flat().sort((a, b) => (a.id < b.id ? -1 : 1)),
        items,
      );
      assert.equal((await live('gone')).editions, undefined, 'one approved revision is no history');
      await publish('gone', 'article', article({ title: '更正' }));
      const again = await live('gone');
      assert.equal(again.withdrawal, undefined);
      assert.deepEqual(
        again.editions?.map(({ on }) => on),
        ['2026-11-20', '2026-11-20'],
      );
      assert.equal(again.editions?.at(-1)?.hash, again.hash);
      await save('gone', 'article', article({ title: '还没有审' }));
      assert.equal((await live('gone')).editions?.length, 2, 'what nobody approved is not told');
    });

    test('itemList: by newest revision, filtered by what stands in it', async () => {
      const ids = async (filter: Partial<ItemFilter>): Promise<string[]> =>
        (await itemList(ledger.db, site, { limit: 50, ...filter })).items.map(({ item }) => item).sort();
      const [inNotices] = (await itemList(ledger.db, site, { channels: ['notices'], limit: 50 })).items;
      assert.deepEqual([inNotices?.item, inNotices?.newest, inNotices?.newestState], ['stays', 'stays.2', 'submitted']);
      await save('bus', 'article', article({ title: '公交 Route_7 改道 100%' }));
      for (const words of [[['route_7']], [['ROUTE'], ['改道']], [['改道', '改線']], [['100%']], [['_']]])
        assert.deepEqual(await ids({ words }), ['bus'], JSON.stringify(words));
      for (const words of [[['route17']], [['改道'], ['没有']], [['%改']], [['\\']]])
        assert.deepEqual(await ids({ words }), [], JSON.stringify(words));
      assert.ok((await ids({ newestState: 'draft' })).includes('bus'));
      assert.ok(!(await ids({ newestState: 'draft' })).includes('stays'));
      assert.deepEqual(await ids({ words: [['公交']], state: 'live' }), []);
      assert.deepEqual(await ids({ words: [['公交']], author: '名writer' }), ['bus']);
      assert.deepEqual(await ids({ words: [['公交']], author: '名_riter' }), []);
      assert.deepEqual(await ids({ channels: [] }), []);
      assert.ok((await ids({ channels: ['news'] })).includes('headlines'), 'a channel stands in its parent');
    });

    test('itemList: what lists show follows each command, and holds what no column can', async () => {
      const listed = async (item: string): Promise<unknown> => {
        const row = await ledger.db
          .withTables<ContentTables>()
          .selectFrom('listing')
          .selectAll()
          .where('item', '=', item)
          .executeTakeFirst();
        return row && [row.title, row.state, row.newest_state, row.live_channel, row.live_date];
      };
      await publish('seen', 'article', article({ title: '一' }));
      assert.deepEqual(await listed('seen'), ['一', 'live', 'approved', 'headlines', '2026-11-20 09:30']);
      await save('seen', 'article', article({ title: '二', channel: 'notices', date: '2026-11-21 09:30' }));
      assert.deepEqual(await listed('seen'), ['二', 'live', 'draft', 'headlines', '2026-11-20 09:30']);
      await publish('seen', 'article', article({ title: '三', date: '2026-11-22 09:30' }));
      assert.deepEqual(await listed('seen'), ['三', 'live', 'approved', 'headlines', '2026-11-22 09:30']);
      await withdraw('seen');
      assert.deepEqual(await listed('seen'), ['三', 'withdrawn', 'approved', null, null]);
      await save('nul', 'article', article({ title: '有\0的' }));
      assert.deepEqual(await listed('nul'), ['nul', 'never', 'draft', null, null]);
    });

    test('itemList: by any column and either way, page by page, no item twice or missed while others come', async () => {
      for (const order of itemOrders)
        for (const descending of [false, true]) {
          const all = (await itemList(ledger.db, site, { order, descending, limit: 500 })).items.map(
            ({ item }) => item,
          );
          const read: string[] = [];
          const pages: ItemPage[] = [];
          for (let after: string | undefined = undefined; ;) {
            const page: ItemPage = await itemList(ledger.db, site, {
              ...{ order, descending, limit: 3 },
              ...(after === undefined ? {} : { after }),
            });
            pages.push(page);
            read.push(...page.items.map(({ item }) => item));
            if (page.next === undefined) break;
            after = page.next;
          }
          assert.deepEqual(read, all, `${order} ${String(descending)}`);
          assert.equal(pages[0]?.previous, undefined);
          const before = pages[2]?.previous ?? '';
          const again = await itemList(ledger.db, site, { order, descending, before, limit: 3 });
          assert.deepEqual(again.items, pages[1]?.items, 'and back');
          const first = await itemList(ledger.db, site, {
            order,
            descending,
            before: pages[1]?.previous ?? '',
            limit: 3,
          });
          assert.deepEqual([first.items, first.previous], [pages[0]?.items, undefined]);
        }
      const one = await itemList(ledger.db, site, { limit: 3 });
      await save('zz-above-all', 'article', article());
      const { items } = await itemList(ledger.db, site, { limit: 3, after: one.next ?? '' });
      assert.ok(items.every(({ item }) => one.items.every((shown) => shown.item !== item)));
      const written = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');
      for (const after of ['', 'rubbish', written(['a']), written(['\0', 'a'])])
        assert.equal((await itemList(ledger.db, site, { limit: 3, after })).items[0]?.item, 'zz-above-all', after);
    });

    test('channelsWithin: a channel and all below it', () => {
      const channels = [
        { id: 'a', name: '', depth: 0 },
        { id: 'b', name: '', depth: 1 },
        { id: 'c', name: '', depth: 2 },
        { id: 'd', name: '', depth: 1 },
        { id: 'e', name: '', depth: 0 },
      ];
      assert.deepEqual(channelsWithin(channels, 'a'), ['a', 'b', 'c', 'd']);
      assert.deepEqual(channelsWithin(channels, 'b'), ['b', 'c']);
      assert.deepEqual(channelsWithin(channels, 'e'), ['e']);
      assert.deepEqual(channelsWithin(channels, 'gone'), ['gone']);
    });

    const received = (bytes: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
      kind: 'article',
      fields: article({ title: '旧页' }),
      receivedHash: sha256(bytes),
      name: 'page.html',
      mender: 'chengmen-mend/1',
      plan: [{ class: 'proved', before: '\0', after: '一' }],
      alarms: [],
      decisions: [],
      ...more,
    });

    test('takeIn: received bytes become a draft with its plan; the same bytes again change nothing', async () => {
      const draft = await ledger.execute(take, operator, received('bytes', { item: 'taken' }));
      assert.equal(draft.again, false);
      const state = await everything();
      const again = await ledger.execute(take, operator, received('bytes', { item: 'other', decisions: ['x'] }));
      assert.deepEqual(again, { ...draft, again: true });
      assert.deepEqual(await everything(), state, 'no draft, no event');
      const [newest] = await itemHistory(ledger.db, site, 'taken');
      assert.equal(newest?.state, 'draft');
    });

    test('takeIn: only who may receive, only what is whole', async () => {
      const run = (actor: Actor, input: unknown) => () => ledger.execute(take as Command<never, unknown>, actor, input);
      for (const actor of [...Object.values(reviewers), person('auditor', 'auditor'), person('nobody')])
        await refuses('permission-denied', /intake/, run(actor, received('wrong')));
      await refuses('invalid-input', /receivedHash/, run(operator, received('wrong', { receivedHash: 'abc' })));
      await refuses('invalid-input', /name/, run(operator, received('wrong', { name: 'a\0b' })));
      await refuses('invalid-input', /title/, run(operator, received('wrong', { fields: {} })));
      await refuses(
        'invalid-input',
        /body/,
        run(operator, received('wrong', { fields: article({ body: '<script>1</script>' }) })),
      );
    });

    test('explainRevision: from the revision to its reviews and the received bytes', async () => {
      const draft = await ledger.execute(take, writer, received('explained', { item: 'explained' }));
      await approve(draft);
      const { revision, intake } = (await explainRevision(ledger.db, site, draft.revision))!;
      assert.equal(revision.hash, draft.hash);
      assert.equal(revision.authorName, '名writer');
      assert.deepEqual(
        revision.reviews.map(({ stage, name, hash, at }) => [stage, name, hash, at]),
        reviewStages.map((stage) => [stage, `名${stage}`, draft.hash, '2026-11-20T01:30:00.000Z']),
      );
      assert.deepEqual(intake, {
        received: sha256('explained'),
        revision: draft.revision,
        name: 'page.html',
        mender: 'chengmen-mend/1',
        plan: [{ class: 'proved', before: '\0', after: '一' }],
        alarms: [],
        decisions: [],
        at: '2026-11-20T01:30:00.000Z',
      });
      const later = await ledger.execute(take, writer, received('later', { item: 'explained' }));
      assert.equal((await explainRevision(ledger.db, site, later.revision))?.intake?.received, sha256('later'));
      assert.equal((await explainRevision(ledger.db, site, draft.revision))?.intake?.received, sha256('explained'));
      assert.equal((await explainRevision(ledger.db, site, 'first.2'))?.intake, null);
      assert.equal(await explainRevision(ledger.db, site, 'none.1'), undefined);
    });

    test('verifyEvents: the log of all this is whole', async () => {
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
    });

    test('checkTranslation: names an original in another language, no translation itself, once for each language', async () => {
      const english = {
        ...{
          language: 'en',
          languageName: 'English',
          missing: 'Not in English.',
          name: 'Linjiang',
          shortName: 'Linjiang',
        },
        ...{ sponsor: 'Office', organiser: 'Bureau', copyright: 'Linjiang', address: '1 Wangjiang Road' },
        home: { focus: 'en-news', blocks: [] },
      };
      await publish('english', 'channel', channel('en', null, { edition: english }));
      await publish('en-news', 'channel', channel('news', 'english', { translates: 'headlines' }));
      await publish('original', 'article', article());
      const translation = article({ channel: 'en-news', title: 'The bridge is closed', translates: 'original' });
      await publish('translated', 'article', translation);
      await publish('translated', 'article', { ...translation, title: 'The two halves of the bridge meet' });
      const refusals = [
        ['same', article({ translates: 'original' }), /同为 zh-Hans/],
        ['second', translation, /已有 en 译文“translated”/],
        ['chained', article({ translates: 'translated' }), /本身是译文/],
        ['nowhere', article({ channel: 'en-news', translates: 'nobody' }), /没有条目“nobody”/],
        ['wrong-kind', article({ channel: 'en-news', translates: 'headlines' }), /是栏目/],
      ] as const;
      for (const [id, fields, words] of refusals) await refusesAtEnd('invalid-input', words, id, 'article', fields);
      await refusesAtEnd('invalid-input', /不能又是译文/, 'original', 'article', article({ translates: 'second' }));
      await withdraw('translated');
      await publish('second', 'article', translation);
    });

    test('checkEdition: stands at the top, once for each language; its channels stand for those of the main one', async () => {
      const { edition } = (await live('english')).fields as FieldsOf<'channel'>;
      assert.ok(edition);
      const refusals = [
        ['below', channel('below', 'news', { edition }), /只能是一级栏目/],
        ['twin', channel('twin', null, { edition }), /已是 en 版/],
        ['chinese', channel('chinese', 'news', { translates: 'headlines' }), /可以对应一个中文栏目/],
        ['foreign', channel('foreign', 'english', { translates: 'en-news' }), /可以对应一个中文栏目/],
      ] as const;
      for (const [id, fields, words] of refusals) await refusesAtEnd('invalid-input', words, id, 'channel', fields);
    });

    test('intake: pages of a run by filter and order, decisions in order, what may be handed over, and once told', async () => {
      const asked = { name: '旧站', place: { folder: 'old' }, mapping: { body: 'text' }, channel: 'news' };
      const { run } = await ledger.execute(openIntake, writer, asked);
      const book = intakeBook(ledger.db, site);
      assert.deepEqual(
        (await book.open()).map(({ id, state }) => [id, state]),
        [[run, 'reading']],
      );
      await assert.rejects(ledger.execute(handOverIntake, writer, { run, submit: true }), { code: 'wrong-state' });
      const put = (number: number, more: Partial<BookedPage>): Promise<void> =>
        book.put(run, { ...read(number), ...more });
      await put(1, { title: '百分%之一', verdict: 'clean' });
      await put(2, { title: '防汛', verdict: 'gaps', undecided: 12, lost: 1 });
      await put(3, { title: '被黑', verdict: 'gaps', undecided: 3, alarms: 2, alarm_kinds: '["hidden-link"]' });
      await put(4, { state: 'refused', verdict: 'none', problem: '{"zh":"坏","en":"bad"}' });
      await book.finish(run);
      const numbers = async (filter: Partial<IntakeFilter>): Promise<number[]> =>
        (await intakePages(ledger.db, site, { run, offset: 0, limit: 10, ...filter })).pages.map(
          ({ number }) => number,
        );
      assert.deepEqual(await numbers({}), [1, 2, 3, 4]);
      assert.deepEqual(await numbers({ verdict: 'gaps', order: 'undecided', descending: true }), [2, 3]);
      assert.deepEqual(await numbers({ alarm: 'hidden-link' }), [3]);
      assert.deepEqual([await numbers({ alarm: 'any' }), await numbers({ alarm: 'brand-swap' })], [[3], []]);
      assert.deepEqual([await numbers({ words: [['%']] }), await numbers({ words: [['_']] })], [[1], []]);
      assert.deepEqual(await numbers({ offset: 1, limit: 2 }), [2, 3]);
      const [listed] = await intakeRuns(ledger.db, site, { run });
      assert.deepEqual(listed?.pages, { read: 3, refused: 1, known: 0, handing: 0, taken: 0 });
      assert.deepEqual(
        [listed.gaps, listed.alarmed, listed.stale, listed.state, listed.mapping],
        [2, 1, 0, 'read', { body: 'text' }],
      );

      const place = { at: 3, length: 2 };
      const decide = (choice: IntakeChoice, page?: string): Promise<null> =>
        ledger.execute(decideIntake, writer, { run, choices: [choice], ...(page === undefined ? {} : { page }) });
      await decide({ from: 0.9 });
      await decide({ ...place, fill: '月1', source: '日报' }, read(2).received_hash ?? '');
      await decide({ ...place, refuse: true }, read(3).received_hash ?? '');
      await assert.rejects(decide({ ...place, undo: true }), { code: 'invalid-input' }, 'a place is of one page');
      await assert.rejects(decide({ from: 1 }, 'f'.repeat(64)), { code: 'wrong-state' });
      assert.deepEqual(
        (await intakeChoices(ledger.db, site, run, read(2).received_hash)).map(({ choice, wide, by }) => [
          choice,
          wide,
          by,
        ]),
        [
          [{ from: 0.9 }, true, '名writer'],
          [{ ...place, fill: '月1', source: '日报' }, false, '名writer'],
        ],
      );
      assert.deepEqual(
        (await book.pages(run, { stale: true })).map(({ number }) => number),
        [2, 3],
      );
      assert.equal((await book.open()).length, 1, 'what was decided about is to be read again');

      assert.deepEqual(await ledger.execute(handOverIntake, writer, { run, whole: true, submit: false }), { pages: 1 });
      await book.finish(run);
      assert.equal((await intakeRuns(ledger.db, site, { run }))[0]?.state, 'handing', 'what waits is not forgotten');
      assert.deepEqual(await ledger.execute(handOverIntake, writer, { run, pages: [2, 4], submit: true }), {
        pages: 1,
      });
      await assert.rejects(ledger.execute(handOverIntake, writer, { run, pages: [2], submit: true }), {
        code: 'wrong-state',
      });
      await assert.rejects(ledger.execute(resumeIntake, writer, { run: 2 ** 31 }), { code: 'invalid-input' });
      await assert.rejects(ledger.execute(resumeIntake, writer, { run }), { code: 'wrong-state' });
      await assert.rejects(ledger.execute(endIntake, writer, { run }), { code: 'wrong-state' }, 'pages wait');
      for (const { number } of await book.pages(run, { state: 'handing' }))
        await book.changePage(run, number, { state: 'taken', submit: false, stale: false });
      await book.finish(run);
      await book.changePage(run, 3, { stale: false });
      const rules = [{ address: '/xw/', channel: 'news' }];
      assert.deepEqual(await ledger.execute(remapIntake, writer, { run, channels: rules, channel: 'news' }), {
        pages: 1,
      });
      const [remapped] = await intakeRuns(ledger.db, site, { run });
      assert.deepEqual([remapped?.channel, remapped?.mapping?.['channels'], remapped?.stale], ['news', rules, 1]);
      const tray = 'a'.repeat(24);
      const uploaded = { ...asked, place: { tray, files: ['a.html'] } };
      const { run: other } = await ledger.execute(openIntake, writer, uploaded);
      await assert.rejects(ledger.execute(endIntake, writer, { run: other }), { code: 'wrong-state' }, 'it is read');
      assert.deepEqual(await book.trays(), [tray]);
      await book.change(other, { state: 'failed' });
      for (const one of [run, other]) await ledger.execute(endIntake, writer, { run: one });
      assert.deepEqual([await book.trays(), (await book.open()).length], [[], 0], 'nothing is left to do or to keep');
      for (const again of [
        () => ledger.execute(endIntake, writer, { run }),
        () => ledger.execute(remapIntake, writer, { run, channels: [], channel: 'news' }),
        () => ledger.execute(handOverIntake, writer, { run, submit: false }),
        () => ledger.execute(decideIntake, writer, { run, choices: [{ from: 0.9 }] }),
      ])
        await assert.rejects(again, { code: 'wrong-state' }, 'what has ended stays as it is');
      for (const told of [1, 0]) {
        const events = await count(ledger, 'event');
        assert.deepEqual(await ledger.execute(reportIntake, operator, { run }), { pages: 4, gaps: 2, alarmed: 1 });
        assert.equal((await count(ledger, 'event')) - events, told);
      }
    });
  });

const read = (number: number): BookedPage => ({
  ...{
    number,
    name: `${number}.html`,
    address: null,
    received_hash: sha256(`page ${number}`),
    title: '一',
    channel: 'news',
  },
  ...{
    proved: 0,
    accepted: 0,
    undecided: 0,
    lost: 0,
    stated: 0,
    alarms: 0,
    alarm_kinds: '[]',
    missing: '[]',
    notes: '[]',
  },
  ...{ item: null, nearly: null, problem: null, stale: false, account: null, submit: false },
  verdict: 'mended',
  state: 'read',
});

async function count(ledger: Ledger, table: 'event'): Promise<number> {
  const row = await ledger.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

const paths = ({ path, formerPaths }: LiveItem): (string | null)[] => [path, ...formerPaths];

const site0 = {
  name: '临江市人民政府',
  shortName: '临江',
  englishName: 'Linjiang',
  domain: 'www.linjiang.example',
  origin: 'https://www.linjiang.example',
  identificationCode: '9901000001',
  icp: '苏ICP备99000001号',
  policeFiling: '苏公网安备 99010002000001号',
  conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE',
  sponsor: '办公室',
  organiser: '数据局',
  copyright: '临江市人民政府',
  phone: '0999-8560000',
  email: 'webmaster@linjiang.example',
  address: '望江路1号',
  postcode: '990000',
};
