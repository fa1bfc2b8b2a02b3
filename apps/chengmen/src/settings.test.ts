import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-settings-'));
const read = (flags: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings({ flags, environment, folder });
const refused = (run: () => unknown, code: string, words: RegExp): void => {
  assert.throws(run, (error) => error instanceof ChengmenError && error.code === code && words.test(error.message));
};

test('readSettings: flags win over the environment, that over the file, that over the defaults', () => {
  const file = join(folder, 'city.json');
  writeFileSync(file, JSON.stringify({ portalPort: 1, deskPort: 2, counterPort: 3 }));
  const settings = read(
    { config: file, 'portal-port': '11' },
    { CHENGMEN_PORTAL_PORT: '12', CHENGMEN_DESK_PORT: '13' },
  );
  assert.deepEqual(
    [settings.portalPort, settings.deskPort, settings.counterPort, settings.host],
    [11, 13, 3, '127.0.0.1'],
  );
  assert.equal(settings.data, join(folder, 'data'));
  const { metricsPort, portalWorkers, trustedProxies } = read(
    { 'metrics-port': '0' },
    { CHENGMEN_PORTAL_WORKERS: '2' },
  );
  assert.deepEqual([metricsPort, portalWorkers, trustedProxies, settings.metricsPort], [0, 2, '', 9080]);
});

test('readSettings: what is wrong is named with its flag and variable', () => {
  refused(() => read({ 'portal-port': '80800' }), 'setting-invalid', /--portal-port \/ CHENGMEN_PORTAL_PORT.*80800/);
  refused(() => read({}, { CHENGMEN_DESK_PORT: 'many' }), 'setting-invalid', /CHENGMEN_DESK_PORT/);
  refused(() => read({ 'database-url': 'mysql://x' }), 'setting-invalid', /database-url/);
  assert.throws(
    () => read({ 'database-url': 'mysql://chengmen:very:se@cret@host/db' }),
    (error) => error instanceof Error && !/very|cret/.test(error.message) && error.message.includes('host/db'),
    'a password is not repeated',
  );
  refused(() => read({ 'portal-port': '8081' }), 'setting-invalid', /8081/);
  refused(() => read({ 'portal-port': '9080' }), 'setting-invalid', /9080/);
  refused(() => read({ 'portal-workers': '0' }), 'setting-invalid', /CHENGMEN_PORTAL_WORKERS/);
});

test('readSettings: buckets and their keys come from the environment before the file, never from flags, and are not repeated', () => {
  const file = join(folder, 'bucket.json');
  const s3 = { endpoint: 'http://one', secretAccessKey: 'secret', buckets: { two: { endpoint: 'http://two' } } };
  writeFileSync(file, JSON.stringify({ releases: 's3://one/x', s3 }));
  const settings = read({ config: file }, { CHENGMEN_S3_ENDPOINT: 'http://other', CHENGMEN_S3_PATH_STYLE: '0' });
  assert.equal(settings.releases, 's3://one/x');
  assert.deepEqual(settings.s3, { ...s3, endpoint: 'http://other', pathStyle: false });
  assert.equal(read({ releases: 'elsewhere' }).releases, join(folder, 'elsewhere'));
  refused(() => read({ releases: 's3://' }), 'setting-invalid', /CHENGMEN_RELEASES/);
  writeFileSync(file, JSON.stringify({ s3: { secretAccessKey: ['hidden'] } }));
  assert.throws(
    () => read({ config: file }),
    (error) => error instanceof ChengmenError && error.code === 'setting-invalid' && !error.message.includes('hidden'),
  );
});

test('readSettings: a configuration file that is missing, no JSON or misspelt is refused', () => {
  refused(() => read({ config: 'nowhere.json' }), 'file-unreadable', /nowhere/);
  writeFileSync(join(folder, 'broken.json'), '{');
  refused(() => read({ config: 'broken.json' }), 'file-unreadable', /broken/);
  writeFileSync(join(folder, 'misspelt.json'), '{"portPortal": 1}');
  refused(() => read({ config: 'misspelt.json' }), 'file-unreadable', /portPortal/);
});
