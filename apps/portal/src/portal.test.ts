import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { fetchRaw, verifySite, type RawAnswer } from '@chengmen/serve';
import { parseRecord, type AccessRecord } from './access-record.ts';
import { countView, recomputeViews, type Views } from './count-views.ts';
import { startPortal, type Portal, type PortalOptions } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-portal-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = (): string => join(root, `${++folders}`);

/** Brings the files of a sample onto disk, each in one switch (a portal may be reading), the checkpoint last. */
function publish(sample: SampleRelease, folder: string): void {
  const put = (name: string, bytes: Uint8Array): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  };
  const last = sample.files.get('checkpoint');
  for (const [name, bytes] of sample.files) if (name !== 'checkpoint') put(name, bytes);
  if (last !== undefined) put('checkpoint', last);
}

async function city(): Promise<SampleRelease> {
  const sample = sampleRelease();
  await sample.seal({ '/': { body: 'home' }, '/404.html': { body: 'not here', status: 404 } });
  return sample;
}

const optionsFor = (sample: SampleRelease, releases: string): PortalOptions => ({
  releases,
  key: sample.vkey,
  host: '127.0.0.1',
  port: 0,
  seenFile: `${releases}.seen`,
});

async function getOver(agent: Agent, port: number, path: string): Promise<{ status: number; body: string }> {
  const asked = request({ host: '127.0.0.1', port, path, agent }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() };
}

async function running(options: PortalOptions, use: (portal: Portal) => Promise<void>): Promise<void> {
  const portal = await startPortal(options);
  try {
    await use(portal);
  } finally {
    await portal.close();
  }
}

test('startPortal serves a release so that verifySite finds nothing wrong', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  await running(optionsFor(sample, folder), async (portal) => {
    const { status, headers, body } = await fetchRaw(`${portal.address}/`, { 'accept-encoding': 'gzip' });
    assert.deepEqual(
      [status, headers['content-encoding'], headers['x-content-type-options']],
      [200, 'gzip', 'nosniff'],
    );
    assert.equal(headers['content-length'], `${body.length}`);
    assert.equal(headers['server'] ?? headers['x-powered-by'], undefined);
    const report = await verifySite({ url: portal.address, key: sample.vkey });
    assert.deepEqual(report.problems, []);
  });
});

test('startPortal answers 503 before the first release, and each promotion as it comes', async () => {
  const sample = await city();
  const folder = newFolder();
  const waiting: ((size: number) => void)[] = [];
  const promotion = (): Promise<number> => new Promise((resolve) => waiting.push(resolve));
  const options = { ...optionsFor(sample, folder), promoted: (size: number) => waiting.shift()?.(size) };
  await running(options, async (portal) => {
    const home = async (): Promise<string> => (await fetchRaw(`${portal.address}/`, {})).body.toString();
    assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 503);
    const first = promotion();
    publish(sample, folder);
    assert.equal(await first, 1);
    assert.equal(await home(), 'home');
    const second = promotion();
    await sample.seal({ '/': { body: 'new home' } });
    publish(sample, folder);
    assert.equal(await second, 2);
    assert.equal(await home(), 'new home');
  });
});

test('startPortal remembers between runs what it has seen', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const options = optionsFor(sample, folder);
  await running({ ...options }, async (portal) => {
    assert.equal(portal.release.current()?.log.size, 1);
    await Promise.resolve();
  });
  const other = sampleRelease();
  await other.seal({ '/': { body: 'another history' } });
  publish(other, folder);
  const alarms: string[] = [];
  await running({ ...options, alarm: (code) => alarms.push(code) }, async (portal) => {
    assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 503);
    assert.ok(alarms.includes('forked'));
  });
});

test('startPortal answers odd requests with the headers of all others, and goes on', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  await running(optionsFor(sample, folder), async (portal) => {
    const ask = (method: string, path: string, body?: string): Promise<[number, string]> =>
      new Promise((resolve, reject) => {
        const asked = request({ host: portal.host, port: portal.port, method, path, agent: false }, (response) => {
          response.resume();
          resolve([response.statusCode ?? 0, String(response.headers['content-security-policy'])]);
        });
        asked.on('error', reject);
        asked.end(body);
      });
    const odd = [
      ['GET', '/%zz', 400],
      ['GET', '/%ff', 400],
      ['GET', `/${'a'.repeat(3000)}`, 414],
      ['POST', '/', 405],
      ['PUT', '/x', 405],
      ['OPTIONS', '*', 405],
      ['PROPFIND', '/', 405],
      ['HEAD', '/nothing', 404],
      ['GET', '/?a=%zz', 200],
      ['GET', '//', 404],
    ] as const;
    for (const [method, path, status] of odd) {
      const [is, policy] = await ask(method, path, method === 'POST' ? '{"a":1}' : undefined);
      assert.equal(is, status, `${method} ${path.slice(0, 20)}`);
      assert.match(policy, /default-src 'none'/);
    }
  });
});

