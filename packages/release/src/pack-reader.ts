import {
  decodeIndexHead,
  decodeRecordHeader,
  indexEntry,
  indexHeader,
  keyPrefix,
  packFile,
  packKey,
  packName,
  parsePackFile,
  readIndexEntry,
  recordHeader,
  removed,
  tableLength,
  type Location,
  type PackKey,
} from './pack-format.ts';

/** The folder of packs, for reading. */
export interface PackFiles {
  /** Names in the folder; none where it is missing. */
  names(): Promise<readonly string[]>;
  /** Bytes in a file; 0 where it is missing. */
  size(name: string): Promise<number>;
  /**
   * Bytes from `offset` on, fewer at the end of the file; throws where it is missing. `lately`: they were written not long
   * ago, so the memory of the system has them and nothing is gained by giving way.
   */
  read(name: string, offset: number, length: number, lately?: boolean): Promise<Buffer>;
  /** Changes when the file changes or is another one; empty where it is missing. */
  version(name: string): Promise<string>;
  /** The version of what `read` reads from, which may have been replaced since it was opened; empty where it cannot be read. */
  openVersion(name: string): Promise<string>;
  /** Lets go of all; what is read afterwards is opened again. */
  close(): void;
}

/** An index: in memory only its table, which does not grow beyond 256 KB. */
export interface OpenIndex {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly bits: number;
  readonly table: Uint32Array;
  readonly version: string;
}

/** A pack no index tells of yet: its names are in memory. */
export interface OpenPack {
  readonly number: number;
  /** Up to here its records are known. */
  end: number;
  /** The next record cannot be read: it is being written, or was torn off. */
  readonly names: Map<PackKey, Location>;
  /** When the first of its records was read; it grows while it is written. */
  readonly version?: string;
}

export interface PackReader {
  get(name: string): Promise<Uint8Array | undefined>;
  /** The same among what was there when it last looked: for who knows that nobody else has written since. */
  getKnown(name: string): Promise<Uint8Array | undefined>;
  has(name: string): Promise<boolean>;
  /** Where a name stands now; undefined where it is not there. */
  find(name: string): Promise<Location | undefined>;
  list(prefix: string): AsyncGenerator<string>;
  /** Looks what has come since. */
  refresh(): Promise<void>;
  /** What was read does not fit its hash: forgets where things stand in files that are not as they were. */
  doubt(): Promise<void>;
  /** Newest first. */
  readonly indexes: readonly OpenIndex[];
  /** Newest first. */
  readonly packs: readonly OpenPack[];
}

/** Where a name stands; `lately` in a pack that no index tells of yet. */
type Found = Location & { readonly lately?: boolean };

/** Looks at a folder that is being put in order meanwhile. */
const mostLooks = 5;

/** Entries of an index read at a time. */
const block = 96;

/**
 * Reads names from packs. What was written last under a name counts. Nothing here checks contents: who reads them has
 * their hashes. A name that is not known makes it look for new records once.
 */
