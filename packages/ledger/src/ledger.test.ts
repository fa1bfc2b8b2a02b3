import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ChengmenError, type Actor } from '@chengmen/model';
import { sql } from 'kysely';
import { z } from 'zod';
import { giveDatabase, testLedgers } from '../testing/index.ts';
import { openLedger, verifyEvents, type Command, type EventAboutTables, type Ledger, type Migration } from './index.ts';

const notes: Migration = {
  id: 'notes/000001',
  sql: 'create table note (site text not null, text text not null unique)',
};
type NoteTables = { note: { site: string; text: string } };

const writer: Actor = { account: 'a1', name: '何采', site: 'linjiang', roles: ['writer'] };
const auditor: Actor = { account: 'a2', name: '沈稽', site: 'linjiang', roles: ['auditor'] };

const addNote: Command<{ text: string }, string> = {
  name: 'add-note',
  permission: 'item.write',
  input: z.strictObject({ text: z.string().min(1) }),
  async run({ tx, site }, { text }) {
    await tx.withTables<NoteTables>().insertInto('note').values({ site, text }).execute();
    if (text === 'refused') throw new ChengmenError('wrong-state', { what: 'note', state: 'refused' });
    return { result: text, event: { text }, touched: ['note'] };
  },
};

const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;

const counts = async (
  ledger: Ledger,
): Promise<{ notes: number; events: number; outbox: number; refusals: string[] }> => {
  const db = ledger.db.withTables<NoteTables>();
  return {
    notes: (await db.selectFrom('note').select('text').execute()).length,
    events: (await db.selectFrom('event').select('seq').execute()).length,
    outbox: (await db.selectFrom('outbox').select('seq').execute()).length,
    refusals: (await db.selectFrom('refusal').select('code').orderBy('id').execute()).map(({ code }) => code),
  };
};

