import {
  appendEntry,
  blobName,
  blobsOf,
  checkpointName,
  decodeEntry,
  emptyLogRoot,
  emptyMap,
  formatCheckpoint,
  formatLeaf,
  hashOf,
  isReleasePath,
  isSiteId,
  lookup,
  openLog,
  pageReader,
  parseLeaf,
  parseVkey,
  pendingCheckpoint,
  ReleaseError,
  signNote,
  updateMap,
  walkLeaves,
  type Entry,
  type HashText,
  type LogHead,
  type MapRef,
  type PageReader,
  type ReleaseHead,
} from '@chengmen/release';
import { compress } from './compress.ts';
import { createPendingFiles, type PendingFiles } from './pending-files.ts';
import type { Change, NewEntry, Sealed, SealedState, Sealer, SealerOptions, SealStep, StoredFile } from './types.ts';

/** Changes hashed, compressed and written together. */
const batchSize = 128;

/**
 * Makes releases out of changes, one after another. There may be one sealer for a store at a time; the caller sees to that.
 * Whatever moment it is cut off at, the store holds the old release or the new one, whole, and the same call made again ends the same way.
 * Throws ReleaseError: `invalid` for the options and changes; `damaged`, `missing`, `checkpoint-invalid`, `rolled-back`, `forked` for what it finds in the store.
 */
export function createSealer(options: SealerOptions): Sealer {
  const { store, signer, site } = options;
  const origin = options.origin ?? parseVkey(signer.vkey).name;
  if (!isSiteId(site)) throw new ReleaseError('invalid', site, 'not the id of a site');
  const pending = createPendingFiles(store, { key: signer.vkey, origin });
  const inTurn = createQueue();
  let lastSeen: LogHead | undefined;

  const step = async (name: SealStep): Promise<void> => {
    await options.onStep?.(name);
  };
  const begin = async (): Promise<ReleaseHead | undefined> => {
    const head = await pending.recover(lastSeen);
    if (head && head.leaf.site !== site)
      throw new ReleaseError('invalid', checkpointName, `a store of the site ${head.leaf.site}, not of ${site}`);
    lastSeen = head?.checkpoint ?? lastSeen;
    return head;
  };

  /** From here on everything that makes the release is known; what is not in the store yet is in `pages`. */
  const commit = async (
    head: ReleaseHead | undefined,
    map: MapRef,
    pages: ReadonlyMap<string, Uint8Array>,
    kept: Set<string>,
  ): Promise<Sealed> => {
    if (head?.leaf.map.hash === map.hash) {
      await pending.settle(kept);
      await pending.clear();
      return sealedOf(head, false);
    }
    const log = openLog(store, head?.checkpoint ?? { size: 0, root: emptyLogRoot });
    const appended = await appendEntry(log, formatLeaf({ site, map }));
    for (const name of [...pages.keys(), ...appended.files.keys()]) kept.add(name);
    await pending.announce([...pages.keys(), ...appended.files.keys()]);
    await store.put(pages);
    await step('map-written');
    await store.put(appended.files);
    await pending.settle(kept);
    await step('log-written');
    const note = Buffer.from(await signNote(formatCheckpoint({ origin, ...appended.head }), signer));
    await store.replace([pendingCheckpoint, note]);
    await step('checkpoint-signed');
    await store.replace([checkpointName, note]);
    lastSeen = appended.head;
    await step('checkpoint-written');
    await pending.clear();
    await step('finished');
    return { changed: true, root: map.hash, count: map.count, size: appended.head.size, checkpoint: note.toString() };
  };

  return {
    seal: (changes) =>
      inTurn(async () => {
        const head = await begin();
        const map = head?.leaf.map ?? emptyMap;
        const read = remembering(pageReader(store));
        const { entries, kept } = await writeBlobs({ store, pending, read, map }, changes);
        await step('blobs-written');
        const updated = await updateMap(read, map, entries);
        return commit(head, updated.root, updated.pages, kept);
      }),

    sealRoot: (root) =>
      inTurn(async () => {
        const head = await begin();
        const map = await findRoot(head, root);
        await checkWhole(store, map);
        return commit(head, map, new Map(), new Set());
      }),

    state: () =>
      inTurn(async () => {
        const head = await begin();
        return head && stateOf(head);
      }),
  };
}

function sealedOf(head: ReleaseHead, changed: boolean): Sealed {
  const { leaf, checkpoint, note } = head;
  return { changed, root: leaf.map.hash, count: leaf.map.count, size: checkpoint.size, checkpoint: note };
}

function stateOf({ leaf, checkpoint, note }: ReleaseHead): SealedState {
  return { map: leaf.map, log: { size: checkpoint.size, root: checkpoint.root }, checkpoint: note };
}

