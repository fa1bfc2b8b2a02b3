import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { after, test } from 'node:test';
import { blobName, hashOf } from '@chengmen/release';
import { DirectoryStore, MemoryStore, S3Store, type WriteStore } from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

interface Kind {
  readonly name: string;
  readonly open: (root: string) => WriteStore;
  /** How another process finds it; undefined: it cannot. */
  readonly place?: (root: string) => unknown;
  /** Why it cannot be tried here. */
  readonly skip?: string;
}

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
const folderIn = (root: string): string => join(root, 'not', 'there', 'yet');
const bucketFor = (root: string) => {
  assert.ok('options' in server);
  return { ...server.options, prefix: basename(root) };
};

const stores: readonly Kind[] = [
  { name: 'MemoryStore', open: () => new MemoryStore() },
  { name: 'DirectoryStore', open: (root) => new DirectoryStore(folderIn(root)), place: folderIn },
  {
    name: 'S3Store',
    open: (root) => new S3Store(bucketFor(root)),
    place: bucketFor,
    ...('reason' in server ? { skip: server.reason } : {}),
  },
];

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

async function namesOf(store: WriteStore, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names.sort();
}

for (const { name, open, place, skip } of stores) {
  const behaves = (criterion: string, run: (store: WriteStore, root: string) => Promise<void>): void => {
    test(`${name} ${criterion}`, { skip: skip ?? false }, async () => {
      const root = mkdtempSync(join(tmpdir(), 'chengmen-store-'));
      try {
        await run(open(root), root);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  };

  behaves('is empty at first', async (store) => {
    assert.equal(await store.get('a/b'), undefined);
    assert.equal(await store.has('a/b'), false);
    assert.deepEqual(await namesOf(store), []);
  });

  behaves('gives back what was put, and lists it by prefix', async (store) => {
    await store.put(
      new Map([
        ['blob/ab/1', Buffer.from('one')],
        ['blob/ac/2', Buffer.from('')],
        ['map/ab/3', Buffer.from('three')],
      ]),
    );
    assert.equal(text(await store.get('blob/ab/1')), 'one');
    assert.equal(text(await store.get('blob/ac/2')), '');
    assert.equal(await store.has('blob/ab/1'), true);
    assert.equal(await store.get('blob/ab'), undefined, 'a folder is no file');
    assert.equal(await store.has('blob/ab'), false);
    assert.equal(await store.get('blob/ab/1/x'), undefined, 'nothing stands below a file');
    assert.deepEqual(await namesOf(store), ['blob/ab/1', 'blob/ac/2', 'map/ab/3']);
    assert.deepEqual(await namesOf(store, 'blob/a'), ['blob/ab/1', 'blob/ac/2']);
    assert.deepEqual(await namesOf(store, 'blob/ab/'), ['blob/ab/1']);
    assert.deepEqual(await namesOf(store, 'none/'), []);
  });

  behaves('keeps its own copy of the bytes', async (store) => {
    const bytes = Buffer.from('one');
    await store.put([['a', bytes]]);
    bytes[0] = 0;
    assert.equal(text(await store.get('a')), 'one');
  });

  behaves('takes the same bytes twice and refuses others under the same name', async (store) => {
    await store.put([['a', Buffer.from('one')]]);
    await store.put([['a', Buffer.from('one')]]);
    await assert.rejects(store.put([['a', Buffer.from('two')]]), { code: 'damaged', where: 'a' });
    assert.equal(text(await store.get('a')), 'one');
  });

  behaves('replaces', async (store) => {
    await store.replace(['checkpoint', Buffer.from('one')]);
    await store.replace(['checkpoint', Buffer.from('two')]);
    assert.equal(text(await store.get('checkpoint')), 'two');
    assert.deepEqual(await namesOf(store), ['checkpoint'], 'nothing is left beside');
  });

  behaves('removes, and does not mind what is not there', async (store) => {
    await store.put([
      ['a/b', Buffer.from('one')],
      ['a/c', Buffer.from('two')],
    ]);
    await store.remove(['a/b', 'none']);
    assert.deepEqual(await namesOf(store), ['a/c']);
    await store.sync();
    await store.put([['a/b', Buffer.from('other')]]);
    assert.equal(text(await store.get('a/b')), 'other');
  });

  behaves('keeps a large object, byte for byte', async (store, root) => {
    const bytes = randomBytes(9 * 1024 * 1024 + 7);
    const large = blobName({ hash: hashOf(bytes) });
    await store.put([[large, bytes]]);
    await store.sync();
    const reader = place ? open(root) : store;
    assert.ok(bytes.equals((await reader.get(large)) ?? Buffer.of()));
    await store.put([[large, bytes]]);
    assert.deepEqual(await namesOf(reader), [large]);
  });

  behaves('shows readers beside the writer what is whole: the old or the new, never a part', async (store, root) => {
    const files = Array.from({ length: 40 }, (_, at) => Buffer.from(`${at} `.repeat(at * 500 + 1)));
    const named = files.map((bytes) => [blobName({ hash: hashOf(bytes) }), bytes] as const);
    let writing = true;
    let read = 0;
    const reading = [1, 2, 3].map(async () => {
      const reader = place ? open(root) : store;
      for (let before = 0; writing; read++) {
        await turn();
        const promised = Number(text(await reader.get('checkpoint')) ?? 0);
        assert.ok(promised >= before, `${promised} after ${before}`);
        before = promised;
        // What the checkpoint stands for is there.
        for (const [one] of named.slice(0, promised)) assert.ok(await reader.has(one), one);
        for (const [one, bytes] of named) {
          const got = await reader.get(one);
          if (got) assert.ok(bytes.equals(got), one);
        }
      }
    });
    const write = async (): Promise<void> => {
      for (let at = 0; at < named.length; at += 8) {
        await store.put(named.slice(at, at + 8));
        await store.replace(['checkpoint', Buffer.from(`${Math.min(named.length, at + 8)}`)]);
        const rounds = read;
        while (read < rounds + 3) await Promise.race([...reading, turn()]);
      }
    };
    await write().finally(() => (writing = false));
    await Promise.all(reading);
  });

  // In memory nothing lies outside, and nothing outlives the process.
  if (!place) continue;
  behaves(
    'survives kill -9 at any moment: what a checkpoint stands for is there, and what is there is whole',
    async (_, root) => {
      const program = join(import.meta.dirname, 'testing', 'store-child.ts');
      for (const rounds of [1, 2, 5]) {
        const home = `${root}-${rounds}`;
        const child = spawn(process.execPath, [program, JSON.stringify(place(home))], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const ended = once(child, 'exit');
        // It is killed somewhere in the round after this one.
        for await (const line of createInterface({ input: child.stdout }))
          if (line === `${rounds}`) child.kill('SIGKILL');
        await ended;
        const store = open(home);
        await store.takeTurn();
        const promised = Number(text(await store.get('checkpoint')));
        assert.ok(promised >= rounds);
        const names = (await namesOf(store, 'blob/')).filter((one) => one.startsWith('blob/'));
        assert.ok(names.length >= promised * 3, `${names.length} files of ${promised} rounds`);
        for (const one of names) assert.equal(blobName({ hash: hashOf((await store.get(one)) ?? Buffer.of()) }), one);
        await store.put([['tile/0/000.p/1', Buffer.from('goes on')]]);
        assert.equal(text(await store.get('tile/0/000.p/1')), 'goes on');
        rmSync(home, { recursive: true, force: true });
      }
    },
  );

  behaves('lets no name lead out of its folder', async (store) => {
    for (const bad of ['../x', 'a/../../x', '/etc/passwd', 'a//b', './a', 'a/.', '', 'a\\b', 'a\0b']) {
      await assert.rejects(store.get(bad), { code: 'invalid' }, JSON.stringify(bad));
      await assert.rejects(store.replace([bad, Buffer.from('x')]), { code: 'invalid' }, JSON.stringify(bad));
      await assert.rejects(store.put([[bad, Buffer.from('x')]]), { code: 'invalid' }, JSON.stringify(bad));
      await assert.rejects(store.remove([bad]), { code: 'invalid' }, JSON.stringify(bad));
    }
    assert.deepEqual(await namesOf(store), []);
  });
}

test('DirectoryStore lists files left half-written, so that they can be cleared away', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-store-'));
  const store = new DirectoryStore(root);
  await store.put([['a', Buffer.from('one')]]);
  assert.deepEqual(readdirSync(join(root, 'tmp')), []);
  rmSync(root, { recursive: true });
});

test('DirectoryStore shows nothing of what is prepared before it is put in place, and puts nothing else there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-prepared-'));
  try {
    const store = new DirectoryStore(folder);
    const text = async (): Promise<string> => Buffer.from((await store.get('checkpoint')) ?? '').toString();
    await store.replace(['checkpoint', Buffer.from('old')]);
    store.prepare(['checkpoint', Buffer.from('new')]);
    await store.sync();
    assert.equal(await text(), 'old');
    await store.replace(['checkpoint', Buffer.from('new')]);
    assert.equal(await text(), 'new');
    store.prepare(['checkpoint', Buffer.from('dropped')]);
    await store.replace(['checkpoint', Buffer.from('other')]);
    assert.equal(await text(), 'other');
    store.prepare(['checkpoint', Buffer.from('cut off')]);
    await store.takeTurn();
    assert.deepEqual(readdirSync(join(folder, 'tmp')), []);
    await store.replace(['checkpoint', Buffer.from('cut off')]);
    assert.equal(await text(), 'cut off');
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
