import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifyEvents, type Command, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import {
  canonicalJson,
  ChengmenError,
  reviewStages,
  roles,
  sha256,
  stages,
  type Actor,
  type ErrorCode,
  type ItemId,
  type ReviewStage,
  type Role,
} from '@chengmen/model';
import {
  countWaiting,
  createRevisions,
  itemHistory,
  itemState,
  newestRevisions,
  rehearseApproval,
  revisionById,
  revisionMigrations,
  waitingFor,
  type KindHooks,
  type RevisionTables,
  type SavedDraft,
} from './index.ts';

const site = 'linjiang';
const person = (account: string, ...held: Role[]): Actor => ({ account, name: `名${account}`, site, roles: held });
const writer: Actor = { ...person('writer', 'writer'), roles: ['writer', 'channel-editor'] };
const reviewers: Record<ReviewStage, Actor> = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const all = person('all', ...roles);

const fields = (title: string): Record<string, unknown> => ({
  title,
  channel: 'headlines',
  date: '2026-11-20 09:30',
  source: '临江市数据局',
  body: `<p>${title}</p>`,
});

const refused = (code: ErrorCode) => (error: unknown) => error instanceof ChengmenError && error.code === code;

/** What the hooks of the test were asked, and whether they refuse. */
const seen: string[] = [];
let refuseAt: 'draft' | 'final' | 'live' | 'withdrawn' | undefined;
const no = (): never => {
  throw new ChengmenError('address-taken', { path: '/', by: 'other' });
};
const hooks: KindHooks = {
  kinds: ['article'],
  check: (_context, { item, number }, phase) => {
    seen.push(`check ${phase} ${item}.${number}`);
    return refuseAt === phase ? no() : Promise.resolve();
  },
  whenLive: (_context, { item, number }) => {
    seen.push(`live ${item}.${number}`);
    return refuseAt === 'live' ? no() : Promise.resolve([`beside-${item}`]);
  },
  whenWithdrawn: (_context, { item }) => (refuseAt === 'withdrawn' ? no() : Promise.resolve([`beside-${item}`])),
};
const { saveDraft, submitRevision, reviewRevision, withdrawItem } = createRevisions([hooks]);

