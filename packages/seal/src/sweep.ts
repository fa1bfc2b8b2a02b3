import {
  blobsOf,
  decodeEntry,
  inParallel,
  levelLength,
  mapPageName,
  pageReader,
  parseLeaf,
  parseTileName,
  tileName,
  tileWidth,
  type HashText,
  type LogReader,
  type MapRef,
  type Prunings,
  type ReleaseHead,
  type ReadStore,
} from '@chengmen/release';
import { createNameSet, type NameSet } from './name-set.ts';
import { readAnyPartial } from './partial.ts';
import { pruningNote, readPruningNote } from './pruning-note.ts';
import type { Compacted, WriteStore } from './types.ts';

/** Where a crash is interesting. In this order. */
export type SweepStep = 'marked' | 'pages-removed' | 'removing' | 'removed' | 'compacted' | 'finished';

/** Runs work between two sealings, on the newest release. */
export type Between = <T>(work: (head: ReleaseHead | undefined) => Promise<T>) => Promise<T>;

export interface SweepOptions {
  readonly store: WriteStore;
  readonly between: Between;
  /** What is recorded as taken away; in a dry run, what would be. */
  readonly prunings: Prunings;
  /** Nothing is changed, only counted. */
  readonly dryRun?: boolean;
  /** Only the newest release is kept, for a mirror that holds no others. */
  readonly newest?: boolean;
  /** Nothing is taken away but erased bytes: for a mirror that keeps what its original has pruned. */
  readonly onlyErased?: boolean;
  /** Further maps that are kept. */
  readonly keep?: readonly MapRef[];
  /** Share of a pack below which it is rewritten. Default 0.5. */
  readonly share?: number;
  /** Names removed between two sealings. Default 500. */
  readonly chunk?: number;
  /** Called at each step; what it throws ends it there, as a crash would. */
  readonly onStep?: (step: SweepStep) => void | Promise<void>;
}

export interface Swept {
  /** Pages of maps, blobs, and tiles of the log that had grown into full ones; and their bytes. */
  readonly pages: number;
  readonly blobs: number;
  readonly tiles: number;
  readonly bytes: number;
  /** Of the blobs, those that were erased. */
  readonly erased: number;
  /** Room given back. */
  readonly compacted: Compacted;
}

const nothing: Swept = { pages: 0, blobs: 0, tiles: 0, bytes: 0, erased: 0, compacted: { packs: 0, freed: 0 } };

/**
 * Takes away what no kept release needs, and what was erased. Everything is done between two sealings, a little at a time,
 * and each time what was sealed since is looked through first: so nothing goes that a release needs, not even one that
 * came into being meanwhile and took up what was rubbish before. Cut off anywhere, the next call ends it.
 * Throws `missing` and `damaged` where a kept release is not whole: then nothing has been taken away.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { store, between, dryRun = false, onStep } = options;
  const { carriedOut } = await readPruningNote(store);
  const head = await between(async (now) => {
    if (now && !dryRun) await store.replace(pruningNote({ state: 'running', carriedOut }));
    return now;
  });
  if (!head) return nothing;
  const live = createLive(options);
  await live.markAll(head);
  await onStep?.('marked');
  const work = createRemoval(options, live);
  const pages = options.onlyErased === true ? [] : await deadNames(store, 'map/', live);
  for (const layer of dryRun ? [pages] : await inLayers(store, pages)) await work.remove('pages', layer);
  if (!dryRun) await store.sync();
  await onStep?.('pages-removed');
  if (options.onlyErased !== true) await work.remove('tiles', await grownOver(store, head.log));
  await work.remove('blobs', await deadBlobs(options, live));
  await onStep?.('removed');
  if (dryRun) return work.told({ packs: 0, freed: 0 });
  await store.sync();
  const gone = goneNames(options.prunings, carriedOut).filter((name) => !live.has(name));
  const share = options.onlyErased === true ? 0 : options.share;
  const compacted =
    (await store.compact?.({
      gone,
      between: (some) => between(() => some()),
      ...(share === undefined ? {} : { share }),
    })) ?? nothing.compacted;
  await onStep?.('compacted');
  await between(() => store.replace(pruningNote({ state: 'done', carriedOut: options.prunings.records.length })));
  await onStep?.('finished');
  return work.told(compacted);
}

/** All names of bytes that were erased since so many records. */
function goneNames({ records }: Prunings, carriedOut: number): string[] {
  return records
    .slice(carriedOut)
    .flatMap((record) => (record.kind === 'erased' ? record.blobs.flatMap(namesOfHash) : []));
}

