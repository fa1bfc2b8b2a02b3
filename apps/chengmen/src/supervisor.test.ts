import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createSupervisor, restartDelay } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-supervisor-'));
const program = (name: string, source: string): string => {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, source);
  return path;
};

test('restartDelay: at once the first time, then longer, never beyond half a minute', () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(restartDelay), [0, 0, 250, 500, 1000]);
  assert.equal(restartDelay(50), 30_000);
});

test('createSupervisor: a killed child is started again, and stop ends them all', async () => {
  const entry = program(
    'steady',
    'process.send({ pid: process.pid }); process.on("SIGTERM", () => process.exit(0)); process.channel.ref();',
  );
  const pids: number[] = [];
  let second: () => void = () => undefined;
  const restarted = new Promise<void>((resolve) => (second = resolve));
  const supervisor = createSupervisor({
    message: (_name, message) => {
      const { pid } = message as { pid: number };
      pids.push(pid);
      if (pids.length === 1) process.kill(pid, 'SIGKILL');
      else second();
    },
    restarting: (_name, how) => {
      assert.equal(how, 'SIGKILL');
    },
    gaveUp: () => assert.fail('it must not give up'),
  });
  supervisor.start({ name: 'steady', entry, environment: {}, nodeFlags: [] });
  await restarted;
  await supervisor.stop();
  assert.equal(pids.length, 2);
  assert.throws(() => process.kill(pids[1] ?? 0, 0), 'it is gone');
});

test('createSupervisor: exit code 2 means it cannot run, and is not tried again', async () => {
  const entry = program('refuses', 'process.exit(2)');
  await new Promise<void>((resolve) => {
    const supervisor = createSupervisor({
      message: () => undefined,
      restarting: () => assert.fail('it must not restart'),
      gaveUp: (name) => {
        assert.equal(name, 'refuses');
        resolve();
      },
    });
    supervisor.start({ name: 'refuses', entry, environment: {}, nodeFlags: [] });
  });
});
