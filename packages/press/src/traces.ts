import type { Hash, PagePath, ReadKey, TargetId } from '@chengmen/model';
import type { TargetRecord } from './memory.ts';
import { createNumbers, type Numbers } from './numbers.ts';
import { subjectOf } from './read-key.ts';
import { createStringTable, type StringTable } from './string-table.ts';

/** The remembered reads, indexed both ways: from a target to its reads, from a read to its targets. */
export interface Traces {
  /** Version of the theme all records were made with; undefined before the first press. */
  readonly theme: () => Hash | undefined;
  readonly record: (target: TargetId) => TargetRecord | undefined;
  /** Whether there is a record of it. */
  readonly has: (target: TargetId) => boolean;
  readonly targets: () => Iterable<TargetId>;
  readonly keys: () => Iterable<ReadKey>;
  /** All recorded reads with the hashes of their answers. */
  readonly answers: () => Iterable<readonly [ReadKey, Hash]>;
  /** The recorded reads a touched subject stands for. */
  readonly keysOf: (subject: ReadKey) => Iterable<ReadKey>;
  readonly readersOf: (key: ReadKey) => Iterable<TargetId>;
  /** How many targets made a read. */
  readonly countOf: (key: ReadKey) => number;
  /** The answer's hash at the last press, the same for all who read it. */
  readonly hashOf: (key: ReadKey) => Hash | undefined;
  readonly ownerOf: (path: PagePath) => TargetId | undefined;
  /** Takes in what a press has done, once it is sealed and saved. */
  readonly commit: (change: TraceChange) => void;
  /** Takes in records of targets of which there are none yet. */
  readonly append: (records: Iterable<TargetRecord>) => void;
}

export interface TraceChange {
  readonly theme: Hash;
  readonly records: Iterable<TargetRecord>;
  readonly removed: readonly TargetId[];
  /** The records are all there are, and these traces of them are taken over. */
  readonly whole?: Traces;
}

/**
 * Numbers for texts and numbers for numbers, all of it outside the heap: some 400 bytes a page, and nothing for the
 * garbage collection to walk through while an edit is on its way.
 */
interface Index {
  theme: Hash | undefined;
  readonly targets: StringTable;
  readonly keys: StringTable;
  readonly paths: StringTable;
  /** Of a target, where its record begins in `cells`, plus one. A record: number of reads, number of paths, both lists. */
  readonly records: Numbers;
  cells: Numbers;
  end: number;
  /** Cells of records that were replaced. */
  waste: number;
  readonly hashes: Hashes;
  readonly readers: Readers;
  /** Of a path, the number of its target, plus one. */
  readonly owners: Numbers;
  /** Reads by their subject, where that is another text: `newest:CHANNEL:20` by `newest:CHANNEL`. */
  readonly subjects: Map<ReadKey, Set<ReadKey>>;
}

/** The way from the traces that are to be taken over to what they hold. */
const indexes = new WeakMap<Traces, Index>();

export function createTraces(start?: Pick<TraceChange, 'theme' | 'records'>): Traces {
  let index = createIndex();
  const traces: Traces = {
    theme: () => index.theme,
    record: (target) => recordOf(index, target),
    has: (target) => {
      const number = index.targets.find(target);
      return number !== undefined && index.records.get(number) > 0;
    },
    targets: function* () {
      for (let number = 0; number < index.targets.size(); number++)
        if (index.records.get(number) > 0) yield index.targets.text(number);
    },
    keys: function* () {
      for (let number = 0; number < index.keys.size(); number++)
        if (index.readers.count(number) > 0) yield index.keys.text(number);
    },
    answers: function* () {
      for (let number = 0; number < index.keys.size(); number++)
        if (index.readers.count(number) > 0) yield [index.keys.text(number), index.hashes.get(number)];
    },
    keysOf: (subject) => keysOf(index, subject),
    readersOf: function* (key) {
      const number = index.keys.find(key);
      if (number === undefined) return;
      for (const target of index.readers.of(number)) yield index.targets.text(target);
    },
    countOf: (key) => {
      const number = index.keys.find(key);
      return number === undefined ? 0 : index.readers.count(number);
    },
    hashOf: (key) => {
      const number = index.keys.find(key);
      return number === undefined || index.readers.count(number) === 0 ? undefined : index.hashes.get(number);
    },
    ownerOf: (path) => {
      const number = index.paths.find(path);
      const owner = number === undefined ? 0 : index.owners.get(number);
      return owner === 0 ? undefined : index.targets.text(owner - 1);
    },
    commit: (change) => {
      const whole = change.whole && indexes.get(change.whole);
      if (whole) {
        index = whole;
        index.theme = change.theme;
        indexes.set(traces, index);
      } else commit(index, change);
    },
    append: (records) => {
      append(index, records);
    },
  };
  indexes.set(traces, index);
  if (start) traces.commit({ ...start, removed: [] });
  return traces;
}

