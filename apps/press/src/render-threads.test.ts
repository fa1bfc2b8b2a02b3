import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, sha256, type LiveItem } from '@chengmen/model';
import { createCity, createTraces, planPress, press, type City } from '@chengmen/press';
import { createSmallWorld, smallCommands } from '@chengmen/press/testing';
import {
  createSealer,
  DirectoryStore,
  generateKey,
  MemoryStore,
  signerOf,
  type Sealer,
  type WriteStore,
} from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import { draw } from './press-round.ts';
import { renderOnThreads } from './render-threads.ts';
import { createTextFile } from './text-file.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-threads-'));
after(() => rmSync(root, { recursive: true }));
const theme = createTheme();

/** The state a small city is in after many random commands, with long bodies. */
function smallCity(options: Partial<Parameters<typeof createCity>[0]> = {}): City {
  const world = createSmallWorld();
  for (const command of fc.sample(smallCommands, { numRuns: 3, seed: 7 }).flat()) world.run(command);
  const items = world.live().map((item): LiveItem => {
    if (!('body' in item.fields)) return item;
    return { ...item, fields: { ...item.fields, body: `<p>${item.id} ${'江水东流。'.repeat(80)}</p>` } } as LiveItem;
  });
  return createCity({ items, bytes: world.bytes, ...options });
}

test('renderOnThreads gives what is rendered here: pages, their hashes, provenances and records', async () => {
  const texts = createTextFile(join(root, 'texts'));
  const city = smallCity({ texts });
  const traces = createTraces();
  const here = press({ city: smallCity(), theme, traces, touched: 'everything' });
  const pages: [string, unknown][] = [];
  const records: unknown[] = [];
  const { targets } = planPress({ city, theme, traces, touched: 'everything' });
  for await (const some of renderOnThreads({ city, theme, texts, threads: 2 }, () => targets.keys()))
    for (const { record, changes } of some) {
      if (record.paths.length > 0) records.push(record);
      for (const { path, entry } of changes) {
        assert.equal(entry?.hash, sha256(entry?.body ?? ''));
        assert.equal(entry?.provenanceHash, sha256(entry?.provenance ?? ''));
        pages.push([
          path,
          { type: entry?.type, status: entry?.status, body: text(entry?.body), from: text(entry?.provenance) },
        ]);
      }
    }
  const expected = [...here.changes].map(([path, page]): [string, unknown] => {
    const output = page?.output;
    return [
      path,
      { type: output?.type, status: output?.status, body: text(output?.body), from: text(page?.provenance) },
    ];
  });
  assert.ok(
    pages.some(([path]) => path.startsWith('/media/')),
    'pictures, which threads cannot read',
  );
  assert.deepEqual(new Map(pages.sort(byPath)), new Map(expected.sort(byPath)));
  assert.deepEqual(
    records.map((one) => JSON.stringify(one)).sort(),
    [...here.records].map((one) => JSON.stringify(one)).sort(),
  );
  texts.close();
});

test('renderOnThreads: what goes wrong in a thread is told, and ends it', async () => {
  const texts = createTextFile(join(root, 'gone'));
  const city = smallCity({ texts });
  const { targets } = planPress({ city, theme, traces: createTraces(), touched: 'everything' });
  const broken = createTextFile(join(root, 'empty'));
  await assert.rejects(async () => {
    for await (const some of renderOnThreads({ city, theme, texts: broken, threads: 1 }, () => targets.keys()))
      assert.ok(some);
  }, /cannot be rendered/);
  texts.close();
  broken.close();
});

test('draw: a whole site drawn on threads makes the release that is drawn here', async () => {
  const site = smallCity();
  const all = [...site.ids()].flatMap((id) => site.item(id) ?? []);
  const article = all.find((item) => item.kind === 'article' && item.path !== null);
  assert.ok(article);
  const items = Array.from({ length: 2100 }, (_, at): LiveItem => {
    const fields = { ...article.fields, title: `第 ${at} 篇` };
    return {
      ...article,
      id: `b${at}`,
      path: `/b/${at}.html`,
      formerPaths: [],
      fields,
      hash: sha256(canonicalJson(fields)),
    } as LiveItem;
  });
  const city = createCity({ items: [...all, ...items], bytes: site.bytes });
  const signer = signerOf(generateKey('www.linjiang.example').skey);
  const traces = createTraces();
  const sealerOf = (store: WriteStore): Sealer => createSealer({ store, signer, site: 'small', compress: false });
  const drawn = draw({ city, theme, traces, touched: 'everything' });
  assert.ok(Symbol.asyncIterator in (drawn.changes ?? []), 'so many targets are rendered on threads');
  const onThreads = await sealerOf(new MemoryStore()).seal(drawn.changes ?? []);
  const { changes } = press({ city, theme, traces, touched: 'everything' });
  const memory = new MemoryStore();
  const here = await sealerOf(memory).seal(
    [...changes].map(([path, page]) => ({
      path,
      entry: page && {
        ...page.output,
        body: typeof page.output.body === 'string' ? Buffer.from(page.output.body) : page.output.body,
        provenance: page.provenance,
      },
    })),
  );
  assert.equal(onThreads.root, here.root);
  for (const store of [new DirectoryStore(join(root, 'release')), new MemoryStore()]) {
    const sealer = sealerOf(store);
    const ready = await sealer.wantsReady();
    assert.deepEqual(ready, { forms: false });
    const { changes: pages } = draw({ city, theme, traces, touched: 'everything' }, { ready });
    assert.equal((await sealer.seal(pages ?? [])).root, here.root, 'pages that are made ready on threads');
    for (const [name, bytes] of memory.files)
      if (/^(?:blob|map)/.test(name))
        assert.ok(Buffer.from(bytes).equals((await store.get(name)) ?? Buffer.of()), name);
    assert.equal(await sealer.wantsReady(), undefined, 'what is there spares work');
  }
});

const text = (bytes: string | Uint8Array | undefined): string => Buffer.from(bytes ?? '').toString();
const byPath = ([one]: [string, unknown], [two]: [string, unknown]): number => (one < two ? -1 : 1);
