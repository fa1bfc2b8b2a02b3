import { decodeEntry, walkLeaves, type Entry, type MapRef, type PageReader } from '@chengmen/release';

/** What a first walk over a release learns before anything is written. */
export interface Survey {
  /** The type most pages of an extension have; by extension, see extensionOf. */
  readonly types: ReadonlyMap<string, string>;
  readonly paths: number;
  /** Pages for unknown addresses of editions, by what their addresses begin with: `/en/`. */
  readonly missing: ReadonlyMap<string, Entry>;
}

/** Extension of the file of a path, in lower case: `html` also for a folder; empty where there is none. */
export function extensionOf(path: string): string {
  if (path.endsWith('/')) return 'html';
  return /\.([A-Za-z0-9]{1,16})$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Each path of a map with what stands at it. Throws at the first page of the map that does not verify. */
export async function* entriesOf(
  read: PageReader,
  map: MapRef,
): AsyncGenerator<{ readonly path: string; readonly entry: Entry }> {
  for await (const { path, text } of walkLeaves(read, map)) yield { path, entry: decodeEntry(text) };
}

/** Walks the map once; memory grows with the number of extensions, not of pages. */
export async function survey(read: PageReader, map: MapRef): Promise<Survey> {
  const counts = new Map<string, Map<string, number>>();
  const missing = new Map<string, Entry>();
  let paths = 0;
  for await (const { path, entry } of entriesOf(read, map)) {
    paths++;
    const [, root] = /^(\/[A-Za-z0-9-]+\/)404\.html$/.exec(path) ?? [];
    if (root !== undefined && entry.status === 404) missing.set(root, entry);
    if (entry.status !== 200) continue;
    const extension = extensionOf(path);
    const ofExtension = counts.get(extension) ?? new Map<string, number>();
    counts.set(extension, ofExtension.set(entry.type, (ofExtension.get(entry.type) ?? 0) + 1));
  }
  const most = (types: ReadonlyMap<string, number>): string =>
    [...types].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
  return { types: new Map([...counts].map(([extension, types]) => [extension, most(types)])), paths, missing };
}