for (const engine of testLedgers()) {
  describe(`ledger on ${engine.engine}`, () => {
    test('execute: effect, event and outbox row come together; listeners hear of it after the commit', async () => {
      const ledger = await engine.open({ migrations: [notes], clock: () => new Date('2026-11-20T01:30:00Z') });
      const heard: unknown[] = [];
      const stop = ledger.onCommit((site, touched) => heard.push([site, touched]));
      assert.equal(await ledger.execute(addNote, writer, { text: '一' }), '一');
      assert.deepEqual(await counts(ledger), { notes: 1, events: 1, outbox: 1, refusals: [] });
      const [row] = await ledger.db.selectFrom('outbox').select('item').execute();
      assert.deepEqual(heard, [['linjiang', [row?.item]]]);
      stop();
      await ledger.execute(addNote, writer, { text: '二' });
      assert.equal(heard.length, 1, 'a listener that stopped hears nothing');
      const [event] = await ledger.db.selectFrom('event').selectAll().orderBy('seq').execute();
      assert.equal(event?.seq, 1);
      assert.equal(event.at, '2026-11-20T01:30:00.000Z');
      const at = '2026-11-20T01:30:00.000Z';
      const { head, ...whole } = await verifyEvents(ledger.db, 'linjiang');
      assert.deepEqual(whole, { events: 2, from: at, to: at, broken: null });
      const last = await ledger.db.selectFrom('event').select('hash').where('seq', '=', 2).executeTakeFirst();
      assert.deepEqual(head, { seq: 2, hash: last?.hash });
      await ledger.close();
    });

    test('rehearse: what the work did can be read in it and is gone after it, whether it ends well or not', async () => {
      const ledger = await engine.open({ migrations: [notes] });
      const heard: unknown[] = [];
      ledger.onCommit((...committed) => heard.push(committed));
      const read = await ledger.rehearse(writer, async (context) => {
        await addNote.run(context, { text: '一' });
        return context.tx.withTables<NoteTables>().selectFrom('note').select('text').execute();
      });
      assert.deepEqual(read, [{ text: '一' }]);
      await assert.rejects(
        ledger.rehearse(writer, (context) => addNote.run(context, { text: 'refused' })),
        refusedWith('wrong-state'),
      );
      assert.deepEqual(await counts(ledger), { notes: 0, events: 0, outbox: 0, refusals: [] });
      assert.deepEqual(heard, []);
      await Promise.all([
        ledger.rehearse(writer, (context) => addNote.run(context, { text: '二' })),
        ledger.execute(addNote, writer, { text: '二' }),
      ]);
      assert.deepEqual(await counts(ledger), { notes: 1, events: 1, outbox: 1, refusals: [] });
      await ledger.close();
    });

    test('execute: a refused command changes nothing and leaves its audit line', async () => {
      const ledger = await engine.open({ migrations: [notes] });
      await assert.rejects(ledger.execute(addNote, auditor, { text: '一' }), refusedWith('permission-denied'));
      await assert.rejects(ledger.execute(addNote, writer, { text: '' }), refusedWith('invalid-input'));
      await assert.rejects(ledger.execute(addNote, writer, { text: '一', more: 1 }), refusedWith('invalid-input'));
      await assert.rejects(ledger.execute(addNote, writer, { text: 'refused' }), refusedWith('wrong-state'));
      assert.deepEqual(await counts(ledger), {
        notes: 0,
        events: 0,
        outbox: 0,
        refusals: ['permission-denied', 'invalid-input', 'invalid-input', 'wrong-state'],
      });
      await ledger.close();
    });

    test('execute: commands at the same time get numbers without gaps, a failing one among them', async () => {
      const ledger = await engine.open({ migrations: [notes] });
      await ledger.execute(addNote, writer, { text: 'double' });
      const results = await Promise.allSettled(
        ['double', ...Array.from({ length: 20 }, (_, index) => `n${index}`)].map((text) =>
          ledger.execute(addNote, writer, { text }),
        ),
      );
      assert.equal(results.filter(({ status }) => status === 'rejected').length, 1, 'the unique key refuses one');
      const { events, broken } = await verifyEvents(ledger.db, 'linjiang');
      assert.deepEqual([events, broken], [21, null]);
      await ledger.close();
    });

    test('execute: a listener that fails does not undo what is committed; nothing changed leaves no event', async (t) => {
      const ledger = await engine.open({ migrations: [notes] });
      const warnings = t.mock.method(process, 'emitWarning', () => undefined);
      ledger.onCommit(() => {
        throw new Error('the listener failed');
      });
      assert.equal(await ledger.execute(addNote, writer, { text: '一' }), '一');
      assert.equal(warnings.mock.callCount(), 1);
      const nothing: Command<unknown, string> = {
        ...addNote,
        input: z.unknown(),
        run: () => Promise.resolve({ result: 'known', event: null, touched: ['note'] }),
      };
      assert.equal(await ledger.execute(nothing, writer, {}), 'known');
      assert.deepEqual(await counts(ledger), { notes: 1, events: 1, outbox: 1, refusals: [] });
      await ledger.close();
    });

    test('db: values come back alike on every engine; transactions at the same time do not mix', async () => {
      const ledger = await engine.open({ migrations: [notes] });
      const { rows } = await sql<Record<string, unknown>>`select
        9007199254740991::int8 as big, 7::int4 as small, true as yes, null as nothing, '文'::text as text,
        '\\x00ff'::bytea as bytes, '2026-11-20T09:30:00+08'::timestamptz as at, '{"a":[1]}'::jsonb as json`.execute(
        ledger.db,
      );
      assert.deepEqual(rows, [
        {
          big: Number.MAX_SAFE_INTEGER,
          small: 7,
          yes: true,
          nothing: null,
          text: '文',
          bytes: new Uint8Array([0, 255]),
          at: new Date('2026-11-20T01:30:00Z'),
          json: { a: [1] },
        },
      ]);
      const db = ledger.db.withTables<NoteTables>();
      const put = (text: string, fail: boolean): Promise<void> =>
        db.transaction().execute(async (tx) => {
          await tx.insertInto('note').values({ site: 's', text }).execute();
          await tx.selectFrom('note').select('text').execute();
          if (fail) throw new Error('rolled back');
        });
      await Promise.allSettled(Array.from({ length: 10 }, (_, n) => put(`t${n}`, n % 2 === 0)));
      const kept = await db.selectFrom('note').select('text').orderBy('text').execute();
      assert.deepEqual(
        kept.map(({ text }) => text),
        ['t1', 't3', 't5', 't7', 't9'],
      );
      await ledger.close();
    });

    test('event: what it tells of is read off its payload, members alone and no words', async () => {
      const ledger = await engine.open({ migrations: [] });
      const told = async (payload: object): Promise<unknown> => {
        const tell: Command<unknown, null> = {
          ...{ name: 'tell', permission: null, input: z.unknown() },
          run: () => Promise.resolve({ result: null, event: payload as Record<string, unknown> }),
        };
        await ledger.execute(tell, writer, {});
        const about = ledger.db.withTables<EventAboutTables>().selectFrom('event').select(['item', 'subject']);
        return about.orderBy('seq', 'desc').executeTakeFirst();
      };
      assert.deepEqual(await told({ item: 'dijiang' }), { item: 'dijiang', subject: null });
      assert.deepEqual(await told({ revision: 'di-jiang.12', hash: 'x' }), { item: 'di-jiang', subject: null });
      assert.deepEqual(await told({ duplicateOf: 'a', received: 'b' }), { item: 'a', subject: null });
      assert.deepEqual(await told({ account: 'a-1', role: 'writer' }), { item: null, subject: 'a-1' });
      assert.deepEqual(await told({ reason: '"item":"x","account":"y"\0' }), { item: null, subject: null });
      await ledger.close();
    });

    test('event: the log cannot be changed by SQL, and a forged link is named', async () => {
      const ledger = await engine.open({ migrations: [notes] });
      for (const text of ['一', '二', '三']) await ledger.execute(addNote, writer, { text });
      await assert.rejects(sql`update event set account = 'x'`.execute(ledger.db), /append-only/);
      await assert.rejects(sql`delete from event`.execute(ledger.db), /append-only/);
      await assert.rejects(sql`truncate event`.execute(ledger.db), /append-only/);
      await sql`alter table event disable trigger event_append_only`.execute(ledger.db);
      await sql`update event set payload = '{"text":"另"}' where seq = 2`.execute(ledger.db);
      const broken = async () => (await verifyEvents(ledger.db, 'linjiang')).broken;
      assert.deepEqual(await broken(), { seq: 2, problem: 'content' });
      await sql`delete from event where seq = 2`.execute(ledger.db);
      assert.deepEqual(await broken(), { seq: 2, problem: 'missing' });
      await sql`delete from event`.execute(ledger.db);
      assert.deepEqual(await broken(), { seq: 1, problem: 'ending' }, 'a log that was cut short');
      await sql`delete from event_head`.execute(ledger.db);
      assert.equal(await broken(), null);
      await sql`insert into event values ('linjiang', 1, '', '', '', '{}', '', '')`.execute(ledger.db);
      assert.deepEqual(await broken(), { seq: 1, problem: 'ending' }, 'an event no command wrote');
      await ledger.close();
    });
  });
}

