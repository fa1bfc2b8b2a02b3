import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { blobName, hashOf } from '@chengmen/release';
import { sampleRelease } from '@chengmen/release/testing';
import { sealedSamples, type SealedSamples } from '../export/testing/sealed-samples.ts';
import type { ExplainedRevision } from '../office.ts';
import { historyLines, readHistory, type History, type HistoryOptions } from './history.ts';

const page = (...lines: string[]): string =>
  `<!doctype html><main>${lines.map((line) => `<p>${line}</p>`).join('')}</main>`;
const path = '/news/a.html';

/** Eight releases: published, others changed, corrected, withdrawn, published again, taken away. */
async function manyReleases(): Promise<SealedSamples> {
  const samples = await sealedSamples();
  const others = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`/x/${at}.html`, { body: `x${at}` }]));
  await samples.seal({ '/': { body: 'home' }, ...others });
  await samples.seal({ [path]: { body: page('开工', '投资三亿元', '十一月一日') } });
  await samples.seal({ '/x/1.html': { body: 'changed' } });
  await samples.seal({ [path]: { body: page('开工', '投资四亿元', '十一月一日') } });
  await samples.seal({ '/x/2.html': { body: 'changed' } });
  await samples.seal({ [path]: { body: page('已撤回'), status: 410 } });
  await samples.seal({ [path]: { body: page('开工', '投资四亿元', '十一月一日') } });
  await samples.seal({ [path]: null });
  return samples;
}

const read = (samples: SealedSamples, options: Partial<HistoryOptions> = {}): Promise<History> =>
  readHistory({ store: samples.store, key: samples.vkey, path, ...options });

const samples = await manyReleases();

test('readHistory tells each version with the releases it stood in, newest first', async () => {
  const { versions, size } = await read(samples);
  assert.equal(size, 8);
  assert.deepEqual(
    versions.map(({ releases: { from, to }, entry }) => [from, to, entry?.status ?? null]),
    [
      [8, 8, null],
      [7, 7, 200],
      [6, 6, 410],
      [4, 5, 200],
      [2, 3, 200],
    ],
  );
  const [, again, , corrected] = versions;
  assert.equal(again?.entry?.hash, hashOf(Buffer.from(page('开工', '投资四亿元', '十一月一日'))));
  assert.equal(again.entry.hash, corrected?.entry?.hash);
});

test('readHistory shows what changed in the words, and nothing where nothing stood before', async () => {
  const { versions } = await read(samples);
  assert.deepEqual(
    versions.map(({ diff }) => diff?.kind ?? null),
    [null, 'same-bytes', null, 'lines', null],
  );
  assert.deepEqual(versions[1]?.comparedTo, { from: 4, to: 5 }, 'what came back is compared to what was withdrawn');
  const corrected = versions[3]?.diff;
  assert.deepEqual(corrected, {
    kind: 'lines',
    added: 1,
    removed: 1,
    lines: [' 开工', '-投资三亿元', '+投资四亿元', ' 十一月一日'],
  });
});

test('readHistory tells apart the same bytes, the same words and what is no text', async () => {
  const type = 'application/pdf';
  const made = await sealedSamples(
    { [path]: { body: page('一') } },
    { [path]: { body: page('一'), provenance: '{"again":1}' } },
    { [path]: { body: page('一').replace('<main>', '<main class="new">') } },
    { [path]: { body: 'pdf', type } },
  );
  const { versions } = await read(made);
  assert.deepEqual(
    versions.map(({ diff }) => diff?.kind ?? null),
    ['none', 'same-words', 'same-bytes', null],
  );
});

test('readHistory reads one page of the map for each release that changed it, and none where the root is the same', async () => {
  const sample = sampleRelease();
  await sample.seal({ [path]: { body: 'a' } });
  await sample.seal({ [path]: { body: 'b' } });
  for (let at = 0; at < 5; at++) await sample.seal({ '/other.html': { body: String(at % 2) } });
  for (let at = 0; at < 9; at++) await sample.seal({});
  const reads: string[] = [];
  const get = (name: string): Promise<Uint8Array | undefined> => {
    if (name.startsWith('map/')) reads.push(name);
    return sample.store.get(name);
  };
  const { versions } = await readHistory({ store: { ...sample.store, get }, key: sample.vkey, path });
  assert.deepEqual(
    versions.map(({ releases: { from, to } }) => [from, to]),
    [
      [2, 16],
      [1, 1],
    ],
  );
  assert.equal(reads.length, 7);
});

