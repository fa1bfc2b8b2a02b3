import { blobName, pieceOf } from './entry.ts';
import { hashOf } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import type { Coding, Entry, HashText, Piece, ReadStore } from './types.ts';

/** The bytes of a piece, checked. Throws `missing` and `damaged`. */
export async function readPiece(store: Pick<ReadStore, 'get'>, piece: Piece, coding?: Coding): Promise<Uint8Array> {
  const name = blobName(piece, coding);
  const bytes = await readNamed(store, name, piece.hash);
  if (bytes.length !== piece.size) throw new ReleaseError('damaged', name, `${bytes.length} bytes, not ${piece.size}`);
  return bytes;
}

/** The bytes an entry is served with, in one coding; undefined when it has no such form. Throws `missing` and `damaged`. */
export async function readBody(
  store: Pick<ReadStore, 'get'>,
  entry: Entry,
  coding?: Coding,
): Promise<Uint8Array | undefined> {
  const piece = pieceOf(entry, coding);
  return piece && readPiece(store, piece, coding);
}

/** What the page was made from. Throws `missing` and `damaged`. */
export async function readProvenance(
  store: Pick<ReadStore, 'get'>,
  entry: Pick<Entry, 'provenance'>,
): Promise<Uint8Array> {
  return readNamed(store, blobName({ hash: entry.provenance }), entry.provenance);
}

async function readNamed(store: Pick<ReadStore, 'get'>, name: string, hash: HashText): Promise<Uint8Array> {
  const bytes = await store.get(name);
  if (!bytes) throw new ReleaseError('missing', name, 'it is not there');
  const is = hashOf(bytes);
  if (is !== hash) throw new ReleaseError('damaged', name, `its bytes hash to ${is}`);
  return bytes;
}
