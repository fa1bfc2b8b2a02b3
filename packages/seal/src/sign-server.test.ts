import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  checkpointName,
  formatCheckpoint,
  formatKeyStatement,
  openNote,
  parseNote,
  parseVkey,
  pendingUnsigned,
  readHead,
  verifyRelease,
} from '@chengmen/release';
import {
  createSealer,
  generateKey,
  MemoryStore,
  openSealKeys,
  remoteSigner,
  remoteVkey,
  signerOf,
  startSignServer,
  type Sealer,
  type SealStep,
} from './index.ts';

const name = 'linjiang.example/log';
const root = mkdtempSync(join(tmpdir(), 'chengmen-signer-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
const skip = process.platform === 'win32';
let places = 0;

function signer() {
  const place = join(root, `${++places}`);
  const { skey, vkey } = generateKey(name);
  const socket = `${place}.sock`;
  const state = `${place}.signed`;
  return { skey, vkey, socket, state, start: () => startSignServer({ skey, socket, state }) };
}

const pageOf = (body: string) => [
  {
    path: '/',
    entry: { status: 200, type: 'text/html', body: Buffer.from(body), provenance: Buffer.from('{}') } as const,
  },
];

const sealerOf = (store: MemoryStore, of: { socket: string; vkey: string }, dieAt?: SealStep): Sealer =>
  createSealer({
    store,
    signer: remoteSigner(of),
    site: 'linjiang',
    onStep: (step) => {
      if (step === dieAt) throw new Error(`cut off at ${step}`);
    },
  });

function post(socketPath: string, path: string, body: string, method = 'POST'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

test('startSignServer signs what goes on from its last checkpoint, over its restarts', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  let server = await of.start();
  assert.equal(statSync(of.socket).mode & 0o777, 0o600);
  assert.equal(await remoteVkey(of.socket), of.vkey);
  const sealer = sealerOf(store, of);
  await sealer.seal(pageOf('one'));
  await sealer.seal(pageOf('two'));
  await server.close();
  server = await of.start();
  await sealer.seal(pageOf('three'));
  await sealerOf(store, of).seal(pageOf('four'));
  assert.deepEqual((await verifyRelease({ store, key: of.vkey })).problems, []);
  assert.equal(readFileSync(of.state, 'utf8'), parseNote(Buffer.from(store.files.get(checkpointName)!)).text);
  await server.close();
});

test('startSignServer refuses every other text, and a second history', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  const server = await of.start();
  await sealerOf(store, of).seal(pageOf('one'));
  const { checkpoint } = await readHead(store, { key: of.vkey });
  const hash = 'ab'.repeat(32);
  const ask = (old: number, text: string, proof = ''): Promise<number> =>
    post(of.socket, '/sign', `old ${old}\n${proof}\n${text}`);
  const text = (size: number, of_ = name, of_root = hash): string =>
    formatCheckpoint({ origin: of_, size, root: of_root });
  assert.equal(await ask(1, 'Give me your key.\n'), 403);
  assert.equal(await ask(1, text(2, 'other.example/log')), 403);
  assert.equal(await ask(1, `${text(2)}more\n`), 403);
  assert.equal(await ask(1, text(0)), 403);
  const next = generateKey(name).vkey;
  assert.equal(await ask(1, formatKeyStatement({ kind: 'next', origin: name, of: of.vkey, key: next })), 403);
  assert.equal(await ask(0, text(2)), 409);
  assert.equal(await ask(1, text(1)), 422, 'another root of the same size');
  assert.equal(await ask(1, text(2)), 422, 'no proof');
  assert.equal(await ask(1, text(2), `${Buffer.from(hash, 'hex').toString('base64')}\n`), 422, 'a wrong proof');
  assert.equal(await ask(1, text(1, name, checkpoint.root)), 200, 'the same once more');
  assert.equal(await post(of.socket, '/sign', 'x'.repeat(20_000)), 413);
  assert.equal(await post(of.socket, '/sign', 'sign this'), 403);
  assert.equal(await post(of.socket, '/secret', '', 'GET'), 404);
  await server.close();
});

test('a store put back to an older state is not gone on from', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  const server = await of.start();
  await sealerOf(store, of).seal(pageOf('one'));
  const older = new Map(store.files);
  await sealerOf(store, of).seal(pageOf('two'));
  store.files.clear();
  for (const [file, bytes] of older) store.files.set(file, bytes);
  await assert.rejects(sealerOf(store, of).seal(pageOf('another two')), { code: 'invalid' });
  await server.close();
});

