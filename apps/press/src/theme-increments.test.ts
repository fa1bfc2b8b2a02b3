import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LiveItem, PagePath } from '@chengmen/model';
import { createCity, createTraces, press, type City, type Page, type PressOptions, type Traces } from '@chengmen/press';
import { createSmallWorld, smallCommands, type SmallWorld } from '@chengmen/press/testing';
import { createTheme } from '@chengmen/theme';
import { exampleBytes, foreignItems } from '@chengmen/theme/testing';

const theme = createTheme();

interface Line {
  readonly city: City;
  readonly traces: Traces;
  readonly release: Map<PagePath, Page>;
}

function openLine(world: SmallWorld): Line {
  const city = createCity({ items: world.live(), bytes: world.bytes, partSizes: { month: 2, addresses: 3 } });
  const line = { city, traces: createTraces(), release: new Map<PagePath, Page>() };
  advance(line, 'everything');
  return line;
}

function advance({ city, traces, release }: Line, touched: PressOptions['touched']): void {
  const pressed = press({ city, theme, traces, touched });
  for (const [path, page] of pressed.changes) {
    if (page) release.set(path, page);
    else release.delete(path);
  }
  traces.commit(pressed);
}

const asText = ({ release }: Line): string[] =>
  [...release]
    .map(([path, { output, provenance }]) => JSON.stringify([path, output, Buffer.from(provenance).toString()]))
    .sort();

test('createTheme: after up to 200 random commands its incremental release is byte for byte the one built from nothing', () => {
  fc.assert(
    fc.property(smallCommands, (commands) => {
      const world = createSmallWorld();
      const line = openLine(world);
      for (const command of commands) {
        const changed = world.liveOf(world.run(command));
        advance(line, line.city.apply([...changed, ...world.liveOf(line.city.dependents(changed))]));
      }
      assert.deepEqual(asText(line), asText(openLine(world)));
    }),
    { numRuns: 4, interruptAfterTimeLimit: 180_000 },
  );
});

test('createTheme: a translation that comes, is called otherwise or goes makes its original anew, and nothing else in its channel', () => {
  const world = createSmallWorld();
  world.run({ do: 'change-language', channel: 2, text: 2 });
  for (let day = 1; day < 10; day++) world.run({ do: 'add', kind: 5, channel: 0, day, to: 999 });
  const line = openLine(world);
  const original = /\/article-0\.html$/;
  const step = (...commands: Parameters<SmallWorld['run']>[0][]): string[] => {
    const before = new Map(line.release);
    for (const command of commands) {
      const changed = world.liveOf(world.run(command));
      advance(line, line.city.apply([...changed, ...world.liveOf(line.city.dependents(changed))]));
    }
    assert.deepEqual(asText(line), asText(openLine(world)));
    return [...line.release].flatMap(([path, page]) => (before.get(path) === page ? [] : [path]));
  };
  const versions = (): boolean => /rel="alternate" hreflang="en"/.test(String(pageOf(line, original)?.body));
  assert.ok(!versions());
  for (const [commands, stands] of [
    [[{ do: 'add', kind: 0, channel: 2, day: 20, to: 11 }], true],
    [[{ do: 'withdraw', item: 10 }], false],
    [[{ do: 'approve', item: 10 }], true],
    [[{ do: 'move-item', item: 10, channel: 1 }], false],
  ] as const) {
    const paths = step(...commands);
    assert.equal(versions(), stands, JSON.stringify(commands));
    assert.ok(
      paths.some((path) => original.test(path)),
      JSON.stringify(commands),
    );
    const beside = paths.filter((path) => /^\/(?:elder\/)?channel0\/.*leader/.test(path));
    assert.deepEqual(beside, []);
  }
});

function pageOf({ release }: Line, path: RegExp): Page['output'] | undefined {
  return [...release.values()].find(({ output }) => path.test(output.path) && !output.path.startsWith('/elder/'))
    ?.output;
}

const fieldsOf = (item: LiveItem, more: object): LiveItem => ({
  ...item,
  revision: `${item.id}.2`,
  hash: item.hash.replace(/^./, (first) => (first === '0' ? '1' : '0')),
  fields: { ...item.fields, ...more } as LiveItem['fields'],
});

for (const [id, shown] of [
  ['leader-2', /沈禾/],
  ['dept-health', /市卫生健康委员会|市衞生健康委員會|市衛生健康委員會/],
] as const)
  test(`createTheme: another name of ${id} makes just the pages anew that showed the old one`, () => {
    const items = new Map(foreignItems.map((item) => [item.id, item]));
    const bytes = (hash: string): Uint8Array | undefined => exampleBytes.get(hash);
    const city = createCity({ items: items.values(), bytes });
    const line: Line = { city, traces: createTraces(), release: new Map() };
    advance(line, 'everything');
    const showed = [...line.release].filter(([, { output }]) => shown.test(String(output.body))).map(([path]) => path);
    const before = new Map(line.release);
    const changed = fieldsOf(items.get(id) ?? assert.fail(id), { title: '另一个名字' });
    advance(line, city.apply([changed]));
    const anew = [...line.release].filter(([path, page]) => before.get(path)?.output.body !== page.output.body);
    assert.deepEqual(anew.map(([path]) => path).sort(), showed.sort());
    assert.ok(showed.length > 8 && showed.some((path) => path.startsWith('/zh-hant/about/departments/')));
    for (const [path, { output }] of line.release) assert.ok(!shown.test(String(output.body)), path);
    items.set(id, changed);
    const again: Line = {
      city: createCity({ items: items.values(), bytes }),
      traces: createTraces(),
      release: new Map(),
    };
    advance(again, 'everything');
    assert.deepEqual(asText(line), asText(again));
  });
