import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeEntry, diffMaps, pageReader, type Entry } from './index.ts';
import { sampleRelease } from './testing/index.ts';

test('diffMaps: tells exactly the paths at which two releases differ, either way', async () => {
  const pages = fc.dictionary(
    fc.integer({ min: 0, max: 90 }).map((n) => `/p${n}.html`),
    fc.constantFrom('a', 'b', 'c'),
    {
      maxKeys: 80,
    },
  );
  await fc.assert(
    fc.asyncProperty(pages, pages, async (first, second) => {
      const sample = sampleRelease();
      const seal = async (texts: Readonly<Record<string, string>>, gone: readonly string[]): Promise<void> => {
        const put = Object.entries(texts).map(([path, body]) => [path, { body }]);
        await sample.seal(Object.fromEntries([...gone.map((path) => [path, null]), ...put]) as never);
      };
      await seal(first, []);
      const from = sample.map();
      await seal(second, Object.keys(first));
      const to = sample.map();
      const read = pageReader(sample.store);
      for (const [a, b, before, after] of [
        [from, to, first, second],
        [to, from, second, first],
      ] as const) {
        const found = new Map<string, [Entry | undefined, Entry | undefined]>();
        for await (const one of diffMaps(read, a, b))
          found.set(one.path, [one.before && decodeEntry(one.before.text), one.after && decodeEntry(one.after.text)]);
        const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        assert.deepEqual([...found.keys()].sort(), paths.filter((path) => before[path] !== after[path]).sort());
        for (const [path, [was, is]] of found) {
          assert.equal(was === undefined, before[path] === undefined);
          assert.equal(is === undefined, after[path] === undefined);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('diffMaps: reads no subtree that both have', async () => {
  const sample = sampleRelease();
  const put = (from: number, to: number): Record<string, { body: string }> =>
    Object.fromEntries(
      Array.from({ length: to - from }, (_, at) => [`/p${from + at}.html`, { body: String(from + at) }]),
    );
  await sample.seal(put(0, 2000));
  const from = sample.map();
  await sample.seal({ '/p7.html': { body: 'new' } });
  let reads = 0;
  const read = pageReader(sample.store);
  const counting: typeof read = (prefix, ref) => {
    reads++;
    return read(prefix, ref);
  };
  const found: string[] = [];
  for await (const { path } of diffMaps(counting, from, sample.map())) found.push(path);
  assert.deepEqual(found, ['/p7.html']);
  assert.ok(reads <= 8, `${reads} pages read`);
});
