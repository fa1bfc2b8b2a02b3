import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  canonicalJson,
  ChengmenError,
  sha256,
  type LiveItem,
  type Output,
  type PagePath,
  type Theme,
} from '@chengmen/model';
import { createCity, type City } from './city.ts';
import { press, type Page, type Pressed, type PressOptions } from './press.ts';
import { createSmallWorld, smallCommands, smallTheme, type SmallCommand, type SmallWorld } from './testing/index.ts';
import { createTraces, type Traces } from './traces.ts';

interface Line {
  readonly city: City;
  readonly theme: Theme;
  traces: Traces;
  readonly release: Map<PagePath, Page>;
}

function openLine(world: SmallWorld, theme = smallTheme()): Line {
  // So few that parts fill and empty.
  const city = createCity({ items: world.live(), bytes: world.bytes, partSizes: { month: 2, addresses: 3 } });
  return { city, theme, traces: createTraces(), release: new Map() };
}

function advance(line: Line, touched: PressOptions['touched']): Pressed {
  const { city, theme, traces, release } = line;
  const pressed = press({ city, theme, traces, touched });
  for (const [path, page] of pressed.changes) {
    if (page) release.set(path, page);
    else release.delete(path);
  }
  traces.commit(pressed);
  return pressed;
}

function step(line: Line, world: SmallWorld, command: SmallCommand): Pressed {
  const changed = world.liveOf(world.run(command));
  return advance(line, line.city.apply([...changed, ...world.liveOf(line.city.dependents(changed))]));
}

function fromNothing(world: SmallWorld): Line {
  const line = openLine(world);
  advance(line, 'everything');
  return line;
}

/** Every byte of a release as one text, so that a difference can be read. */
function asText(release: ReadonlyMap<PagePath, Page>): string[] {
  return [...release].map(([path, { output, provenance }]) => `${path} ${asLine(output)} ${decode(provenance)}`).sort();
}

