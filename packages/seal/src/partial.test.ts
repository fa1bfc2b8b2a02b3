import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobName, hashOf, pendingPartial, verifyRelease } from '@chengmen/release';
import { generateKey, signerOf } from './key.ts';
import { MemoryStore } from './memory-store.ts';
import { readPartial } from './partial.ts';
import { createSealer } from './sealer.ts';
import type { Change, StoredFile, WriteStore } from './types.ts';

const key = generateKey('www.linjiang.example');
const signer = signerOf(key.skey);

const changes = Array.from({ length: 900 }, (_, at): Change => {
  const body = Buffer.from(`第 ${at} 页`);
  return {
    path: `/${at}.html`,
    entry: { status: 200, type: 'text/html', body, provenance: Buffer.from(`来自 ${at}`) },
  };
});

/** A store in memory that counts what is put, and dies at the put with a number. */
function watched(store: WriteStore, diesAt = Infinity): WriteStore & { readonly names: string[] } {
  const names: string[] = [];
  let puts = 0;
  return {
    names,
    get: (name) => store.get(name),
    list: (prefix) => store.list(prefix),
    sizes: (prefix) => store.sizes(prefix),
    has: (name) => store.has(name),
    put: async (files: Iterable<StoredFile>) => {
      if (++puts > diesAt) throw new Error('killed');
      const list = [...files];
      names.push(...list.map(([name]) => name));
      await store.put(list);
    },
    sync: () => store.sync(),
    replace: (file) => store.replace(file),
    takeTurn: () => store.takeTurn(),
    remove: (files) => store.remove(files),
  };
}

const sealerOf = (store: WriteStore): ReturnType<typeof createSealer> =>
  createSealer({ store, signer, site: 'linjiang', compress: false, partialEvery: 0 });

const blobOf = ({ entry }: Change): string => blobName({ hash: hashOf(entry?.body ?? Buffer.alloc(0)) });

test('seal: one that was cut off is gone on with; what it wrote is not written again', async () => {
  const whole = await sealerOf(new MemoryStore()).seal(changes);
  const memory = new MemoryStore();
  const first = watched(memory, 44);
  await assert.rejects(sealerOf(first).seal(changes), /killed/);
  const done = new Set(changes.map(blobOf).filter((name) => first.names.includes(name)));
  assert.ok(done.size > 100 && done.size < 900, `${done.size} written before the end`);
  assert.ok(await readPartial(memory, 'none'));
  assert.equal((await verifyRelease({ store: memory, key: key.vkey })).problems[0]?.code, 'no-release');

  const second = watched(memory);
  const sealed = await sealerOf(second).seal(changes);
  const again = second.names.filter((name) => done.has(name)).length;
  assert.ok(again <= 64 * 2, `${again} written again, the last batches at most`);
  assert.equal(sealed.root, whole.root);
  assert.equal(await memory.get(pendingPartial), undefined);
  const report = await verifyRelease({ store: memory, key: key.vkey });
  assert.deepEqual(report.problems, []);
});

test('seal: what was left over of other pages than are wanted now does not get into the release', async () => {
  const memory = new MemoryStore();
  await assert.rejects(sealerOf(watched(memory, 44)).seal(changes), /killed/);
  const others = changes
    .slice(0, 100)
    .map((change, at): Change =>
      at % 2 === 0 || !change.entry ? change : { ...change, entry: { ...change.entry, body: Buffer.from('改过') } },
    );
  const expected = await sealerOf(new MemoryStore()).seal(others);
  assert.equal((await sealerOf(memory).seal(others)).root, expected.root);
  assert.deepEqual((await verifyRelease({ store: memory, key: key.vkey })).problems, []);
});

test('seal: a note that leads nowhere costs nothing but the work', async () => {
  for (const note of ['partial\n3\n' + 'ab'.repeat(32) + '\n', 'partial\n3\nxx\n', '\0', '']) {
    const memory = new MemoryStore();
    await memory.replace([pendingPartial, Buffer.from(note)]);
    await sealerOf(memory).seal(changes.slice(0, 10));
    assert.deepEqual((await verifyRelease({ store: memory, key: key.vkey })).problems, [], JSON.stringify(note));
  }
});

test('seal: what another compressor has left is not taken over', async () => {
  const memory = new MemoryStore();
  await assert.rejects(sealerOf(watched(memory, 12)).seal(changes), /killed/);
  assert.ok(await readPartial(memory, 'none'));
  assert.equal(await readPartial(memory, 'zlib 2'), undefined);
});
