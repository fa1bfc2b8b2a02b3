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

/** The site is held at an earlier release. */
export interface Hold {
  readonly id: number;
  /** Its number, counted from 1. */
  readonly release: number;
  /** Root of that release's map. */
  readonly root: string;
  /** What that release shows of these items must not be seen: they were withdrawn since. */
  readonly withdrawn: readonly ItemId[];
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
  /** The hold that is in force; undefined where the press is to go on. */
  readonly hold: () => Promise<Hold | undefined>;
  /** Another release than the remembered one comes into force: whoever goes on later begins as if nothing were remembered. */
  readonly markHeld: () => Promise<void>;
  /** The number of the release that was put in force for it. */
  readonly noteHeld: (hold: Hold, release: number) => Promise<void>;
  /** Keeps a delta whole or not at all. */
  readonly save: (delta: MemoryDelta) => Promise<void>;
  /** Runs work that nobody else does for this site at the same time. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}
