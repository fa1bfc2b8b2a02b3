import type { Body } from './encode-bodies.ts';
import type { Entry, HashText, Leaf, LogHead, MapRef, Piece, ReadStore, ReleaseHead } from '@chengmen/release';

/** A store that can be written. One writer at a time; any number of readers beside it. */
export interface WriteStore extends ReadStore {
  has(name: string): Promise<boolean>;
  /**
   * Writes files that never change again; they outlive a power cut once `sync` has resolved.
   * Throws ReleaseError `damaged` where other bytes stand under the name already.
   */
  put(files: Iterable<StoredFile>): Promise<void>;
  /**
   * The same for blobs that are records of a pack already, one behind the other (`recordsIn`). The bytes may be used
   * for something else when it resolves.
   */
  putRecords?(records: Uint8Array): Promise<void>;
  /** When it resolves, all that was put before outlives a power cut. */
  sync(): Promise<void>;
  /**
   * Writes one of the few files that change (`checkpoint`, `pending/…`): readers see the old bytes or the new.
   * When it resolves, this file and all that was put before outlive a power cut.
   */
  replace(file: StoredFile): Promise<void>;
  /** Called before writing where another process may have written since: finishes what a cut-off writer left. */
  takeTurn(): Promise<void>;
  /**
   * Says what `replace` will be called with soon, so that writing it can begin; nobody sees it before. What else becomes
   * durable meanwhile is not waited for. Never throws: `replace` does.
   */
  prepare?(file: StoredFile): void;
  /** Removes files; those that are not there are no error. Durable once `sync` has resolved. */
  remove(names: Iterable<string>): Promise<void>;
  /** As `list`, with the number of bytes of each. */
  sizes(prefix: string): AsyncIterable<readonly [name: string, bytes: number]>;
  /**
   * Gives back the room of what was removed, where removing alone does not. Others may write and read meanwhile. When it
   * resolves, no bytes of `gone` are left in the store.
   */
  compact?(options?: CompactOptions): Promise<Compacted>;
  /** Lets go of what the store holds open; it can still be used. */
  close?(): Promise<void>;
}

export type StoredFile = readonly [name: string, bytes: Uint8Array];

