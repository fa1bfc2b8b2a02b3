import { crc32 } from 'node:zlib';
import { isHash } from './hashing.ts';
import type { Coding, HashText } from './types.ts';

/**
 * How a folder keeps the many files of a release in few. docs/formats/release.md, “Packs”. A pack is a file of records,
 * one behind the other; an index tells for a range of packs where each name stands.
 */
export const packFolder = 'pack/';

/** Bytes before the contents of a record. */
export const recordHeader = 48;
/** Length in an index or a header that says: the name was taken away. */
export const removed = 0xffff_ffff;

const kinds = { plain: 1, gzip: 2, br: 3, map: 4, name: 5 } as const;
const keyLength = 33;

/** A name as it is ordered: 32 bytes, then one for what it names. As text of one character a byte. */
export type PackKey = string;

/** The key of a name; undefined for a name that only a file of its own can have. */
export function packKey(name: string): PackKey | undefined {
  const [, folder, shard = '', hash = '', ending = ''] =
    /^(blob|map)\/([0-9a-f]{2})\/([0-9a-f]{64})(\.gz|\.br)?$/.exec(name) ?? [];
  if (folder === undefined || !hash.startsWith(shard) || (folder === 'map' && ending !== ''))
    return /^(?:tile|pending)\/[!-~]{1,27}$/.test(name) && name.length <= 32
      ? name.padEnd(32, '\0') + String.fromCharCode(kinds.name)
      : undefined;
  const kind = folder === 'map' ? kinds.map : ending === '' ? kinds.plain : ending === '.gz' ? kinds.gzip : kinds.br;
  return Buffer.from(hash, 'hex').toString('latin1') + String.fromCharCode(kind);
}

/** The key of the blob of that hash, in one coding. */
export function blobKey(hash: HashText, coding?: Coding): PackKey {
  const kind = coding === undefined ? kinds.plain : coding === 'gzip' ? kinds.gzip : kinds.br;
  return Buffer.from(hash, 'hex').toString('latin1') + String.fromCharCode(kind);
}

/** The name a key stands for; undefined for bytes that are no key. */
export function packName(key: PackKey): string | undefined {
  const kind = key.charCodeAt(32);
  if (key.length !== keyLength) return undefined;
  if (kind === kinds.name) {
    const name = key.slice(0, 32).replace(/\0+$/, '');
    return packKey(name) === key ? name : undefined;
  }
  const hash = Buffer.from(key.slice(0, 32), 'latin1').toString('hex');
  if (!isHash(hash)) return undefined;
  const folder = kind === kinds.map ? 'map' : kind >= kinds.plain && kind <= kinds.br ? 'blob' : undefined;
  if (folder === undefined) return undefined;
  return `${folder}/${hash.slice(0, 2)}/${hash}${kind === kinds.gzip ? '.gz' : kind === kinds.br ? '.br' : ''}`;
}

/** Where the contents of a name stand. */
export interface Location {
  /** Number of the pack. */
  readonly pack: number;
  /** Of the first byte after the header. */
  readonly offset: number;
  /** Bytes, or `removed`. */
  readonly length: number;
}

const magic = 0x434d5231; // “CMR1”

/** Header of a record: magic, check sum, length, key, seven zeros padded. */
export function encodeRecordHeader(key: PackKey, contents: Uint8Array | null): Buffer {
  const header = Buffer.alloc(recordHeader);
  writeRecordHeader(header, 0, key, contents);
  return header;
}

/** The same in a stretch of memory that need not be empty. */
export function writeRecordHeader(into: Buffer, at: number, key: PackKey, contents: Uint8Array | null): void {
  into.writeUInt32BE(magic, at);
  into.writeUInt32BE(contents ? contents.length : removed, at + 8);
  into.write(key, at + 12, keyLength, 'latin1');
  into.fill(0, at + 12 + keyLength, at + recordHeader);
  const sum = crc32(into.subarray(at + 8, at + recordHeader));
  into.writeUInt32BE(contents ? crc32(contents, sum) : sum, at + 4);
}

/**
 * Where the contents of records stand that were written by `writeRecordHeader` one behind the other. Throws RangeError
 * where they are not that.
 */
export function* recordsIn(bytes: Uint8Array): Generator<{ readonly key: PackKey } & Omit<Location, 'pack'>> {
  const records = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < records.length;) {
    if (records.readUInt32BE(at) !== magic) throw new RangeError(`no record of a pack at ${at}`);
    const length = records.readUInt32BE(at + 8);
    const offset = at + recordHeader;
    yield { key: records.toString('latin1', at + 12, at + 12 + keyLength), offset, length };
    at = offset + length;
  }
}

