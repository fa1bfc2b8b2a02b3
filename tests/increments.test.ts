/** After random commands through the ledger, the incremental release is byte-identical to one made from nothing: same map root. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveItemBatches, liveItemsOf } from '@chengmen/content';
import { ChengmenError } from '@chengmen/model';
import type { Memory, Remembered } from '@chengmen/press';
import { createPress, type PressMemory } from '@chengmen/press-app';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import { siteId, type BackOffice } from 'chengmen';
import { channels } from '../apps/chengmen/src/demo/channels.ts';
import { article, foundCity, openSmallCity, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const commands = 200;

test(`press and seal: ${commands} random commands, the same root as from nothing`, async () => {
  const folder = temporaryFolder();
  const office = await openSmallCity(folder.path);
  await foundCity(office);
  const press = office.startPress();
  const random = generator(20261120);
  const known: string[] = [];
  for (let done = 0; done < commands; done++) {
    await step(office, random, known, done);
    if (random(12) === 0) await press.settle();
  }
  const incremental = (await press.settle()).release;
  const scratch = await fromNothing(office);
  assert.equal(incremental?.root, scratch?.root);
  assert.ok((incremental?.size ?? 0) > 5, 'it was made in many releases');
  assert.equal(scratch?.size, 1);
  await office.close();
  folder.remove();
});

/** One change of the kinds editors make; each passes three reviews. */
async function step(
  office: BackOffice,
  random: (below: number) => number,
  known: string[],
  number: number,
): Promise<void> {
  const lists = ['headlines', 'notices', 'pictures', 'faq', 'statistics'];
  const channel = lists[random(lists.length)] ?? 'headlines';
  const date = `2026-${String(1 + random(11)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')} 09:${String(random(60)).padStart(2, '0')}`;
  const old = known[random(Math.max(1, known.length))];
  const fields = article(`第${number}号稿件`, {
    channel,
    date,
    ...(random(5) === 0 ? { pinned: true } : {}),
    ...(old && random(3) === 0 ? { body: `<p>见<a href="item:${old}">前文</a>。</p>` } : {}),
  });
  const kind = random(10);
  if (old === undefined || kind < 4) {
    const item = `random-${number}`;
    known.push(item);
    await publish(office, item, 'article', fields);
  } else if (kind < 7) {
    // Edit, back-date and move in one: the fields are all new.
    await publish(office, old, 'article', fields);
  } else if (kind < 9) {
    await office.ledger
      .execute(office.revisions.withdrawItem, people.final, { item: old, reason: `第${number}次整理` })
      .catch((error: unknown) => {
        if (!(error instanceof ChengmenError && error.code === 'wrong-state')) throw error;
      });
  } else {
    const found = channels.find(({ id }) => id === channel);
    await publish(office, channel, 'channel', {
      ...found?.fields,
      name: `改名${number}`,
      ...(random(2) === 0 ? { segment: `moved-${number}` } : {}),
    });
  }
}

async function fromNothing(office: BackOffice): Promise<{ root: string; size: number } | undefined> {
  const store = new MemoryStore();
  const signer = signerOf(generateKey('scratch.example').skey);
  const press = createPress({
    ledger: office.ledger,
    site: siteId,
    theme: createTheme(),
    bytes: (hash) => office.media.getSync(hash),
    store,
    sealer: createSealer({ store, signer, site: siteId }),
    memory: forgetful(),
    liveItemBatches,
    liveItemsOf,
  });
  const { release } = await press.settle();
  await press.close();
  return release;
}

/** A press's memory that begins empty and lives in this test. */
function forgetful(): PressMemory {
  let remembered: Remembered | undefined;
  const save: Memory['save'] = ({ records, state }) => {
    remembered = { records: [...records], state };
    return Promise.resolve();
  };
  return {
    load: () => Promise.resolve(remembered),
    state: () => Promise.resolve(remembered?.state),
    save: (_db, _site, delta) => save(delta),
  };
}

/** The same numbers at each run (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
