import type { Probe, Removal } from '@chengmen/desk';
import {
  diffMaps,
  lookup,
  pageReader,
  readHead,
  type Entry,
  type MapRef,
  type PageReader,
  type ReadStore,
} from '@chengmen/release';
import { namedAddresses, names } from './named-addresses.ts';
import { provenanceOf, releasesOf, rememberingReader } from './page-history.ts';

/** As many releases are gone back, and as many addresses looked at. */
const furthest = 500;
const mostAddresses = 5000;

export interface ProbeOptions {
  readonly store: Pick<ReadStore, 'get' | 'list'>;
  readonly key: string;
  readonly item: string;
  /** The address of the item. */
  readonly path: string;
  readonly clock: () => Date;
}

/**
 * Compares the last release that had an item with the one that took it away: wherever the item's page stood, or a page
 * named its address, is read in the release that serves now, and so is whatever its page led to. What the press believes is not asked.
 * Throws `no-release`, `missing` and `damaged`.
 */
export async function probeWithdrawal({ store, key, item, path, clock }: ProbeOptions): Promise<Probe> {
  const { log, leaf, checkpoint } = await readHead(store, { key });
  const read = pageReader(store);
  const told = { release: checkpoint.size, at: clock().toISOString() };
  const now = await lookup(read, leaf.map, path);
  if (now?.status === 200) return { ...told, since: undefined, addresses: [path], left: [path], more: false };
  const turn = await turnOf(rememberingReader(read), releasesOf(log), path);
  if (!turn) return { ...told, since: undefined, addresses: [path], left: [], more: false };
  const [addresses, left]: [string[], string[]] = [[], []];
  let more = false;
  for await (const at of lookedAt(store, turn, path)) {
    if (addresses.length >= mostAddresses) {
      more = true;
      break;
    }
    const before = await lookup(read, turn.before, at);
    if (before?.status !== 200) continue;
    const own = await isOf(store, before, item);
    if (!own && !(await names(store, before, path))) continue;
    addresses.push(at);
    const entry = await lookup(read, leaf.map, at);
    if (own ? entry?.status === 200 : await names(store, entry, path)) left.push(at);
  }
  return { ...told, since: turn.number, addresses: addresses.sort(), left: left.sort(), more };
}

/**
 * What was made otherwise when it went, and what its page led to before: while the site is held nothing is made anew, and lists that
 * named it are found by its own way back to them.
 */
async function* lookedAt(store: Pick<ReadStore, 'get'>, turn: Turn, path: string): AsyncGenerator<string> {
  const read = pageReader(store);
  const seen = new Set<string>();
  for await (const changed of diffMaps(read, turn.before, turn.after)) {
    seen.add(changed.path);
    if (changed.before) yield changed.path;
  }
  for (const led of await namedAddresses(store, await lookup(read, turn.before, path))) if (!seen.has(led)) yield led;
}

/** Of what would be made again, and what the page at `path` leads to, the addresses at which the release that serves names it. */
export async function namingPages(
  { store, key }: Pick<ProbeOptions, 'store' | 'key'>,
  path: string,
  { gone, remade }: Pick<Removal, 'gone' | 'remade'>,
): Promise<string[]> {
  const { leaf } = await readHead(store, { key });
  const read = pageReader(store);
  const led = await namedAddresses(store, await lookup(read, leaf.map, path));
  const found: string[] = [];
  for (const at of new Set([...remade.slice(0, mostAddresses), ...led])) {
    if (!gone.includes(at) && (await names(store, await lookup(read, leaf.map, at), path))) found.push(at);
  }
  return found.sort();
}

interface Turn {
  /** The release that took it away. */
  readonly number: number;
  readonly before: MapRef;
  readonly after: MapRef;
}

async function turnOf(
  read: PageReader,
  releases: ReturnType<typeof releasesOf>,
  path: string,
): Promise<Turn | undefined> {
  let after: { readonly number: number; readonly map: MapRef } | undefined;
  let steps = 0;
  for await (const release of releases) {
    // What was pruned cannot be read, and what came before it says nothing of the turn.
    const entry = await lookup(read, release.map, path).catch(() => null);
    if (entry === null || ++steps > furthest) return undefined;
    if (entry?.status === 200) return after && { number: after.number, before: release.map, after: after.map };
    after = release;
  }
  return undefined;
}

async function isOf(store: Pick<ReadStore, 'get'>, entry: Entry, item: string): Promise<boolean> {
  const { target = '' } = (await provenanceOf(store, entry)) ?? {};
  return target.split(':')[1] === item;
}
