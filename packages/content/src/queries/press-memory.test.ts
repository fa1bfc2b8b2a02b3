import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { readMigrations, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { sha256 } from '@chengmen/model';
import { pressMemory, type PressMemoryDelta, type PressMemoryRecord } from './press-memory.ts';

const migrations = readMigrations('content', new URL('../../sql/', import.meta.url)).filter(({ id }) =>
  id.includes('press-'),
);

const record = (target: string, ...reads: string[]): PressMemoryRecord => ({
  target,
  reads: reads.map((key) => [key, sha256(key)] as const),
  paths: [`/${target}.html`],
});

const state = { seq: 7, theme: sha256('theme'), root: sha256('root'), compressor: 'zlib 1' };

function save(ledger: Ledger, site: string, delta: Partial<PressMemoryDelta>): Promise<void> {
  const whole: PressMemoryDelta = { replace: false, records: [], removed: [], state, ...delta };
  return ledger.db.transaction().execute((db) => pressMemory.save(db, site, whole));
}

const byTarget = (records: readonly PressMemoryRecord[] = []): PressMemoryRecord[] =>
  records.toSorted((a, b) => (a.target < b.target ? -1 : 1));

for (const engine of testLedgers())
  describe(`pressMemory on ${engine.engine}`, () => {
    let ledger: Ledger;
    before(async () => {
      ledger = await engine.open({ migrations });
    });
    after(() => ledger.close());

    test('pressMemory: what was saved is loaded, site by site', async () => {
      assert.equal(await pressMemory.load(ledger.db, 'site-0'), undefined);
      await save(ledger, 'site-0', { records: [record('a', 'site', 'item:a'), record('b', 'site')] });
      await save(ledger, 'other-0', { records: [record('z', 'site')] });
      const loaded = await pressMemory.load(ledger.db, 'site-0');
      assert.deepEqual(loaded?.state, state);
      assert.deepEqual(byTarget(loaded?.records), [record('a', 'site', 'item:a'), record('b', 'site')]);
    });

    test('pressMemory: a delta alters what it names; a new answer counts for all who made the read', async () => {
      await save(ledger, 'site-1', { records: [record('a', 'site'), record('b', 'item:b'), record('c', 'site')] });
      const newer: PressMemoryRecord = { target: 'a', reads: [['site', sha256('other-1')]], paths: [] };
      await save(ledger, 'site-1', { records: [newer], removed: ['b'], state: { ...state, seq: 8 } });
      const loaded = await pressMemory.load(ledger.db, 'site-1');
      assert.equal(loaded?.state.seq, 8);
      assert.equal((await pressMemory.state(ledger.db, 'site-1'))?.seq, 8);
      assert.deepEqual(byTarget(loaded?.records), [newer, { ...record('c'), reads: [['site', sha256('other-1')]] }]);
    });

    test('pressMemory: replace forgets everything before it, of this site alone', async () => {
      const many = Array.from({ length: 4500 }, (_, at) => record(`t-${at}`, 'site', `item:${at}`));
      await save(ledger, 'site-2', { records: many });
      await save(ledger, 'other-2', { records: many.slice(0, 3) });
      await save(ledger, 'site-2', { replace: true, records: many.slice(0, 2) });
      assert.equal((await pressMemory.load(ledger.db, 'site-2'))?.records.length, 2);
      const answers = new Map(many.flatMap(({ reads }) => reads));
      await save(ledger, 'site-2', { replace: true, records: many, answers });
      assert.deepEqual(byTarget((await pressMemory.load(ledger.db, 'site-2'))?.records), byTarget(many));
      assert.equal((await pressMemory.load(ledger.db, 'other-2'))?.records.length, 3);
    });

    test('pressMemory: what nobody reads any more is taken away, of this site alone', async () => {
      const keys = async (site: string): Promise<string[]> => {
        const { rows } = await sql<{
          key: string;
        }>`select key from press_read where site = ${site} order by key`.execute(ledger.db);
        return rows.map(({ key }) => key);
      };
      await save(ledger, 'site-4', { records: [record('a', 'item:a', 'site')] });
      await save(ledger, 'other-4', { records: [record('a', 'item:a')] });
      await save(ledger, 'site-4', { records: [record('a', 'item:b', 'site')], unread: ['item:a'] });
      assert.deepEqual([await keys('site-4'), await keys('other-4')], [['item:b', 'site'], ['item:a']]);
    });

    test('pressMemory: a delta that fails leaves nothing', async () => {
      const broken = { ...state, seq: Number.NaN };
      await assert.rejects(save(ledger, 'site-3', { records: [record('a', 'site')], state: broken }));
      assert.equal(await pressMemory.load(ledger.db, 'site-3'), undefined);
      await save(ledger, 'site-3', {});
      assert.deepEqual((await pressMemory.load(ledger.db, 'site-3'))?.records, []);
    });
  });