for (const engine of testLedgers())
  describe(`revision on ${engine.engine}`, () => {
    let ledger: Ledger;
    let now = Date.parse('2026-11-20T01:00:00Z');
    before(async () => {
      ledger = await engine.open({ migrations: revisionMigrations, clock: () => new Date((now += 1000)) });
    });
    after(() => ledger.close());

    const save = (item: ItemId, title = item, by = writer): Promise<SavedDraft> =>
      ledger.execute(saveDraft, by, { item, kind: 'article', fields: fields(title) });
    const submit = ({ revision, hash }: SavedDraft, by = writer): Promise<unknown> =>
      ledger.execute(submitRevision, by, { revision, hash });
    const approve = (stage: ReviewStage, { revision, hash }: SavedDraft, by = reviewers[stage]): Promise<unknown> =>
      ledger.execute(reviewRevision, by, { revision, hash, stage, decision: 'approve' });
    /** A revision that waits for this stage, or is live. */
    const upTo = async (item: ItemId, stage: ReviewStage | 'live', title = item): Promise<SavedDraft> => {
      const draft = await save(item, title);
      await submit(draft);
      for (const each of reviewStages) {
        if (each === stage) break;
        await approve(each, draft);
      }
      return draft;
    };
    const stateOf = async ({ revision }: SavedDraft): Promise<string | undefined> =>
      (await revisionById(ledger.db, site, revision))?.state;
    const everything = async (): Promise<unknown> => {
      const db = ledger.db.withTables<RevisionTables>();
      const [items, revisions, reviews, events, outbox] = await Promise.all([
        db.selectFrom('item').selectAll().orderBy('id').execute(),
        db.selectFrom('revision').selectAll().orderBy('item').orderBy('number').execute(),
        db.selectFrom('review').selectAll().orderBy('item').orderBy('number').orderBy('stage').execute(),
        db.selectFrom('event').selectAll().orderBy('seq').execute(),
        db.selectFrom('outbox').selectAll().orderBy('seq').orderBy('item').execute(),
      ]);
      return { items, revisions, reviews, events, outbox };
    };
    const refusals = async (): Promise<string[]> =>
      (await ledger.db.selectFrom('refusal').selectAll().orderBy('id').execute()).map(
        ({ account, command, code }) => `${account} ${command} ${code}`,
      );
    /** The command is refused by this name, leaves its audit line, and nothing else. */
    const refuses = async <I, R>(code: ErrorCode, command: Command<I, R>, by: Actor, input: unknown): Promise<void> => {
      const [state, lines] = [await everything(), await refusals()];
      await assert.rejects(ledger.execute(command, by, input), refused(code));
      assert.deepEqual(await everything(), state, 'nothing has changed');
      assert.deepEqual(await refusals(), [...lines, `${by.account} ${command.name} ${code}`]);
    };

    test('createRevisions: three people pass a revision, each bound to its hash; then it is live, with events for the press', async () => {
      const draft = await save('whole', '开工');
      assert.deepEqual(draft, {
        item: 'whole',
        revision: 'whole.1',
        hash: sha256(canonicalJson({ site, item: 'whole', kind: 'article', fields: fields('开工') })),
      });
      await submit(draft);
      for (const stage of reviewStages) {
        assert.equal((await itemState(ledger.db, site, 'whole'))?.state, 'never', `not live before ${stage}`);
        assert.equal(await stateOf(draft), stages[stage].from);
        await approve(stage, draft);
      }
      const [revision] = await itemHistory(ledger.db, site, 'whole');
      assert.equal(revision?.state, 'approved');
      assert.deepEqual(
        revision.reviews.map(({ stage, account, name, hash, decision }) => [stage, account, name, hash, decision]),
        reviewStages.map((stage) => [stage, stage, `名${stage}`, draft.hash, 'approve']),
      );
      assert.deepEqual(await itemState(ledger.db, site, 'whole'), {
        item: 'whole',
        kind: 'article',
        state: 'live',
        live: 'whole.1',
        withdrawal: null,
      });
      const outbox = await ledger.db.selectFrom('outbox').selectAll().orderBy('item').execute();
      assert.deepEqual(
        outbox.map(({ item }) => item),
        ['beside-whole', 'whole'],
      );
      const events = await ledger.db.selectFrom('event').select(['command', 'seq']).orderBy('seq').execute();
      assert.deepEqual(
        events.map(({ command }) => command),
        ['save-draft', 'submit-revision', 'review-revision', 'review-revision', 'review-revision'],
      );
      assert.equal(outbox[0]?.seq, events.at(-1)?.seq);
    });

    test('execute: every role may do what it holds and nothing else; a refused command leaves only its line', async () => {
      const waiting = {
        first: await upTo('matrix-first', 'first'),
        second: await upTo('matrix-second', 'second'),
        final: await upTo('matrix-final', 'final'),
      };
      await upTo('matrix-live', 'live');
      const asked: [Role, Command<never, unknown>, unknown][] = [
        ['writer', saveDraft as never, { item: 'matrix-new', kind: 'article', fields: fields('新') }],
        ['writer', submitRevision as never, pick(waiting.first)],
        ['first-reviewer', reviewRevision as never, review('first', waiting.first)],
        ['second-reviewer', reviewRevision as never, review('second', waiting.second)],
        ['final-approver', reviewRevision as never, review('final', waiting.final)],
        ['final-approver', withdrawItem as never, { item: 'matrix-live', reason: '过期' }],
      ];
      for (const role of ['nobody', ...roles] as const)
        for (const [holder, command, input] of asked) {
          const actor = role === 'nobody' ? person('nobody') : person(`only-${role}`, role);
          if (role !== holder) await refuses('permission-denied', command, actor, input);
        }
    });

    test('submitRevision: a draft is sent by its author, once, as it was seen', async () => {
      const draft = await save('sent');
      await refuses('permission-denied', submitRevision, person('other', 'writer'), pick(draft));
      await refuses('hash-mismatch', submitRevision, writer, { revision: draft.revision, hash: sha256('other') });
      await refuses('not-found', submitRevision, writer, { revision: 'sent.2', hash: draft.hash });
      await refuses('not-found', submitRevision, writer, { revision: "x' or 1=1", hash: draft.hash });
      await refuses('not-found', submitRevision, { ...writer, site: 'other' }, pick(draft));
      await submit(draft);
      await refuses('wrong-state', submitRevision, writer, pick(draft));
    });

    test('reviewRevision: who wrote what a revision grew from cannot review it; once it was live, they can review the next', async () => {
      const [one, other] = [
        { ...person('one', 'writer', 'first-reviewer') },
        { ...person('another', 'writer', 'first-reviewer') },
      ];
      await save('grown', '一稿', one);
      const copied = await save('grown', '一稿。', other);
      await submit(copied, other);
      assert.deepEqual(
        (await waitingFor(ledger.db, one)).filter(({ item, task }) => item === 'grown' && task === 'first'),
        [],
      );
      await refuses('author-cannot-review', reviewRevision, one, review('first', copied));
      await approve('first', copied);
      await approve('second', copied);
      await approve('final', copied);
      const next = await save('grown', '二稿', other);
      await submit(next, other);
      await approve('first', next, one);
    });

    test('reviewRevision: who wrote cannot review, who reviewed cannot review again, whatever roles they hold', async () => {
      const own = await save('own', 'own', all);
      await submit(own, all);
      await refuses('author-cannot-review', reviewRevision, all, review('first', own));
      const draft = await upTo('twice', 'first');
      await approve('first', draft, all);
      await refuses('already-reviewed', reviewRevision, all, review('second', draft));
      await refuses('already-reviewed', reviewRevision, all, review('first', draft));
      await approve('second', draft);
      await refuses('already-reviewed', reviewRevision, all, review('final', draft));
      const both = person('second', 'final-approver');
      await refuses('already-reviewed', reviewRevision, both, review('final', draft));
      assert.equal(await stateOf(draft), 'second-reviewed');
    });

    test('reviewRevision: an approval for another hash is refused at every stage', async () => {
      const draft = await upTo('bound', 'first');
      for (const stage of reviewStages) {
        await refuses('hash-mismatch', reviewRevision, reviewers[stage], {
          ...review(stage, draft),
          hash: sha256('what was shown instead'),
        });
        await approve(stage, draft);
      }
      const next = await save('bound', '改');
      await submit(next);
      await refuses('hash-mismatch', reviewRevision, reviewers.first, { ...review('first', next), hash: draft.hash });
    });

    test('reviewRevision: stages come in order, and what is decided stays decided', async () => {
      const draft = await save('order');
      for (const stage of reviewStages)
        await refuses('wrong-state', reviewRevision, reviewers[stage], review(stage, draft));
      await submit(draft);
      for (const stage of ['second', 'final'] as const)
        await refuses('wrong-state', reviewRevision, reviewers[stage], review(stage, draft));
      for (const stage of reviewStages) await approve(stage, draft);
      await refuses('wrong-state', reviewRevision, person('late', 'final-approver'), review('final', draft));
      await refuses('invalid-input', reviewRevision, reviewers.first, { ...review('first', draft), stage: 'fourth' });
      await refuses('invalid-input', reviewRevision, reviewers.first, { ...review('first', draft), more: true });
    });

    test('reviewRevision: a return names its reason and the writer writes anew', async () => {
      const draft = await upTo('returned', 'second');
      const { revision, hash } = draft;
      const back = { revision, hash, stage: 'second', decision: 'return' };
      for (const comment of [undefined, '', '  ', 'a\0b', '\ud800'])
        await refuses('invalid-input', reviewRevision, reviewers.second, { ...back, comment });
      await ledger.execute(reviewRevision, reviewers.second, { ...back, comment: '日期有误' });
      assert.equal(await stateOf(draft), 'returned');
      await refuses('wrong-state', reviewRevision, person('other', 'second-reviewer'), review('second', draft));
      await refuses('wrong-state', submitRevision, writer, pick(draft));
      const tasks = (await waitingFor(ledger.db, writer)).filter(({ item }) => item === 'returned');
      assert.deepEqual(
        tasks.map(({ task }) => task),
        ['rewrite'],
      );
      await upTo('returned', 'live', '改正');
      const history = await itemHistory(ledger.db, site, 'returned');
      assert.deepEqual(
        history.map(({ number, state }) => [number, state]),
        [
          [2, 'approved'],
          [1, 'returned'],
        ],
      );
      assert.equal(history[1]?.reviews[1]?.comment, '日期有误');
      const newest = await newestRevisions(ledger.db, site, ['returned', 'nowhere']);
      assert.deepEqual(
        [...newest.values()].map((one) => ({ ...one, reviews: history[0]?.reviews })),
        [history[0]],
      );
    });

    test('reviewRevision: the live revision stays up until the next is approved; what was written before that can never go live', async () => {
      const first = await upTo('edited', 'live', '一');
      const second = await upTo('edited', 'final', '二');
      const third = await upTo('edited', 'final', '三');
      assert.equal((await itemState(ledger.db, site, 'edited'))?.live, first.revision);
      assert.equal(await stateOf(first), 'approved');
      await approve('final', third);
      assert.equal((await itemState(ledger.db, site, 'edited'))?.live, third.revision);
      assert.deepEqual([await stateOf(first), await stateOf(second)], ['superseded', 'superseded']);
      await refuses('wrong-state', reviewRevision, reviewers.final, review('final', second));
    });

    test('saveDraft: a new draft of the same author takes the place of the old one, of others not; texts are composed', async () => {
      const one = await save('drafts', '一');
      const others = await save('drafts', '另', person('other', 'writer'));
      const two = await save('drafts', '二');
      assert.deepEqual(
        [await stateOf(one), await stateOf(others), await stateOf(two)],
        ['superseded', 'draft', 'draft'],
      );
      const composed = await save('composed', 'é');
      const decomposed = await save('composed', 'e\u0301');
      assert.equal(decomposed.hash, composed.hash);
      assert.notEqual((await save('drafts-2', '一')).hash, one.hash, 'the item is part of the hash');
      const fresh = await ledger.execute(saveDraft, writer, { kind: 'article', fields: fields('无编号') });
      assert.match(fresh.item, /^[a-z0-9]{10}$/);
    });

    test('saveDraft: what is not of its kind is refused by field', async () => {
      const wrong: [unknown, RegExp][] = [
        [{ kind: 'poem', fields: {} }, /kind/],
        [{ kind: 'article', fields: { ...fields('一'), extra: 1 } }, /extra/],
        [{ kind: 'article', fields: { ...fields('一'), date: '2026-02-30' } }, /date/],
        [{ kind: 'article', fields: {} }, /title/],
        [{ kind: 'article', fields: fields('一'), item: '../x' }, /item/],
        [{ kind: 'article', fields: fields('一'), site: 'other' }, /site/],
        ['nothing', /./],
      ];
      for (const [input, where] of wrong) {
        await refuses('invalid-input', saveDraft, writer, input);
        await assert.rejects(ledger.execute(saveDraft, writer, input), where);
      }
      await save('kinds');
      await refuses('wrong-state', saveDraft, writer, { item: 'kinds', kind: 'site', fields: settings });
    });

    test('KindHooks: a room’s refusal undoes the whole command', async () => {
      refuseAt = 'draft';
      await refuses('address-taken', saveDraft, writer, { item: 'hooked', kind: 'article', fields: fields('一') });
      refuseAt = undefined;
      const draft = await upTo('hooked', 'final');
      for (const at of ['final', 'live'] as const) {
        refuseAt = at;
        await refuses('address-taken', reviewRevision, reviewers.final, review('final', draft));
      }
      refuseAt = undefined;
      seen.length = 0;
      await approve('final', draft);
      assert.deepEqual(seen, ['check final hooked.1', 'live hooked.1']);
      refuseAt = 'withdrawn';
      await refuses('address-taken', withdrawItem, reviewers.final, { item: 'hooked', reason: '过期' });
      refuseAt = undefined;
    });

    test('rehearseApproval: answers what approval would bring, from any state, and leaves nothing; what holds it back is told', async () => {
      const live = await upTo('probe', 'live');
      const draft = await save('probe', '第二稿');
      const was = await everything();
      const read = (revisions: readonly SavedDraft[]) =>
        rehearseApproval({ ledger, hooks: [hooks], actor: all }, revisions, async (tx, touched) => ({
          touched,
          live: (await itemState(tx, site, 'probe'))?.live,
        }));
      assert.deepEqual(await read([draft]), { touched: ['probe', 'beside-probe'], live: draft.revision });
      assert.deepEqual(await read([live]), { touched: ['probe'], live: live.revision });
      await assert.rejects(read([{ ...draft, hash: 'f'.repeat(64) }]), refused('hash-mismatch'));
      refuseAt = 'final';
      await assert.rejects(read([draft]), refused('address-taken'));
      refuseAt = undefined;
      assert.deepEqual(await everything(), was);
    });

    test('withdrawItem: a live item goes with its reason, once; a later approval brings it back', async () => {
      await save('gone');
      await refuses('wrong-state', withdrawItem, reviewers.final, { item: 'gone', reason: '过期' });
      await refuses('not-found', withdrawItem, reviewers.final, { item: 'never-was', reason: '过期' });
      await upTo('gone', 'live', '一');
      await refuses('invalid-input', withdrawItem, reviewers.final, { item: 'gone', reason: ' ' });
      now = Date.parse('2026-11-20T16:30:00Z');
      await ledger.execute(withdrawItem, reviewers.final, { item: 'gone', reason: '内容过期' });
      const { state, live, withdrawal } = (await itemState(ledger.db, site, 'gone'))!;
      assert.deepEqual(
        { state, live, withdrawal },
        { state: 'withdrawn', live: 'gone.2', withdrawal: { on: '2026-11-21', reason: '内容过期' } },
        'the day is Shanghai’s',
      );
      await refuses('wrong-state', withdrawItem, reviewers.final, { item: 'gone', reason: '再次' });
      await upTo('gone', 'live', '二');
      assert.deepEqual((await itemState(ledger.db, site, 'gone'))?.withdrawal, null);
      const draft = await ledger.execute(saveDraft, writer, { item: 'site', kind: 'site', fields: settings });
      await submit(draft);
      for (const stage of reviewStages) await approve(stage, draft);
      await refuses('wrong-state', withdrawItem, reviewers.final, { item: 'site', reason: '过期' });
    });

    test('waitingFor: reviewers see what they may review, nobody their own or what they have signed', async () => {
      const draft = await upTo('queue', 'second');
      const sees = async (actor: Actor): Promise<string[]> => {
        const all = await waitingFor(ledger.db, actor);
        assert.equal(await countWaiting(ledger.db, actor), all.length);
        const found = all.filter(({ item }) => item === 'queue');
        assert.deepEqual(await waitingFor(ledger.db, actor, [], 'queue'), found);
        return found.map(({ task }) => task);
      };
      assert.deepEqual(await sees(reviewers.second), ['second']);
      assert.deepEqual(await sees(reviewers.first), []);
      assert.deepEqual(await sees(person('first', 'second-reviewer')), [], 'signed the first review');
      assert.deepEqual(await sees(person('writer', 'second-reviewer')), [], 'wrote it');
      assert.deepEqual(await sees(person('auditor', 'auditor')), []);
      await approve('second', draft);
      assert.deepEqual(await sees(reviewers.final), ['final']);
      await upTo('queue', 'live', '后写的');
      assert.deepEqual(await sees(reviewers.final), [], 'a later one is live');
    });

    test('review: reviewers at the same moment sign one after another, and the database itself holds one person to one stage', async () => {
      const draft = await upTo('race', 'first');
      const tries = await Promise.allSettled(
        ['a', 'b', 'c'].map((account) => approve('first', draft, person(account, 'first-reviewer'))),
      );
      assert.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
      const [signed] = (await revisionById(ledger.db, site, draft.revision))!.reviews;
      await assert.rejects(
        ledger.db
          .withTables<RevisionTables>()
          .insertInto('review')
          .values({
            ...{ site, item: 'race', number: 1, stage: 'second', account: signed!.account, name: '', hash: draft.hash },
            ...{ decision: 'approve', comment: null, at: '' },
          })
          .execute(),
        /unique|duplicate/i,
      );
    });

    test('verifyEvents: the log of all this is whole', async () => {
      assert.equal((await verifyEvents(ledger.db, site)).broken, null);
    });
  });

function pick({ revision, hash }: SavedDraft): { revision: string; hash: string } {
  return { revision, hash };
}

function review(stage: ReviewStage, draft: SavedDraft): Record<string, unknown> {
  return { ...pick(draft), stage, decision: 'approve' };
}

const settings = {
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
  home: { focus: 'headlines', blocks: [] },
};