test('execute: on the embedded database a command that asks for a second session is told so, and waits for nothing', async () => {
  const [embedded] = testLedgers();
  const ledger = await embedded!.open({ migrations: [notes] });
  const outside: Command<unknown, string> = {
    name: 'outside',
    permission: null,
    input: z.unknown(),
    run: async () => {
      await ledger.db.selectFrom('event').select('seq').execute();
      return { result: '', event: {} };
    },
  };
  await assert.rejects(ledger.execute(outside, writer, {}), /outside must use its own transaction/);
  assert.equal(await ledger.execute(addNote, writer, { text: '一' }), '一', 'the session is free again');
  await ledger.close();
});

test('queries: on the embedded database a text asked again sees what became of the tables, outlives a refusal, and is let go in the end', async () => {
  const [embedded] = testLedgers();
  const ledger = await embedded!.open({ migrations: [notes] });
  const db = ledger.db.withTables<NoteTables>();
  const all = async (): Promise<unknown[]> => db.selectFrom('note').selectAll().orderBy('text').execute();
  const add = async (text: string): Promise<unknown> => db.insertInto('note').values({ site: 's', text }).execute();
  await add('一');
  await assert.rejects(add('一'), { code: '23505' });
  const refused = db.transaction().execute(async (tx) => {
    await tx.insertInto('note').values({ site: 's', text: '一' }).execute();
  });
  await assert.rejects(refused, { code: '23505' });
  await add('二');
  assert.deepEqual(await all(), [
    { site: 's', text: '一' },
    { site: 's', text: '二' },
  ]);
  await sql`alter table note add column more bytea`.execute(db);
  assert.deepEqual(await all(), [
    { site: 's', text: '一', more: null },
    { site: 's', text: '二', more: null },
  ]);
  const values = sql<{ n: number; bytes: Uint8Array; data: unknown; none: unknown; list: unknown }>`
    select ${2 ** 40}::int8 as n, ${Buffer.from([0, 255])}::bytea as bytes, ${'{"a":[1]}'}::jsonb as data,
      ${null}::text as none, ${['一', 'b"']}::text[] as list`;
  for (const round of [1, 2]) {
    const [row] = (await values.execute(db)).rows;
    assert.deepEqual(
      { ...row, bytes: [...(row?.bytes ?? [])] },
      { n: 2 ** 40, bytes: [0, 255], data: { a: [1] }, none: null, list: ['一', 'b"'] },
      `${round}`,
    );
  }
  for (let n = 0; n < 450; n++) await sql`select ${sql.lit(n)}::int as n`.execute(db);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements`.execute(db);
  assert.deepEqual(rows, [{ n: 400 }]);
  assert.equal((await all()).length, 2);
  await ledger.close();
});

test('upkeep: the embedded log is cut by checkpoints and worn tables are vacuumed', async (t) => {
  const [embedded] = testLedgers();
  const ledger = await embedded!.open({ migrations: [notes] });
  t.after(() => ledger.close());
  const db = ledger.db.withTables<NoteTables>();
  const redo = async (): Promise<string> =>
    String(
      (await sql<{ redo: string }>`select redo_lsn::text as redo from pg_control_checkpoint()`.execute(db)).rows[0]
        ?.redo,
    );
  const before = await redo();
  const long = Array.from({ length: 64 }, () => randomBytes(400_000).toString('base64'));
  await sql`alter table note drop constraint note_text_key`.execute(db);
  for (const text of long)
    await db
      .insertInto('note')
      .values({ site: 's', text: text.slice(0, 500_000) })
      .execute();
  for (const text of long) await db.insertInto('note').values({ site: 's', text }).execute();
  assert.notEqual(await redo(), before, 'about 70 MB of log have been written');
  await db.deleteFrom('note').execute();
  await db.insertInto('note').values({ site: 's', text: '一' }).execute();
  for (let n = 0; n < 2048; n++)
    await db
      .updateTable('note')
      .set({ text: `${n}` })
      .execute();
  const { rows } = await sql<{
    vacuums: number;
  }>`select vacuum_count::int as vacuums from pg_stat_user_tables where relname = 'note'`.execute(db);
  assert.deepEqual(rows, [{ vacuums: 1 }]);
});

test('openLedger: a first start that was cut short leaves nothing in the way of the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-short-'));
  mkdirSync(join(folder, 'database.making', 'base'), { recursive: true });
  await (await openLedger({ folder, migrations: [] })).close();
  assert.deepEqual(readdirSync(folder).sort(), ['database', 'lock.db']);
  rmSync(join(folder, 'database', 'PG_VERSION'));
  await assert.rejects(openLedger({ folder, migrations: [] }), refusedWith('data-damaged'));
  await assert.rejects(
    openLedger({ folder: join(folder, 'lock.db'), migrations: [] }),
    refusedWith('folder-not-writable'),
  );
  rmSync(folder, { recursive: true });
});

test('openLedger: one process at a time in a folder; the lock names its holder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-lock-'));
  await giveDatabase(folder);
  const ledger = await openLedger({ folder, migrations: [] });
  const program = `import { openLedger } from ${JSON.stringify(import.meta.resolve('./index.ts'))}; await openLedger({ folder: ${JSON.stringify(folder)}, migrations: [] }).then(() => console.log('opened'), (error) => console.log(error.message)); process.exit();`;
  assert.match(await printedBy(program), new RegExp(`folder-locked.*pid ${process.pid}`));
  await ledger.close();
  assert.match(await printedBy(program), /opened/, 'a lock ends with its holder');
  rmSync(folder, { recursive: true });
});

test('openLedger: a newer database, a changed migration and a damaged folder are refused by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-versions-'));
  await giveDatabase(folder);
  await (await openLedger({ folder, migrations: [notes] })).close();
  await assert.rejects(openLedger({ folder, migrations: [] }), refusedWith('database-version'));
  await assert.rejects(
    openLedger({ folder, migrations: [{ ...notes, sql: `${notes.sql} ` }] }),
    refusedWith('data-damaged'),
  );
  writeFileSync(join(folder, 'database', 'global', 'pg_control'), 'rubbish');
  await assert.rejects(openLedger({ folder, migrations: [notes] }), refusedWith('data-damaged'));
  await assert.rejects(
    openLedger({ url: 'postgres://nobody:secret@127.0.0.1:1/none', migrations: [] }),
    (error) => refusedWith('database-unreachable')(error) && !String(error).includes('secret'),
  );
  rmSync(folder, { recursive: true });
});

const server = process.env['CHENGMEN_TEST_DATABASE_URL'];

test(
  'openLedger: programs that start at once on one server migrate it once',
  { skip: server === undefined && 'CHENGMEN_TEST_DATABASE_URL is not set' },
  async () => {
    const postgres = testLedgers().find(({ engine }) => engine === 'postgres')!;
    const ledger = await postgres.open({ migrations: [] });
    const name = (await sql<{ name: string }>`select current_database() as name`.execute(ledger.db)).rows[0]!.name;
    const url = new URL(server!);
    url.pathname = `/${name}`;
    const several = await Promise.all([1, 2, 3].map(() => openLedger({ url: url.href, migrations: [notes] })));
    assert.equal((await sql`select id from migration where id = 'notes/000001'`.execute(ledger.db)).rows.length, 1);
    for (const each of [...several, ledger]) await each.close();
  },
);

test('openLedger: kill -9 loses nothing that was acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-kill-'));
  await giveDatabase(folder);
  const program = `
    import { openLedger } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
    const notes = { id: 'notes/000001', sql: ${JSON.stringify(notes.sql)} };
    const ledger = await openLedger({ folder: ${JSON.stringify(folder)}, migrations: [notes] });
    const add = { name: 'add-note', permission: null, input: z.any(), run: async ({ tx, site }, text) => {
      await tx.insertInto('note').values({ site, text }).execute();
      return { result: text, event: { text } };
    } };
    const actor = { account: 'a', name: 'a', site: 'linjiang', roles: [] };
    for (let n = Date.now(); ; n++) process.stdout.write((await ledger.execute(add, actor, String(n))) + '\\n');`;
  const acknowledged: string[] = [];
  for (const after of [3, 17]) {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let heard = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (++heard === after) child.kill('SIGKILL');
    }
  }
  const ledger = await openLedger({ folder, migrations: [notes] });
  const kept = new Set(
    (await ledger.db.withTables<NoteTables>().selectFrom('note').select('text').execute()).map(({ text }) => text),
  );
  assert.deepEqual(
    acknowledged.filter((text) => !kept.has(text)),
    [],
  );
  assert.equal((await verifyEvents(ledger.db, 'linjiang')).broken, null);
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function printedBy(program: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  for await (const part of child.stdout) printed += String(part);
  return printed;
}