test('startPortal leaves malformed requests and endless headers to the parser, which refuses them', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  await running(optionsFor(sample, folder), async (portal) => {
    const raw = async (text: string): Promise<string> => {
      const socket = connect(portal.port, portal.host);
      socket.end(text);
      const parts: Buffer[] = [];
      for await (const part of socket) parts.push(part as Buffer);
      return Buffer.concat(parts).toString();
    };
    assert.match(await raw('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
    assert.match(
      await raw('GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n'),
      /^HTTP\/1\.1 400 /,
    );
    assert.match(await raw(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
    assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 200);
  });
});

test('startPortal says which port is taken, and which key cannot be read', async () => {
  const sample = await city();
  await running(optionsFor(sample, newFolder()), async (portal) => {
    const again = { ...optionsFor(sample, newFolder()), port: portal.port };
    await assert.rejects(startPortal(again), {
      code: 'port-taken',
      parameters: { host: '127.0.0.1', port: portal.port, flag: 'portal-port' },
    });
  });
  await assert.rejects(startPortal({ ...optionsFor(sample, newFolder()), key: 'no key' }), { code: 'setting-invalid' });
});

test('startPortal drops no request over fifty promotions: each answer is wholly old or wholly new', async () => {
  const sample = sampleRelease();
  const folder = newFolder();
  const home = (version: number): string => `version ${version} `.repeat(200);
  await sample.seal({ '/': { body: home(0) } });
  publish(sample, folder);
  let newest = 0;
  const waiting: (() => void)[] = [];
  const options = { ...optionsFor(sample, folder), promoted: () => waiting.shift()?.() };
  await running(options, async ({ port }) => {
    let over = false;
    let answered = 0;
    const reader = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      let last = 0;
      for (; !over; answered++) {
        const floor = last;
        const { status, body } = await getOver(agent, port, '/');
        const version = Number(/^version (\d+) /.exec(body)?.[1]);
        assert.equal(status, 200);
        assert.equal(body, home(version), 'no mixture');
        assert.ok(version >= floor && version <= newest, 'never older than what was seen before');
        last = version;
      }
      agent.destroy();
    };
    const readers = Array.from({ length: 12 }, reader);
    for (let version = 1; version <= 50; version++) {
      const promoted = new Promise<void>((resolve) => waiting.push(resolve));
      newest = version;
      await sample.seal({ '/': { body: home(version) } });
      publish(sample, folder);
      await promoted;
    }
    over = true;
    await Promise.all(readers);
    assert.ok(answered > 50);
    assert.equal((await fetchRaw(`http://127.0.0.1:${port}/`, {})).body.toString(), home(50));
  });
});

test('startPortal answers the same from what is ready as from the store, over the wire', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  await running(optionsFor(sample, folder), async (portal) => {
    const ask = (headers: Record<string, string>): ReturnType<typeof fetchRaw> =>
      fetchRaw(`${portal.address}/`, headers);
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, { range: 'bytes=1-2' }, { 'if-none-match': '*' }]) {
      const [first, second] = [await ask(headers), await ask(headers)];
      for (const { headers: own } of [first, second]) assert.match(own['date'] ?? '', / GMT$/);
      const undated = ({ status, headers: own, body }: RawAnswer): unknown => [status, { ...own, date: '' }, body];
      assert.deepEqual(undated(second), undated(first));
    }
    assert.ok(portal.release.memory().hits >= 4);
  });
});

