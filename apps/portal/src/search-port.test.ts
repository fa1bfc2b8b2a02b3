import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { askSearch } from './search-port.ts';

const root = mkdtempSync(join(tmpdir(), 'search-port-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let sockets = 0;

async function serving(answer: RequestListener, use: (socket: string) => Promise<void>): Promise<void> {
  const socket = join(root, `s${++sockets}`);
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    await use(socket);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('askSearch: waits so long in all, also where the answer comes drop by drop', async () => {
  let closed: (() => void) | undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  await serving(
    (_, response) => {
      response.writeHead(200);
      let drops = 0;
      const dripping = setInterval(() => (++drops < 60 ? response.write(' ') : response.end('1')), 50);
      response.on('close', () => {
        clearInterval(dripping);
        closed?.();
      });
    },
    async (socket) => {
      const started = performance.now();
      assert.deepEqual(await askSearch(socket, '/search', {}, 200), { problem: 'busy' });
      assert.ok(performance.now() - started < 2000);
      await gone;
    },
  );
});

test('askSearch: one that says nothing is busy, one that breaks off failed, one that is not there unreachable', async () => {
  await serving(
    () => undefined,
    async (socket) => {
      assert.deepEqual(await askSearch(socket, '/search', {}, 100), { problem: 'busy' });
    },
  );
  await serving(
    (_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('1', () => response.destroy());
    },
    async (socket) => {
      assert.deepEqual(await askSearch(socket, '/search', {}), { problem: 'failed' });
    },
  );
  assert.deepEqual(await askSearch(join(root, 'nobody'), '/search', {}), { problem: 'unreachable' });
});

test('askSearch: what was answered in time is the value, and no timer stays behind', async () => {
  await serving(
    (_, response) => response.end('{"a":1}'),
    async (socket) => {
      assert.deepEqual(await askSearch(socket, '/search', {}, 60_000), { value: { a: 1 } });
      await new Promise(setImmediate);
      assert.ok(!process.getActiveResourcesInfo().includes('Timeout'));
    },
  );
});