function createIndex(): Index {
  return {
    theme: undefined,
    targets: createStringTable(),
    keys: createStringTable(),
    paths: createStringTable(),
    records: createNumbers(),
    cells: createNumbers(),
    end: 0,
    waste: 0,
    hashes: createHashes(),
    readers: createReaders(),
    owners: createNumbers(),
    subjects: new Map(),
  };
}

function recordOf(index: Index, target: TargetId): TargetRecord | undefined {
  const number = index.targets.find(target);
  const at = number === undefined ? 0 : index.records.get(number);
  if (at === 0) return undefined;
  const { reads, paths } = cellsOf(index, at - 1);
  return {
    target,
    reads: reads.map((key) => [index.keys.text(key), index.hashes.get(key)] as const),
    paths: paths.map((path) => index.paths.text(path)),
  };
}

function cellsOf({ cells }: Index, at: number): { readonly reads: number[]; readonly paths: number[] } {
  const count = cells.get(at);
  const list = (from: number, length: number): number[] =>
    Array.from({ length }, (_, place) => cells.get(from + place));
  return { reads: list(at + 2, count), paths: list(at + 2 + count, cells.get(at + 1)) };
}

function keysOf({ keys, readers, subjects }: Index, subject: ReadKey): Iterable<ReadKey> {
  const number = keys.find(subject);
  const itself = number !== undefined && readers.count(number) > 0 ? [subject] : [];
  const others = subjects.get(subject);
  return others ? [...itself, ...others] : itself;
}

function commit(index: Index, { theme, records, removed }: TraceChange): void {
  index.theme = theme;
  if (index.targets.size() === 0) {
    append(index, records);
    return;
  }
  const fresh: { readonly target: number; readonly record: TargetRecord; readonly before: ReadonlySet<number> }[] = [];
  // All old places first: an address may pass from one target to another in one press.
  for (const target of removed) forget(index, target, []);
  for (const record of records) {
    const before = forget(index, record.target, record.reads);
    fresh.push({ target: index.targets.add(record.target), record, before });
  }
  const known: KnownReads = new Map();
  for (const { target, record, before } of fresh) remember(index, target, record, before, known);
  if (index.waste > leastWaste && index.waste * 2 > index.end) compact(index);
}

function append(index: Index, records: Iterable<TargetRecord>): void {
  const known: KnownReads = new Map();
  for (const record of records) remember(index, index.targets.add(record.target), record, none, known);
}

const leastWaste = 1 << 20;
const none: ReadonlySet<number> = new Set();

/** Takes a record out, but for the reads that stay: the lists of who made them are long. Gives those that were there. */
function forget(index: Index, text: TargetId, staying: TargetRecord['reads']): ReadonlySet<number> {
  const target = index.targets.find(text);
  const at = target === undefined ? 0 : index.records.get(target);
  if (target === undefined || at === 0) return none;
  const { reads, paths } = cellsOf(index, at - 1);
  index.records.set(target, 0);
  index.waste += 2 + reads.length + paths.length;
  for (const path of paths) if (index.owners.get(path) === target + 1) index.owners.set(path, 0);
  const stay = new Set(staying.map(([key]) => index.keys.find(key)));
  const stayed = new Set<number>();
  for (const key of reads) {
    if (stay.has(key)) stayed.add(key);
    else if (index.readers.remove(key, target) === 0) closeKey(index, key);
  }
  return stayed;
}

/** Numbers of reads that have been taken in just now; records that come together share them. */
type KnownReads = Map<TargetRecord['reads'][number], number>;
const mostKnown = 4096;

function remember(
  index: Index,
  target: number,
  { reads, paths }: TargetRecord,
  before: ReadonlySet<number>,
  known: KnownReads,
): void {
  const { cells, readers, hashes, owners } = index;
  index.records.set(target, index.end + 1);
  cells.set(index.end++, reads.length);
  cells.set(index.end++, paths.length);
  for (const read of reads) {
    const [text, hash] = read;
    let key = known.get(read);
    if (key === undefined) {
      key = index.keys.add(text);
      hashes.set(key, hash);
      if (known.size === mostKnown) known.clear();
      known.set(read, key);
    }
    cells.set(index.end++, key);
    if (!before.has(key) && readers.add(key, target) === 1) openKey(index, text);
  }
  for (const text of paths) {
    const path = index.paths.add(text);
    cells.set(index.end++, path);
    owners.set(path, target + 1);
  }
}

