/** Every role, for the site and for a part of it, tries every command; what is refused leaves nothing but its line. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createWorkingDays } from '@chengmen/calendar';
import { findingId, noSettings, type Found } from '@chengmen/checks';
import {
  contentHooks,
  contentMigrations,
  createHolds,
  decideIntake,
  endIntake,
  handOverIntake,
  holds as allHolds,
  intakeBook,
  openIntake,
  relinkDraft,
  reportIntake,
  remapIntake,
  resumeIntake,
  type BookedPage,
  takeIn,
  takeInFile,
} from '@chengmen/content';
import {
  createAccount,
  endSession,
  grantRole,
  identityMigrations,
  resetPassword,
  resetSecondFactor,
  revokeRole,
  revokeSessions,
  systemActor,
} from '@chengmen/identity';
import { answerLetter, citizenActor, interactionMigrations, submitLetter } from '@chengmen/interaction';
import type { Command, Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, roles, subtreeRoles, type Actor, type Kind, type Role } from '@chengmen/model';
import { noticeMigrations } from '@chengmen/notices';
import {
  changeChecks,
  checkSettingsOf,
  overruleFinding,
  proofreadingHooks,
  proofreadingMigrations,
  withdrawOverrule,
} from '@chengmen/proofreading';
import { createRevisions, itemHistory, revisionMigrations, schedules } from '@chengmen/revision';
import { CompiledQuery, sql } from 'kysely';
import { site as siteItem } from '../apps/chengmen/src/demo/site.ts';

const chain: readonly Role[] = ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'channel-editor'];

/**
 * Who may do what, written down a second time and by hand: `site` for the whole site only, `part` also for those whose role is
 * held for the channels concerned, `anywhere` whatever part they are held for. Everything else must be refused.
 */
const rights: Record<string, { readonly who: readonly Role[]; readonly how: 'site' | 'part' | 'anywhere' }> = {
  'save-draft of an article': { who: ['writer'], how: 'part' },
  'save-draft of a picture': { who: ['writer'], how: 'part' },
  'save-draft of a channel': { who: ['channel-editor'], how: 'part' },
  'save-draft of the site settings': { who: ['channel-editor'], how: 'site' },
  'save-draft of the home page': { who: ['channel-editor'], how: 'site' },
  'save-draft of a redirect': { who: ['channel-editor'], how: 'site' },
  'hold-item': { who: ['writer'], how: 'part' },
  'hold-item of a channel': { who: ['channel-editor'], how: 'part' },
  'keep-writing': { who: ['writer'], how: 'part' },
  'submit-revision': { who: ['writer'], how: 'part' },
  'submit-revision of a channel': { who: ['channel-editor'], how: 'part' },
  'review-revision first': { who: ['first-reviewer'], how: 'part' },
  'review-revision second': { who: ['second-reviewer'], how: 'part' },
  'review-revision final': { who: ['final-approver'], how: 'part' },
  'comment-passage': { who: chain, how: 'part' },
  'resolve-comment of another': { who: ['writer'], how: 'part' },
  'resolve-comment of one’s own': { who: chain, how: 'part' },
  'note-opening': { who: [...chain, 'operator', 'auditor'], how: 'anywhere' },
  'note-preview': { who: chain, how: 'part' },
  'change-review-times': { who: ['channel-editor'], how: 'site' },
  'publish-emergency': { who: ['final-approver'], how: 'part' },
  'withdraw-item': { who: ['final-approver'], how: 'part' },
  'schedule-withdrawal': { who: ['final-approver'], how: 'part' },
  'change-schedule': { who: ['final-approver'], how: 'part' },
  'cancel-schedule': { who: ['final-approver'], how: 'part' },
  'carry-out-schedule': { who: ['operator'], how: 'site' },
  'take-in': { who: ['writer', 'operator'], how: 'site' },
  'open-intake': { who: ['writer', 'operator'], how: 'site' },
  'decide-intake': { who: ['writer', 'operator'], how: 'site' },
  'hand-over-intake': { who: ['writer', 'operator'], how: 'site' },
  'report-intake': { who: ['writer', 'operator'], how: 'site' },
  'resume-intake': { who: ['writer', 'operator'], how: 'site' },
  'remap-intake': { who: ['writer', 'operator'], how: 'site' },
  'end-intake': { who: ['writer', 'operator'], how: 'site' },
  'take-in-file': { who: ['writer', 'operator'], how: 'site' },
  'relink-draft': { who: ['writer', 'operator'], how: 'site' },
  'overrule-finding of a word': { who: ['writer', 'first-reviewer', 'second-reviewer', 'final-approver'], how: 'part' },
  'overrule-finding of an identity number': {
    who: ['first-reviewer', 'second-reviewer', 'final-approver'],
    how: 'part',
  },
  'withdraw-overrule': { who: ['writer', 'first-reviewer', 'second-reviewer', 'final-approver'], how: 'part' },
  'change-checks': { who: ['channel-editor'], how: 'site' },
  'ask-roll-back': { who: ['final-approver', 'operator'], how: 'site' },
  'confirm-roll-back': { who: ['final-approver', 'operator'], how: 'site' },
  'ask-resume': { who: ['final-approver', 'operator'], how: 'site' },
  'confirm-resume': { who: ['final-approver', 'operator'], how: 'site' },
  'drop-hold-request': { who: ['final-approver', 'operator'], how: 'site' },
  // The command line's.
  'hold-alone': { who: ['operator'], how: 'site' },
  'resume-alone': { who: ['operator'], how: 'site' },
  'answer-letter': { who: ['writer'], how: 'site' },
  'create-account': { who: ['security-administrator'], how: 'site' },
  'grant-role': { who: ['security-administrator'], how: 'site' },
  'revoke-role': { who: ['security-administrator'], how: 'site' },
  'reset-password': { who: ['security-administrator'], how: 'site' },
  'revoke-sessions': { who: ['security-administrator'], how: 'site' },
  'reset-second-factor': { who: ['security-administrator'], how: 'site' },
  'end-session of another': { who: ['security-administrator'], how: 'site' },
  // From the street, without an account.
  'submit-letter': { who: roles, how: 'part' },
};

