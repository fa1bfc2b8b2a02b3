import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Revision } from '@chengmen/revision';
import { fieldsOf, valuesOf } from './item-form.ts';

test('fieldsOf: what the form shows of an item is the item again, with what nobody types', () => {
  const fields = {
    ...{ title: '甲', channel: 'news', date: '2026-11-20 09:30', source: '乙', body: '<p>丙</p>', pinned: true },
    ...{ original: 'http://old.example/1.html', mending: { places: [] } },
    archived: { on: '2026-01-02', why: '机构改革' },
  };
  const shown = valuesOf({ kind: 'article', fields } as unknown as Revision);
  assert.deepEqual(fieldsOf('article', shown).fields, fields);
  const undone = fieldsOf('article', { ...shown, archivedOn: '', archivedWhy: '' }).fields;
  assert.equal('archived' in undone, false);
  const topic = { ...fields, blocks: [{ show: 'text', title: '丁', paragraphs: ['戊'] }] };
  assert.deepEqual(fieldsOf('topic', valuesOf({ kind: 'topic', fields: topic } as unknown as Revision)).fields, topic);
});