export interface CompactOptions {
  /** A pack of which less than this share is still wanted is rewritten. Default 0.5. */
  readonly share?: number;
  /** Names whose bytes must go, wherever they stand. */
  readonly gone?: Iterable<string>;
  /** Holds off other writers, in this process or another, while something is put or packs are dropped. */
  readonly between?: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface Compacted {
  /** Packs rewritten, and bytes of disk given back. */
  readonly packs: number;
  readonly freed: number;
}

/** Signs the text of a note. The key itself may live in another process. */
export interface Signer {
  /** Verifier key: `name+id+base64`. */
  readonly vkey: string;
  /** `prove` gives the consistency proof from an older size of the log, for a signer that asks for it. */
  sign(text: Uint8Array, prove?: (old: number) => Promise<readonly HashText[]>): Uint8Array | Promise<Uint8Array>;
  /** Signs the record of a pruning, where that is another question than a checkpoint. */
  signRecord?(text: Uint8Array): Promise<Uint8Array>;
  /** It remembers what it has signed, and signs nothing else of that size: then the sealer must remember too. */
  readonly remembers?: boolean;
}

export interface Form extends Piece {
  readonly bytes: Uint8Array;
}

/** The compressed forms of a body, where they are smaller. */
export interface Forms {
  readonly gz?: Form;
  readonly br?: Form;
}

/** What shall stand at a path, before it is hashed and compressed. */
export interface NewEntry {
  readonly status: Entry['status'];
  readonly type: string;
  readonly body: Uint8Array;
  readonly location?: string;
  /** Tells what the page was made from; kept as a blob of its own. */
  readonly provenance: Uint8Array;
  /** SHA-256 of `body` and of `provenance`, where they are known already. */
  readonly hash?: HashText;
  readonly provenanceHash?: HashText;
  /** The compressed forms as `encodeBodies` makes them, where that is done already. */
  readonly forms?: Forms;
}

export interface Change {
  readonly path: string;
  /** null: nothing stands there any more. */
  readonly entry: NewEntry | null;
}

/**
 * New pages of which nothing is left to be done but to write them. For a store that holds nothing they could be compared
 * with: see `Sealer.wantsReady`.
 */
export interface ReadyPages {
  readonly leaves: readonly Leaf[];
  /** All blobs the leaves name, as records of a pack. The bytes are the caller's again when the next changes are asked for. */
  readonly records: Uint8Array;
}

/** One by one where they are at hand, some at a time where they are waited for. */
export type Changes = Iterable<Change> | AsyncIterable<readonly Change[] | ReadyPages>;

/** Where a crash is interesting. In this order; `checkpoint-written` is the promotion. */
export type SealStep =
  'blobs-written' | 'map-written' | 'log-written' | 'checkpoint-signed' | 'checkpoint-written' | 'finished';

export interface SealerOptions {
  readonly store: WriteStore;
  /** Several while one key follows another: each signs. Asked again for each sealing where it is a function. */
  readonly signer: Signer | (() => readonly Signer[]);
  readonly site: string;
  /** First line of the checkpoints: a URL without scheme. Without it, the signer's name. */
  readonly origin?: string;
  /** False: no gzip and brotli forms, for a host that compresses by itself. Default true. */
  readonly compress?: boolean;
  /** What compresses, in place of the house's own. For tests. */
  readonly compressor?: Compressor;
  /** Milliseconds after which a long sealing notes what it has written, so that it can be cut off. Default 60 000. */
  readonly partialEvery?: number;
  /** Called at each step; what it throws ends the sealing there, as a crash would. */
  readonly onStep?: (step: SealStep) => void | Promise<void>;
}

export interface Sealed {
  /** False when all changes are already live; then nothing was written. */
  readonly changed: boolean;
  /** Map root, 64 hexadecimal digits; 64 zeros for a release without paths. */
  readonly root: HashText;
  /** Number of paths. */
  readonly count: number;
  /** Number of releases in the log. */
  readonly size: number;
  /** The signed note. */
  readonly checkpoint: string;
}

/** The newest release, as the sealer knows it. */
export interface SealedState {
  readonly map: MapRef;
  readonly log: LogHead;
  readonly checkpoint: string;
}

/** Makes compressed forms: the same bytes always give the same bytes, as long as the id is the same. */
export interface Compressor {
  readonly id: string;
  readonly encode: (bodies: readonly Body[]) => Promise<readonly Forms[]>;
}

export interface SealOptions {
  /** Compressed forms in the newest release are made again too: nobody knows by what they were made. */
  readonly anew?: boolean;
}

/** A release that is made beside the newest one: content and pages of a map to which nobody is led before it is promoted. */
export interface Beside {
  /** This sealer compresses: changes had best come with their forms, made where they were rendered. */
  readonly takesForms: boolean;
  /** Compresses and writes; a sealing meanwhile waits for the writing of these changes at most. */
  write(changes: readonly Change[]): Promise<void>;
  /** Makes a map of what was written so far. */
  fold(): Promise<void>;
  /** Seals and promotes it, with these changes on top. What was sealed since it was begun is not in it but for these. */
  promote(changes: Changes): Promise<Sealed>;
}

export interface Sealer {
  /** Id of what makes compressed forms here. A release holds forms of one compressor, which its caller remembers. */
  readonly compressor: string;
  /** Seals and promotes the release that has these changes on top of the newest one. Calls are done one after another. */
  seal(changes: Changes, options?: SealOptions): Promise<Sealed>;
  /** Begins a release beside the newest one, from what that one now is. `seal` goes on meanwhile. */
  beside(): Promise<Beside>;
  /**
   * Roll-back: a new release whose root equals an earlier one, which must still be whole in the store; with what `over` changes of
   * it on top. Like any release it is promoted at once: what stood between is never served again on the way.
   */
  sealRoot(root: HashText, over?: (map: MapRef) => Promise<readonly Change[]>): Promise<Sealed>;
  /** Finishes or undoes what a crash left, and tells the newest release; undefined before the first. */
  state(): Promise<SealedState | undefined>;
  /** Runs something between two sealings, on the newest release: nothing is put or promoted by this sealer meanwhile. */
  between<T>(work: (head: ReleaseHead | undefined) => Promise<T>): Promise<T>;
  /** Leaves word in the store of the release the site is held at, 0 for none: for portals that nobody else tells. */
  noteHeld(release: number): Promise<void>;
  /** A record of a pruning with the signatures of the keys of now. */
  signRecord(text: string): Promise<string>;
  /**
   * How pages are to be made ready where they are rendered, with compressed forms or without; undefined where the store
   * holds something already that spares work, or another compresses than this house.
   */
  wantsReady(): Promise<{ readonly forms: boolean } | undefined>;
}
