import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { fetchRaw } from '@chengmen/serve';
import fc from 'fast-check';
import { createAccessLog } from './access-log.ts';
import { formatRecord, parseRecord, type AccessRecord } from './access-record.ts';
import { clientOf, networkOf } from './client-address.ts';
import { countView, recomputeViews, type Views } from './count-views.ts';
import { startPortal, type Portal, type PortalOptions } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-operations-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = (): string => join(root, `${++folders}`);

/** Brings the files of a sample onto disk, the checkpoint last and in one switch. */
function publish(sample: SampleRelease, folder: string): void {
  for (const [name, bytes] of sample.files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(name === 'checkpoint' ? `${path}.new` : path, bytes);
  }
  renameSync(join(folder, 'checkpoint.new'), join(folder, 'checkpoint'));
}

async function running(
  options: Partial<PortalOptions>,
  use: (portal: Portal, sample: SampleRelease, releases: string) => Promise<void>,
): Promise<void> {
  const sample = sampleRelease();
  await sample.seal({ '/': { body: 'home' }, '/404.html': { body: 'not here', status: 404 } });
  const releases = newFolder();
  publish(sample, releases);
  const seenFile = `${releases}.seen`;
  const portal = await startPortal({ releases, key: sample.vkey, host: '127.0.0.1', port: 0, seenFile, ...options });
  try {
    await use(portal, sample, releases);
  } finally {
    await portal.close();
  }
}

const metrics = { host: '127.0.0.1', port: 0 };

test('the private port tells whether it serves, and counts; the public one tells nothing of it', () =>
  running({ metrics }, async (portal) => {
    const inside = portal.metricsAddress ?? assert.fail('no private port');
    const read = async (url: string) => {
      const { status, body } = await fetchRaw(url, {});
      return { status, text: Buffer.from(body).toString() };
    };
    assert.equal((await read(`${inside}/live`)).status, 200);
    assert.equal((await read(`${inside}/ready`)).status, 200);
    await read(`${portal.address}/`);
    await read(`${portal.address}/none`);
    const { text } = await read(`${inside}/metrics`);
    assert.match(text, /^chengmen_portal_requests_total\{status="2xx",coding="identity"\} 1$/m);
    assert.match(text, /^chengmen_portal_requests_total\{status="4xx",coding="identity"\} 1$/m);
    for (const path of ['/metrics', '/ready', '/live']) assert.equal((await read(portal.address + path)).status, 404);
    assert.equal((await read(`${inside}/`)).status, 404);
  }));

test('a portal without a release is alive and not ready', async () => {
  const sample = sampleRelease();
  const releases = newFolder();
  const portal = await startPortal({
    releases,
    key: sample.vkey,
    host: '127.0.0.1',
    port: 0,
    seenFile: `${releases}.seen`,
    metrics,
  });
  try {
    assert.equal((await fetchRaw(`${portal.metricsAddress ?? ''}/live`, {})).status, 200);
    assert.equal((await fetchRaw(`${portal.metricsAddress ?? ''}/ready`, {})).status, 503);
  } finally {
    await portal.close();
  }
});

test('a portal listens on IPv6', { skip: process.platform === 'win32' && 'not tried there' }, () =>
  running({ host: '::1' }, async (portal) => {
    assert.match(portal.address, /^http:\/\/\[::1\]:\d+$/);
    assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 200);
  }),
);

test('promotions while requests are under way drop none, and each answer is wholly of one release', () =>
  running({}, async (portal, sample, releases) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const ask = (): Promise<{ status: number; etag: string; body: string }> =>
      new Promise((resolve, reject) => {
        get(`${portal.address}/`, { agent }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              etag: String(response.headers.etag),
              body: Buffer.concat(parts).toString(),
            });
          });
          response.on('error', reject);
        }).on('error', reject);
      });
    const bodies = new Map<string, string>();
    let asking = true;
    const clients = Array.from({ length: 8 }, async () => {
      while (asking) {
        const { status, etag, body } = await ask();
        assert.equal(status, 200);
        assert.equal(bodies.get(etag) ?? body, body, 'one tag, one body');
        bodies.set(etag, body);
      }
    });
    for (let at = 1; at <= 30; at++) {
      await sample.seal({ '/': { body: `home ${at} ${'x'.repeat(at * 200)}` } });
      publish(sample, releases);
      // A look that was under way when the checkpoint changed may have seen the one before.
      while (portal.release.current()?.log.size !== at + 1) await portal.release.reload();
    }
    assert.match((await ask()).body, /^home 30 /);
    asking = false;
    await Promise.all(clients);
    for (const body of bodies.values()) assert.match(body, /^home(?: (\d+) (x+))?$/);
    agent.destroy();
  }));

