/** `chengmen start` that seals into a bucket: the portal serves from a mirror of it and holds no key of the bucket. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { verifyRelease } from '@chengmen/release';
import { S3Store } from '@chengmen/seal';
import { fetchRaw, folderStore, verifySite } from '@chengmen/serve';
import { startObjectStore } from '../packages/seal/src/testing/start-object-store.ts';
import { article, foundCity, openSmallCity, publish } from './support/small-city.ts';
import { eventually, freePorts, startCity, temporaryFolder } from './support/start-city.ts';

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
const folder = temporaryFolder();
after(() => folder.remove());

test(
  'start with --releases s3://…: seals into the bucket, serves from a mirror, catches up after both died',
  { skip: 'reason' in server ? server.reason : process.platform === 'linux' ? false : 'it reads /proc' },
  async () => {
    assert.ok('options' in server);
    const { endpoint, accessKeyId = '', secretAccessKey = '' } = server.options;
    const data = join(folder.path, 'data');
    const releases = 's3://releases/city';
    const store = new S3Store({ ...server.options, prefix: 'city' });
    const inOffice = async (title: string, found: boolean): Promise<string> => {
      const office = await openSmallCity(data, {}, { releases, s3: { endpoint, accessKeyId, secretAccessKey } });
      if (found) await foundCity(office);
      await publish(office, title, 'article', article(title));
      await office.startPress().settle();
      await office.close();
      return office.vkey;
    };
    const key = await inOffice('first', true);
    assert.deepEqual((await verifyRelease({ store, key })).problems, []);
    // So that the start finds a city that stands already.
    writeFileSync(join(data, 'demo.json'), '{}');
    const ports = await freePorts();
    const start = () =>
      startCity({
        data,
        ports,
        arguments: ['--releases', releases, '--metrics-port', '0'],
        environment: {
          CHENGMEN_S3_ENDPOINT: endpoint,
          CHENGMEN_S3_ACCESS_KEY_ID: accessKeyId,
          CHENGMEN_S3_SECRET_ACCESS_KEY: secretAccessKey,
        },
      });
    const home = async (words: string): Promise<unknown> =>
      eventually(
        async () => (await fetchRaw(`http://127.0.0.1:${ports.portal}/`, {})).body.toString(),
        (body) => body.includes(words),
      );

    let city = await start();
    try {
      await home('first');
      assert.deepEqual((await verifySite({ url: city.portal, key })).problems, []);
      const environments = city.children().map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
      assert.equal(environments.length, 4);
      const reached = environments.filter((one) => /CHENGMEN_(?:PORTAL_PORT|SEARCH)=/.test(one));
      assert.deepEqual([reached.length, reached.join().includes(secretAccessKey)], [2, false]);
      assert.ok(!city.printed().includes(secretAccessKey));
    } finally {
      await city.stop();
    }

    await inOffice('second', false);
    city = await start();
    try {
      await home('second');
      // The mirror is killed and started again; the portal does not notice.
      const [mirror] = city
        .children()
        .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mirror-main'));
      assert.ok(mirror);
      process.kill(mirror, 'SIGKILL');
      await city.said(/镜像 mirror 已退出/);
      await home('second');
    } finally {
      await city.stop();
    }
    const served = folderStore(join(data, 'releases', 'linjiang'));
    assert.deepEqual((await verifyRelease({ store: served, key, newest: true })).problems, []);
  },
);
