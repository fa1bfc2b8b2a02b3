import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMigrations, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { sha256 } from '@chengmen/model';
import { pressMemory, type PressMemoryDelta, type PressMemoryRecord } from './press-memory.ts';

const migrations = readMigrations('content', new URL('../../sql/', import.meta.url)).filter(({ id }) =>
  id.endsWith('press-memory'),
);

const record = (target: string, ...reads: string[]): PressMemoryRecord => ({
  target,
  reads: reads.map((key) => [key, sha256(key)] as const),
  paths: [`/${target}.html`],
});

const state = { seq: 7, theme: sha256('theme'), root: sha256('root') };

function save(ledger: Ledger, delta: Partial<PressMemoryDelta>, site = 'linjiang'): Promise<void> {
  const whole: PressMemoryDelta = { replace: false, records: [], removed: [], state, ...delta };
  return ledger.db.transaction().execute((db) => pressMemory.save(db, site, whole));
}

const byTarget = (records: readonly PressMemoryRecord[] = []): PressMemoryRecord[] =>
  records.toSorted((a, b) => (a.target < b.target ? -1 : 1));

for (const engine of testLedgers())
  describe(`pressMemory on ${engine.engine}`, () => {
    test('pressMemory: what was saved is loaded, site by site', async (t) => {
      const ledger = await engine.open({ migrations });
      t.after(() => ledger.close());
      assert.equal(await pressMemory.load(ledger.db, 'linjiang'), undefined);
      await save(ledger, { records: [record('a', 'site', 'item:a'), record('b', 'site')] });
      await save(ledger, { records: [record('z', 'site')] }, 'other');
      const loaded = await pressMemory.load(ledger.db, 'linjiang');
      assert.deepEqual(loaded?.state, state);
      assert.deepEqual(byTarget(loaded?.records), [record('a', 'site', 'item:a'), record('b', 'site')]);
    });

    test('pressMemory: a delta alters what it names; a new answer counts for all who made the read', async (t) => {
      const ledger = await engine.open({ migrations });
      t.after(() => ledger.close());
      await save(ledger, { records: [record('a', 'site'), record('b', 'item:b'), record('c', 'site')] });
      const newer: PressMemoryRecord = { target: 'a', reads: [['site', sha256('other')]], paths: [] };
      await save(ledger, { records: [newer], removed: ['b'], state: { ...state, seq: 8 } });
      const loaded = await pressMemory.load(ledger.db, 'linjiang');
      assert.equal(loaded?.state.seq, 8);
      assert.equal((await pressMemory.state(ledger.db, 'linjiang'))?.seq, 8);
      assert.deepEqual(byTarget(loaded?.records), [newer, { ...record('c'), reads: [['site', sha256('other')]] }]);
    });

    test('pressMemory: replace forgets everything before it, of this site alone', async (t) => {
      const ledger = await engine.open({ migrations });
      t.after(() => ledger.close());
      const many = Array.from({ length: 4500 }, (_, at) => record(`t-${at}`, 'site', `item:${at}`));
      await save(ledger, { records: many });
      await save(ledger, { records: many.slice(0, 3) }, 'other');
      await save(ledger, { replace: true, records: many.slice(0, 2) });
      assert.equal((await pressMemory.load(ledger.db, 'linjiang'))?.records.length, 2);
      assert.equal((await pressMemory.load(ledger.db, 'other'))?.records.length, 3);
    });

    test('pressMemory: a delta that fails leaves nothing', async (t) => {
      const ledger = await engine.open({ migrations });
      t.after(() => ledger.close());
      const broken = { ...state, seq: Number.NaN };
      await assert.rejects(save(ledger, { records: [record('a', 'site')], state: broken }));
      assert.equal(await pressMemory.load(ledger.db, 'linjiang'), undefined);
      await save(ledger, {});
      assert.deepEqual((await pressMemory.load(ledger.db, 'linjiang'))?.records, []);
    });
  });
