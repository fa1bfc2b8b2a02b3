import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sampleRelease, type SampleRelease } from '@chengmen/release/testing';
import { fetchRaw, verifySite } from '@chengmen/serve';
import { startPortal, type Portal, type PortalOptions } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-portal-'));
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

const main = join(import.meta.dirname, 'main.ts');
const start = (...argv: string[]): ChildProcess => fork(main, argv, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });

test('main tells its supervisor its port, serves, and stops when asked', async () => {
  const sample = await city();
  const folder = newFolder();
  publish(sample, folder);
  const child = start('--releases', folder, '--key', sample.vkey, '--port', '0');
  const [message] = (await once(child, 'message')) as [{ ready: boolean; port: number }];
  assert.equal(message.ready, true);
  assert.equal((await fetchRaw(`http://127.0.0.1:${message.port}/`, {})).status, 200);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
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
