import {
  blobsOf,
  decodeEntry,
  isHash,
  lookup,
  mapPageName,
  pageReader,
  walkPages,
  type Entry,
  type HashText,
  type MapRef,
  type ReadStore,
} from '@chengmen/release';

/** Bytes that an order names, as far as they may go. */
export interface Erasable {
  /** Each version in all its forms. */
  readonly blobs: readonly HashText[];
  /** Addresses they stand at in releases that are kept. */
  readonly paths: readonly string[];
  /** Of the versions found, how many the newest release shows: these stay. */
  readonly live: number;
}

const formsOf = ({ hash, gz, br }: Entry): HashText[] => [
  hash,
  ...[gz, br].flatMap((form) => (form ? [form.hash] : [])),
];

/**
 * The older versions of a page (`/…`), or the versions with some bytes (their SHA-256, in whatever form). Only pages with
 * words are versions: redirects and notices of a withdrawal are not. Throws `missing` and `damaged`.
 */
export async function findErasable(
  store: Pick<ReadStore, 'get'>,
  { what, maps, newest }: { readonly what: string; readonly maps: readonly MapRef[]; readonly newest: MapRef },
): Promise<Erasable> {
  const found = isHash(what) ? await withBytes(store, what, maps) : await versionsAt(store, what, maps);
  const wanted = new Set([...found.values()].flatMap(({ forms }) => forms));
  const shown = new Set<HashText>();
  for await (const { entry } of entriesOf(store, [newest], new Set()))
    for (const { hash } of blobsOf(entry)) if (wanted.has(hash)) shown.add(hash);
  const gone = [...found.values()].filter(({ forms }) => !forms.some((hash) => shown.has(hash)));
  return {
    blobs: [...new Set(gone.flatMap(({ forms }) => forms))].sort(),
    paths: [...new Set(gone.flatMap(({ paths }) => [...paths]))].sort(),
    live: found.size - gone.length,
  };
}

/** By hash of the plain bytes. */
type Versions = Map<HashText, { readonly forms: HashText[]; readonly paths: Set<string> }>;

function note(versions: Versions, path: string, entry: Entry): void {
  if (entry.status !== 200) return;
  const known = versions.get(entry.hash) ?? { forms: [], paths: new Set() };
  // The same bytes may have been compressed by two compressors.
  known.forms.push(...formsOf(entry).filter((hash) => !known.forms.includes(hash)));
  known.paths.add(path);
  versions.set(entry.hash, known);
}

async function versionsAt(store: Pick<ReadStore, 'get'>, path: string, maps: readonly MapRef[]): Promise<Versions> {
  const versions: Versions = new Map();
  for (const map of maps) {
    const entry = await lookup(pageReader(store), map, path);
    if (entry) note(versions, path, entry);
  }
  return versions;
}

async function withBytes(store: Pick<ReadStore, 'get'>, hash: HashText, maps: readonly MapRef[]): Promise<Versions> {
  const versions: Versions = new Map();
  for await (const { path, entry } of entriesOf(store, maps, new Set()))
    if (formsOf(entry).includes(hash)) note(versions, path, entry);
  return versions;
}

async function* entriesOf(
  store: Pick<ReadStore, 'get'>,
  maps: readonly MapRef[],
  seen: Set<string>,
): AsyncGenerator<{ readonly path: string; readonly entry: Entry }> {
  for (const map of maps) {
    const pages = walkPages(pageReader(store), map, {
      skip: ({ hash }) => seen.has(mapPageName(hash)) || !seen.add(mapPageName(hash)),
    });
    for await (const { page } of pages)
      if ('leaves' in page) for (const { path, text } of page.leaves) yield { path, entry: decodeEntry(text) };
  }
}
