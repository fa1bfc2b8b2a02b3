import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PagePath } from '@chengmen/model';
import { createCity, createTraces, press, type City, type Page, type PressOptions, type Traces } from '@chengmen/press';
import { createSmallWorld, smallCommands, type SmallWorld } from '@chengmen/press/testing';
import { createTheme } from '@chengmen/theme';

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
