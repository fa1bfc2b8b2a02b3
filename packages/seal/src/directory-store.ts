import { randomBytes } from 'node:crypto';
import {
  close,
  closeSync,
  fdatasync,
  fsync,
  open as openDescriptor,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  write,
  writeSync,
  type Stats,
} from 'node:fs';
import { mkdir, open, opendir, readFile, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  checkpointName,
  createPackReader,
  decodeRecordHeader,
  mergedEntries,
  packFile,
  packFolder,
  packKey,
  packName,
  parsePackFile,
  pendingCheckpoint,
  pendingPruning,
  readOn,
  recordHeader,
  recordsIn,
  ReleaseError,
  removed,
  temporaryPrefix,
  writeRecordHeader,
  type Location,
  type OpenIndex,
  type OpenPack,
  type PackKey,
  type PackReader,
} from '@chengmen/release';
import { isAbsence, packFiles, type PackFolderFiles } from '@chengmen/serve';
import { buildIndex, indexOnThread, worthThread } from './build-index.ts';
import { checkStoreName } from './store-name.ts';
import type { Compacted, CompactOptions, StoredFile, WriteStore } from './types.ts';

const openFile = promisify(openDescriptor);
const closeFile = promisify(close);
const syncData = promisify(fdatasync);
const syncEntries = promisify(fsync);
const writeBytes = promisify(write);

/** Packs that wait for the disk at a time. */
const mostClosing = 3;

/** A pack that has grown beyond this gets its index, and another is begun. */
const defaultPackSize = 64 * 1024 * 1024;

/**
 * A store in a folder of this machine; the folder is made when it is missing. The files of releases stand in packs, one
 * behind the other, so that a release takes one sync however many files it has; `checkpoint` and what has no place in a
 * pack are files of their own, written beside, synced and renamed. Several processes may have one folder open as long
 * as they write in turn (`takeTurn`): each writes packs of its own.
 */
export class DirectoryStore implements WriteStore {
  readonly root: string;
  readonly #files: PackFolderFiles;
  readonly #reader: PackReader;
  readonly #packSize: number;
  #writing: Writing | undefined;
  /** Folders that were there when last looked for. */
  readonly #folders = new Set<string>();
  /** The checkpoint was put in place, and its folder is not synced yet. */
  #renamed = false;
  /** Written beside for a `replace` that is to come. */
  #prepared: { readonly name: string; readonly bytes: Uint8Array; readonly written: Promise<string> } | undefined;
  /** Writes, one after another. */
  #last: Promise<unknown> = Promise.resolve();
  /** Packs that are whole and not yet durable. Once one cannot be made so, nothing after it is. */
  #closing: Promise<unknown> = Promise.resolve();
  #closingNow = 0;
  /** Indexes of packs that are whole, one after another beside the writing: nobody needs them to read what is there. */
  #indexing: Promise<void> = Promise.resolve();

