import { emptyHash } from './trie.ts';
import { hashOf, isHash } from './hashing.ts';
import { isReleasePath } from './entry.ts';
import { parseNote, verifiedNote } from './note.ts';
import { ReleaseError } from './release-error.ts';
import type { FollowedKeys } from './follow-keys.ts';
import type { LogReader } from './log-reader.ts';
import type { HashText, LogHead, ReadStore } from './types.ts';

/** What was taken away from a store of releases, and why. docs/formats/release.md, “Record of a pruning”. */
export type PruningRecord = PrunedRecord | ErasedRecord;

interface CommonRecord {
  readonly origin: string;
  /** Counted from 1. */
  readonly number: number;
  /** SHA-256 of the text of the record before it; 64 zeros for the first. */
  readonly before: HashText;
  /** The log as it stood: what was taken away is older than its newest release. */
  readonly log: LogHead;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
}

/** Whole releases, by a rule of retention. */
export interface PrunedRecord extends CommonRecord {
  readonly kind: 'pruned';
  /** Name of the rules, and SHA-256 of their text. */
  readonly rule: string;
  readonly rules: HashText;
  /** Numbers of releases, from 1: first and last of each stretch, in order. */
  readonly releases: readonly (readonly [from: number, to: number])[];
}

/** Single bytes, by an order; the releases that name them stay. */
export interface ErasedRecord extends CommonRecord {
  readonly kind: 'erased';
  readonly why: string;
  /** Addresses the bytes stood at. */
  readonly paths: readonly string[];
  /** SHA-256 of what was taken away, compressed forms included. */
  readonly blobs: readonly HashText[];
}

const firstLine = 'chengmen.pruning/v1';

export const pruningsPrefix = 'prunings/';

/** Name of record `number`, counted from 1. */
export const pruningName = (number: number): string => `${pruningsPrefix}${number}`;

/** The one text of a record. Throws `invalid` for one that cannot be. */
export function formatPruning(record: PruningRecord): string {
  checkRecord(record);
  const { at, before, by, kind, log, number } = record;
  const common = { before, by, kind, log: { root: log.root, size: log.size }, number };
  // Members in the order of their names.
  const value =
    record.kind === 'pruned'
      ? { at, ...common, releases: record.releases, rule: record.rule, rules: record.rules }
      : { at, before, blobs: record.blobs, by, kind, log: common.log, number, paths: record.paths, why: record.why };
  return `${firstLine}\n${record.origin}\n${JSON.stringify(value)}\n`;
}

/** Reads the text of a record. Throws `invalid`. */
export function parsePruning(text: string): PruningRecord {
  const [first, origin = '', json = '', end, ...rest] = text.split('\n');
  const refuse = (): ReleaseError => new ReleaseError('invalid', 'record of a pruning', 'not well formed');
  if (first !== firstLine || end !== '' || rest.length > 0) throw refuse();
  try {
    const record = { origin, ...(JSON.parse(json) as object) } as PruningRecord;
    if (formatPruning(record) === text) return record;
  } catch (error) {
    // Whoever may write here may write anything: members of other types, or none.
    if (error instanceof ReleaseError) throw error;
  }
  throw refuse();
}

function checkRecord(record: PruningRecord): void {
  const wrong = (what: string): never => {
    throw new ReleaseError('invalid', 'record of a pruning', what);
  };
  const { origin, number, before, log, at, by, kind } = record;
  if (!isLine(origin)) wrong('origin');
  if (!Number.isSafeInteger(number) || number < 1) wrong('number');
  if (!isHash(before) || (number === 1) !== (before === emptyHash)) wrong('the record before');
  if (!Number.isSafeInteger(log.size) || log.size < 1 || !isHash(log.root)) wrong('log');
  if (!isTime(at)) wrong('time');
  if (!isLine(by)) wrong('by whom');
  if (kind === 'pruned') {
    if (!isLine(record.rule) || !isHash(record.rules)) wrong('rule');
    // Never the newest of the log as it stood.
    if (!isAscending(record.releases, log.size - 1)) wrong('releases');
  } else if (kind === 'erased') {
    if (!isLine(record.why)) wrong('why');
    if (!Array.isArray(record.paths) || !record.paths.every(isReleasePath)) wrong('paths');
    if (!Array.isArray(record.blobs) || record.blobs.length === 0 || !record.blobs.every(isHash)) wrong('blobs');
  } else wrong('kind');
}

