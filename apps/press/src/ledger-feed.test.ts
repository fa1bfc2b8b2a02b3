import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command, Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor } from '@chengmen/model';
import { hashOf, verifyRelease } from '@chengmen/release';
import type { MemoryDelta, Remembered, TargetRecord } from '@chengmen/press';
import { createSmallWorld, smallTheme, type SmallCommand, type SmallWorld } from '@chengmen/press/testing';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { z } from 'zod';
import { createPress, type Press } from './create-press.ts';
import type { PressMemory } from './ledger-feed.ts';

const site = 'smalltown';
const editor: Actor = { account: 'a1', name: '何采', site, roles: ['writer'] };
const { skey, vkey } = generateKey('www.smalltown.example');

/** Does what a small world does, as a command: its items and nothing else are touched. */
function happen(world: SmallWorld): Command<SmallCommand, number> {
  return {
    name: 'happen',
    permission: 'item.write',
    input: z.custom<SmallCommand>(),
    run: async (_context, command) => {
      if (command.do === 'withdraw' && command.item === 666)
        throw new ChengmenError('wrong-state', { what: '', state: '' });
      const touched = world.run(command);
      return { result: touched.length, event: { ...command }, touched };
    },
  };
}

function memoryInProcess(): PressMemory {
  const records = new Map<string, TargetRecord>();
  let state: Remembered['state'] | undefined;
  return {
    load: async () => state && { state, records: [...records.values()] },
    state: async () => state,
    hold: async () => undefined,
    markHeld: async () => undefined,
    noteHeld: async () => undefined,
    save: async (_db, _site, delta: MemoryDelta) => {
      if (delta.replace) records.clear();
      for (const target of delta.removed) records.delete(target);
      for (const record of delta.records) records.set(record.target, record);
      state = delta.state;
    },
  };
}

function open(ledger: Ledger, world: SmallWorld, store: MemoryStore, memory: PressMemory): Press {
  return createPress({
    ledger,
    site,
    theme: smallTheme(),
    sealer: createSealer({ store, signer: signerOf(skey), site }),
    store,
    memory,
    liveItemBatches: async function* () {
      yield world.live();
    },
    liveItemsOf: async (_db, _site, ids) => world.liveOf(ids),
    bytes: world.bytes,
    retryAfter: () => 3_600_000,
  });
}

const commands: SmallCommand[] = [
  { do: 'add', kind: 1, channel: 2, day: 10, to: 1 },
  { do: 'add', kind: 2, channel: 3, day: 40, to: 2 },
  { do: 'rename-channel', channel: 0, segment: 3 },
  { do: 'withdraw', item: 0 },
];

for (const engine of testLedgers())
  describe(`createPress on ${engine.engine}`, () => {
    test('createPress: commits become one verified release each, whoever presses, and the same one from nothing', async (t) => {
      const world = createSmallWorld();
      const ledger = await engine.open({ migrations: [] });
      t.after(() => ledger.close());
      const [store, memory] = [new MemoryStore(), memoryInProcess()];
      const [one, two] = [open(ledger, world, store, memory), open(ledger, world, store, memory)];
      assert.equal((await one.settle()).release?.size, 1);
      await two.settle();
      for (const [at, command] of commands.entries()) {
        await ledger.execute(happen(world), editor, command);
        const { release } = await [one, two][at % 2]!.settle();
        assert.equal(release?.size, at + 2);
      }
      const fresh = open(ledger, world, new MemoryStore(), memoryInProcess());
      const whole = await fresh.settle();
      assert.equal(whole.release?.root, (await one.settle()).release?.root);
      for (const press of [one, two, fresh]) await press.close();
      const report = await verifyRelease({ store, key: vkey });
      assert.deepEqual(report.problems, []);
    });

    test('createPress: a refused command makes no release', async (t) => {
      const world = createSmallWorld();
      const ledger = await engine.open({ migrations: [] });
      t.after(() => ledger.close());
      const press = open(ledger, world, new MemoryStore(), memoryInProcess());
      await press.settle();
      await assert.rejects(ledger.execute(happen(world), editor, { do: 'withdraw', item: 666 }), ChengmenError);
      assert.equal((await press.settle()).changed, false);
      await press.close();
    });

    test('createPress: a lost release store is built again, a strange page in it is thrown out', async (t) => {
      const world = createSmallWorld();
      const ledger = await engine.open({ migrations: [] });
      t.after(() => ledger.close());
      const [store, memory] = [new MemoryStore(), memoryInProcess()];
      const press = open(ledger, world, store, memory);
      const { release } = await press.settle();
      await press.close();
      const body = Buffer.from('planted');
      const strange = { status: 200 as const, type: 'text/plain', body, provenance: body };
      await createSealer({ store, signer: signerOf(skey), site }).seal([{ path: '/planted.txt', entry: strange }]);
      assert.ok([...store.files.keys()].some((name) => name.includes(hashOf(body))));
      const again = open(ledger, world, store, memory);
      assert.deepEqual((await again.settle()).release, { root: release?.root, size: 3 });
      await again.close();
      const elsewhere = open(ledger, world, new MemoryStore(), memory);
      assert.deepEqual((await elsewhere.settle()).release, { root: release?.root, size: 1 });
      await elsewhere.close();
    });
  });
