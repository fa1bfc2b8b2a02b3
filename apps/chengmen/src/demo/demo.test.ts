import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCleanBody } from '@chengmen/html';
import { isDocument, kinds } from '@chengmen/model';
import { demoItems } from './index.ts';
import type { DemoItem } from './types.ts';

const items = demoItems();
const ids = new Set(items.map(({ id }) => id));
const documents = items.filter(({ kind }) => isDocument(kind));

/** Fields of any kind, for looking at those that several kinds share. */
const fieldsOf = ({ fields }: DemoItem): Record<string, unknown> => ({ ...fields });
const wordsOf = (item: DemoItem, name: string): string => {
  const value = fieldsOf(item)[name];
  return typeof value === 'string' ? value : '';
};
const listOf = (item: DemoItem, name: string): string[] => {
  const value = fieldsOf(item)[name];
  return Array.isArray(value) ? value.map(String) : [];
};

/** Every item that an item names: in its fields, and in links and pictures of its texts. */
function references(item: DemoItem): string[] {
  const single = ['channel', 'image', 'department', 'responsible', 'parent'].map((name) => wordsOf(item, name));
  const several = ['interprets', 'relatedTo'].flatMap((name) => listOf(item, name));
  const linked = [...JSON.stringify(item.fields).matchAll(/(?:href|src)=\\"(?:item|media):([^"\\#?]+)/g)].map(
    ([, id]) => id ?? '',
  );
  return [...single, ...several, ...linked].filter((id) => id !== '');
}

test('demonstration: every item is one its kind accepts', () => {
  for (const { id, kind, fields } of items) {
    const { success, error } = kinds[kind].safeParse(fields);
    assert.ok(success, `${id}: ${error?.message ?? ''}`);
  }
});

test('demonstration: no two items have one id', () => {
  const seen = new Set<string>();
  const twice = items.map(({ id }) => id).filter((id) => seen.size === seen.add(id).size);
  assert.deepEqual(twice, []);
});

test('demonstration: every item that is named exists', () => {
  const missing = items.flatMap((item) =>
    references(item)
      .filter((id) => !ids.has(id))
      .map((id) => `${item.id} → ${id}`),
  );
  assert.deepEqual(missing, []);
});

test('demonstration: references are of the right kind', () => {
  const kindOf = new Map(items.map(({ id, kind }) => [id, kind]));
  for (const item of items) {
    const wanted = { channel: 'channel', image: 'media', department: 'department', responsible: 'department' };
    for (const [name, kind] of Object.entries(wanted)) {
      const id = wordsOf(item, name);
      if (id !== '') assert.equal(kindOf.get(id), kind, `${item.id}: ${name} ${id}`);
    }
    for (const id of listOf(item, 'interprets')) assert.equal(kindOf.get(id), 'policy', `${item.id}: ${id}`);
  }
});

test('demonstration: dates lie between 2025-01-01 and 2026-11-20', () => {
  const outside = documents
    .filter((item) => {
      const day = wordsOf(item, 'date').slice(0, 10);
      return day < '2025-01-01' || day > '2026-11-20';
    })
    .map((item) => `${item.id} ${wordsOf(item, 'date')}`);
  assert.deepEqual(outside, []);
});

test('demonstration: no two documents of a channel have one title', () => {
  const seen = new Set<string>();
  const twice = documents
    .map((item) => `${wordsOf(item, 'channel')}: ${wordsOf(item, 'title')}`)
    .filter((title) => seen.size === seen.add(title).size);
  assert.deepEqual(twice, []);
});

test('demonstration: index numbers and document numbers of policies are their own', () => {
  const policies = items.filter(({ kind }) => kind === 'policy');
  for (const name of ['indexNumber', 'documentNumber']) {
    assert.equal(new Set(policies.map((item) => wordsOf(item, name))).size, policies.length, name);
  }
});

test('demonstration: bodies and answers are clean', () => {
  const dirty = documents.flatMap((item) =>
    ['body', 'answer'].filter((name) => !isCleanBody(wordsOf(item, name))).map((name) => `${item.id}: ${name}`),
  );
  assert.deepEqual(dirty, []);
});

test('demonstration: at least 12 channels and 120 documents', () => {
  const channels = items.filter(({ kind }) => kind === 'channel');
  assert.ok(channels.length >= 12, `${channels.length} channels`);
  assert.ok(documents.length >= 120, `${documents.length} documents`);
});
