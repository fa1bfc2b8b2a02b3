import { randomBytes } from 'node:crypto';
import {
  checkpointName,
  decodeRecordHeader,
  encodeIndexHead,
  encodeRecordHeader,
  hashOf,
  indexBits,
  indexEntry,
  indexFile,
  packFile,
  packKey,
  packName,
  recordHeader,
  writeIndexEntry,
  type PackKey,
} from '@chengmen/release';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { benchKey } from '../line.ts';
import { oneOf, type Random } from './random.ts';
import type { TamperedFolder } from './folder.ts';
import type { TamperSite } from './site.ts';

interface Tampering {
  readonly folder: TamperedFolder;
  readonly site: TamperSite;
  readonly random: Random;
}

type Mutation = (tampering: Tampering) => void | Promise<void>;

/** What is done to a folder by somebody who can write it and has no key, by name; the weight tells how often. */
export const mutations: Readonly<Record<string, { readonly weight: number; readonly mutate: Mutation }>> = {
  'bits flipped': { weight: 20, mutate: flipBits },
  truncated: { weight: 8, mutate: truncate },
  lengthened: { weight: 4, mutate: lengthen },
  'two files swapped': { weight: 8, mutate: swapFiles },
  'one file over another': { weight: 6, mutate: copyFile },
  deleted: { weight: 6, mutate: deleteFile },
  'older file put back': { weight: 8, mutate: replayFile },
  'older release put back whole': { weight: 2, mutate: replayRelease },
  'file added': { weight: 6, mutate: addFile },
  'link, folder or pipe in place of a file': { weight: 3, mutate: replaceByOther },
  'record altered': { weight: 10, mutate: alterRecord },
  'record torn': { weight: 4, mutate: tearRecord },
  'record added': { weight: 8, mutate: addRecord },
  'pack added over all others': { weight: 4, mutate: addPack },
  'index altered': { weight: 8, mutate: alterIndex },
  'index added': { weight: 3, mutate: addIndex },
  'entry with a wrong type': { weight: 10, mutate: alterEntry },
  'checkpoint altered': { weight: 6, mutate: alterCheckpoint },
  'chain forged by another key': { weight: 2, mutate: forgeChain },
};

const totalWeight = Object.values(mutations).reduce((sum, { weight }) => sum + weight, 0);

/** One of them, by weight. */
export function drawMutation(random: Random): string {
  let left = random(totalWeight);
  for (const [name, { weight }] of Object.entries(mutations)) {
    if (left < weight) return name;
    left -= weight;
  }
  throw new RangeError('no mutation');
}

