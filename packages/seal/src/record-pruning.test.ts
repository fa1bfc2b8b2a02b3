import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  emptyHash,
  formatPruning,
  hashOf,
  parsePruning,
  pruningName,
  readHead,
  signNote,
  verifyRelease,
  type PruningRecord,
} from '@chengmen/release';
import { folderStore, openRelease, seenInMemory } from '@chengmen/serve';
import {
  createMirror,
  createSealer,
  DirectoryStore,
  encodeBodies,
  generateKey,
  MemoryStore,
  nextPruning,
  pruningsIn,
  recordPruning,
  remoteSigner,
  scrub,
  signerOf,
  startSignServer,
  storeSource,
  sweep,
  type Sealer,
  type WriteStore,
} from './index.ts';
import {
  bodyOf,
  differences,
  key,
  namesIn,
  openSealer,
  pageOf,
  record,
  recorded,
  signer,
} from './testing/pruned-city.ts';

/** Four releases: a page with a number of an identity card, corrected, then more. */
async function city(store: WriteStore): Promise<Sealer> {
  const sealer = openSealer(store);
  await sealer.seal([pageOf('/', 'home'), pageOf('/a.html', 'secret'), pageOf('/b.html', 'b')]);
  await sealer.seal([pageOf('/a.html', 'corrected')]);
  await sealer.seal([pageOf('/b.html', 'b 2')]);
  await sealer.seal([pageOf('/b.html', 'b 3')]);
  return sealer;
}

const history = [
  new Map([
    ['/', 'home'],
    ['/a.html', 'secret'],
    ['/b.html', 'b'],
  ]),
  new Map([
    ['/', 'home'],
    ['/a.html', 'corrected'],
    ['/b.html', 'b'],
  ]),
  new Map([
    ['/', 'home'],
    ['/a.html', 'corrected'],
    ['/b.html', 'b 2'],
  ]),
  new Map([
    ['/', 'home'],
    ['/a.html', 'corrected'],
    ['/b.html', 'b 3'],
  ]),
];

const formsOf = (text: string): string[] => {
  const [{ gz, br } = {}] = encodeBodies([{ type: 'text/html', bytes: bodyOf(text) }]);
  return [hashOf(bodyOf(text)), ...[gz, br].flatMap((form) => (form ? [form.hash] : []))];
};
const secret = { kind: 'erased', why: '误发身份证号', paths: ['/a.html'], blobs: formsOf('secret') } as const;
const second = { kind: 'pruned', rule: '样例规则', rules: hashOf(''), releases: [[2, 2]] } as const;

async function prune(store: WriteStore, sealer: Sealer): Promise<void> {
  await record(store, sealer, second);
  const prunings = await record(store, sealer, secret);
  await sweep({ store, between: sealer.between, prunings });
}

const copyOf = (store: MemoryStore): MemoryStore => {
  const copy = new MemoryStore();
  for (const [name, bytes] of store.files) copy.files.set(name, Uint8Array.from(bytes));
  return copy;
};

test('recordPruning: verify tells pruned by rule and erased by order from lost', async () => {
  const store = new MemoryStore();
  await prune(store, await city(store));
  const report = await verifyRelease({ store, key });
  assert.deepEqual([report.ok, report.problems, report.pending], [true, [], []]);
  assert.deepEqual(report.pruned, [
    { from: 2, to: 2, number: 1, at: '1970-01-01T00:00:00.000Z', by: '档案员', rule: '样例规则' },
  ]);
  assert.equal(report.erased.length, secret.blobs.length);
  for (const one of report.erased) assert.deepEqual([one.number, one.by, one.why], [2, '档案员', '误发身份证号']);
  const lost = copyOf(store);
  const body = [...lost.files.keys()].find((name) => name.includes(hashOf(bodyOf('b 2'))));
  assert.ok(body);
  lost.files.delete(body);
  assert.deepEqual(
    (await verifyRelease({ store: lost, key })).problems.map(({ code, where }) => [code, where]),
    [['missing', body]],
  );
});

test('recordPruning: a record that is altered, taken out, put in or signed by another says nothing', async () => {
  const store = new MemoryStore();
  await prune(store, await city(store));
  const [one, two] = [store.files.get(pruningName(1))!, store.files.get(pruningName(2))!];
  const broken = async (change: (files: Map<string, Uint8Array>) => void | Promise<void>): Promise<string[]> => {
    const copy = copyOf(store);
    await change(copy.files);
    return [...new Set((await verifyRelease({ store: copy, key })).problems.map(({ code }) => code))].sort();
  };
  const text = Buffer.from(one).toString();
  assert.deepEqual(
    await broken((files) => void files.set(pruningName(1), Buffer.from(text.replace('[[2,2]]', '[[1,2]]')))),
    ['damaged', 'missing', 'stray'],
  );
  assert.deepEqual(await broken((files) => void files.delete(pruningName(2))), ['missing'], 'the last is taken out');
  assert.deepEqual(await broken((files) => void files.delete(pruningName(1))), ['missing', 'stray']);
  assert.deepEqual(await broken((files) => void files.set(pruningName(1), two)), ['damaged', 'missing', 'stray']);
  assert.deepEqual(await broken((files) => void files.set(pruningName(3), two)), ['damaged', 'missing', 'stray']);
  const other = signerOf(generateKey('PeterNeumann').skey);
  const forged = nextPruning(await recorded(store, openSealer(store)), await readHead(store, { key }), {
    ...second,
    releases: [[1, 1]],
    at: new Date(0),
    by: '某人',
  });
  const note = await signNote(formatPruning(forged), other);
  assert.deepEqual(await broken((files) => void files.set(pruningName(3), Buffer.from(note))), [
    'damaged',
    'missing',
    'stray',
  ]);
});