test('startPortal tells on a private port whether it lives, serves a release, and what it did', async () => {
  const sample = await city();
  const folder = newFolder();
  const waiting: (() => void)[] = [];
  const promotion = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const metrics = { host: '127.0.0.1', port: 0 };
  const options = { ...optionsFor(sample, folder), metrics, promoted: () => waiting.shift()?.() };
  await running(options, async (portal) => {
    const inside = async (path: string): Promise<[number, string]> => {
      const { status, body } = await fetchRaw(`${portal.metricsAddress}${path}`, {});
      return [status, body.toString()];
    };
    assert.equal((await inside('/live'))[0], 200);
    assert.equal((await inside('/ready'))[0], 503);
    const first = promotion();
    publish(sample, folder);
    await first;
    assert.equal((await inside('/ready'))[0], 200);
    for (const coding of ['gzip', 'gzip', 'identity'])
      await fetchRaw(`${portal.address}/`, { 'accept-encoding': coding });
    await fetchRaw(`${portal.address}/nothing`, {});
    const again = sampleRelease();
    await again.seal({ '/': { body: 'another history' } });
    publish(again, folder);
    await portal.release.reload();
    const [status, text] = await inside('/metrics');
    assert.equal(status, 200);
    assert.doesNotMatch(text, /held_release/, 'nobody has told it');
    process.emit('message', { type: 'held', release: 3 }, undefined);
    assert.match((await inside('/metrics'))[1], /^chengmen_portal_held_release 3$/m);
    process.emit('message', { type: 'held', release: 0 }, undefined);
    assert.match((await inside('/metrics'))[1], /^chengmen_portal_held_release 0$/m);
    for (const line of [
      'chengmen_portal_requests_total{status="2xx",coding="gzip"} 2',
      'chengmen_portal_requests_total{status="2xx",coding="identity"} 1',
      'chengmen_portal_requests_total{status="4xx",coding="identity"} 1',
      'chengmen_portal_body_bytes_total{status="2xx",coding="identity"} 4',
      'chengmen_portal_answer_seconds_count 4',
      'chengmen_portal_ready_answers_total 1',
      'chengmen_portal_other_answers_total 3',
      'chengmen_portal_releases 1',
      'chengmen_portal_release_paths 2',
      'chengmen_portal_connections_cut_total',
    ])
      assert.ok(text.includes(line), `${line}\n${text.replace(/^#.*\n/gm, '').slice(0, 4000)}`);
    assert.match(text, /^chengmen_portal_alarms_total\{code="forked"\} [1-9]/m);
    assert.match(text, /^chengmen_portal_cache_bytes [1-9]/m);
    assert.match(text, /^chengmen_portal_promotion_age_seconds \d/m);
    assert.match(text, /^process_resident_memory_bytes [1-9]/m);
    for (const path of ['/metrics', '/ready', '/live'])
      assert.equal((await fetchRaw(`${portal.address}${path}`, {})).status, 404, 'never on the public port');
    assert.equal((await inside('/'))[0], 404);
  });
});

test('startPortal serves on when the private port is taken, and raises the alarm', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  await running({ ...optionsFor(sample, newFolder()), metrics: { host: '127.0.0.1', port: 0 } }, async (other) => {
    const alarms: string[] = [];
    const port = Number(new URL(other.metricsAddress ?? '').port);
    const options = { ...optionsFor(sample, folder), alarm: (code: string) => alarms.push(code) };
    await running({ ...options, metrics: { host: '127.0.0.1', port } }, async (portal) => {
      assert.deepEqual([alarms, portal.metricsAddress], [['metrics-unreachable'], undefined]);
      assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 200);
    });
  });
});

test('startPortal logs what it answered: the network of the client, no query, one line each; the log counts as it was counted', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const log = newFolder();
  const live: Views = new Map();
  const records: AccessRecord[] = [];
  const accessed = (record: AccessRecord): void => {
    records.push(record);
    countView(live, record);
  };
  const options = { ...optionsFor(sample, folder), accessLog: { folder: log }, accessed };
  await running({ ...options, trustedProxies: ['127.0.0.1'] }, async (portal) => {
    const headers = {
      'accept-encoding': 'gzip',
      'user-agent': '"}\u00ff\\ Mozilla',
      referer: 'https://www.example.com/search?q=name',
      'x-forwarded-for': '1.2.3.4, 203.0.113.77',
    };
    await fetchRaw(`${portal.address}/?q=secret`, headers);
    await fetchRaw(`${portal.address}/`, {});
    await fetchRaw(`${portal.address}/%22a'%0a%zz`, headers);
    await portal.flush();
  });
  const [file = ''] = readdirSync(log);
  const text = readFileSync(join(log, file), 'utf8');
  const lines = text.split('\n').slice(0, -1);
  assert.doesNotMatch(text, /secret|search|203\.0\.113\.77/);
  assert.deepEqual(
    lines.map((line) => parseRecord(line)),
    records.map((record) => ({ ...record, ms: Math.round(record.ms * 1000) / 1000 })),
  );
  const shown = records.map(({ client, path, status, bytes, coding, referrer, agent }) => [
    ...[client, path, status, bytes > 0, coding, referrer, agent],
  ]);
  const agent = '"}\u00ff\\ Mozilla';
  assert.deepEqual(shown, [
    ['203.0.113.0/24', '/', 200, true, 'gzip', 'www.example.com', agent],
    ['127.0.0.0/24', '/', 200, true, '', '', ''],
    ['203.0.113.0/24', "/%22a'%0a%zz", 400, true, '', 'www.example.com', agent],
  ]);
  assert.deepEqual((await recomputeViews(log)).views, live);
  assert.deepEqual([live.size, [...live.values()].map(({ people }) => people.get('/'))], [1, [1]]);
});