function someFile({ folder, random }: Tampering): string {
  const names = folder.names();
  // Few files count for much: as often these as any.
  const chief = names.filter((name) => name === checkpointName || /^(?:pack|tile|map)\//.test(name));
  return oneOf(random, chief.length > 0 && random(2) === 0 ? chief : names.length > 0 ? names : [checkpointName]);
}

function edit(tampering: Tampering, name: string, change: (bytes: Buffer) => Uint8Array): void {
  const { folder } = tampering;
  if (folder.names().includes(name)) folder.write(name, change(folder.read(name)));
}

function flip(random: Random, bytes: Buffer): Buffer {
  for (let times = 1 + random(8); times > 0 && bytes.length > 0; times--) {
    const at = random(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at);
  }
  return bytes;
}

function flipBits(tampering: Tampering): void {
  edit(tampering, someFile(tampering), (bytes) => flip(tampering.random, bytes));
}

function truncate(tampering: Tampering): void {
  edit(tampering, someFile(tampering), (bytes) => bytes.subarray(0, tampering.random(bytes.length + 1)));
}

function lengthen(tampering: Tampering): void {
  const more = tampering.random(2) === 0 ? randomBytes(1 + tampering.random(600)) : Buffer.alloc(64);
  edit(tampering, someFile(tampering), (bytes) => Buffer.concat([bytes, more]));
}

function swapFiles(tampering: Tampering): void {
  const { folder } = tampering;
  const [one, other] = [someFile(tampering), someFile(tampering)];
  if (!folder.names().includes(one) || !folder.names().includes(other)) return;
  const [first, second] = [folder.read(one), folder.read(other)];
  folder.write(one, second);
  folder.write(other, first);
}

function copyFile(tampering: Tampering): void {
  const { folder } = tampering;
  const from = someFile(tampering);
  if (folder.names().includes(from)) folder.write(someFile(tampering), folder.read(from));
}

function deleteFile(tampering: Tampering): void {
  tampering.folder.remove(someFile(tampering));
}

function replayFile({ folder, site, random }: Tampering): void {
  const older = oneOf(random, site.history.slice(0, -1));
  const name = random(4) === 0 ? checkpointName : oneOf(random, [...older.keys()]);
  folder.write(name, older.get(name) ?? new Uint8Array());
}

function replayRelease({ folder, site, random }: Tampering): void {
  const older = oneOf(random, site.history.slice(0, -1));
  if (random(2) === 0) for (const name of folder.names()) if (!older.has(name)) folder.remove(name);
  for (const [name, bytes] of older) folder.write(name, bytes);
}

const added = Buffer.from('<!doctype html><title>世界杯</title><p>预测</p>');

function addFile({ folder, random }: Tampering): void {
  const hash = hashOf(added);
  const places = [
    `blob/${hash.slice(0, 2)}/${hash}`,
    `blob/${hash.slice(0, 2)}/${hash}.gz`,
    `map/${hash.slice(0, 2)}/${hash}`,
    'news/0.html',
    'index.html',
    '404.html',
    'tile/0/001',
    'tile/entries/000',
    'tile/0/000.p/7',
    'pending/checkpoint',
    'pending/000007',
    'tmp/checkpoint',
    'pack/00000000.pack',
    'pack/x.pack',
    '.well-known/chengmen/checkpoint',
  ];
  folder.write(oneOf(random, places), added);
}

function replaceByOther(tampering: Tampering): void {
  const { folder, random } = tampering;
  const name = someFile(tampering);
  const links = [
    '/etc/passwd',
    '/dev/zero',
    '/dev/null',
    '/proc/self/environ',
    'nowhere',
    '.',
    name.split('/').at(-1) ?? '',
    `${'../'.repeat(name.split('/').length - 1)}${someFile(tampering)}`,
  ];
  const kinds = ['folder', 'pipe', { link: oneOf(random, links) }, { link: oneOf(random, links) }] as const;
  folder.make(name, oneOf(random, kinds));
}

interface FoundRecord {
  readonly key: PackKey;
  readonly start: number;
  readonly contents: Buffer;
}

function recordsOf(bytes: Buffer): FoundRecord[] {
  const records: FoundRecord[] = [];
  for (let at = 0; ;) {
    const header = decodeRecordHeader(bytes.subarray(at, at + recordHeader));
    if (!header || at + recordHeader + header.follow > bytes.length) return records;
    const from = at + recordHeader;
    records.push({ key: header.key, start: at, contents: bytes.subarray(from, from + header.follow) });
    at = from + header.follow;
  }
}

function somePack(tampering: Tampering): { readonly name: string; readonly bytes: Buffer } | undefined {
  const { folder, random } = tampering;
  const packs = folder.names().filter((name) => name.endsWith('.pack'));
  if (packs.length === 0) return undefined;
  const name = oneOf(random, packs);
  return { name, bytes: folder.read(name) };
}

/** A record whose check sum is right again: what the pack says fits, and only the hash of the contents can tell. */
function alterRecord(tampering: Tampering): void {
  const { random, folder } = tampering;
  const pack = somePack(tampering);
  const records = pack ? recordsOf(pack.bytes) : [];
  if (!pack || records.length === 0) return;
  const record = oneOf(random, records);
  const other = oneOf(random, records);
  const changes: readonly (() => Buffer)[] = [
    () => Buffer.concat([encodeRecordHeader(other.key, record.contents), record.contents]),
    () => {
      const contents = flip(random, Buffer.from(record.contents));
      return Buffer.concat([encodeRecordHeader(record.key, contents), contents]);
    },
    () => Buffer.concat([encodeRecordHeader(record.key, other.contents), other.contents]),
    () => encodeRecordHeader(record.key, null),
    () => {
      const header = encodeRecordHeader(record.key, record.contents);
      header.writeUInt32BE(random(2) === 0 ? random(0xffff_ffff) : record.contents.length + 1, 8);
      return Buffer.concat([header, record.contents]);
    },
  ];
  const end = record.start + recordHeader + record.contents.length;
  const made = [pack.bytes.subarray(0, record.start), oneOf(random, changes)(), pack.bytes.subarray(end)];
  folder.write(pack.name, Buffer.concat(made));
}

function tearRecord(tampering: Tampering): void {
  const { random, folder } = tampering;
  const pack = somePack(tampering);
  const records = pack ? recordsOf(pack.bytes) : [];
  if (!pack || records.length === 0) return;
  const { start, contents } = oneOf(random, records);
  const cut = start + random(recordHeader + contents.length);
  const rest = random(2) === 0 ? pack.bytes.subarray(start + recordHeader + contents.length) : Buffer.alloc(0);
  folder.write(pack.name, Buffer.concat([pack.bytes.subarray(0, cut), rest]));
}

/** Names in force, whatever the layout. */
function namesInForce({ site }: Tampering): readonly string[] {
  const files = [...(site.history.at(-1) ?? new Map<string, Uint8Array>())];
  const packed = files.flatMap(([name, bytes]) =>
    name.endsWith('.pack') ? recordsOf(Buffer.from(bytes)).flatMap(({ key }) => packName(key) ?? []) : [],
  );
  return [...packed, ...files.map(([name]) => name).filter((name) => packKey(name) !== undefined)];
}

function falseRecord(tampering: Tampering): Buffer {
  const key = packKey(oneOf(tampering.random, namesInForce(tampering))) ?? '';
  if (tampering.random(4) === 0) return encodeRecordHeader(key, null);
  const contents = tampering.random(2) === 0 ? added : randomBytes(tampering.random(3000));
  return Buffer.concat([encodeRecordHeader(key, contents), contents]);
}

function addRecord(tampering: Tampering): void {
  const pack = somePack(tampering);
  const record = falseRecord(tampering);
  tampering.folder.write(pack?.name ?? 'pack/00000001.pack', Buffer.concat([pack?.bytes ?? Buffer.alloc(0), record]));
}

function addPack(tampering: Tampering): void {
  const { folder, random } = tampering;
  const number = oneOf(random, [1, 2, 50, 99_999_999]);
  const count = random(2) === 0 ? 1 : namesInForce(tampering).length;
  folder.write(`pack/${packFile(number)}`, Buffer.concat(Array.from({ length: count }, () => falseRecord(tampering))));
}

function alterIndex(tampering: Tampering): void {
  const { folder, random } = tampering;
  const indexes = folder.names().filter((name) => name.endsWith('.index'));
  if (indexes.length === 0) {
    addIndex(tampering);
    return;
  }
  const name = oneOf(random, indexes);
  const bytes = folder.read(name);
  const entries = Math.floor(bytes.length / indexEntry);
  for (let times = 1 + random(entries); times > 0 && bytes.length >= indexEntry; times--) {
    const at = bytes.length - indexEntry * (1 + random(entries));
    if (at < 0) continue;
    const field = oneOf(random, [34, 38, 44]);
    if (field === 38) bytes.writeUIntBE(random(200_000), at + field, 6);
    else bytes.writeUInt32BE(field === 34 ? random(9) : oneOf(random, [0, 100, 0xffff_fffe, 0xffff_ffff]), at + field);
  }
  folder.write(name, bytes);
}

/** An index over everything: no pack in its range is looked at any more. */
function addIndex(tampering: Tampering): void {
  const { folder, random } = tampering;
  const keys = namesInForce(tampering).flatMap((name) => packKey(name) ?? []);
  const kept = [...new Set(keys)].sort().slice(0, random(keys.length));
  const head = encodeIndexHead({ count: kept.length, bits: indexBits(kept.length) });
  const table = Buffer.alloc((2 ** indexBits(kept.length) + 1) * 4);
  for (let at = 4; at < table.length; at += 4) table.writeUInt32BE(random(kept.length + 1), at);
  table.writeUInt32BE(kept.length, table.length - 4);
  const entries = Buffer.alloc(kept.length * indexEntry);
  for (const [at, key] of kept.entries())
    writeIndexEntry(entries, at * indexEntry, key, { pack: random(9), offset: random(60_000), length: random(4000) });
  folder.write(
    `pack/${indexFile(random(2), oneOf(random, [1, 3, 99_999_999]))}`,
    Buffer.concat([head, table, entries]),
  );
}

const wrongEntries: readonly (readonly [RegExp, string])[] = [
  [/"status":200/, '"status":"200"'],
  [/"status":200/, '"status":404'],
  [/"status":410/, '"status":200'],
  [/"status":301/, '"status":302'],
  [/"status":200/, '"status":200.0'],
  [/"status":200/, '"status":true'],
  [/"size":\d+/, '"size":-1'],
  [/"size":\d+/, '"size":1e3'],
  [/"size":\d+/, '"size":"12"'],
  [/"hash":"[0-9a-f]+"/, '"hash":null'],
  [/"hash":"[0-9a-f]+"/, '"hash":["a"]'],
  [/"location":"[^"]+"/, '"location":"//bet.example/"'],
  [/"location":"[^"]+"/, '"location":"https://bet.example/"'],
  [/"type":"text\/html[^"]*"/, '"type":"text/javascript"'],
  [/"type":"[^"]+"/, '"type":"text/html\\r\\nset-cookie: a=b"'],
  [/"type":"[^"]+"/, '"type":{"toString":1}'],
  [/"provenance":"[0-9a-f]+"/, '"provenance":0'],
  [/"br":\{[^}]*\}/, '"br":{"hash":"x","size":{}}'],
  [/"gz":\{[^}]*\},/, ''],
  [/\{"br"/, '{"__proto__":{"status":200},"br"'],
  [/\/news\/\d+\.html/, '/news/../secret'],
  [/^chengmen\.map\/v1 list/, 'chengmen.map/v1 branch'],
  [/^chengmen\.map\/v1/, 'chengmen.map/v2'],
];