test('formatPruning: one text for a record, and never one that names the newest release', async () => {
  const store = new MemoryStore();
  const sealer = await city(store);
  const head = await readHead(store, { key });
  const known = await recorded(store, sealer);
  const made = nextPruning(known, head, { ...second, at: new Date(0), by: '我' });
  assert.deepEqual(parsePruning(formatPruning(made)), made);
  const refused = (change: object): void => {
    assert.throws(() => formatPruning({ ...made, ...change } as PruningRecord), { code: 'invalid' });
  };
  refused({ releases: [[4, 4]] });
  refused({ releases: [] });
  refused({ releases: [[2, 1]] });
  refused({
    releases: [
      [2, 3],
      [3, 3],
    ],
  });
  refused({ by: '' });
  refused({ by: 'a\nb' });
  refused({ at: 'yesterday' });
  refused({ number: 2 });
  for (const text of [
    '',
    'chengmen.pruning/v1\n',
    formatPruning(made).replace('"at"', ' "at"'),
    `${formatPruning(made)}\n`,
    // Well-formed JSON of other shapes: anybody who may write there may write these.
    ...['null', '7', '{}', `{"number":1,"before":"${emptyHash}"}`, JSON.stringify({ ...made, releases: [7] })].map(
      (json) => `chengmen.pruning/v1\n${made.origin}\n${json}\n`,
    ),
  ])
    assert.throws(() => parsePruning(text), { code: 'invalid' });
  const late = { ...made, log: { ...made.log, root: hashOf('another log') } };
  const options = { store, trust: { key }, sign: (text: string) => sealer.signRecord(text), prunings: known };
  await recordPruning({ ...options, record: late });
  assert.deepEqual(
    (await verifyRelease({ store, key })).problems.map(({ where }) => where),
    [pruningName(1), pruningName(1)],
  );
});

function bytesBelow(root: string): Buffer {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Buffer.concat(files.map((one) => readFileSync(join(one.parentPath, one.name))));
}