function asLine({ status, type, body, location }: Output): string {
  return [status, type, location, typeof body === 'string' ? body : decode(body)].join(' ');
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('press: after up to 200 random commands the incremental release is byte for byte the one built from nothing', () => {
  fc.assert(
    fc.property(smallCommands, (list) => {
      const world = createSmallWorld();
      const line = fromNothing(world);
      for (const [at, command] of list.entries()) {
        step(line, world, command);
        if (at % 25 === 24 || at === list.length - 1)
          assert.deepEqual(asText(line.release), asText(fromNothing(world).release));
      }
    }),
    { numRuns: 15, interruptAfterTimeLimit: 120_000 },
  );
});

test('press: traces kept by increments are those of a press from nothing', () => {
  fc.assert(
    fc.property(smallCommands, (list) => {
      const world = createSmallWorld();
      const line = fromNothing(world);
      for (const command of list) step(line, world, command);
      const whole = fromNothing(world);
      const records = ({ traces }: Line): unknown[] => [...traces.targets()].sort().map((id) => traces.record(id));
      assert.deepEqual(records(line), records(whole));
    }),
    { numRuns: 4 },
  );
});

test('press: recheck catches up with changes nobody told of, and renders nothing else', () => {
  fc.assert(
    fc.property(smallCommands, (list) => {
      const world = createSmallWorld();
      const line = fromNothing(world);
      for (const command of list) world.run(command);
      const later: Line = { ...openLine(world), traces: line.traces, release: line.release };
      advance(later, 'recheck');
      assert.deepEqual(asText(later.release), asText(fromNothing(world).release));
      const again = press({ ...later, touched: 'recheck' });
      assert.deepEqual([[...again.records], again.removed, again.changes.size], [[], [], 0]);
    }),
    { numRuns: 6 },
  );
});

function article(id: string, date: string, fields: Record<string, unknown> = {}): LiveItem<'article'> {
  const all = { title: id, channel: 'news', date, source: '小城发布', body: `<p>${id}</p>`, ...fields };
  return {
    id,
    kind: 'article',
    state: 'live',
    path: `/news/${date.slice(0, 10).replaceAll('-', '/')}/${id}.html`,
    formerPaths: [],
    revision: `${id}.1`,
    hash: sha256(canonicalJson({ id, fields: all })),
    fields: all,
  };
}

const fixed = {
  site: { id: 'settings', kind: 'site', path: null, fields: { name: '小城' } },
  news: {
    id: 'news',
    kind: 'channel',
    path: '/news/',
    fields: {
      name: '新闻',
      segment: 'news',
      parent: null,
      position: 1,
      layout: 'list',
      type: '新闻',
      navigation: true,
    },
  },
};

function bigLine(count: number): Line {
  const base = { state: 'live', formerPaths: [], revision: 'x.1', hash: 'x' };
  const start = Date.UTC(2021, 0, 1);
  const fiveYears = 5 * 365 * 86_400_000;
  const items = Array.from({ length: count }, (_, at) => {
    const date = new Date(start + Math.floor((at * fiveYears) / count)).toISOString();
    return article(`a-${at}`, `${date.slice(0, 10)} ${date.slice(11, 16)}`);
  });
  const city = createCity({
    items: [...Object.values(fixed).map((item) => ({ ...base, ...item }) as unknown as LiveItem), ...items],
    bytes: () => undefined,
  });
  const line: Line = { city, theme: smallTheme(), traces: createTraces(), release: new Map() };
  advance(line, 'everything');
  return line;
}

test('press: what a change renders does not grow with the age or size of the channel', () => {
  const costs = [300, 3000].map((count) => {
    const line = bigLine(count);
    const cost = (item: LiveItem): number => advance(line, line.city.apply([item])).rendered;
    return {
      added: cost(article('newest', '2026-11-20 09:00')),
      edited: cost(article('newest', '2026-11-20 09:00', { title: '改' })),
      body: cost(article('newest', '2026-11-20 09:00', { title: '改', body: '<p>改</p>' })),
      backDated: cost(article('newest', '2023-06-15 09:00', { title: '改' })),
      withdrawn: cost({ ...article('newest', '2023-06-15 09:00'), state: 'withdrawn' }),
    };
  });
  // Added: its page, the page before it, the channel, its month, the site's month and that month's addresses, home, the
  // months there are.
  assert.deepEqual(costs[0], { added: 8, edited: 6, body: 1, backDated: 13, withdrawn: 8 });
  assert.deepEqual(costs[1], costs[0]);
});

test('press: an item that is as it was renders nothing', () => {
  const line = bigLine(20);
  assert.deepEqual(line.city.apply([structuredClone(line.city.item('a-3')!)]), []);
  assert.equal(advance(line, ['item:a-3', 'newest:news', 'month:*:2021-01:0']).rendered, 0);
});

test('press: why names the read that changed, and nothing for a page left alone', () => {
  const line = bigLine(20);
  const pressed = advance(line, line.city.apply([article('late', '2026-11-20 09:00')]));
  const before = line.city.item('a-19')?.path ?? '';
  assert.deepEqual(pressed.why('/news/2026/11/20/late.html')?.why, { cause: 'new', touched: 'item:late' });
  const why = pressed.why(before)?.why;
  assert.deepEqual(why?.cause === 'read' && why.reads.map(({ key }) => key), ['neighbours:a-19']);
  assert.equal(pressed.why(line.city.item('a-2')?.path ?? ''), undefined);
});

test('press: another version of the theme renders everything and says so', () => {
  const line = bigLine(5);
  const newer: Line = { ...line, theme: smallTheme('other') };
  const pressed = advance(newer, []);
  assert.equal(pressed.rendered, [...line.traces.targets()].length);
  assert.equal(pressed.why('/')?.why.cause, 'theme');
  assert.equal(advance(newer, []).rendered, 0);
});

test('press: two targets at one address are refused with both names, in the same press or a later one', () => {
  const theme = smallTheme();
  const twice: Theme = {
    ...theme,
    render: (target, source) =>
      theme
        .render(target, source)
        .map((output) => (target === 'item:late' ? { ...output, path: '/404.html' } : output)),
  };
  const line = { ...bigLine(5), theme: twice };
  const items = line.city.apply([article('late', '2026-11-20 09:00')]);
  const conflict = (error: unknown): boolean =>
    error instanceof ChengmenError &&
    error.code === 'address-conflict' &&
    new Set([error.parameters['one'], error.parameters['other']]).has('item:late') &&
    new Set([error.parameters['one'], error.parameters['other']]).has('missing');
  assert.throws(() => advance(line, items), conflict);
  assert.throws(() => advance(line, 'everything'), conflict);
});

test('press: an address may pass from one target to another in one press', () => {
  const line = bigLine(5);
  const moved = { ...article('a-2', '2026-11-20 09:00'), path: line.city.item('a-3')?.path ?? '' };
  const gone = { ...article('a-3', '2026-11-20 09:00'), path: '/news/elsewhere.html' };
  advance(line, line.city.apply([moved, gone]));
  assert.equal(line.traces.ownerOf(moved.path), 'item:a-2');
  assert.match(asLine(line.release.get(moved.path)!.output), /"title":"a-2"/);
});

test('press: provenance names theme, reads and the revisions of items read whole, and no more', () => {
  const line = bigLine(5);
  const page = line.release.get(line.city.item('a-2')?.path ?? '')!;
  const told = JSON.parse(decode(page.provenance)) as Record<string, unknown[][]>;
  assert.deepEqual(Object.keys(told), ['reads', 'revisions', 'target', 'theme']);
  assert.deepEqual(told['revisions'], [
    ['a-2', 'a-2.1', line.city.item('a-2')?.hash],
    ['news', 'x.1', 'x'],
    ['settings', 'x.1', 'x'],
  ]);
  assert.deepEqual(
    told['reads']?.map(([key]) => key),
    told['reads']?.map(([key]) => key).toSorted(),
  );
});