export function createPackReader(files: PackFiles): PackReader {
  let indexes: OpenIndex[] = [];
  let packs: OpenPack[] = [];
  let looked = false;
  let refreshing: Promise<void> | undefined;

  const look = async (attempt = 1): Promise<void> => {
    const found = (await files.names()).flatMap((name) => {
      const parsed = parsePackFile(name);
      return parsed ? [{ name, ...parsed }] : [];
    });
    const ranges = found.flatMap((one) => ('from' in one ? [one] : []));
    const widest = ranges.filter(
      (one) => !ranges.some((other) => other !== one && other.from <= one.from && other.to >= one.to),
    );
    const known = new Map(indexes.map((index) => [index.file, index]));
    const opened = await Promise.all(
      widest.map(async ({ name, from, to }) => known.get(name) ?? openIndex(files, name, from, to)),
    );
    if (attempt < mostLooks && (await areGone(widest.filter((_, at) => !opened[at])))) return look(attempt + 1);
    const usable = opened.filter((index) => index !== undefined).sort((one, two) => two.from - one.from);
    const covered = (number: number): boolean => usable.some(({ from, to }) => from <= number && number <= to);
    const numbers = found
      .flatMap((one) => ('pack' in one && !covered(one.pack) ? [one.pack] : []))
      .sort((one, two) => two - one);
    const open = await Promise.all(
      numbers.map(async (number) => packs.find((pack) => pack.number === number) ?? (await newPack(files, number))),
    );
    for (const pack of open) await readOn(files, pack);
    indexes = usable;
    packs = open;
    looked = true;
  };
  /** An index that was listed and is gone has been replaced by another meanwhile. */
  const areGone = async (indexes: readonly { readonly name: string }[]): Promise<boolean> => {
    if (indexes.length === 0) return false;
    const now = new Set(await files.names());
    return indexes.some(({ name }) => !now.has(name));
  };
  const refresh = (): Promise<void> => {
    refreshing ??= look().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  const doubt = async (): Promise<void> => {
    await refreshing;
    files.close();
    const asBefore = async (file: string, version: string | undefined): Promise<boolean> =>
      (await files.version(file)) === version;
    const [sameIndexes, samePacks] = await Promise.all([
      Promise.all(indexes.map(({ file, version }) => asBefore(file, version))),
      Promise.all(packs.map(({ number, version }) => asBefore(packFile(number), version))),
    ]);
    indexes = indexes.filter((_, at) => sameIndexes[at]);
    packs = packs.filter((_, at) => samePacks[at]);
    await refresh();
  };
  const locateKnown = async (key: PackKey): Promise<Found | undefined> => {
    for (const { names } of packs) {
      const found = names.get(key);
      if (found) return { ...found, lately: true };
    }
    for (const index of indexes) {
      const found = await search(files, index, key);
      if (found) return found;
    }
    return undefined;
  };
  const locate = async (name: string): Promise<Found | undefined> => {
    const key = packKey(name);
    if (key === undefined) return undefined;
    if (!looked) await refresh();
    const found = await locateKnown(key).catch(() => undefined);
    if (found) return found.length === removed ? undefined : found;
    await refresh();
    const again = await locateKnown(key);
    return again?.length === removed ? undefined : again;
  };

  const readAt = async ({ pack, offset, length, lately }: Found): Promise<Uint8Array | undefined> => {
    const bytes = await files.read(packFile(pack), offset, length, lately).catch(() => undefined);
    return bytes?.length === length ? bytes : undefined;
  };

  const contents = async (name: string, found: Found | undefined): Promise<Uint8Array | undefined> => {
    if (!found || found.length === removed) return undefined;
    const bytes = await readAt(found);
    if (bytes) return bytes;
    // The pack may have been rewritten since: then the name stands in another, and a newer index says so.
    await refresh();
    const moved = await locateKnown(packKey(name) ?? '');
    return moved && moved.length !== removed && moved.pack !== found.pack ? readAt(moved) : undefined;
  };

  return {
    get: async (name) => contents(name, await locate(name)),
    async getKnown(name) {
      const key = packKey(name);
      if (!looked) await refresh();
      return key === undefined ? undefined : contents(name, await locateKnown(key).catch(() => locate(name)));
    },
    has: async (name) => (await locate(name)) !== undefined,
    find: locate,
    async *list(prefix) {
      await refresh();
      for await (const { key, length } of mergedEntries(files, packs, indexes)) {
        const name = length === removed ? undefined : packName(key);
        if (name?.startsWith(prefix) === true) yield name;
      }
    },
    refresh,
    doubt,
    get indexes() {
      return indexes;
    },
    get packs() {
      return packs;
    },
  };
}

/** Opens an index; undefined for one that cannot be read. */
export async function openIndex(
  files: PackFiles,
  file: string,
  from: number,
  to: number,
): Promise<OpenIndex | undefined> {
  try {
    const version = await files.openVersion(file);
    const { count, bits } = decodeIndexHead(await files.read(file, 0, indexHeader));
    const bytes = await files.read(file, indexHeader, tableLength(bits));
    if (bytes.length !== tableLength(bits)) return undefined;
    const table = Uint32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(at * 4));
    return { file, from, to, count, bits, table, version };
  } catch {
    // Its packs are read instead: an index only tells what they hold.
    return undefined;
  }
}

