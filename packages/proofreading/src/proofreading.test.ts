import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { noSettings, type Finding } from '@chengmen/checks';
import { testLedgers } from '@chengmen/ledger/testing';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, type Actor, type Kind, type Role } from '@chengmen/model';
import { createRevisions, revisionMigrations } from '@chengmen/revision';
import {
  changeChecks,
  createProofreading,
  overrules,
  proofreadingHooks,
  proofreadingMigrations,
  type Proofreading,
  type ProofreadingTables,
  type ReadFile,
} from './index.ts';
import { keepPrint } from './text-prints.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: account, site, roles });
const writer = person('秦松', 'writer', 'channel-editor');
const colleague = person('小周', 'writer');
const first = person('老吴', 'first-reviewer');
const approver = person('老郑', 'final-approver', 'writer');

const article = (body: string, more: object = {}): Record<string, unknown> => ({
  title: '青渡区排涝站开工',
  channel: 'news',
  date: '2026-11-20 09:30',
  source: '市水务局',
  keywords: ['排涝'],
  body,
  ...more,
});
const file = { title: '名单', hash: 'a'.repeat(64), type: 'text/csv', alt: '', size: 9 };
const story = (end: string): string =>
  `<p>${'青渡区排涝站本月开工，建成后可以在六小时内排出城区三天的雨水。市水务局的工程师说，水泵夏天到货，秋天试车。沿江的居民看过图纸，问了三件事：噪声多大，夜里亮不亮灯，施工车辆走哪条路。'.repeat(2)}${end}</p>`;

