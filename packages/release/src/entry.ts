import { isHash } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import type { Coding, Entry, HashText, Piece } from './types.ts';

const statuses = new Set<unknown>([200, 301, 404, 410]);
const members = ['br', 'gz', 'hash', 'location', 'provenance', 'size', 'status', 'type'] as const;

/** Where the verification addresses of a site live; no page can stand there. */
export const proofPrefix = '/.well-known/chengmen/';

/** True for an absolute path without query, escapes, empty or dot segments, which no proof address hides. */
export function isReleasePath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path.length <= 1024 &&
    /^\/(?:[A-Za-z0-9._~-]+\/)*(?:[A-Za-z0-9._~-]+)?$/.test(path) &&
    !/\/\.{1,2}(?:\/|$)/.test(path) &&
    !path.startsWith(proofPrefix)
  );
}

/** The canonical JSON of an entry: members sorted, no white space. Throws `invalid` for what is no entry. */
export function encodeEntry(entry: Entry): string {
  checkEntry(entry);
  const { br, gz, hash, location, provenance, size, status, type } = entry;
  // Hashes and numbers need no escaping, and a map has as many of these texts as a site has pages.
  const form = (name: string, piece: Piece | undefined): string =>
    piece ? `"${name}":{"hash":"${piece.hash}","size":${piece.size}},` : '';
  return (
    `{${form('br', br)}${form('gz', gz)}"hash":"${hash}",` +
    (location === undefined ? '' : `"location":${JSON.stringify(location)},`) +
    `"provenance":"${provenance}","size":${size},"status":${status},"type":${JSON.stringify(type)}}`
  );
}

/** Reads an entry from its one canonical text. Throws `damaged` for any other text. */
export function decodeEntry(text: string): Entry {
  try {
    const value = JSON.parse(text) as Entry;
    if (encodeEntry(value) === text) return value;
  } catch (error) {
    throw new ReleaseError('damaged', 'entry', 'not an entry', { cause: error });
  }
  throw new ReleaseError('damaged', 'entry', 'not the canonical text of an entry');
}

/** The bytes of an entry in one coding; undefined when it has none. */
export function pieceOf(entry: Entry, coding?: Coding): Piece | undefined {
  if (coding === undefined) return { hash: entry.hash, size: entry.size };
  return coding === 'gzip' ? entry.gz : entry.br;
}

/** Name of the file that holds a piece. Each is named by the hash of its own bytes; the ending tells the coding. */
export function blobName(piece: Pick<Piece, 'hash'>, coding?: Coding): string {
  const ending = coding === undefined ? '' : coding === 'gzip' ? '.gz' : '.br';
  return `blob/${piece.hash.slice(0, 2)}/${piece.hash}${ending}`;
}

/** Everything an entry needs in the store: its bytes in each coding, and what it was made from. */
export function blobsOf(entry: Entry): { readonly name: string; readonly hash: HashText; readonly size?: number }[] {
  return [
    { name: blobName(entry), hash: entry.hash, size: entry.size },
    ...(entry.gz ? [{ name: blobName(entry.gz, 'gzip'), ...entry.gz }] : []),
    ...(entry.br ? [{ name: blobName(entry.br, 'br'), ...entry.br }] : []),
    { name: blobName({ hash: entry.provenance }), hash: entry.provenance },
  ];
}

function checkEntry(entry: Entry): void {
  const wrong = (problem: string): never => {
    throw new ReleaseError('invalid', 'entry', problem);
  };
  if (typeof entry !== 'object' || entry === null) wrong('not an object');
  const unknown = Object.keys(entry).find((name) => !(members as readonly string[]).includes(name));
  if (unknown !== undefined) wrong(`unknown member ${unknown}`);
  if (!statuses.has(entry.status)) wrong(`status ${String(entry.status)}`);
  if (typeof entry.type !== 'string' || !/^[a-z0-9.+-]+\/[a-z0-9.+-]+(?:;[\x20-\x7e]*)?$/.test(entry.type))
    wrong('type');
  if (!isPiece(entry)) wrong('hash or size');
  if (entry.gz !== undefined && !isPiece(entry.gz)) wrong('gz');
  if (entry.br !== undefined && !isPiece(entry.br)) wrong('br');
  if (!isHash(entry.provenance)) wrong('provenance');
  if ((entry.status === 301) !== (entry.location !== undefined)) wrong('location goes with 301');
  if (entry.location !== undefined && !isReleasePath(entry.location)) wrong(`location ${entry.location}`);
}

function isPiece(piece: Piece): boolean {
  return isHash(piece.hash) && Number.isSafeInteger(piece.size) && piece.size >= 0;
}