async function newPack(files: PackFiles, number: number): Promise<OpenPack> {
  return { number, end: 0, names: new Map(), version: await files.openVersion(packFile(number)) };
}

/** Bytes looked at in one go for headers. */
const window = 1 << 16;

/** So much is added to a pack by some edits, not by a whole site. */
const latelyWritten = 1 << 22;

/** Reads the headers of the records that were added to a pack. */
export async function readOn(files: PackFiles, pack: OpenPack): Promise<void> {
  const name = packFile(pack.number);
  const size = await files.size(name);
  let bytes: Buffer = Buffer.alloc(0);
  let start = pack.end;
  const lately = size - start <= latelyWritten;
  while (pack.end + recordHeader <= size) {
    if (pack.end < start || pack.end + recordHeader > start + bytes.length) {
      start = pack.end;
      bytes = await files.read(name, start, Math.min(window, size - start), lately);
    }
    const header = decodeRecordHeader(bytes.subarray(pack.end - start, pack.end - start + recordHeader));
    if (!header || pack.end + recordHeader + header.follow > size) return;
    const offset = pack.end + recordHeader;
    pack.names.set(header.key, { pack: pack.number, offset, length: header.length });
    pack.end = offset + header.follow;
  }
}

async function search(files: PackFiles, index: OpenIndex, key: PackKey): Promise<Location | undefined> {
  const prefix = keyPrefix(key, index.bits);
  let low = index.table[prefix] ?? 0;
  let high = Math.min(index.table[prefix + 1] ?? 0, index.count);
  const base = indexHeader + tableLength(index.bits);
  while (high - low > block) {
    const middle = (low + high) >>> 1;
    const one = await files.read(index.file, base + middle * indexEntry, indexEntry);
    if (one.length < indexEntry) return undefined;
    if (readIndexEntry(one, 0).key <= key) low = middle;
    else high = middle;
  }
  if (low >= high) return undefined;
  const entries = await files.read(index.file, base + low * indexEntry, (high - low) * indexEntry);
  const wanted = Buffer.from(key, 'latin1');
  for (let at = 0; at + indexEntry <= entries.length; at += indexEntry)
    if (entries.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0) return readIndexEntry(entries, at);
  return undefined;
}

type Entry = { readonly key: PackKey } & Location;

/** All entries of some packs and indexes in the order of their keys, of each key the newest. Both newest first. */
export async function* mergedEntries(
  files: PackFiles,
  packs: readonly OpenPack[],
  indexes: readonly OpenIndex[],
): AsyncGenerator<Entry> {
  const sources = [...packs.map(({ names }) => sortedNames(names)), ...indexes.map((index) => entriesOf(files, index))];
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let least: Entry | undefined;
    for (const head of heads)
      if (head.done !== true && (least === undefined || head.value.key < least.key)) least = head.value;
    if (!least) return;
    yield least;
    for (const [at, head] of heads.entries())
      if (head.done !== true && head.value.key === least.key) heads[at] = (await sources[at]?.next()) ?? head;
  }
}

async function* sortedNames(names: ReadonlyMap<PackKey, Location>): AsyncGenerator<Entry, undefined> {
  await Promise.resolve();
  for (const key of [...names.keys()].sort()) {
    const location = names.get(key);
    if (location) yield { key, ...location };
  }
  return undefined;
}

async function* entriesOf(files: PackFiles, index: OpenIndex): AsyncGenerator<Entry, undefined> {
  const base = indexHeader + tableLength(index.bits);
  const step = 4096;
  for (let at = 0; at < index.count; at += step) {
    const bytes = await files.read(index.file, base + at * indexEntry, Math.min(step, index.count - at) * indexEntry);
    for (let one = 0; one + indexEntry <= bytes.length; one += indexEntry) yield readIndexEntry(bytes, one);
  }
  return undefined;
}