const record = (change: Partial<AccessRecord> = {}): AccessRecord => ({
  time: Date.UTC(2026, 10, 23, 17),
  client: '203.0.113.0/24',
  method: 'GET',
  path: '/',
  status: 200,
  bytes: 4,
  ms: 0.25,
  coding: '',
  referrer: '',
  agent: 'Mozilla/5.0',
  ...change,
});

test('a record is one line, whatever a request holds, and reads back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }), (path, agent) => {
      const line = formatRecord(record({ path, agent }));
      assert.ok(!/[\n\r]/.test(line));
      assert.deepEqual(parseRecord(line), record({ path, agent }));
    }),
  );
  assert.match(formatRecord(record()), /"time":"2026-11-24T01:00:00.000\+08:00"/, 'time of China');
  for (const line of ['', '{', 'null', '{"time":"x"}', '[1]']) assert.equal(parseRecord(line), undefined);
});

test('views counted again from the log are those counted live', async () => {
  const folder = newFolder();
  const views: Views = new Map();
  const portalOptions = { accessLog: { folder }, accessed: (one: AccessRecord) => countView(views, one) };
  await running(portalOptions, async (portal) => {
    for (const agent of ['Mozilla/5.0', 'Baiduspider/2.0', 'curl/8', ''])
      for (const path of ['/', '/?q=隐私', '/none', '/%0a"}'])
        await fetchRaw(portal.address + encodeURI(decodeURI(path)), { 'user-agent': agent });
    await portal.flush();
  });
  const again = await recomputeViews(folder);
  assert.deepEqual(again.views, views);
  assert.equal(again.unreadable, 0);
  const [day] = [...views.values()];
  assert.deepEqual([day?.people.get('/'), day?.robots.get('/')], [2, 6]);
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  assert.ok(!text.includes('127.0.0.1') && text.includes('127.0.0.0/24'), 'no whole address');
  assert.ok(!text.includes('q='), 'no query');
});

test('a log that cannot be written raises the alarm, holds up nobody, and goes on where it can again', async () => {
  const folder = newFolder();
  const alarms: string[] = [];
  writeFileSync(folder, 'a file in its place');
  const log = createAccessLog({
    folder,
    alarm: (problem) => alarms.push(problem),
    period: 3_600_000,
    mostWaiting: 1000,
  });
  for (let at = 0; at < 20; at++) log.write(record({ path: `/${at}` }));
  await log.flush();
  assert.ok(alarms.length > 0);
  assert.ok(log.lost() > 0, 'what has no room is counted');
  rmSync(folder);
  await log.close();
  const lines = readFileSync(join(folder, 'access-2026-11-24.jsonl'), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 20 - log.lost());
});

test('X-Forwarded-For is believed only as far as trusted proxies wrote it', () => {
  const client = clientOf(['10.0.0.0/8', 'fd00::/8']);
  assert.equal(client('198.51.100.7', '1.2.3.4'), '198.51.100.7', 'not from a proxy');
  assert.equal(client('10.0.0.1', '1.2.3.4, 203.0.113.9'), '203.0.113.9', 'what the client wrote itself is not asked');
  assert.equal(client('10.0.0.1', '203.0.113.9, 10.0.0.2'), '203.0.113.9');
  assert.equal(client('fd00::1', '2001:db8:1:2::3'), '2001:db8:1:2::3');
  assert.equal(client('::ffff:10.0.0.1', '203.0.113.9'), '203.0.113.9');
  assert.equal(client('10.0.0.1', 'rubbish'), '10.0.0.1');
  assert.equal(clientOf([])('10.0.0.1', '203.0.113.9'), '10.0.0.1');
  assert.throws(() => clientOf(['10.0.0.0/99']), RangeError);
  assert.equal(networkOf('203.0.113.9'), '203.0.113.0/24');
  assert.equal(networkOf('2001:db8:1:2::3'), '2001:db8:1::/48');
  assert.equal(networkOf('nobody'), '');
});