test('startPortal serves on when the access log cannot be written', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const log = newFolder();
  writeFileSync(log, 'a file stands where the folder should');
  const alarms: string[] = [];
  const options = {
    ...optionsFor(sample, folder),
    accessLog: { folder: log },
    alarm: (code: string) => alarms.push(code),
  };
  await running(options, async (portal) => {
    await fetchRaw(`${portal.address}/`, {});
    await portal.flush();
    assert.deepEqual(alarms, ['access-log-unwritable']);
    assert.equal((await fetchRaw(`${portal.address}/`, {})).status, 200);
  });
});

test('startPortal listens on IPv6, and with :: on IPv4 too', async (t) => {
  if (!Object.values(networkInterfaces()).some((all) => all?.some(({ family }) => family === 'IPv6'))) {
    t.skip('this machine has no IPv6');
    return;
  }
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const networks: string[] = [];
  const accessed = ({ client }: AccessRecord): void => void networks.push(client);
  await running({ ...optionsFor(sample, folder), host: '::', accessed }, async ({ port, address }) => {
    assert.equal(address, `http://[::]:${port}`);
    assert.equal((await fetchRaw(`http://[::1]:${port}/`, {})).status, 200);
    assert.equal((await fetchRaw(`http://127.0.0.1:${port}/`, {})).status, 200);
  });
  assert.deepEqual(networks, ['::/48', '127.0.0.0/24']);
});

test('startPortal refuses proxies it cannot read', async () => {
  const sample = await city();
  const options = { ...optionsFor(sample, newFolder()), trustedProxies: ['10.0.0.0/40'] };
  await assert.rejects(startPortal(options), { code: 'setting-invalid' });
});

test('close answers what is under way, tells its client that this was the last, and takes nobody else', async () => {
  const sample = sampleRelease();
  const large = randomBytes(24 * 1024 * 1024);
  await sample.seal({ '/large.bin': { body: large, type: 'application/octet-stream' } });
  const folder = newFolder();
  publish(sample, folder);
  const portal = await startPortal(optionsFor(sample, folder));
  const [response] = (await once(
    request({ host: portal.host, port: portal.port, path: '/large.bin', agent: new Agent({ keepAlive: true }) }).end(),
    'response',
  )) as [IncomingMessage];
  const closing = portal.close();
  await assert.rejects(fetchRaw(`${portal.address}/large.bin`, {}), { code: 'ECONNREFUSED' });
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  assert.ok(Buffer.concat(parts).equals(large));
  await closing;
});

test('close waits a bounded time for a client that takes nothing, and for one that says nothing', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/large.bin': { body: randomBytes(24 * 1024 * 1024), type: 'application/octet-stream' } });
  const folder = newFolder();
  publish(sample, folder);
  const portal = await startPortal({ ...optionsFor(sample, folder), limits: { stop: 20 } });
  const mute = connect(portal.port, portal.host);
  mute.on('error', () => undefined);
  await once(mute, 'connect');
  const [response] = (await once(
    request({ host: portal.host, port: portal.port, path: '/large.bin', agent: false }).end(),
    'response',
  )) as [IncomingMessage];
  response.on('error', () => undefined);
  await portal.close();
  response.destroy();
  mute.destroy();
});

test('startPortal cuts off headers that do not come', async () => {
  const sample = await city();
  const options = { ...optionsFor(sample, newFolder()), limits: { headers: 600, request: 600, look: 10 } };
  await running(options, async ({ port, host }) => {
    const socket = connect(port, host);
    socket.write('GET / HTTP/1.1\r\nhost: a\r\nx-slow: ');
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    assert.match(Buffer.concat(parts).toString(), /^HTTP\/1\.1 408 /);
  });
});

