import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCity, type City } from './city.ts';
import type { LongTexts } from './long-texts.ts';
import { readKey } from './read-key.ts';
import { createSmallWorld, smallCommands } from './testing/index.ts';

function keptTexts(): LongTexts & { readonly kept: string[] } {
  const kept: string[] = [];
  return {
    kept,
    keep: (text) => [kept.push(text) - 1, text.length],
    read: ([at], from, to) => (kept[at] ?? '').slice(from, to),
  };
}

const itemsOf = (city: City): unknown[] => [...city.ids()].map((id) => city.item(id));

test('createCity: bodies that lie elsewhere come back with the item, whatever was changed', () => {
  fc.assert(
    fc.property(smallCommands, fc.integer({ min: 1, max: 300 }), (commands, repeat) => {
      const world = createSmallWorld();
      const long = (items: readonly ReturnType<typeof world.live>[number][]): typeof items =>
        items.map((item) =>
          'body' in item.fields
            ? ({ ...item, fields: { ...item.fields, body: item.fields.body.repeat(repeat) } } as typeof item)
            : item,
        );
      const inMemory = createCity({ items: long(world.live()), bytes: world.bytes });
      const elsewhere = createCity({ items: long(world.live()), bytes: world.bytes, texts: keptTexts() });
      for (const command of commands.slice(0, 40)) {
        const changed = long(world.liveOf(world.run(command)));
        const all = [...changed, ...long(world.liveOf(inMemory.dependents(changed)))];
        assert.deepEqual(elsewhere.apply(all), inMemory.apply(all));
      }
      assert.deepEqual(itemsOf(elsewhere), itemsOf(inMemory));
    }),
    { numRuns: 20, seed: 5 },
  );
});

test('createCity: a second city over the same texts answers as the first', () => {
  const body = `<p>${'江'.repeat(400)}</p>`;
  const items = createSmallWorld()
    .live()
    .map((item) => (item.kind === 'article' ? { ...item, fields: { ...item.fields, body } } : item));
  const texts = keptTexts();
  const first = createCity({ items, bytes: () => undefined, texts });
  const lie = texts.kept.length;
  const second = createCity({ items: [], shared: structuredClone(first.share()), bytes: () => undefined, texts });
  assert.equal(texts.kept.length, lie);
  assert.deepEqual(itemsOf(second), itemsOf(first));
  assert.deepEqual(second.newest(null, 9), first.newest(null, 9));
  assert.deepEqual(second.months(null), first.months(null));
  assert.deepEqual(second.channels(null), first.channels(null));
  assert.deepEqual(second.neighbours('article-0'), first.neighbours('article-0'));
  assert.deepEqual(second.site(), first.site());
  assert.deepEqual([first.outline('article-0')?.id, first.outline('article-0')?.kind], ['article-0', 'article']);
  assert.equal(first.outline('nobody'), undefined);
  assert.equal(first.outline(first.site().id), first.site());
  assert.deepEqual([...first.inOrder()].sort(), [...first.ids()].sort());
  assert.equal(first.item('article-0'), first.item('article-0'));
  assert.deepEqual(first.apply(items), []);
  assert.ok(first.apply(items.map((item) => ({ ...item, hash: `${item.hash}x` }))).includes(readKey.item('article-0')));
});