  constructor(root: string, options: { readonly packSize?: number } = {}) {
    this.root = root;
    this.#packSize = options.packSize ?? defaultPackSize;
    this.#files = packFiles(join(root, packFolder), { blocking: 'short' });
    this.#reader = createPackReader(this.#files);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const path = this.#path(name);
    const packed =
      packKey(name) === undefined ? undefined : (this.#writing?.read(name) ?? (await this.#reader.get(name)));
    if (packed) return packed;
    if (!isThere(path)) return undefined;
    try {
      // Some hundred bytes that each sealing begins with: giving way costs more than reading them.
      return readAtOnce.has(name) ? readFileSync(path) : await readFile(path);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  async *list(prefix: string): AsyncGenerator<string> {
    await this.#inTurn(async () => this.#writing?.flush());
    yield* this.#reader.list(prefix);
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const name of this.#walk(folder))
      if (name.startsWith(prefix) && !name.startsWith(packFolder)) yield name;
  }

  async has(name: string): Promise<boolean> {
    const path = this.#path(name);
    return (await this.#isPacked(name)) || isThere(path)?.isFile() === true;
  }

  async *sizes(prefix: string): AsyncGenerator<readonly [string, number]> {
    await this.#inTurn(async () => this.#writing?.flush());
    await this.#reader.refresh();
    for await (const { key, length } of mergedEntries(this.#files, this.#reader.packs, this.#reader.indexes)) {
      const name = length === removed ? undefined : packName(key);
      if (name?.startsWith(prefix) === true) yield [name, length];
    }
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const name of this.#walk(folder))
      if (name.startsWith(prefix) && !name.startsWith(packFolder)) yield [name, isThere(this.#path(name))?.size ?? 0];
  }

  /** Bytes under a name made of a hash are not compared with those already there: readers hold them against the hash. */
  put(files: Iterable<StoredFile>): Promise<void> {
    return this.#inTurn(async () => {
      for (const [name, bytes] of files) {
        const key = packKey(name);
        const named = key === undefined || name.startsWith('tile/');
        const before = named ? await this.#before(name, key) : undefined;
        if (before && Buffer.compare(before, bytes) !== 0)
          throw new ReleaseError('damaged', name, 'other bytes stand under this name already');
        if (before) continue;
        if (key === undefined) await this.#writeFile(name, bytes);
        else {
          const writing = this.#writing ?? (await this.#pack());
          if (!writing.append(key, bytes)) await writing.flush();
        }
      }
      await this.#closeFrom(2 * this.#packSize);
    });
  }

  putRecords(records: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      await (this.#writing ?? (await this.#pack())).appendRecords(records);
      await this.#closeFrom(2 * this.#packSize);
    });
  }

  sync(): Promise<void> {
    return this.#inTurn(() => this.#sync());
  }

  replace([name, bytes]: StoredFile): Promise<void> {
    return this.#inTurn(async () => {
      const key = packKey(name);
      if (key === undefined) {
        await this.#sync();
        // A renaming that a power cut undoes leaves the checkpoint before it; the next writer then brings the one that
        // waits in `pending/`, durable by now, into force.
        const waits = name === checkpointName && (await this.has(pendingCheckpoint));
        const prepared = await this.#takePrepared(name, bytes);
        await this.#writeFile(name, bytes, { syncFolder: !waits, ...(prepared === undefined ? {} : { prepared }) });
        this.#renamed = waits;
        return;
      }
      (await this.#pack()).append(key, bytes);
      await this.#sync();
    });
  }

  prepare([name, bytes]: StoredFile): void {
    const written = this.#writeBeside(bytes, dirname(this.#path(name)));
    written.catch(() => undefined);
    this.#prepared = { name, bytes, written };
  }

  remove(names: Iterable<string>): Promise<void> {
    return this.#inTurn(async () => {
      // What waits in `pending/` must not go before the renaming that makes it superfluous is durable.
      await this.#syncRenaming();
      for (const name of names) {
        const key = packKey(name);
        const path = this.#path(name);
        if (isThere(path)) await unlink(path).catch(ignoreAbsence);
        if (key !== undefined && (await this.#isPacked(name))) (await this.#pack()).append(key, null);
      }
      await this.#writing?.flush();
      // Here a sealer ends: nobody waits for what it promoted any more, so this is the time to end a pack and to join
      // indexes.
      await this.#closeFrom(this.#packSize);
      this.#afterIndexing(() => this.#merge());
    });
  }

  /** Ends the pack this process was writing; what others left without an index gets one as far as it is whole. */
  takeTurn(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closePack();
      await this.#closing;
      await this.#indexing;
      await this.#reader.refresh();
      for (const pack of this.#reader.packs.toReversed()) await this.#indexLeft(pack);
      await this.#merge();
      await this.#dropPassedOver();
      await this.#prepared?.written.catch(() => undefined);
      this.#prepared = undefined;
      for await (const name of this.#walk(temporaryPrefix)) await unlink(join(this.root, name)).catch(ignoreAbsence);
    });
  }

  /**
   * Rewrites packs of which little is wanted: what is wanted is put once more, and when that is durable and an index of
   * all packs says so, the old ones go. Cut off anywhere, each name stands where it stood or where it went.
   */
  async compact(options: CompactOptions = {}): Promise<Compacted> {
    const { share = 0.5, gone = [], between = (work) => work() } = options;
    await this.#inTurn(async () => {
      await this.#closePack();
      await this.#closing;
    });
    const wanted = await this.#wantedOf(
      [...gone].map((name) => packKey(name) ?? ''),
      share,
    );
    if (wanted.size === 0) return { packs: 0, freed: 0 };
    let copied = 0;
    for (const entries of wanted.values()) copied += await this.#copy(entries, between);
    for (;;) {
      const went = await between(() => this.#dropAfterAll([...wanted.keys()]));
      if (went) return { packs: went.packs, freed: Math.max(0, went.freed - copied) };
    }
  }

  async #dropAfterAll(numbers: readonly number[]): Promise<Compacted | undefined> {
    await this.#inTurn(async () => {
      // So that there is a pack beyond those the indexes tell of: the new one must not have the name of an old one.
      (await this.#pack()).append(packKey(compactedNote) ?? '', null);
      await this.#closePack();
      await this.#closing;
    });
    const dropped = this.#indexing.then(() => this.#dropPacks(numbers));
    this.#indexing = dropped.then(
      () => undefined,
      () => undefined,
    );
    return dropped;
  }

  /** Ends the pack being written and lets go of all files. The store can still be used. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closePack();
      await this.#closing;
      this.#afterIndexing(() => this.#merge());
      await this.#indexing;
      this.#files.close();
    });
  }

  /** What stands under a name, as far as this process knows: others write in turn, and `takeTurn` looks what they wrote. */
  async #before(name: string, key: PackKey | undefined): Promise<Uint8Array | undefined> {
    if (key === undefined) return this.get(name);
    const packed = this.#writing?.read(name) ?? (await this.#reader.getKnown(name));
    return packed ?? (isThere(this.#path(name)) ? this.get(name) : undefined);
  }

  /** Packs to be rewritten, each with what is still wanted of it in the order it stands there. */
  async #wantedOf(gone: readonly PackKey[], share: number): Promise<Map<number, Wanted[]>> {
    await this.#indexing;
    await this.#reader.refresh();
    const own = this.#writing?.pack.number;
    const numbers = (await this.#files.names()).flatMap((file) => {
      const parsed = parsePackFile(file);
      return parsed && 'pack' in parsed && parsed.pack !== own ? [parsed.pack] : [];
    });
    const live = new Map(numbers.map((number) => [number, 0]));
    for await (const { pack, length } of this.#located())
      if (live.has(pack)) live.set(pack, (live.get(pack) ?? 0) + recordHeader + length);
    const wanted = new Map<number, Wanted[]>();
    for (const [number, bytes] of live) {
      const size = await this.#files.size(packFile(number));
      if (bytes < share * size || (gone.length > 0 && (await this.#holdsOne(number, gone)))) wanted.set(number, []);
    }
    if (wanted.size > 0) for await (const one of this.#located()) wanted.get(one.pack)?.push(one);
    for (const entries of wanted.values()) entries.sort((one, other) => one.offset - other.offset);
    return wanted;
  }

  async *#located(): AsyncGenerator<Wanted> {
    for await (const one of mergedEntries(this.#files, this.#reader.packs, this.#reader.indexes))
      if (one.length !== removed) yield one;
  }

  /** Whether a pack has bytes of one of these, be they in force or not. One that cannot be read to its end may. */
  async #holdsOne(number: number, keys: readonly PackKey[]): Promise<boolean> {
    const pack: OpenPack = { number, end: 0, names: new Map() };
    await readOn(this.#files, pack);
    if (pack.end < (await this.#files.size(packFile(number)))) return true;
    // A name may have been taken away in the very pack that holds it.
    return keys.some((key) => pack.names.has(key));
  }

  /** Puts once more what stands in a pack, unless it has been put or taken away since. Answers how many bytes. */
  async #copy(entries: readonly Wanted[], between: NonNullable<CompactOptions['between']>): Promise<number> {
    let copied = 0;
    for (let at = 0; at < entries.length;) {
      const some = async (): Promise<void> => {
        await this.#writing?.flush();
        await this.#reader.refresh();
        const writing = await this.#pack();
        for (let bytes = 0; at < entries.length && bytes < flushAt; at++) {
          const { key, pack, offset, length } = entries[at] as Wanted;
          const now = await this.#reader.find(packName(key) ?? '');
          if (now?.pack !== pack || now.offset !== offset) continue;
          const contents = await this.#files.read(packFile(pack), offset, length);
          if (contents.length !== length) continue;
          writing.append(key, contents);
          bytes += length + recordHeader;
          copied += length + recordHeader;
        }
        await writing.flush();
        await this.#closeFrom(2 * this.#packSize);
      };
      await between(() => this.#inTurn(some));
    }
    return copied;
  }

  /**
   * One index of all packs that are whole; packs it does not lead to go. Answers how many went, and their bytes; undefined
   * where others have just joined all indexes, so that there is one of this name.
   */
  async #dropPacks(numbers: readonly number[]): Promise<Compacted | undefined> {
    await this.#reader.refresh();
    const own = this.#writing?.pack.number;
    const packs = this.#reader.packs.filter(({ number }) => number !== own);
    const { indexes } = this.#reader;
    if (packs.length === 0 && indexes.length === 1) return undefined;
    const entries = [...packs.map(({ names }) => names.size), ...indexes.map(({ count }) => count)];
    const build = entries.reduce((sum, count) => sum + count, 0) < worthThread ? buildIndex : indexOnThread;
    await build(this.root, { packs, indexes, whole: true });
    const folder = join(this.root, packFolder);
    await syncFolder(folder);
    await this.#reader.refresh();
    const led = new Set<number>();
    for await (const { pack } of this.#located()) led.add(pack);
    const dropped = numbers.flatMap((number) => (led.has(number) ? [] : [packFile(number)]));
    let freed = 0;
    for (const file of dropped) freed += await this.#files.size(file);
    for (const file of [...indexes.map(({ file }) => file), ...dropped]) {
      this.#files.forget(file);
      await unlink(join(folder, file)).catch(ignoreAbsence);
    }
    await syncFolder(folder);
    await this.#reader.refresh();
    return { packs: dropped.length, freed };
  }

  /** Indexes inside the range of a wider one: whoever made that was cut off before they went. */
  async #dropPassedOver(): Promise<void> {
    const { indexes } = this.#reader;
    for (const file of await this.#files.names()) {
      const range = parsePackFile(file);
      if (!range || !('from' in range)) continue;
      const isInside = ({ from, to, file: wider }: OpenIndex): boolean =>
        wider !== file && from <= range.from && range.to <= to;
      if (indexes.some(isInside)) await unlink(join(this.root, packFolder, file)).catch(() => undefined);
    }
  }

  async #isPacked(name: string): Promise<boolean> {
    if (packKey(name) === undefined) return false;
    return this.#writing?.read(name) !== undefined || this.#reader.has(name);
  }

  async #syncRenaming(): Promise<void> {
    if (!this.#renamed) return;
    await syncFolder(this.root);
    this.#renamed = false;
  }

  async #sync(): Promise<void> {
    await this.#syncRenaming();
    await this.#closing;
    await this.#writing?.sync();
  }

  async #pack(): Promise<Writing> {
    if (this.#writing) return this.#writing;
    const folder = join(this.root, packFolder);
    await makeFolder(folder);
    await this.#reader.refresh();
    const numbers = [...this.#reader.packs.map(({ number }) => number), ...this.#reader.indexes.map(({ to }) => to)];
    for (let number = Math.max(0, ...numbers) + 1; ; number++) {
      try {
        const descriptor = await openFile(join(folder, packFile(number)), 'wx', 0o644);
        const pack: OpenPack = { number, end: 0, names: new Map() };
        await this.#reader.refresh();
        const known = this.#reader.packs.find((one) => one.number === number) ?? pack;
        this.#writing = createWriting(descriptor, folder, known);
        return this.#writing;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  async #closeFrom(size: number): Promise<void> {
    if (this.#writing && this.#writing.end() >= size) await this.#closePack();
  }

  async #closePack(): Promise<void> {
    const writing = this.#writing;
    if (!writing) return;
    await writing.flush();
    this.#writing = undefined;
    const closed = writing.sync().then(() => writing.close());
    this.#closing = Promise.all([this.#closing, closed]);
    this.#closing.catch(() => undefined);
    this.#afterIndexing(async () => {
      await closed;
      // Of the names it was written with: a reader beside may not have looked to its end yet.
      await this.#writeIndex([writing.pack], []);
    });
    // The disk may be slower than whoever puts: what waits for it must not grow without end.
    if (++this.#closingNow > mostClosing) await this.#closing;
    void closed.finally(() => this.#closingNow--).catch(() => undefined);
  }

  /** A pack whose index fails is read by its records, until the next turn makes one. */
  #afterIndexing(work: () => Promise<void>): void {
    this.#indexing = this.#indexing.then(work).catch(() => undefined);
  }

  /** An index over packs and older indexes, newest first; those are taken away. */
  async #writeIndex(packs: readonly OpenPack[], indexes: readonly OpenIndex[]): Promise<void> {
    const names = packs.reduce((sum, pack) => sum + pack.names.size, 0);
    const entries = indexes.reduce((sum, { count }) => sum + count, names);
    await (entries < worthThread ? buildIndex : indexOnThread)(this.root, { packs, indexes });
    await this.#reader.refresh();
    for (const { file } of indexes) {
      this.#files.forget(file);
      // Where somebody has it open, it stays: an index inside the range of another is passed over.
      await unlink(join(this.root, packFolder, file)).catch(() => undefined);
    }
  }

  /** Joins the newest indexes while each is not much smaller than the one before: their number grows as the logarithm. */
  async #merge(): Promise<void> {
    // Names of a pack that has no index yet must not vanish in the range of a wider one.
    const apart = (one: OpenIndex, other: OpenIndex): boolean =>
      this.#reader.packs.some(({ number }) => other.to < number && number < one.from);
    for (;;) {
      const [newest, next, ...rest] = this.#reader.indexes;
      if (!newest || !next || next.count > newest.count * 3 || apart(newest, next)) return;
      const join = [newest, next];
      let count = newest.count + next.count;
      for (const index of rest) {
        if (index.count > count * 3 || apart(newest, index)) break;
        join.push(index);
        count += index.count;
      }
      try {
        await this.#writeIndex([], join);
      } catch (error) {
        // Who writes in turn may have joined them meanwhile.
        if (!isAbsence(error)) throw error;
        await this.#reader.refresh();
        return;
      }
    }
  }

  async #indexLeft(pack: OpenPack): Promise<void> {
    const whole: OpenPack = { number: pack.number, end: 0, names: new Map() };
    for (;;) {
      const bytes = await this.#files.read(packFile(pack.number), whole.end, recordHeader);
      const header = decodeRecordHeader(bytes);
      const offset = whole.end + recordHeader;
      const contents = header && (await this.#files.read(packFile(pack.number), offset, header.follow));
      if (!header || contents?.length !== header.follow || !header.fits(contents)) break;
      whole.names.set(header.key, { pack: pack.number, offset, length: header.length });
      whole.end = offset + header.follow;
    }
    await syncFile(join(this.root, packFolder, packFile(pack.number)));
    await this.#writeIndex([whole], []);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #writeFile(
    name: string,
    contents: Uint8Array,
    options: { readonly syncFolder: boolean; readonly prepared?: string } = { syncFolder: true },
  ): Promise<void> {
    const path = this.#path(name);
    const temporary = options.prepared ?? (await this.#writeBeside(contents, dirname(path)));
    try {
      renameSync(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    if (options.syncFolder) await syncFolder(dirname(path));
  }

  /** Writes and syncs a file of its own, to be renamed into a folder; gives its path. */
  async #writeBeside(contents: Uint8Array, folder: string): Promise<string> {
    const temporary = join(this.root, temporaryPrefix, randomBytes(8).toString('hex'));
    const descriptor = await this.#create(temporary, folder);
    try {
      await writeWhole(descriptor, contents, 0);
      await syncData(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return temporary;
  }

  /** What was written beside for this very `replace`; undefined where nothing was, or it could not be. */
  async #takePrepared(name: string, bytes: Uint8Array): Promise<string | undefined> {
    const prepared = this.#prepared;
    if (prepared?.name !== name) return undefined;
    this.#prepared = undefined;
    const written = await prepared.written.catch(() => undefined);
    if (written === undefined || Buffer.compare(prepared.bytes, bytes) === 0) return written;
    await rm(written, { force: true });
    return undefined;
  }

  /** Makes the folders of a file only where they are not known to be there. */
  async #create(temporary: string, folder: string): Promise<number> {
    const folders = [dirname(temporary), folder];
    if (folders.every((one) => this.#folders.has(one))) {
      try {
        return openSync(temporary, 'wx', 0o644);
      } catch (error) {
        if (!isAbsence(error)) throw error;
      }
    }
    for (const one of folders) {
      await makeFolder(one);
      this.#folders.add(one);
    }
    return openSync(temporary, 'wx', 0o644);
  }

  async *#walk(folder: string): AsyncGenerator<string> {
    try {
      for await (const one of await opendir(join(this.root, folder))) {
        if (one.isDirectory()) yield* this.#walk(`${folder}${one.name}/`);
        else yield `${folder}${one.name}`;
      }
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }

  #path(name: string): string {
    checkStoreName(name);
    return join(this.root, name);
  }
}

/** Short files that each sealing looks for. */
const readAtOnce: ReadonlySet<string> = new Set([checkpointName, pendingPruning]);

/** Where something stands that is wanted. */
type Wanted = { readonly key: PackKey } & Location;

/** A name nothing ever stands under. */
const compactedNote = 'pending/compacted';

/** The pack being written: records are collected and written together. */
interface Writing {
  readonly pack: OpenPack;
  /** Copies what it is given. False when so much waits that it is time to write. */
  append(key: PackKey, contents: Uint8Array | null): boolean;
  /** Writes records as they are. */
  appendRecords(records: Uint8Array): Promise<void>;
  /** Contents not yet in the file. */
  read(name: string): Uint8Array | undefined;
  /** Bytes of the pack, those not yet in the file included. */
  end(): number;
  flush(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes collected before they are written. */
const flushAt = 4 * 1024 * 1024;
/** Room for what is collected, to begin with. */
const firstRoom = 64 * 1024;

function createWriting(descriptor: number, folder: string, pack: OpenPack): Writing {
  /** Bytes in the file. Not read off the pack: a reader that looks meanwhile moves its end as far as it sees records. */
  let written = pack.end;
  /** What follows and is not in the file yet. */
  let room = Buffer.allocUnsafeSlow(firstRoom);
  let used = 0;
  let held = new Map<PackKey, Location>();
  let dirty = true;
  let durableFolder = false;

  const makeRoom = (length: number): void => {
    if (room.length - used >= length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(room.length * 2, used + length));
    room.copy(larger, 0, 0, used);
    room = larger;
  };
  const flush = async (): Promise<void> => {
    if (used === 0) return;
    await writeWhole(descriptor, room.subarray(0, used), written);
    for (const [key, location] of held) pack.names.set(key, location);
    written += used;
    pack.end = written;
    used = 0;
    held = new Map();
    dirty = true;
  };

  return {
    pack,
    append(key, contents) {
      makeRoom(recordHeader + (contents?.length ?? 0));
      writeRecordHeader(room, used, key, contents);
      used += recordHeader;
      held.set(key, { pack: pack.number, offset: written + used, length: contents?.length ?? removed });
      if (contents) room.set(contents, used);
      used += contents?.length ?? 0;
      return used < flushAt;
    },
    async appendRecords(records) {
      await flush();
      await writeWhole(descriptor, records, written);
      for (const { key, offset, length } of recordsIn(records))
        pack.names.set(key, { pack: pack.number, offset: written + offset, length });
      written += records.length;
      pack.end = written;
      dirty = true;
    },
    read(name) {
      const location = held.get(packKey(name) ?? '');
      if (!location || location.length === removed) return undefined;
      const from = location.offset - written;
      return Uint8Array.prototype.slice.call(room, from, from + location.length);
    },
    end: () => written + used,
    flush,
    async sync() {
      await flush();
      if (!dirty) return;
      await syncData(descriptor);
      if (!durableFolder) await syncFolder(folder);
      durableFolder = true;
      dirty = false;
    },
    close: () => closeFile(descriptor),
  };
}

/** What goes into the memory of the system in less time than giving way takes. */
const shortWrite = 1024 * 1024;

async function writeWhole(descriptor: number, bytes: Uint8Array, at: number): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const left = bytes.length - from;
    from +=
      left <= shortWrite
        ? writeSync(descriptor, bytes, from, left, at + from)
        : (await writeBytes(descriptor, bytes, from, left, at + from)).bytesWritten;
  }
}

/** A folder is as durable as the entry in the one above it. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle for syncing a folder; renaming is ordered there by the file system's own log.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    await syncEntries(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Most names stand in packs; that they are no files of their own is known sooner than one has given way. */
function isThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

function ignoreAbsence(error: unknown): void {
  if (!isAbsence(error)) throw error;
}
