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
import { createByteCache } from './byte-cache.ts';

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
      const bytes = await readPiece(store, piece, coding);
      pieces.set(name, bytes, bytes.length);
      return bytes;
    },
    provenance: (entry) => readProvenance(store, entry),
    size: () => pages.size() + pieces.size(),
  };
}
