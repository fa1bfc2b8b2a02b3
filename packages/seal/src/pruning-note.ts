import { randomBytes } from 'node:crypto';
import { pendingPruning, type ReadStore } from '@chengmen/release';
import type { StoredFile } from './types.ts';

/** What the last pruning of a store left: docs/formats/release.md, “Pending”. */
export interface PruningNote {
  readonly state: 'running' | 'done';
  /** So many records of prunings are carried out, to the last byte. */
  readonly carriedOut: number;
}

/** Each note differs from all before it. */
export function pruningNote({ state, carriedOut }: PruningNote): StoredFile {
  const text = `pruning\n${randomBytes(8).toString('hex')}\n${state}\n${carriedOut}\n`;
  return [pendingPruning, Buffer.from(text)];
}

/** A store without a note, or with one that cannot be read, has carried out nothing. */
export async function readPruningNote(store: Pick<ReadStore, 'get'>): Promise<PruningNote> {
  const text = Buffer.from((await store.get(pendingPruning)) ?? '').toString();
  const [, state, count] = /^pruning\n[0-9a-f]{16}\n(running|done)\n(0|[1-9][0-9]{0,14})\n$/.exec(text) ?? [];
  return { state: state === 'running' ? 'running' : 'done', carriedOut: Number(count ?? 0) };
}

/** Whether the text of a note tells of a pruning that has not ended. */
export const isUnderWay = (text: string): boolean => text.includes('\nrunning\n');
