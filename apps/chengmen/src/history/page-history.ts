import {
  lookup,
  noPrunings,
  pageReader,
  parseLeaf,
  readProvenance,
  tileWidth,
  type Entry,
  type HashText,
  type LogReader,
  type MapRef,
  type PageReader,
  type Prunings,
  type ReadStore,
} from '@chengmen/release';

/** What stood at a path from one release to another, both included and counted from 1. */
export interface PageVersion {
  readonly from: number;
  readonly to: number;
  /** Root of the map of release `from`. */
  readonly root: HashText;
  /** undefined: nothing stood there. */
  readonly entry: Entry | undefined;
}

/** A revision a page was made from, as its provenance names it. */
export interface NamedRevision {
  readonly item: string;
  readonly revision: string;
  readonly hash: string;
}

export interface Provenance {
  readonly target: string;
  /** The page's own item first, where it has one. */
  readonly revisions: readonly NamedRevision[];
}

/**
 * What stood at a path in all releases of a log that are kept, newest first; those that changed nothing there are one
 * version, whatever stood in the ones between that were pruned.
 * Empty where nothing ever stood. Of each release only the pages of the map that differ from the next one's are read.
 * Throws `missing` and `damaged`.
 */
export async function pageHistory(
  store: Pick<ReadStore, 'get'>,
  log: LogReader,
  path: string,
  prunings: Prunings = noPrunings,
): Promise<readonly PageVersion[]> {
  const read = rememberingReader(pageReader(store));
  const versions: PageVersion[] = [];
  let newer = '';
  for await (const { number, map } of releasesOf(log)) {
    if (prunings.prunedBy(number)) continue;
    const last = versions.at(-1);
    const entry = await lookup(read, map, path);
    const text = JSON.stringify(entry ?? null);
    if (last && newer === text) versions[versions.length - 1] = { ...last, from: number, root: map.hash };
    else versions.push({ from: number, to: number, root: map.hash, entry });
    newer = text;
  }
  // Before it first stood there is no version of it.
  return versions.at(-1)?.entry ? versions : versions.slice(0, -1);
}

/** The releases of a log, newest first; counted from 1. */
export async function* releasesOf(log: LogReader): AsyncGenerator<{ readonly number: number; readonly map: MapRef }> {
  const { size } = log.head;
  for (let bundle = Math.ceil(size / tileWidth) - 1; bundle >= 0; bundle--) {
    const entries = await log.entries(bundle);
    for (const [at, entry] of [...entries.entries()].reverse())
      yield { number: bundle * tileWidth + at + 1, map: parseLeaf(entry, `tile/entries/${bundle}`).map };
  }
}

/**
 * Keeps the last page of each depth: the way to one path differs little from a release to the next,
 * and where the roots are equal nothing at all is read.
 */
export function rememberingReader(read: PageReader): PageReader {
  const known = new Map<string, { readonly name: string; readonly page: Awaited<ReturnType<PageReader>> }>();
  return async (prefix, ref) => {
    const name = `${ref.hash}/${ref.count}`;
    const found = known.get(prefix);
    if (found?.name === name) return found.page;
    const page = await read(prefix, ref);
    known.set(prefix, { name, page });
    return page;
  };
}

/** What an entry was made from; undefined where its provenance is in another form. Throws `missing` and `damaged`. */
export async function provenanceOf(store: Pick<ReadStore, 'get'>, entry: Entry): Promise<Provenance | undefined> {
  const bytes = await readProvenance(store, entry);
  const value = parse(Buffer.from(bytes).toString('utf8'));
  if (!isProvenance(value)) return undefined;
  const own = value.target.replace(/^[^:]+:/, '').split(':')[0];
  const revisions = value.revisions.map(([item, revision, hash]) => ({ item, revision, hash }));
  return {
    target: value.target,
    revisions: revisions.sort((a, b) => Number(b.item === own) - Number(a.item === own)),
  };
}

interface ProvenanceText {
  readonly target: string;
  readonly revisions: readonly (readonly [item: string, revision: string, hash: string])[];
}

function isProvenance(value: unknown): value is ProvenanceText {
  const { target, revisions } = (value ?? {}) as Partial<ProvenanceText>;
  return (
    typeof target === 'string' &&
    Array.isArray(revisions) &&
    revisions.every((one: unknown) => Array.isArray(one) && one.length === 3 && one.every((x) => typeof x === 'string'))
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
