import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breathing } from './breathe.ts';

test('breathing: in a loop that nothing else interrupts the others have their turn', async () => {
  const breathe = breathing();
  let turns = 0;
  setImmediate(() => turns++);
  for (const until = performance.now() + 1000; turns === 0 && performance.now() < until;) await breathe();
  assert.equal(turns, 1);
});
