import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ChengmenError } from '@chengmen/model';
import { portalHelp, portalSettings, readPortalSettings } from './settings.ts';

const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

test('readPortalSettings takes flags before environment before defaults', () => {
  assert.deepEqual(readPortalSettings(['--releases', 'r/', '--key', key], {}), {
    releases: 'r/',
    key,
    host: '127.0.0.1',
    port: 8080,
    seenFile: 'r.seen',
    https: false,
    workers: 1,
    metrics: { host: '127.0.0.1', port: 9080 },
    accessLog: undefined,
    trustedProxies: [],
    search: undefined,
    views: undefined,
    limits: { connections: 10_000 },
  });
  const environment = {
    CHENGMEN_RELEASES: 'e',
    CHENGMEN_KEY: key,
    CHENGMEN_HOST: '::1',
    CHENGMEN_PORTAL_PORT: '81',
    CHENGMEN_SEEN: 's',
    CHENGMEN_HTTPS: '1',
    CHENGMEN_PORTAL_WORKERS: '2',
    CHENGMEN_METRICS_PORT: '9000',
    CHENGMEN_METRICS_HOST: '::1',
    CHENGMEN_ACCESS_LOG: 'l',
    CHENGMEN_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    CHENGMEN_MAX_CONNECTIONS: '9',
  };
  assert.deepEqual(readPortalSettings(['--port', '82'], environment), {
    releases: 'e',
    key,
    host: '::1',
    port: 82,
    seenFile: 's',
    https: true,
    workers: 2,
    metrics: { host: '::1', port: 9000 },
    accessLog: 'l',
    trustedProxies: ['10.0.0.0/8', '::1'],
    search: undefined,
    views: undefined,
    limits: { connections: 9 },
  });
  for (const off of ['', '0'])
    assert.equal(readPortalSettings(['--metrics-port', off], environment).metrics, undefined);
});

test('readPortalSettings reads the key from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-settings-'));
  writeFileSync(join(folder, 'seal.vkey'), `${key}\n`);
  assert.equal(readPortalSettings(['--releases', 'r', '--key', join(folder, 'seal.vkey')], {}).key, `${key}\n`);
  rmSync(folder, { recursive: true });
});

test('readPortalSettings refuses what it cannot use, by its code', () => {
  const refused: readonly (readonly [readonly string[], string])[] = [
    [['--key', key], 'setting-invalid'],
    [['--releases', 'r'], 'key-missing'],
    [['--releases', 'r', '--key', '/no/such/file'], 'file-unreadable'],
    [['--releases', 'r', '--key', key, '--port', '80x'], 'setting-invalid'],
    [['--releases', 'r', '--key', key, '--port', '65536'], 'setting-invalid'],
    [['--releases', 'r', '--key', key, '--workers', '0'], 'setting-invalid'],
    [['--releases', 'r', '--key', key, '--max-connections', '0'], 'setting-invalid'],
    [['--releases', 'r', '--key', key, '--trusted-proxies', '10.0.0.0/33'], 'setting-invalid'],
    [['--releases', 'r', '--key', key, '--trusted-proxies', 'proxy'], 'setting-invalid'],
    [['--wrong'], 'arguments-invalid'],
  ];
  for (const [argv, code] of refused) assert.throws(() => readPortalSettings(argv, {}), { code }, argv.join(' '));
});

test('portalHelp tells each setting in Chinese and English, and a wrong flag shows it', () => {
  for (const [flag, { variable, zh, en }] of Object.entries(portalSettings)) {
    for (const part of [`--${flag} `, variable, zh, en]) assert.ok(portalHelp().includes(part), part);
    assert.match(zh, /\p{Script=Han}/u);
  }
  assert.throws(
    () => readPortalSettings(['--wrong'], {}),
    (error: ChengmenError) => String(error.parameters['problem']).includes('--metrics-port'),
  );
});