function openKey({ subjects }: Index, key: ReadKey): void {
  const subject = subjectOf(key);
  if (subject !== key) subjects.set(subject, (subjects.get(subject) ?? new Set()).add(key));
}

function closeKey({ subjects, keys }: Index, number: number): void {
  const key = keys.text(number);
  const subject = subjectOf(key);
  if (subject === key) return;
  const some = subjects.get(subject);
  some?.delete(key);
  if (some?.size === 0) subjects.delete(subject);
}

/** Writes the records that are in force once more, without gaps. */
function compact(index: Index): void {
  const cells = createNumbers();
  let end = 0;
  for (let target = 0; target < index.targets.size(); target++) {
    const at = index.records.get(target) - 1;
    if (at < 0) continue;
    const length = 2 + index.cells.get(at) + index.cells.get(at + 1);
    for (let place = 0; place < length; place++) cells.set(end + place, index.cells.get(at + place));
    index.records.set(target, end + 1);
    end += length;
  }
  index.cells = cells;
  index.end = end;
  index.waste = 0;
}

interface Hashes {
  readonly get: (at: number) => Hash;
  readonly set: (at: number, hash: Hash) => void;
}

const hashChunk = 1 << 14;

/** Hashes as bytes; what is no SHA-256 in small hexadecimal digits stays the text it is. */
function createHashes(): Hashes {
  const chunks: Buffer[] = [];
  const others = new Map<number, Hash>();
  const placeOf = (at: number): number => (at % hashChunk) * 32;
  return {
    get: (at) => {
      const other = others.get(at);
      if (other !== undefined) return other;
      const place = placeOf(at);
      return chunks[Math.floor(at / hashChunk)]?.toString('hex', place, place + 32) ?? '';
    },
    set: (at, hash) => {
      if (!/^[0-9a-f]{64}$/.test(hash)) {
        others.set(at, hash);
        return;
      }
      others.delete(at);
      while (chunks.length <= Math.floor(at / hashChunk)) chunks.push(Buffer.alloc(hashChunk * 32));
      chunks[Math.floor(at / hashChunk)]?.write(hash, placeOf(at), 'hex');
    },
  };
}

/** Who made a read. Nearly all are made by one target, some by all. */
interface Readers {
  readonly count: (key: number) => number;
  readonly of: (key: number) => Iterable<number>;
  /** A reader that is not there yet; gives how many there are now. */
  readonly add: (key: number, target: number) => number;
  /** A reader that is there; gives how many are left. */
  readonly remove: (key: number, target: number) => number;
}

interface ReaderList {
  targets: Uint32Array;
  /** Places in use at the beginning of `targets`, those of readers that went included. */
  end: number;
  readonly gone: Set<number>;
}

const single = 0x8000_0000;

function createReaders(): Readers {
  /** 0: nobody; above `single`: one target; below: the place of a list in `lists`, plus one. */
  const first = createNumbers();
  const lists: ReaderList[] = [];
  const listAt = (value: number): ReaderList => lists[value - 1] as ReaderList;
  const count = (key: number): number => {
    const value = first.get(key);
    if (value === 0) return 0;
    return value >= single ? 1 : listAt(value).end - listAt(value).gone.size;
  };
  const append = (list: ReaderList, target: number): void => {
    if (list.gone.delete(target)) return;
    if (list.end === list.targets.length) {
      const larger = new Uint32Array(list.targets.length * 2);
      larger.set(list.targets);
      list.targets = larger;
    }
    list.targets[list.end++] = target;
  };
  return {
    count,
    of: (key) => {
      const value = first.get(key);
      if (value === 0) return [];
      if (value >= single) return [value - single];
      const { targets, end, gone } = listAt(value);
      return targets.subarray(0, end).filter((target) => !gone.has(target));
    },
    add: (key, target) => {
      const value = first.get(key);
      if (value === 0) first.set(key, single + target);
      else if (value >= single) {
        first.set(key, lists.push({ targets: new Uint32Array(4), end: 0, gone: new Set() }));
        append(listAt(first.get(key)), value - single);
        append(listAt(first.get(key)), target);
      } else append(listAt(value), target);
      return count(key);
    },
    remove: (key, target) => {
      const value = first.get(key);
      if (value >= single) {
        first.set(key, 0);
        return 0;
      }
      const list = listAt(value);
      list.gone.add(target);
      if (list.gone.size * 2 > list.end) {
        list.targets = list.targets.subarray(0, list.end).filter((one) => !list.gone.has(one));
        list.end = list.targets.length;
        // A list that is empty keeps room: its key may be read again.
        if (list.end === 0) list.targets = new Uint32Array(4);
        list.gone.clear();
      }
      return list.end - list.gone.size;
    },
  };
}