const isLine = (text: unknown): boolean =>
  typeof text === 'string' && text !== '' && text.length <= 1000 && !/[\u0000-\u001f]/.test(text);

function isTime(text: unknown): boolean {
  return typeof text === 'string' && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
}

function isAscending(stretches: PrunedRecord['releases'], last: number): boolean {
  if (!Array.isArray(stretches) || stretches.length === 0) return false;
  let before = 0;
  for (const [from, to, ...rest] of stretches as readonly (readonly number[])[]) {
    const good = Number.isSafeInteger(from) && Number.isSafeInteger(to) && rest.length === 0;
    if (!good || from === undefined || to === undefined || from <= before || to < from || to > last) return false;
    before = to;
  }
  return true;
}

/** All that was taken away from a store and recorded. */
export interface Prunings {
  /** In their order. */
  readonly records: readonly PruningRecord[];
  /** The same as they stand in the store, with the signatures that were checked. */
  readonly notes: readonly string[];
  /** By what release `number` was taken away. */
  prunedBy(release: number): PrunedRecord | undefined;
  /** By what bytes with this hash were. */
  erasedBy(hash: HashText): ErasedRecord | undefined;
}

/** SHA-256 of the text of a record, as the next one names it. */
export const pruningHash = (note: string): HashText => hashOf(parseNote(note).text);

/**
 * The records of a store, each signed and naming the one before it. With `known` those are taken as read and only what
 * came after is looked for. Throws `damaged` for a record that is not signed, is out of its place, or is of another log.
 */
export async function readPrunings(
  store: Pick<ReadStore, 'get'>,
  followed: FollowedKeys,
  { log, known }: { readonly log?: LogReader | undefined; readonly known?: Prunings | undefined } = {},
): Promise<Prunings> {
  const notes = [...(known?.notes ?? [])];
  const records = [...(known?.records ?? [])];
  for (;;) {
    const name = pruningName(notes.length + 1);
    const bytes = await store.get(name);
    if (!bytes) break;
    const { record, note } = checkedPruning(bytes, followed, notes);
    if (log && record.log.size <= log.head.size && (await log.rootAt(record.log.size)) !== record.log.root)
      throw new ReleaseError('damaged', name, 'it is of another log');
    notes.push(note);
    records.push(record);
  }
  return pruningsOf(records, notes);
}

/** A record that follows `notes`. Throws `damaged`. */
export function checkedPruning(
  bytes: Uint8Array | string,
  followed: FollowedKeys,
  notes: readonly string[],
): { readonly record: PruningRecord; readonly note: string } {
  const number = notes.length + 1;
  const refuse = (problem: string): ReleaseError => new ReleaseError('damaged', pruningName(number), problem);
  let record: PruningRecord;
  let note: string;
  try {
    record = parsePruning(parseNote(bytes).text);
    note = verifiedNote(bytes, followed.keysFor(record.log.size));
  } catch (error) {
    if (error instanceof ReleaseError) throw refuse(error.problem);
    throw error;
  }
  const before = notes.at(-1);
  if (record.origin !== followed.origin) throw refuse(`its origin is ${record.origin}, not ${followed.origin}`);
  if (record.number !== number) throw refuse(`it is record ${record.number}`);
  if (record.before !== (before === undefined ? emptyHash : pruningHash(before)))
    throw refuse('it does not follow the record before it');
  return { record, note };
}

export function pruningsOf(records: readonly PruningRecord[], notes: readonly string[]): Prunings {
  const stretches = records
    .flatMap((record) => (record.kind === 'pruned' ? record.releases.map(([from, to]) => ({ from, to, record })) : []))
    .sort((one, other) => one.from - other.from);
  const erased = new Map<HashText, ErasedRecord>();
  for (const record of records)
    if (record.kind === 'erased') for (const hash of record.blobs) if (!erased.has(hash)) erased.set(hash, record);
  return {
    records,
    notes,
    prunedBy(release) {
      let [low, high] = [0, stretches.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((stretches[middle]?.from ?? 0) <= release) low = middle + 1;
        else high = middle;
      }
      const found = stretches[low - 1];
      return found && release <= found.to ? found.record : undefined;
    },
    erasedBy: (hash) => erased.get(hash),
  };
}

export const noPrunings: Prunings = pruningsOf([], []);