/** What somebody of another site may do with the same input: it is about their own. */
const doneElsewhere: readonly string[] = [
  'save-draft of a channel',
  'save-draft of the site settings',
  'save-draft of the home page',
  'save-draft of a redirect',
  'hold-item',
  'hold-item of a channel',
  'keep-writing',
  'change-review-times',
  'open-intake',
  'relink-draft',
  'ask-roll-back',
  'hold-alone',
  'create-account',
  'submit-letter',
];

/** Commands no other room can reach, most of them about oneself; tested in their own. */
const inside = [
  'add-passkey',
  'add-site',
  'change-password',
  'choose-notices',
  'drop-writing',
  'enrol-totp',
  'fail-schedule',
  'give-totp',
  'leave-item',
  'link-oidc',
  'publish-standing',
  'remove-passkey',
  'remove-totp',
  'renew-recovery-codes',
  'sign-in',
  'unlink-oidc',
  'use-recovery-code',
];

const site = 'linjiang';
const clock = { now: new Date('2026-11-20T00:00:00Z') };
const actor = (account: string, ...held: Role[]): Actor => ({ account, name: account, site, roles: held });
const people = {
  writer: actor('w', 'writer', 'channel-editor'),
  first: actor('r1', 'first-reviewer'),
  second: actor('r2', 'second-reviewer'),
  final: actor('r3', 'final-approver'),
};
const stages = ['first', 'second', 'final'] as const;

const document = (channel: string): object => ({
  title: '一篇',
  channel,
  date: '2026-11-20 09:30',
  source: '临江市数据局',
  body: '<p>正文。</p>',
});
const channel = (segment: string, parent: string | null): object => ({
  name: segment,
  segment,
  parent,
  position: 1,
  type: '政务动态',
  description: '栏目',
  keywords: ['栏目'],
  layout: 'list',
  navigation: true,
});
const picture = (owner: string): object => ({
  title: '图',
  owner,
  hash: 'a'.repeat(64),
  type: 'image/png',
  alt: '江堤',
  size: 10,
});
const settings = siteItem.fields;

