import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Command, Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import type { Actor, Role } from '@chengmen/model';
import { createRevisions, revisionMigrations, type RevisionTables, type SavedDraft } from '@chengmen/revision';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import {
  chooseNotices,
  createMailer,
  keepNotices,
  noticeChoice,
  noticeMigrations,
  type KeepNotices,
  type NoticeTables,
} from './index.ts';
import { sendWebhook } from './send-webhook.ts';

const site = 'linjiang';
const person = (account: string, ...roles: Role[]): Actor => ({ account, name: `名${account}`, site, roles });
const writer = person('writer', 'writer');
const first = person('first', 'first-reviewer');
const other = person('other', 'first-reviewer');
const fields = (title: string): object => ({
  ...{ title, channel: 'news', date: '2026-11-20 09:30', source: '临江市数据局', body: '<p>正文。</p>' },
});
const { saveDraft, submitRevision, reviewRevision, commentPassage } = createRevisions([]);

for (const engine of testLedgers())
  describe(`notices on ${engine.engine}`, () => {
    let ledger: Ledger;
    let now = Date.parse('2026-11-20T01:00:00Z');
    const mails: { from: string; to: string[]; text: string }[] = [];
    const hooks: { body: string; signature: string }[] = [];
    let [refuseMail, hookStatus] = [false, 204];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => {
        done(refuseMail ? new Error('mailbox is busy, password hunter2') : undefined);
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          mails.push({
            from,
            to: envelope.rcptTo.map(({ address }) => address),
            text: Buffer.concat(parts).toString(),
          });
          done();
        });
      },
    });
    const receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        hooks.push({
          body: Buffer.concat(parts).toString(),
          signature: String(request.headers['x-chengmen-signature']),
        });
        response.writeHead(hookStatus, { location: 'http://169.254.169.254/' }).end();
      });
    });
    let kept: ReturnType<typeof keepNotices>;
    let hookAddress = '';
    let secret = '';
    const problems: unknown[] = [];

    before(async () => {
      ledger = await engine.open({
        migrations: [...revisionMigrations, ...noticeMigrations],
        clock: () => new Date((now += 1000)),
      });
      await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done));
      await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
      const { port } = smtp.server.address() as AddressInfo;
      hookAddress = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      const options: KeepNotices = {
        ...{ ledger, site, hooks: [], people: () => Promise.resolve([writer, first, other]) },
        ...{
          clock: () => new Date(now),
          desk: 'https://desk.linjiang.example',
          siteName: () => Promise.resolve('临江'),
        },
        mail: createMailer({ url: `smtp://127.0.0.1:${port}`, from: '工作台 <desk@linjiang.example>' }),
        webhooks: { allowInside: true },
        onError: (error) => problems.push(error),
        // Only when the test looks.
        wait: () => () => undefined,
      };
      kept = keepNotices(options);
      await kept.look();
      await ledger.execute(chooseNotices, first, { mail: 'chushen@linjiang.example', webhook: '' });
      const chosen = await ledger.execute(chooseNotices, writer, { mail: '', webhook: hookAddress });
      secret = chosen.secret ?? '';
      await kept.look();
    });
    after(async () => {
      await kept.close();
      await new Promise<void>((done) => smtp.close(done));
      receiver.closeAllConnections();
      receiver.close();
      await ledger.close();
    });

    const submitted = async (title: string): Promise<SavedDraft> => {
      const draft = await ledger.execute(saveDraft, writer, { kind: 'article', fields: fields(title) });
      await ledger.execute(submitRevision, writer, { revision: draft.revision, hash: draft.hash });
      return draft;
    };
    const rows = () => ledger.db.withTables<NoticeTables>().selectFrom('notice').selectAll().orderBy('id').execute();

    test('keepNotices: whoever had old pages read is told of alarms in them, and of nothing where there are none', async () => {
      const report = (alarmed: number): Command<unknown, null> => ({
        ...{ name: 'report-intake', permission: null, input: z.unknown() },
        run: () =>
          Promise.resolve({
            result: null,
            event: { run: 7, name: '旧站', pages: 3, alarmed, begunBy: writer.account },
          }),
      });
      const before = hooks.length;
      for (const alarmed of [0, 2]) await ledger.execute(report(alarmed), first, {});
      await kept.look();
      assert.equal(hooks.length, before + 1);
      const { what, title, path } = JSON.parse(hooks.at(-1)?.body ?? '{}') as Record<string, string>;
      assert.deepEqual([what, title, path], ['alarms', '旧站', '/intake?run=7&alarm=any']);
      assert.deepEqual(problems, []);
      hooks.length = before;
    });

    test('keepNotices: who may review is told by mail, once; the writer by a signed webhook of return and remark; nobody of what they did', async () => {
      const { revision, hash } = await submitted('江堤\r\nBcc: evil@example.com');
      await kept.look();
      await kept.look();
      assert.deepEqual(
        mails.map(({ from, to }) => [from, ...to]),
        [['desk@linjiang.example', 'chushen@linjiang.example']],
      );
      assert.doesNotMatch(mails[0]?.text ?? '', /^Bcc:/m);
      assert.match(mails[0]?.text ?? '', /^X-Priority|^Subject: =\?UTF-8/m);
      await ledger.execute(commentPassage, first, {
        revision,
        hash,
        field: 'title',
        quote: '江堤',
        place: 0,
        remark: '？',
      });
      await ledger.execute(reviewRevision, first, {
        revision,
        hash,
        stage: 'first',
        decision: 'return',
        comment: '改',
      });
      await kept.look();
      assert.deepEqual(
        hooks.map(({ body }) => (JSON.parse(body) as { what: string }).what),
        ['remark', 'returned'],
      );
      const [{ body = '', signature = '' } = {}] = hooks;
      assert.equal(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
      assert.match(body, /"address":"https:\/\/desk\.linjiang\.example\/items\//);
      assert.equal(mails.length, 1);
      assert.deepEqual(problems, []);
    });

    test('keepNotices: what fails is tried again later and given up in the end; no secret and no words of a library are kept', async () => {
      [refuseMail, hookStatus] = [true, 302];
      const before = hooks.length;
      const { revision, hash } = await submitted('稍后');
      await ledger.execute(commentPassage, first, {
        revision,
        hash,
        field: 'title',
        quote: '稍后',
        place: 0,
        remark: '？',
      });
      await kept.look();
      await kept.look();
      assert.equal(hooks.length, before + 1, 'not again at once, and no redirect is followed');
      const waiting = (await rows()).filter(({ state }) => state === 'waiting');
      assert.deepEqual(
        waiting.map(({ attempts, problem }) => [attempts, problem]),
        [
          [1, 'EENVELOPE'],
          [1, 'HTTP 302'],
        ],
      );
      [refuseMail, hookStatus] = [false, 200];
      now += 5 * 60_000;
      await kept.look();
      assert.deepEqual(
        (await rows()).map(({ state }) => state),
        Array.from(await rows(), () => 'sent'),
      );
      hookStatus = 500;
      await ledger.execute(commentPassage, first, {
        revision,
        hash,
        field: 'title',
        quote: '后',
        place: 0,
        remark: '？',
      });
      for (let attempt = 0; attempt < 12; attempt++) {
        await kept.look();
        now += 24 * 3600_000;
      }
      const last = (await rows()).at(-1);
      assert.deepEqual([last?.state, last?.attempts], ['failed', 8]);
      assert.doesNotMatch(
        JSON.stringify([await rows(), await ledger.db.selectFrom('event').selectAll().execute()]),
        new RegExp(`hunter2|${secret}`),
      );
      hookStatus = 204;
    });

    test('keepNotices: a reviewer is told of the newest, however much waits for them already', async () => {
      const tables = ledger.db.withTables<RevisionTables>();
      const old = { site, kind: 'article' as const, created_at: '2026-01-01T00:00:00.000Z' };
      const items = Array.from({ length: 501 }, (_, index) => `old-${index}`);
      await tables
        .insertInto('item')
        .values(items.map((id) => ({ ...old, id, created_by: 'earlier', state: 'never' as const })))
        .execute();
      await tables
        .insertInto('revision')
        .values(
          items.map((item) => ({
            ...{ ...old, item, number: 1, hash: item, fields: '{}', state: 'submitted' as const },
            ...{ author: 'earlier', author_name: '名earlier' },
          })),
        )
        .execute();
      const told = mails.length;
      await submitted('五百件之后');
      await kept.look();
      assert.equal(mails.length, told + 1);
    });

    test('chooseNotices: one’s own choice alone; a secret for each new webhook, told once; addresses stay out of the log', async () => {
      assert.deepEqual(await ledger.execute(chooseNotices, writer, { mail: '', webhook: hookAddress }), {});
      const again = await ledger.execute(chooseNotices, writer, {
        mail: 'cai@linjiang.example',
        webhook: `${hookAddress}2`,
      });
      assert.ok(again.secret && again.secret !== secret);
      assert.deepEqual(await noticeChoice(ledger.db, site, 'first'), {
        account: 'first',
        mail: 'chushen@linjiang.example',
        webhook: '',
      });
      for (const input of [
        { mail: 'not an address', webhook: '' },
        { mail: 'a@b.cn\r\nBcc: c@d.cn', webhook: '' },
        { mail: '', webhook: 'ftp://a.example/' },
        { mail: '', webhook: 'https://user:pass@a.example/' },
        { mail: '', webhook: 'javascript:alert(1)' },
      ])
        await assert.rejects(
          ledger.execute(chooseNotices, writer, input),
          { code: 'invalid-input' },
          JSON.stringify(input),
        );
      const events = await ledger.db
        .selectFrom('event')
        .select('payload')
        .where('command', '=', 'choose-notices')
        .execute();
      assert.doesNotMatch(JSON.stringify(events), /linjiang\.example|127\.0\.0\.1/);
    });
  });

test('sendWebhook: nothing inside is spoken to, whatever its name or form, unless that is allowed', async () => {
  const message = { body: '{}', secret: 's' };
  const never = { allowInside: false, patience: 500 };
  for (const address of [
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://169.254.169.254/latest',
    'https://192.168.1.1/',
  ])
    await assert.rejects(sendWebhook(address, message, never), /leads inside/, address);
  await assert.rejects(sendWebhook('http://a.example/', message, never), /only https/);
  for (const found of [['10.1.2.3'], ['93.184.216.34', '127.0.0.1'], ['fd00::1'], []])
    await assert.rejects(
      sendWebhook('https://a.example/', message, { ...never, resolve: () => Promise.resolve(found) }),
      found.length === 0 ? /no such host/ : /leads inside/,
    );
});
