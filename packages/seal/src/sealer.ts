import { setImmediate } from 'node:timers/promises';
import {
  appendEntry,
  blobName,
  blobsOf,
  checkpointName,
  consistencyProof,
  decodeEntry,
  diffMaps,
  emptyLogRoot,
  emptyMap,
  entryLeaf,
  formatCheckpoint,
  formatHeld,
  formatLeaf,
  hashOf,
  isReleasePath,
  isSiteId,
  followedKeys,
  lookup,
  noPrunings,
  openLog,
  pageReader,
  parseHeld,
  parseLeaf,
  parseNote,
  packName,
  parseVkey,
  pendingCheckpoint,
  pendingHeld,
  pendingPartial,
  pendingPruning,
  pendingUnsigned,
  readPrunings,
  recordsIn,
  ReleaseError,
  signNote,
  updateMap,
  walkLeaves,
  type Entry,
  type HashText,
  type Leaf,
  type LogHead,
  type MapRef,
  type PageReader,
  type Prunings,
  type ReleaseHead,
  type UpdateOptions,
} from '@chengmen/release';
import { compressorId } from './compress.ts';
import { createEncoder } from './encode-bodies.ts';
import { partialNote, readPartial } from './partial.ts';
import { isUnderWay } from './pruning-note.ts';
import { announcement, recover, type SignCheckpoint } from './recover.ts';
import type {
  Beside,
  Change,
  Changes,
  Compressor,
  Forms,
  NewEntry,
  Sealed,
  SealedState,
  Sealer,
  SealerOptions,
  SealStep,
  Signer,
  StoredFile,
} from './types.ts';

/** Changes hashed, compressed and written together. */
const batchSize = 64;
/** Bytes from which a batch is closed: a batch of attachments is a few of them. */
const batchBytes = 8 * 1024 * 1024;

/** As many changes as an edit makes, more or less. */
const oneByOne = 16;

/**
 * Makes releases out of changes, one after another. There may be one sealer for a store at a time; the caller sees to that.
 * Whatever moment it is cut off at, the store holds the old release or the new one, whole, and the same call made again ends the same way.
 * Throws ReleaseError: `invalid` for the options and changes; `damaged`, `missing`, `checkpoint-invalid`, `rolled-back`, `forked` for what it finds in the store.
 */