for (const engine of testLedgers()) {
  describe(`proofreading on ${engine.engine}`, () => {
    let ledger: Ledger;
    let proofreading: Proofreading;
    const rows = new Map<string, string>([[file.hash, '周某\t15400138016']]);
    /** Files that somebody is still at, by hash. */
    const slow = new Map<string, PromiseWithResolvers<undefined>>();
    const readFile: ReadFile = ({ hash }) => {
      const waited = slow.get(hash);
      if (waited) return waited.promise;
      const text = rows.get(hash);
      return Promise.resolve(
        text === undefined ? undefined : { lines: [{ text, cell: true, place: '第 1 行' }], complete: true },
      );
    };
    const hooks = proofreadingHooks(readFile);
    const revisions = createRevisions(hooks);
    const save = (kind: Kind, fields: object, by = writer, item?: string) =>
      ledger.execute(revisions.saveDraft, by, { kind, fields, ...(item === undefined ? {} : { item }) });
    const submit = ({ revision, hash }: { revision: string; hash: string }, by = writer): Promise<string> =>
      ledger.execute(revisions.submitRevision, by, { revision, hash }).then(
        () => 'submitted',
        (error: unknown) => (error instanceof ChengmenError ? error.code : String(error)),
      );
    const overrule = (
      { revision, hash }: { revision: string; hash: string },
      { id: finding }: Pick<Finding, 'id'>,
      by: Actor,
      reason = '本人书面同意',
    ): Promise<string> =>
      ledger.execute(proofreading.overruleFinding, by, { revision, hash, finding, reason }).then(
        () => 'overruled',
        (error: unknown) => (error instanceof ChengmenError ? error.code : String(error)),
      );
    const only = async (kind: Kind, fields: Record<string, unknown>, item?: string): Promise<Finding> => {
      const [finding, ...more] = await proofreading.check({ kind, item, fields });
      assert.deepEqual(more, []);
      return finding ?? assert.fail('nothing was found');
    };

    before(async () => {
      ledger = await engine.open({
        migrations: [...revisionMigrations, ...proofreadingMigrations],
        clock: () => new Date('2026-11-28T13:00:00Z'),
      });
      const clock = (): Date => new Date('2026-11-28T13:00:00Z');
      proofreading = createProofreading({ ledger, site, clock, hooks, readFile });
    });
    after(() => ledger.close());
    beforeEach(async () => {
      const kept = await proofreading.settings();
      await ledger.execute(changeChecks, writer, { settings: noSettings, was: kept.hash });
    });

    test('submitRevision: what must be mended holds back, and nothing is left of the attempt', async () => {
      const saved = await save('article', article('<p>获奖者张某，15400138016。</p>'));
      await assert.rejects(
        ledger.execute(
          revisions.submitRevision,
          writer,
          saved.hash ? { revision: saved.revision, hash: saved.hash } : {},
        ),
        {
          code: 'checks-hold-back',
          message: /154\*\*\*\*8016/,
        },
      );
      const mended = await save('article', article('<p>获奖者张某，154****8016。</p>'), writer, saved.item);
      assert.equal(await submit(mended), 'submitted');
    });

    test('submitRevision: while three files are read that take for ever, nobody else waits; what is read then is what is checked', async () => {
      const hashes = ['b', 'c', 'd'].map((sign) => sign.repeat(64));
      for (const hash of hashes) slow.set(hash, Promise.withResolvers());
      const saved = await Promise.all(hashes.map((hash) => save('media', { ...file, hash })));
      const overruled = saved[0] ?? assert.fail('nothing saved');
      const submitting = saved.map((one) => submit(one));
      const overruling = overrule(overruled, { id: '0'.repeat(16) }, writer);
      const other = await save('article', article('<p>汛期照常开放。</p>'));
      assert.equal(await submit(other), 'submitted', 'while none of the three has come to its end');
      for (const hash of hashes) slow.get(hash)?.resolve(undefined);
      assert.deepEqual(await Promise.all(submitting), ['submitted', 'submitted', 'submitted']);
      assert.equal(await overruling, 'not-found', 'no finding of this name');
    });

    test('overruleFinding: with a reason it may stand, in later revisions too, until the passage changes', async () => {
      const text = article('<p>获奖者张某，15400138016。</p>');
      const saved = await save('article', text);
      assert.equal(await overrule(saved, await only('article', text), writer), 'overruled');
      const { overruled } = await only('article', text, saved.item);
      assert.deepEqual(overruled, { reason: '本人书面同意', by: '秦松', at: '2026-11-28T13:00:00.000Z' });
      const longer = await save(
        'article',
        article('<p>先说一句。</p><p>获奖者张某，15400138016。</p>'),
        writer,
        saved.item,
      );
      assert.equal(await submit(longer), 'submitted');
      const other = await save('article', article('<p>获奖者张某，15400138017。</p>'), writer, saved.item);
      assert.equal(await submit(other), 'checks-hold-back');
      const elsewhere = await save('article', text);
      assert.equal(await submit(elsewhere), 'checks-hold-back');
    });

    test('overruleFinding: an identity number is for a reviewer who wrote none of it', async () => {
      const text = article('<p>标准的例子：11010519491231002X。</p>');
      const saved = await save('article', text);
      const finding = await only('article', text);
      assert.equal(await overrule(saved, finding, writer), 'author-cannot-review');
      assert.equal(await overrule(saved, finding, colleague), 'permission-denied');
      const both = await save('article', text, approver);
      assert.equal(await overrule(both, finding, approver), 'author-cannot-review');
      assert.equal(await overrule(saved, finding, first), 'overruled');
      assert.equal(await submit(saved), 'submitted');
    });

    test('overruleFinding: nobody lets a page without its labels pass', async () => {
      const text = article('<p>正文。</p>', { source: 'null' });
      const saved = await save('article', text);
      const finding = await only('article', text);
      for (const by of [writer, first]) assert.equal(await overrule(saved, finding, by), 'not-overrulable');
    });

    test('overruleFinding: only what is there, as it was seen, and with a reason that names nobody’s number', async () => {
      const text = article('<p>获奖者张某，15400138016。</p>');
      const saved = await save('article', text);
      const finding = await only('article', text);
      assert.equal(await overrule(saved, { id: '0'.repeat(16) }, writer), 'not-found');
      assert.equal(await overrule({ ...saved, hash: '0'.repeat(64) }, finding, writer), 'hash-mismatch');
      assert.equal(await overrule(saved, finding, writer, '好'), 'invalid-input');
      assert.equal(await overrule(saved, finding, writer, '张某15400139000同意'), 'invalid-input');
    });

    test('overruleFinding: it is an event, and neither log nor table has the number', async () => {
      const text = article('<p>获奖者张某，15400138016。</p>');
      const saved = await save('article', text);
      const finding = await only('article', text);
      await overrule(saved, finding, writer, '获奖者要求公布');
      const kept = (await overrules(ledger.db, site)).find(({ item }) => item === saved.item);
      assert.deepEqual([kept?.shown, kept?.reason], ['154****8016', '获奖者要求公布']);
      const events = await ledger.db
        .selectFrom('event')
        .selectAll()
        .where('command', '=', 'overrule-finding')
        .execute();
      const told = events.map(({ payload }) => payload).join('\n');
      assert.match(told, /获奖者要求公布/);
      assert.doesNotMatch(told, /15400138016/);
    });

    test('withdrawOverrule: the finding counts again', async () => {
      const text = article('<p>获奖者张某，15400138016。</p>');
      const saved = await save('article', text);
      const finding = await only('article', text);
      await overrule(saved, finding, writer);
      const { revision, hash } = saved;
      await ledger.execute(proofreading.withdrawOverrule, writer, { revision, hash, finding: finding.id });
      assert.equal(await submit(saved), 'checks-hold-back');
      await assert.rejects(
        ledger.execute(proofreading.withdrawOverrule, writer, { revision, hash, finding: finding.id }),
        { code: 'not-found' },
      );
    });

    test('publishEmergency: a draft is held back as it would be at submission', async () => {
      const { revision, hash } = await save('article', article('<p>获奖者张某，15400138016。</p>'), approver);
      const input = { revision, hash, reason: '洪水漫过江堤，须立即告知。' };
      await assert.rejects(ledger.execute(revisions.publishEmergency, approver, input), { code: 'checks-hold-back' });
    });

    test('changeChecks: words, hosts and rules hold from the next text on; two people do not undo each other', async () => {
      const text = article('<p>临江巿的<a href="https://a.example.com/">报道全文</a></p>');
      const was = (await proofreading.settings()).hash;
      const settings = {
        ...noSettings,
        hosts: ['example.com'],
        words: [{ wrong: '临江巿', right: '临江市', severity: 'must' as const }],
        rules: { 'link-outside': { severity: 'off' as const } },
      };
      await ledger.execute(changeChecks, writer, { settings, was });
      assert.equal((await only('article', text)).suggestion, '临江市');
      assert.equal(await submit(await save('article', text)), 'checks-hold-back');
      await assert.rejects(ledger.execute(changeChecks, writer, { settings: noSettings, was }), {
        code: 'hash-mismatch',
      });
      await assert.rejects(ledger.execute(changeChecks, colleague, { settings: noSettings, was }), {
        code: 'permission-denied',
      });
      const events = ledger.db
        .selectFrom('event')
        .selectAll()
        .where('command', '=', 'change-checks')
        .orderBy('seq', 'desc');
      assert.match((await events.executeTakeFirst())?.payload ?? '', /"added":\[.*临江巿/);
    });

    test('submitRevision: a file is held back by what stands in it, its document is only told', async () => {
      const saved = await save('media', file);
      assert.equal(await submit(saved), 'checks-hold-back');
      const text = article(`<p>见<a href="media:${saved.item}">获奖名单</a></p>`);
      const [told] = await proofreading.outside({ kind: 'article', fields: text });
      assert.deepEqual(
        [told?.rule, told?.severity, told?.shown],
        ['phone-number', 'should', '名单：第 1 行 154****8016'],
      );
      const [own] = await proofreading.outside({ kind: 'media', item: saved.item, fields: file });
      assert.equal(await overrule(saved, own ?? assert.fail(), writer), 'overruled');
      assert.equal(await submit(saved), 'submitted');
      const unread = await proofreading.outside({ kind: 'media', fields: { ...file, hash: 'b'.repeat(64) } });
      assert.deepEqual(
        unread.map(({ rule, severity }) => [rule, severity]),
        [['file-unread', 'hint']],
      );
    });

    test('outside: links to what is not there, and links that do not answer', async () => {
      const { item } = await save('article', article('<p>还没有上线。</p>'));
      const askLinks = (hrefs: readonly string[]): Promise<Map<string, string | null>> =>
        Promise.resolve(new Map(hrefs.map((href) => [href, href.includes('gone') ? 'HTTP 404' : null])));
      const clock = (): Date => new Date('2026-11-28T13:00:00Z');
      const asking = createProofreading({ ledger, site, clock, hooks, readFile, askLinks });
      const links = ['item:nowhere', `item:${item}`, 'https://www.gov.cn/gone', 'https://www.gov.cn/', '/news/'];
      const body = `<p>${links.map((href) => `<a href="${href}">办事指南全文</a>`).join('、')}</p>`;
      const found = await asking.outside({ kind: 'article', fields: article(body) });
      assert.deepEqual(
        found.map(({ rule, shown }) => [rule, shown]),
        [
          ['link-dead', 'nowhere'],
          ['link-dead', 'https://www.gov.cn/gone'],
        ],
      );
    });

    test('outside: old news as new is found among what was submitted or is live, by another date', async () => {
      const { item, revision, hash } = await save(
        'article',
        article(story('去年冬天写的。'), { title: '旧稿', date: '2025-12-01 09:30' }),
      );
      const again = article(story('今年冬天又写。'));
      assert.deepEqual(await proofreading.outside({ kind: 'article', fields: again }), []);
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      const [found] = await proofreading.outside({ kind: 'article', fields: again });
      assert.deepEqual([found?.rule, found?.shown], ['old-news', '2025-12-01 旧稿']);
      assert.deepEqual(await proofreading.outside({ kind: 'article', item, fields: again }), []);
      const sameDay = article(story('今年冬天又写。'), { date: '2025-12-01 10:00' });
      assert.deepEqual(await proofreading.outside({ kind: 'article', fields: sameDay }), []);
      const saved = await save('article', again);
      const { hash: was } = await proofreading.settings();
      const settings = { ...noSettings, rules: { 'old-news': { severity: 'must' as const } } };
      await ledger.execute(changeChecks, writer, { settings, was });
      assert.equal(await submit(saved), 'checks-hold-back');
      assert.equal(await overrule(saved, found ?? assert.fail(), writer, '每年发布一次'), 'overruled');
      assert.equal(await submit(saved), 'submitted');
    });

    test('keepMissingPrints: what went live before there were prints', async () => {
      const { item, revision, hash } = await save(
        'article',
        article(story('没有指纹的时候写的，讲的是另一座桥。'.repeat(9)), { date: '2024-01-01 08:00' }),
      );
      await ledger.execute(revisions.submitRevision, writer, { revision, hash });
      const people = { first, second: person('二', 'second-reviewer'), final: person('三', 'final-approver') } as const;
      for (const [stage, by] of Object.entries(people))
        await ledger.execute(revisions.reviewRevision, by, { revision, hash, stage, decision: 'approve' });
      await ledger.db
        .withTables<{ text_print: { item: string } }>()
        .deleteFrom('text_print')
        .where('item', '=', item)
        .execute();
      assert.equal(await proofreading.keepMissingPrints(), 1);
      assert.equal(await proofreading.keepMissingPrints(), 0);
    });

    test('keepPrint: side by side none fails, and one print is kept', async () => {
      const fields = article(story('两处同时记下的，是同一篇。'));
      const { item } = await save('article', fields);
      const text = { item, number: 1, kind: 'article', fields } as const;
      await Promise.all(
        Array.from({ length: 8 }, () => ledger.db.transaction().execute((tx) => keepPrint(tx, site, text))),
      );
      const bands = await ledger.db
        .withTables<ProofreadingTables>()
        .selectFrom('text_band')
        .select('band')
        .where('item', '=', item)
        .execute();
      assert.equal(bands.length, 8);
    });
  });
}