const recordSum = (header: Uint8Array, contents: Uint8Array): number =>
  crc32(contents, crc32(header.subarray(8, recordHeader)));

export interface RecordHeader {
  readonly key: PackKey;
  /** Bytes of contents that follow: 0 for a name taken away. */
  readonly follow: number;
  /** As an index tells it. */
  readonly length: number;
  /** True where these are the contents the header was written for: nothing was torn off. */
  readonly fits: (contents: Uint8Array) => boolean;
}

/** Reads a header; undefined for bytes that are none. */
export function decodeRecordHeader(bytes: Uint8Array): RecordHeader | undefined {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length < recordHeader || header.readUInt32BE(0) !== magic) return undefined;
  const sum = header.readUInt32BE(4);
  const length = header.readUInt32BE(8);
  const key = header.toString('latin1', 12, 12 + keyLength);
  if (packName(key) === undefined) return undefined;
  const kept = Buffer.from(header.subarray(0, recordHeader));
  return {
    key,
    length,
    follow: length === removed ? 0 : length,
    fits: (contents) => recordSum(kept, contents) === sum,
  };
}

export const packFile = (number: number): string => `${String(number).padStart(8, '0')}.pack`;

/** An index over the packs `from` to `to`. */
export const indexFile = (from: number, to: number): string =>
  `${String(from).padStart(8, '0')}-${String(to).padStart(8, '0')}.index`;

/** What a file in the folder of packs is; undefined for anything else. */
export function parsePackFile(
  name: string,
): { readonly pack: number } | { readonly from: number; readonly to: number } | undefined {
  const pack = /^(\d{8})\.pack$/.exec(name)?.[1];
  if (pack !== undefined) return { pack: Number(pack) };
  const [, from, to] = /^(\d{8})-(\d{8})\.index$/.exec(name) ?? [];
  if (from === undefined || to === undefined || Number(from) > Number(to)) return undefined;
  return { from: Number(from), to: Number(to) };
}

/** Bytes of an entry of an index. */
export const indexEntry = 48;
/** Bytes before the table of an index: magic, number of entries, bits of the table. */
export const indexHeader = 16;
const indexMagic = 'CMINDEX1';

export interface IndexHead {
  readonly count: number;
  /** The table has 2^bits + 1 places: how many entries have keys below each prefix of so many bits. */
  readonly bits: number;
}

/** About sixty entries share a prefix, and the table of the largest index takes 256 KB. */
export function indexBits(count: number): number {
  return Math.max(0, Math.min(16, Math.ceil(Math.log2(Math.max(1, count / 64)))));
}

export function encodeIndexHead({ count, bits }: IndexHead): Buffer {
  const head = Buffer.alloc(indexHeader);
  head.write(indexMagic, 0, 'latin1');
  head.writeUInt32BE(count, 8);
  head.writeUInt32BE(bits, 12);
  return head;
}

/** Throws RangeError for bytes that begin no index. */
export function decodeIndexHead(bytes: Buffer): IndexHead {
  const head = bytes.length >= indexHeader && bytes.toString('latin1', 0, 8) === indexMagic;
  const count = head ? bytes.readUInt32BE(8) : 0;
  const bits = head ? bytes.readUInt32BE(12) : 17;
  if (bits !== indexBits(count)) throw new RangeError('not an index of packs');
  return { count, bits };
}

export const tableLength = (bits: number): number => (2 ** bits + 1) * 4;

/** The first bits of a key as a number. */
export function keyPrefix(key: PackKey, bits: number): number {
  return ((key.charCodeAt(0) << 8) | key.charCodeAt(1)) >>> (16 - bits);
}

export function writeIndexEntry(into: Buffer, at: number, key: PackKey, { pack, offset, length }: Location): void {
  into.write(key, at, keyLength, 'latin1');
  into.writeUInt32BE(pack, at + 34);
  into.writeUIntBE(offset, at + 38, 6);
  into.writeUInt32BE(length, at + 44);
}

export function readIndexEntry(from: Buffer, at: number): { readonly key: PackKey } & Location {
  return {
    key: from.toString('latin1', at, at + keyLength),
    pack: from.readUInt32BE(at + 34),
    offset: from.readUIntBE(at + 38, 6),
    length: from.readUInt32BE(at + 44),
  };
}
