import type { Hash, PagePath, ReadKey, TargetId } from '@chengmen/model';

/** What the press remembers of one target: what it read, and where it stands. */
export interface TargetRecord {
  readonly target: TargetId;
  /** Sorted by key. */
  readonly reads: readonly (readonly [ReadKey, Hash])[];
  readonly paths: readonly PagePath[];
}

/** How far the press has come: everything up to event `seq` is in the release with this root. */
export interface PressState {
  readonly seq: number;
  /** The theme's version when the records were made. */
  readonly theme: Hash;
  /** Root of the sealed map, as the sealer gave it. */
  readonly root: string;
  /** By what the compressed forms of the release were made; another makes other bytes of the same page. */
  readonly compressor: string;
}

export interface MemoryDelta {
  /** The records are all there are; whatever was remembered before is forgotten. */
  readonly replace: boolean;
  readonly records: Iterable<TargetRecord>;
  readonly removed: readonly TargetId[];
  /** Further reads that answer otherwise now, for all who made them; with `replace` all there are, each once. */
  readonly answers?: Iterable<readonly [ReadKey, Hash]>;
  /** Reads that nobody makes any more. */
  readonly unread?: readonly ReadKey[];
  readonly state: PressState;
  /** Number of the release this is the memory of. Until when it was kept depends on when it was first heard of. */
  readonly release?: number;
  /** How long it took to make, in milliseconds, and how many targets were rendered. */
  readonly took?: { readonly ms: number; readonly rendered: number };
}

export interface Remembered {
  readonly state: PressState;
  readonly records: readonly TargetRecord[];
}

/** Where the press keeps its memory between starts. A delta is kept whole or not at all. */
export interface Memory {
  readonly load: () => Promise<Remembered | undefined>;
  readonly save: (delta: MemoryDelta) => Promise<void>;
}