test('a signer with another key: nothing it signs is promoted, and the right one goes on', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  let server = await of.start();
  const sealer = sealerOf(store, of);
  await sealer.seal(pageOf('one'));
  const before = store.files.get(checkpointName);
  await server.close();
  server = await startSignServer({ skey: generateKey(name).skey, socket: of.socket, state: of.state });
  await assert.rejects(sealer.seal(pageOf('two')), { code: 'invalid', message: /it signs with another key than/ });
  assert.deepEqual(store.files.get(checkpointName), before);
  await server.close();
  server = await of.start();
  await sealer.seal(pageOf('two'));
  const report = await verifyRelease({ store, key: of.vkey });
  assert.deepEqual([report.problems, report.size], [[], 2]);
  await server.close();
});

test('a signer’s key that comes home for a change of keys: the signer goes on with the new one', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  const old = await of.start();
  await sealerOf(store, of).seal(pageOf('one'));
  await old.close();
  const folder = join(root, 'home');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'seal.skey'), `${of.skey}\n`, { mode: 0o600 });
  const keys = await openSealKeys({ folder, name });
  const home = createSealer({ store, signer: () => keys.signers(), site: 'linjiang' });
  const { next } = await keys.rotate(store);
  await home.seal(pageOf('two'));
  await keys.retire(store);
  await home.seal(pageOf('three'));
  const skey = readFileSync(join(folder, 'seal.skey'), 'utf8');
  const server = await startSignServer({ skey, socket: of.socket, state: of.state });
  assert.equal(server.vkey, next);
  await sealerOf(store, { socket: of.socket, vkey: next }).seal(pageOf('four'));
  const report = await verifyRelease({ store, key: of.vkey });
  assert.deepEqual([report.problems, report.size], [[], 4]);
  await server.close();
});

test('a sealing whose signer was away is made when it is back; nothing is lost', { skip }, async () => {
  const of = signer();
  const store = new MemoryStore();
  const server = await of.start();
  const sealer = sealerOf(store, of);
  await sealer.seal(pageOf('one'));
  await server.close();
  await assert.rejects(sealer.seal(pageOf('two')));
  const whole = await verifyRelease({ store, key: of.vkey });
  assert.deepEqual([whole.problems, whole.size], [[], 1]);
  const again = await of.start();
  await sealer.seal(pageOf('two'));
  const { size, root: map } = await verifyRelease({ store, key: of.vkey });
  const alone = new MemoryStore();
  const local = createSealer({ store: alone, signer: signerOf(generateKey(name).skey), site: 'linjiang' });
  assert.deepEqual([size, map], [2, (await local.seal(pageOf('two'))).root]);
  await again.close();
});

test(
  'cut off at any step, with other changes coming in afterwards, the signer is never asked for two roots of one size',
  { skip },
  async () => {
    const steps: readonly SealStep[] = ['map-written', 'log-written', 'checkpoint-signed', 'checkpoint-written'];
    for (const step of steps) {
      const of = signer();
      const store = new MemoryStore();
      const server = await of.start();
      await sealerOf(store, of).seal(pageOf('one'));
      await assert.rejects(sealerOf(store, of, step).seal(pageOf('two')), /cut off/);
      await sealerOf(store, of).seal(pageOf('three'));
      const { problems } = await verifyRelease({ store, key: of.vkey });
      assert.deepEqual(problems, [], step);
      await server.close();
    }
  },
);

test(
  'cut off after the signer signed and before anybody heard of it, that very release comes into force',
  { skip },
  async () => {
    const of = signer();
    const store = new MemoryStore();
    const server = await of.start();
    await sealerOf(store, of).seal(pageOf('one'));
    const remote = remoteSigner(of);
    const deaf = createSealer({
      store,
      site: 'linjiang',
      signer: {
        ...remote,
        sign: async (text, prove) => {
          await remote.sign(text, prove);
          throw new Error('cut off');
        },
      },
    });
    await assert.rejects(deaf.seal(pageOf('two')), /cut off/);
    const text = Buffer.from(store.files.get(pendingUnsigned)!).toString();
    assert.equal(readFileSync(of.state, 'utf8'), text);
    await sealerOf(store, of).state();
    assert.equal(openNote(store.files.get(checkpointName)!, [parseVkey(of.vkey)]), text);
    await sealerOf(store, of).seal(pageOf('three'));
    const { problems, size } = await verifyRelease({ store, key: of.vkey });
    assert.deepEqual([problems, size], [[], 3]);
    await server.close();
  },
);