test('readHistory goes past a bundle of the log and past branches of the map', async () => {
  const big = await manyReleases();
  const before = await read(big);
  for (let at = 0; at < 260; at++) await big.seal({ '/x/3.html': { body: String(at) } });
  const { versions } = await read(big);
  assert.deepEqual(versions.slice(1), before.versions.slice(1));
  assert.deepEqual(versions[0]?.releases, { from: 8, to: 268 });
});

test('readHistory names a path that never was', async () => {
  for (const never of ['/news/never.html', '/news/../a', 'news', '/a b'])
    await assert.rejects(
      read(samples, { path: never }),
      (error) => error instanceof ChengmenError && error.code === 'not-found' && error.parameters['id'] === never,
    );
});

test('readHistory stops where the release does not verify', async () => {
  const damaged = await manyReleases();
  const name = blobName({ hash: hashOf(Buffer.from(page('开工', '投资三亿元', '十一月一日'))) });
  damaged.store.files.set(name, Buffer.from('other words'));
  const unverified = (error: unknown): boolean => error instanceof ChengmenError && error.code === 'release-unverified';
  await assert.rejects(read(damaged), unverified);
  await assert.rejects(read(samples, { key: (await sealedSamples()).vkey }), unverified);
  const { store, vkey: key } = await sealedSamples();
  await assert.rejects(
    readHistory({ store, key, path }),
    (error) => error instanceof ChengmenError && error.code === 'no-release',
  );
});

test('historyLines says each version in both languages, and why there are no approvals', async () => {
  const alone = historyLines(await read(samples)).join('\n');
  assert.match(alone, /第 4—5 版 releases　200/);
  assert.match(alone, /410 已撤回 withdrawn/);
  assert.match(alone, /增 1 行 added，减 1 行 removed\n {5}开工\n {4}-投资三亿元\n {4}\+投资四亿元/);
  assert.match(alone, /审签未列出 approvals not shown/);
});

test('readHistory asks the ledger for the revision of the page itself, and does without what it does not know', async () => {
  const provenance = (revision: string): string =>
    JSON.stringify({
      target: 'item:news-1',
      revisions: [
        ['site', 'site.1', 's'],
        ['news-1', revision, `hash ${revision}`],
      ],
    });
  const made = await sealedSamples(
    { [path]: { body: 'one', provenance: provenance('news-1.1') } },
    { [path]: { body: 'two', provenance: provenance('news-1.2') } },
    { [path]: { body: 'three', provenance: 'not json' } },
  );
  const known: ExplainedRevision = {
    item: 'news-1',
    kind: 'article',
    title: '开工',
    revision: 'news-1.2',
    hash: 'hash news-1.2',
    author: '王',
    createdAt: '2026-11-01',
    reviews: [{ stage: 'first', name: '李', at: '2026-11-02', hash: 'hash news-1.2', decision: 'approved' }],
  };
  const explainRevision = (named: { readonly revision: string; readonly hash: string }): Promise<ExplainedRevision> => {
    assert.equal(named.hash, `hash ${named.revision}`);
    if (named.revision === known.revision) return Promise.resolve(known);
    return Promise.reject(new ChengmenError('not-found', { what: '修订 (revision)', id: named.revision }));
  };
  const told = await read(made, { office: { explainRevision } });
  assert.equal(told.ledger, null);
  assert.deepEqual(
    told.versions.map(({ revision, provenance: from }) => [from?.revisions[0]?.revision, revision?.author]),
    [
      [undefined, undefined],
      ['news-1.2', '王'],
      ['news-1.1', undefined],
    ],
  );
  assert.match(historyLines(told).join('\n'), /第 2 版 release　审定 approved 2026-11-02/);
  assert.match(historyLines(told).join('\n'), /修订 revision news-1\.2　开工　王 2026-11-01\n {4}◀ 审签 first 李/);
});