export function createSealer(options: SealerOptions): Sealer {
  const { store, site, partialEvery = 60_000 } = options;
  const signers = (): readonly Signer[] => (typeof options.signer === 'function' ? options.signer() : [options.signer]);
  const origin = options.origin ?? parseVkey(signers()[0]?.vkey ?? '').name;
  if (!isSiteId(site)) throw new ReleaseError('invalid', site, 'not the id of a site');
  const compressor = options.compressor ?? (options.compress === false ? plainOnly : ownCompressor());
  /** Forms that come with changes are those this house makes. */
  const own = options.compressor === undefined && options.compress !== false;
  const remember = createPageMemory();
  const inTurn = createQueue();
  let lastSeen: LogHead | undefined;
  /** The newest release, as long as its checkpoint is the one in the store. */
  let known: ReleaseHead | undefined;
  /** What the store told of the last pruning, and what it told after work of this sealer's own. */
  let lastPruning = '';
  let ownPruning = '';

  const step = async (name: SealStep): Promise<void> => {
    await options.onStep?.(name);
  };
  const sign: SignCheckpoint = (text, next) => {
    const log = openLog(store, next);
    const prove = (old: number): Promise<HashText[]> => consistencyProof(log.hash, old, next.size);
    return signNote(
      text,
      ...signers().map((one) => ({ vkey: one.vkey, sign: (bytes: Uint8Array) => one.sign(bytes, prove) })),
    );
  };
  /** A key that has begun to sign signs the checkpoint in force too, so that nobody has to wait for the next release. */
  const countersigned = async (head: ReleaseHead | undefined): Promise<ReleaseHead | undefined> => {
    if (!head || isSignedByAll(head, signers())) return head;
    const note = await sign(parseNote(head.note).text, head.checkpoint);
    await store.replace([checkpointName, Buffer.from(note)]);
    return { ...head, note };
  };
  /** Changes with each pruning: what was there before it may be gone. */
  const pruning = async (): Promise<string> => Buffer.from((await store.get(pendingPruning)) ?? '').toString();
  const begin = async (): Promise<ReleaseHead | undefined> => {
    const note = await store.get(checkpointName);
    // Who takes things away writes too, without promoting anything: what comes after must be written after it.
    const now = await pruning();
    if (now !== ownPruning && (now !== lastPruning || isUnderWay(now))) known = undefined;
    lastPruning = now;
    if (known && note && known.note === Buffer.from(note).toString() && isSignedByAll(known, signers())) return known;
    known = undefined;
    const key = signers().map(({ vkey }) => vkey);
    const trust = { key: key.join('\n'), origin };
    const head = await countersigned(await recover(store, trust, lastSeen, sign));
    if (head && head.leaf.site !== site)
      throw new ReleaseError('invalid', checkpointName, `a store of the site ${head.leaf.site}, not of ${site}`);
    lastSeen = head?.checkpoint ?? lastSeen;
    known = head;
    return head;
  };

  const erasures = async (): Promise<Prunings> => {
    const key = signers().map(({ vkey }) => vkey);
    return readPrunings(store, await followedKeys(store, { key: key.join('\n'), origin }));
  };

  /** From here on everything that makes the release is known; what is not in the store yet is in `pages`. */
  const commit = async (
    head: ReleaseHead | undefined,
    map: MapRef,
    pages: ReadonlyMap<string, Uint8Array>,
  ): Promise<Sealed> => {
    if (head?.leaf.map.hash === map.hash) return sealedOf(head, false);
    // Until this is done nobody knows what the store holds but the store.
    known = undefined;
    await store.put(pages);
    await step('map-written');
    const log = openLog(store, head?.checkpoint ?? { size: 0, root: emptyLogRoot });
    const leaf = { site, map };
    const { head: next, files } = await appendEntry(log, formatLeaf(leaf));
    const announced = announcement(next.size, files.keys());
    // One after the other: a store that writes many at once may have written some of them when it is cut off.
    await store.put([announced]);
    await store.put(files);
    await step('log-written');
    const text = formatCheckpoint({ origin, ...next });
    if (signers().some(({ remembers }) => remembers)) await store.replace([pendingUnsigned, Buffer.from(text)]);
    const note = await sign(text, next);
    const bytes = Buffer.from(note);
    // Two syncs at a time: that of all it stands for, and that of the file that will be put in place when the first is done.
    store.prepare?.([checkpointName, bytes]);
    await store.replace([pendingCheckpoint, bytes]);
    await step('checkpoint-signed');
    await store.replace([checkpointName, bytes]);
    lastSeen = next;
    await step('checkpoint-written');
    await store.remove([announced[0], pendingCheckpoint, pendingUnsigned]);
    await step('finished');
    known = {
      note,
      statements: head?.statements ?? [],
      leaf,
      log: openLog(store, next),
      checkpoint: { origin, ...next, extensions: [] },
    };
    return { changed: true, root: map.hash, count: map.count, size: next.size, checkpoint: note };
  };

  return {
    compressor: compressor.id,

    seal: (changes, { anew = false } = {}) =>
      inTurn(async () => {
        const head = await begin();
        const map = head?.leaf.map ?? emptyMap;
        const read = remember(pageReader(store));
        const left = await readPartial(store, compressor.id);
        const written = await writeBlobs(
          { store, compressor, own, read, map, left, anew, every: partialEvery },
          changes,
        );
        await step('blobs-written');
        const updated = await updateMap(read, written.map, written.leaves, intoStore(store));
        const sealed = await commit(head, updated.root, updated.pages);
        if (left ?? written.map !== map) await store.remove([pendingPartial]);
        return sealed;
      }),

    beside: () =>
      inTurn(async () => {
        const head = await begin();
        const from = head?.leaf.map ?? emptyMap;
        const read = remember(pageReader(store));
        const work = { store, compressor, own, read, map: from, left: undefined, anew: false, every: partialEvery };
        const before = lastPruning;
        return openBeside({
          work,
          inTurn,
          commit: async (map, pages) => {
            const next = await begin();
            if (lastPruning !== before || isUnderWay(lastPruning)) {
              await store.put(pages);
              await checkWhole(store, map);
            }
            return commit(next, map, pages);
          },
        });
      }),

    sealRoot: (root, over) =>
      inTurn(async () => {
        const head = await begin();
        const map = await findRoot(head, root);
        await checkEarlier(store, head?.leaf.map ?? emptyMap, map, await erasures());
        const changes = (await over?.(map)) ?? [];
        if (changes.length === 0) return commit(head, map, new Map());
        const read = remember(pageReader(store));
        const work = { store, compressor, own, read, map, left: undefined, anew: false, every: partialEvery };
        const written = await writeBlobs(work, changes);
        await step('blobs-written');
        const updated = await updateMap(read, written.map, written.leaves, intoStore(store));
        const sealed = await commit(head, updated.root, updated.pages);
        if (written.map !== map) await store.remove([pendingPartial]);
        return sealed;
      }),

    state: () =>
      inTurn(async () => {
        const head = await begin();
        return head && stateOf(head);
      }),

    between: (work) =>
      inTurn(async () => {
        const done = await work(await begin());
        ownPruning = await pruning();
        return done;
      }),

    noteHeld: (release) =>
      inTurn(async () => {
        const noted = parseHeld(await store.get(pendingHeld)) ?? 0;
        if (noted !== release) await store.replace([pendingHeld, formatHeld(release)]);
      }),

    signRecord: (text) =>
      signNote(
        text,
        ...signers().map((one) => ({
          vkey: one.vkey,
          sign: (bytes: Uint8Array) => (one.signRecord ? one.signRecord(bytes) : one.sign(bytes)),
        })),
      ),

    wantsReady: () =>
      inTurn(async () =>
        options.compressor || (await begin()) || (await readPartial(store, compressor.id)) ? undefined : { forms: own },
      ),
  };
}