/** A page of the map that says something else, under the name of the true one. */
function alterEntry(tampering: Tampering): void {
  const { folder, random } = tampering;
  const [pattern, instead] = oneOf(random, wrongEntries);
  const change = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('utf8').replace(pattern, instead));
  const maps = folder.names().filter((name) => name.startsWith('map/'));
  if (maps.length > 0) {
    edit(tampering, oneOf(random, maps), change);
    return;
  }
  const pack = somePack(tampering);
  const pages = pack ? recordsOf(pack.bytes).filter(({ key }) => packName(key)?.startsWith('map/')) : [];
  if (!pack || pages.length === 0) return;
  const { key, contents } = oneOf(random, pages);
  const made = change(contents);
  folder.write(pack.name, Buffer.concat([pack.bytes, encodeRecordHeader(key, made), made]));
}

function alterCheckpoint(tampering: Tampering): void {
  const { random, site } = tampering;
  const older = Buffer.from(oneOf(random, site.history.slice(0, -1)).get(checkpointName) ?? []).toString('utf8');
  const changes: readonly ((note: string) => string)[] = [
    (note) => note.replace(/\n\d+\n/, (size) => `\n${Number(size) + 1}\n`),
    (note) => note.replace(/\n\d+\n/, (size) => `\n${Number(size) - 1}\n`),
    (note) => note.replace(/\n\d+\n/, '\n999999999999999\n'),
    (note) => note.replace(/^[^\n]+/, 'bet.example/log'),
    (note) => note.replace(/\n[^\n]{44}\n/, `\n${randomBytes(32).toString('base64')}\n`),
    (note) => note.replace(/— .*/s, older.slice(older.indexOf('—'))),
    (note) => older.slice(0, older.indexOf('—')) + note.slice(note.indexOf('—')),
    (note) => note.replace(/— .*/s, ''),
    (note) => `${note}${note.slice(note.indexOf('—'))}`,
    (note) => `${note}— other.example ${randomBytes(68).toString('base64')}\n`,
    (note) => note.replaceAll('\n', '\r\n'),
    (note) => `${older}\n${note}`,
    (note) => `${note}\n${older}`,
    (note) => `${note.slice(0, -1)}${'\n— x aaaa'.repeat(3000)}\n`,
    () => '',
    () => '\n\n',
    () => 'x'.repeat(5_000_000),
  ];
  edit(tampering, checkpointName, (bytes) => Buffer.from(oneOf(random, changes)(bytes.toString('utf8'))));
}

