import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DirectoryStore, MemoryStore, S3Store, type WriteStore } from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

interface Kind {
  readonly name: string;
  readonly open: (root: string) => WriteStore;
  /** Why it cannot be tried here. */
  readonly skip?: string;
}

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
let folders = 0;

const stores: readonly Kind[] = [
  { name: 'MemoryStore', open: () => new MemoryStore() },
  { name: 'DirectoryStore', open: (root) => new DirectoryStore(join(root, 'not', 'there', 'yet')) },
  {
    name: 'S3Store',
    open: () => {
      assert.ok('options' in server);
      return new S3Store({ ...server.options, prefix: `store-${folders++}` });
    },
    ...('reason' in server ? { skip: server.reason } : {}),
  },
];

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

async function namesOf(store: WriteStore, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names.sort();
}

for (const { name, open, skip } of stores) {
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

  // In memory nothing lies outside.
  if (name === 'MemoryStore') continue;
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
