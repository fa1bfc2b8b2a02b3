import type { ItemId, LiveItem } from '@chengmen/model';
import type { MemoryDelta, PressState, Remembered } from '@chengmen/press';

/** How things stand at one moment: after event `seq`. */
export interface Snapshot {
  readonly seq: number;
  readonly remembered: Remembered | undefined;
}

/** Items as they were after event `seq`. */
export interface Changes {
  readonly seq: number;
  readonly items: readonly LiveItem[];
}

/** Where the press learns what is live, and keeps what it has done. */
export interface Feed {
  /** One consistent view: items, memory and `seq` belong together. `take` is given all items, some at a time, channels first. */
  readonly snapshot: (take: (items: readonly LiveItem[]) => void) => Promise<Snapshot>;
  /**
   * What was touched after event `after`, in one consistent view; undefined where nothing was.
   * `dependents` names further items whose addresses hang on those found.
   */
  readonly changesAfter: (
    after: number,
    dependents: (changed: readonly LiveItem[]) => readonly ItemId[],
  ) => Promise<Changes | undefined>;
  /** How far the memory has come; another press may have been at work. */
  readonly state: () => Promise<PressState | undefined>;
  /** Keeps a delta whole or not at all. */
  readonly save: (delta: MemoryDelta) => Promise<void>;
  /** Runs work that nobody else does for this site at the same time. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}
