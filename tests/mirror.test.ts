/** `chengmen mirror` as an operator runs it, and a portal that serves from what it pulls. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { startPortal } from '@chengmen/portal';
import { verifyRelease } from '@chengmen/release';
import { createSealer, DirectoryStore, generateKey, signerOf, type Change } from '@chengmen/seal';
import { folderStore, verifySite } from '@chengmen/serve';
import { chengmen, eventually, spawnChengmen, temporaryFolder } from './support/start-city.ts';

const folder = temporaryFolder();
after(() => folder.remove());
const { skey, vkey } = generateKey('mirror.example/log');
const data = join(folder.path, 'data');
let places = 0;
const newPlace = (): string => join(folder.path, `place-${++places}`);

const page = (path: string, text: string): Change => ({
  path,
  entry: {
    status: path === '/404.html' ? 404 : 200,
    type: 'text/html; charset=utf-8',
    body: Buffer.from(text),
    provenance: Buffer.from(JSON.stringify({ path, text })),
  },
});

async function sealed(place: string, ...releases: readonly (readonly Change[])[]): Promise<DirectoryStore> {
  const store = new DirectoryStore(place);
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample' });
  for (const changes of releases) await sealer.seal(changes);
  return store;
}

const mirror = (...argv: string[]) => chengmen('mirror', ...argv, '--data', data, '--json');
const check = (place: string) => verifyRelease({ store: folderStore(place), key: vkey });

test('mirror --watch under a portal: no request is dropped over the promotions, and none goes back', async () => {
  const from = newPlace();
  const to = newPlace();
  const store = await sealed(from, [page('/', '0'), page('/a.html', '0'), page('/404.html', 'nothing')]);
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample' });
  const child = spawnChengmen(['mirror', from, to, '--watch', '--json', '--key', vkey, '--data', data]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const pulled = async (): Promise<number> => (JSON.parse((await lines.next()).value ?? '{}') as { size: number }).size;
  assert.equal(await pulled(), 1);
  const metrics = { host: '127.0.0.1', port: 0 };
  const portal = await startPortal({ releases: to, key: vkey, ...metrics, metrics, seenFile: `${to}.seen` });
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let asking = true;
  const seen = { requests: 0, versions: new Set<number>() };
  const ask = async (path: string): Promise<void> => {
    for (let last = 0; asking; seen.requests++) {
      const [response] = (await once(request({ port: portal.port, path, agent }).end(), 'response')) as [
        IncomingMessage,
      ];
      const body = Buffer.concat(await response.toArray()).toString();
      assert.equal(response.statusCode, 200);
      assert.ok(Number(body) >= last, `${body} after ${last}`);
      last = Number(body);
      seen.versions.add(last);
    }
  };
  try {
    const clients = ['/', '/a.html', '/', '/a.html'].map(ask);
    for (let version = 1; version <= 8; version++) {
      await sealer.seal([page('/', `${version}`), page('/a.html', `${version}`), page(`/${version}.html`, 'new')]);
      while ((await pulled()) < version + 1);
      const known = (): Promise<number> => Promise.resolve(portal.release.current()?.log.size ?? 0);
      await eventually(known, (size) => size === version + 1);
      await Promise.race([
        ...clients,
        eventually(
          () => Promise.resolve(seen.versions),
          (all) => all.has(version),
        ),
      ]);
    }
    asking = false;
    await Promise.all(clients);
    assert.deepEqual((await verifySite({ url: portal.address, key: vkey })).problems, []);
    assert.equal((await check(to)).ok, true);

    // What the office leaves of a hold comes along with the next look, though nothing was promoted, and goes again.
    const told = async (): Promise<string> =>
      /^chengmen_portal_held_release .*$/m.exec(await (await fetch(`${portal.metricsAddress}/metrics`)).text())?.[0] ??
      '';
    assert.equal(await told(), '');
    await sealer.noteHeld(3);
    await eventually(told, (line) => line === 'chengmen_portal_held_release 3');
    assert.deepEqual((await check(to)).pending, []);
    await sealer.noteHeld(0);
    await eventually(told, (line) => line === 'chengmen_portal_held_release 0');
    await store.remove(['pending/the-release-this-site-is-held-at']);
    await eventually(told, (line) => line === '');

    // From the portal to a third place: the newest release, whole.
    const third = newPlace();
    const { code } = await mirror(portal.address, third, '--key', vkey);
    assert.equal(code, 0);
    const report = await verifyRelease({ store: folderStore(third), key: vkey, newest: true });
    assert.deepEqual([report.problems, report.size], [[], 9]);
    assert.equal((await chengmen('verify', third, '--newest', '--key', vkey, '--data', data)).code, 0);

    const second = await mirror(from, to, '--key', vkey);
    assert.match(second.out, /folder-locked/, 'one mirror at a time');
  } finally {
    asking = false;
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    agent.destroy();
    await portal.close();
    assert.equal(code, 0);
  }
});