function isSignedByAll({ note }: ReleaseHead, signers: readonly Signer[]): boolean {
  const { signatures } = parseNote(note);
  return signers.every(({ vkey }) => {
    const key = parseVkey(vkey);
    return signatures.some(({ name, id }) => name === key.name && id === key.id);
  });
}

/** Entries in memory, some six hundred bytes each; with more, a map is made of them. */
const mostBeside = 100_000;

function openBeside(options: {
  readonly work: BlobWork;
  readonly inTurn: ReturnType<typeof createQueue>;
  readonly commit: (map: MapRef, pages: ReadonlyMap<string, Uint8Array>) => Promise<Sealed>;
}): Beside {
  const { work, inTurn, commit } = options;
  const { store, read } = work;
  const leaves = new Map<string, Leaf | null>();
  let { map } = work;
  const foldInto = async (put: Put): Promise<void> => {
    map = await grown(read, map, leaves, put);
    leaves.clear();
  };
  const fold = (): Promise<void> => foldInto((pages) => inTurn(() => store.put(pages)));
  return {
    takesForms: work.own,
    write: async (changes) => {
      const prepared = await prepare(work, comparedTo(work, changes));
      await inTurn(() => store.put(prepared.flatMap(({ pieces }) => pieces)));
      for (const { path, leaf } of prepared) leaves.set(path, leaf);
      if (leaves.size >= mostBeside) await fold();
    },
    fold,
    promote: (changes) =>
      inTurn(async () => {
        await foldInto((pages) => store.put(pages));
        const written = await writeBlobs({ ...work, map }, changes);
        const updated = await updateMap(read, written.map, written.leaves, intoStore(store));
        const sealed = await commit(updated.root, updated.pages);
        if (written.map !== map) await store.remove([pendingPartial]);
        return sealed;
      }),
  };
}

type Put = (pages: ReadonlyMap<string, Uint8Array>) => Promise<void>;

/** A map with some leaves set, all its pages put. */
async function grown(read: PageReader, map: MapRef, leaves: ReadonlyMap<string, Leaf | null>, put: Put) {
  const updated = await updateMap(read, map, leaves, asMade(put));
  await put(updated.pages);
  return updated.root;
}

/** Pages of a map go where they belong as they are made, and whatever else this thread does comes between. */
const asMade = (put: Put): UpdateOptions => ({ handOver: put, breathe: setImmediate });
const intoStore = (store: SealerOptions['store']): UpdateOptions => asMade((pages) => store.put(pages));

function sealedOf(head: ReleaseHead, changed: boolean): Sealed {
  const { leaf, checkpoint, note } = head;
  return { changed, root: leaf.map.hash, count: leaf.map.count, size: checkpoint.size, checkpoint: note };
}

function stateOf({ leaf, checkpoint, note }: ReleaseHead): SealedState {
  return { map: leaf.map, log: { size: checkpoint.size, root: checkpoint.root }, checkpoint: note };
}

const plainOnly: Compressor = { id: 'none', encode: (bodies) => Promise.resolve(bodies.map(() => ({}))) };
const ownCompressor = (): Compressor => ({ id: (knownId ??= compressorId()), encode: createEncoder() });
/** Making the sample takes milliseconds, once. */
let knownId: string | undefined;

interface BlobWork {
  readonly store: SealerOptions['store'];
  readonly compressor: Compressor;
  readonly own: boolean;
  readonly read: PageReader;
  readonly map: MapRef;
  /** What a sealing that was cut off has written already. */
  readonly left: MapRef | undefined;
  /** Forms that are in force are not taken over. */
  readonly anew: boolean;
  /** Milliseconds between two notes of what is written. */
  readonly every: number;
}

