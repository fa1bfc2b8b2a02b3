import {
  blobName,
  decodeEntry,
  openLog,
  pageReader,
  parseLeaf,
  readBody,
  readHead,
  readProvenance,
  walkPages,
  type Entry,
  type ReadStore,
} from '@chengmen/release';
import { tags } from './messages.ts';

export interface ReleaseChecker {
  /** Checks the releases made since the last call, each whole: every page of the map, every form of every page. */
  check(): Promise<void>;
  /** Number of releases in the log. */
  readonly size: () => number;
  readonly broken: string[];
  readonly mixed: string[];
}

/** Versions an entry names, by item; undefined where it is no page in force. */
type Named = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads the releases of a store as a stranger would. Broken: something is missing or does not verify. Mixed: one release
 * shows an item in two versions, on its own page, in a list, in a feed or on the home page.
 */
export function releaseChecker(open: () => ReadStore, key: () => string): ReleaseChecker {
  const known = new Map<string, Named>();
  const walked = new Map<string, Named>();
  const broken: string[] = [];
  const mixed: string[] = [];
  let size = 0;
  const namedIn = async (store: ReadStore, entry: Entry): Promise<Named> => {
    const name = JSON.stringify(entry);
    const named = known.get(name) ?? (await readEntry(store, entry));
    known.set(name, named);
    return named;
  };
  const checkOne = async (store: ReadStore, number: number, map: { hash: string; count: number }): Promise<void> => {
    const all = new Map<string, Set<string>>();
    for await (const { ref, page } of walkPages(pageReader(store), map)) {
      if ('children' in page) continue;
      const named = walked.get(ref.hash) ?? new Map<string, Set<string>>();
      if (!walked.has(ref.hash))
        for (const { text } of page.leaves)
          merge(named as Map<string, Set<string>>, await namedIn(store, decodeEntry(text)));
      walked.set(ref.hash, named);
      merge(all, named);
    }
    for (const [item, versions] of all)
      if (versions.size > 1) mixed.push(`release ${number}: ${item} in versions ${[...versions].join(', ')}`);
  };
  return {
    size: () => size,
    broken,
    mixed,
    async check() {
      try {
        const store = open();
        const { checkpoint } = await readHead(store, { key: key() });
        const log = openLog(store, checkpoint);
        for (; size < checkpoint.size; size++)
          await checkOne(store, size + 1, parseLeaf(await log.entry(size), `entry ${size}`).map);
      } catch (error) {
        broken.push(`after release ${size}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

async function readEntry(store: ReadStore, entry: Entry): Promise<Named> {
  await readProvenance(store, entry);
  for (const coding of ['gzip', 'br'] as const) await readBody(store, entry, coding);
  const body = await readBody(store, entry);
  if (!body) throw new Error(`${blobName(entry)} is not there`);
  const named = new Map<string, Set<string>>();
  if (entry.status === 200 && /^(?:text\/html|application\/(?:rss|atom|json|xml))/.test(entry.type))
    for (const [, item = '', version = ''] of Buffer.from(body).toString().matchAll(tags))
      merge(named, new Map([[item, new Set([version])]]));
  return named;
}

function merge(into: Map<string, Set<string>>, from: Named): void {
  for (const [item, versions] of from) {
    const held = into.get(item) ?? new Set();
    for (const version of versions) held.add(version);
    into.set(item, held);
  }
}
