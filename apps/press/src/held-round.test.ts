import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SmallCommand } from '@chengmen/press/testing';
import type { PressStep } from './press-round.ts';
import { createDatabase, createStore, open, rootFromNothing } from './testing/small-press.ts';

const bad: SmallCommand[] = [
  { do: 'add', kind: 1, channel: 2, day: 10, to: 1 },
  { do: 'rename-channel', channel: 0, segment: 3 },
];
const later: SmallCommand = { do: 'add', kind: 2, channel: 3, day: 40, to: 2 };
const hold = { id: 1, release: 1, root: '', withdrawn: [] as string[] };

async function city() {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  const good = (await press.settle()).release?.root ?? '';
  database.run(...bad);
  await press.settle();
  return { database, store, press, good };
}

test('heldRound: the earlier release is in force, approvals wait, and all of it comes with the end of the hold', async () => {
  const { database, store, press, good } = await city();
  database.hold({ ...hold, root: good });
  const held = await press.settle();
  assert.deepEqual(held, { release: { root: good, size: 3 }, changed: true, rendered: 0 });
  database.run(later);
  assert.deepEqual(await press.settle(), { release: { root: good, size: 3 }, changed: false, rendered: 0 });
  database.hold(undefined);
  const { release, changed } = await press.settle();
  assert.equal(changed, true);
  assert.equal(release?.root, await rootFromNothing(database));
  assert.equal(store.log.length, 4);
  await press.close();
});

for (const step of [undefined, 'loaded', 'rendered', 'sealed', 'remembered'] satisfies (PressStep | undefined)[])
  test(`heldRound: dying after “${step ?? 'nothing'}”, the next start holds the same and signs nothing twice`, async () => {
    const { database, store, press, good } = await city();
    await press.close();
    database.hold({ ...hold, root: good });
    const dying = open(database, store, {
      onStep: (done) => {
        if (done === step) throw new Error('killed');
      },
    });
    await dying.settle().catch(() => undefined);
    await dying.close();
    database.run(later);
    for (let start = 0; start < 2; start++) {
      const after = open(database, store);
      assert.equal((await after.settle()).release?.root, good);
      await after.close();
    }
    assert.equal(store.log.length, 3);
    // The hold may have ended while nothing ran.
    database.hold(undefined);
    const last = open(database, store);
    assert.equal((await last.settle()).release?.root, await rootFromNothing(database));
    await last.close();
  });

test('heldRound: a press that slept through a hold does not go on from what it remembers', async () => {
  const { database, store, press, good } = await city();
  const asleep = open({ ...database, onCommit: () => () => undefined }, store);
  await asleep.settle();
  database.hold({ ...hold, root: good });
  await press.settle();
  await press.close();
  database.hold(undefined);
  database.run(later);
  assert.equal((await asleep.settle()).release?.root, await rootFromNothing(database));
  await asleep.close();
});

test('heldRound: what is withdrawn has no page at the address it had, whatever the earlier release shows of it', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  const root = (await press.settle()).release?.root ?? '';
  const item = database.world.live().find(({ path, kind }) => path && kind !== 'channel') ?? assert.fail();
  database.run(...bad, { do: 'withdraw', item: 0 });
  await press.settle();
  const moved = database.world.live().find(({ id }) => id === item.id)?.path;
  assert.notEqual(moved, item.path);
  database.hold({ ...hold, root });
  await press.settle();
  assert.equal(store.status(item.path ?? ''), 200);
  // Approved while the site is held.
  database.hold({ ...hold, root, withdrawn: [item.id] });
  const { release } = await press.settle();
  assert.notEqual(release?.root, root);
  assert.equal(store.status(item.path ?? ''), 410);
  assert.equal(store.log.length, 4);
  await press.close();
});
