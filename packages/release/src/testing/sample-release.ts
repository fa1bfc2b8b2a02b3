import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  appendEntry,
  blobName,
  checkpointName,
  ed25519,
  emptyLogRoot,
  emptyMap,
  formatCheckpoint,
  formatLeaf,
  formatSkey,
  hashOf,
  openLog,
  pageReader,
  parseSkey,
  signNote,
  updateMap,
  type Entry,
  type LogHead,
  type MapRef,
  type ReadStore,
} from '../index.ts';

export interface SamplePage {
  readonly body: string | Uint8Array;
  readonly status?: Entry['status'];
  readonly type?: string;
  readonly location?: string;
}

/** A release store in memory, made with the plain parts of this room and no care for crashes. For tests alone. */
export interface SampleRelease {
  readonly vkey: string;
  readonly origin: string;
  /** To be tampered with. */
  readonly files: Map<string, Uint8Array>;
  readonly store: ReadStore;
  readonly map: () => MapRef;
  readonly log: () => LogHead;
  /** Seals a release with these pages changed; null takes one away. */
  seal(pages: Readonly<Record<string, SamplePage | null>>): Promise<void>;
}

/** `seed` chooses the key: the same seed, the same key. */
export function sampleRelease(options: { readonly seed?: number; readonly site?: string } = {}): SampleRelease {
  const { seed = 1, site = 'sample' } = options;
  const origin = 'sample.example/log';
  const key = parseSkey(formatSkey(origin, ed25519, Buffer.alloc(32, seed)));
  const files = new Map<string, Uint8Array>();
  const store: ReadStore = {
    get: (name) => Promise.resolve(files.get(name)),
    async *list(prefix) {
      await Promise.resolve();
      yield* [...files.keys()].filter((name) => name.startsWith(prefix));
    },
  };
  let map = emptyMap;
  let log: LogHead = { size: 0, root: emptyLogRoot };
  return {
    vkey: key.vkey,
    origin,
    files,
    store,
    map: () => map,
    log: () => log,
    async seal(pages) {
      const entries = Object.entries(pages).map(
        ([path, page]) => [path, page && addBlobs(files, path, page)] as [string, Entry | null],
      );
      const updated = await updateMap(pageReader(store), map, entries);
      for (const [name, bytes] of updated.pages) files.set(name, bytes);
      map = updated.root;
      const appended = await appendEntry(openLog(store, log), formatLeaf({ site, map }));
      for (const [name, bytes] of appended.files) files.set(name, bytes);
      log = appended.head;
      files.set(checkpointName, Buffer.from(await signNote(formatCheckpoint({ origin, ...log }), key)));
    },
  };
}

function addBlobs(files: Map<string, Uint8Array>, path: string, page: SamplePage): Entry {
  const { status = 200, type = 'text/html; charset=utf-8', location } = page;
  const body = Buffer.from(page.body);
  const piece = (bytes: Uint8Array, coding?: 'gzip' | 'br'): { hash: string; size: number } => {
    const made = { hash: hashOf(bytes), size: bytes.length };
    files.set(blobName(made, coding), bytes);
    return made;
  };
  const text = type.startsWith('text/');
  return {
    status,
    type,
    ...piece(body),
    ...(text ? { gz: piece(gzipSync(body), 'gzip'), br: piece(brotliCompressSync(body), 'br') } : {}),
    ...(location === undefined ? {} : { location }),
    provenance: piece(Buffer.from(JSON.stringify({ path }))).hash,
  };
}
