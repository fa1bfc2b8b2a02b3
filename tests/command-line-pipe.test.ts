/** What an operator's shell does to the command line. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { spawnChengmen } from './support/start-city.ts';

test('main: a reader that has seen enough is no failure', async () => {
  const child = spawnChengmen(['help']);
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  assert.deepEqual([code, said], [0, '']);
});
