import {
  blobName,
  pageReader,
  readPiece,
  readProvenance,
  type Coding,
  type Entry,
  type PageReader,
  type Piece,
  type ReadStore,
} from '@chengmen/release';
import { createByteCache, isKept } from './byte-cache.ts';

/** Reads pages of the map and blobs, each hashed as it enters memory; what is in memory has been checked. */
export interface VerifiedReader {
  readonly page: PageReader;
  /** Throws `missing` and `damaged`. */
  piece(piece: Piece, coding?: Coding): Promise<Uint8Array>;
  /** What a page was made from; not kept, for it is seldom asked for. Throws `missing` and `damaged`. */
  provenance(entry: Entry): Promise<Uint8Array>;
  /** Bytes held. */
  size(): number;
}

/** A third of the memory is for pages of the map, the rest for content. */
export function verifiedReader(store: ReadStore, cacheBytes: number): VerifiedReader {
  const pages = createByteCache<Awaited<ReturnType<PageReader>>>(cacheBytes / 3);
  const pieces = createByteCache<Uint8Array>((cacheBytes / 3) * 2);
  const readPage = pageReader(store);
  const shared = createSharing((cacheBytes / 3) * 2);
  return {
    async page(prefix, ref) {
      // The whole of what was checked is the key: a page is right for one place, hash and count.
      const key = `${prefix}/${ref.hash}/${ref.count}`;
      const known = pages.get(key);
      if (known) return known;
      const page = await readPage(prefix, ref);
      pages.set(key, page, 'leaves' in page ? 900 * page.leaves.length : 2500);
      return page;
    },
    async piece(piece, coding) {
      const name = blobName(piece, coding);
      const known = pieces.get(name);
      if (known?.length === piece.size) return known;
      return shared(`${name}/${piece.size}`, async () => {
        const bytes = onItsOwn(await readPiece(store, piece, coding));
        pieces.set(name, bytes, overhead + bytes.length);
        return bytes;
      });
    },
    provenance: (entry) => readProvenance(store, entry),
    size: () => pages.size() + pieces.size(),
  };
}

/** What a stretch of memory takes besides its bytes, roughly. */
const overhead = 256;

/**
 * Small buffers are cut from stretches of 8 KB: one of a hundred bytes that is kept keeps all that was cut from the same
 * stretch, and a cache full of such takes many times what it counts.
 */
function onItsOwn(bytes: Uint8Array): Uint8Array {
  return bytes.buffer.byteLength > bytes.length ? new Uint8Array(bytes) : bytes;
}

/**
 * One copy of what several ask for at once: while it is being read, and as long as any of them still holds it. An attachment
 * is too large to be kept, and a hundred slow lines that fetch it must not each have one of their own.
 */
function createSharing(limit: number): (key: string, read: () => Promise<Uint8Array>) => Promise<Uint8Array> {
  const reading = new Map<string, Promise<Uint8Array>>();
  // The memory and not the view of it: an answer with a part holds a view of its own.
  const held = new Map<
    string,
    { readonly memory: WeakRef<ArrayBufferLike>; readonly from: number; readonly size: number }
  >();
  const begin = async (key: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    try {
      const bytes = await read();
      // The cache keeps what is small; of these there are few.
      if (!isKept(bytes.length, limit)) {
        for (const [old, ref] of held) if (!ref.memory.deref()) held.delete(old);
        held.set(key, { memory: new WeakRef(bytes.buffer), from: bytes.byteOffset, size: bytes.length });
      }
      return bytes;
    } finally {
      reading.delete(key);
    }
  };
  return async (key, read) => {
    const there = held.get(key);
    const memory = there?.memory.deref();
    if (there && memory) return new Uint8Array(memory, there.from, there.size);
    const begun = reading.get(key) ?? begin(key, read);
    reading.set(key, begun);
    return begun;
  };
}
