import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '@chengmen/model';
import type { TargetRecord } from './memory.ts';
import { createTraces } from './traces.ts';
import { unread } from './unread.ts';

test('unread: after any changes, exactly the reads that were made and are not', () => {
  const target = fc.constantFrom('a', 'b', 'c', 'd');
  const read = fc.constantFrom('site', 'item:1', 'item:2', 'item:3', 'newest:*:5');
  const record = fc.record({ target, reads: fc.uniqueArray(read) }).map(({ target, reads }): TargetRecord => ({
    target,
    reads: reads.sort().map((key) => [key, sha256(key)]),
    paths: [],
  }));
  const change = fc.record({
    records: fc.uniqueArray(record, { selector: (one) => one.target }),
    removed: fc.uniqueArray(target),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const traces = createTraces();
      for (const { records, removed } of changes) {
        const gone = removed.filter((one) => !records.some(({ target }) => target === one));
        const before = new Set(traces.keys());
        const found = unread(traces, { records, removed: gone });
        traces.commit({ theme: '', records, removed: gone });
        const now = new Set(traces.keys());
        assert.deepEqual(found.sort(), [...before].filter((key) => !now.has(key)).sort());
      }
    }),
  );
});