interface Written {
  /** Leaves that differ from those of `map`. */
  readonly leaves: ReadonlyMap<string, Leaf | null>;
  /** The old map, or what a long sealing has made of it so far. */
  readonly map: MapRef;
}

/** Batches being compressed while others are drawn and written. */
const batchesAtOnce = 6;

/** Leaves in memory, some seven hundred bytes each; with more, a note is made before its time. */
const mostLeaves = 300_000;

/** Writes what the changes need. What takes long is noted from time to time: a map is the same however often it was added to. */
async function writeBlobs(work: BlobWork, changes: Changes): Promise<Written> {
  const { store, read, every } = work;
  const leaves = new Map<string, Leaf | null>();
  const waiting: Promise<readonly Prepared[]>[] = [];
  let { map } = work;
  let noted = performance.now();
  const note = async (): Promise<void> => {
    map = await grown(read, map, leaves, (pages) => store.put(pages));
    await store.replace(partialNote(map, work.compressor.id));
    leaves.clear();
    noted = performance.now();
  };
  const isTime = (): boolean => performance.now() - noted >= every || leaves.size >= mostLeaves;
  const writeOldest = async (): Promise<void> => {
    const prepared = (await waiting.shift()) ?? [];
    for (const { path, leaf } of prepared) leaves.set(path, leaf);
    await store.put(prepared.flatMap(({ pieces }) => pieces));
    if (waiting.length > 0 && isTime()) await note();
  };
  try {
    for await (const batch of Symbol.asyncIterator in changes ? changes : inBatches(changes)) {
      if ('leaves' in batch) {
        for (const leaf of batch.leaves) leaves.set(leaf.path, leaf);
        await putRecords(store, batch.records);
        if (isTime()) await note();
        continue;
      }
      const compared = comparedTo(work, batch);
      // Of a few pages each is compressed while the next is rendered, which does not give way.
      if (batch.length < batchSize) await compared;
      waiting.push(prepare(work, compared));
      if (waiting.length >= batchesAtOnce) await writeOldest();
    }
    while (waiting.length > 0) await writeOldest();
  } finally {
    await Promise.allSettled(waiting);
  }
  return { leaves, map };
}

async function putRecords(store: SealerOptions['store'], records: Uint8Array): Promise<void> {
  if (store.putRecords) return store.putRecords(records);
  const files = [...recordsIn(records)].map(({ key, offset, length }): StoredFile => [
    packName(key) ?? '',
    records.slice(offset, offset + length),
  ]);
  await store.put(files);
}

interface Prepared {
  readonly path: string;
  readonly leaf: Leaf | null;
  readonly pieces: readonly StoredFile[];
}

function comparedTo(work: BlobWork, batch: readonly Change[]): Promise<readonly Compared[]> {
  // A first release has nothing to be compared with: no page of it need give way.
  if (work.map.count === 0 && !work.left) return Promise.resolve(batch.map((change) => toNothing(change)));
  return Promise.all(batch.map((change) => compare(work, change)));
}

async function prepare(work: BlobWork, comparing: Promise<readonly Compared[]>): Promise<readonly Prepared[]> {
  const compared = await comparing;
  const fresh = compared.flatMap(({ entry, same }) => (entry && !same && !(work.own && entry.forms) ? [entry] : []));
  const forms = await work.compressor.encode(fresh.map(({ type, body }) => ({ type, bytes: body })));
  const made = new Map(fresh.map((entry, at) => [entry, forms[at] ?? {}]));
  const formsOf = (entry: NewEntry): Forms | undefined => made.get(entry) ?? entry.forms;
  return compared.map((one) => preparedOf(one, one.entry && !one.same ? formsOf(one.entry) : undefined));
}

/** A change beside what is there already. */
interface Compared {
  readonly path: string;
  readonly entry: NewEntry | null;
  readonly hash: HashText;
  /** An entry of that path, in force or left over, whose bytes and forms are the very same. */
  readonly same: Entry | undefined;
  /** Provenances that are in the store. */
  readonly provenances: readonly HashText[];
}

function toNothing({ path, entry }: Change): Compared {
  if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
  return { path, entry, hash: entry ? (entry.hash ?? hashOf(entry.body)) : '', same: undefined, provenances: [] };
}