/** A release made from beginning to end by the rules, with a key of the same name: all hashes fit, nobody trusts the key. */
async function forgeChain({ folder, site, random }: Tampering): Promise<void> {
  const files = await forgedRelease(site.history.length + random(3));
  for (const [name, bytes] of files) folder.write(name, bytes);
  const note = Buffer.from(files.get(checkpointName) ?? []).toString('utf8');
  // As if the key that is trusted had signed: its id before the forger's signature.
  const [name = '', id = ''] = site.key.split('+');
  const line = note.slice(note.indexOf('— '));
  const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(4);
  const disguised = Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64');
  if (random(2) === 0) folder.write(checkpointName, Buffer.from(note.replace(line, `— ${name} ${disguised}\n`)));
}

const forged = new Map<number, Promise<ReadonlyMap<string, Uint8Array>>>();

function forgedRelease(size: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const known = forged.get(size) ?? forge(size);
  forged.set(size, known);
  return known;
}

async function forge(size: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const store = new MemoryStore();
  const { skey } = generateKey(benchKey.vkey.split('+')[0] ?? '');
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'bench' });
  for (let number = 1; number <= size; number++) {
    const entry = {
      status: 200,
      type: 'text/html',
      body: Buffer.concat([added, Buffer.from([number])]),
      provenance: added,
    } as const;
    await sealer.seal(['/', '/news/', '/news/0.html'].map((path) => ({ path, entry })));
  }
  return store.files;
}
