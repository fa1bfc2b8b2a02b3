import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  checkpointName,
  formatKeyStatement,
  openCheckpoint,
  parseNote,
  parseVkey,
  readHead,
  signNote,
  verifyRelease,
} from '@chengmen/release';
import { openRelease, seenFile, seenInMemory } from '@chengmen/serve';
import {
  createMirror,
  createSealer,
  generateKey,
  MemoryStore,
  openSealKeys,
  signerOf,
  storeSource,
  type SealKeys,
  type Signer,
} from './index.ts';

const name = 'linjiang.example/log';
const root = mkdtempSync(join(tmpdir(), 'chengmen-keys-'));
after(() => {
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;

interface Site {
  readonly folder: string;
  readonly store: MemoryStore;
  readonly keys: SealKeys;
  /** The key the site began with, as a thief has it. */
  readonly stolen: string;
  readonly pinned: string;
  seal(body: string): Promise<void>;
}

async function site(): Promise<Site> {
  const folder = join(root, `${++folders}`);
  const store = new MemoryStore();
  const keys = await openSealKeys({ folder, name });
  const sealer = createSealer({ store, signer: () => keys.signers(), site: 'linjiang' });
  const seal = async (body: string): Promise<void> => {
    await sealer.seal([pageOf(body)]);
  };
  await seal('one');
  return { folder, store, keys, stolen: readFileSync(join(folder, 'seal.skey'), 'utf8'), pinned: keys.vkeys(), seal };
}

const pageOf = (body: string) => ({
  path: '/',
  entry: { status: 200, type: 'text/html', body: Buffer.from(body), provenance: Buffer.from('{}') } as const,
});

/** Signs a further release as whoever has only this key would, over the store as it is. */
async function sealAs(store: MemoryStore, signer: Signer, body: string): Promise<void> {
  // A thief writes files; he does not ask whether the key is still good.
  const others = new MemoryStore();
  for (const [file, bytes] of store.files) if (!file.startsWith('keys/')) others.files.set(file, bytes);
  const text = parseNote(Buffer.from(store.files.get(checkpointName)!)).text;
  others.files.set(checkpointName, Buffer.from(await signNote(text, signer)));
  await createSealer({ store: others, signer, site: 'linjiang' }).seal([pageOf(body)]);
  for (const [file, bytes] of others.files) store.files.set(file, bytes);
}

const refused = { code: 'checkpoint-invalid' };

test('rotate: both keys sign at once, and whoever pinned only the old one follows it to the new one', async () => {
  const { store, keys, pinned, seal, folder } = await site();
  await seal('two');
  const { old, next } = await keys.rotate(store);
  assert.equal(old, pinned);
  assert.equal(statSync(join(folder, 'seal.next.skey')).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(folder, 'seal.vkey'), 'utf8'), `${old}\n${next}\n`);
  await seal('two');
  const note = store.files.get(checkpointName)!;
  for (const key of [old, next]) openCheckpoint(note, { keys: [parseVkey(key)], origin: name });
  await keys.retire(store);
  await seal('three');
  assert.throws(
    () => openCheckpoint(store.files.get(checkpointName)!, { keys: [parseVkey(old)], origin: name }),
    refused,
  );
  for (const key of [old, next, `${old}\n${next}`]) {
    assert.equal((await readHead(store, { key })).checkpoint.size, 3);
    assert.deepEqual((await verifyRelease({ store, key })).problems, []);
  }
  assert.equal(readFileSync(join(folder, 'seal.vkey'), 'utf8'), `${next}\n`);
  assert.equal(existsSync(join(folder, 'seal.next.skey')), false);
});

test('rotate: three changes one after another are followed from the first key, and known from the last', async () => {
  const { store, keys, pinned, seal } = await site();
  for (let turn = 0; turn < 3; turn++) {
    await keys.rotate(store);
    await seal(`rotated ${turn}`);
    await keys.retire(store);
  }
  await seal('last');
  assert.equal((await readHead(store, { key: pinned })).statements.length, 6);
  assert.deepEqual((await verifyRelease({ store, key: keys.vkeys() })).problems, []);
});

test('a new key without the word of the old one is refused, whoever else signed for it', async () => {
  const { store, pinned } = await site();
  const thief = generateKey(name);
  await sealAs(store, signerOf(thief.skey), 'bet');
  await assert.rejects(readHead(store, { key: pinned }), refused);
  const statement = formatKeyStatement({ kind: 'next', origin: name, of: pinned, key: thief.vkey });
  for (const signers of [[thief], [thief, generateKey(name)]]) {
    store.files.set('keys/1', Buffer.from(await signNote(statement, ...signers.map(({ skey }) => signerOf(skey)))));
    await assert.rejects(readHead(store, { key: pinned }), refused);
  }
});

test('the old key alone makes no new key: the new one must have signed too, and for this log', async () => {
  const { store, stolen, pinned } = await site();
  const next = generateKey(name);
  await sealAs(store, signerOf(next.skey), 'two');
  const say = async (origin: string, ...skeys: string[]): Promise<void> => {
    const text = formatKeyStatement({ kind: 'next', origin, of: pinned, key: next.vkey });
    store.files.set('keys/1', Buffer.from(await signNote(text, ...skeys.map(signerOf))));
  };
  await say(name, stolen);
  await assert.rejects(readHead(store, { key: pinned }), refused);
  await say('other.example/log', stolen, next.skey);
  await assert.rejects(readHead(store, { key: pinned }), refused);
  await say(name, stolen, next.skey);
  assert.equal((await readHead(store, { key: pinned })).checkpoint.size, 2);
});

test('a stolen key that was retired signs nothing more for those who followed, even where the statements are taken away', async () => {
  const { store, keys, stolen, pinned, seal } = await site();
  const seen = seenFile(join(root, 'portal', 'seen'));
  const open = () => openRelease({ store, key: pinned, seen });
  const portal = await open();
  await keys.rotate(store);
  await seal('two');
  await keys.retire(store);
  await seal('three');
  await portal.reload();
  const served = async (from: typeof portal): Promise<string> =>
    Buffer.from((await from.respond({ method: 'GET', path: '/', headers: {} })).body).toString();
  assert.equal(await served(portal), 'three');
  await sealAs(store, signerOf(stolen), 'bet');
  await portal.reload();
  assert.equal(await served(portal), 'three');
  // Nor does a portal that is started again, with the old key pinned.
  for (const gone of [[], ['keys/1', 'keys/2']]) {
    for (const file of gone) store.files.delete(file);
    assert.equal((await (await open()).respond({ method: 'GET', path: '/', headers: {} })).status, 503);
  }
  await assert.rejects(readHead(store, { key: keys.vkeys() }), refused);
});

test('a stolen key that was retired cannot name another successor', async () => {
  const { store, keys, stolen, pinned, seal } = await site();
  await keys.rotate(store);
  await seal('two');
  const { statements } = await readHead(store, { key: pinned });
  const thief = generateKey(name);
  const text = formatKeyStatement({ kind: 'next', origin: name, of: pinned, key: thief.vkey });
  store.files.set('keys/1', Buffer.from(await signNote(text, signerOf(stolen), signerOf(thief.skey))));
  await sealAs(store, signerOf(thief.skey), 'bet');
  store.files.set('keys/1', Buffer.from(await signNote(text, signerOf(stolen), signerOf(thief.skey))));
  await assert.rejects(readHead(store, { key: pinned, statements }), refused);
});

test('a mirror follows a change of keys, keeps what was said of it, and refuses the old key afterwards', async () => {
  const { store, keys, stolen, pinned, seal } = await site();
  const to = new MemoryStore();
  const pull = () => createMirror({ from: storeSource(store), to, key: pinned }).pull();
  await pull();
  await keys.rotate(store);
  await seal('two');
  await keys.retire(store);
  await seal('three');
  assert.equal((await pull()).size, 3);
  assert.deepEqual((await verifyRelease({ store: to, key: pinned })).problems, []);
  await sealAs(store, signerOf(stolen), 'bet');
  for (const file of ['keys/1', 'keys/2']) store.files.delete(file);
  await assert.rejects(pull(), refused);
});

test('verifyRelease names a statement nobody trusted has signed', async () => {
  const { store, pinned } = await site();
  const thief = generateKey(name);
  const text = formatKeyStatement({ kind: 'next', origin: name, of: pinned, key: thief.vkey });
  store.files.set('keys/1', Buffer.from(await signNote(text, signerOf(thief.skey))));
  const { problems } = await verifyRelease({ store, key: pinned });
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where]),
    [['stray', 'keys/1']],
  );
});