for (const mode of ['keeps what was pruned', 'prunes too', 'holds the newest alone'] as const)
  test(`createMirror: ${mode}; what was erased goes in any case, also physically`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'chengmen-pruned-'));
    try {
      const from = new MemoryStore();
      const sealer = await city(from);
      const place = join(root, 'mirror');
      const to = new DirectoryStore(place);
      const options = { from: storeSource(from), to, key, newest: mode === 'holds the newest alone' };
      const mirror = createMirror({ ...options, prune: mode !== 'keeps what was pruned' });
      await mirror.pull();
      assert.equal(bytesBelow(place).includes(bodyOf('secret')), mode !== 'holds the newest alone');
      assert.equal((await mirror.pull()).swept, undefined);
      await prune(from, sealer);
      const { swept } = await mirror.pull();
      assert.ok(swept);
      const newest = mode === 'holds the newest alone';
      const names = await namesIn(to);
      const isThere = (text: string): boolean => [...names].some((name) => name.includes(hashOf(bodyOf(text))));
      assert.deepEqual(
        ['secret', 'b', 'b 2', 'b 3'].map(isThere),
        mode === 'holds the newest alone' ? [false, false, false, true] : [false, true, true, true],
      );
      assert.equal(bytesBelow(place).includes(bodyOf('secret')), false);
      const report = await verifyRelease({ store: folderStore(place), key, newest });
      assert.deepEqual([report.problems, report.pruned.length], [[], 1]);
      if (!newest) assert.deepEqual(await differences(folderStore(place), history), []);
      assert.equal((await mirror.pull()).changed, false);
      // One that begins now is never given what is gone.
      const later = new MemoryStore();
      await createMirror({ ...options, from: storeSource(from), to: later }).pull();
      assert.deepEqual((await verifyRelease({ store: later, key, newest })).problems, []);
      assert.equal((await namesIn(later)).has(`blob/${secret.blobs[0]?.slice(0, 2)}/${secret.blobs[0]}`), false);
      await to.close();
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

test('createMirror: what is pruned while it pulls is passed over, and a source with other records refused', async () => {
  const from = new MemoryStore();
  const sealer = await city(from);
  const to = new MemoryStore();
  let pruned = false;
  const source = storeSource(from);
  const mirror = createMirror({
    from: {
      ...source,
      page: async (prefix, ref) => {
        if (!pruned && ref.hash === (await mapOf(from, 2))) {
          pruned = true;
          await prune(from, sealer);
        }
        return source.page(prefix, ref);
      },
    },
    to,
    key,
  });
  await mirror.pull();
  assert.ok(pruned);
  assert.deepEqual((await verifyRelease({ store: to, key })).problems, []);

  const other = new MemoryStore();
  const otherSealer = await city(other);
  await record(other, otherSealer, { ...second, releases: [[1, 3]] });
  await record(other, otherSealer, { ...second, releases: [[1, 1]] });
  await assert.rejects(createMirror({ from: storeSource(other), to, key }).pull(), { code: 'forked' });
});

async function mapOf(store: MemoryStore, release: number): Promise<string> {
  const { log } = await readHead(store, { key });
  return (
    Buffer.from(await log.entry(release - 1))
      .toString()
      .split('\n')[2] ?? ''
  );
}

test('scrub: puts nothing back that was taken away, but the record of it', async () => {
  const whole = new MemoryStore();
  await city(whole);
  const store = copyOf(whole);
  await prune(store, openSealer(store));
  const names = await namesIn(store);
  const report = await scrub({ store, key, from: [whole] });
  assert.deepEqual([report.ok, report.found, report.repaired], [true, [], []]);
  assert.deepEqual([report.pruned, report.erased], [1, secret.blobs.length]);
  assert.deepEqual(await namesIn(store), names);
  const rotten = copyOf(store);
  rotten.files.delete(pruningName(1));
  rotten.files.set(pruningName(2), Buffer.from('rot'));
  const healed = await scrub({ store: rotten, key, from: [whole, store] });
  assert.deepEqual([healed.ok, [...healed.repaired].sort()], [true, [pruningName(1), pruningName(2)]]);
  assert.deepEqual((await verifyRelease({ store: rotten, key })).problems, []);
});

test('openRelease: an erased page that a roll-back brings into force is answered with 410, and without an alarm', async () => {
  const store = new MemoryStore();
  const sealer = await city(store);
  const prunings = await record(store, sealer, secret);
  await sweep({ store, between: sealer.between, prunings });
  await sealer.sealRoot(await mapOf(store, 1));
  const alarms: string[] = [];
  const options = { store, key, seen: seenInMemory(), lookAgain: 0 };
  const release = await openRelease({ ...options, alarm: (code, where) => alarms.push(`${code} ${where}`) });
  const get = (path: string) => release.respond({ method: 'GET', path, headers: {} });
  assert.equal((await get('/b.html')).status, 200);
  const gone = await get('/a.html');
  assert.deepEqual([gone.status, gone.headers['cache-control'], alarms], [410, 'no-cache', []]);
  assert.match(Buffer.from(gone.body).toString(), /已依法清除/);
  const told = await get(`/.well-known/chengmen/${pruningName(1)}`);
  assert.equal(Buffer.from(told.body).toString(), Buffer.from(store.files.get(pruningName(1))!).toString());
  assert.equal((await get(`/.well-known/chengmen/${pruningName(2)}`)).status, 404);
  const lost = [...store.files.keys()].find((name) => name.includes(hashOf(bodyOf('home'))));
  assert.ok(lost);
  store.files.delete(lost);
  assert.equal((await get('/')).status, 503);
  assert.equal(alarms.length, 1);
});

test('startSignServer: signs the record of a pruning of its own log, and no other text', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chengmen-signer-'));
  const { skey, vkey } = generateKey('PeterNeumann');
  const socket = join(root, 'socket');
  const server = await startSignServer({ skey, socket, state: join(root, 'state') });
  try {
    const store = new MemoryStore();
    const remote = remoteSigner({ socket, vkey });
    const sealer = createSealer({ store, signer: remote, site: 'sample' });
    await sealer.seal([pageOf('/', '1')]);
    await sealer.seal([pageOf('/', '2')]);
    const trust = { key: vkey };
    const head = await readHead(store, trust);
    const known = await pruningsIn(store, trust, head);
    const next = nextPruning(known, head, { ...second, releases: [[1, 1]], at: new Date(0), by: '我' });
    const sign = (text: string): Promise<string> => sealer.signRecord(text);
    const prunings = await recordPruning({ store, trust, sign, prunings: known, record: next });
    await sweep({ store, between: sealer.between, prunings });
    assert.deepEqual((await verifyRelease({ store, key: vkey })).problems, []);
    for (const text of [
      'chengmen.release/v1\n',
      formatPruning({ ...next, origin: 'another.example' }),
      formatPruning({ ...next, log: { ...next.log, size: 9 } }),
    ])
      await assert.rejects(remote.signRecord?.(Buffer.from(text)) ?? Promise.resolve(), { code: 'invalid' });
    assert.notEqual(signer.vkey, vkey);
  } finally {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
});
