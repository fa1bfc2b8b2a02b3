import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  entriesOfNames,
  exactEntries,
  findEntry,
  indexEntry,
  mergedEntryBytes,
  packKey,
  packName,
  readIndexEntry,
  removed,
  type Inventory,
  type PackFiles,
  type PackReader,
} from '@chengmen/release';
import { hashPacks, type PackWork } from './hash-packs.ts';

export interface InventoryOptions {
  /** Where the packs are. */
  readonly folder: string;
  readonly files: PackFiles;
  readonly packs: PackReader;
  /** Names of files of their own, beside the packs. */
  readonly loose: (prefix: string) => AsyncIterable<string>;
}

/** Less is hashed in less time than threads need to start. */
const worthThreads = 64 * 1024 * 1024;

/**
 * An inventory of a folder: its packs are read once, in order, on threads, while whoever asked says what is needed. In
 * memory are 53 bytes for each name. Undefined where an index is not exactly as it was written: then only looking names
 * up one by one shows what a reader would find.
 */
export async function takeInventory(options: InventoryOptions): Promise<Inventory | undefined> {
  const merged = await allEntries(options);
  if (!merged) return undefined;
  const entries = shared(merged);
  const hashed = hashAll(options.folder, entries);
  return inventoryOf(Buffer.from(entries), hashed, options.loose);
}

/** What the reader would find under each name: what was written last. */
async function allEntries({ files, packs }: InventoryOptions): Promise<Buffer | undefined> {
  await packs.refresh();
  const sources = packs.packs.map(({ names }) => entriesOfNames(names));
  for (const { file } of packs.indexes) {
    const entries = exactEntries(await files.read(file, 0, await files.size(file)));
    if (!entries) return undefined;
    sources.push(entries);
  }
  return mergedEntryBytes(sources);
}

function shared(bytes: Buffer): SharedArrayBuffer {
  const copy = new SharedArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** Begins at once; gives the marks when all packs are read. */
async function hashAll(folder: string, entries: SharedArrayBuffer): Promise<Uint8Array> {
  const marks = new SharedArrayBuffer(entries.byteLength / indexEntry);
  const weights = weightsOf(Buffer.from(entries));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const threads = total < worthThreads ? 1 : Math.min(availableParallelism(), weights.size);
  const shares = shareOut(weights, threads).map((packs): PackWork => ({ folder, entries, marks, packs }));
  if (threads === 1) shares.forEach(hashPacks);
  else await Promise.all(shares.map(hashOnThread));
  return new Uint8Array(marks);
}

/** Bytes of each pack that names lead to. */
function weightsOf(entries: Buffer): Map<number, number> {
  const weights = new Map<number, number>();
  for (let at = 0; at < entries.length; at += indexEntry) {
    const { pack, length } = readIndexEntry(entries, at);
    if (length !== removed) weights.set(pack, (weights.get(pack) ?? 0) + length);
  }
  return weights;
}

/** Packs in shares of about the same weight: each goes to the lightest, the heavy ones first. */
function shareOut(weights: ReadonlyMap<number, number>, count: number): number[][] {
  const shares = Array.from({ length: count }, () => ({ weight: 0, packs: [] as number[] }));
  for (const [pack, weight] of [...weights].sort(([, one], [, two]) => two - one)) {
    const lightest = shares.reduce((least, share) => (share.weight < least.weight ? share : least));
    lightest.packs.push(pack);
    lightest.weight += weight;
  }
  return shares.map(({ packs }) => packs);
}

function hashOnThread(work: PackWork): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { workerData: work });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a thread that reads packs ended with code ${code}`));
    });
  });
}

const unneeded = 0xffff_ffff;
const anySize = 0xffff_fffe;

function inventoryOf(entries: Buffer, hashed: Promise<Uint8Array>, loose: InventoryOptions['loose']): Inventory {
  hashed.catch(() => undefined);
  const count = entries.length / indexEntry;
  /** What size each name was needed with. */
  const needed = new Uint32Array(count).fill(unneeded);
  /** Names that were needed and stand in no pack. */
  const others = new Set<string>();
  const scratch = Buffer.alloc(indexEntry);
  const find = (name: string): number => {
    const key = packKey(name);
    if (key === undefined) return -1;
    scratch.write(key, 'latin1');
    const at = findEntry(entries, scratch);
    return at >= 0 && readIndexEntry(entries, at * indexEntry).length !== removed ? at : -1;
  };
  const packed = function* (wanted: (at: number) => boolean): Generator<string> {
    for (let at = 0; at < count; at++) {
      if (!wanted(at)) continue;
      const { key, length } = readIndexEntry(entries, at * indexEntry);
      const name = length === removed ? undefined : packName(key);
      if (name !== undefined) yield name;
    }
  };
  const isNeeded = (name: string): boolean => {
    const at = find(name);
    return at < 0 ? others.has(name) : needed[at] !== unneeded;
  };
  return {
    async *names(prefix) {
      const start = Buffer.from(prefix, 'latin1');
      // Names without a hash begin as their keys do.
      for (const name of packed(
        (at) => entries.compare(start, 0, start.length, at * indexEntry, at * indexEntry + start.length) === 0,
      ))
        if (name.startsWith(prefix)) yield name;
      yield* loose(prefix);
    },
    need(name, size) {
      const at = find(name);
      if (at < 0) {
        if (others.has(name)) return 'again';
        others.add(name);
        return 'open';
      }
      if (needed[at] !== unneeded) return 'again';
      needed[at] = size === undefined || size >= anySize ? anySize : size;
      return name.startsWith('blob/') ? 'taken' : 'open';
    },
    async wrong() {
      const sound = await hashed;
      const isWrong = (at: number): boolean => {
        const size = needed[at] ?? unneeded;
        if (size === unneeded) return false;
        return sound[at] !== 1 || (size !== anySize && size !== readIndexEntry(entries, at * indexEntry).length);
      };
      return [...packed(isWrong)]
        .filter((name) => name.startsWith('blob/'))
        .map((name) => {
          const size = needed[find(name)];
          return { name, size: size === anySize ? undefined : size };
        });
    },
    async *rest() {
      yield* packed((at) => needed[at] === unneeded);
      for await (const name of loose('')) if (!isNeeded(name)) yield name;
    },
  };
}