async function compare({ read, map, left, anew, own }: BlobWork, change: Change): Promise<Compared> {
  const alone = toNothing(change);
  const { path, entry, hash } = alone;
  // What brings its forms along has nothing to gain.
  if (!entry || (own && entry.forms)) return alone;
  const before = map.count > 0 ? await lookup(read, map, path) : undefined;
  // What was left over is a help, nothing more: where it cannot be read, all is written again.
  const leftOver = left && (await lookup(read, left, path).catch(ignoreReleaseError));
  const there = [before, leftOver].filter((one) => one !== undefined);
  return {
    path,
    entry,
    hash,
    same: (anew ? there.slice(before ? 1 : 0) : there).find((one) => one.hash === hash && one.type === entry.type),
    provenances: there.map(({ provenance }) => provenance),
  };
}

function ignoreReleaseError(error: unknown): undefined {
  if (!(error instanceof ReleaseError)) throw error;
}

function preparedOf({ path, entry, hash, same, provenances }: Compared, forms: Forms | undefined): Prepared {
  if (!entry) return { path, leaf: null, pieces: [] };
  const { body, provenance, status, type, location } = entry;
  const record = { hash: entry.provenanceHash ?? hashOf(provenance) };
  const { gz, br } = same ?? forms ?? {};
  return {
    path,
    leaf: entryLeaf(path, {
      status,
      type,
      hash,
      size: body.length,
      ...(gz ? { gz: { hash: gz.hash, size: gz.size } } : {}),
      ...(br ? { br: { hash: br.hash, size: br.size } } : {}),
      ...(location === undefined ? {} : { location }),
      provenance: record.hash,
    }),
    pieces: [
      ...(same ? [] : [[blobName({ hash }), body] as const]),
      ...(forms?.gz ? [[blobName(forms.gz, 'gzip'), forms.gz.bytes] as const] : []),
      ...(forms?.br ? [[blobName(forms.br, 'br'), forms.br.bytes] as const] : []),
      ...(provenances.includes(record.hash) ? [] : [[blobName(record), provenance] as const]),
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

/** Throws `missing` or `damaged` unless all pages of a map and all files they name are there, but for what was erased. */
async function checkWhole(store: SealerOptions['store'], map: MapRef, prunings = noPrunings): Promise<void> {
  await checkFiles(store, walkLeaves(pageReader(store), map), prunings);
}

/**
 * The same of the map of an earlier release. What the release in force has too is not looked for: going back a step costs what
 * the step did, not what the site does. Where the two cannot be compared, or something is not there, all of it is looked at.
 */
async function checkEarlier(
  store: SealerOptions['store'],
  inForce: MapRef,
  map: MapRef,
  prunings: Prunings,
): Promise<void> {
  const others = async function* (): AsyncGenerator<Leaf> {
    for await (const { after } of diffMaps(pageReader(store), inForce, map)) if (after) yield after;
  };
  try {
    await checkFiles(store, others(), prunings);
  } catch (error) {
    ignoreReleaseError(error);
    await checkWhole(store, map, prunings);
  }
}

async function checkFiles(
  store: SealerOptions['store'],
  leaves: AsyncIterable<Leaf>,
  prunings: Prunings,
): Promise<void> {
  for await (const { path, text } of leaves) {
    for (const { name, hash } of blobsOf(decodeEntry(text)))
      if (!(await store.has(name)) && !prunings.erasedBy(hash))
        throw new ReleaseError('missing', name, `${path} of that release needs it`);
  }
}

/** Pages of maps kept from one sealing to the next: the upper ones are read for every path. Some ten kilobytes each. */
const pagesKept = 1024;

/** Of pages that the sealing under way has used, and may look up once more. */
const pagesInUse = 4096;

/** Remembers pages that were read and verified, those used last; a sealing looks each up twice. */
function createPageMemory(): (read: PageReader) => PageReader {
  const pages = new Map<string, ReturnType<PageReader>>();
  return (read) => {
    const used = new Set<string>();
    return (prefix, ref) => {
      const key = `${prefix}/${ref.hash}/${ref.count}`;
      const page = pages.get(key) ?? read(prefix, ref);
      // A Map iterates in order of insertion: what is used last goes last.
      pages.delete(key);
      pages.set(key, page);
      used.add(key);
      page.catch(() => pages.delete(key));
      for (const oldest of pages.keys()) {
        if (pages.size <= (used.has(oldest) ? pagesInUse : pagesKept)) break;
        pages.delete(oldest);
      }
      return page;
    };
  };
}

/** The first few one by one, then many together. */
function* inBatches(changes: Iterable<Change>): Generator<Change[]> {
  let batch: Change[] = [];
  let bytes = 0;
  let drawn = 0;
  for (const change of changes) {
    batch.push(change);
    bytes += change.entry?.body.length ?? 0;
    if (++drawn > oneByOne && batch.length < batchSize && bytes < batchBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
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
