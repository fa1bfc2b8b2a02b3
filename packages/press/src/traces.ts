import type { Hash, PagePath, ReadKey, TargetId } from '@chengmen/model';
import type { TargetRecord } from './memory.ts';
import { subjectOf } from './read-key.ts';

/** The remembered reads, indexed both ways: from a target to its reads, from a read to its targets. */
export interface Traces {
  /** Version of the theme all records were made with; undefined before the first press. */
  readonly theme: () => Hash | undefined;
  readonly record: (target: TargetId) => TargetRecord | undefined;
  readonly targets: () => Iterable<TargetId>;
  readonly keys: () => Iterable<ReadKey>;
  /** The recorded reads a touched subject stands for. */
  readonly keysOf: (subject: ReadKey) => Iterable<ReadKey>;
  readonly readersOf: (key: ReadKey) => Iterable<TargetId>;
  /** The answer's hash at the last press, the same for all who read it. */
  readonly hashOf: (key: ReadKey) => Hash | undefined;
  readonly ownerOf: (path: PagePath) => TargetId | undefined;
  /** Takes in what a press has done, once it is sealed and saved. */
  readonly commit: (change: TraceChange) => void;
}

export interface TraceChange {
  readonly theme: Hash;
  readonly records: readonly TargetRecord[];
  readonly removed: readonly TargetId[];
}

interface Read {
  hash: Hash;
  readonly readers: Set<TargetId>;
}

interface Index {
  theme: Hash | undefined;
  readonly records: Map<TargetId, TargetRecord>;
  readonly reads: Map<ReadKey, Read>;
  readonly subjects: Map<ReadKey, Set<ReadKey>>;
  readonly owners: Map<PagePath, TargetId>;
}

export function createTraces(start?: Omit<TraceChange, 'removed'>): Traces {
  const index: Index = {
    theme: undefined,
    records: new Map(),
    reads: new Map(),
    subjects: new Map(),
    owners: new Map(),
  };
  if (start) commit(index, { ...start, removed: [] });
  return {
    theme: () => index.theme,
    record: (target) => index.records.get(target),
    targets: () => index.records.keys(),
    keys: () => index.reads.keys(),
    keysOf: (subject) => index.subjects.get(subject) ?? [],
    readersOf: (key) => index.reads.get(key)?.readers ?? [],
    hashOf: (key) => index.reads.get(key)?.hash,
    ownerOf: (path) => index.owners.get(path),
    commit: (change) => {
      commit(index, change);
    },
  };
}

function commit(index: Index, { theme, records, removed }: TraceChange): void {
  index.theme = theme;
  // All old places first: an address may pass from one target to another in one press.
  for (const target of removed) forget(index, target);
  for (const record of records) forget(index, record.target);
  for (const record of records) remember(index, record);
}

function remember(index: Index, record: TargetRecord): void {
  index.records.set(record.target, record);
  for (const path of record.paths) index.owners.set(path, record.target);
  for (const [key, hash] of record.reads) {
    const read = index.reads.get(key) ?? openRead(index, key, hash);
    read.hash = hash;
    read.readers.add(record.target);
  }
}

function openRead(index: Index, key: ReadKey, hash: Hash): Read {
  const read = { hash, readers: new Set<TargetId>() };
  index.reads.set(key, read);
  const subject = subjectOf(key);
  index.subjects.set(subject, (index.subjects.get(subject) ?? new Set()).add(key));
  return read;
}

function forget(index: Index, target: TargetId): void {
  const record = index.records.get(target);
  if (!record) return;
  index.records.delete(target);
  for (const path of record.paths) index.owners.delete(path);
  for (const [key] of record.reads) {
    const read = index.reads.get(key);
    read?.readers.delete(target);
    if (read?.readers.size === 0) closeRead(index, key);
  }
}

function closeRead(index: Index, key: ReadKey): void {
  index.reads.delete(key);
  const subject = subjectOf(key);
  const keys = index.subjects.get(subject);
  keys?.delete(key);
  if (keys?.size === 0) index.subjects.delete(subject);
}
