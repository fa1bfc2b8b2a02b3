/** SHA-256, 64 lower-case hexadecimal digits. */
export type HashText = string;

/** Bytes by name: a folder, an object store, a web site. Names are relative, with `/`: `blob/ab/abcd…`. */
export interface ReadStore {
  /** The bytes, whole; undefined where there is nothing of that name. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** All names that begin with `prefix` (empty: all), in no particular order. */
  list(prefix: string): AsyncIterable<string>;
  /** What it gave did not fit its hash: a store that remembers where things stand looks again. */
  doubt?(): Promise<void>;
  /** Reads everything in one go, for who checks it all. Undefined where that cannot be done exactly. */
  takeInventory?(): Promise<Inventory | undefined>;
}

/** What is in a store at one moment, while its bytes are held against the hashes in their names. */
export interface Inventory {
  /** Names that begin with `prefix`. */
  names(prefix: string): AsyncIterable<string>;
  /**
   * Says that a name is needed, with so many bytes where that is known. `again`: it was needed before. `taken`: the
   * inventory answers for it, see `wrong`. `open`: who needs it has to read it.
   */
  need(name: string, size?: number): 'again' | 'taken' | 'open';
  /** When all is read: the names taken whose bytes do not have their hash and size, with the size. */
  wrong(): Promise<readonly { readonly name: string; readonly size: number | undefined }[]>;
  /** Names nobody has needed. */
  rest(): AsyncIterable<string>;
}

/** Content codings a page is kept in beside its plain bytes. */
export type Coding = 'gzip' | 'br';

/** Some bytes of the release, by their own hash. */
export interface Piece {
  readonly hash: HashText;
  /** Number of bytes. */
  readonly size: number;
}

/** What stands at one path of a release. docs/formats/release.md, “Entry”. */
export interface Entry extends Piece {
  readonly status: 200 | 301 | 404 | 410;
  /** Media type, as it goes into the Content-Type header. */
  readonly type: string;
  readonly gz?: Piece;
  readonly br?: Piece;
  /** For 301: a path of the same site. */
  readonly location?: string;
  /** Hash of the blob that tells what the page was made from. */
  readonly provenance: HashText;
}

/** A subtree of the verifiable map: its trie hash and how many paths it holds. */
export interface MapRef {
  readonly hash: HashText;
  readonly count: number;
}

/** A state of the transparency log. */
export interface LogHead {
  /** Number of releases ever sealed. */
  readonly size: number;
  /** RFC 6962 root hash. */
  readonly root: HashText;
}

/** What one leaf of the log says. */
export interface ReleaseLeaf {
  readonly site: string;
  readonly map: MapRef;
}

/** Something that does not match. `where` is a file of the store, or an address of the site. */
export interface Problem {
  readonly code: ProblemCode;
  readonly where: string;
  readonly problem: string;
}

export type ProblemCode =
  /** There is no checkpoint: nothing has been published. */
  | 'no-release'
  /** A checkpoint that is malformed, of another origin, or not signed by a trusted key. */
  | 'checkpoint-invalid'
  /** The log is smaller than one seen before. */
  | 'rolled-back'
  /** The log is not a continuation of one seen before. */
  | 'forked'
  /** A file or page that must be there is not. */
  | 'missing'
  /** Bytes that are not those the release names. */
  | 'damaged'
  /** A file that belongs to no release. */
  | 'stray'
  /** What the caller asked for cannot be: a path, an entry, a key that is not well formed. */
  | 'invalid'
  /** A running site that answers otherwise than its release says. */
  | 'answer-differs'
  /** The note of the newest checkpoint seen cannot be read or written. */
  | 'seen-unusable';