/** The names bytes with this hash may stand under. */
export function namesOfHash(hash: HashText): string[] {
  return ['', '.gz', '.br'].map((ending) => `blob/${hash.slice(0, 2)}/${hash}${ending}`);
}

/** What must stay. It grows with each release that is sealed meanwhile. */
interface Live {
  markAll(head: ReleaseHead): Promise<void>;
  /** Looks through what was sealed or begun since. */
  catchUp(head: ReleaseHead): Promise<void>;
  has(name: string): boolean;
}

function createLive({ store, prunings, newest = false, onlyErased = false, keep = [] }: SweepOptions): Live {
  const names = createNameSet();
  /** Names of erased bytes that are in force again. */
  const again = createNameSet();
  const lookedAgain = createNameSet();
  const read = pageReader(store);
  let marked = 0;
  const markAgain = async (map: MapRef): Promise<void> => {
    if (prunings.records.some(({ kind }) => kind === 'erased'))
      await walk(read, map, lookedAgain, ({ name, hash }) => {
        if (prunings.erasedBy(hash)) again.add(name);
      });
  };
  const mark = async (map: MapRef): Promise<void> => {
    if (!onlyErased) await walk(read, map, names, ({ name }) => names.add(name));
  };
  /** What a long sealing that was cut off has left is taken up by the next one. */
  const markPartial = async (): Promise<void> => {
    const partial = await readAnyPartial(store);
    // Of rubbish it may be: then it is worth nothing to the next sealing either.
    if (partial)
      await mark(partial.map)
        .then(() => markAgain(partial.map))
        .catch(() => undefined);
  };
  return {
    async markAll({ log, leaf }) {
      await markAgain(leaf.map);
      await mark(leaf.map);
      for (const map of keep) await mark(map);
      if (!newest && !onlyErased) for await (const map of keptMaps(log, prunings)) await mark(map);
      await markPartial();
      marked = log.head.size;
    },
    async catchUp({ log, leaf }) {
      if (log.head.size > marked) await markAgain(leaf.map);
      for (; marked < log.head.size; marked++)
        await mark(parseLeaf(await log.entry(marked), `entry ${marked + 1}`).map);
      await markPartial();
    },
    has(name) {
      if (prunings.erasedBy(hashIn(name))) return again.has(name);
      return onlyErased || names.has(name);
    },
  };
}

const hashIn = (name: string): HashText => /[0-9a-f]{64}/.exec(name)?.[0] ?? '';

/** Maps of the releases that are not pruned, the newest first. */
export async function* keptMaps(log: LogReader, prunings: Prunings): AsyncGenerator<MapRef> {
  for (let bundle = Math.ceil(log.head.size / tileWidth) - 1; bundle >= 0; bundle--) {
    const entries = await log.entries(bundle);
    for (const [at, entry] of [...entries.entries()].reverse()) {
      const number = bundle * tileWidth + at + 1;
      if (!prunings.prunedBy(number)) yield parseLeaf(entry, `entry ${number}`).map;
    }
  }
}

/**
 * Every page of a map that is not in `seen` yet, and the blobs of its entries. A page is seen once all below it is: where
 * one cannot be read, those above it are looked through again by whoever shares them.
 */
async function walk(
  read: ReturnType<typeof pageReader>,
  root: MapRef,
  seen: NameSet,
  blob: (blob: ReturnType<typeof blobsOf>[number]) => void,
): Promise<void> {
  const subtree = async (prefix: string, ref: MapRef): Promise<void> => {
    const name = mapPageName(ref.hash);
    if (ref.count === 0 || seen.has(name)) return;
    const page = await read(prefix, ref);
    if ('leaves' in page) for (const { text } of page.leaves) blobsOf(decodeEntry(text)).forEach(blob);
    else {
      const children = page.children.map((child, nibble) => [prefix + nibble.toString(16), child] as const);
      await inParallel(children, prefix.length === 0 ? 16 : 1, ([at, child]) => subtree(at, child));
    }
    seen.add(name);
  };
  await subtree('', root);
}