test('rotate and retire, cut off anywhere, are finished by the same call after a start', async () => {
  const { folder, store, keys, pinned, seal } = await site();
  const next = generateKey(name);
  // Cut off after the key was written, before anything was said.
  writeFileSync(join(folder, 'seal.next.skey'), next.skey, { mode: 0o600 });
  const started = await openSealKeys({ folder, name });
  assert.deepEqual((await started.rotate(store)).next, next.vkey);
  assert.deepEqual((await started.rotate(store)).next, next.vkey, 'said once');
  assert.equal(store.files.has('keys/2'), false);
  await assert.rejects(started.retire(store), refused, 'the new key has not signed anything yet');
  await createSealer({ store, signer: () => started.signers(), site: 'linjiang' }).state();
  // Cut off after it was said: the files still hold both keys.
  const before = readFileSync(join(folder, 'seal.skey'));
  await started.retire(store);
  writeFileSync(join(folder, 'seal.skey'), before);
  writeFileSync(join(folder, 'seal.next.skey'), next.skey);
  const again = await openSealKeys({ folder, name });
  await again.retire(store);
  assert.equal(again.vkeys(), next.vkey);
  assert.equal((await readHead(store, { key: pinned })).checkpoint.size, 1);
  await assert.rejects(again.retire(store), { code: 'invalid' });
  void keys;
  void seal;
});

test('a sealer whose key begins to sign signs the checkpoint in force, and no other text', async () => {
  const { store, keys, pinned } = await site();
  const before = Buffer.from(store.files.get(checkpointName)!).toString();
  await keys.rotate(store);
  const portal = await openRelease({ store, key: pinned, seen: seenInMemory() });
  await createSealer({ store, signer: () => keys.signers(), site: 'linjiang' }).state();
  const after = Buffer.from(store.files.get(checkpointName)!).toString();
  assert.ok(after.startsWith(before) && after.length > before.length);
  assert.equal(await portal.reload(), true);
  assert.equal(portal.current()?.checkpoint, after);
});
