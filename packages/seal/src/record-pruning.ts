import {
  checkedPruning,
  emptyHash,
  followedKeys,
  formatPruning,
  pruningHash,
  pruningName,
  pruningsOf,
  readPrunings,
  ReleaseError,
  type ErasedRecord,
  type PrunedRecord,
  type Prunings,
  type ReadStore,
  type ReleaseHead,
  type Trust,
} from '@chengmen/release';
import type { WriteStore } from './types.ts';

/** What is to be taken away, before it has its place among the records. */
export type NewPruning =
  Pick<PrunedRecord, 'kind' | 'rule' | 'rules' | 'releases'> | Pick<ErasedRecord, 'kind' | 'why' | 'paths' | 'blobs'>;

/** The records of a store, each held against its log. Throws `damaged`. */
export async function pruningsIn(
  store: Pick<ReadStore, 'get'>,
  trust: Trust,
  { log }: Pick<ReleaseHead, 'log'>,
): Promise<Prunings> {
  return readPrunings(store, await followedKeys(store, trust), { log });
}

/** The records as they would be with one more that nobody has signed. */
export function withPruning(prunings: Prunings, record: Prunings['records'][number]): Prunings {
  return pruningsOf([...prunings.records, record], prunings.notes);
}

export function nextPruning(
  prunings: Prunings,
  { checkpoint }: ReleaseHead,
  { at, by, ...what }: NewPruning & { readonly at: Date; readonly by: string },
): Prunings['records'][number] {
  const last = prunings.notes.at(-1);
  return {
    origin: checkpoint.origin,
    number: prunings.notes.length + 1,
    before: last === undefined ? emptyHash : pruningHash(last),
    log: { size: checkpoint.size, root: checkpoint.root },
    at: at.toISOString(),
    by,
    ...what,
  };
}

/**
 * Signs and keeps a record; durable when it resolves. Only then may anything go. To be called between two sealings.
 * Throws `invalid` for a record that cannot be, among others one that names the newest release.
 */
export async function recordPruning(options: {
  readonly store: WriteStore;
  readonly trust: Trust;
  readonly sign: (text: string) => Promise<string>;
  readonly prunings: Prunings;
  readonly record: Prunings['records'][number];
}): Promise<Prunings> {
  const { store, trust, prunings, record } = options;
  const text = await options.sign(formatPruning(record));
  const checked = checkedPruning(text, await followedKeys(store, trust), prunings.notes);
  if (await store.has(pruningName(record.number)))
    throw new ReleaseError('invalid', pruningName(record.number), 'another pruning has been recorded meanwhile');
  await store.put([[pruningName(record.number), Buffer.from(checked.note)]]);
  await store.sync();
  return pruningsOf([...prunings.records, checked.record], [...prunings.notes, checked.note]);
}
