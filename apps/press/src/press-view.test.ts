import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SmallCommand } from '@chengmen/press/testing';
import type { Why } from '@chengmen/press';
import { causesOf, type PressView } from './press-view.ts';
import { createDatabase, createStore, open } from './testing/small-press.ts';

const some: SmallCommand = { do: 'add', kind: 1, channel: 2, day: 10, to: 1 };

test('view: tells what is rendered, why and how far while it is, and of what release afterwards', async () => {
  const database = createDatabase();
  const store = createStore();
  const seen: PressView[] = [];
  const press = open(database, store, { onProgress: () => seen.push(press.view()) });
  await press.settle();
  assert.deepEqual(seen.at(-1)?.now?.causes, [{ cause: 'everything', targets: seen.length }]);
  seen.length = 0;
  database.run(some);
  await press.settle();
  const { now } = seen.at(-1) ?? assert.fail();
  assert.deepEqual([now?.done, now?.total], [seen.length - 1, seen.length]);
  assert.ok(now?.causes.some(({ cause, read }) => cause === 'read' && read?.startsWith('newest:')));
  const { now: idle, failed, made } = press.view();
  assert.deepEqual([idle, failed], [undefined, undefined]);
  assert.deepEqual(
    made.map(({ release }) => release),
    [2, 1],
  );
  assert.deepEqual(made[0]?.causes, now?.causes);
  assert.equal(database.remembered()?.state.seq, 1);
  await press.close();
});

test('view: a round that failed is told until one has succeeded', async () => {
  const database = createDatabase();
  const store = createStore();
  let broken = true;
  const press = open(database, store, {
    onStep: (step) => {
      if (broken && step === 'rendered') throw new Error('broken');
    },
  });
  await assert.rejects(press.settle(), /broken/);
  const { now, failed } = press.view();
  assert.equal(now, undefined);
  assert.equal(Date.parse(failed?.retryAt ?? '') - Date.parse(failed?.at ?? ''), 3_600_000);
  broken = false;
  await press.settle();
  assert.equal(press.view().failed, undefined);
  await press.close();
});

test('causesOf: a target counts for each of its reads; the most frequent come first, and few are told', () => {
  const read = (...keys: string[]) => ({
    cause: 'read' as const,
    reads: keys.map((key) => ({ key, before: '', after: '' })),
  });
  const targets = new Map<string, Why>([
    ['a', read('site', 'item:a')],
    ['b', read('site')],
    ...Array.from({ length: 9 }, (_, at) => [`c${at}`, read(`item:${at}`)] as const),
    ['d', { cause: 'new' as const }],
  ]);
  const causes = causesOf(targets);
  assert.deepEqual(causes[0], { cause: 'read', read: 'site', targets: 2 });
  assert.equal(causes.length, 6);
});
