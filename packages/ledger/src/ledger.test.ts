import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ChengmenError, type Actor } from '@chengmen/model';
import { sql } from 'kysely';
import { z } from 'zod';
import { testLedgers } from '../testing/index.ts';
import { openLedger, verifyEvents, type Command, type Ledger, type Migration } from './index.ts';

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
      const heard: string[] = [];
      const stop = ledger.onCommit((site) => heard.push(site));
      assert.equal(await ledger.execute(addNote, writer, { text: '一' }), '一');
      assert.deepEqual(await counts(ledger), { notes: 1, events: 1, outbox: 1, refusals: [] });
      assert.deepEqual(heard, ['linjiang']);
      stop();
      await ledger.execute(addNote, writer, { text: '二' });
      assert.deepEqual(heard, ['linjiang'], 'a listener that stopped hears nothing');
      const [event] = await ledger.db.selectFrom('event').selectAll().orderBy('seq').execute();
      assert.equal(event?.seq, 1);
      assert.equal(event.at, '2026-11-20T01:30:00.000Z');
      assert.deepEqual(await verifyEvents(ledger.db, 'linjiang'), { events: 2, broken: null });
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
      assert.deepEqual(await verifyEvents(ledger.db, 'linjiang'), { events: 21, broken: null });
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
      const { broken } = await verifyEvents(ledger.db, 'linjiang');
      assert.equal(broken?.seq, 2);
      await sql`delete from event where seq = 2`.execute(ledger.db);
      assert.equal((await verifyEvents(ledger.db, 'linjiang')).broken?.seq, 3);
      await ledger.close();
    });
  });
}

test('openLedger: one process at a time in a folder; the lock names its holder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-lock-'));
  const ledger = await openLedger({ folder, migrations: [] });
  const program = `import { openLedger } from ${JSON.stringify(import.meta.resolve('./index.ts'))}; await openLedger({ folder: ${JSON.stringify(folder)}, migrations: [] }).then(() => console.log('opened'), (error) => console.log(error.message)); process.exit();`;
  assert.match(await printedBy(program), new RegExp(`folder-locked.*pid ${process.pid}`));
  await ledger.close();
  assert.match(await printedBy(program), /opened/, 'a lock ends with its holder');
  rmSync(folder, { recursive: true });
});

test('openLedger: a newer database, a changed migration and a damaged folder are refused by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-versions-'));
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

test('openLedger: kill -9 loses nothing that was acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-kill-'));
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