/** Of the rule for words, and of the one for numbers, which goes by the masked form. */
const wordFound: Found = { rule: 'word', field: 'title', quote: '截止目前', offset: 0, zh: '', en: '' };
const numberFound: Found = { ...wordFound, rule: 'id-number', shown: '110105********002X' };

interface Attempt {
  readonly command: Command<never, unknown>;
  readonly input: unknown;
}

// Rights are the same on every engine, and what is asked of the database for them is tested on each elsewhere: the fastest will do.
for (const engine of testLedgers().slice(-1)) {
  describe(`role matrix on ${engine.engine}`, () => {
    let ledger: Ledger;
    const readFile = () => Promise.resolve(undefined);
    const hooks = [...contentHooks, ...proofreadingHooks(readFile)];
    const revisions = createRevisions(hooks);
    const overrule = overruleFinding({ hooks, readFile });
    const letters = submitLetter(createWorkingDays());
    const execute = <R>(command: Command<never, R>, by: Actor, input: unknown): Promise<R> =>
      ledger.execute(command, by, input);

    /** An item written by this account and taken as far as asked. */
    const written = async (
      kind: Kind,
      fields: object,
      upTo: 'draft' | 'submitted' | 'first' | 'second' | 'live' | 'scheduled',
      author = people.writer,
    ): Promise<{ item: string; revision: string; hash: string }> => {
      const item = `i-${randomUUID().slice(0, 13)}`;
      const saved = await ledger.execute(revisions.saveDraft, author, { item, kind, fields });
      const { revision, hash } = saved;
      if (upTo === 'draft') return saved;
      await ledger.execute(revisions.submitRevision, author, { revision, hash });
      const passed = { submitted: 0, first: 1, second: 2, live: 3, scheduled: 3 }[upTo];
      for (const stage of stages.slice(0, passed))
        await ledger.execute(revisions.reviewRevision, people[stage], {
          ...{ revision, hash, stage, decision: 'approve' },
          ...(upTo === 'scheduled' && stage === 'final' ? { publishAt: '2027-01-01T00:00:00Z' } : {}),
        });
      return saved;
    };
    const scheduled = async (place: string): Promise<number> => {
      const { item } = await written('article', document(place), 'scheduled');
      return (await schedules(ledger.db, site, item))[0]?.id ?? 0;
    };
    const remark = async (place: string): Promise<object> => ({
      ...bound(await written('article', document(place), 'submitted')),
      ...{ field: 'body', quote: '正文', place: 0, remark: '请核对。' },
    });
    const holds = createHolds({ rootOf: (release) => Promise.resolve(`${release}`.repeat(64)) });
    const reason = '首页被篡改，先退回。';
    /** A hold as far as asked, and no other. */
    const holding = async (upTo: 'none' | 'asked' | 'held' | 'ending'): Promise<{ hold: number; asked: string }> => {
      await sql`delete from release_hold`.execute(ledger.db);
      if (upTo === 'none') return { hold: 0, asked: '' };
      const asker = actor('asker', 'operator');
      const { hold } = await ledger.execute(holds.askRollBack, asker, { release: 1, reason });
      if (upTo !== 'asked') await ledger.execute(holds.confirmRollBack, people.final, { hold });
      if (upTo === 'ending') await ledger.execute(holds.askResume, asker, { hold, reason });
      return { hold, asked: (await allHolds(ledger.db, site))[0]?.resume?.at ?? '' };
    };
    let times = 1;
    const made = new Map<string, string>();
    /** One for each command: only who may changes anything about it. */
    const account = async (of: string): Promise<string> => {
      const known = made.get(of);
      if (known !== undefined) return known;
      const { account: fresh } = await ledger.execute(createAccount, systemActor(site), {
        username: `u${randomUUID().slice(0, 8)}`,
        name: '某',
        grants: [{ role: 'writer' }],
      });
      made.set(of, fresh);
      return fresh;
    };
    const as = (by: Actor): Actor => ({ ...by, roles: ['writer', 'channel-editor', 'operator'], within: [] });
    const take = (place: string): object => ({
      kind: 'article',
      fields: document(place),
      receivedHash: randomUUID().replaceAll('-', '').padEnd(64, '0'),
      name: '旧页.html',
      mender: 'test',
      plan: [],
      alarms: [],
      decisions: [],
    });

    /** An attempt that would succeed for somebody, on what stands in `place`; `by` is who will make it. */
    const attempts: Record<string, (place: string, by: Actor) => Promise<Attempt>> = {
      'save-draft of an article': (place) => attempt(revisions.saveDraft, { kind: 'article', fields: document(place) }),
      'save-draft of a picture': (place) => attempt(revisions.saveDraft, { kind: 'media', fields: picture(place) }),
      'save-draft of a channel': (place) =>
        attempt(revisions.saveDraft, { kind: 'channel', fields: channel(`c${randomUUID().slice(0, 8)}`, place) }),
      'save-draft of the site settings': () =>
        attempt(revisions.saveDraft, { item: 'site', kind: 'site', fields: settings }),
      'save-draft of the home page': () =>
        attempt(revisions.saveDraft, { item: 'home-page', kind: 'home', fields: { blocks: [{ show: 'focus' }] } }),
      'save-draft of a redirect': () =>
        attempt(revisions.saveDraft, {
          kind: 'redirect',
          fields: { from: `/art/${randomUUID()}.html`, to: 'site' },
        }),
      'hold-item': async (place) => {
        const { item } = await written('article', document(place), 'draft');
        return attempt(revisions.holdItem, { item, kind: 'article', tab: randomUUID() });
      },
      'hold-item of a channel': async (place) => {
        const { item } = await written('channel', channel(`c${randomUUID().slice(0, 8)}`, place), 'draft');
        // What the window says the item is does not count.
        return attempt(revisions.holdItem, { item, kind: 'article', tab: randomUUID() });
      },
      'keep-writing': async (place) => {
        const { item } = await written('article', document(place), 'draft');
        const typed = { title: '写到一半' };
        const window = { item, kind: 'article', tab: randomUUID() };
        return attempt(revisions.keepWriting, { ...window, base: null, typed, typedAt: '2026-11-20T00:00:00.000Z' });
      },
      'submit-revision': async (place, by) =>
        attempt(revisions.submitRevision, bound(await written('article', document(place), 'draft', as(by)))),
      'submit-revision of a channel': async (place, by) => {
        const fields = channel(`c${randomUUID().slice(0, 8)}`, place);
        return attempt(revisions.submitRevision, bound(await written('channel', fields, 'draft', as(by))));
      },
      ...Object.fromEntries(
        (['submitted', 'first', 'second'] as const).map((state, index) => [
          `review-revision ${stages[index] ?? ''}`,
          async (place: string) => {
            const seen = bound(await written('article', document(place), state));
            return attempt(revisions.reviewRevision, { ...seen, stage: stages[index], decision: 'approve' });
          },
        ]),
      ),
      'comment-passage': async (place) => attempt(revisions.commentPassage, await remark(place)),
      'resolve-comment of another': async (place) => {
        const { comment } = await ledger.execute(revisions.commentPassage, people.first, await remark(place));
        return attempt(revisions.resolveComment, { comment, answer: '已改' });
      },
      'resolve-comment of one’s own': async (place, by) => {
        const own = { ...by, roles: ['first-reviewer'] as const, within: [] };
        const { comment } = await ledger.execute(revisions.commentPassage, own, await remark(place));
        return attempt(revisions.resolveComment, { comment });
      },
      'note-opening': async (place) =>
        attempt(revisions.noteOpening, bound(await written('article', document(place), 'submitted'))),
      'note-preview': async (place) =>
        attempt(revisions.notePreview, {
          ...bound(await written('article', document(place), 'submitted')),
          page: 'a'.repeat(64),
        }),
      'change-review-times': () =>
        attempt(revisions.changeReviewTimes, { first: 2, second: 1, final: 1, rewrite: (times += 1) }),
      'publish-emergency': async (place) => {
        const seen = bound(await written('article', document(place), 'submitted'));
        return attempt(revisions.publishEmergency, { ...seen, reason: '洪水漫过江堤，须立即告知。' });
      },
      'withdraw-item': async (place) => {
        const { item } = await written('article', document(place), 'live');
        return attempt(revisions.withdrawItem, { item, reason: '有误' });
      },
      'schedule-withdrawal': async (place) => {
        const { item } = await written('article', document(place), 'live');
        return attempt(revisions.scheduleWithdrawal, { item, reason: '有误', at: '2027-01-01T00:00:00Z' });
      },
      'change-schedule': async (place) =>
        attempt(revisions.changeSchedule, { id: await scheduled(place), at: '2027-02-01T00:00:00Z' }),
      'cancel-schedule': async (place) =>
        attempt(revisions.cancelSchedule, { id: await scheduled(place), reason: '推迟' }),
      'carry-out-schedule': async (place) => {
        const id = await scheduled(place);
        await ledger.execute(revisions.changeSchedule, people.final, { id });
        return attempt(revisions.carryOutSchedule, { id });
      },
      'take-in': (place) => attempt(takeIn(revisions), take(place)),
      'open-intake': () => attempt(openIntake, intakeRun),
      'decide-intake': async () => {
        const run = await intakeOf('read');
        return attempt(decideIntake, { run, page: receivedHash, choices: [{ at: 3, length: 1, refuse: true }] });
      },
      'hand-over-intake': async () => attempt(handOverIntake, { run: await intakeOf('read'), submit: true }),
      'report-intake': async () => attempt(reportIntake, { run: await intakeOf('read') }),
      'resume-intake': async () => attempt(resumeIntake, { run: await intakeOf('failed') }),
      'remap-intake': async () => attempt(remapIntake, { run: await intakeOf('read'), channels: [], channel: 'news' }),
      'end-intake': async () => attempt(endIntake, { run: await intakeOf('read') }),
      'take-in-file': () =>
        attempt(takeInFile(revisions), { item: `f-${randomUUID().slice(0, 13)}`, fields: { ...picture('news') } }),
      'relink-draft': async (place, by) => {
        const body = '<p><a href="item:services">去处</a></p>';
        const { item } = await written('article', { ...document(place), body }, 'draft', as(by));
        return attempt(relinkDraft(revisions), { item, moves: { services: 'news' } });
      },
      'overrule-finding of a word': async (place) =>
        attempt(overrule, {
          ...bound(await written('article', { ...document(place), title: '截止目前' }, 'draft')),
          ...{ finding: findingId(wordFound), reason: '引用原文' },
        }),
      'overrule-finding of an identity number': async (place) =>
        attempt(overrule, {
          ...bound(await written('article', { ...document(place), title: '11010519491231002X' }, 'draft')),
          ...{ finding: findingId(numberFound), reason: '标准里的例子' },
        }),
      'withdraw-overrule': async (place) => {
        const seen = bound(await written('article', { ...document(place), title: '截止目前' }, 'draft'));
        const finding = findingId(wordFound);
        await ledger.execute(overrule, people.first, { ...seen, finding, reason: '引用原文' });
        return attempt(withdrawOverrule(hooks), { ...seen, finding });
      },
      'change-checks': async () => {
        const kept = await checkSettingsOf(ledger.db, site);
        const words = [{ wrong: randomUUID().slice(0, 8), right: '对' }];
        return attempt(changeChecks, { settings: { ...noSettings, words }, was: kept.hash });
      },
      'ask-roll-back': async () => {
        await holding('none');
        return attempt(holds.askRollBack, { release: 2, reason });
      },
      'confirm-roll-back': async () => attempt(holds.confirmRollBack, { hold: (await holding('asked')).hold }),
      'ask-resume': async () => attempt(holds.askResume, { hold: (await holding('held')).hold, reason }),
      'confirm-resume': async () => attempt(holds.confirmResume, await holding('ending')),
      'drop-hold-request': async () =>
        attempt(holds.dropHoldRequest, { hold: (await holding('asked')).hold, what: 'roll-back' }),
      'hold-alone': async () => {
        await holding('asked');
        return attempt(holds.holdAlone, { release: 2, reason });
      },
      'resume-alone': async () => {
        await holding('held');
        return attempt(holds.resumeAlone, { reason });
      },
      'answer-letter': async () => {
        const { reference } = await ledger.execute(letters, citizenActor(site), letter);
        return attempt(answerLetter, { reference, department: '数据局', answer: '已办。' });
      },
      'submit-letter': () => attempt(letters, letter),
      'create-account': () =>
        attempt(createAccount, {
          username: `n${randomUUID().slice(0, 8)}`,
          name: '新',
          grants: [{ role: 'writer' }],
        }),
      'grant-role': async () => attempt(grantRole, { account: await account('grant-role'), role: 'channel-editor' }),
      'revoke-role': async () => attempt(revokeRole, { account: await account('revoke-role'), role: 'writer' }),
      'reset-password': async () => attempt(resetPassword, { account: await account('reset-password') }),
      'reset-second-factor': async () => attempt(resetSecondFactor, { account: await account('reset-second-factor') }),
      'end-session of another': async () => {
        const of = await account('end-session');
        const session = randomUUID();
        await sql`insert into identity_session (id, "expiresAt", token, "updatedAt", "userId") values (${session}, '2999-01-01', ${session}, now(), ${of})`.execute(
          ledger.db,
        );
        return attempt(endSession, { session });
      },
      'revoke-sessions': async () => attempt(revokeSessions, { account: await account('revoke-sessions') }),
    };

    /** A run with one page, as far as asked. */
    const intakeOf = async (state: 'read' | 'failed'): Promise<number> => {
      const { run } = await ledger.execute(openIntake, people.writer, intakeRun);
      const book = intakeBook(ledger.db, site);
      await book.put(run, readPage);
      await book.change(run, { state });
      return run;
    };

    before(async () => {
      ledger = await engine.open({
        migrations: [
          ...[...revisionMigrations, ...contentMigrations, ...identityMigrations, ...interactionMigrations],
          ...proofreadingMigrations,
          ...noticeMigrations,
        ],
        clock: () => clock.now,
      });
      for (const [item, parent] of [
        ['news', null],
        ['headlines', 'news'],
        ['services', null],
      ] as const) {
        const saved = await ledger.execute(revisions.saveDraft, people.writer, {
          ...{ item, kind: 'channel' },
          fields: channel(item, parent),
        });
        await ledger.execute(revisions.submitRevision, people.writer, bound(saved));
        for (const stage of stages)
          await ledger.execute(revisions.reviewRevision, people[stage], {
            ...{ ...bound(saved), stage, decision: 'approve' },
          });
      }
    });
    after(() => ledger.close());

    test('every command of the rooms stands in the matrix', () => {
      const packages = join(import.meta.dirname, '..', 'packages');
      const named = readdirSync(packages).flatMap((room) => {
        const folder = join(packages, room, 'src', 'commands');
        return filesIn(folder).flatMap((file) => [
          ...readFileSync(join(folder, file), 'utf8').matchAll(/^ +name: '([a-z-]+)',$/gm),
        ]);
      });
      const names = [...new Set(named.map(([, name = '']) => name))].sort();
      const tried = new Set(Object.keys(rights).map((each) => each.split(' ')[0]));
      assert.deepEqual(
        names.filter((name) => !tried.has(name)),
        inside,
      );
      assert.deepEqual(Object.keys(attempts).sort(), Object.keys(rights).sort());
    });

    for (const [name, { who, how }] of Object.entries(rights)) {
      test(`${name}: allowed and refused, for the site, in the part and outside it; a refusal changes nothing and is recorded`, async () => {
        const make = attempts[name] ?? assert.fail(name);
        // No role at all, each role for the whole site, each role that can be for `news` and what is below it.
        const everybody: { by: Actor; place: string; allowed: boolean }[] = [
          { by: actor('nobody'), place: 'headlines', allowed: who === roles },
          ...roles.map((role) => ({ by: actor(`all-${role}`, role), place: 'headlines', allowed: who.includes(role) })),
          ...subtreeRoles.flatMap((role) =>
            (['headlines', 'news', 'services'] as const).map((place) => ({
              by: { ...actor(`part-${role}`), within: [{ role, channel: 'news' }] },
              place,
              allowed:
                who === roles ||
                (who.includes(role) && (how === 'anywhere' || (how === 'part' && place !== 'services'))),
            })),
          ),
        ];
        for (const { by, place, allowed } of everybody) {
          const about = `${name} by ${by.account} in ${place}`;
          const { command, input } = await make(place, by);
          const [was, line] = [await everything(ledger), await lastRefusal(ledger)];
          const code = await execute(command, by, input).then(
            () => 'done',
            (error: unknown) => (error instanceof ChengmenError ? error.code : String(error)),
          );
          assert.equal(code, allowed ? 'done' : 'permission-denied', about);
          const [is, refusal] = [await everything(ledger), await lastRefusal(ledger)];
          if (allowed) {
            // Ending sessions nobody has is an event too: it was asked for.
            assert.notEqual(is, was, about);
            continue;
          }
          assert.equal(is, was, `${about} left something behind`);
          assert.notEqual(refusal.id, line.id, about);
          assert.deepEqual(
            [refusal.account, refusal.command, refusal.code],
            [by.account, command.name, 'permission-denied'],
          );
        }
      });
    }

    test('another site: every role held there, by whatever id, changes nothing here', async () => {
      const far = (role: Role): Actor => ({ ...actor(`far-${role}`, role), site: 'liuwan' });
      const here = (): Promise<string> => everything(ledger, { site, but: ['identity_user', 'identity_account'] });
      const done: string[] = [];
      // Whoever changes the checks says what they were; so that they are others here than where there are none.
      const checks = await (attempts['change-checks'] ?? assert.fail())('headlines', actor('checks', 'channel-editor'));
      await execute(checks.command, actor('checks', 'channel-editor'), checks.input);
      for (const [name, { who }] of Object.entries(rights)) {
        const make = attempts[name] ?? assert.fail(name);
        const by = far(who[0] ?? assert.fail(name));
        // Made as if they were of this site: the ids are those somebody here would name.
        const { command, input } = await make('headlines', { ...by, site });
        const was = await here();
        const refused = await execute(command, by, input).then(
          () => undefined,
          (error: unknown) => (error instanceof ChengmenError ? error.code : String(error)),
        );
        assert.equal(await here(), was, name);
        if (refused === undefined) done.push(name);
        else assert.match(refused, /^[a-z-]+$/, name);
      }
      // What names nothing is done on their own site; so is what names an item nobody has there.
      assert.deepEqual(done, doneElsewhere);
    });

    test('save-draft: nobody moves an item out of a part that is not theirs, nor into one', async () => {
      const mine: Actor = { ...actor('part'), within: [{ role: 'writer', channel: 'news' }] };
      for (const [from, to] of [
        ['services', 'headlines'],
        ['headlines', 'services'],
      ] as const)
        for (const upTo of ['draft', 'live'] as const) {
          const { item } = await written('article', document(from), upTo);
          const moving = ledger.execute(revisions.saveDraft, mine, { item, kind: 'article', fields: document(to) });
          await assert.rejects(moving, { code: 'permission-denied' }, `${from} to ${to}, ${upTo}`);
          assert.equal((await itemHistory(ledger.db, site, item)).length, 1);
        }
    });

    test('review-revision: a revision that would move an item needs a reviewer of both places', async () => {
      const { item } = await written('article', document('services'), 'live');
      const moved = await ledger.execute(revisions.saveDraft, people.writer, {
        ...{ item, kind: 'article', fields: document('headlines') },
      });
      await ledger.execute(revisions.submitRevision, people.writer, bound(moved));
      const review = (channels: string[]): Promise<unknown> =>
        ledger.execute(
          revisions.reviewRevision,
          { ...actor('both'), within: channels.map((one) => ({ role: 'first-reviewer' as const, channel: one })) },
          { ...bound(moved), stage: 'first', decision: 'approve' },
        );
      await assert.rejects(review(['news']), { code: 'permission-denied' });
      await assert.rejects(review(['services']), { code: 'permission-denied' });
      await review(['services', 'news']);
    });

    test('save-draft: a channel editor of a part renames their channel, and moves it nowhere', async () => {
      const mine: Actor = { ...actor('part'), within: [{ role: 'channel-editor', channel: 'news' }] };
      const save = (fields: object): Promise<unknown> =>
        ledger.execute(revisions.saveDraft, mine, { item: 'news', kind: 'channel', fields });
      await save({ ...channel('news', null), name: '新闻' });
      await assert.rejects(save(channel('news', 'services')), { code: 'permission-denied' });
      const below = { item: 'headlines', kind: 'channel', fields: channel('headlines', null) };
      await assert.rejects(ledger.execute(revisions.saveDraft, mine, below), { code: 'permission-denied' });
    });
  });
}

