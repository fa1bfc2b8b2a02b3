import type { Hash, ItemId, Output, PagePath } from '@chengmen/model';
import { lookup, pageReader, readProvenance, walkLeaves, type MapRef, type ReadStore } from '@chengmen/release';
import type { Change, Forms, ReadyPages, Sealer } from '@chengmen/seal';

/** One address of a release, as the sealer takes it. */
export interface ReleaseEntry {
  readonly status: Output['status'];
  readonly type: string;
  readonly body: Uint8Array;
  readonly location?: PagePath;
  /** Canonical JSON: what the bytes were made from. */
  readonly provenance: Uint8Array;
  /** SHA-256 of both, where known. */
  readonly hash?: Hash;
  readonly provenanceHash?: Hash;
  /** Compressed, where that was done in the same go. */
  readonly forms?: Forms;
}

export interface ReleaseChange {
  readonly path: PagePath;
  /** null: nothing stands there any more. */
  readonly entry: ReleaseEntry | null;
}

/** As the sealer takes them. */
export type ReleaseChanges = Iterable<ReleaseChange> | AsyncIterable<readonly ReleaseChange[] | ReadyPages>;

/** What an address of something withdrawn answers where an earlier release has a page of it. */
export interface WithdrawnPage {
  readonly path: PagePath;
  readonly item: ItemId;
  readonly entry: ReleaseEntry;
}

/** A release as it stands. */
export interface Release {
  /** Root of the map from addresses to entries. */
  readonly root: string;
  /** Number of releases in the log. */
  readonly size: number;
}

/** A release that is made beside the live one. Nobody is led to it before it is promoted. */
export interface Beside {
  /** Whether pages had best be compressed where they are rendered. */
  readonly takesForms?: boolean;
  /** Writes pages that have been rendered; the live release may go on meanwhile. */
  readonly write: (changes: readonly ReleaseChange[]) => Promise<void>;
  /** Puts together what was written so far. */
  readonly fold: () => Promise<void>;
  /** Makes it the live one, with these changes on top. */
  readonly promote: (changes: ReleaseChanges) => Promise<Release & { readonly changed: boolean }>;
}

/** What the press needs of a release store and its signer. */
export interface Releases {
  /** By what compressed forms are made. */
  readonly compressor: string;
  /** The release that is live; undefined where there is none. */
  readonly current: () => Promise<Release | undefined>;
  /** How pages are to be made ready where they are rendered, for releases that hold nothing yet; see `Sealer.wantsReady`. */
  readonly wantsReady?: Sealer['wantsReady'];
  /**
   * Makes a release of the live one and the changes, signs and promotes it. Where nothing differs, nothing is signed.
   * With `replace` the changes are the whole release: whatever else the live one holds is left out, and nobody knows
   * by what its compressed forms were made.
   */
  readonly seal: (
    changes: ReleaseChanges,
    options?: { readonly replace?: boolean },
  ) => Promise<Release & { readonly changed: boolean }>;
  /**
   * Puts an earlier release in force, by its root, as a new one; where it has a page of something withdrawn, what is given stands
   * instead. Where that is in force already, nothing is signed.
   */
  readonly returnTo?: (
    root: string,
    withdrawn: readonly WithdrawnPage[],
  ) => Promise<Release & { readonly changed: boolean }>;
  /** Leaves word of the release the site is held at, 0 for none, where portals that nobody tells can find it. */
  readonly noteHeld?: (release: number) => Promise<void>;
  /** Begins a release beside the live one, from what that one now is. */
  readonly beside?: () => Promise<Beside>;
}

/** The releases of a sealer and the store it writes to. */
export function createReleases({ sealer, store }: { sealer: Sealer; store: ReadStore }): Releases {
  let noted: number | undefined;
  return {
    noteHeld: async (release) => {
      if (release !== noted) await sealer.noteHeld(release);
      noted = release;
    },
    compressor: sealer.compressor,
    beside: () => sealer.beside(),
    current: async () => {
      const state = await sealer.state();
      return state && { root: state.map.hash, size: state.log.size };
    },
    returnTo: async (root, withdrawn) => {
      const { root: now, size, changed } = await sealer.sealRoot(root, (map) => shownIn(store, map, withdrawn));
      return { root: now, size, changed };
    },
    wantsReady: () => sealer.wantsReady(),
    seal: async (changes, { replace = false } = {}) => {
      const live = replace ? (await sealer.state())?.map : undefined;
      const { root, size, changed } = await sealer.seal(
        live ? withoutTheRest(changes, await pathsOf(store, live)) : changes,
        { anew: replace },
      );
      return { root, size, changed };
    },
  };
}

/** Of some pages those that a map has of the very items. */
async function shownIn(
  store: ReadStore,
  map: MapRef,
  withdrawn: readonly WithdrawnPage[],
): Promise<readonly WithdrawnPage[]> {
  const read = pageReader(store);
  const shown: WithdrawnPage[] = [];
  for (const page of withdrawn) {
    const entry = await lookup(read, map, page.path);
    if (entry?.status !== 200) continue;
    const { target = '' } = JSON.parse(Buffer.from(await readProvenance(store, entry)).toString('utf8')) as {
      readonly target?: string;
    };
    // An address may have been another's then.
    if (target.split(':')[1] === page.item) shown.push(page);
  }
  return shown;
}

async function pathsOf(store: ReadStore, map: MapRef): Promise<Set<PagePath>> {
  const paths = new Set<PagePath>();
  for await (const { path } of walkLeaves(pageReader(store), map)) paths.add(path);
  return paths;
}

async function* withoutTheRest(
  changes: ReleaseChanges,
  rest: Set<PagePath>,
): AsyncGenerator<readonly Change[] | ReadyPages> {
  for await (const some of Symbol.asyncIterator in changes ? changes : batches(changes)) {
    if ('leaves' in some) for (const { path } of some.leaves) rest.delete(path);
    else for (const { path, entry } of some) if (entry) rest.delete(path);
    yield some;
  }
  yield [...rest].map((path) => ({ path, entry: null }));
}

const batchSize = 64;

function* batches<T>(members: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const member of members) {
    batch.push(member);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