test('startPortal cuts off a client that takes nothing of its answer', async () => {
  const sample = sampleRelease();
  await sample.seal({ '/large.bin': { body: randomBytes(24 * 1024 * 1024), type: 'application/octet-stream' } });
  const folder = newFolder();
  publish(sample, folder);
  let tell: (why: string) => void = () => undefined;
  const cut = new Promise<string>((resolve) => (tell = resolve));
  const options = { ...optionsFor(sample, folder), limits: { silence: 1500 }, cutOff: (why: string) => tell(why) };
  await running(options, async (portal) => {
    const socket = connect(portal.port, portal.host).pause();
    socket.on('error', () => undefined);
    socket.write('GET /large.bin HTTP/1.1\r\nhost: a\r\n\r\n');
    const closed = once(socket, 'close').then(() => 'closed before there was an answer');
    assert.equal(await Promise.race([cut, closed]), 'silent');
    socket.destroy();
    assert.match(JSON.stringify(await portal.metrics()), /"why":"silent"/);
  });
});

test('startPortal takes no more connections than it was told, and new ones when old ones have gone', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const cut: string[] = [];
  const options = { ...optionsFor(sample, folder), limits: { connections: 2 }, cutOff: (why: string) => cut.push(why) };
  await running(options, async ({ port }) => {
    const agents = [0, 1, 2].map(() => new Agent({ keepAlive: true }));
    const [first, second, third] = agents as [Agent, Agent, Agent];
    for (const agent of [first, second]) assert.equal((await getOver(agent, port, '/')).status, 200);
    await assert.rejects(getOver(third, port, '/'), { code: 'ECONNRESET' });
    assert.deepEqual(cut, ['too-many']);
    assert.equal((await getOver(first, port, '/')).status, 200, 'those who are in are served');
    for (const agent of agents) agent.destroy();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const main = join(import.meta.dirname, 'main.ts');
const start = (...argv: string[]): ChildProcess => fork(main, argv, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });

test('main tells its supervisor its port, serves, and stops when asked', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const child = start('--releases', folder, '--key', sample.vkey, '--port', '0', '--metrics-port', '0');
  const [message] = (await once(child, 'message')) as [{ ready: boolean; port: number }];
  assert.equal(message.ready, true);
  assert.equal((await fetchRaw(`http://127.0.0.1:${message.port}/`, {})).status, 200);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

/** Alarms as they come on standard error. */
function alarmsOf(child: ChildProcess): AsyncIterator<Record<string, string>> {
  const lines = createInterface({ input: child.stderr! });
  return (async function* () {
    for await (const line of lines) if (line.startsWith('{')) yield JSON.parse(line) as Record<string, string>;
  })();
}

test('main with two workers shares one port, starts again what dies, adds up the counters, and stops when asked', async () => {
  const sample = await city();
  const folder = newFolder();
  const log = newFolder();
  publish(sample, folder);
  const port = await freePort();
  const child = start(
    ...['--releases', folder, '--key', sample.vkey, '--port', '0', '--workers', '2', '--access-log', log],
    ...['--metrics-port', String(port)],
  );
  const alarms = alarmsOf(child);
  const [message] = (await once(child, 'message')) as [{ ready: boolean; port: number }];
  const inside = async (path: string): Promise<string> =>
    (await fetchRaw(`http://127.0.0.1:${port}${path}`, {})).body.toString();
  assert.equal(await inside('/ready'), 'ready\n');
  for (let at = 0; at < 6; at++) {
    const agent = new Agent();
    assert.equal((await getOver(agent, message.port, '/')).body, 'home');
    agent.destroy();
  }
  assert.match(await inside('/metrics'), /requests_total\{status="2xx",coding="identity"\} 6\n/);
  const [worker] = childrenOf(child.pid ?? 0);
  process.kill(worker ?? 0, 'SIGKILL');
  assert.deepEqual((await alarms.next()).value?.['alarm'], 'worker-ended');
  assert.equal((await fetchRaw(`http://127.0.0.1:${message.port}/`, {})).status, 200);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.ok(readdirSync(log).every((name) => /^access-[\d-]+\.[12]\.jsonl$/.test(name)));
});

test('main with two workers ends with 2 when the port is taken', async () => {
  const sample = await city();
  await running(optionsFor(sample, newFolder()), async (portal) => {
    const flags = ['--releases', newFolder(), '--key', sample.vkey, '--port', String(portal.port), '--workers', '2'];
    const child = start(...flags, '--metrics-port', '');
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(said, /port-taken/);
  });
});

test('main ends with 2 and the words of the catalogue when the port is taken', async () => {
  const sample = await city();
  await running(optionsFor(sample, newFolder()), async (portal) => {
    const child = start('--releases', newFolder(), '--key', sample.vkey, '--port', String(portal.port));
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(said, /port-taken[\s\S]*已被其他程序占用[\s\S]*is already in use/);
  });
});