interface BlobWork {
  readonly store: SealerOptions['store'];
  readonly pending: PendingFiles;
  readonly read: PageReader;
  readonly map: MapRef;
}

/** Writes what the changes need and returns the entries that differ from those of the map. */
async function writeBlobs(
  work: BlobWork,
  changes: Iterable<Change>,
): Promise<{ readonly entries: Map<string, Entry | null>; readonly kept: Set<string> }> {
  const entries = new Map<string, Entry | null>();
  for (const batch of inBatches(changes, batchSize)) {
    const files = new Map<string, Uint8Array>();
    const prepared = await Promise.all(batch.map((change) => prepare(work, change)));
    for (const { path, entry, pieces } of prepared) {
      entries.set(path, entry);
      for (const [name, bytes] of pieces) files.set(name, bytes);
    }
    const fresh = await work.pending.announce(files.keys());
    await work.store.put([...files].filter(([name]) => fresh.has(name)));
  }
  const kept = [...entries.values()].flatMap((entry) => (entry ? blobsOf(entry).map(({ name }) => name) : []));
  return { entries, kept: new Set(kept) };
}

interface Prepared {
  readonly path: string;
  readonly entry: Entry | null;
  readonly pieces: readonly StoredFile[];
}

async function prepare({ read, map }: BlobWork, { path, entry }: Change): Promise<Prepared> {
  if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
  if (!entry) return { path, entry, pieces: [] };
  const before = await lookup(read, map, path);
  const { body, provenance, status, type, location } = entry;
  const plain = { hash: hashOf(body), size: body.length };
  const record = { hash: hashOf(provenance), size: provenance.length };
  const provenancePiece: StoredFile = [blobName(record), provenance];
  const same = before?.hash === plain.hash && before.type === type;
  const { coded, pieces } = same ? { coded: codedOf(before), pieces: [] } : await encode(entry);
  return {
    path,
    entry: {
      status,
      type,
      ...plain,
      ...coded,
      ...(location === undefined ? {} : { location }),
      provenance: record.hash,
    },
    pieces: [...pieces, ...(before?.provenance === record.hash ? [] : [provenancePiece])],
  };
}

function codedOf(entry: Entry): Pick<Entry, 'gz' | 'br'> {
  return { ...(entry.gz ? { gz: entry.gz } : {}), ...(entry.br ? { br: entry.br } : {}) };
}

async function encode({ type, body }: NewEntry): Promise<{
  readonly coded: Pick<Entry, 'gz' | 'br'>;
  readonly pieces: readonly StoredFile[];
}> {
  const { gz, br } = await compress(type, body);
  const gzPiece = gz && { hash: hashOf(gz), size: gz.length };
  const brPiece = br && { hash: hashOf(br), size: br.length };
  return {
    coded: { ...(gzPiece ? { gz: gzPiece } : {}), ...(brPiece ? { br: brPiece } : {}) },
    pieces: [
      [blobName({ hash: hashOf(body) }), body],
      ...(gz && gzPiece ? [[blobName(gzPiece, 'gzip'), gz] as const] : []),
      ...(br && brPiece ? [[blobName(brPiece, 'br'), br] as const] : []),
    ],
  };
}

/** The map of an earlier release of this very log. Throws `invalid` when it never was one. */
async function findRoot(head: ReleaseHead | undefined, root: HashText): Promise<MapRef> {
  for (let index = (head?.checkpoint.size ?? 0) - 1; head && index >= 0; index--) {
    const leaf = parseLeaf(await head.log.entry(index), `entry ${index}`);
    if (leaf.map.hash === root) return leaf.map;
  }
  throw new ReleaseError('invalid', root, 'no release with this root is in the log');
}

/** Throws `missing` or `damaged` unless all pages of a map and all files they name are there. */
async function checkWhole(store: SealerOptions['store'], map: MapRef): Promise<void> {
  for await (const { path, text } of walkLeaves(pageReader(store), map)) {
    for (const { name } of blobsOf(decodeEntry(text)))
      if (!(await store.has(name))) throw new ReleaseError('missing', name, `${path} of that release needs it`);
  }
}

/** Keeps the pages of one sealing in memory: looking up the old entries and updating read the same ones. */
function remembering(read: PageReader): PageReader {
  const pages = new Map<HashText, ReturnType<PageReader>>();
  return (prefix, ref) => {
    const page = pages.get(ref.hash) ?? read(prefix, ref);
    pages.set(ref.hash, page);
    return page;
  };
}

function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Runs what it is given one after another, whether or not the one before succeeded. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
