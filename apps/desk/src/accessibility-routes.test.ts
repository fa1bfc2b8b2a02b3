import assert from 'node:assert/strict';
import { test } from 'node:test';
import { civilDateAt } from '@chengmen/calendar';
import { contentHooks, contentMigrations } from '@chengmen/content';
import { printHtml } from '@chengmen/html';
import type { SignedIn } from '@chengmen/identity';
import { testLedgers } from '@chengmen/ledger/testing';
import {
  accessibilityStatement as item,
  reviewStages,
  type AccessibilityFact,
  type AccessibilityRecord,
  type Actor,
  type FieldsOf,
  type Role,
} from '@chengmen/model';
import { createRevisions, itemHistory, revisionMigrations } from '@chengmen/revision';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { accessibilityRoutes } from './accessibility-routes.ts';
import type { DeskTools, Form } from './desk-forms.ts';
import type { DeskPage } from './pages/frame.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const people = {
  editor: person('editor', 'channel-editor'),
  writer: person('writer', 'writer'),
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};
const fact = (criterion: string, result: AccessibilityFact['result']): AccessibilityFact => ({
  ...{ criterion, level: 'AA', zh: `条款${criterion}`, en: 'A criterion', result },
});
// What is asked of the database is tested on each engine elsewhere: the fastest will do.
const engine = testLedgers().at(-1);

test('accessibilityRoutes: signed under one’s own name, reviewed, and what has been found since is shown', async (context) => {
  let now = new Date('2026-11-20T17:00:00Z');
  const ledger = await engine!.open({
    migrations: [...revisionMigrations, ...contentMigrations],
    clock: () => now,
  });
  context.after(() => ledger.close());
  const revisions = createRevisions(contentHooks);
  const app = fastify();
  await app.register(formbody);
  const record: AccessibilityRecord = {
    checkedOn: '2026-11-19',
    tests: 12,
    facts: [fact('1.1.1', 'passed'), fact('1.2.5', 'person')],
  };
  let actor: Actor = people.editor;
  const page = {
    stylesheet: '/x.css',
    siteName: '临江',
    portal: 'http://p',
    token: 't',
    alarms: { late: 0, failed: 0 },
  };
  const rest = { waiting: 0, emergencies: { waiting: 0, late: 0, refused: 0, ever: 0 }, hold: {}, mustEnrol: false };
  const tools: Pick<DeskTools, 'who' | 'post' | 'show' | 'need' | 'back'> = {
    who: () => Promise.resolve({ actor, session: 's' } as unknown as SignedIn),
    post: async (request, _reply, work) => work({ actor } as SignedIn, request.body as Form),
    show: async (reply, _signedIn, shown, status = 200) =>
      reply.code(status).send(printHtml(shown({ ...page, ...rest, actor } as unknown as DeskPage))),
    need: () => undefined,
    back: async (reply, _signedIn, path, done) => reply.send(`${path} ${done}`),
  };
  accessibilityRoutes(app, {
    ...{ ...tools, ledger, revisions, site, today: () => civilDateAt(now) },
    accessibility: record,
  });
  const see = async (): Promise<string> => (await app.inject('/accessibility')).body;
  const sign = (values: Record<string, string> = {}): ReturnType<typeof app.inject> =>
    app.inject({
      method: 'POST',
      url: '/accessibility',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        ...{ checkedOn: record.checkedOn, read: 'yes', name: '网站科', phone: '0999-1', email: '' },
        ...{ limits: '旧附件是扫描件｜2027-06-30\n\n地图没有键盘操作', ...values },
      }).toString(),
    }) as never;

  assert.match(await see(), /还没有签署过/);
  // What one has not read, or what others were shown, bears nobody’s name; who may not sign is refused, and sees no form.
  assert.equal((await sign({ read: '' })).statusCode, 400);
  assert.match((await sign({ checkedOn: '2026-01-01' })).body, /地图没有键盘操作/);
  assert.equal((await sign({ limits: '某处｜明天' })).statusCode, 400);
  actor = people.writer;
  assert.equal((await sign()).statusCode, 403);
  assert.doesNotMatch(await see(), /签署并送审/);
  assert.deepEqual(await itemHistory(ledger.db, site, item), []);

  actor = people.editor;
  assert.match((await sign()).body, /已签署并送审/);
  const [signed] = await itemHistory(ledger.db, site, item);
  assert.ok(signed);
  const fields = signed.fields as FieldsOf<'statement'>;
  // A day is a day in China, where it was already the 21st.
  assert.deepEqual([fields.signedBy, fields.signedOn, fields.checkedOn], ['名editor', '2026-11-21', '2026-11-19']);
  assert.deepEqual(fields.limits, [{ what: '旧附件是扫描件', until: '2027-06-30' }, { what: '地图没有键盘操作' }]);
  assert.match(await see(), /还没有签署过[^]*最近一次签署：名editor/);
  const { revision, hash } = signed;
  for (const stage of reviewStages)
    await ledger.execute(revisions.reviewRevision, people[stage], { revision, hash, stage, decision: 'approve' });
  assert.match(await see(), /现行：名editor[^]*与现行签署的相同/);
  assert.match(await see(), /地图没有键盘操作<\/textarea>/);

  Object.assign(record, { checkedOn: '2026-12-01', facts: [fact('1.1.1', 'failed'), fact('1.2.5', 'person')] });
  assert.match(await see(), /条款1\.1\.1[^]{0,60}A criterion[^]{0,100}程序检验通过[^]{0,80}程序检验未通过/);

  const stolen = { item, kind: 'statement', fields: { ...fields, signedBy: '名writer' } };
  await assert.rejects(ledger.execute(revisions.saveDraft, people.writer, stolen), { code: 'permission-denied' });
  // By any other door as well: nobody signs for another, on another day, or a second statement.
  const save = (change: object, under = item): Promise<unknown> =>
    ledger.execute(revisions.saveDraft, people.editor, {
      ...{ item: under, kind: 'statement', fields: { ...fields, ...change } },
    });
  await assert.rejects(save({ signedBy: '名final' }), { code: 'invalid-input' });
  await assert.rejects(save({}, 'another'), { code: 'invalid-input' });
  now = new Date('2026-12-02T00:00:00Z');
  await assert.rejects(save({}), { code: 'invalid-input' });
  await save({ signedOn: '2026-12-02' });
});
