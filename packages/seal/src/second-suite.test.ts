import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  checkpointName,
  hashOf,
  openCheckpoint,
  parseVkey,
  proofOf,
  readHead,
  suites,
  verifyPageProof,
  verifyRelease,
  type SignatureSuite,
} from '@chengmen/release';
import { openRelease, seenInMemory } from '@chengmen/serve';
import {
  createMirror,
  createSealer,
  generateKey,
  MemoryStore,
  openSealKeys,
  remoteSigner,
  signerOf,
  startSignServer,
  storeSource,
} from './index.ts';

/** Keys and signatures of other lengths than those of Ed25519. It protects nothing: the public key is enough to sign. */
const toy: SignatureSuite = {
  name: 'toy',
  algorithm: 0xfe,
  secretBytes: 48,
  publicBytes: 20,
  publicKey: (secret) => createHash('sha1').update(secret).digest(),
  sign: (secret, text) => createHash('sha512').update(toy.publicKey(secret)).update(text).digest(),
  verify: (publicKey, text, signature) =>
    createHash('sha512').update(publicKey).update(text).digest().equals(Buffer.from(signature)),
};
const name = 'linjiang.example/log';
const root = mkdtempSync(join(tmpdir(), 'chengmen-suite-'));
before(() => {
  (suites as SignatureSuite[]).push(toy);
});
after(() => {
  (suites as SignatureSuite[]).pop();
  rmSync(root, { recursive: true, force: true });
});

const pageOf = (body: string) => [
  {
    path: '/',
    entry: { status: 200, type: 'text/html', body: Buffer.from(body), provenance: Buffer.from('{}') } as const,
  },
];

async function assertServed(store: MemoryStore, key: string, body: string): Promise<void> {
  const portal = await openRelease({ store, key, seen: seenInMemory() });
  const answer = await portal.respond({ method: 'GET', path: '/', headers: {} });
  assert.equal(Buffer.from(answer.body).toString(), body);
}

test('a second suite: key, checkpoint, verification, page proof, portal and mirror take it as they are', async () => {
  const { skey, vkey } = generateKey(name, toy);
  assert.equal(parseVkey(vkey).suite, toy);
  const store = new MemoryStore();
  await createSealer({ store, signer: signerOf(skey), site: 'linjiang' }).seal(pageOf('one'));
  assert.equal((await readHead(store, { key: vkey })).checkpoint.size, 1);
  assert.deepEqual((await verifyRelease({ store, key: vkey })).problems, []);
  const { text } = await proofOf({ store, key: vkey, path: '/' });
  assert.equal(verifyPageProof(text, { key: vkey }).entry?.hash, hashOf(Buffer.from('one')));
  await assertServed(store, vkey, 'one');
  const to = new MemoryStore();
  await createMirror({ from: storeSource(store), to, key: vkey }).pull();
  await assertServed(to, vkey, 'one');
});

test('a second suite refuses as the first does: another key, another text, another length', async () => {
  const { skey, vkey } = generateKey(name, toy);
  const store = new MemoryStore();
  await createSealer({ store, signer: signerOf(skey), site: 'linjiang' }).seal(pageOf('one'));
  for (const key of [generateKey(name, toy).vkey, generateKey(name).vkey])
    await assert.rejects(readHead(store, { key }), { code: 'checkpoint-invalid' });
  const note = Buffer.from(store.files.get(checkpointName)!).toString();
  const trust = { keys: [parseVkey(vkey)], origin: name };
  assert.throws(() => openCheckpoint(note.replace('\n1\n', '\n2\n'), trust), { code: 'checkpoint-invalid' });
  const short = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(0, 12).toString('base64');
  assert.throws(() => parseVkey(`${name}+00000000+${short}`), { code: 'invalid' });
});

test('a site goes over to a second suite as to any other key, and whoever pinned the first follows', async () => {
  const folder = join(root, 'keys');
  const store = new MemoryStore();
  const keys = await openSealKeys({ folder, name });
  const first = keys.vkeys();
  const sealer = createSealer({ store, signer: () => keys.signers(), site: 'linjiang' });
  await sealer.seal(pageOf('one'));
  const { skey, vkey } = generateKey(name, toy);
  writeFileSync(join(folder, 'seal.next.skey'), skey, { mode: 0o600 });
  assert.equal((await keys.rotate(store)).next, vkey);
  await sealer.seal(pageOf('two'));
  await keys.retire(store);
  await sealer.seal(pageOf('three'));
  assert.equal(readFileSync(join(folder, 'seal.vkey'), 'utf8'), `${vkey}\n`);
  for (const key of [first, vkey]) {
    assert.deepEqual((await verifyRelease({ store, key })).problems, []);
    await assertServed(store, key, 'three');
  }
});

test('a signer of its own signs by a second suite', { skip: process.platform === 'win32' }, async () => {
  const { skey, vkey } = generateKey(name, toy);
  const socket = join(root, 'sock');
  const server = await startSignServer({ skey, socket, state: join(root, 'signed') });
  const store = new MemoryStore();
  await createSealer({ store, signer: remoteSigner({ socket, vkey }), site: 'linjiang' }).seal(pageOf('one'));
  await assertServed(store, vkey, 'one');
  await server.close();
});