const receivedHash = 'c'.repeat(64);
const intakeRun = { name: '旧页', place: { folder: 'old' }, mapping: null, channel: 'news' };
const readPage: BookedPage = {
  ...{ number: 1, name: '1.html', address: null, received_hash: receivedHash, title: '一', channel: 'news' },
  verdict: 'gaps',
  ...{ proved: 0, accepted: 0, undecided: 1, lost: 0, stated: 0, alarms: 0 },
  state: 'read',
  ...{ alarm_kinds: '[]', missing: '[]', notes: '[]', item: null, nearly: null, problem: null },
  ...{ stale: false, account: null, submit: false },
};

const letter = { kind: 'suggestion', subject: '建议', body: '早点开门。', sender: '市民' };

function attempt<I, R>(command: Command<I, R>, input: unknown): Promise<Attempt> {
  return Promise.resolve({ command: command as unknown as Command<never, unknown>, input });
}

function bound({ revision, hash }: { revision: string; hash: string }): { revision: string; hash: string } {
  return { revision, hash };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  } catch {
    return [];
  }
}

/**
 * How many rows each table but that of refusals has, and which transaction wrote last in it: no row can come, go or change
 * without one of the two being another. Of one site, and of no site alone, where it is named.
 */
async function everything(
  ledger: Ledger,
  only?: { readonly site: string; readonly but: readonly string[] },
): Promise<string> {
  const names = await (tables.get(ledger) ?? tablesOf(ledger));
  const parts = names
    .filter(({ name }) => only?.but.includes(name) !== true)
    .map(({ name, sited }) => {
      const where = only && sited ? ` where site = '${only.site}'` : '';
      return `(select count(*) || '/' || coalesce(max(xmin::text::bigint), 0) from "${name}"${where})`;
    });
  const [row] = await rowsOf<{ all: string }>(ledger, `select concat_ws(' ', ${parts.join(', ')}) as all`);
  return row?.all ?? '';
}

interface Table {
  readonly name: string;
  /** Whether its rows are of a site each. */
  readonly sited: boolean;
}

/** What the schema has takes longer to ask than what stands in it, and no command alters it. */
const tables = new WeakMap<Ledger, Promise<readonly Table[]>>();

function tablesOf(ledger: Ledger): Promise<readonly Table[]> {
  const asked = rowsOf<Table>(
    ledger,
    `select table_name as name, exists (select from information_schema.columns c
       where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'site') as sited
     from information_schema.tables t
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'refusal' order by 1`,
  );
  tables.set(ledger, asked);
  return asked;
}

async function lastRefusal(ledger: Ledger): Promise<{ id: number; account: string; command: string; code: string }> {
  const [row] = await rowsOf<{ id: number; account: string; command: string; code: string }>(
    ledger,
    'select id, account, command, code from refusal order by id desc limit 1',
  );
  return row ?? { id: 0, account: '', command: '', code: '' };
}

async function rowsOf<T>(ledger: Ledger, text: string): Promise<readonly T[]> {
  return (await ledger.db.executeQuery<T>(CompiledQuery.raw(text))).rows as readonly T[];
}
