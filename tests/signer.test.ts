/** The seal key with a process of its own: killed while approvals come in, it is waited for, and nothing is lost. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { lookup, pageReader, readHead, verifyRelease } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import { readSettings } from '../apps/chengmen/src/settings.ts';
import { article, foundCity, openSmallCity, publish } from './support/small-city.ts';
import { chengmen, eventually, temporaryFolder } from './support/start-city.ts';

const folder = temporaryFolder();
after(() => {
  folder.remove();
});
const program = join(import.meta.dirname, '..', 'apps', 'chengmen', 'bin', 'chengmen.js');
const [data, key, socket] = ['data', 'away.skey', 'signer.sock'].map((name) => join(folder.path, name)) as [
  string,
  string,
  string,
];

async function startSigner(file = key): Promise<{ readonly child: ChildProcess; readonly vkey: string }> {
  const child = spawn(process.execPath, [program, 'sign-server', file, socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [vkey] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, vkey: vkey.toString().trim() };
}

test(
  'start --signer: what is approved while the signer is away is live once it is back',
  { skip: process.platform === 'win32' },
  async () => {
    const first = await startSigner();
    const settings = readSettings({ flags: { data, signer: socket }, environment: {}, folder: folder.path });
    const office = await openSmallCity(data, { settings });
    try {
      await foundCity(office);
      const press = office.startPress();
      await press.settle();
      assert.equal(office.vkey, first.vkey);
      assert.equal(existsSync(join(data, 'keys', 'seal.skey')), false, 'no key in the data folder');
      first.child.kill('SIGKILL');
      await once(first.child, 'exit');
      await publish(office, 'second', 'article', article('签名进程不在时审定的一篇'));
      await assert.rejects(press.settle());
      const second = await startSigner();
      assert.equal(second.vkey, first.vkey);
      await eventually(
        () => press.settle(),
        () => true,
      );
      const store = folderStore(office.folder.releases('linjiang'));
      const { leaf } = await readHead(store, { key: first.vkey });
      assert.equal((await lookup(pageReader(store), leaf.map, '/news/headlines/2026/11/20/second.html'))?.status, 200);
      assert.deepEqual((await verifyRelease({ store, key: first.vkey })).problems, []);
      second.child.kill('SIGTERM');
      const [code] = (await once(second.child, 'exit')) as [number | null];
      assert.equal(code, 0);
    } finally {
      await office.close();
    }
    const refused = await chengmen('key', 'rotate', '--data', data, '--signer', socket);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /wrong-state/);
    const other = await startSigner(join(folder.path, 'other.skey'));
    await assert.rejects(openSmallCity(data, { settings }), { code: 'setting-invalid' });
    other.child.kill('SIGTERM');
    await once(other.child, 'exit');
  },
);
