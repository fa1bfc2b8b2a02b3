import {
  blobsOf,
  decodeEntry,
  lookup,
  mapPageName,
  neededTiles,
  pageReader,
  parseLeaf,
  pendingPruning,
  pruningName,
  readBody,
  readHead,
  tileName,
  walkPages,
  type Entry,
  type PageReader,
  type Prunings,
  type ReadStore,
  type ReleaseHead,
} from '@chengmen/release';
import {
  createSealer,
  nextPruning,
  pruningsIn,
  recordPruning,
  signerOf,
  type Change,
  type NewPruning,
  type Sealer,
  type WriteStore,
} from '../index.ts';

export const signer = signerOf(
  // A key for tests, of no use anywhere else.
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
);
export const key = signer.vkey;

/** What each release showed, by path. */
export type History = ReadonlyMap<string, string>[];

/** The bytes of a page: text no other page has, so that it can be looked for in the files of a store. */
export const bodyOf = (text: string): Buffer => Buffer.from(`<p>城门 ${text} 临江</p>\n`.repeat(12));

export const pageOf = (path: string, text: string | null): Change => ({
  path,
  entry:
    text === null
      ? null
      : { status: 200, type: 'text/html', body: bodyOf(text), provenance: Buffer.from(`made of ${text}`) },
});

/** Numbers that look random and are the same each time. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export const openSealer = (store: WriteStore): Sealer => createSealer({ store, signer, site: 'sample' });

/** Seals one release of random changes, and notes it. Texts come back, so releases share bytes over any distance. */
export async function sealRandom(sealer: Sealer, history: History, random: (below: number) => number): Promise<void> {
  const changes = new Map(
    Array.from({ length: 1 + random(5) }, () => [
      `/${random(70)}.html`,
      random(5) === 0 ? null : `text ${random(160)}`,
    ]),
  );
  // Something differs each time: else nothing would be sealed.
  changes.set('/count.html', `release ${history.length + 1}`);
  const next = new Map(history.at(-1));
  for (const [path, text] of changes) {
    if (text === null) next.delete(path);
    else next.set(path, text);
  }
  await sealer.seal([...changes].map(([path, text]) => pageOf(path, text)));
  history.push(next);
}

/** Records what is to be taken away, as the command does. */
export function record(store: WriteStore, sealer: Sealer, what: NewPruning): Promise<Prunings> {
  return sealer.between(async (head) => {
    const trust = { key };
    const prunings = await pruningsIn(store, trust, head as ReleaseHead);
    const next = nextPruning(prunings, head as ReleaseHead, { ...what, at: new Date(0), by: '档案员' });
    return recordPruning({ store, trust, sign: (text) => sealer.signRecord(text), prunings, record: next });
  });
}

export async function recorded(store: WriteStore, sealer: Sealer): Promise<Prunings> {
  return sealer.between((head) => pruningsIn(store, { key }, head as ReleaseHead));
}

/** Neighbouring numbers as stretches. */
export function stretches(releases: readonly number[]): [number, number][] {
  const all: [number, number][] = [];
  for (const one of releases) {
    const last = all.at(-1);
    if (last && last[1] === one - 1) last[1] = one;
    else all.push([one, one]);
  }
  return all;
}

/** Where a kept release does not show what it showed when it was sealed; empty where all do. */
export async function differences(store: ReadStore, history: History): Promise<string[]> {
  const head = await readHead(store, { key });
  const prunings = await pruningsIn(store, { key }, head);
  const wrong: string[] = [];
  const read = remembering(pageReader(store));
  const bodies = new Map<string, Uint8Array | undefined>();
  const bodyAt = async (entry: Entry): Promise<Uint8Array | undefined> => {
    if (!bodies.has(entry.hash)) {
      const erased = prunings.erasedBy(entry.hash) && !(await store.get(blobsOf(entry)[0]?.name ?? ''));
      bodies.set(entry.hash, erased ? undefined : await readBody(store, entry));
    }
    return bodies.get(entry.hash);
  };
  for (const [at, pages] of history.entries()) {
    if (at >= head.checkpoint.size || prunings.prunedBy(at + 1)) continue;
    const { map } = parseLeaf(await head.log.entry(at), `entry ${at}`);
    if (map.count !== pages.size) wrong.push(`release ${at + 1}: ${map.count} pages`);
    for (const [path, text] of pages) {
      const entry = await lookup(read, map, path);
      const body = entry && (await bodyAt(entry));
      if (entry && !body && prunings.erasedBy(entry.hash)) continue;
      if (!body || Buffer.compare(body, bodyOf(text)) !== 0) wrong.push(`release ${at + 1}: ${path}`);
    }
  }
  return wrong;
}

/** Each page of a map is read once, however many releases share it. */
function remembering(read: PageReader): PageReader {
  const pages = new Map<string, ReturnType<PageReader>>();
  return (prefix, ref) => {
    const page = pages.get(ref.hash) ?? read(prefix, ref);
    pages.set(ref.hash, page);
    return page;
  };
}

/** Every name the kept releases, the log and the records need, and nothing else. */
export async function neededNames(store: ReadStore): Promise<Set<string>> {
  const head = await readHead(store, { key });
  const prunings = await pruningsIn(store, { key }, head);
  const { size } = head.checkpoint;
  const needed = new Set(['checkpoint', pendingPruning, ...neededTiles(size).map(tileName)]);
  for (const { number } of prunings.records) needed.add(pruningName(number));
  for (let at = 0; at < size; at++) {
    if (prunings.prunedBy(at + 1)) continue;
    const { map } = parseLeaf(await head.log.entry(at), `entry ${at}`);
    const skip = ({ hash }: { readonly hash: string }): boolean => needed.has(mapPageName(hash));
    for await (const { ref, page } of walkPages(pageReader(store), map, { skip })) {
      needed.add(mapPageName(ref.hash));
      if ('leaves' in page)
        for (const { text } of page.leaves)
          for (const { name, hash } of blobsOf(decodeEntry(text)))
            if (!prunings.erasedBy(hash) || (await store.get(name))) needed.add(name);
    }
  }
  return needed;
}

export async function namesIn(store: Pick<ReadStore, 'list'>): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const name of store.list('')) names.add(name);
  return names;
}
