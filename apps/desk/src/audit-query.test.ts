import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditAddress, auditFilter, auditQuery, filtersOf, isFiltered } from './audit-query.ts';

const nowhere = { item: '', subtree: (channel: string) => [channel] };

test('auditQuery: what cannot be meant is left out; the address says the same again', () => {
  const asked = {
    who: 'a-1',
    act: 'reviewing',
    item: '/news/a.html',
    channel: 'news',
    from: '2026-11-01',
    to: '2026-11-20',
  };
  const query = auditQuery({ ...asked, before: '120' });
  assert.equal(auditAddress(query), `/audit?${new URLSearchParams({ ...asked, before: '120' }).toString()}`);
  assert.equal(auditAddress(filtersOf(query), '/audit.csv'), `/audit.csv?${new URLSearchParams(asked).toString()}`);
  const odd = {
    who: "' or 1=1",
    act: 'toString',
    channel: '%',
    from: '2026-02-31',
    to: 'x',
    before: '1e9',
    after: ['1', '2'],
  };
  assert.equal(auditAddress(auditQuery({ ...odd, item: '\0' })), '/audit');
  assert.deepEqual([isFiltered(auditQuery(odd)), isFiltered(query)], [false, true]);
  assert.equal(isFiltered(auditQuery({ before: '3' })), false);
});

test('auditFilter: days are those of Beijing, both within; a channel is all below it', () => {
  const filter = auditFilter(auditQuery({ from: '2026-11-20', to: '2026-11-20', act: 'seeing', channel: 'news' }), {
    item: 'dijiang',
    subtree: (channel) => [channel, 'headlines'],
  });
  assert.deepEqual(filter, {
    ...{ item: 'dijiang', commands: ['note-opening', 'note-preview'], channels: ['news', 'headlines'] },
    ...{ from: '2026-11-19T16:00:00.000Z', to: '2026-11-20T16:00:00.000Z' },
  });
  assert.deepEqual(auditFilter(auditQuery({}), nowhere), {});
});
