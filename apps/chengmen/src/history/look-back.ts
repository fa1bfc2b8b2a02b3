import type { ReleaseNote } from '@chengmen/content';
import type { AddressCount, ListedRelease, LookBack } from '@chengmen/desk';
import {
  decodeEntry,
  diffMaps,
  pageReader,
  parseLeaf,
  type Leaf,
  type ReadStore,
  type ReleaseHead,
} from '@chengmen/release';
import { pruningsIn } from '@chengmen/seal';
import { breathing } from '../breathe.ts';
import { namedAddresses } from './named-addresses.ts';
import { newestHead } from './newest-head.ts';
import { rootOf } from './root-of.ts';

export interface LookBackOptions {
  readonly store: ReadStore;
  readonly key: string;
  /** When each release went live, by number. */
  readonly times: () => Promise<ReadonlyMap<number, Date>>;
  /** What the ledger knows of the newest releases. */
  readonly notes: (limit: number) => Promise<readonly ReleaseNote[]>;
}

/** As many releases are listed, and as many addresses of a sort told. */
const [mostReleases, mostTold] = [50, 100];
/** As many withdrawn addresses are looked for, and as many pages read for them. */
const [mostWanted, mostRead] = [1000, 5000];

/** The newest releases, newest first; none before the first. */
export async function listReleases(options: LookBackOptions, most = mostReleases): Promise<ListedRelease[]> {
  const head = await newestHead(options);
  if (!head) return [];
  const { size } = head.checkpoint;
  const numbers = Array.from({ length: Math.min(size, most) }, (_, index) => size - index);
  const notes = new Map((await options.notes(most)).map((note) => [note.release, note]));
  const prunings = await pruningsIn(options.store, options, head);
  const listed: ListedRelease[] = [];
  for (const number of numbers) {
    const note = notes.get(number);
    listed.push({
      ...{ ...(await releaseAt(head, number)), at: note?.at, took: note?.took, items: note?.items },
      itemCount: note?.itemCount ?? 0,
      pruned: prunings.prunedBy(number) !== undefined,
    });
  }
  return listed;
}

/**
 * What a release has otherwise than the one that serves, all of it counted; undefined where there is none of this number. Takes the
 * same memory however much differs. Throws as `rootOf` does.
 */
export async function lookBack(options: LookBackOptions, number: number): Promise<LookBack | undefined> {
  const head = await newestHead(options);
  if (!head || number < 1 || number > head.checkpoint.size) return undefined;
  await rootOf(options, number);
  const at = (await options.times()).get(number)?.toISOString();
  const release = { ...(await releaseAt(head, number)), at };
  const then = { hash: release.root, count: release.paths };
  const sorts = { changed: tally(), lost: tally(), returning: tally(), withdrawn: tally() };
  const shown = { lists: [] as Leaf[], others: [] as Leaf[] };
  const breathe = breathing();
  for await (const { path, before, after } of diffMaps(pageReader(options.store), head.leaf.map, then)) {
    // Pages of the map stand in memory for the most part: nobody else would have a turn.
    await breathe();
    const sort = sortOf(statusOf(before), statusOf(after));
    if (sort) sorts[sort].add(path);
    if (!after || (sort !== 'changed' && sort !== 'returning')) continue;
    const some = /\/$|\.(?:xml|json)$/.test(path) ? shown.lists : shown.others;
    if (some.length < mostRead) some.push(after);
  }
  const { changed, lost, returning, withdrawn } = sorts;
  const read = [...shown.lists, ...shown.others].slice(0, mostRead);
  const naming = await namingThem(options.store, read, withdrawn.kept());
  const unread = withdrawn.told().count === 0 ? 0 : changed.told().count + returning.told().count - read.length;
  return {
    ...{ release, serves: head.checkpoint.size },
    ...{ changed: changed.told(), lost: lost.told(), returning: returning.told(), withdrawn: withdrawn.told() },
    naming: { ...naming, unread },
  };
}

/**
 * Which of these pages of an earlier release name what was withdrawn since. No page that does can be as it is now, for what is
 * withdrawn is named nowhere: so those that differ are read, lists and feeds first.
 */
async function namingThem(
  store: LookBackOptions['store'],
  leaves: readonly Leaf[],
  withdrawn: ReadonlySet<string>,
): Promise<AddressCount> {
  const found = tally();
  if (withdrawn.size > 0)
    for (const { path, text } of leaves) {
      const named = await namedAddresses(store, decodeEntry(text));
      if ([...named].some((one) => withdrawn.has(one))) found.add(path);
    }
  return found.told();
}

const statusOf = (leaf: Leaf | undefined): number | undefined => leaf && decodeEntry(leaf.text).status;

function sortOf(
  now: number | undefined,
  then: number | undefined,
): 'changed' | 'lost' | 'returning' | 'withdrawn' | undefined {
  if (then !== 200) return now === 200 ? 'lost' : undefined;
  if (now === 200) return 'changed';
  return now === 410 ? 'withdrawn' : 'returning';
}

/** Counts addresses, and keeps the first of them in order. */
function tally(): {
  readonly add: (path: string) => void;
  readonly told: () => AddressCount;
  readonly kept: () => ReadonlySet<string>;
} {
  const some: string[] = [];
  let count = 0;
  return {
    add: (path) => {
      count++;
      const last = some.at(-1);
      if (some.length >= mostWanted && last !== undefined && path > last) return;
      const at = some.findIndex((one) => one > path);
      some.splice(at < 0 ? some.length : at, 0, path);
      some.splice(mostWanted);
    },
    told: () => ({ count, some: some.slice(0, mostTold) }),
    kept: () => new Set(some),
  };
}

async function releaseAt({ log }: ReleaseHead, number: number): Promise<Omit<ListedRelease, 'at'>> {
  const { map } = parseLeaf(await log.entry(number - 1), `entry ${number - 1}`);
  return { number, root: map.hash, paths: map.count };
}