type Sized = readonly [name: string, bytes: number];

async function deadNames(store: WriteStore, prefix: string, live: Live): Promise<Sized[]> {
  const dead: Sized[] = [];
  for await (const sized of store.sizes(prefix)) if (!live.has(sized[0])) dead.push(sized);
  return dead;
}

/** Where erased bytes alone go, they are asked for by name: a list reads all names. */
async function deadBlobs({ store, prunings, onlyErased = false }: SweepOptions, live: Live): Promise<Sized[]> {
  if (!onlyErased) return deadNames(store, 'blob/', live);
  const dead: Sized[] = [];
  for (const name of goneNames(prunings, 0)) {
    const bytes = live.has(name) ? undefined : await store.get(name);
    if (bytes) dead.push([name, bytes.length]);
  }
  return dead;
}

/** Narrow tiles whose full one is there: nobody who asks for the log needs them. */
async function grownOver(store: WriteStore, log: LogReader): Promise<Sized[]> {
  const over: Sized[] = [];
  const full = new Set<string>();
  const narrow: (readonly [...Sized, string])[] = [];
  for await (const [name, size] of store.sizes('tile/')) {
    const tile = parseTileName(name);
    if (!tile) continue;
    if (tile.width === tileWidth) full.add(name);
    else if ((tile.index + 1) * tileWidth <= levelLength(tile.level, log.head.size))
      narrow.push([name, size, tileName({ ...tile, width: tileWidth })]);
  }
  for (const [name, size, grown] of narrow) if (full.has(grown)) over.push([name, size]);
  return over;
}

/** Pages so that each comes in an earlier layer than those below it: a page that is there tells that its subtree is whole. */
async function inLayers(store: Pick<ReadStore, 'get'>, pages: readonly Sized[]): Promise<Sized[][]> {
  const dead = new Map(pages);
  const below = new Map<string, string[]>();
  const above = new Map<string, number>();
  await inParallel(dead.keys(), 16, async (name) => {
    const children = childrenIn(Buffer.from((await store.get(name)) ?? '').toString('latin1')).filter((one) =>
      dead.has(one),
    );
    if (children.length > 0) below.set(name, children);
    for (const child of children) above.set(child, (above.get(child) ?? 0) + 1);
  });
  const layers: Sized[][] = [];
  let layer = pages.filter(([name]) => !above.has(name));
  while (layer.length > 0) {
    layers.push(layer);
    const next: Sized[] = [];
    for (const [name] of layer)
      for (const child of below.get(name) ?? []) {
        const left = (above.get(child) ?? 1) - 1;
        above.set(child, left);
        if (left === 0) next.push([child, dead.get(child) ?? 0]);
      }
    layer = next;
  }
  return layers;
}

/** Names of the pages a branch leads to. What is no branch leads nowhere. */
function childrenIn(page: string): string[] {
  if (!page.startsWith('chengmen.map/v1 branch\n')) return [];
  return [...page.matchAll(/^([0-9a-f]{64}) [1-9]/gm)].map(([, hash = '']) => mapPageName(hash));
}

type Kind = 'pages' | 'blobs' | 'tiles';

interface Removal {
  remove(kind: Kind, names: readonly Sized[]): Promise<void>;
  told(compacted: Compacted): Swept;
}

function createRemoval({ store, between, prunings, dryRun, chunk = 500, onStep }: SweepOptions, live: Live): Removal {
  const counts = { pages: 0, blobs: 0, tiles: 0, bytes: 0, erased: 0 };
  const count = (kind: Kind, bytes: number): void => {
    counts[kind]++;
    counts.bytes += bytes;
  };
  return {
    async remove(kind, names) {
      for (let at = 0; at < names.length; at += chunk) {
        await between(async (head) => {
          if (!dryRun && head) await live.catchUp(head);
          const dead = names.slice(at, at + chunk).filter(([name]) => kind === 'tiles' || !live.has(name));
          for (const [name, bytes] of dead) {
            count(kind, bytes);
            if (prunings.erasedBy(hashIn(name))) counts.erased++;
          }
          if (!dryRun) await store.remove(dead.map(([name]) => name));
        });
        if (!dryRun) await onStep?.('removing');
      }
    },
    told: (compacted) => ({ ...counts, compacted }),
  };
}
