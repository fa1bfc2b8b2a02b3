import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, type Hash, type ReadKey, type TargetId } from '@chengmen/model';
import fc from 'fast-check';
import type { TargetRecord } from './memory.ts';
import { subjectOf } from './read-key.ts';
import { createTraces, type Traces } from './traces.ts';

const keys = [
  'site',
  'item:a',
  'item:b',
  'newest:*:5',
  'newest:*:20',
  'newest:news:5',
  'related:a:leads',
  'related:a:leads:1',
  'related:a:department:5:service',
  'month:news:2026-01',
  'bytes:x',
];
const targets = Array.from({ length: 12 }, (_, at): TargetId => `item:${at}`);

/** What was made of some targets in one press; all who read a key got the same answer. */
const press = fc.record({
  answers: fc.array(fc.nat(2), { minLength: keys.length, maxLength: keys.length }),
  made: fc.dictionary(
    fc.constantFrom(...targets),
    fc.record({ reads: fc.subarray(keys), paths: fc.subarray(['/1', '/2', '/3', '/4', '/5']) }),
  ),
  removed: fc.subarray(targets, { maxLength: 3 }),
});

interface Told {
  readonly records: ReadonlyMap<TargetId, TargetRecord>;
  readonly hashes: ReadonlyMap<ReadKey, Hash>;
}

function asked(traces: Traces): unknown {
  return {
    targets: [...traces.targets()].sort(),
    records: targets.map((target) => traces.record(target)),
    keys: [...traces.keys()].sort(),
    answers: Object.fromEntries(traces.answers()),
    readers: keys.map((key) => [...traces.readersOf(key)].sort()),
    hashes: keys.map((key) => traces.hashOf(key)),
    subjects: keys.map((key) => [...traces.keysOf(subjectOf(key))].sort()),
  };
}

/** The same said out of plain maps. */
function expected({ records, hashes }: Told): unknown {
  const all = [...records.values()];
  const readers = (key: ReadKey): TargetId[] =>
    all.flatMap(({ target, reads }) => (reads.some(([one]) => one === key) ? target : [])).sort();
  const read = keys.filter((key) => readers(key).length > 0);
  return {
    answers: Object.fromEntries(read.map((key) => [key, hashes.get(key)])),
    targets: [...records.keys()].sort(),
    records: targets.map((target) => {
      const record = records.get(target);
      return record && { ...record, reads: record.reads.map(([key]) => [key, hashes.get(key)]) };
    }),
    keys: [...read].sort(),
    readers: keys.map(readers),
    hashes: keys.map((key) => (read.includes(key) ? hashes.get(key) : undefined)),
    subjects: keys.map((key) => read.filter((one) => subjectOf(one) === subjectOf(key)).sort()),
  };
}

test('createTraces: whatever is taken in, one after another or at once, it tells as plain maps would', () => {
  fc.assert(
    fc.property(fc.array(press, { maxLength: 25 }), (presses) => {
      const traces = createTraces();
      const told = { records: new Map<TargetId, TargetRecord>(), hashes: new Map<ReadKey, Hash>() };
      for (const { answers, made, removed } of presses) {
        const hashOf = (key: ReadKey): Hash => (key === 'bytes:x' ? 'x' : sha256(`${answers[keys.indexOf(key)]}`));
        const records = Object.entries(made).map(([target, { reads, paths }]): TargetRecord => ({
          target,
          reads: reads.map((key) => [key, hashOf(key)] as const),
          paths: paths.map((path) => `${path}/${target}`),
        }));
        const gone = removed.filter((target) => !(target in made));
        traces.commit({ theme: 'theme', records, removed: gone });
        for (const target of gone) told.records.delete(target);
        for (const record of records) told.records.set(record.target, record);
        for (const { reads } of records) for (const [key, hash] of reads) told.hashes.set(key, hash);
        assert.deepEqual(asked(traces), expected(told));
        for (const { target, paths } of told.records.values())
          for (const path of paths) assert.equal(traces.ownerOf(path), target);
      }
      const again = createTraces({ theme: 'theme', records: told.records.values() });
      const other = createTraces({
        theme: 'old',
        records: [{ target: 'item:0', reads: [['site', 'x']], paths: ['/x'] }],
      });
      other.commit({ theme: 'theme', records: [], removed: [], whole: traces });
      assert.equal(other.theme(), presses.length === 0 ? 'theme' : traces.theme());
      assert.deepEqual(asked(other), asked(traces));
      // Answers that were taken in of a record alone are those of all.
      const hashes = told.hashes;
      const stale = [...told.records.values()].some(({ reads }) =>
        reads.some(([key, hash]) => hashes.get(key) !== hash),
      );
      if (!stale) assert.deepEqual(asked(again), asked(traces));
    }),
    { numRuns: 200 },
  );
});

test('createTraces: an address may pass from one target to another in one press', () => {
  const record = (target: TargetId, path: string): TargetRecord => ({ target, reads: [], paths: [path] });
  const traces = createTraces({ theme: 't', records: [record('a', '/1'), record('b', '/2')] });
  traces.commit({ theme: 't', records: [record('b', '/1'), record('a', '/3')], removed: [] });
  assert.deepEqual([traces.ownerOf('/1'), traces.ownerOf('/2'), traces.ownerOf('/3')], ['b', undefined, 'a']);
});

test('createTraces: records that are replaced again and again leave nothing behind', () => {
  const reads = Array.from({ length: 400 }, (_, at) => [`item:${at}`, sha256(`${at}`)] as const);
  const traces = createTraces();
  for (let round = 0; round < 3000; round++)
    traces.commit({
      theme: 't',
      records: [{ target: `item:${round % 3}`, reads, paths: [`/${round % 3}`] }],
      removed: [],
    });
  assert.deepEqual(traces.record('item:1'), { target: 'item:1', reads, paths: ['/1'] });
  assert.deepEqual([...traces.readersOf('item:7')].sort(), ['item:0', 'item:1', 'item:2']);
});
