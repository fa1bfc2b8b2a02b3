import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { smallCommand, smallTheme, type SmallCommand } from '@chengmen/press/testing';
import { planRound } from './planned-pages.ts';
import { pressSteps } from './press-round.ts';
import type { Releases } from './releases.ts';
import { createDatabase, createStore, open, rootFromNothing, type Store } from './testing/small-press.ts';

const some: SmallCommand[] = [
  { do: 'add', kind: 1, channel: 2, day: 10, to: 1 },
  { do: 'add', kind: 2, channel: 3, day: 40, to: 2 },
  { do: 'rename-channel', channel: 0, segment: 3 },
  { do: 'withdraw', item: 0 },
];

test('createPress: the first start seals everything, the second one nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const first = open(database, store);
  assert.equal((await first.settle()).changed, true);
  await first.close();
  const second = open(database, store);
  assert.deepEqual(await second.settle(), { release: { root: store.log[0], size: 1 }, changed: false, rendered: 0 });
  await second.close();
});

test('createPress: settle waits for everything committed before it', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  for (const command of some) {
    database.run(command);
    const { release, changed } = await press.settle();
    assert.equal(changed, true);
    assert.equal(release?.root, await rootFromNothing(database));
  }
  assert.equal(press.why('/')?.target, 'home');
  await press.close();
  await assert.rejects(press.settle(), /closed/);
});

test('createPress: a commit wakes it without being asked', async () => {
  const database = createDatabase();
  const store = createStore();
  const remembered = Promise.withResolvers<undefined>();
  let rounds = 0;
  const press = open(database, store, {
    onStep: (step) => {
      if (step === 'remembered' && ++rounds === 2) remembered.resolve(undefined);
    },
  });
  await press.settle();
  database.run(some[0]!);
  await remembered.promise;
  assert.equal(store.log.length, 2);
  await press.close();
});

for (const step of pressSteps)
  test(`createPress: dying after “${step}” loses nothing and signs nothing twice`, async () => {
    const database = createDatabase();
    const store = createStore();
    const press = open(database, store);
    await press.settle();
    await press.close();
    database.run(...some);
    const dying = open(database, store, {
      onStep: (done) => {
        if (done === step) throw new Error('killed');
      },
    });
    await assert.rejects(dying.settle(), /killed/);
    await dying.close();
    assert.ok(store.log.length <= 2);
    const after = open(database, store);
    assert.equal((await after.settle()).release?.root, await rootFromNothing(database));
    assert.equal(store.log.length, 2);
    assert.equal((await after.settle()).rendered, 0);
    await after.close();
  });

/** What happens between two starts of the press: commands, and perhaps another theme or compressor. It then dies at a step. */
const life = fc.record({
  commands: fc.array(smallCommand, { maxLength: 6 }),
  dies: fc.option(fc.constantFrom(...pressSteps), { freq: 3 }),
  theme: fc.constantFrom('small', 'small', 'other'),
  compressor: fc.constantFrom('one', 'one', 'two'),
});

test('createPress: dies after any commands at any step, under any theme and compressor, and ends as if it had never died', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (lives) => {
      const database = createDatabase();
      const store = createStore();
      for (const { commands, dies, theme: name, compressor } of lives) {
        store.upgrade(compressor);
        const theme = smallTheme(name);
        const press = open(database, store, {
          theme,
          onStep: (step) => {
            if (step === dies) throw new Error('killed');
          },
        });
        // Some while it starts, some when it is up.
        database.run(...commands.slice(0, 3));
        const first = await press.settle().catch(() => undefined);
        database.run(...commands.slice(3));
        const second = first && (await press.settle().catch(() => undefined));
        await press.close();
        if (second) assert.equal(second.release?.root, await rootFromNothing(database, { compressor, theme }));
      }
      store.upgrade('one');
      const last = open(database, store);
      assert.equal((await last.settle()).release?.root, await rootFromNothing(database));
      await last.close();
    }),
    { numRuns: 60 },
  );
});

test('createPress: a release store that is not the remembered one is made new, without what strangers put there', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  const { release } = await press.settle();
  await press.close();
  for (const damage of [store.lose, () => store.plant('/planted.html'), database.forget]) {
    damage();
    const again = open(database, store);
    assert.equal((await again.settle()).release?.root, release?.root);
    assert.ok(!store.paths().includes('/planted.html'));
    await again.close();
  }
});

test('createPress: a new theme is pressed at the next start', async () => {
  const database = createDatabase();
  const store = createStore();
  const press = open(database, store);
  await press.settle();
  await press.close();
  const other = open(database, store, { theme: smallTheme('other') });
  assert.equal((await other.settle()).changed, true);
  await other.close();
  assert.equal(database.remembered()?.state.theme, smallTheme('other').version);
});

test('createPress: a failed round is told, tried again and loses nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const told: unknown[] = [];
  let broken = true;
  const releases: Releases = {
    ...store.releases,
    seal: (changes, options) =>
      broken ? Promise.reject(new Error('disk full')) : store.releases.seal(changes, options),
  };
  const press = open(database, { ...store, releases } as Store, { onError: (error) => told.push(error) });
  await assert.rejects(press.settle(), /disk full/);
  database.run(...some);
  broken = false;
  const { release } = await press.settle();
  assert.equal(release?.root, await rootFromNothing(database));
  assert.match(String(told[0]), /disk full/);
  await press.close();
});

test('createPress: what another process pressed is taken over before the next round', async () => {
  const database = createDatabase();
  const store = createStore();
  const [one, two] = [open(database, store), open(database, store)];
  await one.settle();
  await two.settle();
  for (const [at, command] of some.entries()) {
    database.run(command);
    const { release } = await [one, two][at % 2]!.settle();
    assert.equal(release?.root, await rootFromNothing(database));
  }
  await one.close();
  await two.close();
});

test('planRound: tells what the next press makes again and why, and makes nothing', async () => {
  const database = createDatabase();
  const store = createStore();
  const planned = () =>
    planRound({
      feed: database.feed,
      theme: smallTheme(),
      releases: store.releases,
      bytes: database.world.bytes,
    });
  const first = await planned();
  assert.ok(first.length > 0 && first.every(({ cause, gone }) => cause === 'everything' && !gone));
  assert.equal(store.log.length, 0);
  const press = open(database, store);
  await press.settle();
  await press.close();
  assert.deepEqual(await planned(), [], 'all is live');
  const before = store.paths();
  database.run({ do: 'add', kind: 1, channel: 2, day: 10, to: 1 }, { do: 'withdraw', item: 0 });
  const plan = await planned();
  assert.equal(store.log.length, 1);
  const made = open(database, store);
  await made.settle();
  const changed = plan.map(({ path }) => path);
  const appeared = store.paths().filter((path) => !before.includes(path));
  assert.ok(appeared.length > 0 && appeared.every((path) => changed.includes(path)));
  for (const { path, cause, reads } of plan) {
    const { why } = made.why(path) ?? assert.fail(path);
    assert.equal(why.cause, cause);
    if (why.cause === 'read')
      assert.deepEqual(
        reads,
        why.reads.map(({ key }) => key),
      );
  }
  await made.close();
});
